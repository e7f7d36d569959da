/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* event.c -- the change feed: add, number, read.
 *
 * A writer leaves the number open.  Numbers are given later, by one process at
 * a time, in a transaction that also writes the counter's row: so they are
 * without gaps, and a reader that has seen n will never be told of a smaller
 * one.  Ids are good for neither: they are taken before COMMIT. */

#include "gov_time.h"
#include "store_priv.h"
#include "sql_store.h"

#define LEASE_LENGTH (10 * APR_USEC_PER_SEC)

gov_err_t *
gov_event_add(gov_db_t *db, const char *kind, apr_int64_t site,
              apr_int64_t ref, const char *tags, apr_pool_t *pool)
{
    gov_event_t *event;
    apr_time_t now = gov_now(db->store->clock);

    if (!tags)
        tags = "";
    GOV_TRY(gov_sql_event_add(NULL, db, kind, site, ref, tags, now, pool));
    if (!db->events)
        return NULL;
    event = apr_array_push(db->events);
    event->seq = 0;
    event->kind = apr_pstrdup(db->event_pool, kind);
    event->site = site;
    event->ref = ref;
    event->tags = apr_pstrdup(db->event_pool, tags);
    event->at = now;
    return NULL;
}

void
gov_store_listen(gov_store_t *store, gov_event_fn_t fn, void *baton)
{
    store->listener = fn;
    store->listener_baton = baton;
}

typedef struct number_t {
    const char *owner;
    int numbered;
} number_t;

static gov_err_t *
see_waiting(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    bool *any = baton;
    apr_array_header_t *rows;

    GOV_TRY(gov_sql_event_waiting(&rows, db, pool));
    *any = rows->nelts > 0;
    return NULL;
}

/* The counter's row is locked first: a second sequencer waits here, or on
   another node fails at COMMIT, and finds the rows numbered afterwards. */
static gov_err_t *
number(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    number_t *n = baton;
    gov_row_event_counter_t counter;
    apr_array_header_t *rows;
    apr_int64_t hit, seq;
    apr_pool_t *iterpool;
    int i;

    n->numbered = 0;
    GOV_TRY(gov_lease_fence(db, "feed", n->owner, pool));
    GOV_TRY(gov_sql_event_counter(&counter, db, pool));
    GOV_TRY(gov_sql_event_waiting(&rows, db, pool));
    seq = counter.n;
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < rows->nelts; i++) {
        apr_pool_clear(iterpool);
        GOV_TRY(gov_sql_event_number(
            &hit, db, seq + 1,
            APR_ARRAY_IDX(rows, i, gov_row_event_waiting_t).id, iterpool));
        if (hit)
            seq++;
    }
    apr_pool_destroy(iterpool);
    n->numbered = (int)(seq - counter.n);
    return n->numbered ? gov_sql_event_counter_set(NULL, db, seq, pool) : NULL;
}

gov_err_t *
gov_event_number(int *numbered, gov_store_t *store, const char *owner,
                 apr_pool_t *pool)
{
    number_t n = { .owner = owner };
    bool held, any;

    GOV_TRY(gov_lease_take(&held, store, "feed", owner, LEASE_LENGTH, pool));
    if (held) {
        GOV_TRY(gov_store_read(store, see_waiting, &any, pool));
        if (any)
            GOV_TRY(gov_store_tx(store, number, &n, pool));
    }
    *numbered = n.numbered;
    return NULL;
}

gov_err_t *
gov_event_since(apr_array_header_t **events, gov_store_t *store,
                apr_int64_t last, apr_pool_t *pool)
{
    apr_array_header_t *rows, *found;
    gov_db_t *db;
    gov_err_t *err;
    int i;

    GOV_TRY(gov_store_borrow(&db, store, pool));
    err = gov_sql_event_since(&rows, db, last, pool);
    gov_store_return(db);
    if (err)
        return err;
    found = apr_array_make(pool, rows->nelts, sizeof(gov_event_t));
    for (i = 0; i < rows->nelts; i++) {
        gov_row_event_since_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_event_since_t);
        gov_event_t *event = apr_array_push(found);

        event->seq = row->seq;
        event->kind = row->kind;
        event->site = row->site_id;
        event->ref = row->ref;
        event->tags = row->tags;
        event->at = row->at;
    }
    *events = found;
    return NULL;
}

gov_err_t *
gov_event_last(apr_int64_t *seq, gov_store_t *store, apr_pool_t *pool)
{
    gov_row_event_last_t row;
    gov_db_t *db;
    gov_err_t *err;

    GOV_TRY(gov_store_borrow(&db, store, pool));
    err = gov_sql_event_last(&row, db, pool);
    gov_store_return(db);
    if (!err)
        *seq = row.n;
    return err;
}

static gov_err_t *
purge(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const apr_time_t *before = baton;

    return gov_sql_event_purge(NULL, db, *before, pool);
}

gov_err_t *
gov_event_purge(gov_store_t *store, apr_time_t before, apr_pool_t *pool)
{
    return gov_store_tx(store, purge, &before, pool);
}
