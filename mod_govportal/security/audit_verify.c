/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* audit_verify.c -- is the audit as it was written? */

#include <string.h>

#include "gov_key.h"
#include "gov_time.h"
#include "security_priv.h"
#include "sql_security.h"

/* Rows should be in the chain after this long. */
#define PATIENCE apr_time_from_sec(60)
#define TRIGGERS 2

typedef struct verify_t {
    const gov_ctx_t *ctx;
    gov_audit_finding_fn_t fn;
    void *baton;
    gov_audit_sum_t *sum;
    apr_hash_t *anchors;          /* seq -> gov_anchor_t *, until it was met */
    gov_row_audit_head_t head;    /* as it was before the walk */
    unsigned char head_chain[32];
    unsigned char head_mac[32];
    bool head_missing, head_sealed, head_met;
    int most;                     /* rows of the end; 0: all */
    apr_int64_t first;            /* what is before it is not looked at */
    apr_int64_t last;             /* the last row's seq */
    unsigned char chain[32];      /* and its link */
    bool broken;                  /* the row before is missing: its link is not
                                     known */
    bool any_mac;                 /* a row with a digest was met */
    apr_int64_t plain_from, plain_to; /* a run of rows without one */
    apr_array_header_t *rows;     /* a slice */
    apr_int64_t waits;
    apr_time_t oldest;
    apr_int64_t triggers;
    apr_pool_t *slice;
} verify_t;

static void tell(verify_t *v, const char *what, apr_int64_t seq,
                 apr_int64_t id, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

static void
tell(verify_t *v, const char *what, apr_int64_t seq, apr_int64_t id,
     const char *fmt, ...)
{
    gov_audit_finding_t finding = { what, seq, id, NULL };
    va_list args;

    va_start(args, fmt);
    finding.text = apr_pvsprintf(v->slice, fmt, args);
    va_end(args);
    v->sum->findings++;
    v->fn(v->baton, &finding);
}

#define N "%" APR_INT64_T_FMT

/* Rows from before there was a key ring have no digest, and only they. */
static void
end_plain(verify_t *v)
{
    if (v->plain_from && v->any_mac)
        tell(v, "plain", v->plain_from, 0,
             "rows " N " to " N " of the chain have no digest of their own: "
             "they were not written by this program, or without its key ring",
             v->plain_from, v->plain_to);
    else if (v->plain_from)
        v->sum->before = v->plain_to - v->plain_from + 1;
    v->plain_from = 0;
}

static void
check_mac(verify_t *v, const gov_security__row_t *row)
{
    unsigned char mac[32];

    if (!row->mac.data) {
        if (!v->plain_from)
            v->plain_from = row->seq;
        v->plain_to = row->seq;
        return;
    }
    end_plain(v);
    v->any_mac = true;
    if (!v->ctx->keys)
        return;                   /* told once, before the walk */
    if (!gov_security__row_mac(mac, row, v->ctx->keys, row->mac_key,
                               v->slice))
        tell(v, "key", row->seq, row->id,
             "row " N " (id " N ") is digested with key %d, which the ring "
             "has not", row->seq, row->id, row->mac_key);
    else if (row->mac.len != 32 || !gov_same(mac, row->mac.data, 32))
        tell(v, "changed", row->seq, row->id,
             "row " N " (id " N ", %s by %s) was changed", row->seq, row->id,
             row->action, row->actor);
}

static void
check_link(verify_t *v, const gov_security__row_t *row)
{
    unsigned char link[32];

    if (row->seq != v->last + 1) {
        tell(v, "gap", v->last + 1, 0, "rows " N " to " N
             " are missing from the chain", v->last + 1, row->seq - 1);
        v->broken = true;
    }
    if (!v->broken && !(row->chain_key && !v->ctx->keys)) {
        if (!gov_security__row_link(link, row, v->chain, v->ctx->keys,
                                    row->chain_key, v->slice))
            tell(v, "key", row->seq, row->id, "row " N " is chained with key "
                 "%d, which the ring has not", row->seq, row->chain_key);
        else if (row->chain.len != 32
                 || !gov_same(link, row->chain.data, 32))
            tell(v, "link", row->seq, row->id,
                 "row " N " (id " N ") does not follow from the row before",
                 row->seq, row->id);
    }
    v->broken = row->chain.len != 32;
    if (!v->broken)
        memcpy(v->chain, row->chain.data, 32);
    v->last = row->seq;
}

static void
check_anchors(verify_t *v, const gov_security__row_t *row)
{
    const gov_anchor_t *anchor = apr_hash_get(v->anchors, &row->seq,
                                              sizeof(row->seq));

    if (row->seq == v->head.seq && row->chain.len == 32
        && gov_same(row->chain.data, v->head_chain, 32))
        v->head_met = true;
    if (!anchor)
        return;
    apr_hash_set(v->anchors, &anchor->seq, sizeof(anchor->seq), NULL);
    if (row->chain.len != 32 || !gov_same(row->chain.data, anchor->chain, 32))
        tell(v, "anchor", row->seq, row->id,
             "row " N " is not the one that the anchor of %s saw", row->seq,
             gov_time_utc(anchor->at, v->slice));
}

static gov_err_t *
read_slice(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    verify_t *v = baton;

    (void)scratch;
    return gov_sql_audit_walk(&v->rows, db, v->last, v->slice);
}

static gov_err_t *
walk(verify_t *v)
{
    int i;

    do {
        apr_pool_clear(v->slice);
        GOV_TRY(gov_store_read(v->ctx->store, read_slice, v, v->slice));
        for (i = 0; i < v->rows->nelts; i++) {
            const gov_row_audit_walk_t *from =
                &APR_ARRAY_IDX(v->rows, i, gov_row_audit_walk_t);
            gov_security__row_t row = GOV_SECURITY__ROW(from);

            v->sum->rows++;
            check_mac(v, &row);
            check_link(v, &row);
            check_anchors(v, &row);
        }
    } while (v->rows->nelts);
    end_plain(v);
    return NULL;
}

static gov_err_t *
read_around(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    verify_t *v = baton;
    gov_row_audit_waits_t waits;
    gov_row_audit_triggers_t triggers;
    gov_row_audit_last_t last;

    gov_err_t *err = gov_sql_audit_head(&v->head, db, pool);

    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    if (err)
        memset(&v->head, 0, sizeof(v->head));
    v->head_missing = err != NULL;
    v->head_sealed = v->head.mac.data && v->head.mac.len == 32;
    if (v->head_sealed)
        memcpy(v->head_mac, v->head.mac.data, 32);
    GOV_TRY(gov_sql_audit_waits(&waits, db, gov_now(v->ctx->clock) - PATIENCE,
                                pool));
    GOV_TRY(gov_sql_audit_triggers(&triggers, db, pool));
    if (v->head.chain.data)
        memcpy(v->head_chain, v->head.chain.data, 32);
    GOV_TRY(gov_sql_audit_last(&last, db, pool));
    if (v->most && last.seq > v->most) {
        v->first = v->last = last.seq - v->most;
        v->broken = true;
    }
    v->waits = waits.number;
    v->oldest = waits.oldest;
    v->triggers = triggers.number;
    return NULL;
}

static void
check_around(verify_t *v)
{
    if (!v->ctx->keys)
        tell(v, "key", 0, 0, "there is no key ring (GovKeyFile): rows are "
             "stored without a digest, and none can be checked");
    if (v->triggers < TRIGGERS)
        tell(v, "trigger", 0, 0, "of the triggers audit_stays and "
             "audit_unchanged " N " are there: rows may be deleted or changed; "
             "apply migration 0005 again", v->triggers);
    if (v->waits)
        tell(v, "waiting", 0, 0, N " rows wait for their place in the chain, "
             "the oldest since %s: does httpd run?", v->waits,
             gov_time_utc(v->oldest, v->slice));
}

static void
check_head(verify_t *v)
{
    unsigned char mac[32];

    if (v->head_missing)
        tell(v, "head", 0, 0, "the row of gov_audit_head is missing");
    else if (v->head.seq > v->last)
        tell(v, "cut", v->last + 1, 0, "rows " N " to " N
             " are missing from the end of the chain", v->last + 1,
             v->head.seq);
    else if (v->head.seq && !v->head_met)
        tell(v, "head", v->head.seq, 0,
             "the chain's end is written down otherwise than row " N,
             v->head.seq);
    if (v->head_sealed && v->ctx->keys
        && (!gov_security__head_mac(mac, v->head.seq, v->head_chain,
                                    v->ctx->keys, (int)v->head.mac_key,
                                    v->slice)
            || !gov_same(mac, v->head_mac, 32)))
        tell(v, "head", v->head.seq, 0, "the row of gov_audit_head was "
             "changed");
}

static void
check_left(verify_t *v)
{
    apr_hash_index_t *at;

    for (at = apr_hash_first(v->slice, v->anchors); at;
         at = apr_hash_next(at)) {
        const gov_anchor_t *anchor;
        void *value;

        apr_hash_this(at, NULL, NULL, &value);
        anchor = value;
        if (anchor->seq > v->first)
            tell(v, "anchor", anchor->seq, 0, "row " N ", which the anchor of "
                 "%s saw, is missing", anchor->seq,
                 gov_time_utc(anchor->at, v->slice));
    }
}

/* Two that contradict each other about one row: the later one is met in the
   table, the row tells the rest. */
static void
index_anchors(verify_t *v, const apr_array_header_t *anchors, apr_pool_t *pool)
{
    int i;

    v->anchors = apr_hash_make(pool);
    for (i = 0; anchors && i < anchors->nelts; i++) {
        const gov_anchor_t *anchor = &APR_ARRAY_IDX(anchors, i, gov_anchor_t);
        const gov_anchor_t *have = apr_hash_get(v->anchors, &anchor->seq,
                                                sizeof(anchor->seq));

        if (have && memcmp(have->chain, anchor->chain, 32))
            tell(v, "anchor", anchor->seq, 0, "two anchors saw different "
                 "rows " N, anchor->seq);
        apr_hash_set(v->anchors, &anchor->seq, sizeof(anchor->seq), anchor);
    }
}

static gov_err_t *
verify(verify_t *v, const apr_array_header_t *anchors,
       const gov_permit_t *permit, apr_pool_t *pool)
{
    GOV_TRY(gov_permit_check(permit, GOV_ACTION_AUDIT, 0, 0, pool));
    memset(v->sum, 0, sizeof(*v->sum));
    apr_pool_create(&v->slice, pool);
    index_anchors(v, anchors, pool);
    GOV_TRY(gov_store_read(v->ctx->store, read_around, v, pool));
    check_around(v);
    GOV_TRY(walk(v));
    check_head(v);
    check_left(v);
    apr_pool_destroy(v->slice);
    return NULL;
}

gov_err_t *
gov_audit_verify(gov_audit_sum_t *sum, const gov_ctx_t *ctx,
                 const apr_array_header_t *anchors, gov_audit_finding_fn_t fn,
                 void *baton, const gov_permit_t *permit, apr_pool_t *pool)
{
    verify_t v = { .ctx = ctx, .fn = fn, .baton = baton, .sum = sum };

    return verify(&v, anchors, permit, pool);
}

gov_err_t *
gov_audit_verify_end(gov_audit_sum_t *sum, const gov_ctx_t *ctx, int most,
                     const apr_array_header_t *anchors,
                     gov_audit_finding_fn_t fn, void *baton,
                     const gov_permit_t *permit, apr_pool_t *pool)
{
    verify_t v = { .ctx = ctx, .fn = fn, .baton = baton, .sum = sum,
                   .most = most };

    return verify(&v, anchors, permit, pool);
}
