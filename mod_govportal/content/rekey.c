/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/rekey.c -- everything under the newest key, and an old key away. */

#include "content_priv.h"
#include "gov_policy.h"
#include "gov_rekey.h"

typedef struct note_t {
    const gov_ctx_t *ctx;
    const char *action, *detail;
    int key;
    bool done;
} note_t;

static gov_err_t *
note(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const note_t *n = baton;

    return gov_audit_add(db, n->ctx, n->action, 0,
                         apr_psprintf(pool, "key:%d", n->key), n->done,
                         n->detail, pool);
}

gov_err_t *
gov_key_add(int *number, const gov_ctx_t *ctx, const char *file,
            const char *suite, const gov_permit_t *permit, apr_pool_t *pool)
{
    note_t n = { ctx, "key.add", suite, 0, true };
    gov_err_t *err;

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SYSTEM, 0, 0, pool));
    GOV_TRY(gov_keys_add(&n.key, file, suite, pool));
    *number = n.key;
    err = gov_store_tx(ctx->store, note, &n, pool);
    return err ? gov_err(err->code, err, pool, "key %d is added, but the audit "
                         "does not say so", n.key) : NULL;
}

static void
add(apr_array_header_t *counts, const char *what, gov_reseal_sum_t sum)
{
    gov_rekey_count_t *count = apr_array_push(counts);

    count->what = what;
    count->sum = sum;
}

/* A node without the newest key could read nothing of what is about to be written.
   The row of the audit that was just added tells: httpd signs it with what it
   has. */
static gov_err_t *
nodes_have_it(const gov_ctx_t *ctx, apr_pool_t *pool)
{
    int current = gov_keys_current(ctx->keys), signer;

    GOV_TRY(gov_audit_signer(&signer, ctx, pool));
    if (signer && signer != current)
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "httpd still signs with key %d; copy the ring to every "
                       "node, reload httpd there, and run it again", signer);
    return NULL;
}

static const char *
total(const apr_array_header_t *counts, apr_pool_t *pool)
{
    const char *text = "";
    int i;

    for (i = 0; i < counts->nelts; i++) {
        const gov_rekey_count_t *count = &APR_ARRAY_IDX(counts, i,
                                                        gov_rekey_count_t);

        text = apr_psprintf(pool, "%s%s%s: %" APR_INT64_T_FMT " renewed, %"
                            APR_INT64_T_FMT " left", text, *text ? "; " : "",
                            count->what, count->sum.done, count->sum.left);
    }
    return text;
}

gov_err_t *
gov_rekey(apr_array_header_t **result, const gov_ctx_t *ctx,
          const apr_array_header_t *kinds, const gov_permit_t *permit,
          apr_pool_t *pool)
{
    apr_array_header_t *counts = apr_array_make(pool, kinds->nelts + 1,
                                                sizeof(gov_rekey_count_t));
    note_t n = { ctx, "key.reseal", "begins", 0, true };
    gov_reseal_sum_t sum;
    int i;

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SYSTEM, 0, 0, pool));
    if (!ctx->keys)
        return gov_err(GOV_E_INVALID, NULL, pool, "there is no key ring");
    n.key = gov_keys_current(ctx->keys);
    GOV_TRY(gov_store_tx(ctx->store, note, &n, pool));
    GOV_TRY(nodes_have_it(ctx, pool));
    for (i = 0; i < kinds->nelts; i++) {
        const gov_sealed_t *kind = APR_ARRAY_IDX(kinds, i,
                                                 const gov_sealed_t *);

        GOV_TRY(gov_reseal(&sum, ctx, kind, permit, pool));
        add(counts, kind->name, sum);
    }
    GOV_TRY(gov_content__rekey(&sum, ctx, 0, pool));
    add(counts, "tags", sum);
    n.detail = total(counts, pool);
    GOV_TRY(gov_store_tx(ctx->store, note, &n, pool));
    *result = counts;
    return NULL;
}

gov_err_t *
gov_key_uses(apr_array_header_t **result, const gov_ctx_t *ctx, int key,
             const apr_array_header_t *kinds, const gov_permit_t *permit,
             apr_pool_t *pool)
{
    apr_array_header_t *counts = apr_array_make(pool, kinds->nelts + 1,
                                                sizeof(gov_rekey_count_t));
    gov_reseal_sum_t sum;
    int i;

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SYSTEM, 0, 0, pool));
    if (!ctx->keys)
        return gov_err(GOV_E_INVALID, NULL, pool, "there is no key ring");
    for (i = 0; i < kinds->nelts; i++) {
        const gov_sealed_t *kind = APR_ARRAY_IDX(kinds, i,
                                                 const gov_sealed_t *);

        GOV_TRY(gov_sealed_by(&sum, ctx, kind, key, permit, pool));
        if (sum.done)
            add(counts, kind->name, sum);
    }
    GOV_TRY(gov_content__rekey(&sum, ctx, key, pool));
    if (sum.done)
        add(counts, "tags", sum);
    *result = counts;
    return NULL;
}

static gov_err_t *
unused(const gov_ctx_t *ctx, int key, bool at_once,
       const apr_array_header_t *kinds, const gov_permit_t *permit,
       apr_pool_t *pool)
{
    apr_interval_time_t life = apr_time_from_sec(
        (apr_time_t)ctx->policy->form_hours * 3600);
    apr_array_header_t *uses;
    const char *text = "";
    bool used;
    int i;

    GOV_TRY(gov_key_uses(&uses, ctx, key, kinds, permit, pool));
    for (i = 0; i < uses->nelts; i++) {
        const gov_rekey_count_t *use = &APR_ARRAY_IDX(uses, i,
                                                      gov_rekey_count_t);

        text = apr_psprintf(pool, "%s%s%" APR_INT64_T_FMT " of %s", text,
                            *text ? ", " : "", use->sum.done, use->what);
    }
    if (*text)
        return gov_err(GOV_E_CONFLICT, NULL, pool, "key %d is still used: %s; "
                       "run govctl key reseal", key, text);
    if (at_once)
        return NULL;
    GOV_TRY(gov_audit_key_used(&used, ctx, key, gov_now(ctx->clock) - life,
                               pool));
    if (used)
        return gov_err(GOV_E_CONFLICT, NULL, pool, "key %d has signed "
                       "something within the last %d hours, and forms signed "
                       "with it may be open that long", key,
                       ctx->policy->form_hours);
    return NULL;
}

gov_err_t *
gov_key_retire(const gov_ctx_t *ctx, const char *file, int key, bool at_once,
               const apr_array_header_t *kinds, const gov_permit_t *permit,
               apr_pool_t *pool)
{
    note_t n = { ctx, "key.retire", at_once ? "at once" : NULL, key, true };
    const gov_keys_t *keys;
    gov_key_info_t info = { 0 };
    gov_err_t *err;
    int i;

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SYSTEM, 0, 0, pool));
    GOV_TRY(gov_keys_read(&keys, file, pool));
    for (i = 0; gov_key_info(&info, keys, i) && info.number != key; i++)
        ;
    /* a key that cannot go is told before a long count */
    if (info.number == key && !info.current && !info.retired)
        GOV_TRY(unused(ctx, key, at_once, kinds, permit, pool));
    /* first the row: a ring that changed without one would be worse than a row
       that says too much, which the next one corrects */
    GOV_TRY(gov_store_tx(ctx->store, note, &n, pool));
    err = gov_keys_retire(file, key, pool);
    if (err) {
        n.done = false;
        n.detail = err->message;
        GOV_TRY(gov_store_tx(ctx->store, note, &n, pool));
    }
    return err;
}
