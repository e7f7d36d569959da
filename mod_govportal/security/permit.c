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

static const char *const words[] = {
#define ACTION_WORD(name, word) word,
    GOV_ACTIONS(ACTION_WORD)
#undef ACTION_WORD
};

const char *
gov_action_word(gov_action_t action)
{
    gov_assert((unsigned)action < GOV_ACTION__COUNT);
    return words[action];
}

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

/* The program itself and whoever holds the machine may do everything.  People
   get what roles give them, and no role has been given to anybody. */
gov_err_t *
gov_permit_get(const gov_permit_t **permit, const gov_ctx_t *ctx,
               gov_action_t action, apr_int64_t site, apr_int64_t column,
               apr_pool_t *pool)
{
    gov_permit_t *p;

    switch (ctx->actor->kind) {
    case GOV_ACTOR_JOB:
    case GOV_ACTOR_OPERATOR:
        p = apr_pcalloc(pool, sizeof(*p));
        p->action = action;
        p->site = site;
        p->column = column;
        p->actor = ctx->actor;
        *permit = p;
        return NULL;
    case GOV_ACTOR_PERSON:
        return gov_err(GOV_E_FORBIDDEN, NULL, pool, "%s may not %s",
                       ctx->actor->name, deed(action, site, column, pool));
    case GOV_ACTOR_PUBLIC:
        break;
    }
    return gov_err(GOV_E_SIGN_IN, NULL, pool, "nobody is signed in to %s",
                   deed(action, site, column, pool));
}

gov_err_t *
gov_permit_check(const gov_permit_t *permit, gov_action_t action,
                 apr_int64_t site, apr_int64_t column, apr_pool_t *pool)
{
    if (!permit)
        return gov_err(GOV_E_FORBIDDEN, NULL, pool, "no permit to %s",
                       deed(action, site, column, pool));
    if ((permit->action == action || permit->action == GOV_ACTION_IMPORT)
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
