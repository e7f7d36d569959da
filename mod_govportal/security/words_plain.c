/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* words_plain.c -- all text that a reader of cleaned XHTML can come upon.

   Unlike the text that goes with a cleaned body it has descriptions and titles, and
   it is made of what is stored, without parsing HTML again. */

#include <stdlib.h>
#include <string.h>

#include "words_priv.h"

/* Elements that do not part the words around them. */
static bool
is_inline(const char *name, apr_size_t len)
{
    static const char *const names[] = {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i",
        "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small",
        "span", "strong", "sub", "sup", "time", "u", "var", "wbr"
    };
    apr_size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (!strncmp(names[i], name, len) && !names[i][len])
            return true;
    return false;
}

static void
add_code(gov_buf_t *out, unsigned long code)
{
    char bytes[4];
    apr_size_t n;

    if (code < 0x80)
        bytes[0] = (char)code, n = 1;
    else if (code < 0x800)
        bytes[0] = (char)(0xC0 | code >> 6), n = 2;
    else if (code < 0x10000)
        bytes[0] = (char)(0xE0 | code >> 12), n = 3;
    else
        bytes[0] = (char)(0xF0 | code >> 18), n = 4;
    if (n > 1)
        bytes[n - 1] = (char)(0x80 | (code & 0x3F));
    if (n > 2)
        bytes[n - 2] = (char)(0x80 | (code >> 6 & 0x3F));
    if (n > 3)
        bytes[n - 3] = (char)(0x80 | (code >> 12 & 0x3F));
    gov_buf_add(out, bytes, n);
}

/* The reference at P, which is '&'; returns the place behind it. */
static const char *
add_reference(gov_buf_t *out, const char *p, const char *end)
{
    static const struct {
        const char *name;
        char means;
    } names[] = { { "amp;", '&' }, { "lt;", '<' }, { "gt;", '>' },
                  { "quot;", '"' }, { "apos;", '\'' } };
    unsigned long code;
    char *behind;
    apr_size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        apr_size_t len = strlen(names[i].name);

        if ((apr_size_t)(end - p) > len && !memcmp(p + 1, names[i].name, len)) {
            gov_buf_add(out, &names[i].means, 1);
            return p + 1 + len;
        }
    }
    if (end - p > 3 && p[1] == '#'
        && (p[2] == 'x' ? apr_isxdigit(p[3]) : apr_isdigit(p[2]))) {
        code = strtoul(p[2] == 'x' ? p + 3 : p + 2, &behind,
                       p[2] == 'x' ? 16 : 10);
        if (*behind == ';' && behind < end && code && code <= 0x10FFFF) {
            add_code(out, code);
            return behind + 1;
        }
    }
    gov_buf_add(out, p, 1);
    return p + 1;
}

/* White space is one blank, and none at the beginning of a line. */
static void
add_text(gov_buf_t *out, const char *p, const char *end)
{
    while (p < end) {
        apr_size_t n = 0;

        while (p + n < end && !strchr("& \t\r\n", p[n]))
            n++;
        gov_buf_add(out, p, n);
        p += n;
        if (p < end && *p == '&')
            p = add_reference(out, p, end);
        else if (p < end) {
            if (out->len && !strchr(" \n", out->data[out->len - 1]))
                gov_buf_add(out, " ", 1);
            p++;
        }
    }
}

static void
part(gov_buf_t *out, char with)
{
    while (out->len && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
    if (out->len && out->data[out->len - 1] != '\n')
        gov_buf_add(out, &with, 1);
}

/* The values of alt and title in the tag from P to END, each in its line.  They
   come behind all other text: a title must not part the word it stands in. */
static void
add_described(gov_buf_t *out, const char *p, const char *end)
{
    while (p < end) {
        const char *quote = memchr(p, '"', (apr_size_t)(end - p)), *close;

        if (!quote)
            return;
        close = memchr(quote + 1, '"', (apr_size_t)(end - quote - 1));
        if (!close)
            return;
        if ((quote - p >= 5 && !memcmp(quote - 5, " alt=", 5))
            || (quote - p >= 7 && !memcmp(quote - 7, " title=", 7))) {
            part(out, '\n');
            add_text(out, quote + 1, close);
            part(out, '\n');
        }
        p = close + 1;
    }
}

/* The end of the tag at P; '>' may stand in its values. */
static const char *
end_of_tag(const char *p, const char *end)
{
    bool quoted = false;

    for (; p < end; p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (*p == '>' && !quoted)
            return p;
    }
    return end;
}

const char *
gov_words_plain(const char *xhtml, apr_pool_t *pool)
{
    apr_size_t len = strlen(xhtml);
    const char *p = xhtml, *end = xhtml + len;
    gov_buf_t *out = gov_buf_create(len + 1, pool);
    gov_buf_t *notes = gov_buf_create(80, pool);

    while (p < end) {
        const char *tag = memchr(p, '<', (apr_size_t)(end - p)), *name, *close;
        apr_size_t n;

        add_text(out, p, tag ? tag : end);
        if (!tag)
            break;
        name = tag + 1 + (tag[1] == '/');
        n = strcspn(name, " />\t\n");
        close = end_of_tag(tag, end);
        if (!is_inline(name, n))
            part(out, n == 2 && (!memcmp(name, "td", 2)
                                 || !memcmp(name, "th", 2)) ? ' ' : '\n');
        add_described(notes, tag, close);
        p = close < end ? close + 1 : end;
    }
    if (notes->len) {
        part(out, '\n');
        gov_buf_add(out, notes->data, notes->len);
    }
    while (out->len && out->data[out->len - 1] == '\n')
        out->data[--out->len] = '\0';
    return out->data;
}
