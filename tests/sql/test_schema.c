/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Migrations: found, applied, recorded. */

#define GOV_TEST_OPEN open_store
#include "private_db.h"

#include "gov_schema.h"

static void
count(void *baton, const gov_migration_t *m)
{
    assert_true(m->applied != 0);
    ++*(int *)baton;
}

static gov_err_t *
apply(int *applied, gov_test_t *t, const char *component)
{
    *applied = 0;
    return gov_schema_apply(t->ctx.store, component, gov_test_dir(t), "tester",
                            count, applied, t->pool);
}

static void
applies_what_is_missing_in_order(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *list;
    const gov_migration_t *m;
    int n;

    gov_test_write(t, "README.md", "not a migration");
    gov_test_write(t, "0002-more.sql", "ALTER TABLE one ADD COLUMN IF NOT "
                   "EXISTS\n  b INT NOT NULL DEFAULT 0;\n");
    gov_test_write(t, "0001-one.sql", "-- a comment; with a mark;\n\n"
                   "CREATE TABLE IF NOT EXISTS one (a INT PRIMARY KEY);  \n"
                   "INSERT IGNORE INTO one VALUES (1);\n");
    assert_ok(gov_schema_status(&list, t->ctx.store, "demo", gov_test_dir(t),
                                t->pool));
    assert_int_equal(list->nelts, 2);
    assert_int_equal(APR_ARRAY_IDX(list, 0, gov_migration_t).applied, 0);
    assert_ok(apply(&n, t, "demo"));
    assert_int_equal(n, 2);
    assert_ok(apply(&n, t, "demo"));
    assert_int_equal(n, 0);
    assert_ok(gov_schema_version(&n, t->ctx.store, "demo", t->pool));
    assert_int_equal(n, 2);
    assert_string_equal(private_db_sql("SELECT a + b FROM one", t->pool), "1");
    assert_ok(gov_schema_status(&list, t->ctx.store, "demo", gov_test_dir(t),
                                t->pool));
    m = &APR_ARRAY_IDX(list, 1, gov_migration_t);
    assert_int_equal(m->version, 2);
    assert_true(m->applied == t->now);
    assert_false(m->changed);
    assert_int_equal(strlen(m->digest), 40);
}

static void
tells_when_an_applied_file_was_changed(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *list;
    int n;

    gov_test_write(t, "0001-two.sql",
                   "CREATE TABLE IF NOT EXISTS two (a INT PRIMARY KEY);\n");
    assert_ok(apply(&n, t, "changed"));
    gov_test_write(t, "0001-two.sql",
                   "CREATE TABLE IF NOT EXISTS two (b INT PRIMARY KEY);\n");
    assert_ok(gov_schema_status(&list, t->ctx.store, "changed",
                                gov_test_dir(t), t->pool));
    assert_true(APR_ARRAY_IDX(list, 0, gov_migration_t).changed);
}

static void
names_file_and_line_of_a_statement_that_fails(void **state)
{
    gov_test_t *t = *state;
    const gov_err_t *err;
    int n;

    gov_test_write(t, "0001-bad.sql", "CREATE TABLE IF NOT EXISTS three\n"
                   " (a INT PRIMARY KEY);\n\nCREATE TABEL oops\n (x INT);\n");
    err = apply(&n, t, "bad");
    assert_err(GOV_E_INTERNAL, (gov_err_t *)(apr_uintptr_t)err);
    assert_contains(err->message, "0001-bad.sql:4");
    assert_int_equal(n, 0);
    assert_ok(gov_schema_version(&n, t->ctx.store, "bad", t->pool));
    assert_int_equal(n, 0);
}

static void
refuses_a_statement_without_end_and_two_files_with_one_number(void **state)
{
    gov_test_t *t = *state;
    int n;

    gov_test_write(t, "0001-open.sql", "SELECT 1;\nSELECT 2\n");
    assert_err(GOV_E_INVALID, apply(&n, t, "open"));
    gov_test_write(t, "0001-open.sql", "DO 1;\n");
    gov_test_write(t, "0001-again.sql", "DO 1;\n");
    assert_err(GOV_E_INVALID, apply(&n, t, "open"));
}

static void
knows_version_0_of_what_was_never_applied(void **state)
{
    gov_test_t *t = *state;
    int n = -1;

    assert_ok(gov_schema_version(&n, t->ctx.store, "nothing", t->pool));
    assert_int_equal(n, 0);
    assert_ok(gov_schema_version(&n, t->ctx.store, "core", t->pool));
    assert_int_equal(n, GOV_SCHEMA_MAX);      /* the newest in sql/migrations */
    assert_true(n >= GOV_SCHEMA_MIN);
}

static void
lets_only_one_runner_apply(void **state)
{
    gov_test_t *t = *state;
    int n;

    gov_test_write(t, "0001-late.sql", "DO 1;\n");
    private_db_sql("REPLACE INTO gov_lease VALUES ('schema', 'other', 1, 0,"
                   " UTC_TIMESTAMP(6) + INTERVAL 1 MINUTE)", t->pool);
    assert_err(GOV_E_CONFLICT, apply(&n, t, "late"));
    private_db_sql("DELETE FROM gov_lease", t->pool);
    assert_ok(apply(&n, t, "late"));
    assert_int_equal(n, 1);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(applies_what_is_missing_in_order),
    GOV_TEST(tells_when_an_applied_file_was_changed),
    GOV_TEST(names_file_and_line_of_a_statement_that_fails),
    GOV_TEST(refuses_a_statement_without_end_and_two_files_with_one_number),
    GOV_TEST(knows_version_0_of_what_was_never_applied),
    GOV_TEST(lets_only_one_runner_apply),
};
GOV_TEST_MAIN(tests)
