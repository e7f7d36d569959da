/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Keyed digests: what they depend on, and on what not. */

#include <openssl/evp.h>
#include <sodium.h>

#include "gov_media.h"
#include "key_fixture.h"

static const char *const rings[] = { "1 standard " HEX_A "\n",
                                     "1 sm " HEX_A "\n" };

static const char *
mac(const gov_keys_t *keys, int key, gov_purpose_t purpose, const char *text,
    gov_test_t *t)
{
    const gov_bytes_t data = { text, strlen(text) };
    unsigned char out[GOV_MAC_SIZE];

    assert_true(gov_mac(out, keys, key, purpose, data));
    return gov_hex(out, sizeof(out), t->pool);
}

/* Root key and label, then the derived key and the text, by hand: what is in the
   database must verify for ever. */
static void derives_by_the_label_of_the_use(void **state)
{
    static const char label[] = "govportal/standard/audit/mac";
    static const char label_sm[] = "govportal/sm/audit/mac";
    gov_test_t *t = *state;
    unsigned char root[32], key[32], out[32];
    size_t len;

    assert_true(gov_unhex(root, 32, HEX_A));
    crypto_generichash(key, 32, (const unsigned char *)label, strlen(label),
                       root, 32);
    crypto_generichash(out, 32, (const unsigned char *)"row", 3, key, 32);
    assert_string_equal(mac(ring(t, rings[0]), 1, GOV_PURPOSE_AUDIT, "row", t),
                        gov_hex(out, 32, t->pool));
    assert_non_null(EVP_Q_mac(NULL, "HMAC", NULL, "SM3", NULL, root, 32,
                              (const unsigned char *)label_sm,
                              strlen(label_sm), key, 32, &len));
    assert_non_null(EVP_Q_mac(NULL, "HMAC", NULL, "SM3", NULL, key, 32,
                              (const unsigned char *)"row", 3, out, 32, &len));
    assert_string_equal(mac(ring(t, rings[1]), 1, GOV_PURPOSE_AUDIT, "row", t),
                        gov_hex(out, 32, t->pool));
}

static void depends_on_key_suite_purpose_and_text(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n2 standard " HEX_B
                                     "\n3 sm " HEX_A "\n");
    const char *one = mac(keys, 1, GOV_PURPOSE_AUDIT, "a", t);

    assert_string_equal(one, mac(keys, 1, GOV_PURPOSE_AUDIT, "a", t));
    assert_string_not_equal(one, mac(keys, 2, GOV_PURPOSE_AUDIT, "a", t));
    assert_string_not_equal(one, mac(keys, 3, GOV_PURPOSE_AUDIT, "a", t));
    assert_string_not_equal(one, mac(keys, 1, GOV_PURPOSE_EDITION, "a", t));
    assert_string_not_equal(one, mac(keys, 1, GOV_PURPOSE_AUDIT, "b", t));
    assert_string_equal(mac(keys, 0, GOV_PURPOSE_AUDIT, "a", t),
                        mac(keys, 3, GOV_PURPOSE_AUDIT, "a", t));
}

static void says_when_there_is_no_such_key(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, rings[0]);
    const gov_bytes_t data = { "a", 1 };
    unsigned char out[GOV_MAC_SIZE];

    assert_false(gov_mac(out, keys, 2, GOV_PURPOSE_AUDIT, data));
    assert_false(gov_mac(out, NULL, 0, GOV_PURPOSE_AUDIT, data));
    assert_null(gov_mac_begin(keys, 2, GOV_PURPOSE_AUDIT, t->pool));
    assert_null(gov_mac_begin(NULL, 0, GOV_PURPOSE_AUDIT, t->pool));
}

static void is_the_same_in_parts(void **state)
{
    gov_test_t *t = *state;
    unsigned char out[GOV_MAC_SIZE];
    size_t i;

    for (i = 0; i < 2; i++) {
        const gov_keys_t *keys = ring(t, rings[i]);
        gov_mac_t *parts = gov_mac_begin(keys, 0, GOV_PURPOSE_EDITION,
                                         t->pool);

        gov_mac_add(parts, "edi", 3);
        gov_mac_add(parts, "", 0);
        gov_mac_add(parts, "tion", 4);
        gov_mac_end(out, parts);
        assert_string_equal(gov_hex(out, sizeof(out), t->pool),
                            mac(keys, 0, GOV_PURPOSE_EDITION, "edition", t));
    }
}

static const char *
texts(const gov_keys_t *keys, const char *a, const char *b, gov_test_t *t)
{
    gov_mac_t *m = gov_mac_begin(keys, 0, GOV_PURPOSE_EDITION, t->pool);
    unsigned char out[GOV_MAC_SIZE];

    gov_mac_text(m, a);
    gov_mac_text(m, b);
    gov_mac_end(out, m);
    return gov_hex(out, sizeof(out), t->pool);
}

static void tells_lists_of_texts_apart(void **state)
{
    gov_test_t *t = *state;
    size_t i;

    for (i = 0; i < 2; i++) {
        const gov_keys_t *keys = ring(t, rings[i]);
        const char *one = texts(keys, "ab", "c", t);

        assert_string_equal(one, texts(keys, "ab", "c", t));
        assert_string_not_equal(one, texts(keys, "a", "bc", t));
        assert_string_not_equal(one, texts(keys, "abc", "", t));
        assert_string_not_equal(texts(keys, "a", "", t),
                                texts(keys, "a", NULL, t));
        assert_string_not_equal(texts(keys, NULL, "a", t),
                                texts(keys, "a", NULL, t));
    }
}

/* What is begun and given up is freed with its pool. */
static void may_be_given_up(void **state)
{
    gov_test_t *t = *state;

    gov_mac_add(gov_mac_begin(ring(t, rings[1]), 0, GOV_PURPOSE_EDITION,
                              t->pool), "a", 1);
}

static void compares_bytes(void **state)
{
    (void)state;
    assert_true(gov_same("abc", "abd", 2));
    assert_false(gov_same("abc", "abd", 3));
    assert_true(gov_same("a", "b", 0));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(derives_by_the_label_of_the_use),
    GOV_TEST(depends_on_key_suite_purpose_and_text),
    GOV_TEST(says_when_there_is_no_such_key),
    GOV_TEST(is_the_same_in_parts),
    GOV_TEST(tells_lists_of_texts_apart),
    GOV_TEST(may_be_given_up),
    GOV_TEST(compares_bytes),
};
GOV_TEST_MAIN(tests)
