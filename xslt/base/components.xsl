<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- What pages are made of.  A list template works on the item children of its
     context node; loops and attribute value templates only, because these run
     for every page that is not in the cache. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <!-- ==== header and footer (kind frame) ==== -->

  <xsl:template name="masthead">
    <div class="gov-masthead">
      <div class="gov-wrap">
        <a class="gov-brand" href="{site/@href}">
          <xsl:if test="site/@logo and $pictures">
            <img class="gov-logo" src="{site/@logo}" width="72" height="72">
              <!-- the name stands beside it: do not say it twice -->
              <xsl:attribute name="alt">
                <xsl:if test="site/@logo-alt != site/@legal-name"><xsl:value-of select="site/@logo-alt"/></xsl:if>
              </xsl:attribute>
            </img>
          </xsl:if>
          <span class="gov-names">
            <span class="gov-legal-name"><xsl:value-of select="site/@legal-name"/></span>
            <xsl:if test="site/@slogan">
              <span class="gov-slogan"><xsl:value-of select="site/@slogan"/></span>
            </xsl:if>
          </span>
        </a>
        <xsl:call-template name="search-box"/>
      </div>
    </div>
  </xsl:template>

  <xsl:template name="search-box">
    <xsl:for-each select="search">
      <form class="gov-search" role="search" action="{@href}" method="get"
          aria-label="[[search.site]]">
        <label class="visually-hidden" for="gov-q">[[search.label]]</label>
        <input id="gov-q" name="q" type="search" maxlength="100"
            placeholder="[[search.hint]]" autocomplete="off"/>
        <button class="gov-button"><span class="gov-i gov-i-search" aria-hidden="true"></span><span>[[search.go]]</span></button>
      </form>
    </xsl:for-each>
  </xsl:template>

  <!-- Twice, because a closed details element cannot be shown by style in
       every browser; only one of the two is displayed. -->
  <xsl:template name="navigation">
    <xsl:if test="nav/item">
      <nav class="gov-nav" aria-label="[[nav.label]]">
        <ul class="gov-wrap">
          <xsl:for-each select="nav/item">
            <li>
              <a href="{@href}">
                <xsl:if test="@current = 'yes'">
                  <xsl:attribute name="aria-current">true</xsl:attribute>
                </xsl:if>
                <xsl:value-of select="@name"/>
              </a>
              <xsl:if test="item and $rich">
                <ul>
                  <xsl:for-each select="item">
                    <li><a href="{@href}"><xsl:value-of select="@name"/></a></li>
                  </xsl:for-each>
                </ul>
              </xsl:if>
            </li>
          </xsl:for-each>
        </ul>
      </nav>
      <xsl:if test="$pictures">
        <details class="gov-menu">
          <summary><span class="gov-i gov-i-menu" aria-hidden="true"></span>[[nav.menu]]</summary>
          <nav aria-label="[[nav.menu-label]]">
            <ul>
              <xsl:for-each select="nav/item">
                <li>
                  <a href="{@href}">
                    <xsl:if test="@current = 'yes'">
                      <xsl:attribute name="aria-current">true</xsl:attribute>
                    </xsl:if>
                    <xsl:value-of select="@name"/>
                  </a>
                  <xsl:if test="item and $rich">
                    <ul>
                      <xsl:for-each select="item">
                        <li><a href="{@href}"><xsl:value-of select="@name"/></a></li>
                      </xsl:for-each>
                    </ul>
                  </xsl:if>
                </li>
              </xsl:for-each>
            </ul>
          </nav>
        </details>
      </xsl:if>
    </xsl:if>
  </xsl:template>

  <xsl:template name="footer-sites">
    <xsl:if test="sites/site[2]">
      <nav class="gov-footer-sites" aria-label="[[sites.label]]">
        <div class="gov-wrap">
          <xsl:if test="sites/site[@kind = 'portal']">
            <p>
              <xsl:for-each select="sites/site[@kind = 'portal']">
                <a href="{@href}"><xsl:value-of select="@name"/></a>
              </xsl:for-each>
            </p>
          </xsl:if>
          <xsl:if test="sites/site[@kind = 'department']">
            <details>
              <summary>[[sites.departments]]</summary>
              <ul>
                <xsl:for-each select="sites/site[@kind = 'department']">
                  <li><a href="{@href}"><xsl:value-of select="@name"/></a></li>
                </xsl:for-each>
              </ul>
            </details>
          </xsl:if>
          <xsl:if test="sites/site[@kind = 'district']">
            <details>
              <summary>[[sites.districts]]</summary>
              <ul>
                <xsl:for-each select="sites/site[@kind = 'district']">
                  <li><a href="{@href}"><xsl:value-of select="@name"/></a></li>
                </xsl:for-each>
              </ul>
            </details>
          </xsl:if>
          <xsl:if test="sites/site[@kind = 'topic']">
            <details>
              <summary>[[sites.topics]]</summary>
              <ul>
                <xsl:for-each select="sites/site[@kind = 'topic']">
                  <li><a href="{@href}"><xsl:value-of select="@name"/></a></li>
                </xsl:for-each>
              </ul>
            </details>
          </xsl:if>
        </div>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:template name="footer-identity">
    <div class="gov-wrap gov-identity">
      <nav aria-label="[[footer.links]]">
        <ul>
          <xsl:if test="identity/@sitemap">
            <li><a href="{identity/@sitemap}">[[footer.sitemap]]</a></li>
          </xsl:if>
          <xsl:if test="identity/@contact">
            <li><a href="{identity/@contact}">[[footer.contact]]</a></li>
          </xsl:if>
          <xsl:if test="identity/@statement">
            <li><a href="{identity/@statement}">[[footer.statement]]</a></li>
          </xsl:if>
          <xsl:if test="identity/@accessibility">
            <li><a href="{identity/@accessibility}">[[footer.accessibility]]</a></li>
          </xsl:if>
          <xsl:if test="identity/@error-report">
            <li><a class="gov-error-report" href="{identity/@error-report}"><span class="gov-i gov-i-flag" aria-hidden="true"></span>[[footer.error-report]]</a></li>
          </xsl:if>
        </ul>
      </nav>
      <div class="gov-imprint">
        <p class="gov-imprint-name"><xsl:value-of select="site/@legal-name"/></p>
        <ul>
          <xsl:if test="identity/@sponsor">
            <li><g:say key="footer.sponsor"><g:arg select="identity/@sponsor"/></g:say></li>
          </xsl:if>
          <xsl:if test="identity/@operator">
            <li><g:say key="footer.operator"><g:arg select="identity/@operator"/></g:say></li>
          </xsl:if>
          <xsl:if test="identity/@phone">
            <li><g:say key="footer.phone"><g:arg select="identity/@phone"/></g:say></li>
          </xsl:if>
          <xsl:if test="identity/@email">
            <li><g:say key="footer.email"><g:arg select="identity/@email"/></g:say></li>
          </xsl:if>
          <xsl:if test="identity/@address">
            <li>
              <g:say key="footer.address"><g:arg select="identity/@address"/></g:say>
              <xsl:if test="identity/@postcode">
                <xsl:text> </xsl:text>
                <g:say key="footer.postcode"><g:arg select="identity/@postcode"/></g:say>
              </xsl:if>
            </li>
          </xsl:if>
        </ul>
        <ul class="gov-filings">
          <xsl:if test="identity/@code">
            <li><g:say key="footer.code"><g:arg select="identity/@code"/></g:say></li>
          </xsl:if>
          <xsl:if test="identity/@icp">
            <li><a href="https://beian.miit.gov.cn/"><xsl:value-of select="identity/@icp"/></a></li>
          </xsl:if>
          <xsl:if test="identity/@police">
            <li><a href="https://beian.mps.gov.cn/"><span class="gov-i gov-i-shield" aria-hidden="true"></span><xsl:value-of select="identity/@police"/></a></li>
          </xsl:if>
        </ul>
      </div>
      <xsl:if test="identity/@badge and $pictures">
        <a class="gov-badge" href="{identity/@badge-href}"><img src="{identity/@badge}" alt="[[footer.badge]]" width="80" height="80" loading="lazy"/></a>
      </xsl:if>
    </div>
  </xsl:template>

  <!-- ==== lists of items ==== -->

  <xsl:template name="items-plain">
    <ul class="gov-list">
      <xsl:for-each select="item">
        <li>
          <span class="gov-item">
            <xsl:if test="@pinned = 'yes'"><span class="gov-tag">[[item.pinned]]</span></xsl:if>
            <xsl:if test="@site"><span class="gov-from"><xsl:value-of select="@site"/></span></xsl:if>
            <a href="{@href}">
              <xsl:if test="@external = 'yes'"><xsl:attribute name="rel">external noopener</xsl:attribute></xsl:if>
              <xsl:value-of select="@title"/>
              <xsl:if test="@external = 'yes'"><span class="gov-outside">[[item.external]]</span></xsl:if>
            </a>
          </span>
          <xsl:if test="@date">
            <time datetime="{@date}">
              <xsl:choose>
                <xsl:when test="starts-with(@date, $year)"><xsl:value-of select="substring(@date, 6)"/></xsl:when>
                <xsl:otherwise><xsl:value-of select="@date"/></xsl:otherwise>
              </xsl:choose>
            </time>
          </xsl:if>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <!-- A small picture, the title, the summary. -->
  <xsl:template name="items-picture">
    <ul class="gov-media-list">
      <xsl:for-each select="item">
        <li>
          <xsl:if test="@picture and $pictures">
            <img src="{@picture}" alt="{@alt}" loading="lazy" decoding="async">
              <xsl:copy-of select="@width | @height"/>
            </img>
          </xsl:if>
          <div>
            <p class="gov-media-title">
              <xsl:if test="@pinned = 'yes'"><span class="gov-tag">[[item.pinned]]</span></xsl:if>
              <a href="{@href}">
                <xsl:if test="@external = 'yes'"><xsl:attribute name="rel">external noopener</xsl:attribute></xsl:if>
                <xsl:value-of select="@title"/>
                <xsl:if test="@external = 'yes'"><span class="gov-outside">[[item.external]]</span></xsl:if>
              </a>
            </p>
            <xsl:if test="@summary"><p class="gov-summary"><xsl:value-of select="@summary"/></p></xsl:if>
            <xsl:if test="@date or @site or @source">
              <p class="gov-byline">
                <xsl:if test="@date"><time datetime="{@date}"><xsl:value-of select="@date"/></time></xsl:if>
                <xsl:choose>
                  <xsl:when test="@site"><span><xsl:value-of select="@site"/></span></xsl:when>
                  <xsl:when test="@source"><span><xsl:value-of select="@source"/></span></xsl:when>
                </xsl:choose>
              </p>
            </xsl:if>
          </div>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template name="items-cards">
    <ul class="gov-cards">
      <xsl:for-each select="item">
        <li class="gov-card gov-card-{@type}">
          <xsl:if test="$pictures">
            <span class="gov-card-picture">
              <xsl:if test="@picture">
                <img src="{@picture}" alt="{@alt}" loading="lazy" decoding="async">
                  <xsl:copy-of select="@width | @height"/>
                </img>
              </xsl:if>
            </span>
          </xsl:if>
          <p class="gov-card-title">
            <a href="{@href}">
              <xsl:if test="@external = 'yes'"><xsl:attribute name="rel">external noopener</xsl:attribute></xsl:if>
              <xsl:value-of select="@title"/>
              <xsl:if test="@external = 'yes'"><span class="gov-outside">[[item.external]]</span></xsl:if>
            </a>
          </p>
          <xsl:if test="@date or @note">
            <p class="gov-byline">
              <xsl:if test="@date"><time datetime="{@date}"><xsl:value-of select="@date"/></time></xsl:if>
              <xsl:if test="@note"><span><xsl:value-of select="@note"/></span></xsl:if>
            </p>
          </xsl:if>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template name="items-people">
    <ul class="gov-people">
      <xsl:for-each select="item">
        <li>
          <xsl:if test="$pictures">
            <span class="gov-portrait">
              <xsl:if test="@picture">
                <img src="{@picture}" alt="{@alt}" loading="lazy" decoding="async">
                  <xsl:copy-of select="@width | @height"/>
                </img>
              </xsl:if>
            </span>
          </xsl:if>
          <div>
            <p class="gov-person"><a href="{@href}"><xsl:value-of select="@title"/></a></p>
            <xsl:if test="@post and not(contains(@title, @post))"><p class="gov-post"><xsl:value-of select="@post"/></p></xsl:if>
            <xsl:if test="@note"><p class="gov-summary"><xsl:value-of select="@note"/></p></xsl:if>
          </div>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <!-- An entry to a service: icon, name, a line of explanation. -->
  <xsl:template name="items-tiles">
    <ul class="gov-tiles">
      <xsl:for-each select="item">
        <li>
          <xsl:if test="$pictures">
            <span class="gov-tile-icon">
              <xsl:choose>
                <xsl:when test="@icon"><img src="{/page/@static}/base/icons/{@icon}.svg" alt="" width="24" height="24" loading="lazy"/></xsl:when>
                <xsl:otherwise><img src="{/page/@static}/base/icons/arrow-up-right.svg" alt="" width="24" height="24" loading="lazy"/></xsl:otherwise>
              </xsl:choose>
            </span>
          </xsl:if>
          <span class="gov-tile-text">
            <a href="{@href}">
              <xsl:if test="@external = 'yes'"><xsl:attribute name="rel">external noopener</xsl:attribute></xsl:if>
              <xsl:value-of select="@title"/>
              <xsl:if test="@external = 'yes'"><span class="gov-outside">[[item.external]]</span></xsl:if>
            </a>
            <xsl:if test="@note"><span class="gov-note"><xsl:value-of select="@note"/></span></xsl:if>
          </span>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <!-- The head row comes from the first item's fields. -->
  <xsl:template name="items-table">
    <div class="gov-scroll" tabindex="0" role="region" aria-label="[[list.table]]">
      <table class="gov-table">
        <thead>
          <tr>
            <th scope="col">[[list.title]]</th>
            <xsl:for-each select="item[1]/field">
              <th scope="col"><xsl:value-of select="@label"/></th>
            </xsl:for-each>
            <th scope="col">[[list.date]]</th>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="item">
            <tr>
              <td>
                <xsl:if test="@pinned = 'yes'"><span class="gov-tag">[[item.pinned]]</span></xsl:if>
                <a href="{@href}">
                  <xsl:if test="@external = 'yes'"><xsl:attribute name="rel">external noopener</xsl:attribute></xsl:if>
                  <xsl:value-of select="@title"/>
                  <xsl:if test="@external = 'yes'"><span class="gov-outside">[[item.external]]</span></xsl:if>
                </a>
              </td>
              <xsl:for-each select="field">
                <td>
                  <!-- a date or a number stays in one line -->
                  <xsl:if test="translate(@value, '0123456789-:.', '') = ''"><xsl:attribute name="class">gov-date</xsl:attribute></xsl:if>
                  <xsl:value-of select="@value"/>
                </td>
              </xsl:for-each>
              <td class="gov-date"><xsl:if test="@date"><time datetime="{@date}"><xsl:value-of select="@date"/></time></xsl:if></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template name="items-files">
    <ul class="gov-files">
      <xsl:for-each select="item">
        <li>
          <p class="gov-media-title"><a href="{@href}"><xsl:value-of select="@title"/></a></p>
          <xsl:if test="@summary"><p class="gov-summary"><xsl:value-of select="@summary"/></p></xsl:if>
          <p class="gov-byline">
            <xsl:if test="@note"><span><xsl:value-of select="@note"/></span></xsl:if>
            <xsl:if test="@date"><time datetime="{@date}"><xsl:value-of select="@date"/></time></xsl:if>
          </p>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <!-- ==== blocks of the home page ==== -->

  <!-- Short lists and the services stand in the main column, beside the side
       column; blocks with pictures fill whole rows below. -->
  <xsl:template name="home-areas">
    <xsl:variable name="main" select="block[@area = 'main']"/>
    <xsl:variable name="side" select="block[@area = 'side']"/>
    <xsl:variable name="narrow" select="$main[@kind = 'tabs' or @kind = 'text' or @kind = 'search' or (@kind = 'list' and @style = 'plain')]"/>
    <xsl:variable name="services" select="$main[@kind = 'services']"/>
    <xsl:call-template name="home-lead"/>
    <xsl:if test="$narrow or $services or $side">
      <div class="gov-columns">
        <xsl:if test="$narrow or $services">
          <div class="gov-main">
            <xsl:call-template name="home-pairs">
              <xsl:with-param name="blocks" select="$narrow"/>
            </xsl:call-template>
            <xsl:for-each select="$services"><xsl:call-template name="block"/></xsl:for-each>
          </div>
        </xsl:if>
        <xsl:if test="$side">
          <div class="gov-side">
            <xsl:for-each select="$side"><xsl:call-template name="block"/></xsl:for-each>
          </div>
        </xsl:if>
      </div>
    </xsl:if>
    <xsl:for-each select="$main[@kind = 'carousel' or @kind = 'leaders' or @kind = 'topics' or @kind = 'links' or (@kind = 'list' and @style != 'plain')]">
      <xsl:call-template name="block"/>
    </xsl:for-each>
    <xsl:for-each select="block[@area = 'foot']"><xsl:call-template name="block"/></xsl:for-each>
  </xsl:template>

  <xsl:template name="home-lead">
    <xsl:if test="block[@area = 'lead']">
      <div class="gov-lead gov-lead-{count(block[@area = 'lead'])}">
        <xsl:for-each select="block[@area = 'lead']"><xsl:call-template name="block"/></xsl:for-each>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- Two by two where both are about equally long; where one of two would stand
       half empty, each gets a row of its own and its list two columns. -->
  <xsl:template name="home-pairs">
    <xsl:param name="blocks"/>
    <xsl:if test="$blocks">
      <div class="gov-pairs">
        <xsl:for-each select="$blocks">
          <xsl:variable name="partner" select="position() + 2 * (position() mod 2) - 1"/>
          <xsl:variable name="mine" select="sum(@rows) + count(item | tab[1]/item) + 5 * count(markup[not(../@rows)])"/>
          <xsl:variable name="its" select="sum($blocks[$partner]/@rows) + count($blocks[$partner]/item | $blocks[$partner]/tab[1]/item) + 5 * count($blocks[$partner]/markup[not(../@rows)])"/>
          <xsl:call-template name="block">
            <xsl:with-param name="wide" select="not($blocks[$partner]) or $mine - $its &gt; 2 or $its - $mine &gt; 2"/>
          </xsl:call-template>
        </xsl:for-each>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- Without a name of its own the section is no landmark: a home has a dozen
       blocks, and two may bear one title.  The heading finds it. -->
  <xsl:template name="block">
    <xsl:param name="wide" select="false()"/>
    <section class="gov-block gov-block-{@kind} gov-style-{@style}">
      <xsl:if test="$wide">
        <xsl:attribute name="class">gov-block gov-block-<xsl:value-of select="@kind"/> gov-style-<xsl:value-of select="@style"/> gov-wide</xsl:attribute>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="@rows"><g:markup ref="{@id}"/></xsl:when>
        <xsl:otherwise><xsl:call-template name="block-inside"/></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <!-- What the section holds; the server makes it by itself (kind block) and
       keeps it, so that a change in one column costs one block. -->
  <xsl:template name="block-inside">
    <xsl:choose>
      <xsl:when test="@kind = 'list'"><xsl:call-template name="block-list"/></xsl:when>
      <xsl:when test="@kind = 'carousel'"><xsl:call-template name="block-carousel"/></xsl:when>
      <xsl:when test="@kind = 'tabs'"><xsl:call-template name="block-tabs"/></xsl:when>
      <xsl:when test="@kind = 'services'"><xsl:call-template name="block-services"/></xsl:when>
      <xsl:when test="@kind = 'leaders'"><xsl:call-template name="block-leaders"/></xsl:when>
      <xsl:when test="@kind = 'topics'"><xsl:call-template name="block-topics"/></xsl:when>
      <xsl:when test="@kind = 'links'"><xsl:call-template name="block-links"/></xsl:when>
      <xsl:when test="@kind = 'search'"><xsl:call-template name="block-search"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="block-text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="block-head">
    <div class="gov-block-head">
      <h2 id="{@id}-t"><xsl:value-of select="@title"/></h2>
      <xsl:if test="@href">
        <a class="gov-more" href="{@href}">[[block.more]]<span class="visually-hidden">[[block.more-of]]<xsl:value-of select="@title"/></span></a>
      </xsl:if>
    </div>
  </xsl:template>

  <!-- A row that snaps while it is scrolled; the dots are plain links to the
       slides.  gov.js adds buttons and moves it without moving the page. -->
  <xsl:template name="block-carousel">
    <h2 id="{@id}-t" class="visually-hidden">[[carousel.label]]<xsl:value-of select="@title"/></h2>
    <xsl:choose>
      <xsl:when test="$rich">
        <xsl:variable name="id" select="@id"/>
        <div class="gov-carousel" data-gov="carousel" data-previous="[[carousel.previous]]" data-next="[[carousel.next]]" data-pause="[[carousel.pause]]" data-play="[[carousel.play]]">
          <ul class="gov-slides">
            <xsl:for-each select="item">
              <li id="{$id}-{position()}">
                <a href="{@href}">
                  <xsl:choose>
                    <xsl:when test="@picture">
                      <img src="{@picture}" alt="{@alt}" decoding="async">
                        <xsl:copy-of select="@width | @height"/>
                        <xsl:if test="position() != 1"><xsl:attribute name="loading">lazy</xsl:attribute></xsl:if>
                        <xsl:if test="position() = 1"><xsl:attribute name="fetchpriority">high</xsl:attribute></xsl:if>
                      </img>
                    </xsl:when>
                    <xsl:otherwise><span class="gov-no-picture"></span></xsl:otherwise>
                  </xsl:choose>
                  <span class="gov-caption"><xsl:value-of select="@title"/></span>
                </a>
              </li>
            </xsl:for-each>
          </ul>
          <xsl:if test="item[2]">
            <ol class="gov-dots">
              <xsl:for-each select="item">
                <li><a href="#{$id}-{position()}"><span class="visually-hidden"><g:say key="carousel.go"><g:arg select="position()"/></g:say></span></a></li>
              </xsl:for-each>
            </ol>
          </xsl:if>
        </div>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="items-picture"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="block-list">
    <xsl:call-template name="block-head"/>
    <xsl:choose>
      <xsl:when test="@style = 'picture'"><xsl:call-template name="items-picture"/></xsl:when>
      <xsl:when test="@style = 'cards'"><xsl:call-template name="items-cards"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="items-plain"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Radio buttons choose the panel: no script, arrow keys work.  In the
       simpler views the panels just follow each other. -->
  <xsl:template name="block-tabs">
    <xsl:call-template name="panels"/>
  </xsl:template>

  <xsl:template name="panels">
    <xsl:variable name="id" select="@id"/>
    <xsl:variable name="tiles" select="@kind = 'services'"/>
    <xsl:choose>
      <xsl:when test="$rich and tab[2]">
        <div class="gov-tabs">
          <h2 id="{@id}-t">
            <xsl:if test="not($tiles)"><xsl:attribute name="class">visually-hidden</xsl:attribute></xsl:if>
            <xsl:value-of select="@title"/>
          </h2>
          <xsl:for-each select="tab">
            <input type="radio" name="{$id}" id="{$id}-{position()}">
              <xsl:if test="position() = 1"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
            </input>
            <label for="{$id}-{position()}"><xsl:value-of select="@name"/></label>
          </xsl:for-each>
          <xsl:for-each select="tab">
            <div class="gov-panel">
              <h3 class="visually-hidden"><xsl:value-of select="@name"/></h3>
              <xsl:choose>
                <xsl:when test="$tiles"><xsl:call-template name="items-tiles"/></xsl:when>
                <xsl:otherwise><xsl:call-template name="items-plain"/></xsl:otherwise>
              </xsl:choose>
              <xsl:if test="@href">
                <p class="gov-panel-more"><a class="gov-more" href="{@href}">[[block.more]]<span class="visually-hidden">[[block.more-of]]<xsl:value-of select="@name"/></span></a></p>
              </xsl:if>
            </div>
          </xsl:for-each>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="block-head"/>
        <xsl:for-each select="tab">
          <h3><xsl:choose>
            <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="@name"/></a></xsl:when>
            <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
          </xsl:choose></h3>
          <xsl:choose>
            <xsl:when test="$tiles"><xsl:call-template name="items-tiles"/></xsl:when>
            <xsl:otherwise><xsl:call-template name="items-plain"/></xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="block-services">
    <xsl:choose>
      <xsl:when test="tab"><xsl:call-template name="panels"/></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="block-head"/>
        <xsl:call-template name="items-tiles"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="block-leaders">
    <xsl:call-template name="block-head"/>
    <xsl:call-template name="items-people"/>
  </xsl:template>

  <xsl:template name="block-topics">
    <xsl:call-template name="block-head"/>
    <ul class="gov-topics">
      <xsl:for-each select="item">
        <li>
          <xsl:if test="@picture and $pictures">
            <img src="{@picture}" alt="{@alt}" loading="lazy" decoding="async">
              <xsl:copy-of select="@width | @height"/>
            </img>
          </xsl:if>
          <a href="{@href}"><xsl:value-of select="@title"/></a>
          <xsl:if test="@summary"><p class="gov-summary"><xsl:value-of select="@summary"/></p></xsl:if>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template name="block-links">
    <xsl:call-template name="block-head"/>
    <ul class="gov-links">
      <xsl:for-each select="item">
        <li>
          <a href="{@href}">
            <xsl:if test="@external = 'yes'"><xsl:attribute name="rel">external noopener</xsl:attribute></xsl:if>
            <xsl:value-of select="@title"/>
            <xsl:if test="@external = 'yes'"><span class="gov-outside">[[item.external]]</span></xsl:if>
          </a>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template name="block-text">
    <xsl:call-template name="block-head"/>
    <div class="gov-body gov-body-short">
      <xsl:for-each select="markup"><g:markup ref="{@ref}"/></xsl:for-each>
    </div>
  </xsl:template>

  <xsl:template name="block-search">
    <div class="gov-block-head"><h2 id="{@id}-t"><xsl:value-of select="@title"/></h2></div>
    <form class="gov-search gov-search-block" action="{@href}" method="get">
      <label class="visually-hidden" for="{@id}-q">[[search.label]]</label>
      <input id="{@id}-q" name="q" type="search" maxlength="100" placeholder="[[search.hint]]"/>
      <button class="gov-button"><span class="gov-i gov-i-search" aria-hidden="true"></span><span>[[search.go]]</span></button>
    </form>
  </xsl:template>

  <!-- ==== parts of a column page ==== -->

  <xsl:template name="column-head">
    <div class="gov-page-head">
      <div class="gov-wrap">
        <h1><xsl:value-of select="column/@name"/></h1>
        <xsl:if test="column/@description"><p><xsl:value-of select="column/@description"/></p></xsl:if>
        <xsl:if test="column/@feed and $rich">
          <a class="gov-feed" href="{column/@feed}" type="application/atom+xml"><span class="gov-i gov-i-rss" aria-hidden="true"></span>[[column.feed]]</a>
        </xsl:if>
      </div>
    </div>
  </xsl:template>

  <xsl:template name="column-children">
    <nav class="gov-children" aria-label="[[column.children]]">
      <ul>
        <xsl:for-each select="column/child">
          <li>
            <a href="{@href}">
              <xsl:if test="@current = 'yes'"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
              <xsl:value-of select="@name"/>
            </a>
          </li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:template>

  <!-- ==== parts of a document ==== -->

  <!-- Context: an element with src, width, height, alt, caption.  In the text
       view its description stands for it. -->
  <xsl:template name="figure">
    <xsl:choose>
      <xsl:when test="$pictures">
        <figure class="gov-figure">
          <a href="{@src}">
            <img src="{@src}" alt="{@alt}" decoding="async">
              <xsl:copy-of select="@width | @height"/>
            </img>
          </a>
          <xsl:if test="@caption"><figcaption><xsl:value-of select="@caption"/></figcaption></xsl:if>
        </figure>
      </xsl:when>
      <xsl:otherwise>
        <p>
          <g:say key="picture.instead"><g:arg select="@alt"/></g:say>
          <xsl:if test="@caption"><xsl:text> </xsl:text><xsl:value-of select="@caption"/></xsl:if>
        </p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Context: an element with field children. -->
  <xsl:template name="fields">
    <dl class="gov-fields">
      <xsl:for-each select="field">
        <div>
          <xsl:if test="@kind = 'long'"><xsl:attribute name="class">gov-long</xsl:attribute></xsl:if>
          <dt><xsl:value-of select="@label"/></dt>
          <dd>
            <xsl:choose>
              <xsl:when test="@kind = 'date'"><time datetime="{@value}"><xsl:value-of select="@value"/></time></xsl:when>
              <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="@value"/></a></xsl:when>
              <xsl:otherwise><xsl:value-of select="@value"/></xsl:otherwise>
            </xsl:choose>
          </dd>
        </div>
      </xsl:for-each>
    </dl>
  </xsl:template>

  <xsl:template name="attachments">
    <xsl:if test="attachments/attachment">
      <section class="gov-attachments" aria-labelledby="attachments-t">
        <h2 id="attachments-t">[[document.attachments]]</h2>
        <ul>
          <xsl:for-each select="attachments/attachment">
            <li>
              <a href="{@href}" download=""><xsl:value-of select="@title"/></a>
              <span class="gov-byline"><span><xsl:value-of select="@type"/></span><span><xsl:value-of select="@size"/></span></span>
            </li>
          </xsl:for-each>
        </ul>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template name="document-head">
    <header class="gov-document-head">
      <h1><xsl:copy-of select="@lang"/><xsl:value-of select="@title"/></h1>
      <xsl:if test="@subtitle"><p class="gov-subtitle"><xsl:copy-of select="@lang"/><xsl:value-of select="@subtitle"/></p></xsl:if>
      <xsl:if test="@layout != 'page' and @layout != 'person'">
        <p class="gov-byline">
          <xsl:if test="@published">
            <time datetime="{@time}"><g:say key="document.published"><g:arg select="@published"/></g:say></time>
          </xsl:if>
          <xsl:if test="@source">
            <span>
              <xsl:text>[[document.source]]</xsl:text>
              <xsl:choose>
                <xsl:when test="@source-href"><a href="{@source-href}" rel="external noopener"><xsl:value-of select="@source"/></a></xsl:when>
                <xsl:otherwise><xsl:value-of select="@source"/></xsl:otherwise>
              </xsl:choose>
            </span>
          </xsl:if>
          <xsl:if test="@author"><span><g:say key="document.author"><g:arg select="@author"/></g:say></span></xsl:if>
          <xsl:if test="@unit and not(@unit = @source)"><span><g:say key="document.unit"><g:arg select="@unit"/></g:say></span></xsl:if>
        </p>
      </xsl:if>
      <xsl:if test="@translated = 'no'">
        <p class="gov-notice">[[document.untranslated]]</p>
      </xsl:if>
    </header>
  </xsl:template>

  <xsl:template name="document-aside">
    <xsl:if test="related/item">
      <section aria-labelledby="related-t">
        <h2 id="related-t">[[document.related]]</h2>
        <xsl:for-each select="related"><xsl:call-template name="items-plain"/></xsl:for-each>
      </section>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
