/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Random tokens and the keys of forms. */

#include "key_fixture.h"

#define HOUR apr_time_from_sec(3600)

static void makes_tokens_of_the_clocks_random_bytes(void **state)
{
    gov_test_t *t = *state;

    t->random = 0xf8;
    assert_string_equal(gov_token(&t->ctx, 3, t->pool), "-Pn6");
    assert_string_equal(gov_token(&t->ctx, 4, t->pool), "-_z9_g");
    assert_int_equal(strlen(gov_token(&t->ctx, 32, t->pool)), 43);
}

static const char *
form_key(gov_test_t *t, const char *suite)
{
    t->ctx.keys = ring(t, apr_pstrcat(t->pool, "1 ", suite, " " HEX_A "\n",
                                      NULL));
    return gov_form_key(&t->ctx, "session 5 letter", t->pool);
}

static gov_err_t *
check(gov_bytes_t *once, gov_test_t *t, const char *key)
{
    return gov_form_key_check(once, &t->ctx, key, "session 5 letter", HOUR,
                              t->pool);
}

static void takes_its_own_form_keys(void **state)
{
    static const char *const suites[] = { "standard", "sm" };
    gov_test_t *t = *state;
    gov_bytes_t a, b;
    int i;

    for (i = 0; i < 2; i++) {
        const char *one = form_key(t, suites[i]);
        const char *two = form_key(t, suites[i]);

        assert_int_equal(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl"
                                     "mnopqrstuvwxyz0123456789-_"),
                         strlen(one));
        assert_ok(check(&a, t, one));
        assert_ok(check(&b, t, two));
        assert_int_equal(a.len, 16);
        assert_memory_not_equal(a.data, b.data, 16);
        assert_ok(check(&b, t, one));
        assert_memory_equal(a.data, b.data, 16);
    }
}

static void refuses_a_key_of_another_form_or_session(void **state)
{
    gov_test_t *t = *state;
    const char *key = form_key(t, "standard");
    gov_bytes_t once;

    assert_err(GOV_E_FORBIDDEN,
               gov_form_key_check(&once, &t->ctx, key, "session 6 letter",
                                  HOUR, t->pool));
    assert_err(GOV_E_FORBIDDEN,
               gov_form_key_check(&once, &t->ctx, key, "", HOUR, t->pool));
}

static void refuses_a_key_of_another_ring(void **state)
{
    gov_test_t *t = *state;
    const char *key = form_key(t, "standard");
    gov_bytes_t once;

    t->ctx.keys = ring(t, "1 standard " HEX_B "\n");
    assert_err(GOV_E_FORBIDDEN, check(&once, t, key));
    t->ctx.keys = ring(t, "2 standard " HEX_A "\n");
    assert_err(GOV_E_FORBIDDEN, check(&once, t, key));
    t->ctx.keys = ring(t, "1 standard " HEX_A "\n2 sm " HEX_B "\n");
    assert_ok(check(&once, t, key));
}

static void refuses_keys_that_are_old_or_of_the_future(void **state)
{
    gov_test_t *t = *state;
    const char *key = form_key(t, "sm");
    apr_time_t made = t->now;
    gov_bytes_t once;

    t->now = made + HOUR;
    assert_ok(check(&once, t, key));
    t->now = made + HOUR + 1;
    assert_err(GOV_E_FORBIDDEN, check(&once, t, key));
    t->now = made - apr_time_from_sec(10);
    assert_ok(check(&once, t, key));
    t->now = made - apr_time_from_sec(10) - 1;
    assert_err(GOV_E_FORBIDDEN, check(&once, t, key));
}

/* Each character, and other spellings of the same bytes. */
static void refuses_what_was_changed(void **state)
{
    gov_test_t *t = *state;
    char *key = apr_pstrdup(t->pool, form_key(t, "standard"));
    gov_bytes_t once;
    char *p;

    for (p = key; *p; p++) {
        const char was = *p;

        *p = was == 'A' ? 'B' : 'A';
        assert_err(GOV_E_FORBIDDEN, check(&once, t, key));
        *p = '=';
        assert_err(GOV_E_FORBIDDEN, check(&once, t, key));
        *p = '\0';
        assert_err(GOV_E_FORBIDDEN, check(&once, t, key));
        *p = was;
    }
    assert_ok(check(&once, t, key));
    assert_err(GOV_E_FORBIDDEN, check(&once, t, NULL));
    assert_err(GOV_E_FORBIDDEN,
               check(&once, t, apr_pstrcat(t->pool, key, "A", NULL)));
    assert_err(GOV_E_FORBIDDEN,
               check(&once, t, apr_pstrcat(t->pool, key, "=", NULL)));
}

static void needs_a_ring(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t once;

    assert_null(gov_form_key(&t->ctx, "a", t->pool));
    assert_err(GOV_E_UNAVAILABLE, check(&once, t, "a"));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(makes_tokens_of_the_clocks_random_bytes),
    GOV_TEST(takes_its_own_form_keys),
    GOV_TEST(refuses_a_key_of_another_form_or_session),
    GOV_TEST(refuses_a_key_of_another_ring),
    GOV_TEST(refuses_keys_that_are_old_or_of_the_future),
    GOV_TEST(refuses_what_was_changed),
    GOV_TEST(needs_a_ring),
};
GOV_TEST_MAIN(tests)
