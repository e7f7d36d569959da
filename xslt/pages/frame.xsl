<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- The site's header and footer, rendered once per language, view and section
     and spliced into pages. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:template match="/page">
    <g:frame>
      <g:part name="header">
        <header class="gov-header">
          <xsl:call-template name="masthead"/>
          <xsl:if test="$view != 'print'">
            <xsl:call-template name="navigation"/>
          </xsl:if>
        </header>
      </g:part>
      <g:part name="footer">
        <footer class="gov-footer">
          <xsl:if test="$view != 'print'">
            <xsl:call-template name="footer-sites"/>
          </xsl:if>
          <xsl:call-template name="footer-identity"/>
        </footer>
      </g:part>
    </g:frame>
  </xsl:template>

</xsl:stylesheet>
