/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* text.c -- UTF-8. */

#include <stdlib.h>
#include <string.h>

#include "base_priv.h"

#define REPLACEMENT "\xEF\xBF\xBD"
#define ELLIPSIS "\xE2\x80\xA6"

/* The table of RFC 3629 section 4: the second byte's range depends on the
   first; all later bytes are 80..BF. */
int
gov_base__utf8(apr_uint32_t *ch, int *skip, const unsigned char *p,
               const unsigned char *end)
{
    unsigned char low = 0x80, high = 0xBF;
    apr_uint32_t c = *p;
    int len, i;

    *skip = 1;
    if (c < 0x80) {
        *ch = c;
        return 1;
    }
    if (c < 0xC2 || c > 0xF4)
        return 0;
    len = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (c == 0xE0)
        low = 0xA0;
    else if (c == 0xED)
        high = 0x9F;
    else if (c == 0xF0)
        low = 0x90;
    else if (c == 0xF4)
        high = 0x8F;
    c &= 0x7F >> len;
    for (i = 1; i < len; i++) {
        if (end - p <= i || p[i] < low || p[i] > high)
            return 0;
        c = c << 6 | (p[i] & 0x3F);
        low = 0x80;
        high = 0xBF;
        *skip = i + 1;
    }
    *ch = c;
    return len;
}

static bool
is_control(apr_uint32_t ch)
{
    return (ch < 0x20 && ch != '\t' && ch != '\n' && ch != '\r')
        || (ch >= 0x7F && ch <= 0x9F);
}

/* Unicode's noncharacters: two of them cannot stand in XML, and HTML checkers
   refuse all of them. */
static bool
is_nonchar(apr_uint32_t ch)
{
    return (ch & 0xFFFE) == 0xFFFE || (ch >= 0xFDD0 && ch <= 0xFDEF);
}

/* Unicode's White_Space. */
static bool
is_space(apr_uint32_t ch)
{
    return ch == ' ' || (ch >= '\t' && ch <= '\r') || ch == 0x3000
        || ch == 0xA0 || ch == 0x85 || ch == 0x1680
        || (ch >= 0x2000 && ch <= 0x200A) || ch == 0x2028 || ch == 0x2029
        || ch == 0x202F || ch == 0x205F;
}

bool
gov_text_utf8(const char *data, apr_size_t len)
{
    const unsigned char *p = (const unsigned char *)data, *end = p + len;
    apr_uint32_t ch;
    int n, skip;

    for (; p < end; p += n) {
        n = gov_base__utf8(&ch, &skip, p, end);
        if (n == 0 || ch == 0)
            return false;
    }
    return true;
}

bool
gov_text_valid(const char *data, apr_size_t len)
{
    const unsigned char *p = (const unsigned char *)data, *end = p + len;
    apr_uint32_t ch;
    int n, skip;

    while (p < end) {
        if (*p >= 0x20 && *p < 0x7F) {
            p++;
            continue;
        }
        n = gov_base__utf8(&ch, &skip, p, end);
        if (n == 0 || is_control(ch) || is_nonchar(ch))
            return false;
        p += n;
    }
    return true;
}

apr_size_t
gov_text_length(const char *text)
{
    apr_size_t count = 0;

    for (; *text; text++)
        count += (*text & 0xC0) != 0x80;
    return count;
}

const char *
gov_text_fold(const char *text, apr_pool_t *pool)
{
    const unsigned char *p = (const unsigned char *)text;
    const unsigned char *end = p + strlen(text);
    char *folded = apr_palloc(pool, end - p + 1), *to = folded;
    bool blank = false;
    apr_uint32_t ch;
    int n, skip;

    for (; p < end; p += n) {
        n = gov_base__utf8(&ch, &skip, p, end);
        if (n > 0 && is_space(ch)) {
            blank = to > folded;
            continue;
        }
        if (blank)
            *to++ = ' ';
        blank = false;
        if (n == 0)
            n = skip;
        memcpy(to, p, n);
        to += n;
    }
    *to = '\0';
    return folded;
}

const char *
gov_text_cut(const char *text, apr_size_t chars, apr_pool_t *pool)
{
    const char *folded = gov_text_fold(text, pool);
    const char *p = folded;
    apr_size_t count = 0;

    for (; *p; p++)
        if ((*p & 0xC0) != 0x80 && count++ == chars)
            break;
    if (!*p)
        return folded;
    while (p > folded && p[-1] == ' ')
        p--;
    return apr_pstrcat(pool, apr_pstrmemdup(pool, folded, p - folded),
                       ELLIPSIS, NULL);
}

const char *
gov_text_repair(const char *data, apr_size_t len, apr_pool_t *pool)
{
    const unsigned char *p = (const unsigned char *)data, *end = p + len;
    gov_buf_t *buf = gov_buf_create(len + 1, pool);
    apr_uint32_t ch;
    int n, skip;

    for (; p < end; p += n ? n : skip) {
        n = gov_base__utf8(&ch, &skip, p, end);
        if (n == 0 || is_nonchar(ch))
            gov_buf_str(buf, REPLACEMENT);
        else if (!is_control(ch))
            gov_buf_add(buf, (const char *)p, n);
    }
    return buf->data;
}

void
gov_base__xml_escape(gov_buf_t *buf, const char *text, bool in_attr)
{
    const char *specials = in_attr ? "&<>\"\r\n\t" : "&<>\"\r";
    apr_size_t len = strlen(text);

    if (!gov_text_valid(text, len))
        text = gov_text_repair(text, len, buf->pool);
    for (;;) {
        len = strcspn(text, specials);
        gov_buf_add(buf, text, len);
        text += len;
        switch (*text++) {
        case '\0':
            return;
        case '&':
            gov_buf_str(buf, "&amp;");
            break;
        case '<':
            gov_buf_str(buf, "&lt;");
            break;
        case '>':
            gov_buf_str(buf, "&gt;");
            break;
        case '"':
            gov_buf_str(buf, "&quot;");
            break;
        case '\r':
            gov_buf_str(buf, "&#13;");
            break;
        case '\n':
            gov_buf_str(buf, "&#10;");
            break;
        case '\t':
            gov_buf_str(buf, "&#9;");
            break;
        }
    }
}

const char *
gov_text_xml(const char *text, apr_pool_t *pool)
{
    gov_buf_t *buf = gov_buf_create(strlen(text) * 9 / 8 + 1, pool);

    gov_base__xml_escape(buf, text, false);
    return buf->data;
}

bool
gov_text_is_slug(const char *text)
{
    apr_size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

    return len > 0 && len <= 60 && text[len] == '\0' && text[0] != '-';
}

const char *
gov_text_file_name(const char *name, apr_pool_t *pool)
{
    const char *slash = strrchr(name, '/');
    char *copy = apr_pstrdup(pool, slash ? slash + 1 : name), *at;

    for (at = copy; *at; at++)
        if (!apr_isalnum(*at) && *at != '.' && *at != '-' && *at != '_')
            *at = '-';
    return copy;
}

bool
gov_text_ends(const char *text, const char *ending)
{
    apr_size_t len = strlen(text), end = strlen(ending);

    return len >= end && !strcmp(text + len - end, ending);
}

bool
gov_text_has_word(const char *list, const char *word)
{
    apr_size_t len = strlen(word);
    const char *at;

    for (at = list; len > 0 && (at = strstr(at, word)) != NULL; at += len)
        if ((at == list || at[-1] == ' ') && (!at[len] || at[len] == ' '))
            return true;
    return false;
}

apr_array_header_t *
gov_text_split(const char *text, const char *separators, apr_pool_t *pool)
{
    apr_array_header_t *parts = apr_array_make(pool, 4, sizeof(const char *));
    char *rest, *part;

    for (part = apr_strtok(apr_pstrdup(pool, text), separators, &rest); part;
         part = apr_strtok(NULL, separators, &rest))
        APR_ARRAY_PUSH(parts, const char *) = part;
    return parts;
}

static int
by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
gov_text_sort(apr_array_header_t *texts)
{
    qsort(texts->elts, (size_t)texts->nelts, sizeof(const char *), by_bytes);
}
