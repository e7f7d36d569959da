<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- What went wrong, what the reader can do, a number for the help desk.
     There may be no site: then there is no header, footer or link home. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:template name="main">
    <div class="gov-wrap gov-page gov-error">
      <xsl:for-each select="error">
        <p class="gov-status" aria-hidden="true"><xsl:value-of select="@status"/></p>
        <xsl:choose>
          <xsl:when test="@status = '400'">
            <h1>[[error.400]]</h1>
            <p>[[error.400.text]]</p>
          </xsl:when>
          <xsl:when test="@status = '403'">
            <h1>[[error.403]]</h1>
            <p>[[error.403.text]]</p>
          </xsl:when>
          <xsl:when test="@status = '404'">
            <h1>[[error.404]]</h1>
            <p>[[error.404.text]]</p>
          </xsl:when>
          <xsl:when test="@status = '405'">
            <h1>[[error.405]]</h1>
            <p>[[error.405.text]]</p>
          </xsl:when>
          <xsl:when test="@status = '410'">
            <h1>[[error.410]]</h1>
            <p>[[error.410.text]]</p>
          </xsl:when>
          <xsl:when test="@status = '413'">
            <h1>[[error.413]]</h1>
            <p>[[error.413.text]]</p>
          </xsl:when>
          <xsl:when test="@status = '421'">
            <h1>[[error.421]]</h1>
            <p>[[error.421.text]]</p>
          </xsl:when>
          <xsl:when test="@status = '429'">
            <h1>[[error.429]]</h1>
            <p>[[error.429.text]]</p>
          </xsl:when>
          <xsl:when test="@status = '503'">
            <h1>[[error.503]]</h1>
            <p>[[error.503.text]]</p>
          </xsl:when>
          <xsl:otherwise>
            <h1>[[error.500]]</h1>
            <p>[[error.500.text]]</p>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:if test="/page/site">
          <ul class="gov-actions">
            <li><a class="gov-button" href="{/page/@base}">[[error.home]]</a></li>
            <xsl:if test="@sitemap">
              <li><a class="gov-button gov-button-quiet" href="{@sitemap}">[[footer.sitemap]]</a></li>
            </xsl:if>
          </ul>
        </xsl:if>
        <p class="gov-byline">
          <xsl:if test="@path"><span><g:say key="error.path"><g:arg select="@path"/></g:say></span></xsl:if>
          <xsl:if test="@request"><span><g:say key="error.request"><g:arg select="@request"/></g:say></span></xsl:if>
        </p>
      </xsl:for-each>
    </div>
  </xsl:template>

</xsl:stylesheet>
