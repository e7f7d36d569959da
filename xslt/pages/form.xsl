<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- A title, what came of it, forms, ways on. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template name="main">
    <div class="gov-wrap gov-page gov-sheet">
      <xsl:for-each select="sheet">
        <header class="gov-document-head"><h1><xsl:value-of select="@name"/></h1></header>
        <xsl:for-each select="outcome">
          <div class="gov-outcome gov-outcome-{@kind}" role="status">
            <h2><xsl:value-of select="@title"/></h2>
            <xsl:if test="@text"><p><xsl:value-of select="@text"/></p></xsl:if>
          </div>
        </xsl:for-each>
        <xsl:if test="@intro"><p class="gov-intro"><xsl:value-of select="@intro"/></p></xsl:if>
        <xsl:for-each select="secret">
          <figure class="gov-secret">
            <svg class="gov-qr" role="img" aria-label="[[enrol.picture]]" width="{@size * 5}" height="{@size * 5}" viewBox="0 0 {@size} {@size}" shape-rendering="crispEdges">
              <path d="{@path}"/>
            </svg>
            <figcaption>[[enrol.by-hand]] <code class="gov-code"><xsl:value-of select="@text"/></code></figcaption>
          </figure>
        </xsl:for-each>
        <xsl:for-each select="codes">
          <ul class="gov-codes">
            <xsl:for-each select="code"><li><code class="gov-code"><xsl:value-of select="."/></code></li></xsl:for-each>
          </ul>
        </xsl:for-each>
        <xsl:for-each select="form"><xsl:call-template name="form"/></xsl:for-each>
        <xsl:if test="link">
          <ul class="gov-actions">
            <xsl:for-each select="link">
              <li>
                <a class="gov-button gov-button-quiet" href="{@href}">
                  <!-- the only way on -->
                  <xsl:if test="../codes"><xsl:attribute name="class">gov-button</xsl:attribute></xsl:if>
                  <xsl:value-of select="@name"/>
                </a>
              </li>
            </xsl:for-each>
          </ul>
        </xsl:if>
      </xsl:for-each>
    </div>
  </xsl:template>

</xsl:stylesheet>
