<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: the GovPortal developers -->
<!-- A page of the console: the way here, a heading, boxes. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template name="main">
    <xsl:if test="crumb">
      <nav class="gc-crumbs" aria-label="[[breadcrumb.label]]">
        <ol>
          <xsl:for-each select="crumb">
            <li><a href="{@href}"><xsl:value-of select="@name"/></a></li>
          </xsl:for-each>
        </ol>
      </nav>
    </xsl:if>
    <h1><xsl:value-of select="heading"/></h1>
    <xsl:for-each select="note"><xsl:call-template name="console-note"/></xsl:for-each>
    <xsl:if test="box[@place = 'card']">
      <div class="gc-cards">
        <xsl:for-each select="box[@place = 'card']"><xsl:call-template name="console-box"/></xsl:for-each>
      </div>
    </xsl:if>
    <div class="gc-boxes">
      <xsl:if test="box[@place = 'side']"><xsl:attribute name="class">gc-boxes gc-two</xsl:attribute></xsl:if>
      <xsl:if test="box[@place = 'main' or @place = 'form']">
        <div class="gc-wide">
          <xsl:for-each select="box[@place = 'main' or @place = 'form']"><xsl:call-template name="console-box"/></xsl:for-each>
        </div>
      </xsl:if>
      <xsl:if test="box[@place = 'side']">
        <div class="gc-side">
          <xsl:for-each select="box[@place = 'side']"><xsl:call-template name="console-box"/></xsl:for-each>
        </div>
      </xsl:if>
    </div>
  </xsl:template>

  <!-- Context: box. -->
  <xsl:template name="console-box">
    <xsl:variable name="id" select="concat('gc-box-', count(preceding-sibling::box) + 1)"/>
    <section class="card gc-box gc-box-{@place}">
      <xsl:if test="@name">
        <xsl:attribute name="aria-labelledby"><xsl:value-of select="$id"/></xsl:attribute>
        <h2 id="{$id}" class="gc-box-name">
          <xsl:choose>
            <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="@name"/></a></xsl:when>
            <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
          </xsl:choose>
        </h2>
      </xsl:if>
      <xsl:call-template name="console-parts"/>
    </section>
  </xsl:template>

</xsl:stylesheet>
