/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_pictures.c -- bodies for readers without pictures.

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
