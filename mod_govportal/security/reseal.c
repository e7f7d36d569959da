/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* reseal.c -- sealed values under the ring's newest key. */

#include <sodium.h>

#include "gov_reseal.h"
#include "people_priv.h"
#include "security_priv.h"
#include "sql_security.h"

#define SLICE 50                  /* values in a transaction */

/* --- second factors -------------------------------------------------------- */

static gov_err_t *
factors_next(apr_array_header_t **result, gov_db_t *db, apr_int64_t after,
             int most, apr_pool_t *pool)
{
    apr_array_header_t *rows, *list;
    int i;

    GOV_TRY(gov_sql_factors_next(&rows, db, after, most, pool));
    list = apr_array_make(pool, rows->nelts + 1, sizeof(gov_sealed_row_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_factors_next_t *from = &APR_ARRAY_IDX(
            rows, i, gov_row_factors_next_t);
        gov_sealed_row_t *row = apr_array_push(list);

        row->id = from->id;
        row->about = gov_security__object(from->id, pool);
        row->value = from->factor;
    }
    *result = list;
    return NULL;
}

static gov_err_t *
factor_put(apr_int64_t *hit, gov_db_t *db, const gov_sealed_row_t *row,
           gov_bytes_t value, apr_pool_t *pool)
{
    return gov_sql_factor_replace(hit, db, value, row->id, row->value, pool);
}

static const gov_sealed_t own[] = {
    { "person.factor", GOV_PURPOSE_FACTOR, factors_next, factor_put },
    { NULL, 0, NULL, NULL }
};

const gov_sealed_t *
gov_sealed_own(void)
{
    return own;
}

/* --- the walk -------------------------------------------------------------- */

typedef struct walk_t {
    const gov_ctx_t *ctx;
    const gov_sealed_t *kind;
    int key;                      /* to be counted; 0: seal what is not current */
    apr_int64_t after;
    /* of the slice, which may be run again */
    apr_int64_t last;
    gov_reseal_sum_t part;
    bool more;
    apr_pool_t *pool;             /* of the sum */
} walk_t;

static gov_err_t *
renew(gov_db_t *db, walk_t *w, const gov_sealed_row_t *row, apr_pool_t *pool)
{
    const gov_keys_t *keys = w->ctx->keys;
    gov_bytes_t plain, sealed;
    apr_int64_t hit;
    gov_err_t *err = gov_unseal(&plain, keys, w->kind->purpose, row->about,
                                row->value, pool);

    if (err) {
        if (!w->part.left++)
            w->part.first = apr_pstrdup(w->pool, err->message);
        return NULL;
    }
    err = gov_seal(&sealed, keys, w->kind->purpose, row->about, plain, pool);
    sodium_memzero((char *)plain.data, plain.len);
    GOV_TRY(err);
    GOV_TRY(w->kind->put(&hit, db, row, sealed, pool));
    w->part.done += hit;
    return NULL;
}

static gov_err_t *
slice(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    walk_t *w = baton;
    int current = gov_keys_current(w->ctx->keys);
    apr_array_header_t *rows;
    apr_pool_t *iterpool;
    int i;

    w->part.done = w->part.left = 0;
    w->part.first = NULL;
    GOV_TRY(w->kind->next(&rows, db, w->after, SLICE, pool));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < rows->nelts; i++) {
        const gov_sealed_row_t *row = &APR_ARRAY_IDX(rows, i,
                                                     gov_sealed_row_t);
        int key = gov_sealed_key(row->value);

        apr_pool_clear(iterpool);
        w->last = row->id;
        if (w->key)
            w->part.done += key == w->key;
        else if (key != current)
            GOV_TRY(renew(db, w, row, iterpool));
    }
    apr_pool_destroy(iterpool);
    w->more = rows->nelts == SLICE;
    return NULL;
}

static gov_err_t *
walk(gov_reseal_sum_t *sum, walk_t *w, const gov_permit_t *permit,
     apr_pool_t *pool)
{
    gov_reseal_sum_t total = { 0, 0, NULL };
    apr_pool_t *iterpool;

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SYSTEM, 0, 0, pool));
    if (!w->ctx->keys)
        return gov_err(GOV_E_INVALID, NULL, pool, "there is no key ring");
    w->pool = pool;
    apr_pool_create(&iterpool, pool);
    do {
        apr_pool_clear(iterpool);
        GOV_TRY(w->key ? gov_store_read(w->ctx->store, slice, w, iterpool)
                       : gov_store_tx(w->ctx->store, slice, w, iterpool));
        w->after = w->last;
        total.done += w->part.done;
        total.left += w->part.left;
        if (!total.first)
            total.first = w->part.first;
    } while (w->more);
    apr_pool_destroy(iterpool);
    *sum = total;
    return NULL;
}

gov_err_t *
gov_reseal(gov_reseal_sum_t *sum, const gov_ctx_t *ctx,
           const gov_sealed_t *kind, const gov_permit_t *permit,
           apr_pool_t *pool)
{
    walk_t w = { .ctx = ctx, .kind = kind };

    return walk(sum, &w, permit, pool);
}

gov_err_t *
gov_sealed_by(gov_reseal_sum_t *sum, const gov_ctx_t *ctx,
              const gov_sealed_t *kind, int key, const gov_permit_t *permit,
              apr_pool_t *pool)
{
    walk_t w = { .ctx = ctx, .kind = kind, .key = key };

    return walk(sum, &w, permit, pool);
}
