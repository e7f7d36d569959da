/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* What the store does when the database goes away, and comes back. */

#define GOV_TEST_OPEN open_store
#include "private_db.h"

#include <apr_thread_proc.h>

#include "gov_event.h"

typedef struct row_t {
    apr_int64_t writer, number;
} row_t;

#define COL(name) { #name, GOV_SQL_INT, offsetof(row_t, name) }
static const gov_sql_col_t cols[] = { COL(writer), COL(number) };
static int slots[4];
static const gov_stmt_t put = {
    .name = "put", .sql = "INSERT INTO acked (writer, number) VALUES (?, ?)",
    .in = cols, .n_in = 2, .slot = &slots[0]
};
static const gov_stmt_t count_up = {
    .name = "count_up", .sql = "UPDATE total SET n = n + 1 WHERE writer = ?",
    .in = cols, .n_in = 1, .slot = &slots[1]
};
static const gov_stmt_t count = {
    .name = "count", .sql = "SELECT COUNT(*) AS writer FROM acked",
    .out = cols, .n_out = 1, .row_size = sizeof(row_t), .slot = &slots[2]
};

static void
make_tables(gov_test_t *t)
{
    private_db_sql("CREATE OR REPLACE TABLE acked (writer BIGINT,"
                   " number BIGINT, PRIMARY KEY (writer, number));"
                   "CREATE OR REPLACE TABLE total (writer BIGINT PRIMARY KEY,"
                   " n BIGINT NOT NULL);"
                   "INSERT INTO total VALUES (0,0),(1,0),(2,0),(3,0)",
                   t->pool);
}

static gov_err_t *
read_count(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    row_t row;

    GOV_TRY(gov_stmt_one(&row, db, &count, NULL, pool));
    *(apr_int64_t *)baton = row.writer;
    return NULL;
}

/* The row's key is the idempotency key: in a run after a doubtful COMMIT, a
   duplicate says that all is done. */
static gov_err_t *
write_row(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    gov_err_t *err = gov_stmt_exec(NULL, NULL, db, &put, baton, pool);

    if (err && err->code == GOV_E_CONFLICT && gov_db_is_rerun(db))
        return NULL;
    return err ? err : gov_stmt_exec(NULL, NULL, db, &count_up, baton, pool);
}

typedef struct writer_t {
    gov_store_t *store;
    const bool *stop;
    apr_thread_t *thread;
    row_t row;
    int acked, refused;
    double longest;
    gov_code_t other;
} writer_t;

/* As a citizen would: on "unavailable" send the same form again. */
static void *APR_THREAD_FUNC
write_rows(apr_thread_t *thread, void *baton)
{
    writer_t *w = baton;
    apr_pool_t *pool;
    bool again = false;

    (void)thread;
    apr_pool_create(&pool, NULL);
    while (!__atomic_load_n(w->stop, __ATOMIC_SEQ_CST) || again) {
        double began = private_db_now();
        gov_err_t *err;

        if (!again)
            w->row.number++;
        err = gov_store_tx(w->store, write_row, &w->row, pool);
        if (private_db_now() - began > w->longest)
            w->longest = private_db_now() - began;
        again = err != NULL;
        if (!err)
            w->acked++;
        else if (err->code == GOV_E_UNAVAILABLE)
            w->refused++;
        else if (err->code == GOV_E_CONFLICT && w->refused) {
            again = false;        /* the form had arrived after all */
            w->acked++;
        } else {
            w->other = err->code;
            break;
        }
        apr_pool_clear(pool);
    }
    return NULL;
}

static void
loses_and_doubles_nothing_when_the_server_is_killed(void **state)
{
    gov_test_t *t = *state;
    writer_t w[4];
    bool stop = false;
    apr_status_t rv;
    int i;

    make_tables(t);
    memset(w, 0, sizeof(w));
    for (i = 0; i < 4; i++) {
        w[i].store = t->ctx.store;
        w[i].stop = &stop;
        w[i].row.writer = i;
        assert_int_equal(apr_thread_create(&w[i].thread, NULL, write_rows,
                                           &w[i], t->pool), APR_SUCCESS);
    }
    for (i = 0; i < 2; i++) {
        apr_sleep(700000);
        private_db("kill");
    }
    apr_sleep(2500000);
    __atomic_store_n(&stop, true, __ATOMIC_SEQ_CST);
    for (i = 0; i < 4; i++)
        apr_thread_join(&rv, w[i].thread);
    for (i = 0; i < 4; i++) {
        assert_int_equal(w[i].other, GOV_E_NONE);
        assert_int_equal(w[i].refused, 0);
        assert_int_equal(w[i].acked, w[i].row.number);
        assert_true(w[i].acked > 10);
        assert_true(w[i].longest < 5);
        assert_string_equal(
            private_db_sql(apr_psprintf(t->pool,
                "SELECT CONCAT((SELECT COUNT(*) FROM acked WHERE writer = %d),"
                " ' ', (SELECT n FROM total WHERE writer = %d))", i, i),
                t->pool),
            apr_psprintf(t->pool, "%d %d", w[i].acked, w[i].acked));
    }
}

typedef struct doubt_t {
    row_t row;
    int runs, reruns, heard;
} doubt_t;

/* Stop the server between the last statement and COMMIT, which is then not
   answered in time, but carried out later. */
static gov_err_t *
write_and_pause(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    doubt_t *d = baton;

    d->runs++;
    d->reruns += gov_db_is_rerun(db);
    GOV_TRY(write_row(db, &d->row, pool));
    if (d->reruns)
        return NULL;              /* as work that finds itself done would */
    GOV_TRY(gov_event_add(db, "test", 1, 1, "x", pool));
    private_db("pause");
    return NULL;
}

static void *APR_THREAD_FUNC
resume_later(apr_thread_t *thread, void *baton)
{
    (void)thread;
    (void)baton;
    apr_sleep(5300000);
    private_db("resume");
    return NULL;
}

static void
count_event(void *baton, const gov_event_t *event)
{
    (void)event;
    ++*(int *)baton;
}

static void
finds_a_commit_done_that_was_not_answered(void **state)
{
    gov_test_t *t = *state;
    doubt_t d = { .row = { 2, 1 } };
    apr_thread_t *thread;
    apr_status_t rv;

    make_tables(t);
    gov_store_listen(t->ctx.store, count_event, &d.heard);
    assert_int_equal(apr_thread_create(&thread, NULL, resume_later, NULL,
                                       t->pool), APR_SUCCESS);
    assert_ok(gov_store_tx(t->ctx.store, write_and_pause, &d, t->pool));
    apr_thread_join(&rv, thread);
    assert_int_equal(d.runs, 2);
    assert_int_equal(d.reruns, 1);
    assert_int_equal(d.heard, 1);
    assert_string_equal(private_db_sql(
        "SELECT CONCAT((SELECT COUNT(*) FROM acked), ' ', n) FROM total"
        " WHERE writer = 2", t->pool), "1 1");
}

static void
notices_nothing_of_idle_connections_that_were_killed(void **state)
{
    gov_test_t *t = *state;
    apr_int64_t n;
    int i;

    make_tables(t);
    for (i = 0; i < 5; i++) {
        row_t row = { 1, i };

        assert_ok(gov_store_read(t->ctx.store, read_count, &n, t->pool));
        private_db_sql("SELECT GROUP_CONCAT(CONCAT('KILL ', id) SEPARATOR ';')"
                       " INTO @k FROM information_schema.processlist WHERE"
                       " db = 'govportal' AND id <> CONNECTION_ID();"
                       " EXECUTE IMMEDIATE @k", t->pool);
        assert_ok(gov_store_tx(t->ctx.store, write_row, &row, t->pool));
        private_db_sql("SELECT GROUP_CONCAT(CONCAT('KILL ', id) SEPARATOR ';')"
                       " INTO @k FROM information_schema.processlist WHERE"
                       " db = 'govportal' AND id <> CONNECTION_ID();"
                       " EXECUTE IMMEDIATE @k", t->pool);
        assert_ok(gov_store_read(t->ctx.store, read_count, &n, t->pool));
        assert_int_equal(n, i + 1);
    }
}

static void
notices_nothing_of_a_restart_between_two_reads(void **state)
{
    gov_test_t *t = *state;
    apr_int64_t n;

    make_tables(t);
    assert_ok(gov_store_read(t->ctx.store, read_count, &n, t->pool));
    private_db("stop");
    private_db("start");
    assert_ok(gov_store_read(t->ctx.store, read_count, &n, t->pool));
}

static void
answers_at_once_while_the_server_is_away(void **state)
{
    gov_test_t *t = *state;
    row_t row = { 1, 1 };
    apr_int64_t n;
    double began;
    int i;

    make_tables(t);
    assert_true(gov_store_alive(t->ctx.store));
    private_db("stop");
    began = private_db_now();
    for (i = 0; i < 100; i++)
        assert_err(GOV_E_UNAVAILABLE,
                   gov_store_read(t->ctx.store, read_count, &n, t->pool));
    assert_true(private_db_now() - began < 1);
    assert_false(gov_store_alive(t->ctx.store));
    began = private_db_now();
    assert_err(GOV_E_UNAVAILABLE,
               gov_store_tx(t->ctx.store, write_row, &row, t->pool));
    assert_true(private_db_now() - began < 5);
    private_db("start");
    apr_sleep(1000000);
    assert_true(gov_store_alive(t->ctx.store));
    assert_ok(gov_store_tx(t->ctx.store, write_row, &row, t->pool));
}

typedef struct asker_t {
    gov_store_t *store;
    apr_thread_t *thread;
    double longest;
    int answered;
} asker_t;

static void *APR_THREAD_FUNC
ask(apr_thread_t *thread, void *baton)
{
    asker_t *a = baton;
    double until = private_db_now() + 6;
    apr_pool_t *pool;
    apr_int64_t n;

    (void)thread;
    apr_pool_create(&pool, NULL);
    while (private_db_now() < until) {
        double began = private_db_now();

        if (!gov_store_read(a->store, read_count, &n, pool))
            a->answered++;
        if (private_db_now() - began > a->longest)
            a->longest = private_db_now() - began;
        apr_sleep(20000);
        apr_pool_clear(pool);
    }
    return NULL;
}

static void
hangs_no_longer_than_its_time_out_when_the_server_hangs(void **state)
{
    gov_test_t *t = *state;
    asker_t a[6];
    apr_status_t rv;
    int i;

    make_tables(t);
    memset(a, 0, sizeof(a));
    for (i = 0; i < 6; i++) {
        a[i].store = t->ctx.store;
        assert_int_equal(apr_thread_create(&a[i].thread, NULL, ask, &a[i],
                                           t->pool), APR_SUCCESS);
    }
    apr_sleep(200000);
    private_db("pause");
    for (i = 0; i < 6; i++)
        apr_thread_join(&rv, a[i].thread);
    private_db("resume");
    for (i = 0; i < 6; i++) {
        assert_true(a[i].answered > 0);
        assert_true(a[i].longest < 5.5);
    }
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(loses_and_doubles_nothing_when_the_server_is_killed),
    GOV_TEST(finds_a_commit_done_that_was_not_answered),
    GOV_TEST(notices_nothing_of_idle_connections_that_were_killed),
    GOV_TEST(notices_nothing_of_a_restart_between_two_reads),
    GOV_TEST(answers_at_once_while_the_server_is_away),
    GOV_TEST(hangs_no_longer_than_its_time_out_when_the_server_hangs),
};
GOV_TEST_MAIN(tests)
