/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/gate.c -- the one way in, in one fixed order: method, host, address,
   site, route, permission.

   Until the security layer opens them, unsafe methods are closed and only what is
   "public" is answered. */

#include <string.h>

#include "gate.h"

#define MAX_PARAMS 50

static const char *
view_of(const apr_table_t *params)
{
    static const char *const views[] = { "standard", "elder", "text", "print",
                                         NULL };
    const char *asked = apr_table_get(params, "view");
    int i;

    for (i = 0; asked && views[i]; i++)
        if (!strcmp(asked, views[i]))
            return views[i];
    return "standard";
}

gov_err_t *
gov_host__read(gov_host__match_t *match, const gov_ask_t *ask,
               apr_pool_t *pool)
{
    gov_req_t *req = &match->req;
    apr_table_t *params;

    req->view = "standard";
    req->headers = ask->headers;
    req->address = ask->address;
    req->query = ask->query;
    req->raw_path = ask->path;
    req->params = apr_table_make(pool, 1);
    req->head = !strcmp(ask->method, "HEAD");
    req->method = req->head ? "GET" : ask->method;
    if (strcmp(req->method, "GET"))
        return gov_err(GOV_E_UNSUPPORTED, NULL, pool, "method %s",
                       ask->method);
    if (!ask->host)
        return gov_err(GOV_E_INVALID, NULL, pool, "no Host header");
    GOV_TRY(gov_url_host(&req->host, ask->host, pool));
    GOV_TRY(gov_url_path(&req->path, ask->path, pool));
    if (ask->query) {
        GOV_TRY(gov_url_query(&params, ask->query, strlen(ask->query),
                              MAX_PARAMS, pool));
        req->params = params;
        req->view = view_of(params);
    }
    return NULL;
}

gov_err_t *
gov_host__enter(gov_host__match_t *match, gov_host_t *host,
                gov_host__ctx_t *ctx, apr_pool_t *pool)
{
    gov_req_t *req = &match->req;
    const gov_site_lang_t *lang;

    ctx->ctx.site = gov_site_for(ctx->ctx.group, req->host, req->path, &lang,
                                 &req->rest);
    if (!ctx->ctx.site)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "no site has the host %s",
                       req->host);
    ctx->ctx.lang = lang->lang;
    GOV_TRY(gov_host__match(match, host, ctx->ctx.site, req->method, pool));
    if (strcmp(match->route->route->permission, "public"))
        return gov_err(GOV_E_SIGN_IN, NULL, pool, "%s needs %s",
                       match->route->route->path,
                       match->route->route->permission);
    if (gov_host__plugin_waits(host, match->route->plugin))
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "the plugin of %s waits for its tables",
                       match->route->route->path);
    return NULL;
}
