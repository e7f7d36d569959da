<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     SPDX-FileCopyrightText: GovPortal contributors -->
<!-- Forms.  All words but the fixed ones come with the model, by the form's and
     the field's name.  The mistakes stand above the form, as links to their fields,
     and again at each field; nothing needs a script, and browsers' own checks are
     off because they speak in the browser's language. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:g="urn:govportal:template:1"
    exclude-result-prefixes="g">

  <!-- Context: form.  Headings are one below the page's.  Pages with several forms of
       one name give each an id. -->
  <xsl:template name="form">
    <xsl:param name="id" select="concat('f-', @name)"/>
    <xsl:variable name="form" select="$id"/>
    <xsl:if test="mistake or field/mistake">
      <div class="gov-mistakes" id="{$form}-mistakes" role="alert" tabindex="-1"
          aria-labelledby="{$form}-mistakes-t">
        <h2 id="{$form}-mistakes-t">[[form.mistakes]]</h2>
        <ul>
          <xsl:for-each select="field/mistake">
            <li><a href="#{$form}-{../@name}"><xsl:value-of select="../@label"/><xsl:text>[[form.colon]]</xsl:text><xsl:value-of select="@text"/></a></li>
          </xsl:for-each>
          <xsl:for-each select="mistake">
            <li><xsl:value-of select="@text"/></li>
          </xsl:for-each>
        </ul>
      </div>
    </xsl:if>
    <form class="gov-form" id="{$form}" method="post" action="{@action}" accept-charset="utf-8" novalidate="novalidate">
      <xsl:if test="@files = 'yes'">
        <xsl:attribute name="enctype">multipart/form-data</xsl:attribute>
      </xsl:if>
      <xsl:for-each select="hidden">
        <input type="hidden" name="{@name}" value="{@value}"/>
      </xsl:for-each>
      <xsl:for-each select="field">
        <div class="gov-field gov-field-{@kind}">
          <xsl:if test="mistake">
            <xsl:attribute name="class">gov-field gov-field-<xsl:value-of select="@kind"/> gov-field-wrong</xsl:attribute>
          </xsl:if>
          <xsl:choose>
            <xsl:when test="@kind = 'choice' and (@multiple = 'yes' or not(choice[13]))">
              <xsl:call-template name="form-choices"><xsl:with-param name="id" select="concat($form, '-', @name)"/></xsl:call-template>
            </xsl:when>
            <xsl:when test="@kind = 'flag'">
              <xsl:call-template name="form-flag"><xsl:with-param name="id" select="concat($form, '-', @name)"/></xsl:call-template>
            </xsl:when>
            <xsl:otherwise>
              <xsl:call-template name="form-input"><xsl:with-param name="id" select="concat($form, '-', @name)"/></xsl:call-template>
            </xsl:otherwise>
          </xsl:choose>
        </div>
        <xsl:variable name="field" select="@name"/>
        <xsl:for-each select="../kept[@field = $field]">
          <xsl:call-template name="form-kept"><xsl:with-param name="id" select="concat($form, '-', @name)"/></xsl:call-template>
        </xsl:for-each>
      </xsl:for-each>
      <xsl:for-each select="captcha"><xsl:call-template name="captcha"/></xsl:for-each>
      <p class="gov-send"><button class="gov-button" type="submit"><xsl:value-of select="@submit"/></button></p>
    </form>
  </xsl:template>

  <!-- Context: kept.  A file that is there already: what is said of it, and away
       with it. -->
  <xsl:template name="form-kept">
    <xsl:param name="id"/>
    <fieldset class="gov-kept">
      <legend><xsl:value-of select="@file"/></legend>
      <label for="{$id}">[[form.kept]]</label>
      <input id="{$id}" name="{@name}" type="text" maxlength="300" value="{@text}"/>
      <div class="gov-tick">
        <input type="checkbox" id="{$id}-drop" name="{@name}-drop" value="yes"/>
        <label for="{$id}-drop">[[form.kept.drop]]</label>
      </div>
    </fieldset>
  </xsl:template>

  <!-- Context: captcha.  The sum is for everybody without the script. -->
  <xsl:template name="captcha">
    <fieldset class="gov-field gov-captcha" data-gov="captcha" data-challenge="{@challenge}" data-strings="{@strings}" data-folder="{/page/@static}/base/altcha/">
      <legend>[[captcha]]</legend>
      <div class="gov-sum">
        <p class="gov-hint" id="gov-sum-hint">[[captcha.hint]]</p>
        <label for="gov-sum"><g:say key="captcha.sum"><g:arg select="@first"/><g:arg select="@second"/></g:say></label>
        <input id="gov-sum" name="_sum" type="text" inputmode="numeric" autocomplete="off" aria-describedby="gov-sum-hint"/>
        <input type="hidden" name="_sum-token" value="{@token}"/>
      </div>
    </fieldset>
  </xsl:template>

  <!-- Context: field. -->
  <xsl:template name="form-label">
    <xsl:value-of select="@label"/>
    <xsl:if test="@required = 'yes'"><span class="gov-required">[[form.required]]</span></xsl:if>
  </xsl:template>

  <!-- What explains a field, with the ids that describe it. -->
  <xsl:template name="form-notes">
    <xsl:param name="id"/>
    <xsl:if test="@hint">
      <p class="gov-hint" id="{$id}-hint"><xsl:value-of select="@hint"/></p>
    </xsl:if>
    <xsl:if test="@kind = 'text'">
      <p class="gov-hint" id="{$id}-most"><g:say key="form.most"><g:arg select="@most"/></g:say></p>
    </xsl:if>
    <xsl:for-each select="mistake">
      <p class="gov-mistake" id="{$id}-mistake{position()}"><span class="visually-hidden">[[form.wrong]]</span><xsl:value-of select="@text"/></p>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="form-described">
    <xsl:param name="id"/>
    <xsl:if test="@hint or mistake or @kind = 'text'">
      <xsl:attribute name="aria-describedby">
        <xsl:for-each select="mistake"><xsl:value-of select="concat($id, '-mistake', position(), ' ')"/></xsl:for-each>
        <xsl:if test="@hint"><xsl:value-of select="concat($id, '-hint ')"/></xsl:if>
        <xsl:if test="@kind = 'text'"><xsl:value-of select="concat($id, '-most')"/></xsl:if>
      </xsl:attribute>
    </xsl:if>
  </xsl:template>

  <xsl:template name="form-state">
    <xsl:param name="id"/>
    <xsl:if test="@required = 'yes'">
      <xsl:attribute name="aria-required">true</xsl:attribute>
    </xsl:if>
    <xsl:if test="mistake">
      <xsl:attribute name="aria-invalid">true</xsl:attribute>
    </xsl:if>
    <xsl:if test="@autocomplete">
      <xsl:attribute name="autocomplete"><xsl:value-of select="@autocomplete"/></xsl:attribute>
    </xsl:if>
    <xsl:call-template name="form-described"><xsl:with-param name="id" select="$id"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="form-input">
    <xsl:param name="id"/>
    <label for="{$id}"><xsl:call-template name="form-label"/></label>
    <xsl:call-template name="form-notes"><xsl:with-param name="id" select="$id"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="@kind = 'text'">
        <textarea id="{$id}" name="{@name}" rows="8">
          <xsl:call-template name="form-state"><xsl:with-param name="id" select="$id"/></xsl:call-template>
          <!-- HTML drops one line end at the beginning -->
          <xsl:if test="@value"><xsl:text>&#10;</xsl:text><xsl:value-of select="@value"/></xsl:if>
        </textarea>
      </xsl:when>
      <xsl:when test="@kind = 'choice'">
        <select id="{$id}" name="{@name}">
          <xsl:call-template name="form-state"><xsl:with-param name="id" select="$id"/></xsl:call-template>
          <option value="">[[form.choose]]</option>
          <xsl:for-each select="choice">
            <option value="{@value}">
              <xsl:if test="@chosen = 'yes'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
              <xsl:value-of select="@label"/>
            </option>
          </xsl:for-each>
        </select>
      </xsl:when>
      <xsl:otherwise>
        <input id="{$id}" name="{@name}">
          <xsl:attribute name="type">
            <xsl:choose>
              <xsl:when test="@kind = 'phone'">tel</xsl:when>
              <xsl:when test="@kind = 'email' or @kind = 'date' or @kind = 'password' or @kind = 'url' or @kind = 'file'"><xsl:value-of select="@kind"/></xsl:when>
              <xsl:otherwise>text</xsl:otherwise>
            </xsl:choose>
          </xsl:attribute>
          <xsl:if test="@kind = 'number'"><xsl:attribute name="inputmode">numeric</xsl:attribute></xsl:if>
          <xsl:if test="@kind = 'id-number'"><xsl:attribute name="spellcheck">false</xsl:attribute></xsl:if>
          <xsl:if test="@kind = 'date'">
            <xsl:if test="@least"><xsl:attribute name="min"><xsl:value-of select="@least"/></xsl:attribute></xsl:if>
            <xsl:if test="@most"><xsl:attribute name="max"><xsl:value-of select="@most"/></xsl:attribute></xsl:if>
          </xsl:if>
          <xsl:if test="@kind = 'file' and @multiple = 'yes'"><xsl:attribute name="multiple">multiple</xsl:attribute></xsl:if>
          <xsl:if test="@value"><xsl:attribute name="value"><xsl:value-of select="@value"/></xsl:attribute></xsl:if>
          <xsl:call-template name="form-state"><xsl:with-param name="id" select="$id"/></xsl:call-template>
        </input>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="form-flag">
    <xsl:param name="id"/>
    <xsl:call-template name="form-notes"><xsl:with-param name="id" select="$id"/></xsl:call-template>
    <div class="gov-tick">
      <input type="checkbox" id="{$id}" name="{@name}" value="yes">
        <xsl:if test="@chosen = 'yes'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
        <xsl:call-template name="form-state"><xsl:with-param name="id" select="$id"/></xsl:call-template>
      </input>
      <label for="{$id}"><xsl:call-template name="form-label"/></label>
    </div>
  </xsl:template>

  <!-- The first choice bears the field's id: the list of mistakes leads there. -->
  <xsl:template name="form-choices">
    <xsl:param name="id"/>
    <xsl:variable name="name" select="@name"/>
    <xsl:variable name="type">
      <xsl:choose>
        <xsl:when test="@multiple = 'yes'">checkbox</xsl:when>
        <xsl:otherwise>radio</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <fieldset>
      <xsl:call-template name="form-described"><xsl:with-param name="id" select="$id"/></xsl:call-template>
      <legend><xsl:call-template name="form-label"/></legend>
      <xsl:call-template name="form-notes"><xsl:with-param name="id" select="$id"/></xsl:call-template>
      <xsl:for-each select="choice">
        <xsl:variable name="own">
          <xsl:value-of select="$id"/>
          <xsl:if test="position() > 1"><xsl:value-of select="concat('-c', position())"/></xsl:if>
        </xsl:variable>
        <div class="gov-tick">
          <input type="{$type}" id="{$own}" name="{$name}" value="{@value}">
            <xsl:if test="@chosen = 'yes'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
          </input>
          <label for="{$own}"><xsl:value-of select="@label"/></label>
        </div>
      </xsl:for-each>
    </fieldset>
  </xsl:template>

</xsl:stylesheet>
