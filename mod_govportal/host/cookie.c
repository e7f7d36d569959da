/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/cookie.c -- cookies: the session's and, for visitors, the form's.

   Over https their names begin with "__Host-" (RFC 6265bis, 4.1.3.2): a browser
   takes such a cookie only from this very host, so no sub-site can plant one on
   another. */

#include <string.h>

#include "host_priv.h"

/* As much as a cookie may be, whatever a browser sends. */
#define HEADER_MAX 8192

const char *
gov_host__cookie_name(const gov_host_t *host, const char *name,
                      apr_pool_t *pool)
{
    return apr_pstrcat(pool, host->config->https ? "__Host-" : "", name, NULL);
}

/* The value of the first cookie NAME in a Cookie header (RFC 6265, 4.2), or NULL.
   A name that comes twice has been tampered with: then neither counts. */
const char *
gov_host__cookie(const char *header, const char *name, apr_pool_t *pool)
{
    apr_size_t len = strlen(name);
    const char *at = header, *found = NULL;

    if (!header || strlen(header) > HEADER_MAX)
        return NULL;
    while (*at) {
        apr_size_t part;

        at += strspn(at, " \t;");
        part = strcspn(at, ";");
        if (part > len && !strncmp(at, name, len) && at[len] == '=') {
            if (found)
                return NULL;
            found = apr_pstrmemdup(pool, at + len + 1, part - len - 1);
        }
        at += part;
    }
    return found;
}

/* Without an age it goes with the browser.  One cookie an answer is all we need. */
void
gov_host__set_cookie(apr_table_t *headers, const gov_host_t *host,
                     const char *name, const char *value, apr_pool_t *pool)
{
    apr_table_set(headers, "Set-Cookie",
                  apr_pstrcat(pool, gov_host__cookie_name(host, name, pool),
                              "=", value, "; Path=/; HttpOnly; SameSite=Lax",
                              host->config->https ? "; Secure" : "",
                              *value ? "" : "; Max-Age=0", NULL));
}
