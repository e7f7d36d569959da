/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/cookie.c -- cookies: the session's and, for visitors, the form's.

   Over https their names begin with "__Host-" (RFC 6265bis, 4.1.3.2): a browser
   takes such a cookie only from this very host, so no sub-site can plant one on
   another. */

#include <string.h>

#include "host_priv.h"

const char *
gov_host__cookie_name(const gov_host_t *host, const char *name,
                      apr_pool_t *pool)
{
    return apr_pstrcat(pool, host->config->https ? "__Host-" : "", name, NULL);
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
