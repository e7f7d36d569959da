<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: the GovPortal developers -->
<!-- The console's frame and the parts that its pages are made of.  The same on all
     sites: no theme touches it.  Menus open without a script (details). -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:import href="../base/form.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" omit-xml-declaration="yes"
      indent="no"/>

  <xsl:template match="/page">
    <html lang="{@lang}" dir="{@dir}" class="gc">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="robots" content="noindex"/>
        <title><xsl:value-of select="title"/></title>
        <link rel="icon" href="{@static}/base/icons/building.svg"/>
        <link rel="stylesheet" href="{@static}/base/console/tabler.min.css"/>
        <xsl:if test="box/form/field[@name = 'body']">
          <link rel="stylesheet" href="{@static}/base/console/jodit.min.css"/>
        </xsl:if>
        <link rel="stylesheet" href="{@static}/base/console/console.css"/>
        <xsl:if test="box/form/field[@name = 'body']">
          <script src="{@static}/base/console/jodit.min.js" defer="defer"/>
        </xsl:if>
        <script src="{@static}/base/console/console.js" defer="defer"/>
      </head>
      <body>
        <a class="gc-skip" href="#main">[[skip.main]]</a>
        <xsl:for-each select="frame"><xsl:call-template name="console-bar"/></xsl:for-each>
        <div class="gc-page">
          <xsl:for-each select="frame"><xsl:call-template name="console-menu"/></xsl:for-each>
          <main id="main" class="gc-main" tabindex="-1">
            <xsl:call-template name="main"/>
          </main>
        </div>
      </body>
    </html>
  </xsl:template>

  <!-- ==== the frame ==== -->

  <!-- Context: frame. -->
  <xsl:template name="console-bar">
    <header class="gc-bar">
      <a class="gc-brand" href="{@home}"><xsl:value-of select="@group"/></a>
      <xsl:if test="place">
        <details class="gc-drop gc-places">
          <summary>
            <xsl:choose>
              <xsl:when test="@site"><xsl:value-of select="@site"/></xsl:when>
              <xsl:otherwise>[[console.places]]</xsl:otherwise>
            </xsl:choose>
          </summary>
          <nav aria-label="[[console.places]]">
            <ul>
              <xsl:for-each select="place">
                <li>
                  <a href="{@href}">
                    <xsl:if test="@here = 'yes'"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
                    <xsl:value-of select="@name"/>
                  </a>
                </li>
              </xsl:for-each>
            </ul>
          </nav>
        </details>
      </xsl:if>
      <a class="gc-public" href="{@public}">[[console.public]]</a>
      <details class="gc-drop gc-person">
        <summary><xsl:value-of select="@person"/></summary>
        <nav aria-label="[[console.person]]">
          <ul>
            <li><a href="{@account}">[[account]]</a></li>
            <xsl:for-each select="language">
              <li><a href="{@href}" hreflang="{@code}" lang="{@code}"><xsl:value-of select="@name"/></a></li>
            </xsl:for-each>
            <li><a href="{@leave}">[[console.leave]]</a></li>
          </ul>
        </nav>
      </details>
    </header>
  </xsl:template>

  <!-- Context: frame. -->
  <xsl:template name="console-menu">
    <xsl:if test="menu/section">
      <nav class="gc-menu" aria-label="[[console.menu]]">
        <xsl:for-each select="menu/section">
          <xsl:variable name="id" select="concat('gc-menu-', position())"/>
          <p id="{$id}"><xsl:value-of select="@name"/></p>
          <ul aria-labelledby="{$id}">
            <xsl:for-each select="entry">
              <li>
                <a href="{@href}">
                  <xsl:if test="@here = 'yes'"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
                  <xsl:call-template name="console-icon"/>
                  <span><xsl:value-of select="@name"/></span>
                </a>
              </li>
            </xsl:for-each>
          </ul>
        </xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- Context: what has an @icon. -->
  <xsl:template name="console-icon">
    <xsl:if test="/page/@view != 'text'">
      <img class="gc-icon" src="{/page/@static}/base/icons/{@icon}.svg" alt="" width="16" height="16"/>
    </xsl:if>
  </xsl:template>

  <!-- ==== parts ==== -->

  <!-- Context: box.  What is in it, in its order. -->
  <xsl:template name="console-parts">
    <xsl:call-template name="console-actions"/>
    <xsl:for-each select="note"><xsl:call-template name="console-note"/></xsl:for-each>
    <xsl:for-each select="standing">
      <p class="gc-standing"><xsl:call-template name="console-state"><xsl:with-param name="text" select="@state"/></xsl:call-template></p>
    </xsl:for-each>
    <xsl:if test="task">
      <ul class="gc-tasks">
        <xsl:for-each select="task">
          <li><a href="{@href}"><span class="gc-count"><xsl:value-of select="@count"/></span><xsl:text> </xsl:text><span><xsl:value-of select="@name"/></span></a></li>
        </xsl:for-each>
      </ul>
    </xsl:if>
    <xsl:if test="fact">
      <dl class="gc-facts">
        <xsl:for-each select="fact">
          <div>
            <dt><xsl:value-of select="@name"/></dt>
            <dd>
              <xsl:choose>
                <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="."/></a></xsl:when>
                <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
              </xsl:choose>
            </dd>
          </div>
        </xsl:for-each>
      </dl>
    </xsl:if>
    <xsl:for-each select="text">
      <xsl:for-each select="markup"><div class="gc-text"><g:markup ref="{@ref}"/></div></xsl:for-each>
    </xsl:for-each>
    <xsl:for-each select="step"><xsl:call-template name="console-step"/></xsl:for-each>
    <xsl:if test="work">
      <ul class="gc-works">
        <xsl:for-each select="work">
          <li>
            <a href="{@href}"><xsl:value-of select="@name"/></a>
            <xsl:if test="@state">
              <xsl:text> </xsl:text>
              <xsl:call-template name="console-state"><xsl:with-param name="text" select="@state"/></xsl:call-template>
            </xsl:if>
            <xsl:if test="@author or @time">
              <span class="gc-by">
                <xsl:value-of select="@author"/>
                <xsl:if test="@time"><xsl:text> </xsl:text><time datetime="{@time}"><xsl:value-of select="@time"/></time></xsl:if>
              </span>
            </xsl:if>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
    <xsl:for-each select="list"><xsl:call-template name="console-list"/></xsl:for-each>
    <xsl:for-each select="form">
      <xsl:call-template name="form"><xsl:with-param name="id" select="concat('f-', @name)"/></xsl:call-template>
    </xsl:for-each>
    <xsl:if test="event">
      <ol class="gc-events">
        <xsl:for-each select="event"><xsl:call-template name="console-event"/></xsl:for-each>
      </ol>
    </xsl:if>
  </xsl:template>

  <!-- Context: note. -->
  <xsl:template name="console-note">
    <div class="gc-note gc-note-{@kind}">
      <xsl:if test="@kind = 'done' or @kind = 'failed'"><xsl:attribute name="role">status</xsl:attribute></xsl:if>
      <p><xsl:value-of select="."/></p>
    </div>
  </xsl:template>

  <!-- Context: what has a @tone. -->
  <xsl:template name="console-state">
    <xsl:param name="text"/>
    <span class="gc-state gc-state-{@tone}"><xsl:value-of select="$text"/></span>
  </xsl:template>

  <!-- Context: box. -->
  <xsl:template name="console-actions">
    <xsl:if test="action">
      <p class="gc-actions">
        <xsl:for-each select="action">
          <a href="{@href}">
            <xsl:attribute name="class">
              <xsl:choose>
                <xsl:when test="@kind = 'main'">btn btn-primary</xsl:when>
                <xsl:otherwise>btn</xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
            <xsl:if test="@icon">
              <xsl:call-template name="console-icon"/>
            </xsl:if>
            <xsl:value-of select="@name"/>
          </a>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- Context: step.  What needs no word is a button; the rest opens. -->
  <xsl:template name="console-step">
    <xsl:choose>
      <xsl:when test="@bare = 'yes' and @open != 'yes'">
        <div class="gc-step gc-step-bare"><xsl:for-each select="form"><xsl:call-template name="form"/></xsl:for-each></div>
      </xsl:when>
      <xsl:otherwise>
        <details class="gc-step">
          <xsl:if test="@open = 'yes'"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
          <summary>
            <xsl:call-template name="console-icon"/>
            <span><xsl:value-of select="@name"/></span>
          </summary>
          <!-- several of one name: a role, a session each -->
          <xsl:for-each select="form">
            <xsl:variable name="name" select="@name"/>
            <xsl:call-template name="form"><xsl:with-param name="id" select="concat('f-', @name, '-', count(../preceding-sibling::step[form/@name = $name]) + 1)"/></xsl:call-template>
          </xsl:for-each>
        </details>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Context: event. -->
  <xsl:template name="console-event">
    <li>
      <xsl:if test="@valid = 'no'"><xsl:attribute name="class">gc-void</xsl:attribute></xsl:if>
      <strong><xsl:value-of select="@name"/></strong>
      <xsl:if test="@verdict"><xsl:text>[[form.colon]]</xsl:text><xsl:value-of select="@verdict"/></xsl:if>
      <span class="gc-by">
        <xsl:value-of select="@author"/>
        <xsl:text> </xsl:text><time datetime="{@time}"><xsl:value-of select="@time"/></time>
        <xsl:text> · </xsl:text><xsl:value-of select="@version"/>
        <xsl:if test="@address"><xsl:text> · </xsl:text><xsl:value-of select="@address"/></xsl:if>
        <xsl:if test="@valid = 'no'"> · [[console.void]]</xsl:if>
      </span>
      <xsl:if test="@basis"><p>[[console.basis]]<xsl:value-of select="@basis"/></p></xsl:if>
      <xsl:if test="@remarks"><p class="gc-remarks"><xsl:value-of select="@remarks"/></p></xsl:if>
    </li>
  </xsl:template>

  <!-- ==== lists ==== -->

  <!-- Context: list. -->
  <xsl:template name="console-list">
    <div class="gc-list">
      <xsl:if test="filter">
        <form class="gc-filters" method="get" action="{@action}" role="search" aria-label="[[console.filters]]">
          <xsl:for-each select="filter">
            <div>
              <label for="gc-{@name}"><xsl:value-of select="@label"/></label>
              <xsl:choose>
                <xsl:when test="@kind = 'choice'">
                  <select class="form-select" id="gc-{@name}" name="{@name}">
                    <option value="">[[console.any]]</option>
                    <xsl:for-each select="choice">
                      <option value="{@value}">
                        <xsl:if test="@chosen = 'yes'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
                        <xsl:value-of select="@label"/>
                      </option>
                    </xsl:for-each>
                  </select>
                </xsl:when>
                <xsl:otherwise>
                  <input class="form-control" id="gc-{@name}" type="search" name="{@name}" maxlength="500">
                    <xsl:if test="@value"><xsl:attribute name="value"><xsl:value-of select="@value"/></xsl:attribute></xsl:if>
                  </input>
                </xsl:otherwise>
              </xsl:choose>
            </div>
          </xsl:for-each>
          <div class="gc-filters-go">
            <button class="btn" type="submit">[[console.filter]]</button>
            <xsl:if test="@all"><a href="{@all}">[[console.unfilter]]</a></xsl:if>
          </div>
        </form>
      </xsl:if>
      <p class="gc-total">
        <span>
          <xsl:choose>
            <xsl:when test="@more = 'yes'"><g:say key="console.more-than"><g:arg select="@total"/></g:say></xsl:when>
            <xsl:otherwise><g:say key="console.total"><g:arg select="@total"/></g:say></xsl:otherwise>
          </xsl:choose>
        </span>
        <xsl:if test="@total > 0"><a href="{@sheet}">[[console.sheet]]</a></xsl:if>
      </p>
      <xsl:choose>
        <xsl:when test="row">
          <div class="gc-table" role="region" aria-label="[[console.table]]" tabindex="0">
            <table class="table table-vcenter">
              <thead>
                <tr><xsl:for-each select="head"><xsl:call-template name="console-head"/></xsl:for-each></tr>
              </thead>
              <tbody>
                <xsl:for-each select="row"><xsl:call-template name="console-row"/></xsl:for-each>
              </tbody>
            </table>
          </div>
        </xsl:when>
        <xsl:otherwise><p class="gc-none">[[console.none]]</p></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@pages > 1">
        <nav class="gc-pager" aria-label="[[pager.label]]">
          <xsl:choose>
            <xsl:when test="@prev"><a class="btn" rel="prev" href="{@prev}">[[console.prev]]</a></xsl:when>
            <xsl:otherwise><span/></xsl:otherwise>
          </xsl:choose>
          <span><g:say key="console.page"><g:arg select="@page"/><g:arg select="@pages"/></g:say></span>
          <xsl:choose>
            <xsl:when test="@next"><a class="btn" rel="next" href="{@next}">[[console.next-page]]</a></xsl:when>
            <xsl:otherwise><span/></xsl:otherwise>
          </xsl:choose>
        </nav>
      </xsl:if>
    </div>
  </xsl:template>

  <!-- Context: head. -->
  <xsl:template name="console-head">
    <th scope="col" class="gc-c-{@kind}">
      <xsl:if test="@sorted = 'up'"><xsl:attribute name="aria-sort">ascending</xsl:attribute></xsl:if>
      <xsl:if test="@sorted = 'down'"><xsl:attribute name="aria-sort">descending</xsl:attribute></xsl:if>
      <xsl:choose>
        <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="@name"/></a></xsl:when>
        <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
      </xsl:choose>
    </th>
  </xsl:template>

  <!-- Context: row. -->
  <xsl:template name="console-row">
    <tr>
      <xsl:for-each select="cell">
        <td class="gc-c-{@kind}">
          <xsl:choose>
            <xsl:when test="@kind = 'title' and ../@href"><a href="{../@href}"><xsl:value-of select="."/></a></xsl:when>
            <xsl:when test="@tone"><xsl:call-template name="console-state"><xsl:with-param name="text" select="."/></xsl:call-template></xsl:when>
            <xsl:when test="@kind = 'time' and . != ''"><time datetime="{.}"><xsl:value-of select="."/></time></xsl:when>
            <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
          </xsl:choose>
        </td>
      </xsl:for-each>
    </tr>
  </xsl:template>

</xsl:stylesheet>
