<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- The portal theme: broad blocks leave the two columns and fill whole rows. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:import href="../../base/layout.xsl"/>

  <xsl:template name="home-areas">
    <xsl:variable name="broad" select="block[@area = 'main'][@kind = 'services' or @kind = 'topics' or @kind = 'carousel' or @kind = 'leaders' or @kind = 'links' or (@kind = 'list' and @style = 'cards')]"/>
    <xsl:variable name="narrow" select="block[@area = 'main'][@kind = 'tabs' or @kind = 'text' or @kind = 'search' or (@kind = 'list' and not(@style = 'cards'))]"/>
    <xsl:if test="block[@area = 'lead']">
      <div class="gov-lead gov-lead-{count(block[@area = 'lead'])}">
        <xsl:for-each select="block[@area = 'lead']">
          <xsl:call-template name="block"/>
        </xsl:for-each>
      </div>
    </xsl:if>
    <xsl:for-each select="$broad[@kind = 'services']">
      <xsl:call-template name="block"/>
    </xsl:for-each>
    <div class="gov-columns">
      <xsl:if test="$narrow">
        <div class="gov-main gov-main-{count($narrow) mod 2}">
          <xsl:for-each select="$narrow">
            <xsl:call-template name="block"/>
          </xsl:for-each>
        </div>
      </xsl:if>
      <xsl:if test="block[@area = 'side']">
        <div class="gov-side">
          <xsl:for-each select="block[@area = 'side']">
            <xsl:call-template name="block"/>
          </xsl:for-each>
        </div>
      </xsl:if>
    </div>
    <xsl:for-each select="$broad[not(@kind = 'services')]">
      <xsl:call-template name="block"/>
    </xsl:for-each>
    <xsl:for-each select="block[@area = 'foot']">
      <xsl:call-template name="block"/>
    </xsl:for-each>
  </xsl:template>

</xsl:stylesheet>
