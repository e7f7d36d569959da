/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/site_state.c -- freezing a site: its pages stay, nothing changes. */

#include <string.h>

#include "content_priv.h"
#include "gov_site_change.h"
#include "sql_content.h"

static gov_err_t *
frozen(apr_int64_t site, apr_pool_t *pool)
{
    return gov_err(GOV_E_CONFLICT, NULL, pool,
                   "site %" APR_INT64_T_FMT " is frozen: nothing of it "
                   "changes until it is thawed (govctl site unfreeze)", site);
}

/* The row is locked for reading, so whoever freezes the site waits for the writers
   that are under way, and finds none afterwards. */
gov_err_t *
gov_content__not_frozen(gov_db_t *db, apr_int64_t site, apr_pool_t *pool)
{
    gov_row_site_state_t row;

    GOV_TRY(gov_sql_site_state(&row, db, site, pool));
    if (!strcmp(row.state, "frozen"))
        return frozen(site, pool);
    return NULL;
}

gov_err_t *
gov_content__site_lock(gov_db_t *db, apr_int64_t site, apr_pool_t *pool)
{
    gov_row_site_lock_t row;

    GOV_TRY(gov_sql_site_lock(&row, db, site, pool));
    return strcmp(row.state, "frozen") ? NULL : frozen(site, pool);
}

typedef struct change_t {
    const gov_ctx_t *ctx;
    const gov_site_t *site;
    bool freeze;
    const char *reason;
} change_t;

static gov_err_t *
set(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;
    apr_int64_t id = c->site->id, changed;

    GOV_TRY(gov_sql_site_set_state(&changed, db, c->freeze ? "frozen" : "open",
                                   id, c->freeze ? "open" : "frozen", pool));
    if (!changed && !gov_db_is_rerun(db))
        return gov_err(GOV_E_CONFLICT, NULL, pool, "site %s is %sfrozen",
                       c->site->slug, c->freeze ? "already " : "not ");
    if (changed)
        GOV_TRY(gov_audit_add(db, c->ctx,
                              c->freeze ? "site.freeze" : "site.unfreeze", id,
                              apr_psprintf(pool, "site:%" APR_INT64_T_FMT, id),
                              true, c->reason, pool));
    return gov_event_add(db, "site.changed", id, id,
                         apr_psprintf(pool, "structure site:%" APR_INT64_T_FMT,
                                      id), pool);
}

gov_err_t *
gov_site_freeze(const gov_ctx_t *ctx, const gov_site_t *site, bool freeze,
                const char *reason, const gov_permit_t *permit,
                apr_pool_t *pool)
{
    change_t c = { ctx, site, freeze, reason };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SYSTEM, 0, 0, pool));
    return gov_store_tx(ctx->store, set, &c, pool);
}
