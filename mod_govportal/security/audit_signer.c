/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* audit_signer.c -- with which keys the audit's rows are signed. */

#include "gov_audit.h"
#include "gov_time.h"
#include "sql_security.h"

/* Rows enter the chain within a second while httpd runs. */
#define PATIENCE 50
#define NAP apr_time_from_msec(100)

static gov_err_t *
see(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    int *key = baton;
    gov_row_audit_any_open_t open;
    gov_row_audit_head_t head;
    gov_err_t *err = gov_sql_audit_any_open(&open, db, pool);

    *key = 0;
    if (!err || err->code != GOV_E_NOT_FOUND)
        return err;
    GOV_TRY(gov_sql_audit_head(&head, db, pool));
    *key = (int)head.mac_key;
    return NULL;
}

gov_err_t *
gov_audit_signer(int *key, const gov_ctx_t *ctx, apr_pool_t *pool)
{
    apr_pool_t *iterpool;
    int i, seen = 0;

    apr_pool_create(&iterpool, pool);
    for (i = 0; i < PATIENCE && !seen; i++) {
        if (i)
            apr_sleep(NAP);
        apr_pool_clear(iterpool);
        GOV_TRY(gov_store_read(ctx->store, see, &seen, iterpool));
    }
    apr_pool_destroy(iterpool);
    *key = seen;
    return NULL;
}

typedef struct used_t {
    apr_time_t since;
    int key;
    bool used;
} used_t;

static gov_err_t *
look_used(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    used_t *u = baton;
    gov_row_audit_key_used_t row;

    GOV_TRY(gov_sql_audit_key_used(&row, db, u->since, u->key, pool));
    u->used = row.number > 0;
    return NULL;
}

gov_err_t *
gov_audit_key_used(bool *used, const gov_ctx_t *ctx, int key,
                   apr_time_t since, apr_pool_t *pool)
{
    used_t u = { since, key, false };

    GOV_TRY(gov_store_read(ctx->store, look_used, &u, pool));
    *used = u.used;
    return NULL;
}
