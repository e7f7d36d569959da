/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* One-time codes, their QR code, recovery codes. */

#include <stdio.h>

#include "gov_factor.h"
#include "key_fixture.h"

/* RFC 6238, appendix B: "12345678901234567890". */
#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

static void makes_the_codes_of_the_standard(void **state)
{
    static const struct {
        apr_int64_t at;
        const char *code;         /* the last six of the eight digits */
    } vectors[] = {
        { 59, "287082" },
        { 1111111109, "081804" },
        { 1111111111, "050471" },
        { 1234567890, "005924" },
        { 2000000000, "279037" },
        { 20000000000, "353130" },
    };
    gov_test_t *t = *state;
    apr_int64_t step;
    size_t i;

    for (i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        apr_time_t at = apr_time_from_sec(vectors[i].at);

        assert_string_equal(gov_factor_code(SECRET, at, t->pool),
                            vectors[i].code);
        assert_true(gov_factor_fits(&step, SECRET, vectors[i].code, at, 0));
        assert_int_equal(step, vectors[i].at / 30);
    }
}

static void takes_the_step_before_and_after(void **state)
{
    gov_test_t *t = *state;
    const apr_time_t now = apr_time_from_sec(1111111111);
    const apr_int64_t here = 1111111111 / 30;
    int off;

    for (off = -3; off <= 3; off++) {
        const char *code = gov_factor_code(
            SECRET, now + apr_time_from_sec(30 * off), t->pool);
        apr_int64_t step = 0;
        bool fits = gov_factor_fits(&step, SECRET, code, now, 0);

        assert_int_equal(fits, off >= -1 && off <= 1);
        assert_int_equal(step, fits ? here + off : 0);
    }
}

static void takes_each_code_once(void **state)
{
    gov_test_t *t = *state;
    const apr_time_t now = apr_time_from_sec(1111111111);
    const char *code = gov_factor_code(SECRET, now, t->pool);
    const char *next = gov_factor_code(SECRET, now + apr_time_from_sec(30),
                                       t->pool);
    apr_int64_t step;

    assert_true(gov_factor_fits(&step, SECRET, code, now, 0));
    assert_false(gov_factor_fits(&step, SECRET, code, now, step));
    assert_true(gov_factor_fits(&step, SECRET, next, now, step));
    assert_false(gov_factor_fits(&step, SECRET, code, now, step));
}

static void reads_codes_with_blanks_and_nothing_else(void **state)
{
    static const char *const bad[] = { "", "28708", "2870821", "28708a",
        "94287082", "-87082", "28 70 8", ("\xef\xbc\x92" "87082") };
    const apr_time_t now = apr_time_from_sec(59);
    apr_int64_t step;
    size_t i;

    (void)state;
    assert_true(gov_factor_fits(&step, SECRET, " 287 082 ", now, 0));
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(gov_factor_fits(&step, SECRET, bad[i], now, 0));
    assert_false(gov_factor_fits(&step, "", "287082", now, 0));
    assert_false(gov_factor_fits(&step, "gezdgnbv", "287082", now, 0));
}

static void makes_secrets_in_base32(void **state)
{
    gov_test_t *t = *state;
    const char *one, *two;

    t->random = '1';              /* "123456789:;<=>?@ABCD" */
    one = gov_factor_secret(&t->ctx, t->pool);
    assert_string_equal(one, "GEZDGNBVGY3TQOJ2HM6D2PR7IBAUEQ2E");
    two = gov_factor_secret(&t->ctx, t->pool);
    assert_string_not_equal(one, two);
    assert_true(gov_factor_is_secret(one));
    assert_true(gov_factor_is_secret(SECRET));
    assert_false(gov_factor_is_secret(SECRET "A"));
    assert_false(gov_factor_is_secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1"));
}

static void writes_the_address_that_apps_read(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(
        gov_factor_uri(SECRET, "\xe4\xba\x91: a/b", "li na@x", t->pool),
        "otpauth://totp/%E4%BA%91%3A%20a%2Fb:li%20na%40x?secret=" SECRET
        "&issuer=%E4%BA%91%3A%20a%2Fb&algorithm=SHA1&digits=6&period=30");
}

/* Drawn again from its path, it is the same. */
static void draws_a_qr_code(void **state)
{
    gov_test_t *t = *state;
    unsigned char *drawn;
    const char *at;
    int x, y, w, back, i;
    gov_qr_t qr;

    assert_ok(gov_qr_make(&qr, gov_factor_uri(SECRET, "a", "b", t->pool),
                          t->pool));
    assert_int_equal((qr.size - 8 - 17) % 4, 0);
    for (i = 0; i < 7; i++) {     /* the finder pattern's upper edge */
        assert_int_equal(qr.bits[4 * qr.size + 4 + i], 1);
        assert_int_equal(qr.bits[3 * qr.size + 4 + i], 0);
    }
    assert_int_equal(strncmp(qr.path, "M4 4h7v1h-7z", 12), 0);
    drawn = apr_pcalloc(t->pool, (apr_size_t)(qr.size * qr.size));
    for (at = qr.path; *at; at = strchr(at, 'z') + 1) {
        assert_int_equal(sscanf(at, "M%d %dh%dv1h-%dz", &x, &y, &w, &back), 4);
        assert_int_equal(w, back);
        assert_true(x >= 4 && y >= 4 && x + w <= qr.size - 4);
        memset(drawn + y * qr.size + x, 1, (size_t)w);
    }
    assert_memory_equal(drawn, qr.bits, (size_t)(qr.size * qr.size));
}

static void says_what_is_too_long_for_a_qr_code(void **state)
{
    gov_test_t *t = *state;
    char *text = apr_palloc(t->pool, 5001);
    gov_qr_t qr;

    memset(text, 'a', 5000);
    text[5000] = '\0';
    assert_err(GOV_E_INVALID, gov_qr_make(&qr, text, t->pool));
}

static void makes_recovery_codes_that_can_be_typed_loosely(void **state)
{
    gov_test_t *t = *state;
    unsigned char one[GOV_MAC_SIZE], two[GOV_MAC_SIZE];
    apr_array_header_t *codes = gov_recovery_codes(&t->ctx, t->pool);
    const char *code;
    int i;

    t->ctx.keys = ring(t, "1 standard " HEX_A "\n");
    assert_int_equal(codes->nelts, GOV_RECOVERY_CODES);
    for (i = 0; i < codes->nelts; i++) {
        code = APR_ARRAY_IDX(codes, i, const char *);
        assert_int_equal(strlen(code), 14);
        assert_true(gov_recovery_digest(two, &t->ctx, code));
        if (i)
            assert_memory_not_equal(one, two, GOV_MAC_SIZE);
        memcpy(one, two, GOV_MAC_SIZE);
    }
    assert_true(gov_recovery_digest(one, &t->ctx, "k7mq-x2vd-9hpa"));
    assert_true(gov_recovery_digest(two, &t->ctx, " K7MQ X2VD9HPA"));
    assert_memory_equal(one, two, GOV_MAC_SIZE);
    assert_false(gov_recovery_digest(one, &t->ctx, "k7mq-x2vd-9hp"));
    assert_false(gov_recovery_digest(one, &t->ctx, "k7mq-x2vd-9hpaa"));
    assert_false(gov_recovery_digest(one, &t->ctx, "k7mq-x2vd-9hp\xe4"));
    assert_false(gov_recovery_digest(one, &t->ctx, "287082"));
}

static void keeps_recovery_codes_when_keys_are_added(void **state)
{
    gov_test_t *t = *state;
    unsigned char one[GOV_MAC_SIZE], two[GOV_MAC_SIZE];

    assert_false(gov_recovery_digest(one, &t->ctx, "k7mq-x2vd-9hpa"));
    t->ctx.keys = ring(t, "1 standard " HEX_A "\n");
    assert_true(gov_recovery_digest(one, &t->ctx, "k7mq-x2vd-9hpa"));
    t->ctx.keys = ring(t, "1 standard " HEX_A "\n2 sm " HEX_B "\n");
    assert_true(gov_recovery_digest(two, &t->ctx, "k7mq-x2vd-9hpa"));
    assert_memory_equal(one, two, GOV_MAC_SIZE);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(makes_the_codes_of_the_standard),
    GOV_TEST(takes_the_step_before_and_after),
    GOV_TEST(takes_each_code_once),
    GOV_TEST(reads_codes_with_blanks_and_nothing_else),
    GOV_TEST(makes_secrets_in_base32),
    GOV_TEST(writes_the_address_that_apps_read),
    GOV_TEST(draws_a_qr_code),
    GOV_TEST(says_what_is_too_long_for_a_qr_code),
    GOV_TEST(makes_recovery_codes_that_can_be_typed_loosely),
    GOV_TEST(keeps_recovery_codes_when_keys_are_added),
};
GOV_TEST_MAIN(tests)
