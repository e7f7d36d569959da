/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Rate limits. */

#include "gov_limit.h"
#include "gov_test.h"

#define MINUTE apr_time_from_sec(60)

static gov_limits_t *
fresh(gov_test_t *t)
{
    gov_limits_t *limits;

    assert_ok(gov_limits_create(&limits, t->pool));
    return limits;
}

static int
taken(gov_test_t *t, gov_limits_t *limits, const char *kind, const char *key,
      int tries)
{
    int got = 0, i;

    for (i = 0; i < tries; i++)
        got += !gov_limit_take(limits, kind, key, 5, MINUTE, t->now, t->pool);
    return got;
}

static void gives_as_many_as_it_says_at_once(void **state)
{
    gov_test_t *t = *state;
    gov_limits_t *limits = fresh(t);

    assert_int_equal(taken(t, limits, "form", "203.0.113.1", 20), 5);
    assert_int_equal(taken(t, limits, "form", "203.0.113.2", 20), 5);
    assert_int_equal(taken(t, limits, "sign-in", "203.0.113.1", 20), 5);
}

static void gives_again_as_time_goes_by(void **state)
{
    gov_test_t *t = *state;
    gov_limits_t *limits = fresh(t);

    assert_int_equal(taken(t, limits, "form", "a", 20), 5);
    t->now += MINUTE / 5;
    assert_int_equal(taken(t, limits, "form", "a", 20), 1);
    t->now += MINUTE * 10;
    assert_int_equal(taken(t, limits, "form", "a", 20), 5);
}

static void says_how_long_to_wait(void **state)
{
    gov_test_t *t = *state;
    gov_limits_t *limits = fresh(t);
    const gov_err_t *err;

    taken(t, limits, "form", "a", 5);
    err = assert_err(GOV_E_TOO_MANY, gov_limit_take(limits, "form", "a", 5,
                                                    MINUTE, t->now, t->pool));
    assert_in_range(gov_limit_wait(err), 12, 13);
    assert_int_equal(gov_limit_wait(NULL), 0);
}

static void tells_how_many_are_taken(void **state)
{
    gov_test_t *t = *state;
    gov_limits_t *limits = fresh(t);
    int i;

    for (i = 0; i <= 5; i++) {
        assert_int_equal(gov_limit_used(limits, "form", "a", 5, MINUTE, t->now,
                                        t->pool), i);
        taken(t, limits, "form", "a", 1);
    }
    assert_int_equal(gov_limit_used(limits, "form", "a", 5, MINUTE, t->now,
                                    t->pool), 5);
    assert_int_equal(gov_limit_used(limits, "form", "b", 5, MINUTE, t->now,
                                    t->pool), 0);
    t->now += 2 * MINUTE / 5;
    assert_int_equal(gov_limit_used(limits, "form", "a", 5, MINUTE, t->now,
                                    t->pool), 3);
    t->now += MINUTE;
    assert_int_equal(gov_limit_used(limits, "form", "a", 5, MINUTE, t->now,
                                    t->pool), 0);
    assert_int_equal(gov_limit_used(NULL, "form", "a", 5, MINUTE, t->now,
                                    t->pool), 0);
}

static void counts_the_whole_of_a_network_that_one_client_has(void **state)
{
    static const char *const cases[][2] = {
        { "203.0.113.7", "203.0.113.7" },
        { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
        { "2001:db8:1:2::99", "2001:db8:1:2::/64" },
        { "2001:db8::1", "2001:db8:0:0::/64" },
        { "::ffff:203.0.113.7", "::ffff:203.0.113.7" },
        { "no:address", "no:address" },
        { "", "" },
    };
    gov_test_t *t = *state;
    unsigned i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(gov_limit_address(cases[i][0], t->pool),
                            cases[i][1]);
    assert_string_equal(gov_limit_address(NULL, t->pool), "");
}

/* More keys than cells: those who are quiet still get what is theirs. */
static void a_flood_of_keys_harms_nobody_who_is_quiet(void **state)
{
    gov_test_t *t = *state;
    gov_limits_t *limits = fresh(t);
    apr_pool_t *iterpool;
    int i;

    apr_pool_create(&iterpool, t->pool);
    for (i = 0; i < 100000; i++) {
        apr_pool_clear(iterpool);
        assert_ok(gov_limit_take(limits, "form", apr_itoa(iterpool, i), 5,
                                 MINUTE, t->now + i, iterpool));
    }
    apr_pool_destroy(iterpool);
    t->now += 100000;
    assert_int_equal(taken(t, limits, "form", "quiet", 5), 5);
}

static void without_a_table_nothing_is_limited(void **state)
{
    gov_test_t *t = *state;

    assert_int_equal(taken(t, NULL, "form", "a", 50), 50);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(gives_as_many_as_it_says_at_once),
    GOV_TEST(gives_again_as_time_goes_by),
    GOV_TEST(says_how_long_to_wait),
    GOV_TEST(tells_how_many_are_taken),
    GOV_TEST(counts_the_whole_of_a_network_that_one_client_has),
    GOV_TEST(a_flood_of_keys_harms_nobody_who_is_quiet),
    GOV_TEST(without_a_table_nothing_is_limited),
};
GOV_TEST_MAIN(tests)
