/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* audit_chain.c -- rows enter the chain after their commit.

   One process at a time does it, under the lease "audit" and its fence.  Rows are
   found by having no place yet, never by "id greater than the last": ids are taken
   before COMMIT, so a greater one may be seen first. */

#include <string.h>

#include "gov_event.h"
#include "gov_key.h"
#include "gov_time.h"
#include "security_priv.h"
#include "sql_security.h"

#define LEASE_LENGTH (10 * APR_USEC_PER_SEC)
#define SLICE 500                 /* of the statement audit_open */

typedef struct chain_t {
    const gov_ctx_t *ctx;
    const char *owner;
    int chained, seen;
    bool cut;
} chain_t;

static gov_err_t *
see_open(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    gov_row_audit_any_open_t row;
    gov_err_t *err = gov_sql_audit_any_open(&row, db, pool);

    *(bool *)baton = !err;
    return err && err->code != GOV_E_NOT_FOUND ? err : NULL;
}

static gov_err_t *
set_head(gov_db_t *db, const gov_ctx_t *ctx, apr_int64_t seq,
         const unsigned char chain[32], apr_pool_t *pool)
{
    int key = ctx->keys ? gov_keys_current(ctx->keys) : 0;
    unsigned char mac[32];
    gov_bytes_t link = { (const char *)chain, 32 };
    gov_bytes_t sealed = { NULL, 0 };

    if (key && gov_security__head_mac(mac, seq, chain, ctx->keys, key, pool)) {
        sealed.data = (const char *)mac;
        sealed.len = sizeof(mac);
    }
    return gov_sql_audit_head_set(NULL, db, seq, link, sealed, key, pool);
}

/* The chain goes on from the head's row, not from the last row that is there: where
   rows were cut off the end, the gap stays for everybody to see. */
static gov_err_t *
chain(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    chain_t *c = baton;
    int key = c->ctx->keys ? gov_keys_current(c->ctx->keys) : 0;
    unsigned char before[32], link[32];
    apr_array_header_t *rows;
    gov_row_audit_head_t head;
    gov_row_audit_last_t last;
    apr_pool_t *iterpool;
    apr_int64_t hit, seq;
    gov_err_t *err;
    int i;

    c->chained = c->seen = 0;
    GOV_TRY(gov_lease_fence(db, "audit", c->owner, pool));
    err = gov_sql_audit_head(&head, db, pool);
    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    GOV_TRY(gov_sql_audit_last(&last, db, pool));
    GOV_TRY(gov_sql_audit_open(&rows, db, pool));
    if (err)                      /* somebody took it away: that, too, shows */
        memset(&head, 0, sizeof(head));
    c->cut = err || last.seq < head.seq;
    seq = head.seq > last.seq ? head.seq : last.seq;
    memset(before, 0, sizeof(before));
    if (head.chain.data)
        memcpy(before, head.chain.data, sizeof(before));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_audit_open_t *from =
            &APR_ARRAY_IDX(rows, i, gov_row_audit_open_t);
        gov_security__row_t row = GOV_SECURITY__ROW(from);
        gov_bytes_t bytes = { (const char *)link, sizeof(link) };

        apr_pool_clear(iterpool);
        row.seq = seq + 1;
        if (!gov_security__row_link(link, &row, before, c->ctx->keys, key,
                                    iterpool))
            return gov_err(GOV_E_INTERNAL, NULL, pool, "no key %d", key);
        GOV_TRY(gov_sql_audit_link(&hit, db, row.seq, bytes, key, row.id,
                                   iterpool));
        if (!hit)
            continue;
        memcpy(before, link, sizeof(before));
        seq++;
        c->chained++;
    }
    apr_pool_destroy(iterpool);
    c->seen = rows->nelts;
    return c->chained ? set_head(db, c->ctx, seq, before, pool) : NULL;
}

gov_err_t *
gov_audit_chain(int *chained, bool *cut, const gov_ctx_t *ctx,
                const char *owner, apr_pool_t *pool)
{
    chain_t c = { .ctx = ctx, .owner = owner };
    bool held, any;

    *chained = 0;
    *cut = false;
    GOV_TRY(gov_lease_take(&held, ctx->store, "audit", owner, LEASE_LENGTH,
                           pool));
    if (!held)
        return NULL;
    GOV_TRY(gov_store_read(ctx->store, see_open, &any, pool));
    if (!any)
        return NULL;
    do {
        GOV_TRY(gov_store_tx(ctx->store, chain, &c, pool));
        *chained += c.chained;
        *cut = *cut || c.cut;
        GOV_TRY(gov_lease_take(&held, ctx->store, "audit", owner,
                               LEASE_LENGTH, pool));
    } while (held && c.seen == SLICE && c.chained);
    return NULL;
}
