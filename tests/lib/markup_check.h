/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file markup_check.h
 *  @brief Is a piece of XHTML harmless?  Written without the cleaner's code,
 *  so that the two can disagree.
 */
#ifndef GOV_MARKUP_CHECK_H
#define GOV_MARKUP_CHECK_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "gov_text.h"

static inline bool
markup_check__in(const char *words, const char *word, size_t len)
{
    char mark[34];

    if (len == 0 || len > 30)
        return false;
    snprintf(mark, sizeof(mark), " %.*s ", (int)len, word);
    return strstr(words, mark) != NULL;
}

static inline bool
markup_check__address(const char *value, size_t len)
{
    static const char *const schemes[] = {
        "http://", "https://", "mailto:", "tel:"
    };
    size_t i;

    for (i = 0; i < len; i++)
        if ((unsigned char)value[i] <= ' ' || value[i] == '\\')
            return false;
    for (i = 0; i < 4; i++)
        if (len > strlen(schemes[i])
            && !strncasecmp(value, schemes[i], strlen(schemes[i])))
            return true;
    for (i = 0; i < len && !strchr("/?#", value[i]); i++)
        if (value[i] == ':')
            return false;
    return len > 0 && (len == 1 || strncmp(value, "//", 2) != 0);
}

/** NULL if XHTML holds nothing but listed elements, properly nested, with
 *  listed attributes, quoted; otherwise what is wrong with it. */
static inline const char *
markup_check(const char *xhtml)
{
    static const char elements[] = " p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table"
        " caption thead tbody tfoot tr th td figure figcaption img a blockquote"
        " q cite pre code strong b em i u s sub sup small mark br hr div span"
        " abbr time ins del ruby rt rp section details summary ";
    static const char attributes[] = " id class lang dir href title rel src alt"
        " width height colspan rowspan headers scope start reversed type"
        " datetime cite ";
    static char open[1000][12];
    int depth = 0;
    const char *p = xhtml;

    if (!gov_text_valid(xhtml, strlen(xhtml)))
        return "text that is not valid";
    for (; *p; p++) {
        size_t len;
        bool end;

        if (*p == '>')
            return "a bare >";
        if (*p == '&') {
            len = strcspn(p, ";");
            if (!p[len] || !markup_check__in(" &amp &lt &gt &quot &#13 ", p,
                                             len))
                return "an unknown reference";
        }
        if (*p != '<')
            continue;
        end = *++p == '/';
        p += end;
        len = strspn(p, "abcdefghijklmnopqrstuvwxyz123456");
        if (!markup_check__in(elements, p, len))
            return "an element that is not listed";
        if (end) {
            if (depth == 0 || strlen(open[--depth]) != len
                || strncmp(open[depth], p, len) != 0)
                return "a wrong end tag";
            p += len;
            if (*p != '>')
                return "a broken end tag";
            continue;
        }
        if (depth == 1000)
            return "too many levels";
        snprintf(open[depth++], sizeof(open[0]), "%.*s", (int)len, p);
        p += len;
        while (*p == ' ') {
            const char *name = ++p, *value;
            size_t name_len = strspn(p, "abcdefghijklmnopqrstuvwxyz");

            if (!markup_check__in(attributes, p, name_len)
                || p[name_len] != '=' || p[name_len + 1] != '"')
                return "an attribute that is not listed";
            value = p + name_len + 2;
            len = strcspn(value, "\"");
            if (!value[len] || memchr(value, '<', len)
                || memchr(value, '>', len))
                return "an open value";
            if ((!strncmp(name, "href", name_len)
                 || !strncmp(name, "src", name_len)
                 || !strncmp(name, "cite", name_len))
                && !markup_check__address(value, len))
                return "a bad address";
            if (!strncmp(name, "id", name_len) && strncmp(value, "c-", 2) != 0)
                return "an id without its prefix";
            p = value + len + 1;
        }
        if (*p == '/') {
            depth--;
            if (!markup_check__in(" br hr img ", open[depth],
                                  strlen(open[depth])))
                return "an empty tag";
            p++;
        }
        if (*p != '>')
            return "a broken tag";
    }
    return depth ? "an open element" : NULL;
}

#endif
