/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* grant.c -- giving roles and taking them away. */

#include <string.h>

#include "gov_audit.h"
#include "gov_time.h"
#include "people_priv.h"
#include "sql_security.h"

typedef struct change_t {
    const gov_ctx_t *ctx;
    const gov_person_t *person;
    const gov_grant_t *grant;
} change_t;

static bool
is_admin(const gov_role_t *role)
{
    return !strcmp(role->class_, "admin");
}

gov_action_t
gov_grant_needs(const gov_role_t *role)
{
    return is_admin(role) ? GOV_ACTION_SECURITY : GOV_ACTION_GRANT;
}

/* "author at site:3 column:17" */
static const char *
told(const gov_person_t *person, const gov_grant_t *grant, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%s: %s at site:%" APR_INT64_T_FMT
                        " column:%" APR_INT64_T_FMT, person->login,
                        grant->role->word, grant->site, grant->column);
}

static gov_err_t *
check(const gov_person_t *person, const gov_grant_t *grant,
      const gov_permit_t *permit, apr_pool_t *pool)
{
    const gov_actor_t *giver;

    GOV_TRY(gov_permit_check(permit, gov_grant_needs(grant->role), grant->site,
                             grant->column, pool));
    giver = gov_permit_actor(permit);
    if (giver->kind == GOV_ACTOR_PERSON && giver->person == person->id)
        return gov_err(GOV_E_FORBIDDEN, NULL, pool,
                       "%s changes the roles of others only", giver->name);
    return NULL;
}

static gov_err_t *
add(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;
    const gov_grant_t *grant = c->grant;
    gov_err_t *err;

    err = gov_sql_grant_insert(NULL, db, c->person->id, grant->role->word,
                               grant->site, grant->column, c->person->class_,
                               is_admin(grant->role) ? c->person->id : 0,
                               gov_now(c->ctx->clock), c->ctx->actor->name,
                               pool);
    if (err && err->code == GOV_E_CONFLICT && gov_db_is_rerun(db))
        return NULL;
    if (err && err->code == GOV_E_CONFLICT)
        return gov_err(GOV_E_CONFLICT, err, pool,
                       "%s has that role, or one that excludes it",
                       c->person->login);
    GOV_TRY(err);
    return gov_audit_add(db, c->ctx, "grant.add", grant->site,
                         gov_security__object(c->person->id, pool), true,
                         told(c->person, grant, pool), pool);
}

gov_err_t *
gov_grant_add(const gov_ctx_t *ctx, const gov_person_t *person,
              const gov_grant_t *grant, const gov_permit_t *permit,
              apr_pool_t *pool)
{
    change_t c = { ctx, person, grant };

    GOV_TRY(check(person, grant, permit, pool));
    if (strcmp(grant->role->class_, person->class_))
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "%s is a role of class %s, %s is of class %s",
                       grant->role->word, grant->role->class_, person->login,
                       person->class_);
    if (is_admin(grant->role) && (grant->site || grant->column))
        return gov_err_field("site", pool, "%s is given for the whole group",
                             grant->role->word);
    if (grant->column && (!ctx->tree
                          || ctx->tree->site_of(ctx->tree->baton,
                                                grant->column) != grant->site))
        return gov_err_field("column", pool, "is not of that site");
    return gov_store_tx(ctx->store, add, &c, pool);
}

static gov_err_t *
take(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;
    const gov_grant_t *grant = c->grant;
    apr_int64_t gone;

    GOV_TRY(gov_sql_grant_delete(&gone, db, c->person->id, grant->role->word,
                                 grant->site, grant->column, pool));
    if (!gone && gov_db_is_rerun(db))
        return NULL;
    if (!gone)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "%s has no such role",
                       c->person->login);
    return gov_audit_add(db, c->ctx, "grant.remove", grant->site,
                         gov_security__object(c->person->id, pool), true,
                         told(c->person, grant, pool), pool);
}

gov_err_t *
gov_grant_remove(const gov_ctx_t *ctx, const gov_person_t *person,
                 const gov_grant_t *grant, const gov_permit_t *permit,
                 apr_pool_t *pool)
{
    change_t c = { ctx, person, grant };

    GOV_TRY(check(person, grant, permit, pool));
    return gov_store_tx(ctx->store, take, &c, pool);
}
