/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* httpd/vouch.c -- who httpd's own authentication says a visitor is.

   mod_ssl (client certificates), mod_auth_openidc and mod_authnz_ldap leave a
   name in r->user or in a variable of the request; GovSignIn is the table of
   which.  Never a header: those are the visitor's. */

#include <apr_optional.h>
#include <apr_strings.h>
#include <mod_ssl.h>
#include <string.h>

#include "httpd_priv.h"

#define VIA "/" GOV_SIGN_IN "via/"

static const char *
value_of(request_rec *r, const char *variable)
{
    return !strcmp(variable, "REMOTE_USER")
        ? r->user : apr_table_get(r->subprocess_env, variable);
}

/* With "SSLVerifyClient optional_no_ca" mod_ssl gives the name in a certificate
   that nobody has signed, as a variable or (SSLUserName, FakeBasicAuth) as the
   user. */
static bool
is_good(request_rec *r, const char *variable)
{
    APR_OPTIONAL_FN_TYPE(ssl_var_lookup) *look =
        APR_RETRIEVE_OPTIONAL_FN(ssl_var_lookup);
    const char *verified = look
        ? look(r->pool, r->server, r->connection, r, "SSL_CLIENT_VERIFY") : NULL;

    if (!verified || !*verified || !strcmp(verified, "NONE"))
        return strncmp(variable, "SSL_CLIENT_", 11) != 0;
    return !strcmp(verified, "SUCCESS");
}

void
gov_httpd__vouch(gov_ask_t *ask, request_rec *r)
{
    const apr_array_header_t *sources = gov_httpd__config()->sign_in;
    const char *at = strstr(r->uri, VIA);
    int i;

    if (!at)
        return;
    at += sizeof(VIA) - 1;
    for (i = 0; i < sources->nelts; i++) {
        const char *pair = APR_ARRAY_IDX(sources, i, const char *);
        apr_size_t len = strcspn(pair, "=");

        if (strlen(at) == len && !strncmp(at, pair, len)) {
            ask->vouched_by = apr_pstrmemdup(r->pool, pair, len);
            if (is_good(r, pair + len + 1))
                ask->vouched = value_of(r, pair + len + 1);
            return;
        }
    }
}
