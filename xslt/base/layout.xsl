<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- The frame of every page: head, utility bar, cached header, main, cached
     footer.  A page kind defines the named template "main"; a theme overrides
     templates named in SLOTS.  The head belongs to nobody else. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:import href="components.xsl"/>
  <xsl:import href="form.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" omit-xml-declaration="yes"
      indent="no"/>

  <!-- What the view allows; asked for in many places, computed once. -->
  <xsl:variable name="view" select="string(/page/@view)"/>
  <xsl:variable name="rich" select="$view = 'standard'"/>
  <xsl:variable name="pictures" select="$view != 'text'"/>
  <!-- The home page leaves the year out of this year's dates. -->
  <xsl:variable name="year" select="concat(/page/@year, '-')"/>

  <xsl:template match="/page">
    <html lang="{@lang}" dir="{@dir}">
      <xsl:attribute name="class">
        <xsl:text>gov view-</xsl:text>
        <xsl:value-of select="@view"/>
        <xsl:text> kind-</xsl:text>
        <xsl:value-of select="@kind"/>
        <xsl:if test="site">
          <xsl:text> theme-</xsl:text>
          <xsl:value-of select="site/@theme"/>
        </xsl:if>
        <xsl:if test="@grey = 'yes'"> gov-grey</xsl:if>
      </xsl:attribute>
      <xsl:call-template name="head"/>
      <body>
        <a class="gov-skip" href="#main">[[skip.main]]</a>
        <xsl:call-template name="banners"/>
        <xsl:call-template name="utility"/>
        <xsl:if test="site"><g:fragment name="header"/></xsl:if>
        <xsl:if test="breadcrumb/item[2]">
          <xsl:call-template name="breadcrumb"/>
        </xsl:if>
        <main id="main" tabindex="-1">
          <xsl:call-template name="main"/>
        </main>
        <xsl:if test="site"><g:fragment name="footer"/></xsl:if>
        <xsl:if test="$view = 'standard' or $view = 'elder'">
          <xsl:call-template name="leave"/>
        </xsl:if>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="head">
    <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title><xsl:value-of select="title"/></title>
      <!-- has the form of the tag already -->
      <xsl:copy-of select="meta"/>
      <xsl:for-each select="property">
        <meta property="{@name}" content="{@content}"/>
      </xsl:for-each>
      <xsl:for-each select="rel">
        <link><xsl:copy-of select="@*"/></link>
      </xsl:for-each>
      <xsl:if test="site/@logo">
        <link rel="icon" href="{site/@logo}"/>
      </xsl:if>
      <xsl:if test="@static">
        <xsl:choose>
          <xsl:when test="$view = 'text'">
            <link rel="stylesheet" href="{@static}/base/text.css"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:choose>
              <xsl:when test="@dir = 'rtl'">
                <link rel="stylesheet"
                    href="{@static}/base/bootstrap-reboot.rtl.min.css"/>
              </xsl:when>
              <xsl:otherwise>
                <link rel="stylesheet"
                    href="{@static}/base/bootstrap-reboot.min.css"/>
              </xsl:otherwise>
            </xsl:choose>
            <xsl:call-template name="kind-styles"/>
            <link rel="stylesheet" href="{@static}/base/gov.css"/>
            <xsl:if test="site">
              <link rel="stylesheet"
                  href="{@static}/theme/{site/@theme}/theme.css"/>
              <link rel="stylesheet"
                  href="{@static}/accent/{substring(site/@accent, 2)}.css"/>
              <meta name="theme-color" content="{site/@accent}"/>
            </xsl:if>
            <xsl:if test="$view = 'elder'">
              <link rel="stylesheet" href="{@static}/base/elder.css"/>
            </xsl:if>
            <xsl:if test="$view = 'print'">
              <link rel="stylesheet" href="{@static}/base/print.css"/>
            </xsl:if>
            <xsl:if test="$view != 'print'">
              <link rel="stylesheet" media="print"
                  href="{@static}/base/print.css"/>
              <script src="{@static}/base/gov.js" defer="defer"/>
            </xsl:if>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:if>
      <xsl:for-each select="jsonld">
        <script type="application/ld+json"><xsl:value-of select="."/></script>
      </xsl:for-each>
    </head>
  </xsl:template>

  <!-- For page kinds: style sheets that come before gov.css, such as the
       whole of Bootstrap on a page with forms. -->
  <xsl:template name="kind-styles"/>

  <!-- Emergencies, on top of everything, in every view. -->
  <xsl:template name="banners">
    <xsl:if test="banner">
      <section class="gov-banner" aria-label="[[banner.label]]">
        <xsl:for-each select="banner">
          <p class="gov-wrap">
            <strong class="gov-banner-mark">[[banner.label]]</strong>
            <xsl:text> </xsl:text>
            <xsl:choose>
              <xsl:when test="@href">
                <a href="{@href}"><xsl:call-template name="banner-text"/></a>
              </xsl:when>
              <xsl:otherwise>
                <span><xsl:call-template name="banner-text"/></span>
              </xsl:otherwise>
            </xsl:choose>
          </p>
        </xsl:for-each>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template name="banner-text">
    <xsl:if test="@lang != /page/@lang">
      <xsl:attribute name="lang"><xsl:value-of select="@lang"/></xsl:attribute>
    </xsl:if>
    <xsl:value-of select="."/>
  </xsl:template>

  <!-- Languages and views of this very page, so not part of the header. -->
  <xsl:template name="utility">
    <xsl:if test="switch and $view != 'print'">
      <nav class="gov-utility" aria-label="[[utility.label]]">
        <div class="gov-wrap">
          <xsl:if test="switch/language">
            <ul class="gov-languages">
              <xsl:for-each select="switch/language">
                <li>
                  <a href="{@href}" hreflang="{@code}" lang="{@code}">
                    <xsl:if test="@code = /page/@lang">
                      <xsl:attribute name="aria-current">true</xsl:attribute>
                    </xsl:if>
                    <xsl:value-of select="@name"/>
                  </a>
                </li>
              </xsl:for-each>
            </ul>
          </xsl:if>
          <ul class="gov-views">
            <xsl:for-each select="switch/view">
              <li>
                <a href="{@href}" class="gov-to-{@id}">
                  <xsl:if test="@id = $view">
                    <xsl:attribute name="aria-current">true</xsl:attribute>
                  </xsl:if>
                  <xsl:choose>
                    <xsl:when test="@id = 'standard'">[[view.standard]]</xsl:when>
                    <xsl:when test="@id = 'elder'">[[view.elder]]</xsl:when>
                    <xsl:when test="@id = 'text'">[[view.text]]</xsl:when>
                    <xsl:otherwise>[[view.print]]</xsl:otherwise>
                  </xsl:choose>
                </a>
              </li>
            </xsl:for-each>
          </ul>
        </div>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:template name="breadcrumb">
    <nav class="gov-breadcrumb" aria-label="[[breadcrumb.label]]">
      <ol class="gov-wrap">
        <xsl:for-each select="breadcrumb/item">
          <li>
            <xsl:choose>
              <xsl:when test="@href">
                <a href="{@href}"><xsl:value-of select="@name"/></a>
              </xsl:when>
              <xsl:otherwise>
                <span aria-current="page"><xsl:value-of select="@name"/></span>
              </xsl:otherwise>
            </xsl:choose>
          </li>
        </xsl:for-each>
      </ol>
    </nav>
  </xsl:template>

  <!-- Asked before a link out of government is followed; gov.js opens it.
       Without script the link's own mark is the notice. -->
  <xsl:template name="leave">
    <dialog class="gov-leave" id="gov-leave" aria-labelledby="gov-leave-t">
      <h2 id="gov-leave-t">[[leave.title]]</h2>
      <p>[[leave.text]]</p>
      <p class="gov-leave-url" id="gov-leave-url"></p>
      <form method="dialog">
        <button class="gov-button gov-button-quiet" value="no">[[leave.stay]]</button>
        <button class="gov-button" value="yes">[[leave.go]]</button>
      </form>
    </dialog>
  </xsl:template>

</xsl:stylesheet>
