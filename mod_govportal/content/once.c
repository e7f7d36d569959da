/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/once.c -- writes that must not happen twice.

   When the answer to a COMMIT is lost, the transaction is run again.  A key that it
   writes with its effects tells whether the first run had succeeded. */

#include "content_priv.h"
#include "gov_once.h"
#include "sql_content.h"

gov_bytes_t
gov_content__key(const gov_ctx_t *ctx, apr_pool_t *pool)
{
    unsigned char *key = apr_palloc(pool, 16);
    gov_bytes_t bytes = { (const char *)key, 16 };

    ctx->clock->random(ctx->clock->baton, key, 16);
    return bytes;
}

gov_err_t *
gov_content__done(const char **result, gov_db_t *db, gov_bytes_t key,
                  bool sent, apr_pool_t *pool)
{
    gov_row_idempotency_get_t row;
    gov_err_t *err;

    *result = NULL;
    if (!sent && !gov_db_is_rerun(db))
        return NULL;
    err = gov_sql_idempotency_get(&row, db, key, pool);
    if (err)
        return err->code == GOV_E_NOT_FOUND ? NULL : err;
    *result = row.result;
    return NULL;
}

gov_err_t *
gov_content__keep(gov_db_t *db, gov_bytes_t key, const gov_ctx_t *ctx,
                  const char *result, apr_pool_t *pool)
{
    return gov_sql_idempotency_put(NULL, db, key, gov_now(ctx->clock), result,
                                   pool);
}

static gov_err_t *
purge(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const apr_time_t *before = baton;

    return gov_sql_idempotency_purge(NULL, db, *before, pool);
}

gov_err_t *
gov_keys_purge(gov_store_t *store, apr_time_t before, apr_pool_t *pool)
{
    return gov_store_tx(store, purge, &before, pool);
}

typedef struct once_t {
    const gov_ctx_t *ctx;
    gov_bytes_t key;
    gov_once_fn_t fn;
    void *baton;
    const char *result;
    bool again;
    apr_pool_t *pool;
} once_t;

static gov_err_t *
find(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    once_t *once = baton;
    gov_row_idempotency_get_t row;
    gov_err_t *err = gov_sql_idempotency_get(&row, db, once->key, scratch);

    if (err)
        return err->code == GOV_E_NOT_FOUND ? NULL : err;
    once->again = true;
    once->result = apr_pstrdup(once->pool, row.result);
    return NULL;
}

static gov_err_t *
run(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    once_t *once = baton;
    const char *result = NULL;

    GOV_TRY(find(db, once, scratch));
    if (once->again)
        return NULL;
    GOV_TRY(once->fn(&result, db, once->baton, scratch));
    once->result = apr_pstrdup(once->pool, result);
    return gov_content__keep(db, once->key, once->ctx, result, scratch);
}

gov_err_t *
gov_once_tx(const char **result, bool *again, const gov_ctx_t *ctx,
            gov_bytes_t key, gov_once_fn_t fn, void *baton, apr_pool_t *pool)
{
    once_t once = { ctx, key, fn, baton, NULL, false, pool };
    gov_err_t *err = gov_store_tx(ctx->store, run, &once, pool);

    /* the same form sent twice at once: the other one has won */
    if (err && err->code == GOV_E_CONFLICT) {
        GOV_TRY(gov_store_read(ctx->store, find, &once, pool));
        if (once.again)
            err = NULL;
    }
    GOV_TRY(err);
    *result = once.result;
    if (again)
        *again = once.again;
    return NULL;
}
