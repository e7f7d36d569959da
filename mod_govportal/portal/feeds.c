/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* portal/feeds.c -- the feeds of a site and of each column. */

#include <string.h>

#include "portal_priv.h"

#define ENTRIES 50

static gov_err_t *
kind_of(gov_feed_kind_t *kind, const gov_req_t *req, apr_pool_t *pool)
{
    const char *file = apr_pstrcat(pool, "feed.", gov_req_part(req, "format"),
                                   NULL);

    if (!gov_feed_kind(kind, file))
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "no such feed: %s", file);
    return NULL;
}

static const char *
site_title(const gov_ctx_t *ctx)
{
    const gov_site_lang_t *lang = gov_site_lang(
        ctx->site, gov_site_source_lang(ctx->site, ctx->lang));

    return lang->title ? lang->title : ctx->site->slug;
}

gov_err_t *
gov_portal__column_feed(gov_reply_t *reply, gov_ctx_t *ctx,
                        const gov_req_t *req, apr_pool_t *pool)
{
    const gov_column_t *column = gov_req_column(req);
    const char *home = gov_column_href(column, ctx->lang, pool);
    apr_array_header_t *items = apr_array_make(pool, 1, sizeof(gov_item_t));
    apr_array_header_t *columns = apr_array_make(pool, 1,
                                                 sizeof(const gov_column_t *));
    const gov_head_t *head;
    gov_feed_kind_t kind;
    apr_hash_t *heads;
    gov_db_t *db;
    gov_err_t *err;

    GOV_TRY(kind_of(&kind, req, pool));
    APR_ARRAY_PUSH(columns, const gov_column_t *) = column;
    GOV_TRY(gov_store_borrow(&db, ctx->store, pool));
    err = gov_heads(&heads, db, ctx->site, columns, GOV_HEAD_ITEMS, ctx->lang,
                    pool);
    gov_store_return(db);
    if (err)
        return err;
    head = apr_hash_get(heads, &column->id, sizeof(column->id));
    if (head)
        items = head->items;
    gov_reply_tag(reply, pool, "structure");
    gov_reply_tag(reply, pool, "column:%" APR_INT64_T_FMT, column->id);
    return gov_reply_feed(reply, ctx, kind,
                          apr_pstrcat(pool, gov_column_name(column, ctx->lang),
                                      " - ", site_title(ctx), NULL),
                          home, apr_pstrcat(pool, home, "feed.",
                                            gov_req_part(req, "format"), NULL),
                          items, pool);
}

gov_err_t *
gov_portal__site_feed(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                      apr_pool_t *pool)
{
    const char *home = gov_site_home(ctx->site, ctx->lang, pool);
    apr_array_header_t *items;
    gov_feed_kind_t kind;
    gov_db_t *db;
    gov_err_t *err;

    GOV_TRY(kind_of(&kind, req, pool));
    GOV_TRY(gov_store_borrow(&db, ctx->store, pool));
    err = gov_site_newest(&items, db, ctx->site, ctx->lang, ENTRIES, pool);
    gov_store_return(db);
    if (err)
        return err;
    gov_reply_tag(reply, pool, "structure");
    gov_reply_tag(reply, pool, "docs:%" APR_INT64_T_FMT, ctx->site->id);
    return gov_reply_feed(reply, ctx, kind, site_title(ctx), home,
                          apr_pstrcat(pool, home, "feed.",
                                      gov_req_part(req, "format"), NULL),
                          items, pool);
}
