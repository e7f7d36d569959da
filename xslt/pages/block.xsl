<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- The inside of one block of a home page, made and kept by itself. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:template match="/page">
    <g:frame>
      <g:part name="body">
        <xsl:for-each select="block">
          <xsl:call-template name="block-inside"/>
        </xsl:for-each>
      </g:part>
    </g:frame>
  </xsl:template>

</xsl:stylesheet>
