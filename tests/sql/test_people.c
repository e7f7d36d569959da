/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Accounts, roles and sessions against a real database. */

#define GOV_TEST_OPEN open_store
#include "private_db.h"

#include "gov_actor.h"
#include "gov_factor.h"
#include "gov_key.h"
#include "gov_limit.h"
#include "gov_password.h"
#include "gov_reseal.h"
#include "gov_session.h"

#define HOST "www.example.gov.cn"
#define GOOD "Plum-tree 2026"

static const gov_permit_t *
permit(gov_test_t *t, gov_action_t action)
{
    const gov_permit_t *p = NULL;

    t->ctx.actor = gov_actor_job("test", t->pool);
    assert_ok(gov_permit_get(&p, &t->ctx, action, 0, 0, t->pool));
    return p;
}

static void
with_keys(gov_test_t *t)
{
    const char *file = apr_psprintf(t->pool, "%s/keys-%p", ".", (void *)t);
    static unsigned people;

    /* the tests share a database, so no two of them may draw the same tokens */
    t->random = ++people << 10;

    t->ctx.policy = gov_policy_default();
    apr_file_remove(file, t->pool);
    assert_ok(gov_keys_create(file, "standard", t->pool));
    assert_ok(gov_keys_read(&t->ctx.keys, file, t->pool));
    apr_file_remove(file, t->pool);
}

/* A new person each time; *PASSWORD is the one-time one. */
static const gov_person_t *
somebody(gov_test_t *t, const char *class_, const char **password)
{
    static int n;
    gov_person_new_t made = { .name = "\xe6\x9d\x8e\xe5\xa8\x9c" };
    const gov_person_t *person;
    const char *once;
    apr_int64_t id;

    with_keys(t);
    made.login = apr_psprintf(t->pool, "li.na%d-%d", (int)getpid(), n++);
    made.class_ = class_;
    assert_ok(gov_person_add(&id, &once, &t->ctx, &made,
                             permit(t, GOV_ACTION_PEOPLE), t->pool));
    assert_ok(gov_person_named(&person, &t->ctx, made.login, t->pool));
    assert_int_equal(person->id, id);
    assert_true(person->must_change);
    if (password)
        *password = once;
    return person;
}

static gov_err_t *
knock(const gov_session_t **session, gov_test_t *t, const char *login,
      const char *password, const char *address)
{
    gov_knock_t k = { .login = login, .password = password, .host = HOST,
                      .address = address, .agent = "test" };
    gov_actor_t *actor = apr_pcalloc(t->pool, sizeof(*actor));

    *actor = *gov_actor_public();
    actor->address = address;
    t->ctx.actor = actor;
    return gov_sign_in(session, &t->ctx, &k, t->pool);
}

static gov_err_t *
find(const gov_session_t **session, gov_test_t *t, const char *token)
{
    return gov_session_find(session, &t->ctx, token, HOST, "203.0.113.1",
                            t->pool);
}

/* An account whose password is GOOD, and an open session of it. */
static const gov_session_t *
signed_in(gov_test_t *t, const char *class_)
{
    const char *once;
    const gov_person_t *person = somebody(t, class_, &once);
    const gov_session_t *s, *next;

    assert_ok(knock(&s, t, person->login, once, "203.0.113.1"));
    assert_int_equal(s->step, GOV_STEP_PASSWORD);
    assert_ok(gov_session_password(&next, &t->ctx, s, once, GOOD, t->pool));
    assert_int_equal(next->step, GOV_STEP_OPEN);
    return next;
}

static void
a_one_time_password_must_be_changed(void **state)
{
    gov_test_t *t = *state;
    const char *once;
    const gov_person_t *person = somebody(t, "content", &once);
    const gov_session_t *s, *next, *again;

    assert_ok(knock(&s, t, person->login, once, "203.0.113.1"));
    assert_int_equal(s->step, GOV_STEP_PASSWORD);
    assert_int_equal(s->actor->kind, GOV_ACTOR_PUBLIC);
    assert_err(GOV_E_INVALID, gov_session_password(&next, &t->ctx, s, once,
                                                   once, t->pool));
    assert_err(GOV_E_INVALID, gov_session_password(&next, &t->ctx, s, "wrong",
                                                   GOOD, t->pool));
    assert_ok(gov_session_password(&next, &t->ctx, s, once, GOOD, t->pool));
    assert_int_equal(next->step, GOV_STEP_OPEN);
    assert_int_equal(next->actor->person, person->id);
    assert_string_not_equal(next->token, s->token);
    assert_err(GOV_E_SIGN_IN, find(&again, t, s->token));
    assert_ok(find(&again, t, next->token));
    assert_err(GOV_E_INVALID, knock(&s, t, person->login, once,
                                    "203.0.113.1"));
}

static void
a_session_opens_one_host_only(void **state)
{
    gov_test_t *t = *state;
    const gov_session_t *s = signed_in(t, "content"), *found;

    assert_err(GOV_E_SIGN_IN, gov_session_find(&found, &t->ctx, s->token,
                                               "edu.example.gov.cn", NULL,
                                               t->pool));
    assert_err(GOV_E_SIGN_IN, find(&found, t, "nonsense"));
}

static void
a_session_ends_idle_and_at_last(void **state)
{
    gov_test_t *t = *state;
    const gov_session_t *s = signed_in(t, "content"), *found;
    apr_time_t begun = t->now;

    t->now = begun + apr_time_from_sec(29 * 60);
    assert_ok(find(&found, t, s->token));
    t->now += apr_time_from_sec(29 * 60);
    assert_ok(find(&found, t, s->token));
    t->now += apr_time_from_sec(31 * 60);
    assert_err(GOV_E_SIGN_IN, find(&found, t, s->token));
    s = signed_in(t, "content");
    begun = t->now;
    while (t->now < begun + apr_time_from_sec(719 * 60)) {
        assert_ok(find(&found, t, s->token));
        t->now += apr_time_from_sec(20 * 60);
    }
    assert_err(GOV_E_SIGN_IN, find(&found, t, s->token));
}

static void
failures_shut_out_their_network_only(void **state)
{
    gov_test_t *t = *state;
    const gov_session_t *s = signed_in(t, "content"), *other;
    const char *login = s->person->login;
    int i;

    for (i = 0; i < 5; i++)
        assert_err(GOV_E_INVALID, knock(&other, t, login, "wrong",
                                        "198.51.100.7"));
    assert_err(GOV_E_TOO_MANY, knock(&other, t, login, GOOD, "198.51.100.9"));
    assert_ok(knock(&other, t, login, GOOD, "203.0.113.77"));
    t->now += apr_time_from_sec(16 * 60);
    assert_ok(knock(&other, t, login, GOOD, "198.51.100.7"));
}

static void
an_unknown_name_is_answered_alike(void **state)
{
    gov_test_t *t = *state;
    const gov_session_t *s;
    const gov_err_t *err;
    int i;

    with_keys(t);
    for (i = 0; i < 5; i++) {
        err = assert_err(GOV_E_INVALID, knock(&s, t, "nobody.here", "x",
                                              "192.0.2.9"));
        assert_string_equal(err->field, "password");
    }
    assert_err(GOV_E_TOO_MANY, knock(&s, t, "nobody.here", "x", "192.0.2.9"));
}

static void
a_crowd_of_failures_asks_strangers_for_work(void **state)
{
    gov_test_t *t = *state;
    const gov_session_t *s = signed_in(t, "content"), *other;
    const char *login = s->person->login;
    const gov_err_t *err;
    int i;

    for (i = 0; i < 20; i++)
        assert_err(GOV_E_INVALID,
                   knock(&other, t, login, "wrong",
                         apr_psprintf(t->pool, "10.0.%d.1", i)));
    err = assert_err(GOV_E_SIGN_IN, knock(&other, t, login, GOOD, "10.1.1.1"));
    assert_string_equal(err->field, "captcha");
    /* where the owner signed in before, nothing is in the way */
    assert_ok(knock(&other, t, login, GOOD, "203.0.113.5"));
}

/* Another name each time, so that no account's own lock helps. */
static void
many_names_from_one_network_end_there(void **state)
{
    gov_test_t *t = *state;
    const gov_session_t *s = signed_in(t, "content"), *other;
    const char *login = s->person->login;
    const gov_err_t *err;
    int i;

    assert_ok(gov_limits_create(&t->ctx.limits, t->pool));
    for (i = 0; i < 20; i++) {
        t->now += apr_time_from_sec(1);
        assert_err(GOV_E_INVALID,
                   knock(&other, t, apr_psprintf(t->pool, "nobody-%d", i), "x",
                         "203.0.113.99"));
    }
    err = assert_err(GOV_E_TOO_MANY, knock(&other, t, "somebody", "x",
                                           "203.0.113.98"));
    assert_in_range(gov_limit_wait(err), 30, 31);
    /* whose network it is comes in all the same, and others from elsewhere */
    assert_ok(knock(&other, t, login, GOOD, "203.0.113.1"));
    assert_err(GOV_E_INVALID, knock(&other, t, "somebody", "x", "198.51.100.1"));
    t->now += apr_time_from_sec(31);
    assert_err(GOV_E_INVALID, knock(&other, t, "somebody", "x", "203.0.113.98"));
    t->ctx.limits = NULL;
}

static void
a_disabled_account_opens_nothing(void **state)
{
    gov_test_t *t = *state;
    const gov_session_t *s = signed_in(t, "content"), *other;

    assert_ok(gov_person_enable(&t->ctx, s->person, false,
                                permit(t, GOV_ACTION_SECURITY), t->pool));
    assert_err(GOV_E_SIGN_IN, find(&other, t, s->token));
    assert_err(GOV_E_INVALID, knock(&other, t, s->person->login, GOOD,
                                    "203.0.113.1"));
}

static void
a_second_factor_is_asked_for_and_used_once(void **state)
{
    gov_test_t *t = *state;
    const gov_session_t *s = signed_in(t, "content"), *next, *open;
    const char *secret = gov_factor_secret(&t->ctx, t->pool), *code;
    apr_array_header_t *codes;

    code = gov_factor_code(secret, t->now, t->pool);
    t->ctx.actor = s->actor;
    assert_err(GOV_E_INVALID, gov_session_enrol(&next, &codes, &t->ctx, s,
                                                secret, "000000", GOOD,
                                                t->pool));
    /* whoever finds an open session has the session, not the account */
    assert_err(GOV_E_INVALID, gov_session_enrol(&next, &codes, &t->ctx, s,
                                                secret, code, NULL, t->pool));
    assert_err(GOV_E_INVALID, gov_session_enrol(&next, &codes, &t->ctx, s,
                                                secret, code, "wrong",
                                                t->pool));
    assert_ok(gov_session_enrol(&next, &codes, &t->ctx, s, secret, code, GOOD,
                                t->pool));
    assert_int_equal(next->step, GOV_STEP_OPEN);
    assert_int_equal(codes->nelts, 10);

    assert_ok(knock(&s, t, s->person->login, GOOD, "203.0.113.1"));
    assert_int_equal(s->step, GOV_STEP_FACTOR);
    assert_int_equal(s->actor->kind, GOV_ACTOR_PUBLIC);
    /* the code that took it into use has had its turn */
    assert_err(GOV_E_INVALID, gov_session_factor(&open, &t->ctx, s, code,
                                                 t->pool));
    t->now += apr_time_from_sec(60);
    code = gov_factor_code(secret, t->now, t->pool);
    assert_ok(gov_session_factor(&open, &t->ctx, s, code, t->pool));
    assert_int_equal(open->step, GOV_STEP_OPEN);

    assert_ok(knock(&s, t, s->person->login, GOOD, "203.0.113.1"));
    code = APR_ARRAY_IDX(codes, 3, const char *);
    assert_ok(gov_session_factor(&open, &t->ctx, s, code, t->pool));
    assert_ok(knock(&s, t, s->person->login, GOOD, "203.0.113.1"));
    assert_err(GOV_E_INVALID, gov_session_factor(&open, &t->ctx, s, code,
                                                 t->pool));
}

/* --- keys change --- */

static const gov_keys_t *
read_ring(gov_test_t *t, const char *file)
{
    const gov_keys_t *keys = NULL;

    assert_ok(gov_keys_read(&keys, file, t->pool));
    return keys;
}

/* Somebody with a second factor under key 1 of a new ring in FILE. */
static const gov_session_t *
enrolled(gov_test_t *t, const char *file, const char **secret,
         apr_array_header_t **codes)
{
    const gov_session_t *s = signed_in(t, "content"), *next;

    apr_file_remove(file, t->pool);
    assert_ok(gov_keys_create(file, "standard", t->pool));
    t->ctx.keys = read_ring(t, file);
    *secret = gov_factor_secret(&t->ctx, t->pool);
    t->ctx.actor = s->actor;
    assert_ok(gov_session_enrol(&next, codes, &t->ctx, s, *secret,
                                gov_factor_code(*secret, t->now, t->pool),
                                GOOD, t->pool));
    return next;
}

/* Sign in with a code of this minute, or with CODE. */
static gov_err_t *
with_factor(gov_test_t *t, const char *login, const char *secret,
            const char *code)
{
    const gov_session_t *s, *open;

    t->now += apr_time_from_sec(60);
    assert_ok(knock(&s, t, login, GOOD, "203.0.113.1"));
    return gov_session_factor(&open, &t->ctx, s, code ? code : gov_factor_code(
                                  secret, t->now, t->pool), t->pool);
}

static void
second_factors_follow_a_new_key(void **state)
{
    gov_test_t *t = *state;
    const char *file = apr_psprintf(t->pool, "./ring-%d", (int)getpid());
    const char *secret, *login;
    apr_array_header_t *codes;
    const gov_permit_t *system;
    gov_reseal_sum_t sum;
    int number;

    login = enrolled(t, file, &secret, &codes)->person->login;
    assert_ok(gov_keys_add(&number, file, "sm", t->pool));
    t->ctx.keys = read_ring(t, file);
    assert_ok(with_factor(t, login, secret, NULL));

    system = permit(t, GOV_ACTION_SYSTEM);
    /* those of the other tests have keys that this ring has not */
    assert_ok(gov_reseal(&sum, &t->ctx, gov_sealed_own(), system, t->pool));
    assert_int_equal(sum.done, 1);
    assert_ok(gov_sealed_by(&sum, &t->ctx, gov_sealed_own(), 2, system,
                            t->pool));
    assert_int_equal(sum.done, 1);
    assert_ok(gov_reseal(&sum, &t->ctx, gov_sealed_own(), system, t->pool));
    assert_int_equal(sum.done, 0);
    assert_ok(with_factor(t, login, secret, NULL));

    assert_ok(gov_keys_retire(file, 1, t->pool));
    t->ctx.keys = read_ring(t, file);
    assert_ok(with_factor(t, login, secret, NULL));
    /* codes on paper outlive their key */
    assert_ok(with_factor(t, login, NULL, APR_ARRAY_IDX(codes, 0,
                                                        const char *)));
    apr_file_remove(file, t->pool);
}

/* Somebody forgets the factor between the look and the change. */
static gov_err_t *
put_late(apr_int64_t *hit, gov_db_t *db, const gov_sealed_row_t *row,
         gov_bytes_t value, apr_pool_t *pool)
{
    private_db_sql(apr_psprintf(pool, "UPDATE gov_person SET factor = NULL "
                                "WHERE id = %" APR_INT64_T_FMT, row->id),
                   pool);
    return gov_sealed_own()->put(hit, db, row, value, pool);
}

static void
a_new_key_never_brings_an_old_value_back(void **state)
{
    gov_test_t *t = *state;
    const char *file = apr_psprintf(t->pool, "./ring-%d", (int)getpid());
    gov_sealed_t late = *gov_sealed_own();
    const gov_person_t *person;
    apr_array_header_t *codes;
    gov_reseal_sum_t sum;
    const char *secret;
    int number;

    late.put = put_late;
    person = enrolled(t, file, &secret, &codes)->person;
    assert_ok(gov_keys_add(&number, file, "standard", t->pool));
    t->ctx.keys = read_ring(t, file);
    apr_file_remove(file, t->pool);
    assert_ok(gov_reseal(&sum, &t->ctx, &late, permit(t, GOV_ACTION_SYSTEM),
                         t->pool));
    assert_int_equal(sum.done, 0);
    assert_ok(gov_person_get(&person, &t->ctx, person->id, t->pool));
    assert_false(person->has_factor);
}

static gov_err_t *
give(gov_test_t *t, const gov_person_t *person, const char *role,
     apr_int64_t site)
{
    gov_grant_t grant = { gov_role_named(role), site, 0 };

    return gov_grant_add(&t->ctx, person, &grant,
                         permit(t, gov_grant_needs(grant.role)), t->pool);
}

static void
roles_come_with_the_next_request(void **state)
{
    gov_test_t *t = *state;
    const gov_session_t *s = signed_in(t, "content"), *found;

    assert_int_equal(s->actor->grants->nelts, 0);
    assert_ok(give(t, s->person, "author", 3));
    assert_ok(give(t, s->person, "reader", 0));
    assert_ok(find(&found, t, s->token));
    assert_int_equal(found->actor->grants->nelts, 2);
    assert_err(GOV_E_CONFLICT, give(t, s->person, "author", 3));
}

/* By the constraints of the table, whatever the code does. */
static void
administrators_exclude_each_other_by_data(void **state)
{
    gov_test_t *t = *state;
    const gov_person_t *admin = somebody(t, "admin", NULL);
    const gov_person_t *editor = somebody(t, "content", NULL);
    const char *sql = "DELIMITER //\n"
        "BEGIN NOT ATOMIC DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;"
        " INSERT INTO gov_grant VALUES (%s,'%s',%s,0,'%s',%s,NOW(),'x'); END//\n"
        "SELECT COUNT(*) FROM gov_grant WHERE person_id = %s//";
    const char *id = apr_psprintf(t->pool, "%" APR_INT64_T_FMT, admin->id);
    const char *other = apr_psprintf(t->pool, "%" APR_INT64_T_FMT, editor->id);

    assert_ok(give(t, admin, "audit-admin", 0));
    assert_err(GOV_E_CONFLICT, give(t, admin, "system-admin", 0));
    assert_err(GOV_E_CONFLICT, give(t, admin, "author", 3));
    assert_err(GOV_E_CONFLICT, give(t, editor, "security-admin", 0));
    assert_string_equal(private_db_sql(apr_psprintf(
        t->pool, sql, id, "system-admin", "0", "admin", id, id), t->pool), "1");
    assert_string_equal(private_db_sql(apr_psprintf(
        t->pool, sql, id, "author", "3", "content", "NULL", id), t->pool), "1");
    assert_string_equal(private_db_sql(apr_psprintf(
        t->pool, sql, other, "audit-admin", "0", "admin", other, other),
        t->pool), "0");
    assert_string_equal(private_db_sql(apr_psprintf(
        t->pool, sql, other, "audit-admin", "0", "content", "NULL", other),
        t->pool), "0");
}

static void
nobody_gives_roles_to_himself(void **state)
{
    gov_test_t *t = *state;
    const gov_session_t *s = signed_in(t, "content"), *found;
    gov_grant_t grant = { gov_role_named("publisher"), 0, 0 };
    const gov_permit_t *p;

    assert_ok(give(t, s->person, "site-admin", 0));
    assert_ok(find(&found, t, s->token));
    t->ctx.actor = found->actor;
    assert_ok(gov_permit_get(&p, &t->ctx, GOV_ACTION_GRANT, 0, 0, t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_grant_add(&t->ctx, s->person, &grant, p,
                                              t->pool));
}

static void
one_ends_ones_own_sessions_and_no_others(void **state)
{
    gov_test_t *t = *state;
    const gov_session_t *mine = signed_in(t, "content"), *second, *found;
    const gov_session_t *others = signed_in(t, "content");
    apr_array_header_t *list;

    assert_ok(knock(&second, t, mine->person->login, GOOD, "203.0.113.1"));
    t->ctx.actor = mine->actor;
    assert_ok(gov_session_list(&list, &t->ctx, mine->person->id, NULL,
                               t->pool));
    assert_int_equal(list->nelts, 2);
    assert_err(GOV_E_FORBIDDEN, gov_session_list(&list, &t->ctx,
                                                 others->person->id, NULL,
                                                 t->pool));
    assert_err(GOV_E_NOT_FOUND, gov_session_revoke(&t->ctx, mine->person->id,
                                                   others->id, NULL, t->pool));
    assert_ok(gov_session_revoke(&t->ctx, mine->person->id, second->id, NULL,
                                 t->pool));
    assert_err(GOV_E_SIGN_IN, find(&found, t, second->token));
    assert_ok(find(&found, t, others->token));
}

static void
the_server_vouches_for_whom_an_alias_names(void **state)
{
    gov_test_t *t = *state;
    const gov_person_t *person = somebody(t, "content", NULL);
    gov_knock_t k = { .host = HOST, .address = "203.0.113.1" };
    const gov_session_t *s;

    assert_err(GOV_E_FORBIDDEN, gov_sign_in_vouched(&s, &t->ctx, "certificate",
                                                    "CN=Li Na", &k, t->pool));
    assert_ok(gov_person_alias(&t->ctx, person, "certificate", person->login,
                               permit(t, GOV_ACTION_SECURITY), t->pool));
    assert_ok(gov_sign_in_vouched(&s, &t->ctx, "certificate", person->login, &k,
                                  t->pool));
    assert_int_equal(s->step, GOV_STEP_OPEN);
    assert_string_equal(s->how, "certificate");
    assert_err(GOV_E_FORBIDDEN, gov_sign_in_vouched(&s, &t->ctx, "ldap",
                                                    person->login, &k,
                                                    t->pool));
}

static void
rules_are_data_within_bounds(void **state)
{
    gov_test_t *t = *state;
    const gov_permit_t *p = permit(t, GOV_ACTION_SECURITY);

    with_keys(t);
    assert_err(GOV_E_INVALID, gov_policy_set(&t->ctx, "password-length", 3, p,
                                             t->pool));
    assert_err(GOV_E_INVALID, gov_policy_set(&t->ctx, "no-such-rule", 3, p,
                                             t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_policy_set(&t->ctx, "password-length", 12,
                                               permit(t, GOV_ACTION_SYSTEM),
                                               t->pool));
    assert_ok(gov_policy_set(&t->ctx, "sessions", 7, p, t->pool));
    assert_ok(gov_policy_set(&t->ctx, "sessions", 6, p, t->pool));
    assert_string_equal(private_db_sql(
        "SELECT GROUP_CONCAT(value ORDER BY version) FROM gov_policy WHERE "
        "name = 'sessions'", t->pool), "7,6");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(a_one_time_password_must_be_changed),
    GOV_TEST(a_session_opens_one_host_only),
    GOV_TEST(a_session_ends_idle_and_at_last),
    GOV_TEST(failures_shut_out_their_network_only),
    GOV_TEST(an_unknown_name_is_answered_alike),
    GOV_TEST(a_crowd_of_failures_asks_strangers_for_work),
    GOV_TEST(many_names_from_one_network_end_there),
    GOV_TEST(a_disabled_account_opens_nothing),
    GOV_TEST(a_second_factor_is_asked_for_and_used_once),
    GOV_TEST(second_factors_follow_a_new_key),
    GOV_TEST(a_new_key_never_brings_an_old_value_back),
    GOV_TEST(roles_come_with_the_next_request),
    GOV_TEST(administrators_exclude_each_other_by_data),
    GOV_TEST(nobody_gives_roles_to_himself),
    GOV_TEST(one_ends_ones_own_sessions_and_no_others),
    GOV_TEST(the_server_vouches_for_whom_an_alias_names),
    GOV_TEST(rules_are_data_within_bounds),
};
GOV_TEST_MAIN(tests)
