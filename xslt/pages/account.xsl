<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- One's own account: who, what rights, where signed in. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template name="main">
    <div class="gov-wrap gov-page gov-sheet gov-account">
      <xsl:for-each select="account">
        <header class="gov-document-head"><h1><xsl:value-of select="@name"/></h1></header>
        <dl class="gov-facts">
          <div><dt>[[account.login]]</dt><dd><xsl:value-of select="@login"/></dd></div>
          <div><dt>[[account.password]]</dt><dd><xsl:value-of select="@password"/><xsl:text> </xsl:text><a href="{@change}">[[account.change]]</a></dd></div>
          <div><dt>[[account.factor]]</dt>
            <dd>
              <xsl:choose>
                <xsl:when test="@factor = 'yes'">[[account.factor.on]] <a href="{@enrol}">[[account.enrol.anew]]</a></xsl:when>
                <xsl:otherwise>[[account.factor.off]] <a href="{@enrol}">[[account.enrol]]</a></xsl:otherwise>
              </xsl:choose>
            </dd>
          </div>
        </dl>
        <section aria-labelledby="account-roles">
          <h2 id="account-roles">[[account.roles]]</h2>
          <xsl:choose>
            <xsl:when test="role">
              <ul class="gov-plain">
                <xsl:for-each select="role">
                  <li>
                    <strong><xsl:value-of select="@name"/></strong>
                    <xsl:text> </xsl:text>
                    <xsl:choose>
                      <xsl:when test="@site"><xsl:value-of select="@site"/></xsl:when>
                      <xsl:otherwise>[[account.everywhere]]</xsl:otherwise>
                    </xsl:choose>
                    <xsl:if test="@column"> / <xsl:value-of select="@column"/></xsl:if>
                  </li>
                </xsl:for-each>
              </ul>
            </xsl:when>
            <xsl:otherwise><p>[[account.no-roles]]</p></xsl:otherwise>
          </xsl:choose>
        </section>
        <section aria-labelledby="account-sessions">
          <h2 id="account-sessions">[[account.sessions]]</h2>
          <ul class="gov-plain gov-sessions">
            <xsl:for-each select="session">
              <li>
                <p>
                  <strong><xsl:value-of select="@address"/></strong>
                  <xsl:if test="@here = 'yes'"><xsl:text> </xsl:text><span class="gov-mark">[[account.here]]</span></xsl:if>
                  <br/><xsl:value-of select="@how"/>
                  <xsl:text> · [[account.since]] </xsl:text><time datetime="{@since}"><xsl:value-of select="@since"/></time>
                  <xsl:text> · [[account.seen]] </xsl:text><time datetime="{@seen}"><xsl:value-of select="@seen"/></time>
                </p>
                <xsl:if test="@agent != ''"><p class="gov-hint"><xsl:value-of select="@agent"/></p></xsl:if>
                <xsl:for-each select="form">
                  <xsl:call-template name="form"><xsl:with-param name="id" select="concat('f-end-', count(../preceding-sibling::session))"/></xsl:call-template>
                </xsl:for-each>
              </li>
            </xsl:for-each>
          </ul>
        </section>
        <xsl:for-each select="form"><xsl:call-template name="form"/></xsl:for-each>
      </xsl:for-each>
    </div>
  </xsl:template>

</xsl:stylesheet>
