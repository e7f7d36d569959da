/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* portal/wellknown.c -- robots.txt (RFC 9309), security.txt (RFC 9116), and the
   answer for load balancers. */

#include <string.h>

#include "portal_priv.h"

static gov_err_t *
text(gov_reply_t *reply, const char *body)
{
    gov_bytes_t bytes = { body, strlen(body) };

    return gov_reply_bytes(reply, "text/plain; charset=utf-8", bytes);
}

gov_err_t *
gov_portal__robots(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                   apr_pool_t *pool)
{
    (void)req;
    gov_reply_tag(reply, pool, "structure");
    return text(reply, apr_psprintf(
                    pool,
                    "User-agent: *\nDisallow: /-/\nAllow: /-/static/\n"
                    "Allow: /-/asset/\n\nSitemap: %s%ssitemap.xml\n",
                    gov_site_origin(ctx->site, pool),
                    gov_site_home(ctx->site, NULL, pool)));
}

/* Expires must lie ahead and less than a year off (RFC 9116, 2.5.5): half a year
   from the start of this month, so that the file changes once a month. */
gov_err_t *
gov_portal__security_txt(gov_reply_t *reply, gov_ctx_t *ctx,
                         const gov_req_t *req, apr_pool_t *pool)
{
    gov_date_t date = gov_date_of(gov_now(ctx->clock));
    const gov_site_t *site = ctx->site;
    const char *origin = gov_site_origin(site, pool);
    const char *contact;

    (void)req;
    date.day = 1;
    contact = site->email ? apr_pstrcat(pool, "mailto:", site->email, NULL)
            : apr_pstrcat(pool, origin, gov_site_home(site, NULL, pool), NULL);
    return text(reply, apr_psprintf(
                    pool,
                    "Contact: %s\nExpires: %s\n"
                    "Preferred-Languages: zh, en\n"
                    "Canonical: %s/.well-known/security.txt\n", contact,
                    gov_time_utc(gov_date_start(gov_date_add(date, 182)),
                                 pool),
                    origin));
}

gov_err_t *
gov_portal__health(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                   apr_pool_t *pool)
{
    (void)req;
    reply->headers = apr_table_make(pool, 1);
    apr_table_setn(reply->headers, "Cache-Control", "no-store");
    if (!gov_store_alive(ctx->store))
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "the database does not answer");
    return text(reply, "ok\n");
}
