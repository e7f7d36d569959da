<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- All columns of the site and all sites of the group. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:template name="main">
    <div class="gov-wrap gov-page gov-sitemap">
      <header class="gov-document-head"><h1>[[sitemap.title]]</h1></header>
      <ul class="gov-tree">
        <xsl:for-each select="tree/node"><xsl:call-template name="node"/></xsl:for-each>
      </ul>
      <xsl:if test="sites/site[2]">
        <section class="gov-block" aria-labelledby="sites-t">
          <div class="gov-block-head"><h2 id="sites-t">[[sitemap.sites]]</h2></div>
          <ul class="gov-links">
            <xsl:for-each select="sites/site">
              <li>
                <a href="{@href}">
                  <xsl:if test="@current = 'yes'"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
                  <xsl:value-of select="@name"/>
                </a>
              </li>
            </xsl:for-each>
          </ul>
        </section>
      </xsl:if>
    </div>
  </xsl:template>

  <!-- Depth is the depth of the column tree. -->
  <xsl:template name="node">
    <li>
      <a href="{@href}"><xsl:value-of select="@name"/></a>
      <xsl:if test="node">
        <ul><xsl:for-each select="node"><xsl:call-template name="node"/></xsl:for-each></ul>
      </xsl:if>
    </li>
  </xsl:template>

</xsl:stylesheet>
