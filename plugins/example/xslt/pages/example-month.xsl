<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- A month: a table of weeks, and the same events as a list.  The text view and
     narrow screens have the list alone. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <xsl:template name="kind-styles">
    <link rel="stylesheet" href="{@static}/plugin/example/calendar.css"/>
  </xsl:template>

  <xsl:variable name="example-month">
    <xsl:choose>
      <xsl:when test="/page/month/@month = 1">[[example.month-1]]</xsl:when>
      <xsl:when test="/page/month/@month = 2">[[example.month-2]]</xsl:when>
      <xsl:when test="/page/month/@month = 3">[[example.month-3]]</xsl:when>
      <xsl:when test="/page/month/@month = 4">[[example.month-4]]</xsl:when>
      <xsl:when test="/page/month/@month = 5">[[example.month-5]]</xsl:when>
      <xsl:when test="/page/month/@month = 6">[[example.month-6]]</xsl:when>
      <xsl:when test="/page/month/@month = 7">[[example.month-7]]</xsl:when>
      <xsl:when test="/page/month/@month = 8">[[example.month-8]]</xsl:when>
      <xsl:when test="/page/month/@month = 9">[[example.month-9]]</xsl:when>
      <xsl:when test="/page/month/@month = 10">[[example.month-10]]</xsl:when>
      <xsl:when test="/page/month/@month = 11">[[example.month-11]]</xsl:when>
      <xsl:otherwise>[[example.month-12]]</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:template name="main">
    <xsl:for-each select="month">
      <div class="gov-page-head">
        <div class="gov-wrap">
          <h1>
            <xsl:value-of select="@name"/>
            <xsl:text> </xsl:text>
            <span class="example-month"><g:say key="example.month"><g:arg select="@year"/><g:arg select="$example-month"/></g:say></span>
          </h1>
          <xsl:if test="$rich">
            <a class="gov-feed" href="{@feed}" type="text/calendar"><span class="gov-i gov-i-rss" aria-hidden="true"></span>[[example.subscribe]]</a>
          </xsl:if>
        </div>
      </div>
      <div class="gov-wrap gov-page">
        <div class="gov-content example-calendar">
          <xsl:if test="$view != 'print'"><xsl:call-template name="example-months"/></xsl:if>
          <xsl:if test="$pictures"><xsl:call-template name="example-grid"/></xsl:if>
          <section aria-labelledby="example-list">
            <h2 id="example-list">[[example.list]]</h2>
            <xsl:choose>
              <xsl:when test="event"><xsl:call-template name="example-list"/></xsl:when>
              <xsl:otherwise><p class="gov-empty">[[example.none]]</p></xsl:otherwise>
            </xsl:choose>
          </section>
        </div>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="example-months">
    <nav class="example-months" aria-label="[[example.months]]">
      <ul>
        <xsl:if test="@previous"><li><a rel="prev" href="{@previous}">[[example.previous]]</a></li></xsl:if>
        <xsl:if test="@present"><li><a href="{@present}">[[example.present]]</a></li></xsl:if>
        <xsl:if test="@next"><li><a rel="next" href="{@next}">[[example.next]]</a></li></xsl:if>
        <li><a href="{@href}">[[example.all]]</a></li>
      </ul>
    </nav>
  </xsl:template>

  <xsl:template name="example-grid">
    <table class="example-grid">
      <caption class="visually-hidden">
        <g:say key="example.grid"><g:arg select="@name"/><g:arg select="$example-month"/></g:say>
      </caption>
      <thead>
        <tr>
          <th scope="col" abbr="[[example.monday]]">[[example.mon]]</th>
          <th scope="col" abbr="[[example.tuesday]]">[[example.tue]]</th>
          <th scope="col" abbr="[[example.wednesday]]">[[example.wed]]</th>
          <th scope="col" abbr="[[example.thursday]]">[[example.thu]]</th>
          <th scope="col" abbr="[[example.friday]]">[[example.fri]]</th>
          <th scope="col" abbr="[[example.saturday]]">[[example.sat]]</th>
          <th scope="col" abbr="[[example.sunday]]">[[example.sun]]</th>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="week">
          <tr>
            <xsl:for-each select="day">
              <td>
                <xsl:choose>
                  <xsl:when test="@outside"><xsl:attribute name="class">example-outside</xsl:attribute></xsl:when>
                  <xsl:when test="@today"><xsl:attribute name="aria-current">date</xsl:attribute></xsl:when>
                </xsl:choose>
                <time datetime="{@date}"><xsl:value-of select="@n"/></time>
                <xsl:if test="@today"><span class="example-today">[[example.today-mark]]</span></xsl:if>
                <xsl:if test="event">
                  <ul>
                    <xsl:for-each select="event">
                      <li>
                        <a href="{@href}">
                          <xsl:if test="@starts"><span class="example-hour"><xsl:value-of select="@starts"/></span><xsl:text> </xsl:text></xsl:if>
                          <xsl:value-of select="@title"/>
                        </a>
                      </li>
                    </xsl:for-each>
                  </ul>
                </xsl:if>
              </td>
            </xsl:for-each>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <xsl:template name="example-list">
    <ol class="example-list">
      <xsl:for-each select="event">
        <li>
          <p class="example-when">
            <time datetime="{@from}"><xsl:value-of select="@from"/></time>
            <xsl:if test="@until">
              <xsl:text> [[example.until]] </xsl:text>
              <time datetime="{@until}"><xsl:value-of select="@until"/></time>
            </xsl:if>
            <span class="example-hour">
              <xsl:choose>
                <xsl:when test="not(@starts)">[[example.whole-day]]</xsl:when>
                <xsl:when test="@ends"><xsl:value-of select="concat(@starts, '–', @ends)"/></xsl:when>
                <xsl:otherwise><xsl:value-of select="@starts"/></xsl:otherwise>
              </xsl:choose>
            </span>
          </p>
          <p class="example-what"><a href="{@href}"><xsl:value-of select="@title"/></a></p>
          <xsl:if test="@place"><p class="gov-summary"><xsl:value-of select="@place"/></p></xsl:if>
        </li>
      </xsl:for-each>
    </ol>
  </xsl:template>

</xsl:stylesheet>
