/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/integrity.c -- the background work about tampering: the walk over everything
   public, the audit's chain and its anchors.

   The walk is one of the group's jobs, in short turns: the watcher's thread has
   the change feed to follow. */

#include <string.h>

#include "gov_audit.h"
#include "host_priv.h"

/* A turn of the walk: at most so long, ten times a second. */
#define TURN apr_time_from_msec(5)
/* Between two walks. */
#define REST apr_time_from_sec(2)
/* Chaining: twice a second. */
#define CHAIN apr_time_from_msec(400)

struct gov_host__integrity_t {
    gov_walk_t *walk;
    apr_time_t next;              /* the walk rests until then */
    apr_time_t chain;             /* so does the chain */
    bool told_untagged, told_cut;
};

void
gov_host__integrity(gov_host_t *host, apr_pool_t *pool)
{
    host->integrity = apr_pcalloc(pool, sizeof(*host->integrity));
    host->integrity->walk = gov_walk_create(0, pool);
}

/* Everything has a tag, so from now on everything must have one.  What was there
   before the key ring is a matter for the operator. */
static gov_err_t *
end_of_walk(gov_host_t *host, gov_ctx_t *ctx, apr_pool_t *pool)
{
    gov_host__integrity_t *state = host->integrity;
    gov_walk_sum_t sum = gov_walk_sum(state->walk);
    const gov_permit_t *permit;
    apr_time_t since;
    gov_err_t *err = gov_integrity_since(&since, ctx->store, ctx->keys, pool);

    if (err && err->code != GOV_E_INVALID)
        return err;
    if (err || since)
        return NULL;
    if (sum.untagged && !state->told_untagged)
        gov_log(GOV_LOG_WARNING, 421, "%" APR_INT64_T_FMT " rows that the "
                "public reads have no tag: nobody would see if they were "
                "changed", sum.untagged);
    state->told_untagged = sum.untagged > 0;
    if (sum.untagged || sum.wrong)
        return NULL;
    GOV_TRY(gov_permit_get(&permit, ctx, GOV_ACTION_SYSTEM, 0, 0, pool));
    return gov_integrity_begin(ctx, permit, pool);
}

gov_err_t *
gov_host__walk(gov_ctx_t *ctx, apr_pool_t *pool)
{
    gov_host_t *host = gov_host__of(ctx);
    gov_host__integrity_t *state = host->integrity;
    apr_time_t began = apr_time_now();
    apr_pool_t *iterpool;
    bool done = false;

    if (!host->keys || began < state->next)
        return NULL;
    apr_pool_create(&iterpool, pool);
    while (!done && !host->stopping && apr_time_now() - began < TURN) {
        apr_pool_clear(iterpool);
        GOV_TRY(gov_walk_step(&done, state->walk, ctx, gov_host__alarm, host,
                              iterpool));
    }
    if (done) {
        state->next = apr_time_now() + REST;
        GOV_TRY(end_of_walk(host, ctx, iterpool));
    }
    apr_pool_destroy(iterpool);
    return NULL;
}

gov_err_t *
gov_host__chain(gov_host_t *host, const char *owner, apr_pool_t *pool)
{
    gov_host__integrity_t *state = host->integrity;
    apr_time_t now = apr_time_now();
    gov_ctx_t *ctx;
    bool cut;
    int chained;

    if (now < state->chain)
        return NULL;
    state->chain = now + CHAIN;
    GOV_TRY(gov_host_ctx(&ctx, host, gov_actor_job("audit", pool), pool));
    GOV_TRY(gov_audit_chain(&chained, &cut, ctx, owner, pool));
    if (cut && !state->told_cut)
        gov_log(GOV_LOG_ERROR, 422, "ALARM audit: rows are missing from its "
                "end");
    state->told_cut = state->told_cut || cut;
    return NULL;
}

gov_err_t *
gov_host__anchor(gov_ctx_t *ctx, apr_pool_t *pool)
{
    const gov_config_t *config = gov_host_config(gov_host__of(ctx));
    gov_anchor_t anchor;

    GOV_TRY(gov_audit_end(&anchor, ctx, pool));
    if (!anchor.seq)
        return NULL;
    gov_log(GOV_LOG_INFO, 423, "audit anchor %s",
            gov_anchor_text(&anchor, pool));
    return gov_anchor_keep(&anchor, apr_pstrcat(pool, config->state_dir,
                                                "/audit-anchor", NULL), pool);
}
