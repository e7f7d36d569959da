/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Passwords: hashing a few at a time, and which will do. */

#include <apr_thread_proc.h>

#include "../../../mod_govportal/security/security_priv.h"
#include "gov_password.h"
#include "gov_test.h"

#define GOOD "Kites-over-9-lakes"

static void knows_the_right_password_from_a_wrong_one(void **state)
{
    gov_test_t *t = *state;
    const char *hash = NULL;
    bool right = false;

    assert_ok(gov_password_hash(&hash, GOOD, t->pool));
    assert_contains(hash, "$argon2id$v=19$m=65536,t=2,p=1$");
    assert_false(gov_password_stale(hash));
    assert_ok(gov_password_check(&right, hash, GOOD, t->pool));
    assert_true(right);
    assert_ok(gov_password_check(&right, hash, GOOD "x", t->pool));
    assert_false(right);
}

/* From the tests of Argon2's reference program. */
static void reads_hashes_of_other_programs(void **state)
{
    static const char weak[] =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"
        "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    gov_test_t *t = *state;
    bool right = false;

    assert_ok(gov_password_check(&right, weak, "password", t->pool));
    assert_true(right);
    assert_true(gov_password_stale(weak));
}

static void works_as_hard_for_accounts_that_are_not_there(void **state)
{
    static const char *const hashes[] = { NULL, "", "*" };
    gov_test_t *t = *state;
    size_t i;

    for (i = 0; i < 3; i++) {
        apr_time_t began = apr_time_now();
        bool right = true;

        assert_ok(gov_password_check(&right, hashes[i], GOOD, t->pool));
        assert_false(right);
        /* sixty-four megabytes are not written in a millisecond */
        assert_true(apr_time_now() - began > 1000);
    }
}

static void is_never_right_when_it_is_endless(void **state)
{
    gov_test_t *t = *state;
    char *text = apr_palloc(t->pool, 100001);
    bool right = true;

    memset(text, 'a', 100000);
    text[100000] = '\0';
    assert_ok(gov_password_check(&right, "$argon2id$broken", text, t->pool));
    assert_false(right);
}

static void refuses_when_no_turn_comes(void **state)
{
    gov_test_t *t = *state;
    int i, turns = gov_security__turns();
    const char *hash = NULL;

    assert_in_range(turns, 1, 4);
    for (i = 0; i < turns; i++)
        assert_true(gov_security__turn(0, 0));
    assert_false(gov_security__turn(1000, 0));
    assert_err(GOV_E_TOO_MANY, gov_password_hash(&hash, GOOD, t->pool));
    assert_null(hash);
    gov_security__turn_end();
    assert_true(gov_security__turn(0, 0));
    for (i = 0; i < turns; i++)
        gov_security__turn_end();
    assert_int_equal(gov_security__turns_waiting(), 0);
}

/* --- the queue ------------------------------------------------------------ */

#define CROWD 40

typedef struct guest_t {
    apr_thread_t *thread;
    int rank, place;              /* place: 1 was the first, 0 came to nothing */
} guest_t;

static int served;

static void *APR_THREAD_FUNC
wait_for_a_turn(apr_thread_t *thread, void *baton)
{
    guest_t *guest = baton;

    (void)thread;
    if (gov_security__turn(apr_time_from_sec(30), guest->rank)) {
        guest->place = __atomic_add_fetch(&served, 1, __ATOMIC_ACQ_REL);
        gov_security__turn_end();
    }
    return NULL;
}

/* One after the other, so that the order in which they come is known. */
static void
arrive(gov_test_t *t, guest_t *guest, int waiting)
{
    int i;

    assert_int_equal(apr_thread_create(&guest->thread, NULL, wait_for_a_turn,
                                       guest, t->pool), 0);
    for (i = 0; i < 5000 && gov_security__turns_waiting() != waiting; i++)
        apr_sleep(1000);
    assert_int_equal(gov_security__turns_waiting(), waiting);
}

/* All turns taken, then so many given back that the queue goes through one by one:
   the last one is for rank 0. */
static void
serve(guest_t *guests, int count, int turns)
{
    apr_status_t ignored;
    int free = turns > 1 ? 2 : 1, i;

    served = 0;
    for (i = 0; i < free; i++)
        gov_security__turn_end();
    for (i = 0; i < count; i++)
        if (guests[i].thread)
            apr_thread_join(&ignored, guests[i].thread);
    for (i = free; i < turns; i++)
        gov_security__turn_end();
}

static void keeps_a_turn_for_those_at_home(void **state)
{
    int turns = gov_security__turns(), left = turns > 1 ? turns - 1 : 1, i;

    (void)state;
    for (i = 0; i < left; i++)
        assert_true(gov_security__turn(0, 1));
    assert_false(gov_security__turn(1000, 1));
    if (turns > 1) {
        assert_true(gov_security__turn(0, 0));
        gov_security__turn_end();
    }
    for (i = 0; i < left; i++)
        gov_security__turn_end();
}

static void serves_by_rank_and_then_as_they_came(void **state)
{
    gov_test_t *t = *state;
    guest_t guests[] = { { .rank = 9 }, { .rank = 2 }, { .rank = 2 },
                         { .rank = 0 }, { .rank = 1 } };
    int places[] = { 5, 3, 4, 1, 2 }, turns = gov_security__turns(), i;

    for (i = 0; i < turns; i++)
        assert_true(gov_security__turn(0, 0));
    for (i = 0; i < 5; i++)
        arrive(t, &guests[i], i + 1);
    serve(guests, 5, turns);
    for (i = 0; i < 5; i++)
        assert_int_equal(guests[i].place, places[i]);
}

static void a_crowd_waits_no_longer_than_the_queue_is(void **state)
{
    gov_test_t *t = *state;
    guest_t guests[CROWD + 1] = { { .rank = 0 } };
    int turns = gov_security__turns(), got = 0, i;
    apr_status_t ignored;

    for (i = 0; i < turns; i++)
        assert_true(gov_security__turn(0, 0));
    for (i = 0; i < CROWD; i++) {
        guests[i].rank = 5;
        arrive(t, &guests[i], i < 32 ? i + 1 : 32);
        if (i < 32)
            continue;
        /* no place: it goes at once */
        apr_thread_join(&ignored, guests[i].thread);
        guests[i].thread = NULL;
    }
    /* who is known takes the place of the last of the crowd, and is the first */
    guests[CROWD].rank = 0;
    arrive(t, &guests[CROWD], 32);
    apr_thread_join(&ignored, guests[31].thread);
    guests[31].thread = NULL;
    assert_int_equal(gov_security__turns_waiting(), 32);
    serve(guests, CROWD + 1, turns);
    for (i = 0; i <= CROWD; i++)
        got += guests[i].place > 0;
    assert_int_equal(got, 32);
    assert_int_equal(guests[CROWD].place, 1);
    assert_int_equal(guests[31].place, 0);
    assert_int_equal(guests[0].place, 2);
}

static const char *
fault(gov_test_t *t, const char *password)
{
    const gov_err_t *err = gov_password_fits(gov_policy_default(), "li.na",
                                             "Anna Schmidt \xe6\x9d\x8e\xe5\xa8"
                                             "\x9c", password, t->pool);

    if (!err)
        return "fine";
    assert_int_equal(err->code, GOV_E_INVALID);
    assert_string_equal(err->field, "password");
    return err->message;
}

static void says_by_a_code_what_is_wrong_with_a_password(void **state)
{
    static const struct {
        const char *password, *code;
    } cases[] = {
        { GOOD, "fine" },
        { "Kt9-vb2Lq0", "fine" },
        { "correct horse battery staple", "fine" },
        { "\xe6\x98\xa5\xe7\x9c\xa0\xe4\xb8\x8d\xe8\xa7\x89\xe6\x99\x93"
          "\xe5\xa4\x84\xe5\xa4\x84" "Aa1", "fine" },
        { "", "too-short" },
        { "Kt9-vb2Lq", "too-short" },
        { "\xe6\x98\xa5\xe7\x9c\xa0" "Aa1", "too-short" },
        { "Kt9-vb2Lq0\n", "password-text" },
        { "Kt9-vb2Lq0\xff", "password-text" },
        { "ktwvbzlqomr", "password-classes" },
        { "ktwvbzlq829", "password-classes" },
        { "xLI.NAx-8472", "password-login" },
        { "Schmidt-8472", "password-name" },
        { "8anna-Kt9-vb2", "password-name" },
        { "Kt\xe6\x9d\x8e\xe5\xa8\x9c" "9-vb2Lq0", "password-name" },
        { "Kt9-vb2Laaaa", "password-run" },
        { "Kt9-vb2Laaab", "fine" },
        { "Kt-23456-vbL", "password-run" },
        { "Kt-65432-vbL", "password-run" },
        { "Kt-abcde-9Lq", "password-run" },
        { "Kt-2345-vbL", "fine" },
        { "ababababababababab", "password-run" },
        { "Admin@8472!", "password-common" },
        { "P@ssw0rd8472!", "password-common" },
        { "2026!Woaini!", "password-common" },
        { "$unsh1ne-1998", "password-common" },
        { "1qaz@WSX3edc", "password-common" },
        { "Zhongguo2026!", "password-common" },
    };
    gov_test_t *t = *state;
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(fault(t, cases[i].password), cases[i].code);
}

static void has_a_longest_password(void **state)
{
    gov_test_t *t = *state;
    gov_policy_t policy = *gov_policy_default();
    char text[GOV_PASSWORD_MAX + 2];
    size_t i;

    for (i = 0; i < sizeof(text) - 1; i++)
        text[i] = "Kt9-vb2Lq"[i % 9];
    text[GOV_PASSWORD_MAX + 1] = '\0';
    assert_string_equal(fault(t, text), "password-too-long");
    text[GOV_PASSWORD_MAX] = '\0';
    assert_string_equal(fault(t, text), "fine");
    policy.password_length = 20;
    assert_err_field("password", gov_password_fits(&policy, "a", NULL, GOOD,
                                                   t->pool));
    policy.password_length = 8;
    assert_ok(gov_password_fits(&policy, NULL, NULL, "Kt9-vb2L", t->pool));
}

static void makes_random_ones_that_can_be_read_out(void **state)
{
    gov_test_t *t = *state;
    const char *one = gov_password_random(&t->ctx, t->pool);
    const char *two = gov_password_random(&t->ctx, t->pool);

    assert_int_equal(strlen(one), 24);
    assert_int_equal(strspn(one, "23456789abcdefghjkmnpqrstuvwxyz-"), 24);
    assert_int_equal(one[4], '-');
    assert_int_equal(one[19], '-');
    assert_string_not_equal(one, two);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(knows_the_right_password_from_a_wrong_one),
    GOV_TEST(reads_hashes_of_other_programs),
    GOV_TEST(works_as_hard_for_accounts_that_are_not_there),
    GOV_TEST(is_never_right_when_it_is_endless),
    GOV_TEST(refuses_when_no_turn_comes),
    GOV_TEST(keeps_a_turn_for_those_at_home),
    GOV_TEST(serves_by_rank_and_then_as_they_came),
    GOV_TEST(a_crowd_waits_no_longer_than_the_queue_is),
    GOV_TEST(says_by_a_code_what_is_wrong_with_a_password),
    GOV_TEST(has_a_longest_password),
    GOV_TEST(makes_random_ones_that_can_be_read_out),
};
GOV_TEST_MAIN(tests)
