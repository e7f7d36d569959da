<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- A document of any type; its layout says how the parts stand. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:template name="main">
    <xsl:for-each select="document">
      <div class="gov-wrap gov-page gov-layout-{@layout}">
        <article class="gov-article">
          <xsl:call-template name="document-head"/>
          <xsl:choose>
            <xsl:when test="@layout = 'person'"><xsl:call-template name="layout-person"/></xsl:when>
            <xsl:when test="@layout = 'gallery'"><xsl:call-template name="layout-gallery"/></xsl:when>
            <xsl:when test="@layout = 'media'"><xsl:call-template name="layout-media"/></xsl:when>
            <xsl:when test="@layout = 'file'"><xsl:call-template name="layout-file"/></xsl:when>
            <xsl:when test="@layout = 'topic'"><xsl:call-template name="layout-topic"/></xsl:when>
            <xsl:otherwise><xsl:call-template name="layout-article"/></xsl:otherwise>
          </xsl:choose>
          <xsl:call-template name="document-foot"/>
        </article>
        <xsl:if test="related/item">
          <div class="gov-aside"><xsl:call-template name="document-aside"/></div>
        </xsl:if>
      </div>
    </xsl:for-each>
  </xsl:template>

  <!-- Articles, pages, notices, institutions, and types to come. -->
  <xsl:template name="layout-article">
    <xsl:call-template name="summary"/>
    <xsl:if test="field"><xsl:call-template name="fields"/></xsl:if>
    <xsl:for-each select="picture"><xsl:call-template name="figure"/></xsl:for-each>
    <xsl:call-template name="media"/>
    <xsl:call-template name="body"/>
    <xsl:call-template name="pictures"/>
    <xsl:call-template name="attachments"/>
  </xsl:template>

  <xsl:template name="layout-person">
    <div class="gov-profile">
      <xsl:for-each select="picture"><xsl:call-template name="figure"/></xsl:for-each>
      <div>
        <!-- often just the post again -->
        <xsl:if test="not(field/@value = summary)"><xsl:call-template name="summary"/></xsl:if>
        <xsl:if test="field"><xsl:call-template name="fields"/></xsl:if>
      </div>
    </div>
    <xsl:call-template name="body"/>
    <xsl:call-template name="attachments"/>
  </xsl:template>

  <xsl:template name="layout-gallery">
    <xsl:call-template name="summary"/>
    <xsl:call-template name="pictures"/>
    <xsl:if test="field"><xsl:call-template name="fields"/></xsl:if>
    <xsl:call-template name="body"/>
    <xsl:call-template name="attachments"/>
  </xsl:template>

  <xsl:template name="layout-media">
    <xsl:call-template name="media"/>
    <xsl:call-template name="summary"/>
    <xsl:call-template name="body"/>
    <xsl:call-template name="attachments"/>
  </xsl:template>

  <!-- Files first: that is what the reader came for. -->
  <xsl:template name="layout-file">
    <xsl:call-template name="summary"/>
    <xsl:call-template name="attachments"/>
    <xsl:if test="field"><xsl:call-template name="fields"/></xsl:if>
    <xsl:for-each select="picture"><xsl:call-template name="figure"/></xsl:for-each>
    <xsl:call-template name="body"/>
  </xsl:template>

  <xsl:template name="layout-topic">
    <xsl:for-each select="picture"><xsl:call-template name="figure"/></xsl:for-each>
    <xsl:call-template name="summary"/>
    <xsl:call-template name="body"/>
    <xsl:for-each select="collected">
      <section class="gov-collected" aria-labelledby="collected-t">
        <h2 id="collected-t">[[document.collected]]</h2>
        <xsl:choose>
          <xsl:when test="item"><xsl:call-template name="items-picture"/></xsl:when>
          <xsl:otherwise><p class="gov-empty">[[list.empty]]</p></xsl:otherwise>
        </xsl:choose>
      </section>
    </xsl:for-each>
    <xsl:call-template name="attachments"/>
  </xsl:template>

  <xsl:template name="summary">
    <xsl:if test="summary"><p class="gov-lede"><xsl:copy-of select="@lang"/><xsl:value-of select="summary"/></p></xsl:if>
  </xsl:template>

  <xsl:template name="body">
    <xsl:for-each select="markup">
      <div class="gov-body"><xsl:copy-of select="../@lang"/><g:markup ref="{@ref}"/></div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="pictures">
    <xsl:if test="pictures/picture">
      <div class="gov-gallery">
        <xsl:for-each select="pictures/picture"><xsl:call-template name="figure"/></xsl:for-each>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template name="media">
    <xsl:for-each select="media">
      <div class="gov-media gov-media-{@kind}">
        <xsl:choose>
          <xsl:when test="not($pictures) or $view = 'print'">
            <p>
              <a href="{@src}">
                <xsl:choose>
                  <xsl:when test="@kind = 'audio'">[[media.audio]]</xsl:when>
                  <xsl:otherwise>[[media.video]]</xsl:otherwise>
                </xsl:choose>
                <xsl:if test="@duration"><xsl:text> </xsl:text><xsl:value-of select="@duration"/></xsl:if>
              </a>
            </p>
          </xsl:when>
          <xsl:when test="@kind = 'audio'">
            <audio controls="controls" preload="metadata">
              <source src="{@src}" type="{@type}"/>
              <a href="{@src}">[[media.download]]</a>
            </audio>
          </xsl:when>
          <xsl:otherwise>
            <video controls="controls" preload="metadata" playsinline="playsinline">
              <xsl:copy-of select="@poster"/>
              <source src="{@src}" type="{@type}"/>
              <xsl:if test="@captions">
                <track kind="captions" src="{@captions}" srclang="{@captions-lang}" label="[[media.captions]]" default="default"/>
              </xsl:if>
              <a href="{@src}">[[media.download]]</a>
            </video>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@duration and $pictures"><p class="gov-byline"><span><g:say key="media.duration"><g:arg select="@duration"/></g:say></span></p></xsl:if>
        <xsl:if test="transcript">
          <details class="gov-transcript">
            <xsl:if test="not($rich)"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
            <summary>[[media.transcript]]</summary>
            <p><xsl:value-of select="transcript"/></p>
          </details>
        </xsl:if>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="document-foot">
    <!-- standing pages and people have no byline at their head -->
    <xsl:variable name="dated" select="@layout = 'page' or @layout = 'person'"/>
    <xsl:if test="keyword or @updated or $dated">
      <div class="gov-document-foot">
        <xsl:if test="keyword">
          <div class="gov-keywords">
            <span>[[document.keywords]]</span>
            <ul><xsl:for-each select="keyword"><li><xsl:value-of select="@name"/></li></xsl:for-each></ul>
          </div>
        </xsl:if>
        <xsl:if test="@updated or $dated">
          <p class="gov-byline">
            <xsl:if test="$dated and @published"><time datetime="{@time}"><g:say key="document.published"><g:arg select="@published"/></g:say></time></xsl:if>
            <xsl:if test="@updated"><span><g:say key="document.updated"><g:arg select="@updated"/></g:say></span></xsl:if>
          </p>
        </xsl:if>
      </div>
    </xsl:if>
    <xsl:if test="(older or newer) and $view != 'print'">
      <nav class="gov-neighbours" aria-label="[[document.neighbours]]">
        <xsl:for-each select="newer"><a rel="prev" href="{@href}"><span>[[document.newer]]</span><xsl:value-of select="@title"/></a></xsl:for-each>
        <xsl:for-each select="older"><a rel="next" href="{@href}"><span>[[document.older]]</span><xsl:value-of select="@title"/></a></xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
