/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The audit's chain in the database: made by one, in order of commit, and every way
   of changing it is found. */

#define GOV_TEST_OPEN open_store
#include "private_db.h"

#include <apr_thread_proc.h>
#include <mysql.h>

#include "../unit/security/key_fixture.h"
#include "gov_audit.h"

/* As whoever holds the database's administrator account: past the triggers. */
#define PAST_THE_TRIGGERS(t, sql)                                             \
    private_db_sql("DROP TRIGGER audit_stays; DROP TRIGGER audit_unchanged;" \
                   sql, (t)->pool)

static void
begin(gov_test_t *t)
{
    private_db_sql("TRUNCATE gov_audit; DELETE FROM gov_lease;"
                   "UPDATE gov_audit_head SET seq = 0, mac = NULL,"
                   " chain = REPEAT(CHAR(0), 32)", t->pool);
    /* the triggers of an earlier test's end */
    private_db_sql(apr_psprintf(t->pool, "source %s", private_db_source(
                                    "sql/migrations/0005-audit-chain.sql",
                                    t->pool)), t->pool);
    t->ctx.keys = ring(t, "1 standard " HEX_A "\n");
    assert_ok(gov_actor_operator(&t->ctx.actor, t->pool));
}

typedef struct add_t {
    const gov_ctx_t *ctx;
    const char *object;
    apr_interval_time_t stay;
} add_t;

static gov_err_t *
add(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const add_t *a = baton;

    GOV_TRY(gov_audit_add(db, a->ctx, "test.do", 3, a->object, true, "细节",
                          pool));
    if (a->stay)
        apr_sleep(a->stay);
    return NULL;
}

static void
do_it(gov_test_t *t, const char *object)
{
    add_t a = { &t->ctx, object, 0 };

    assert_ok(gov_store_tx(t->ctx.store, add, &a, t->pool));
}

static int
chain(gov_test_t *t)
{
    int chained;
    bool cut;

    assert_ok(gov_audit_chain(&chained, &cut, &t->ctx, "me", t->pool));
    return chained;
}

typedef struct found_t {
    char words[2000];
} found_t;

static void
note(void *baton, const gov_audit_finding_t *finding)
{
    found_t *f = baton;
    apr_size_t len = strlen(f->words);

    apr_snprintf(f->words + len, sizeof(f->words) - len, "%s ", finding->what);
}

/* The words of all findings. */
static const char *
verified(gov_test_t *t, const apr_array_header_t *anchors)
{
    found_t *f = apr_pcalloc(t->pool, sizeof(*f));
    const gov_permit_t *permit;
    gov_audit_sum_t sum;

    assert_ok(gov_permit_get(&permit, &t->ctx, GOV_ACTION_AUDIT, 0, 0,
                             t->pool));
    assert_ok(gov_audit_verify(&sum, &t->ctx, anchors, note, f, permit,
                               t->pool));
    return f->words;
}

static void
three_rows(gov_test_t *t)
{
    begin(t);
    do_it(t, "document:1");
    do_it(t, "document:2");
    do_it(t, "document:3");
    assert_int_equal(chain(t), 3);
    assert_string_equal(verified(t, NULL), "");
}

static void
finds_nothing_in_a_sound_chain(void **state)
{
    gov_test_t *t = *state;

    three_rows(t);
    do_it(t, "document:4");
    assert_int_equal(chain(t), 1);
    assert_int_equal(chain(t), 0);
    assert_string_equal(verified(t, NULL), "");
}

static void
keeps_address_and_request_of_whoever_acts(void **state)
{
    gov_test_t *t = *state;
    gov_actor_t person = { .kind = GOV_ACTOR_PERSON, .name = "person:zhang",
                           .person = 1, .address = "2001:db8::1" };
    gov_ctx_t ctx;
    add_t a = { &ctx, "document:1", 0 };

    begin(t);
    ctx = t->ctx;
    ctx.actor = &person;
    ctx.request_id = "id with\tblanks";
    assert_ok(gov_store_tx(t->ctx.store, add, &a, t->pool));
    assert_string_equal(private_db_sql(
        "SELECT CONCAT(actor, ' ', address, ' ', request_id) FROM gov_audit",
        t->pool), "person:zhang 2001:db8::1 id?with?blanks");
    assert_int_equal(chain(t), 1);
    assert_string_equal(verified(t, NULL), "");
}

static apr_status_t
close_mysql(void *mysql)
{
    mysql_close(mysql);
    return APR_SUCCESS;
}

/* What the database says to SQL; "" is fine. */
static const char *
answer(gov_test_t *t, const char *sql)
{
    MYSQL *mysql = mysql_init(NULL);

    assert_non_null(mysql);
    apr_pool_cleanup_register(t->pool, mysql, close_mysql,
                              apr_pool_cleanup_null);
    if (!mysql_real_connect(mysql, NULL, private_db_user(t->pool), NULL,
                            "govportal", 0, private_db_socket(t->pool), 0))
        fail_msg("%s", mysql_error(mysql));
    return mysql_query(mysql, sql) ? mysql_error(mysql) : "";
}

static void
lets_nobody_delete_or_change_a_row(void **state)
{
    gov_test_t *t = *state;

    three_rows(t);
    assert_contains(answer(t, "DELETE FROM gov_audit"), "never deleted");
    assert_string_equal(answer(t, "UPDATE gov_audit SET detail = 'x', seq = 9"),
                        "");
    assert_string_equal(answer(t, "UPDATE gov_audit SET seq = NULL"), "");
    assert_string_equal(verified(t, NULL), "");
}

static void
tells_a_changed_row(void **state)
{
    gov_test_t *t = *state;

    three_rows(t);
    PAST_THE_TRIGGERS(t, "UPDATE gov_audit SET actor = 'operator:other'"
                         " WHERE seq = 2");
    assert_string_equal(verified(t, NULL), "trigger changed link ");
}

static void
tells_a_deleted_row(void **state)
{
    gov_test_t *t = *state;

    three_rows(t);
    PAST_THE_TRIGGERS(t, "DELETE FROM gov_audit WHERE seq = 2");
    assert_string_equal(verified(t, NULL), "trigger gap ");
}

/* The gap is closed by counting anew: the links do not fit. */
static void
tells_a_row_that_was_left_out_with_care(void **state)
{
    gov_test_t *t = *state;

    three_rows(t);
    PAST_THE_TRIGGERS(t, "DELETE FROM gov_audit WHERE seq = 2;"
                         "UPDATE gov_audit SET seq = 2 WHERE seq = 3;"
                         "UPDATE gov_audit_head SET seq = 2");
    assert_string_equal(verified(t, NULL), "trigger link head ");
}

static void
tells_rows_cut_off_the_end_and_goes_on_behind_the_gap(void **state)
{
    gov_test_t *t = *state;
    int chained;
    bool cut;

    three_rows(t);
    PAST_THE_TRIGGERS(t, "DELETE FROM gov_audit WHERE seq = 3");
    assert_string_equal(verified(t, NULL), "trigger cut ");
    do_it(t, "document:4");
    assert_ok(gov_audit_chain(&chained, &cut, &t->ctx, "me", t->pool));
    assert_true(cut);
    assert_string_equal(verified(t, NULL), "trigger gap ");
}

/* ... even if the head's row of then was put back: an anchor remembers. */
static void
tells_by_an_anchor_that_the_end_is_missing(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *anchors = apr_array_make(t->pool, 2,
                                                 sizeof(gov_anchor_t));

    three_rows(t);
    private_db_sql("DROP TABLE IF EXISTS old_head;"
                   "CREATE TABLE old_head LIKE gov_audit_head;"
                   "INSERT INTO old_head SELECT * FROM gov_audit_head",
                   t->pool);
    do_it(t, "document:4");
    assert_int_equal(chain(t), 1);
    assert_ok(gov_audit_end(apr_array_push(anchors), &t->ctx, t->pool));
    assert_int_equal(APR_ARRAY_IDX(anchors, 0, gov_anchor_t).seq, 4);
    assert_string_equal(verified(t, anchors), "");
    PAST_THE_TRIGGERS(t, "DELETE FROM gov_audit WHERE seq = 4;"
                         "REPLACE INTO gov_audit_head SELECT * FROM old_head;"
                         "DROP TABLE old_head");
    assert_string_equal(verified(t, NULL), "trigger ");
    assert_string_equal(verified(t, anchors), "trigger anchor ");
    do_it(t, "document:5");
    assert_int_equal(chain(t), 1);
    assert_string_equal(verified(t, anchors), "trigger anchor ");
}

static void
tells_a_row_that_the_program_did_not_write(void **state)
{
    gov_test_t *t = *state;

    three_rows(t);
    private_db_sql("INSERT INTO gov_audit (at, actor, action, site_id, object,"
                   " outcome) VALUES (NOW(6), 'operator:root',"
                   " 'edition.publish', 3, 'document:9', 'done')", t->pool);
    assert_int_equal(chain(t), 1);
    assert_string_equal(verified(t, NULL), "plain ");
    assert_string_equal(private_db_sql(
        "INSERT IGNORE INTO gov_audit (at, actor, action, site_id, object,"
        " outcome, detail, request_id, nonce, mac, mac_key) SELECT at, actor,"
        " action, site_id, object, outcome, detail, request_id, nonce, mac,"
        " mac_key FROM gov_audit WHERE seq = 1;"
        "SELECT COUNT(*) FROM gov_audit", t->pool), "4");
}

static void
takes_rows_from_before_the_key_ring_for_what_they_are(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys;
    const gov_permit_t *permit;
    gov_audit_sum_t sum;
    found_t f = { "" };

    begin(t);
    keys = t->ctx.keys;
    t->ctx.keys = NULL;
    do_it(t, "document:1");
    assert_int_equal(chain(t), 1);
    assert_string_equal(verified(t, NULL), "key ");
    t->ctx.keys = keys;
    do_it(t, "document:2");
    assert_int_equal(chain(t), 1);
    assert_ok(gov_permit_get(&permit, &t->ctx, GOV_ACTION_AUDIT, 0, 0,
                             t->pool));
    assert_ok(gov_audit_verify(&sum, &t->ctx, NULL, note, &f, permit,
                               t->pool));
    assert_string_equal(f.words, "");
    assert_int_equal(sum.before, 1);
    assert_int_equal(sum.rows, 2);
}

static void
tells_rows_that_wait_for_more_than_a_minute(void **state)
{
    gov_test_t *t = *state;

    begin(t);
    do_it(t, "document:1");
    assert_string_equal(verified(t, NULL), "");
    t->now += apr_time_from_sec(61);
    assert_string_equal(verified(t, NULL), "waiting ");
    assert_int_equal(chain(t), 1);
    assert_string_equal(verified(t, NULL), "");
}

static void
chains_only_while_it_holds_the_lease(void **state)
{
    gov_test_t *t = *state;
    gov_ctx_t other = t->ctx;
    int chained;
    bool cut;

    begin(t);
    other = t->ctx;
    other.store = private_db_store(2, &t->clock, t->pool);
    do_it(t, "document:1");
    assert_int_equal(chain(t), 1);
    do_it(t, "document:2");
    assert_ok(gov_audit_chain(&chained, &cut, &other, "other", t->pool));
    assert_int_equal(chained, 0);
    private_db_sql("UPDATE gov_lease SET epoch = epoch + 1, owner = 'third'"
                   " WHERE name = 'audit'", t->pool);
    assert_err(GOV_E_CONFLICT, gov_audit_chain(&chained, &cut, &t->ctx, "me",
                                               t->pool));
    assert_string_equal(private_db_sql(
        "SELECT COUNT(*) FROM gov_audit WHERE seq IS NULL", t->pool), "1");
}

typedef struct writer_t {
    gov_ctx_t ctx;
    apr_thread_t *thread;
    int index;
    gov_err_t *err;
    apr_pool_t *pool;
} writer_t;

#define WRITERS 4
#define EACH 100

/* Some stay open for a while, so that ids and commits come in different orders. */
static void *APR_THREAD_FUNC
write_rows(apr_thread_t *thread, void *baton)
{
    writer_t *w = baton;
    int i;

    (void)thread;
    for (i = 1; i <= EACH && !w->err; i++) {
        add_t a = { &w->ctx, apr_psprintf(w->pool, "document:%d",
                                          w->index * 1000 + i),
                    i % 5 ? 0 : 3000 };

        w->err = gov_store_tx(w->ctx.store, add, &a, w->pool);
    }
    return NULL;
}

static void
chains_rows_of_many_writers_without_missing_one(void **state)
{
    gov_test_t *t = *state;
    double until = private_db_now() + 30;
    gov_ctx_t ctx;
    writer_t w[WRITERS];
    apr_status_t rv;
    int i, all = 0;

    begin(t);
    /* the fake sources are not for threads */
    ctx = t->ctx;
    ctx.clock = gov_clock_real();
    memset(w, 0, sizeof(w));
    for (i = 0; i < WRITERS; i++) {
        w[i].ctx = ctx;
        w[i].index = i;
        apr_pool_create_unmanaged_ex(&w[i].pool, NULL, NULL);
        assert_int_equal(apr_thread_create(&w[i].thread, NULL, write_rows,
                                           &w[i], t->pool), APR_SUCCESS);
    }
    while (all < WRITERS * EACH && private_db_now() < until)
        all += chain(t);
    for (i = 0; i < WRITERS; i++) {
        apr_thread_join(&rv, w[i].thread);
        assert_ok(w[i].err);
        apr_pool_destroy(w[i].pool);
    }
    assert_int_equal(all, WRITERS * EACH);
    assert_string_equal(private_db_sql(
        "SELECT CONCAT(MIN(seq), ' ', MAX(seq)) FROM gov_audit", t->pool),
        "1 400");
    assert_string_equal(verified(t, NULL), "");
}

static void
finds_rows_by_what_is_known_of_them(void **state)
{
    gov_test_t *t = *state;
    gov_audit_query_t query = { .action = "test.*", .object = "document:2" };
    apr_array_header_t *objects = apr_array_make(t->pool, 2, sizeof(char *));
    apr_array_header_t *entries;
    const gov_permit_t *permit;

    three_rows(t);
    assert_ok(gov_permit_get(&permit, &t->ctx, GOV_ACTION_AUDIT, 0, 0,
                             t->pool));
    assert_ok(gov_audit_search(&entries, &t->ctx, &query, permit, t->pool));
    assert_int_equal(entries->nelts, 1);
    assert_int_equal(APR_ARRAY_IDX(entries, 0, gov_audit_entry_t).seq, 2);
    query.object = "document:_";
    assert_ok(gov_audit_search(&entries, &t->ctx, &query, permit, t->pool));
    assert_int_equal(entries->nelts, 0);
    query.object = NULL;
    query.from = t->now + 1;
    assert_ok(gov_audit_search(&entries, &t->ctx, &query, permit, t->pool));
    assert_int_equal(entries->nelts, 0);
    query.from = t->now;
    query.site = 3;
    assert_ok(gov_audit_search(&entries, &t->ctx, &query, permit, t->pool));
    assert_int_equal(entries->nelts, 3);
    APR_ARRAY_PUSH(objects, const char *) = "document:3";
    APR_ARRAY_PUSH(objects, const char *) = "document:1";
    assert_ok(gov_audit_of(&entries, &t->ctx, 3, objects, permit, t->pool));
    assert_int_equal(entries->nelts, 2);
    assert_string_equal(APR_ARRAY_IDX(entries, 0, gov_audit_entry_t).object,
                        "document:1");
}

/* A reader of one site sees its rows and no others; that somebody looked is a row
   itself. */
static void
shows_people_what_their_roles_let_them_see_and_notes_it(void **state)
{
    gov_test_t *t = *state;
    gov_grant_t grant = { .role = gov_role_named("reader"), .site = 3 };
    apr_array_header_t *grants = apr_array_make(t->pool, 1, sizeof(grant));
    gov_actor_t person = { .kind = GOV_ACTOR_PERSON, .name = "person:zhang",
                           .person = 1, .grants = grants };
    apr_array_header_t *entries;
    const gov_permit_t *permit;
    gov_ctx_t ctx;

    three_rows(t);
    private_db_sql("INSERT INTO gov_audit (at, actor, action, site_id, object,"
                   " outcome) VALUES (NOW(6), 'x', 'y', 4, 'z', 'done')",
                   t->pool);
    APR_ARRAY_PUSH(grants, gov_grant_t) = grant;
    ctx = t->ctx;
    ctx.actor = &person;
    assert_err(GOV_E_FORBIDDEN, gov_permit_get(&permit, &ctx, GOV_ACTION_AUDIT,
                                               0, 0, t->pool));
    assert_ok(gov_permit_get(&permit, &ctx, GOV_ACTION_READ, 3, 0, t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_audit_tail(&entries, &ctx, 0, 9, permit,
                                               t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_audit_tail(&entries, &ctx, 4, 9, permit,
                                               t->pool));
    assert_ok(gov_audit_tail(&entries, &ctx, 3, 9, permit, t->pool));
    assert_int_equal(entries->nelts, 4);
    assert_string_equal(APR_ARRAY_IDX(entries, 3, gov_audit_entry_t).action,
                        "audit.read");
    assert_ok(gov_permit_get(&permit, &t->ctx, GOV_ACTION_AUDIT, 0, 0,
                             t->pool));
    assert_ok(gov_audit_tail(&entries, &t->ctx, 0, 9, permit, t->pool));
    assert_int_equal(entries->nelts, 5);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(finds_nothing_in_a_sound_chain),
    GOV_TEST(keeps_address_and_request_of_whoever_acts),
    GOV_TEST(lets_nobody_delete_or_change_a_row),
    GOV_TEST(tells_a_changed_row),
    GOV_TEST(tells_a_deleted_row),
    GOV_TEST(tells_a_row_that_was_left_out_with_care),
    GOV_TEST(tells_rows_cut_off_the_end_and_goes_on_behind_the_gap),
    GOV_TEST(tells_by_an_anchor_that_the_end_is_missing),
    GOV_TEST(tells_a_row_that_the_program_did_not_write),
    GOV_TEST(takes_rows_from_before_the_key_ring_for_what_they_are),
    GOV_TEST(tells_rows_that_wait_for_more_than_a_minute),
    GOV_TEST(chains_only_while_it_holds_the_lease),
    GOV_TEST(chains_rows_of_many_writers_without_missing_one),
    GOV_TEST(finds_rows_by_what_is_known_of_them),
    GOV_TEST(shows_people_what_their_roles_let_them_see_and_notes_it),
};
GOV_TEST_MAIN(tests)
