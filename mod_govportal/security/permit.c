/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* permit.c -- the only place where permits are made. */

#include "gov_permit.h"

struct gov_permit_t {
    gov_action_t action;
    apr_int64_t site;             /* 0: every site */
    apr_int64_t column;           /* 0: every column of the site */
    const gov_actor_t *actor;
};

/* "publish on site 3, column 17" */
static const char *
deed(gov_action_t action, apr_int64_t site, apr_int64_t column,
     apr_pool_t *pool)
{
    const char *what = gov_action_word(action);

    if (site == 0)
        return apr_pstrcat(pool, what, " on the whole group", NULL);
    what = apr_psprintf(pool, "%s on site %" APR_INT64_T_FMT, what, site);
    if (column == 0)
        return what;
    return apr_psprintf(pool, "%s, column %" APR_INT64_T_FMT, what, column);
}

static bool
granted(const gov_ctx_t *ctx, gov_action_t action, apr_int64_t site,
        apr_int64_t column)
{
    const apr_array_header_t *grants = ctx->actor->grants;
    int i;

    for (i = 0; grants && i < grants->nelts; i++) {
        const gov_grant_t *grant = &APR_ARRAY_IDX(grants, i, gov_grant_t);

        if ((grant->role->actions & (1u << action))
            && gov_grant_covers(grant, ctx->tree, site, column))
            return true;
    }
    return false;
}

/* The program itself and whoever holds the machine may do everything; people get
   what their roles give them. */
gov_err_t *
gov_permit_get(const gov_permit_t **permit, const gov_ctx_t *ctx,
               gov_action_t action, apr_int64_t site, apr_int64_t column,
               apr_pool_t *pool)
{
    gov_permit_t *p;

    if (ctx->actor->kind == GOV_ACTOR_PUBLIC)
        return gov_err(GOV_E_SIGN_IN, NULL, pool, "nobody is signed in to %s",
                       deed(action, site, column, pool));
    if (ctx->actor->kind == GOV_ACTOR_PERSON
        && !granted(ctx, action, site, column))
        return gov_err(GOV_E_FORBIDDEN, NULL, pool, "%s may not %s",
                       ctx->actor->name, deed(action, site, column, pool));
    p = apr_pcalloc(pool, sizeof(*p));
    p->action = action;
    p->site = site;
    p->column = column;
    p->actor = ctx->actor;
    *permit = p;
    return NULL;
}

/* Is SITE at or below TOP?  A tree that turned into a ring must not hang us. */
static bool
below(const gov_tree_t *tree, apr_int64_t site, apr_int64_t top)
{
    int depth;

    for (depth = 0; site && depth < 32; depth++) {
        if (site == top)
            return true;
        site = tree ? tree->parent_site(tree->baton, site) : 0;
    }
    return top == 0;
}

bool
gov_permit_somewhere(const gov_ctx_t *ctx, gov_action_t action,
                     apr_int64_t site)
{
    const apr_array_header_t *grants = ctx->actor->grants;
    int i;

    if (ctx->actor->kind == GOV_ACTOR_PUBLIC)
        return false;
    if (ctx->actor->kind != GOV_ACTOR_PERSON)
        return true;
    for (i = 0; grants && i < grants->nelts; i++) {
        const gov_grant_t *grant = &APR_ARRAY_IDX(grants, i, gov_grant_t);

        if ((grant->role->actions & (1u << action))
            && (below(ctx->tree, grant->site, site)
                || gov_grant_covers(grant, ctx->tree, site, 0)))
            return true;
    }
    return false;
}

/* What an import does at once. */
static bool
import_covers(gov_action_t action)
{
    return action >= GOV_ACTION_READ && action <= GOV_ACTION_MANAGE;
}

gov_err_t *
gov_permit_check(const gov_permit_t *permit, gov_action_t action,
                 apr_int64_t site, apr_int64_t column, apr_pool_t *pool)
{
    if (!permit)
        return gov_err(GOV_E_FORBIDDEN, NULL, pool, "no permit to %s",
                       deed(action, site, column, pool));
    if ((permit->action == action
         || (permit->action == GOV_ACTION_IMPORT && import_covers(action)))
        && (permit->site == 0 || permit->site == site)
        && (permit->column == 0 || permit->column == column))
        return NULL;
    return gov_err(GOV_E_FORBIDDEN, NULL, pool,
                   "a permit of %s to %s does not cover to %s",
                   permit->actor->name,
                   deed(permit->action, permit->site, permit->column, pool),
                   deed(action, site, column, pool));
}

const gov_actor_t *
gov_permit_actor(const gov_permit_t *permit)
{
    return permit->actor;
}

gov_action_t
gov_permit_action(const gov_permit_t *permit)
{
    return permit->action;
}
