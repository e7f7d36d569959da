/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/site_grey.c -- days on which a site is shown without colours. */

#include <string.h>

#include "content_priv.h"
#include "gov_site_change.h"
#include "sql_content.h"

#define REASON 200                /* characters */

typedef struct grey_t {
    const gov_ctx_t *ctx;
    const gov_site_t *site;
    const char *from, *to, *reason;
    apr_array_header_t *greys;
    apr_pool_t *pool;
} grey_t;

static const char *
day_text(gov_date_t day, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static gov_err_t *
read_greys(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    grey_t *g = baton;
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_greyscale_all(&rows, db, g->site->id, g->pool));
    g->greys = apr_array_make(g->pool, rows->nelts + 1, sizeof(gov_grey_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_greyscale_all_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_greyscale_all_t);
        gov_grey_t *grey = apr_array_push(g->greys);

        GOV_TRY(gov_date_parse(&grey->from, row->from_day, scratch));
        GOV_TRY(gov_date_parse(&grey->to, row->to_day, scratch));
        grey->reason = row->reason;
    }
    return NULL;
}

gov_err_t *
gov_site_greys(apr_array_header_t **greys, const gov_ctx_t *ctx,
               const gov_site_t *site, apr_pool_t *pool)
{
    grey_t g = { .ctx = ctx, .site = site, .pool = pool };

    GOV_TRY(gov_store_read(ctx->store, read_greys, &g, pool));
    *greys = g.greys;
    return NULL;
}

static gov_err_t *
set(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const grey_t *g = baton;

    GOV_TRY(gov_content__site_lock(db, g->site->id, pool));
    GOV_TRY(gov_sql_greyscale_set(NULL, db, g->site->id, g->from, g->to,
                                  g->reason, pool));
    return gov_content__structure_changed(
        db, g->ctx, "site.grey", g->site->id, NULL,
        apr_psprintf(pool, "from %s to %s: %s", g->from, g->to, g->reason),
        pool);
}

gov_err_t *
gov_site_grey_set(const gov_ctx_t *ctx, const gov_site_t *site,
                  const gov_grey_t *grey, const gov_permit_t *permit,
                  apr_pool_t *pool)
{
    grey_t g = { .ctx = ctx, .site = site, .from = day_text(grey->from, pool),
                 .to = day_text(grey->to, pool) };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, site->id, 0, pool));
    if (gov_date_cmp(grey->to, grey->from) <= 0)
        return gov_err_field("to", pool, "%s is not after %s", g.to, g.from);
    g.reason = grey->reason ? gov_text_fold(grey->reason, pool) : "";
    if (!*g.reason || gov_text_length(g.reason) > REASON)
        return gov_err_field("reason", pool, "has 1 to %d characters", REASON);
    return gov_store_tx(ctx->store, set, &g, pool);
}

static gov_err_t *
take_away(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const grey_t *g = baton;
    apr_int64_t removed;

    GOV_TRY(gov_content__site_lock(db, g->site->id, pool));
    GOV_TRY(gov_sql_greyscale_remove(&removed, db, g->site->id, g->from,
                                     pool));
    if (!removed && !gov_db_is_rerun(db))
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "nothing begins on %s", g->from);
    if (!removed)
        return NULL;
    return gov_content__structure_changed(
        db, g->ctx, "site.grey", g->site->id, NULL,
        apr_psprintf(pool, "not from %s", g->from), pool);
}

gov_err_t *
gov_site_grey_remove(const gov_ctx_t *ctx, const gov_site_t *site,
                     gov_date_t from, const gov_permit_t *permit,
                     apr_pool_t *pool)
{
    grey_t g = { .ctx = ctx, .site = site, .from = day_text(from, pool) };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, site->id, 0, pool));
    return gov_store_tx(ctx->store, take_away, &g, pool);
}
