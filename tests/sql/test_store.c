/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Statements and transactions against a real MariaDB. */

#define GOV_TEST_OPEN open_store
#include "private_db.h"

#include <apr_thread_proc.h>

#include "gov_store.h"

/* --- a table with a column of each kind --------------------------------- */

typedef struct thing_t {
    apr_int64_t id, parent;
    apr_int64_t number;
    bool flag;
    const char *text;
    gov_bytes_t bytes;
    apr_time_t at;
    double real;
} thing_t;

#define COL(name, kind) { #name, kind, offsetof(thing_t, name) }
static const gov_sql_col_t thing_cols[] = {
    COL(id, GOV_SQL_ID), COL(parent, GOV_SQL_ID), COL(number, GOV_SQL_INT),
    COL(flag, GOV_SQL_BOOL), COL(text, GOV_SQL_TEXT),
    COL(bytes, GOV_SQL_BYTES), COL(at, GOV_SQL_TIME), COL(real, GOV_SQL_REAL)
};
#define N_COLS 8

static int slots[8];
static const gov_stmt_t put = {
    .name = "put",
    .sql = "INSERT INTO thing VALUES (?,?,?,?,?,?,?,?)",
    .in = thing_cols, .n_in = N_COLS, .slot = &slots[0]
};
static const gov_stmt_t get = {
    .name = "get", .sql = "SELECT * FROM thing WHERE id = ?",
    .in = thing_cols, .n_in = 1, .out = thing_cols, .n_out = N_COLS,
    .row_size = sizeof(thing_t), .slot = &slots[1]
};
static const gov_stmt_t all = {
    .name = "all", .sql = "SELECT * FROM thing ORDER BY id",
    .out = thing_cols, .n_out = N_COLS, .row_size = sizeof(thing_t),
    .slot = &slots[2]
};
static const gov_stmt_t add = {
    .name = "add", .sql = "UPDATE thing SET number = number + 1 WHERE id = ?",
    .in = thing_cols, .n_in = 1, .slot = &slots[3]
};
static const gov_stmt_t narrow = {
    .name = "narrow", .sql = "SELECT id FROM thing",
    .out = thing_cols, .n_out = N_COLS, .row_size = sizeof(thing_t),
    .slot = &slots[4]
};
static const gov_sql_col_t id_col[] = { { "id", GOV_SQL_ID, 0 } };
static const gov_stmt_t whoami = {
    .name = "whoami", .sql = "SELECT CONNECTION_ID() AS id",
    .out = id_col, .n_out = 1, .row_size = sizeof(apr_int64_t),
    .slot = &slots[5]
};

static void
make_table(gov_test_t *t)
{
    private_db_sql("CREATE OR REPLACE TABLE thing (id BIGINT PRIMARY KEY,"
                   " parent BIGINT NULL, number BIGINT NOT NULL,"
                   " flag BOOLEAN NOT NULL, text LONGTEXT NULL,"
                   " bytes VARBINARY(200) NULL, at DATETIME(6) NULL,"
                   " r DOUBLE NOT NULL, CHECK (number < 1000000))", t->pool);
}

static gov_err_t *
run_put(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    return gov_stmt_exec(NULL, NULL, db, &put, baton, pool);
}

static gov_err_t *
put_number(gov_test_t *t, apr_int64_t id, apr_int64_t number)
{
    thing_t thing = { .id = id, .number = number };

    return gov_store_tx(t->ctx.store, run_put, &thing, t->pool);
}

static gov_err_t *
get_thing(thing_t *thing, gov_test_t *t, apr_int64_t id)
{
    thing_t key = { .id = id };
    gov_db_t *db;
    gov_err_t *err;

    GOV_TRY(gov_store_borrow(&db, t->ctx.store, t->pool));
    err = gov_stmt_one(thing, db, &get, &key, t->pool);
    gov_store_return(db);
    return err;
}

/* --- values ------------------------------------------------------------- */

static void
gives_back_what_was_put(void **state)
{
    gov_test_t *t = *state;
    char *text = apr_palloc(t->pool, 300001);
    thing_t in = {
        .id = 1, .parent = -7, .number = -9000000000000, .flag = true,
        .text = text, .bytes = { "\0\xff'\\\"\n", 6 },
        .at = APR_INT64_C(1793668320123456), .real = 0.1
    };
    thing_t out;
    int i;

    for (i = 0; i < 300000; i += 3)
        memcpy(text + i, "\xe6\x94\xbf", 3);    /* a Han character */
    text[300000] = '\0';
    make_table(t);
    assert_ok(gov_store_tx(t->ctx.store, run_put, &in, t->pool));
    assert_ok(get_thing(&out, t, 1));
    assert_int_equal(out.id, 1);
    assert_int_equal(out.parent, -7);
    assert_true(out.number == in.number);
    assert_true(out.flag);
    assert_string_equal(out.text, text);
    assert_int_equal(out.bytes.len, 6);
    assert_memory_equal(out.bytes.data, in.bytes.data, 6);
    assert_true(out.at == in.at);
    assert_true(out.real == in.real);
}

static void
keeps_null_apart_from_empty(void **state)
{
    gov_test_t *t = *state;
    thing_t none = { .id = 1 };
    thing_t empty = { .id = 2, .text = "", .bytes = { "", 0 } };
    thing_t out;

    make_table(t);
    assert_ok(gov_store_tx(t->ctx.store, run_put, &none, t->pool));
    assert_ok(gov_store_tx(t->ctx.store, run_put, &empty, t->pool));
    assert_ok(get_thing(&out, t, 1));
    assert_int_equal(out.parent, 0);
    assert_null(out.text);
    assert_null(out.bytes.data);
    assert_int_equal(out.at, 0);
    assert_ok(get_thing(&out, t, 2));
    assert_string_equal(out.text, "");
    assert_non_null(out.bytes.data);
    assert_int_equal(out.bytes.len, 0);
    assert_string_equal(private_db_sql(
        "SELECT CONCAT(parent IS NULL, text IS NULL, at IS NULL) FROM thing "
        "WHERE id = 1", t->pool), "111");
}

/* --- rows --------------------------------------------------------------- */

static gov_err_t *
sum_numbers(void *baton, const void *row, apr_pool_t *pool)
{
    (void)pool;
    *(apr_int64_t *)baton += ((const thing_t *)row)->number;
    return NULL;
}

static void
reads_many_rows_at_once_or_one_by_one(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *rows;
    apr_int64_t sum = 0;
    gov_db_t *db;
    int i;

    make_table(t);
    for (i = 1; i <= 100; i++)
        assert_ok(put_number(t, i, i));
    assert_ok(gov_store_borrow(&db, t->ctx.store, t->pool));
    assert_ok(gov_stmt_many(&rows, db, &all, NULL, t->pool));
    assert_int_equal(rows->nelts, 100);
    assert_int_equal(APR_ARRAY_IDX(rows, 99, thing_t).id, 100);
    assert_ok(gov_stmt_each(db, &all, NULL, sum_numbers, &sum, t->pool));
    assert_int_equal(sum, 5050);
    gov_store_return(db);
}

static gov_err_t *
ask_again(void *baton, const void *row, apr_pool_t *pool)
{
    thing_t out;

    return gov_stmt_one(&out, baton, &get, row, pool);
}

static gov_err_t *
stop_here(void *baton, const void *row, apr_pool_t *pool)
{
    (void)baton;
    (void)row;
    return gov_err(GOV_E_GONE, NULL, pool, "enough");
}

static void
goes_on_after_a_reader_that_stopped_early(void **state)
{
    gov_test_t *t = *state;
    thing_t key = { .id = 3 }, out;
    gov_db_t *db;
    int i;

    make_table(t);
    for (i = 1; i <= 10; i++)
        assert_ok(put_number(t, i, i));
    assert_ok(gov_store_borrow(&db, t->ctx.store, t->pool));
    assert_err(GOV_E_GONE,
               gov_stmt_each(db, &all, NULL, stop_here, NULL, t->pool));
    assert_err(GOV_E_INTERNAL,
               gov_stmt_each(db, &all, NULL, ask_again, db, t->pool));
    assert_ok(gov_stmt_one(&out, db, &get, &key, t->pool));
    assert_int_equal(out.number, 3);
    gov_store_return(db);
}

static void
says_not_found_when_there_is_no_row(void **state)
{
    gov_test_t *t = *state;
    thing_t out;

    make_table(t);
    assert_err(GOV_E_NOT_FOUND, get_thing(&out, t, 42));
}

static void
refuses_a_statement_that_does_not_fit_its_columns(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *rows;
    gov_db_t *db;

    make_table(t);
    assert_ok(gov_store_borrow(&db, t->ctx.store, t->pool));
    assert_err(GOV_E_INTERNAL,
               gov_stmt_many(&rows, db, &narrow, NULL, t->pool));
    gov_store_return(db);
}

/* --- errors ------------------------------------------------------------- */

static void
tells_conflicts_from_bad_values(void **state)
{
    gov_test_t *t = *state;
    thing_t wide = { .id = 9, .bytes = { apr_pcalloc(t->pool, 300), 300 } };
    thing_t broken = { .id = 9, .text = "\xff\xfe" };

    make_table(t);
    assert_ok(put_number(t, 1, 1));
    assert_err(GOV_E_CONFLICT, put_number(t, 1, 1));
    assert_err(GOV_E_INVALID, put_number(t, 2, 2000000));
    assert_err(GOV_E_INVALID,
               gov_store_tx(t->ctx.store, run_put, &wide, t->pool));
    assert_err(GOV_E_INVALID,
               gov_store_tx(t->ctx.store, run_put, &broken, t->pool));
}

static void
changes_nothing_outside_of_a_transaction(void **state)
{
    gov_test_t *t = *state;
    thing_t thing = { .id = 1 };

    make_table(t);
    assert_err(GOV_E_INTERNAL,
               gov_store_read(t->ctx.store, run_put, &thing, t->pool));
    assert_err(GOV_E_NOT_FOUND, get_thing(&thing, t, 1));
}

/* --- transactions ------------------------------------------------------- */

static gov_err_t *
put_then_fail(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    GOV_TRY(run_put(db, baton, pool));
    return gov_err(GOV_E_FORBIDDEN, NULL, pool, "changed my mind");
}

static void
rolls_back_when_the_work_fails(void **state)
{
    gov_test_t *t = *state;
    thing_t thing = { .id = 1 };

    make_table(t);
    assert_err(GOV_E_FORBIDDEN,
               gov_store_tx(t->ctx.store, put_then_fail, &thing, t->pool));
    assert_err(GOV_E_NOT_FOUND, get_thing(&thing, t, 1));
}

static gov_err_t *
put_or_find(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    thing_t other = { .id = 77 };
    gov_err_t *err = run_put(db, baton, pool);

    if (!err || err->code != GOV_E_CONFLICT)
        return gov_err(GOV_E_INTERNAL, err, pool, "no conflict");
    return run_put(db, &other, pool);
}

static void
goes_on_after_a_duplicate_that_was_expected(void **state)
{
    gov_test_t *t = *state;
    thing_t thing = { .id = 1 };

    make_table(t);
    assert_ok(put_number(t, 1, 1));
    assert_ok(gov_store_tx(t->ctx.store, put_or_find, &thing, t->pool));
    assert_ok(get_thing(&thing, t, 77));
}

typedef struct cross_t {
    gov_store_t *store;
    apr_int64_t first, second;
    int runs, rounds;
    gov_err_t *err;
    apr_thread_t *thread;
} cross_t;

static gov_err_t *
add_to_both(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    cross_t *c = baton;
    thing_t key = { .id = c->first };

    c->runs++;
    GOV_TRY(gov_stmt_exec(NULL, NULL, db, &add, &key, pool));
    apr_sleep(1000);
    key.id = c->second;
    return gov_stmt_exec(NULL, NULL, db, &add, &key, pool);
}

static void *APR_THREAD_FUNC
cross(apr_thread_t *thread, void *baton)
{
    cross_t *c = baton;
    apr_pool_t *pool;
    int i;

    (void)thread;
    apr_pool_create(&pool, NULL);
    for (i = 0; i < c->rounds && !c->err; i++)
        c->err = gov_store_tx(c->store, add_to_both, c, pool);
    return NULL;
}

static void
runs_again_after_a_deadlock(void **state)
{
    gov_test_t *t = *state;
    cross_t c[2] = {
        { .store = t->ctx.store, .first = 1, .second = 2, .rounds = 50 },
        { .store = t->ctx.store, .first = 2, .second = 1, .rounds = 50 }
    };
    apr_status_t rv;
    thing_t out;
    int i;

    make_table(t);
    assert_ok(put_number(t, 1, 0));
    assert_ok(put_number(t, 2, 0));
    for (i = 0; i < 2; i++)
        assert_int_equal(apr_thread_create(&c[i].thread, NULL, cross, &c[i],
                                           t->pool), APR_SUCCESS);
    for (i = 0; i < 2; i++)
        apr_thread_join(&rv, c[i].thread);
    assert_ok(c[0].err);
    assert_ok(c[1].err);
    assert_true(c[0].runs + c[1].runs > 100);
    assert_ok(get_thing(&out, t, 1));
    assert_int_equal(out.number, 100);
    assert_ok(get_thing(&out, t, 2));
    assert_int_equal(out.number, 100);
}

typedef struct swallow_t {
    gov_test_t *t;
    int runs;
} swallow_t;

/* Lose the connection on the first run, and say nothing about it. */
static gov_err_t *
swallow(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    swallow_t *s = baton;
    thing_t one = { .id = 1 }, two = { .id = 2 };
    apr_int64_t me;

    s->runs++;
    GOV_TRY(run_put(db, &one, pool));
    GOV_TRY(gov_stmt_one(&me, db, &whoami, NULL, pool));
    if (s->runs == 1)
        private_db_sql(apr_psprintf(pool, "KILL %" APR_INT64_T_FMT, me), pool);
    (void)run_put(db, &two, pool);
    assert_false(gov_db_is_rerun(db));
    return NULL;
}

static void
never_commits_a_transaction_that_was_lost(void **state)
{
    gov_test_t *t = *state;
    swallow_t s = { .t = t };

    make_table(t);
    assert_ok(gov_store_tx(t->ctx.store, swallow, &s, t->pool));
    assert_int_equal(s.runs, 2);
    assert_string_equal(private_db_sql("SELECT COUNT(*) FROM thing", t->pool),
                        "2");
}

/* --- the pool ----------------------------------------------------------- */

static void
waits_at_most_two_seconds_for_a_free_connection(void **state)
{
    gov_test_t *t = *state;
    gov_store_t *store = private_db_store(2, &t->clock, t->pool);
    gov_db_t *a, *b, *c;
    double began;

    assert_ok(gov_store_borrow(&a, store, t->pool));
    assert_ok(gov_store_borrow(&b, store, t->pool));
    began = private_db_now();
    assert_err(GOV_E_UNAVAILABLE, gov_store_borrow(&c, store, t->pool));
    assert_true(private_db_now() - began > 1.9);
    assert_true(private_db_now() - began < 3);
    gov_store_return(b);
    assert_ok(gov_store_borrow(&c, store, t->pool));
    assert_ptr_equal(b, c);
    gov_store_return(c);
    gov_store_return(a);
}

static void
takes_a_connection_back_when_its_borrower_ends(void **state)
{
    gov_test_t *t = *state;
    gov_store_t *store = private_db_store(1, &t->clock, t->pool);
    apr_pool_t *request;
    gov_db_t *db;
    int i;

    for (i = 0; i < 3; i++) {
        apr_pool_create(&request, t->pool);
        assert_ok(gov_store_borrow(&db, store, request));
        apr_pool_destroy(request);
    }
}

static void
prepares_a_statement_once_per_connection(void **state)
{
    gov_test_t *t = *state;
    const char *before, *after;
    thing_t out;
    int i;

    make_table(t);
    assert_ok(put_number(t, 1, 1));
    assert_ok(get_thing(&out, t, 1));
    before = private_db_sql("SHOW GLOBAL STATUS LIKE 'Com_stmt_prepare'",
                            t->pool);
    for (i = 0; i < 20; i++)
        assert_ok(get_thing(&out, t, 1));
    after = private_db_sql("SHOW GLOBAL STATUS LIKE 'Com_stmt_prepare'",
                           t->pool);
    assert_string_equal(before, after);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(gives_back_what_was_put),
    GOV_TEST(keeps_null_apart_from_empty),
    GOV_TEST(reads_many_rows_at_once_or_one_by_one),
    GOV_TEST(goes_on_after_a_reader_that_stopped_early),
    GOV_TEST(says_not_found_when_there_is_no_row),
    GOV_TEST(refuses_a_statement_that_does_not_fit_its_columns),
    GOV_TEST(tells_conflicts_from_bad_values),
    GOV_TEST(changes_nothing_outside_of_a_transaction),
    GOV_TEST(rolls_back_when_the_work_fails),
    GOV_TEST(goes_on_after_a_duplicate_that_was_expected),
    GOV_TEST(runs_again_after_a_deadlock),
    GOV_TEST(never_commits_a_transaction_that_was_lost),
    GOV_TEST(waits_at_most_two_seconds_for_a_free_connection),
    GOV_TEST(takes_a_connection_back_when_its_borrower_ends),
    GOV_TEST(prepares_a_statement_once_per_connection),
};
GOV_TEST_MAIN(tests)
