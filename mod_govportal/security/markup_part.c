/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_part.c -- bodies for places that do not show all of them.

   Works on what gov_markup_clean() wrote, so elements and quotes are where they are
   expected. */

#include <string.h>

#include "gov_markup.h"
#include "gov_text.h"

const char *
gov_markup_without_pictures(const char *xhtml, apr_pool_t *pool)
{
    const char *at = strstr(xhtml, "<img ");
    gov_buf_t *out;

    if (!at)
        return xhtml;
    out = gov_buf_create(strlen(xhtml) + 1, pool);
    while (at) {
        const char *end = strchr(at, '>');
        const char *alt = strstr(at, " alt=\"");

        gov_buf_add(out, xhtml, (apr_size_t)(at - xhtml));
        if (!end)
            return xhtml;
        if (alt && alt < end) {
            alt += sizeof(" alt=\"") - 1;
            gov_buf_add(out, alt, strcspn(alt, "\""));
        }
        xhtml = end + 1;
        at = strstr(xhtml, "<img ");
    }
    gov_buf_str(out, xhtml);
    return out->data;
}

const char *
gov_markup_excerpt(const char *xhtml, int count, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(1024, pool);
    const char *at = xhtml;

    while (count-- > 0 && (at = strstr(at, "<p>"))) {
        const char *end = strstr(at, "</p>");

        if (!end)
            break;
        gov_buf_add(out, at, (apr_size_t)(end + 4 - at));
        at = end + 4;
    }
    return out->len ? gov_markup_without_pictures(out->data, pool) : NULL;
}

bool
gov_markup_undescribed(const char *xhtml)
{
    const char *at = xhtml;

    while (at && (at = strstr(at, "<img ")) != NULL) {
        const char *end = strchr(at, '>'), *alt = strstr(at, " alt=\"");

        if (!alt || alt > end || alt[6] == '"')
            return true;
        at = end;
    }
    return false;
}
