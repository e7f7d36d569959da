/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* actor_named.c -- a person as an actor without signing in: for govctl. */

#include "gov_permit.h"
#include "sql_actor.h"

typedef struct question_t {
    const char *login;
    gov_actor_t *actor;
    apr_pool_t *pool;             /* of the answer */
} question_t;

static gov_err_t *
read_actor(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    question_t *q = baton;
    apr_array_header_t *rows, *grants;
    gov_row_actor_named_t row;
    int i;

    GOV_TRY(gov_sql_actor_named(&row, db, q->login, q->pool));
    if (!row.active)
        return gov_err(GOV_E_FORBIDDEN, NULL, q->pool,
                       "the account of %s is disabled", q->login);
    GOV_TRY(gov_sql_actor_grants(&rows, db, row.id, scratch));
    grants = apr_array_make(q->pool, rows->nelts + 1, sizeof(gov_grant_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_actor_grants_t *from =
            &APR_ARRAY_IDX(rows, i, gov_row_actor_grants_t);
        const gov_role_t *role = gov_role_named(from->role);
        gov_grant_t *to;

        if (!role)                /* of a later release */
            continue;
        to = apr_array_push(grants);
        to->role = role;
        to->site = from->site_id;
        to->column = from->column_id;
    }
    q->actor->kind = GOV_ACTOR_PERSON;
    q->actor->name = row.login;
    q->actor->person = row.id;
    q->actor->grants = grants;
    return NULL;
}

gov_err_t *
gov_actor_named(const gov_actor_t **actor, gov_store_t *store,
                const char *login, apr_pool_t *pool)
{
    question_t q = { login, apr_pcalloc(pool, sizeof(gov_actor_t)), pool };
    gov_err_t *err = gov_store_read(store, read_actor, &q, pool);

    if (err && err->code == GOV_E_NOT_FOUND)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "there is no account \"%s\"", login);
    if (err)
        return err;
    *actor = q.actor;
    return NULL;
}
