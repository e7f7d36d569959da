/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/site_change.c -- changing what a site is like. */

#include "content_priv.h"
#include "gov_site_change.h"
#include "sql_content.h"

typedef struct change_t {
    const gov_ctx_t *ctx;
    const gov_site_t *site;
    const char *theme;
} change_t;

static gov_err_t *
set_theme(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;
    apr_int64_t id = c->site->id;

    GOV_TRY(gov_content__not_frozen(db, id, pool));
    GOV_TRY(gov_sql_site_set_theme(NULL, db, c->theme, id, pool));
    GOV_TRY(gov_audit_add(db, c->ctx, "site.theme", id,
                          apr_psprintf(pool, "site:%" APR_INT64_T_FMT, id),
                          true, c->theme, pool));
    return gov_event_add(db, "site.changed", id, id,
                         apr_psprintf(pool, "structure site:%" APR_INT64_T_FMT,
                                      id), pool);
}

gov_err_t *
gov_site_set_theme(const gov_ctx_t *ctx, const gov_site_t *site,
                   const char *theme, const gov_permit_t *permit,
                   apr_pool_t *pool)
{
    change_t baton = { ctx, site, theme };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, site->id, 0, pool));
    if (!gov_text_is_slug(theme))
        return gov_err_field("theme", pool, "\"%s\" is not the name of a theme",
                             theme);
    return gov_store_tx(ctx->store, set_theme, &baton, pool);
}

static gov_err_t *
announce(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;

    GOV_TRY(gov_audit_add(db, c->ctx, "looks.reload", 0, "group", true, NULL,
                          pool));
    return gov_event_add(db, "looks.changed", 0, 0, "looks", pool);
}

gov_err_t *
gov_looks_announce(const gov_ctx_t *ctx, const gov_permit_t *permit,
                   apr_pool_t *pool)
{
    change_t baton = { .ctx = ctx };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, 0, 0, pool));
    return gov_store_tx(ctx->store, announce, &baton, pool);
}
