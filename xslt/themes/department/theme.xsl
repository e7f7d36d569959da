<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- The department theme is the base in the site's own colour: style only. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:import href="../../base/layout.xsl"/>

</xsl:stylesheet>
