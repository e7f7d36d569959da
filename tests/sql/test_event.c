/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The change feed and the leases. */

#define GOV_TEST_OPEN open_store
#include "private_db.h"

#include <apr_thread_proc.h>

#include "gov_event.h"

static void
empty_the_feed(gov_test_t *t)
{
    private_db_sql("DELETE FROM gov_event; UPDATE gov_event_seq SET n = 0;"
                   "DELETE FROM gov_lease", t->pool);
}

typedef struct add_t {
    apr_int64_t site, ref;
    gov_code_t fail;
    int heard;
    const gov_event_t *last;
    apr_pool_t *pool;
} add_t;

static gov_err_t *
add_event(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    add_t *a = baton;

    GOV_TRY(gov_event_add(db, "edition.live", a->site, a->ref,
                          apr_psprintf(pool, "document:%" APR_INT64_T_FMT
                                       " site:3", a->ref), pool));
    assert_int_equal(a->heard, 0);
    return a->fail ? gov_err(a->fail, NULL, pool, "no") : NULL;
}

static void
hear(void *baton, const gov_event_t *event)
{
    add_t *a = baton;

    a->heard++;
    assert_string_equal(event->kind, "edition.live");
    assert_int_equal(event->seq, 0);
    assert_int_equal(event->site, 3);
    assert_int_equal(event->ref, a->ref);
    assert_string_equal(event->tags, "document:1042 site:3");
}

static void
tells_the_listener_after_commit_and_only_then(void **state)
{
    gov_test_t *t = *state;
    add_t a = { .site = 3, .ref = 1042 };

    empty_the_feed(t);
    gov_store_listen(t->ctx.store, hear, &a);
    assert_ok(gov_store_tx(t->ctx.store, add_event, &a, t->pool));
    assert_int_equal(a.heard, 1);
    a.heard = 0;
    a.fail = GOV_E_CONFLICT;
    assert_err(GOV_E_CONFLICT,
               gov_store_tx(t->ctx.store, add_event, &a, t->pool));
    assert_int_equal(a.heard, 0);
}

static void
gives_numbers_to_the_holder_of_the_lease_only(void **state)
{
    gov_test_t *t = *state;
    gov_store_t *other = private_db_store(2, &t->clock, t->pool);
    add_t a = { .site = 0, .ref = 7 };
    apr_array_header_t *events;
    const gov_event_t *event;
    apr_int64_t last;
    int n;

    empty_the_feed(t);
    assert_ok(gov_event_number(&n, other, "other", t->pool));
    assert_int_equal(n, 0);
    assert_ok(gov_store_tx(t->ctx.store, add_event, &a, t->pool));
    assert_ok(gov_event_number(&n, t->ctx.store, "me", t->pool));
    assert_int_equal(n, 0);
    assert_ok(gov_event_since(&events, t->ctx.store, 0, t->pool));
    assert_int_equal(events->nelts, 0);
    assert_ok(gov_event_number(&n, other, "other", t->pool));
    assert_int_equal(n, 1);
    assert_ok(gov_event_since(&events, t->ctx.store, 0, t->pool));
    assert_int_equal(events->nelts, 1);
    event = &APR_ARRAY_IDX(events, 0, gov_event_t);
    assert_int_equal(event->seq, 1);
    assert_int_equal(event->site, 0);
    assert_int_equal(event->ref, 7);
    assert_string_equal(event->kind, "edition.live");
    assert_string_equal(event->tags, "document:7 site:3");
    assert_true(event->at == t->now);
    assert_ok(gov_event_last(&last, t->ctx.store, t->pool));
    assert_int_equal(last, 1);
}

typedef struct writer_t {
    gov_store_t *store;
    apr_thread_t *thread;
    int index;
    gov_err_t *err;
    apr_pool_t *pool;
} writer_t;

#define WRITERS 4
#define EACH 200

/* Some transactions stay open for a while, so that ids and commits come in
   different orders. */
static gov_err_t *
add_slowly(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const add_t *a = baton;

    GOV_TRY(gov_event_add(db, "test", a->site, a->ref, "x", pool));
    if (a->ref % 5 == 0)
        apr_sleep(3000);
    return NULL;
}

static void *APR_THREAD_FUNC
write_events(apr_thread_t *thread, void *baton)
{
    writer_t *w = baton;
    apr_pool_t *pool;
    int i;

    (void)thread;
    apr_pool_create(&pool, w->pool);
    for (i = 1; i <= EACH && !w->err; i++) {
        add_t a = { .site = w->index, .ref = i };

        w->err = gov_store_tx(w->store, add_slowly, &a, pool);
        if (!w->err)
            apr_pool_clear(pool);
    }
    return NULL;
}

static void
numbers_events_of_many_writers_without_a_gap(void **state)
{
    gov_test_t *t = *state;
    gov_store_t *reader = private_db_store(2, &t->clock, t->pool);
    double until = private_db_now() + 30;
    apr_int64_t seq = 0;
    int seen[WRITERS][EACH + 1];
    writer_t w[WRITERS];
    apr_pool_t *pool;
    apr_status_t rv;
    int i, n;

    empty_the_feed(t);
    memset(w, 0, sizeof(w));
    memset(seen, 0, sizeof(seen));
    for (i = 0; i < WRITERS; i++) {
        w[i].store = t->ctx.store;
        w[i].index = i;
        apr_pool_create_unmanaged_ex(&w[i].pool, NULL, NULL);
        assert_int_equal(apr_thread_create(&w[i].thread, NULL, write_events,
                                           &w[i], t->pool), APR_SUCCESS);
    }
    apr_pool_create(&pool, t->pool);
    while (seq < WRITERS * EACH && private_db_now() < until) {
        apr_array_header_t *events;

        apr_pool_clear(pool);
        assert_ok(gov_event_number(&n, t->ctx.store, "me", pool));
        assert_ok(gov_event_since(&events, reader, seq, pool));
        for (i = 0; i < events->nelts; i++) {
            const gov_event_t *e = &APR_ARRAY_IDX(events, i, gov_event_t);

            assert_int_equal(e->seq, ++seq);
            assert_int_equal(seen[e->site][e->ref]++, 0);
        }
    }
    for (i = 0; i < WRITERS; i++) {
        apr_thread_join(&rv, w[i].thread);
        assert_ok(w[i].err);
        apr_pool_destroy(w[i].pool);
    }
    assert_int_equal(seq, WRITERS * EACH);
}

static void
gives_a_lease_to_one_owner_at_a_time(void **state)
{
    gov_test_t *t = *state;
    gov_store_t *other = private_db_store(2, &t->clock, t->pool);
    apr_interval_time_t length = APR_USEC_PER_SEC;
    double began;
    bool held;

    empty_the_feed(t);
    began = private_db_now();
    assert_ok(gov_lease_take(&held, t->ctx.store, "cron", "a", length,
                             t->pool));
    assert_true(held);
    while (private_db_now() - began < 0.7) {
        assert_ok(gov_lease_take(&held, other, "cron", "b", length, t->pool));
        assert_false(held);
        apr_sleep(10000);
    }
    while (!held && private_db_now() - began < 3) {
        assert_ok(gov_lease_take(&held, other, "cron", "b", length, t->pool));
        apr_sleep(10000);
    }
    assert_true(held);
    assert_true(private_db_now() - began >= 1);
    assert_ok(gov_lease_take(&held, t->ctx.store, "cron", "a", length,
                             t->pool));
    assert_false(held);
    assert_string_equal(private_db_sql("SELECT epoch FROM gov_lease "
                                       "WHERE name = 'cron'", t->pool), "2");
}

static void
keeps_a_lease_that_is_taken_again_in_time(void **state)
{
    gov_test_t *t = *state;
    gov_store_t *other = private_db_store(2, &t->clock, t->pool);
    double until = private_db_now() + 1.5;
    bool held;

    empty_the_feed(t);
    while (private_db_now() < until) {
        assert_ok(gov_lease_take(&held, t->ctx.store, "cron", "a", 500000,
                                 t->pool));
        assert_true(held);
        assert_ok(gov_lease_take(&held, other, "cron", "b", 500000, t->pool));
        assert_false(held);
        apr_sleep(20000);
    }
    assert_string_equal(private_db_sql("SELECT epoch FROM gov_lease "
                                       "WHERE name = 'cron'", t->pool), "1");
}

static void
lets_go_of_a_lease_at_once(void **state)
{
    gov_test_t *t = *state;
    gov_store_t *other = private_db_store(2, &t->clock, t->pool);
    bool held;

    empty_the_feed(t);
    assert_ok(gov_lease_take(&held, t->ctx.store, "cron", "a",
                             60 * APR_USEC_PER_SEC, t->pool));
    assert_true(held);
    assert_ok(gov_lease_give(t->ctx.store, "cron", "a", t->pool));
    assert_ok(gov_lease_take(&held, other, "cron", "b",
                             60 * APR_USEC_PER_SEC, t->pool));
    assert_true(held);
    assert_ok(gov_lease_give(t->ctx.store, "cron", "a", t->pool));
    assert_ok(gov_lease_take(&held, t->ctx.store, "cron", "a",
                             60 * APR_USEC_PER_SEC, t->pool));
    assert_false(held);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(tells_the_listener_after_commit_and_only_then),
    GOV_TEST(gives_numbers_to_the_holder_of_the_lease_only),
    GOV_TEST(numbers_events_of_many_writers_without_a_gap),
    GOV_TEST(gives_a_lease_to_one_owner_at_a_time),
    GOV_TEST(keeps_a_lease_that_is_taken_again_in_time),
    GOV_TEST(lets_go_of_a_lease_at_once),
};
GOV_TEST_MAIN(tests)
