<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- The portal theme: no side column; short lists stand two by two, all else
     fills whole rows. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:import href="../../base/layout.xsl"/>

  <xsl:template name="home-areas">
    <xsl:variable name="main" select="block[@area = 'main']"/>
    <xsl:variable name="side" select="block[@area = 'side']"/>
    <xsl:call-template name="home-lead"/>
    <xsl:for-each select="$main[@kind = 'services']"><xsl:call-template name="block"/></xsl:for-each>
    <xsl:call-template name="home-pairs">
      <xsl:with-param name="blocks" select="$main[@kind = 'tabs' or @kind = 'text' or @kind = 'search' or (@kind = 'list' and @style = 'plain')]"/>
    </xsl:call-template>
    <xsl:for-each select="($main | $side)[@kind = 'carousel' or @kind = 'leaders' or @kind = 'topics' or @kind = 'links' or (@kind = 'list' and @style != 'plain')] | $side[@kind = 'services']">
      <xsl:call-template name="block"/>
    </xsl:for-each>
    <xsl:call-template name="home-pairs">
      <xsl:with-param name="blocks" select="$side[@kind = 'tabs' or @kind = 'text' or @kind = 'search' or (@kind = 'list' and @style = 'plain')]"/>
    </xsl:call-template>
    <xsl:for-each select="block[@area = 'foot']"><xsl:call-template name="block"/></xsl:for-each>
  </xsl:template>

</xsl:stylesheet>
