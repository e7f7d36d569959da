/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* transaction.c -- BEGIN, work, COMMIT; again if the database asks for it.
 *
 * Three things can go wrong around the work itself:
 *   a deadlock or a certification conflict: the transaction is gone, run again;
 *   a lost connection before COMMIT: nothing happened, run again elsewhere;
 *   a lost connection at COMMIT: nobody knows.  Run again as well; the
 *   idempotency key written by the work tells whether it had happened. */

#include <mysqld_error.h>

#include "store_priv.h"

typedef struct attempt_t {
    gov_fault_t fault;            /* run again? */
    bool doubtful;                /* COMMIT was sent and not answered */
    bool slow;                    /* a time-out, no dead socket */
} attempt_t;

/* May a COMMIT that failed with NUMBER have happened all the same?  A conflict
   is an answer; everything else is none. */
static bool
in_doubt(unsigned number)
{
    return number != ER_LOCK_DEADLOCK && number != ER_LOCK_WAIT_TIMEOUT
           && number != ER_CHECKREAD
           && gov_store__fault(number) != GOV_FAULT_NONE;
}

#define COMMAND(db, word, pool) \
    gov_store__query((db), word, sizeof(word) - 1, (pool))

/* Run FN once on DB. */
static gov_err_t *
attempt(attempt_t *result, gov_db_t *db, gov_store_fn_t fn, void *baton,
        apr_pool_t *scratch)
{
    gov_err_t *err;

    db->fault = GOV_FAULT_NONE;
    err = COMMAND(db, "START TRANSACTION", scratch);
    if (!err) {
        db->in_tx = true;
        err = fn(db, baton, scratch);
        if (!err && db->fault != GOV_FAULT_NONE)
            /* FN swallowed it, but there is nothing left to commit. */
            err = gov_err(GOV_E_UNAVAILABLE, NULL, scratch,
                          "the transaction failed under way");
        if (!err) {
            err = COMMAND(db, "COMMIT", scratch);
            result->doubtful = err && in_doubt(db->last_errno);
        }
    }
    result->fault = err ? db->fault : GOV_FAULT_NONE;
    if (err && db->fault != GOV_FAULT_LOST
        && COMMAND(db, "ROLLBACK", scratch) != NULL)
        db->fault = GOV_FAULT_LOST;
    if (db->fault != GOV_FAULT_LOST)
        db->in_tx = false;
    return err;
}

/* Wait longer each time, and never as long as the one we collided with. */
static void
back_off(gov_store_t *store, int tries)
{
    unsigned limit = 1000u << (tries < 5 ? tries : 5);

    apr_sleep(500 + gov_store__random(store, limit > 20000 ? 20000 : limit));
}

/* Is it too late to run again, BEGAN having been the first time? */
static bool
too_late(const gov_store_t *store, const attempt_t *result, bool doubtful,
         apr_time_t began)
{
    apr_time_t spent = gov_store__mono() - began;

    /* to know whether it was committed is worth a longer wait */
    if (result->fault != GOV_FAULT_LOST || doubtful)
        return spent > GOV_STORE_RETRY;
    /* the only node hangs: it would only hang again */
    if (result->slow && store->n_nodes == 1)
        return true;
    /* who has sent COMMIT waits longer, to be able to say what came of it */
    return spent > (doubtful ? GOV_STORE_RETRY : GOV_STORE_AWAY);
}

static void
tell_listener(gov_store_t *store, const apr_array_header_t *events)
{
    int i;

    if (!store->listener)
        return;
    for (i = 0; i < events->nelts; i++)
        store->listener(store->listener_baton,
                        &APR_ARRAY_IDX(events, i, gov_event_t));
}

gov_err_t *
gov_store_tx(gov_store_t *store, gov_store_fn_t fn, void *baton,
             apr_pool_t *pool)
{
    apr_time_t began = gov_store__mono();
    apr_array_header_t *events;
    bool doubtful = false;
    apr_pool_t *event_pool, *scratch;
    gov_db_t *db = NULL;
    gov_err_t *err;
    int tries, keep = 0;

    apr_pool_create(&event_pool, pool);
    apr_pool_create(&scratch, pool);
    events = apr_array_make(event_pool, 4, sizeof(gov_event_t));
    for (tries = 0;; tries++) {
        attempt_t result = { GOV_FAULT_LOST, false, false };
        apr_time_t began_run = gov_store__mono();
        bool busy = false;

        apr_pool_clear(scratch);
        /* Events of a run whose COMMIT is in doubt are told in any case:
           the next run may find that all is done and add none. */
        events->nelts = keep;
        err = db ? NULL : gov_store__borrow(&db, &busy, store, pool);
        if (busy)
            result.fault = GOV_FAULT_NONE;      /* waited long enough */
        if (!err) {
            db->events = events;
            db->event_pool = event_pool;
            db->rerun = doubtful;
            err = attempt(&result, db, fn, baton, scratch);
            db->events = NULL;
            if (result.doubtful) {
                doubtful = true;
                keep = events->nelts;
            }
            if (db->fault == GOV_FAULT_LOST) {
                gov_store_return(db);
                db = NULL;
            }
        }
        if (!err || result.fault == GOV_FAULT_NONE)
            break;
        result.slow = gov_store__mono() - began_run >= GOV_STORE_QUICK;
        if (too_late(store, &result, doubtful, began))
            break;
        if (tries)
            back_off(store, tries);
    }
    if (db)
        gov_store_return(db);
    if (err) {
        if (doubtful)
            err = gov_err(GOV_E_UNAVAILABLE, err, pool,
                          "whether the transaction was committed is unknown");
        err = gov_err_dup(err, pool);
        apr_pool_destroy(scratch);
        return err;
    }
    apr_pool_destroy(scratch);
    tell_listener(store, events);
    apr_pool_destroy(event_pool);
    return NULL;
}

bool
gov_db_is_rerun(const gov_db_t *db)
{
    return db->rerun;
}
