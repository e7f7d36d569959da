<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- Who comes to an event: a table, and the button that unmasks it. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:template name="main">
    <div class="gov-wrap gov-page gov-sheet">
      <xsl:for-each select="registrations">
        <header class="gov-document-head"><h1>[[example.registrations]]</h1></header>
        <p class="gov-intro"><xsl:value-of select="@event"/></p>
        <p><g:say key="example.registrations.total"><g:arg select="@persons"/><g:arg select="@places"/></g:say></p>
        <xsl:choose>
          <xsl:when test="registration">
            <div class="gov-body"><div class="gov-table"><table>
              <caption>[[example.registrations]]</caption>
              <thead><tr>
                <th scope="col">[[example.registrations.name]]</th>
                <th scope="col">[[example.registrations.phone]]</th>
                <th scope="col">[[example.registrations.persons]]</th>
                <th scope="col">[[example.registrations.at]]</th>
              </tr></thead>
              <tbody>
                <xsl:for-each select="registration">
                  <tr>
                    <td><xsl:value-of select="@name"/></td>
                    <td><xsl:value-of select="@phone"/></td>
                    <td><xsl:value-of select="@persons"/></td>
                    <td><xsl:value-of select="@at"/></td>
                  </tr>
                </xsl:for-each>
              </tbody>
            </table></div></div>
          </xsl:when>
          <xsl:otherwise><p>[[example.registrations.none]]</p></xsl:otherwise>
        </xsl:choose>
        <xsl:for-each select="form"><xsl:call-template name="form"/></xsl:for-each>
      </xsl:for-each>
    </div>
  </xsl:template>

</xsl:stylesheet>
