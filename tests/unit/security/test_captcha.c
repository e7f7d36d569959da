/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Proof of work and the sum: what is taken, once and in time. */

#include <sodium.h>

#include "../../../mod_govportal/security/security_priv.h"
#include "gov_captcha.h"
#include "gov_json.h"
#include "gov_policy.h"
#include "key_fixture.h"

#define MINUTE apr_time_from_sec(60)

static gov_policy_t easy;

static void
open_ring(gov_test_t *t, const char *text)
{
    easy = *gov_policy_default();
    easy.captcha_work = 1000;
    t->ctx.policy = &easy;
    t->ctx.keys = ring(t, text);
}

/* Challenges and solutions that other implementations published. */
static void digests_as_the_protocol_says(void **state)
{
    static const struct {
        const char *salt, *challenge;
        int number;
    } vectors[] = {
        { "3065d108b2314f5ecc7e1207",
          "aa9c8ec8057413dd8220e21e15ab54b095fb3c840601d44c39bece8d9df34529",
          971813 },
        { "c6b3f407e509ddcd38b77626?expires=1785661782&",
          "ca77a97e3aa2b57d164da167ffc9215df9ddc3a9bf8615fb215c27f936ab212d",
          57333 },
    };
    gov_test_t *t = *state;
    char hex[65];
    size_t i;

    for (i = 0; i < 2; i++) {
        gov_security__work(hex, vectors[i].salt, vectors[i].number, t->pool);
        assert_string_equal(hex, vectors[i].challenge);
    }
}

/* --- what a browser does -------------------------------------------------- */

typedef struct challenge_t {
    const char *algorithm, *challenge, *salt, *signature;
    apr_int64_t most, number;
} challenge_t;

static challenge_t
solve(gov_test_t *t)
{
    const char *text = gov_captcha_make(&t->ctx, t->pool);
    challenge_t c = { NULL, NULL, NULL, NULL, 0, 0 };
    const gov_json_t *json;
    char hex[65];

    assert_non_null(text);
    assert_ok(gov_json_parse(&json, text, strlen(text), t->pool));
    c.algorithm = gov_json_str(json, "algorithm");
    c.challenge = gov_json_str(json, "challenge");
    c.salt = gov_json_str(json, "salt");
    c.signature = gov_json_str(json, "signature");
    c.most = gov_json_int(json, "maxnumber", 0);
    for (; c.number <= c.most; c.number++) {
        gov_security__work(hex, c.salt, c.number, t->pool);
        if (!strcmp(hex, c.challenge))
            return c;
    }
    fail_msg("no number is the challenge's");
    return c;
}

static const char *
base64(gov_test_t *t, const char *text, int variant)
{
    size_t len = strlen(text), size = sodium_base64_encoded_len(len, variant);

    return sodium_bin2base64(apr_palloc(t->pool, size), size,
                             (const unsigned char *)text, len, variant);
}

static const char *
payload(gov_test_t *t, const challenge_t *c)
{
    gov_json_t *json = gov_json_object(t->pool);

    gov_json_set(json, "algorithm", c->algorithm);
    gov_json_set(json, "challenge", c->challenge);
    gov_json_set_int(json, "number", c->number);
    gov_json_set(json, "salt", c->salt);
    gov_json_set(json, "signature", c->signature);
    gov_json_set_int(json, "took", 12);
    return base64(t, gov_json_dump(json, false, t->pool),
                  sodium_base64_VARIANT_ORIGINAL);
}

static gov_err_t *
check(gov_bytes_t *once, gov_test_t *t, const challenge_t *c)
{
    return gov_captcha_check(once, &t->ctx, payload(t, c), t->pool);
}

static void takes_a_solved_challenge(void **state)
{
    static const char *const rings[] = { "1 standard " HEX_A "\n",
                                         "700 sm " HEX_A "\n" };
    gov_test_t *t = *state;
    gov_bytes_t one, two;
    challenge_t c, d;
    int i;

    for (i = 0; i < 2; i++) {
        open_ring(t, rings[i]);
        c = solve(t);
        d = solve(t);
        assert_string_equal(c.algorithm, "SHA-256");
        assert_int_equal(c.most, 1000);
        assert_contains(c.salt, "?expires=1793669520&");
        assert_ok(check(&one, t, &c));
        assert_ok(check(&two, t, &d));
        assert_int_equal(one.len, 16);
        assert_memory_not_equal(one.data, two.data, 16);
        assert_ok(check(&two, t, &c));
        assert_memory_equal(one.data, two.data, 16);
    }
}

static void takes_base64_without_padding(void **state)
{
    gov_test_t *t = *state;
    challenge_t c;
    gov_bytes_t once;
    char *text;

    open_ring(t, "1 standard " HEX_A "\n");
    c = solve(t);
    text = apr_pstrdup(t->pool, payload(t, &c));
    text[strcspn(text, "=")] = '\0';
    assert_ok(gov_captcha_check(&once, &t->ctx, text, t->pool));
}

static void refuses_a_wrong_number(void **state)
{
    gov_test_t *t = *state;
    const gov_err_t *err;
    gov_bytes_t once;
    challenge_t c;

    open_ring(t, "1 standard " HEX_A "\n");
    c = solve(t);
    c.number++;
    err = assert_err_field("altcha", check(&once, t, &c));
    assert_string_equal(err->message, GOV_CAPTCHA_WRONG);
    c.number = -1;
    assert_err_field("altcha", check(&once, t, &c));
    c.number = APR_INT64_MAX;
    assert_err_field("altcha", check(&once, t, &c));
}

static void refuses_a_challenge_that_is_over(void **state)
{
    gov_test_t *t = *state;
    const gov_err_t *err;
    gov_bytes_t once;
    challenge_t c;

    open_ring(t, "1 standard " HEX_A "\n");
    c = solve(t);
    t->now += 20 * MINUTE;
    assert_ok(check(&once, t, &c));
    t->now += apr_time_from_sec(1);
    err = assert_err_field("altcha", check(&once, t, &c));
    assert_string_equal(err->message, GOV_CAPTCHA_LATE);
}

static void refuses_forged_challenges(void **state)
{
    gov_test_t *t = *state;
    const gov_err_t *err;
    gov_bytes_t once;
    challenge_t c, good;
    char hex[65], *changed;

    open_ring(t, "1 standard " HEX_A "\n");
    good = c = solve(t);

    gov_security__work(hex, "abc?expires=9999999999&", 5, t->pool);
    c.challenge = hex;
    c.salt = "abc?expires=9999999999&";
    c.number = 5;
    err = assert_err(GOV_E_FORBIDDEN, check(&once, t, &c));
    assert_string_equal(err->message, GOV_CAPTCHA_FORGED);

    /* another time, spliced out of the digits of the number */
    c = good;
    c.salt = apr_psprintf(t->pool, "%.*s%d", (int)strlen(good.salt) - 1,
                          good.salt, 1);
    assert_err(GOV_E_FORBIDDEN, check(&once, t, &c));

    c = good;
    c.signature = "00";
    assert_err(GOV_E_FORBIDDEN, check(&once, t, &c));
    changed = apr_pstrdup(t->pool, good.signature);
    changed[4] = changed[4] == '0' ? '1' : '0';
    c.signature = changed;
    assert_err(GOV_E_FORBIDDEN, check(&once, t, &c));

    open_ring(t, "1 standard " HEX_B "\n");
    assert_err(GOV_E_FORBIDDEN, check(&once, t, &good));
    open_ring(t, "2 standard " HEX_A "\n");
    assert_err(GOV_E_FORBIDDEN, check(&once, t, &good));
    open_ring(t, "1 standard " HEX_A "\n2 sm " HEX_B "\n");
    assert_ok(check(&once, t, &good));
}

static void refuses_what_is_no_payload(void **state)
{
    static const char *const bad[] = {
        "null", "[]", "{}", "{\"algorithm\":\"SHA-256\"}", "\"text\"", "{",
        "{\"algorithm\":\"SHA-1\",\"challenge\":\"a\",\"salt\":\"b\","
        "\"signature\":\"c\",\"number\":1}",
        "{\"algorithm\":\"SHA-256\",\"challenge\":[],\"salt\":\"b\","
        "\"signature\":\"c\",\"number\":1}",
        "{\"algorithm\":\"SHA-256\",\"challenge\":\"a\",\"salt\":\"b\","
        "\"signature\":\"c\",\"number\":\"1\"}",
    };
    gov_test_t *t = *state;
    char *text = apr_palloc(t->pool, 4097);
    gov_bytes_t once;
    size_t i;

    open_ring(t, "1 standard " HEX_A "\n");
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_err_field("altcha", gov_captcha_check(
            &once, &t->ctx, base64(t, bad[i], sodium_base64_VARIANT_ORIGINAL),
            t->pool));
    assert_err_field("altcha", gov_captcha_check(&once, &t->ctx, NULL,
                                                 t->pool));
    assert_err_field("altcha", gov_captcha_check(&once, &t->ctx, "", t->pool));
    assert_err_field("altcha", gov_captcha_check(&once, &t->ctx, "%%%",
                                                 t->pool));
    memset(text, 'e', 4096);
    text[4096] = '\0';
    assert_err_field("altcha", gov_captcha_check(&once, &t->ctx, text,
                                                 t->pool));
}

/* --- the sum ------------------------------------------------------------ */

static const char *
answer_of(gov_test_t *t, const gov_sum_t *sum)
{
    return apr_itoa(t->pool, sum->first + sum->second);
}

static void takes_the_sum_after_a_while(void **state)
{
    gov_test_t *t = *state;
    const gov_err_t *err;
    gov_bytes_t one, two;
    gov_sum_t sum, other;
    int i;

    open_ring(t, "1 sm " HEX_A "\n");
    for (i = 0; i < 20; i++) {
        gov_sum_make(&sum, &t->ctx, t->pool);
        gov_sum_make(&other, &t->ctx, t->pool);
        assert_in_range(sum.first, 2, 19);
        assert_in_range(sum.second, 2, 19);
        err = assert_err_field("sum", gov_sum_check(
            &one, &t->ctx, sum.token, answer_of(t, &sum), t->pool));
        assert_string_equal(err->message, GOV_CAPTCHA_SOON);
        t->now += apr_time_from_sec(10);
        assert_ok(gov_sum_check(&one, &t->ctx, sum.token, answer_of(t, &sum),
                                t->pool));
        assert_int_equal(one.len, 16);
        assert_ok(gov_sum_check(&two, &t->ctx, other.token,
                                answer_of(t, &other), t->pool));
        assert_memory_not_equal(one.data, two.data, 16);
    }
}

static void reads_answers_as_people_type_them(void **state)
{
    static const char *const bad[] = { "", " ", "x", "1 1", "-12", "012x",
                                       "9999999999999", "\xef\xbc", "3" };
    gov_test_t *t = *state;
    const gov_err_t *err;
    char wide[] = "\xef\xbc\x90\xef\xbc\x90";
    const char *answer;
    gov_bytes_t once;
    gov_sum_t sum;
    size_t i;

    open_ring(t, "1 standard " HEX_A "\n");
    gov_sum_make(&sum, &t->ctx, t->pool);
    answer = answer_of(t, &sum);
    wide[2] += (char)((sum.first + sum.second) / 10);
    wide[5] += (char)((sum.first + sum.second) % 10);
    t->now += MINUTE;
    assert_ok(gov_sum_check(&once, &t->ctx, sum.token, answer, t->pool));
    assert_ok(gov_sum_check(&once, &t->ctx, sum.token,
                            apr_pstrcat(t->pool, "  ", answer, " ", NULL),
                            t->pool));
    assert_ok(gov_sum_check(&once, &t->ctx, sum.token, wide, t->pool));
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        err = assert_err_field("sum", gov_sum_check(&once, &t->ctx, sum.token,
                                                    bad[i], t->pool));
        assert_string_equal(err->message, GOV_CAPTCHA_WRONG);
    }
    assert_err_field("sum", gov_sum_check(&once, &t->ctx, sum.token, NULL,
                                          t->pool));
    t->now += 20 * MINUTE;
    err = assert_err_field("sum", gov_sum_check(&once, &t->ctx, sum.token,
                                                answer, t->pool));
    assert_string_equal(err->message, GOV_CAPTCHA_LATE);
}

static void refuses_forged_tokens_of_sums(void **state)
{
    gov_test_t *t = *state;
    const gov_err_t *err;
    gov_bytes_t once;
    gov_sum_t sum;
    char *token, *p;

    open_ring(t, "1 standard " HEX_A "\n");
    gov_sum_make(&sum, &t->ctx, t->pool);
    t->now += MINUTE;
    token = apr_pstrdup(t->pool, sum.token);
    for (p = token; *p; p++) {
        char was = *p;

        *p = was == 'A' ? 'B' : 'A';
        err = assert_err(GOV_E_FORBIDDEN, gov_sum_check(
            &once, &t->ctx, token, answer_of(t, &sum), t->pool));
        assert_string_equal(err->message, GOV_CAPTCHA_FORGED);
        *p = was;
    }
    assert_err(GOV_E_FORBIDDEN, gov_sum_check(&once, &t->ctx, NULL, "4",
                                              t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_sum_check(&once, &t->ctx, "", "4",
                                              t->pool));
}

static void needs_a_ring(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t once;
    gov_sum_t sum;

    t->ctx.policy = gov_policy_default();
    assert_null(gov_captcha_make(&t->ctx, t->pool));
    gov_sum_make(&sum, &t->ctx, t->pool);
    assert_null(sum.token);
    assert_err(GOV_E_UNAVAILABLE, gov_captcha_check(&once, &t->ctx, "",
                                                    t->pool));
    assert_err(GOV_E_UNAVAILABLE, gov_sum_check(&once, &t->ctx, "", "",
                                                t->pool));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(digests_as_the_protocol_says),
    GOV_TEST(takes_a_solved_challenge),
    GOV_TEST(takes_base64_without_padding),
    GOV_TEST(refuses_a_wrong_number),
    GOV_TEST(refuses_a_challenge_that_is_over),
    GOV_TEST(refuses_forged_challenges),
    GOV_TEST(refuses_what_is_no_payload),
    GOV_TEST(takes_the_sum_after_a_while),
    GOV_TEST(reads_answers_as_people_type_them),
    GOV_TEST(refuses_forged_tokens_of_sums),
    GOV_TEST(needs_a_ring),
};
GOV_TEST_MAIN(tests)
