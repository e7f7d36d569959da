<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- A column: its children, its list or the newest of each child, its pager. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:template name="main">
    <xsl:call-template name="column-head"/>
    <div class="gov-wrap gov-page gov-list-{column/@list}">
      <xsl:if test="column/child">
        <xsl:call-template name="column-children"/>
      </xsl:if>
      <div class="gov-content">
        <xsl:for-each select="column/list">
          <xsl:choose>
            <xsl:when test="not(item)"><p class="gov-empty">[[list.empty]]</p></xsl:when>
            <xsl:when test="../@list = 'picture'"><xsl:call-template name="items-picture"/></xsl:when>
            <xsl:when test="../@list = 'cards'"><xsl:call-template name="items-cards"/></xsl:when>
            <xsl:when test="../@list = 'people'"><xsl:call-template name="items-people"/></xsl:when>
            <xsl:when test="../@list = 'tiles'"><xsl:call-template name="items-tiles"/></xsl:when>
            <xsl:when test="../@list = 'table'"><xsl:call-template name="items-table"/></xsl:when>
            <xsl:when test="../@list = 'files'"><xsl:call-template name="items-files"/></xsl:when>
            <xsl:otherwise><xsl:call-template name="items-plain"/></xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
        <xsl:for-each select="column/section">
          <section class="gov-block" aria-labelledby="s{position()}-t">
            <div class="gov-block-head">
              <h2 id="s{position()}-t"><xsl:value-of select="@name"/></h2>
              <a class="gov-more" href="{@href}">[[block.more]]<span class="visually-hidden">[[block.more-of]]<xsl:value-of select="@name"/></span></a>
            </div>
            <xsl:choose>
              <xsl:when test="not(item)"><p class="gov-empty">[[list.empty]]</p></xsl:when>
              <!-- a column that is one page of the same name: what it says, not
                   its name again -->
              <xsl:when test="not(item[2]) and item/@title = @name and item/@summary">
                <div class="gov-single">
                  <xsl:if test="item/@picture and $pictures">
                    <img src="{item/@picture}" alt="{item/@alt}" loading="lazy" decoding="async">
                      <xsl:copy-of select="item/@width | item/@height"/>
                    </img>
                  </xsl:if>
                  <p class="gov-summary"><xsl:value-of select="item/@summary"/></p>
                </div>
              </xsl:when>
              <xsl:when test="@list = 'picture'"><xsl:call-template name="items-picture"/></xsl:when>
              <xsl:when test="@list = 'cards'"><xsl:call-template name="items-cards"/></xsl:when>
              <xsl:when test="@list = 'people'"><xsl:call-template name="items-people"/></xsl:when>
              <xsl:when test="@list = 'tiles'"><xsl:call-template name="items-tiles"/></xsl:when>
              <xsl:when test="@list = 'table'"><xsl:call-template name="items-table"/></xsl:when>
              <xsl:when test="@list = 'files'"><xsl:call-template name="items-files"/></xsl:when>
              <xsl:otherwise><xsl:call-template name="items-plain"/></xsl:otherwise>
            </xsl:choose>
          </section>
        </xsl:for-each>
        <xsl:for-each select="column/pager">
          <nav class="gov-pager" aria-label="[[pager.label]]">
            <p><g:say key="pager.page-of"><g:arg select="@page"/><g:arg select="@pages"/></g:say></p>
            <ul>
              <xsl:if test="@newest"><li><a href="{@newest}">[[pager.newest]]</a></li></xsl:if>
              <xsl:if test="@newer"><li><a rel="prev" href="{@newer}">[[pager.newer]]</a></li></xsl:if>
              <xsl:for-each select="page">
                <li class="gov-pager-n">
                  <a href="{@href}">
                    <xsl:if test="@current = 'yes'"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
                    <span class="visually-hidden">[[pager.page]]</span>
                    <xsl:value-of select="@n"/>
                  </a>
                </li>
              </xsl:for-each>
              <xsl:if test="@older"><li><a rel="next" href="{@older}">[[pager.older]]</a></li></xsl:if>
              <xsl:if test="@oldest"><li><a href="{@oldest}">[[pager.oldest]]</a></li></xsl:if>
            </ul>
          </nav>
        </xsl:for-each>
      </div>
    </div>
  </xsl:template>

</xsl:stylesheet>
