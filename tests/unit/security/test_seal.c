/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Sealed values: what opens and what does not. */

#include "key_fixture.h"

#define RING_STANDARD "1 standard " HEX_A "\n"
#define RING_SM "1 sm " HEX_A "\n"

static const char *const rings[] = { RING_STANDARD, RING_SM };

static gov_bytes_t
bytes(const char *text)
{
    const gov_bytes_t b = { text, strlen(text) };

    return b;
}

static gov_bytes_t
sealed(const gov_keys_t *keys, const char *text, gov_test_t *t)
{
    gov_bytes_t out = { NULL, 0 };

    assert_ok(gov_seal(&out, keys, GOV_PURPOSE_PERSONAL, "person:17",
                       bytes(text), t->pool));
    return out;
}

static gov_err_t *
unseal(gov_bytes_t *plain, const gov_keys_t *keys, gov_bytes_t value,
       gov_test_t *t)
{
    return gov_unseal(plain, keys, GOV_PURPOSE_PERSONAL, "person:17", value,
                      t->pool);
}

static void opens_what_it_sealed(void **state)
{
    static const char *const texts[] = { "", "a", "110101199003070134",
        "a longer text that is no multiple of any block, and then some" };
    gov_test_t *t = *state;
    gov_bytes_t plain;
    size_t i, k;

    for (i = 0; i < 2; i++) {
        const gov_keys_t *keys = ring(t, rings[i]);

        for (k = 0; k < sizeof(texts) / sizeof(texts[0]); k++) {
            gov_bytes_t value = sealed(keys, texts[k], t);

            assert_int_equal(gov_sealed_key(value), 1);
            assert_ok(unseal(&plain, keys, value, t));
            assert_int_equal(plain.len, strlen(texts[k]));
            assert_string_equal(plain.data, texts[k]);
        }
    }
}

static void never_seals_alike_twice(void **state)
{
    gov_test_t *t = *state;
    size_t i;

    for (i = 0; i < 2; i++) {
        const gov_keys_t *keys = ring(t, rings[i]);
        gov_bytes_t a = sealed(keys, "same", t), b = sealed(keys, "same", t);

        assert_int_equal(a.len, b.len);
        assert_memory_not_equal(a.data + 3, b.data + 3, a.len - 3);
    }
}

/* Every bit, and every length. */
static void refuses_what_was_changed(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t plain = { NULL, 0 };
    size_t i, bit;

    for (i = 0; i < 2; i++) {
        const gov_keys_t *keys = ring(t, rings[i]);
        gov_bytes_t value = sealed(keys, "secret", t), cut = value;
        char *data = apr_pmemdup(t->pool, value.data, value.len);

        value.data = data;
        for (bit = 0; bit < 8 * value.len; bit++) {
            data[bit / 8] ^= (char)(1 << bit % 8);
            assert_err(GOV_E_INVALID, unseal(&plain, keys, value, t));
            data[bit / 8] ^= (char)(1 << bit % 8);
        }
        for (cut.len = 0; cut.len < value.len; cut.len++)
            assert_err(GOV_E_INVALID, unseal(&plain, keys, cut, t));
        assert_ok(unseal(&plain, keys, value, t));
    }
}

static void refuses_a_value_of_another_row_or_use(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t plain;
    size_t i;

    for (i = 0; i < 2; i++) {
        const gov_keys_t *keys = ring(t, rings[i]);
        gov_bytes_t value = sealed(keys, "secret", t);
        const gov_err_t *err;

        err = assert_err(GOV_E_INVALID,
                         gov_unseal(&plain, keys, GOV_PURPOSE_PERSONAL,
                                    "person:18", value, t->pool));
        assert_contains(err->message, "person:18");
        assert_err(GOV_E_INVALID, gov_unseal(&plain, keys, GOV_PURPOSE_FACTOR,
                                             "person:17", value, t->pool));
    }
}

static void opens_what_an_older_key_sealed(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t old = sealed(ring(t, RING_STANDARD), "kept", t), plain, value;
    const gov_keys_t *keys = ring(t, RING_STANDARD "300 sm " HEX_B "\n");

    assert_ok(unseal(&plain, keys, old, t));
    assert_string_equal(plain.data, "kept");
    value = sealed(keys, "new", t);
    assert_int_equal(gov_sealed_key(value), 300);
    assert_err(GOV_E_INVALID, unseal(&plain, ring(t, RING_STANDARD), value, t));
}

static void needs_a_ring(void **state)
{
    gov_test_t *t = *state;
    gov_bytes_t value = sealed(ring(t, RING_SM), "x", t), out;

    assert_err(GOV_E_UNAVAILABLE, unseal(&out, NULL, value, t));
    assert_err(GOV_E_UNAVAILABLE, gov_seal(&out, NULL, GOV_PURPOSE_FACTOR, "a",
                                           value, t->pool));
}

static void knows_what_is_no_sealed_value(void **state)
{
    (void)state;
    assert_int_equal(gov_sealed_key(bytes("")), 0);
    assert_int_equal(gov_sealed_key(bytes("\1\1")), 0);
    assert_int_equal(gov_sealed_key(bytes("li.na@example.org")), 0);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(opens_what_it_sealed),
    GOV_TEST(never_seals_alike_twice),
    GOV_TEST(refuses_what_was_changed),
    GOV_TEST(refuses_a_value_of_another_row_or_use),
    GOV_TEST(opens_what_an_older_key_sealed),
    GOV_TEST(needs_a_ring),
    GOV_TEST(knows_what_is_no_sealed_value),
};
GOV_TEST_MAIN(tests)
