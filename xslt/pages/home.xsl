<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- The home page: blocks in areas. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:template name="main">
    <div class="gov-wrap gov-home">
      <h1 class="visually-hidden"><xsl:value-of select="site/@legal-name"/></h1>
      <xsl:call-template name="home-areas"/>
    </div>
  </xsl:template>

</xsl:stylesheet>
