/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_text.c -- plain text to paragraphs and headings.
 *
 * Official documents number their parts in a fixed way (GB/T 9704): first
 * level "one" and a comma, second level "one" in brackets; laws have chapters
 * and sections.  Such a line is a heading if it is short and no sentence.
 */

#include <string.h>

#include "markup_priv.h"

#define HEADING_CHARS 40

/* The code point at P (valid text) and its length; 0 at END. */
static unsigned
character(int *len, const char *p, const char *end)
{
    unsigned char c = p < end ? (unsigned char)*p : 0;
    unsigned ch;
    int i;

    *len = c < 0x80 ? c != 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    ch = c < 0x80 ? c : c & (0x7F >> *len);
    for (i = 1; i < *len; i++)
        ch = ch << 6 | ((unsigned char)p[i] & 0x3F);
    return ch;
}

/* Ideographs for zero to nine, ten, hundred. */
static bool
is_numeral(unsigned ch)
{
    static const unsigned short numerals[] = {
        0x3007, 0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03,
        0x516B, 0x4E5D, 0x5341, 0x767E
    };
    apr_size_t i;

    for (i = 0; i < sizeof(numerals) / sizeof(*numerals); i++)
        if (ch == numerals[i])
            return true;
    return false;
}

/* Stops, commas, colons and the like, in both widths. */
static bool
ends_sentence(unsigned ch)
{
    static const unsigned short marks[] = {
        0x3002, 0xFF1B, 0xFF1A, 0xFF0C, 0xFF01, 0xFF1F, 0x3001, 0x2026,
        '.', ';', ':', ',', '!', '?'
    };
    apr_size_t i;

    for (i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (ch == marks[i])
            return true;
    return false;
}

/* EL_P, or the heading that the number at the line's beginning makes it. */
static el_t
by_number(const char *p, const char *end)
{
    int len, numerals = 0;
    unsigned ch = character(&len, p, end), first = ch;

    if (first == 0xFF08 || first == '(' || first == 0x7B2C)
        p += len;
    while (is_numeral(ch = character(&len, p, end))) {
        p += len;
        numerals++;
    }
    if (numerals == 0)
        return EL_P;
    switch (first) {
    case 0xFF08:                  /* brackets */
    case '(':
        return ch == 0xFF09 || ch == ')' ? EL_H3 : EL_P;
    case 0x7B2C:                  /* "number", then chapter or section */
        return ch == 0x7AE0 ? EL_H2 : ch == 0x8282 ? EL_H3 : EL_P;
    default:
        return ch == 0x3001 ? EL_H2 : EL_P;
    }
}

static el_t
line_element(const char *line, apr_size_t len)
{
    const char *end = line + len, *p;
    unsigned ch = 0;
    int n, chars = 0;

    for (p = line; p < end; p += n) {
        ch = character(&n, p, end);
        if (++chars > HEADING_CHARS)
            return EL_P;
    }
    return ends_sentence(ch) ? EL_P : by_number(line, end);
}

/* The length of the white space at P, 0 if there is none; U+3000 indents. */
static int
blank(const char *p, const char *end)
{
    int len;
    unsigned ch = character(&len, p, end);

    return ch == ' ' || ch == '\t' || ch == 0xA0 || ch == 0x3000
        || ch == 0xFEFF ? len : 0;
}

static void
add_line(gov_buf_t *out, const char *line, const char *end)
{
    const char *name, *last, *p;
    int len;

    while ((len = blank(line, end)) > 0)
        line += len;
    for (last = p = line; p < end; p += len)
        if ((len = blank(p, end)) == 0) {
            character(&len, p, end);
            last = p + len;
        }
    if (last == line)
        return;
    name = gov_markup__name(line_element(line, last - line));
    gov_buf_printf(out, "<%s>%s</%s>\n", name,
                   gov_text_xml(apr_pstrmemdup(out->pool, line, last - line),
                                out->pool), name);
}

const char *
gov_markup_from_text(const char *text, apr_pool_t *pool)
{
    apr_size_t len = strlen(text);
    gov_buf_t *out = gov_buf_create(len + len / 4, pool);

    if (!gov_text_valid(text, len))
        text = gov_text_repair(text, len, pool);
    while (*text) {
        len = strcspn(text, "\r\n");
        add_line(out, text, text + len);
        text += len;
        text += strspn(text, "\r\n");
    }
    return out->data;
}

const char *
gov_markup_picture(const char *src, const char *alt, apr_pool_t *pool)
{
    return apr_pstrcat(pool, "<figure><img src=\"", gov_text_xml(src, pool),
                       "\" alt=\"", gov_text_xml(alt, pool), "\"/></figure>",
                       NULL);
}
