/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The key ring's file: what is read, refused, made and added. */

#include <apr_file_info.h>

#include "gov_file.h"
#include "gov_media.h"
#include "gov_time.h"
#include "key_fixture.h"

static void reads_keys_and_takes_the_last_as_current(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "# made for a test\n\n"
                                     "3 standard " HEX_A "\n"
                                     "  2\tsm\t" HEX_B "\r\n");
    gov_key_info_t key;

    assert_int_equal(gov_keys_current(keys), 2);
    assert_true(gov_key_info(&key, keys, 0));
    assert_int_equal(key.number, 3);
    assert_string_equal(key.suite, "standard");
    assert_true(gov_key_info(&key, keys, 1));
    assert_int_equal(key.number, 2);
    assert_string_equal(key.suite, "sm");
    assert_false(gov_key_info(&key, keys, 2));
    assert_false(gov_key_info(&key, keys, -1));
}

static void reads_a_last_line_without_an_end(void **state)
{
    assert_int_equal(gov_keys_current(ring(*state, "65535 sm " HEX_A)), 65535);
}

static void refuses_what_is_no_ring(void **state)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        { "", ":1: there is no key in it" },
        { "# nothing\n", "there is no key in it" },
        { "1 standard\n", ":1" },
        { "1 standard " HEX_A " more\n", "a line is a number" },
        { "0 standard " HEX_A "\n", "not from 1 to 65535" },
        { "65536 standard " HEX_A "\n", "not from 1 to 65535" },
        { "-1 standard " HEX_A "\n", "not from 1 to 65535" },
        { "1x standard " HEX_A "\n", "not from 1 to 65535" },
        { "1 standard " HEX_A "\n1 sm " HEX_B "\n", ":2" },
        { "1 aes " HEX_A "\n", "neither standard nor sm" },
        { "1 standard 0011\n", "not 64 hexadecimal digits" },
        { "1 standard " HEX_A "00\n", "not 64 hexadecimal digits" },
        { "1 standard zz" HEX_A "\n", "not 64 hexadecimal digits" },
        { "1 standard " HEX_A " 2026-13-01\n", "and a day" },
        { "1 standard " HEX_A " 2026-11-28 more\n", "a line is a number" },
        { "1 standard retired:" HEX_A "\n2 sm " HEX_B "\n", "and 64 more" },
        { "1 standard " HEX_A "\n2 sm retired:" HEX_A HEX_B "\n",
          "the last key is retired" },
    };
    gov_test_t *t = *state;
    const gov_keys_t *keys = NULL;
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        const gov_err_t *err = assert_err(
            GOV_E_INVALID,
            gov_keys_read(&keys, ring_file(t, "keys", bad[i].text), t->pool));
        const char *chain = gov_err_chain(err, t->pool);

        assert_contains(chain, bad[i].says);
        assert_null(strstr(chain, "0011"));
    }
    assert_null(keys);
}

static void refuses_a_file_that_others_may_read(void **state)
{
    gov_test_t *t = *state;
    const char *file = ring_file(t, "keys", "1 standard " HEX_A "\n");
    const gov_keys_t *keys = NULL;
    const gov_err_t *err;

    apr_file_perms_set(file, APR_FPROT_UREAD | APR_FPROT_GREAD);
    err = assert_err(GOV_E_INVALID, gov_keys_read(&keys, file, t->pool));
    assert_contains(err->message, "0600");
    apr_file_perms_set(file, APR_FPROT_UREAD | APR_FPROT_WWRITE);
    assert_err(GOV_E_INVALID, gov_keys_read(&keys, file, t->pool));
    assert_null(keys);
}

static void says_what_is_not_there_or_no_file(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys;

    assert_err(GOV_E_NOT_FOUND,
               gov_keys_read(&keys, "/nonexistent/keys", t->pool));
    assert_err(GOV_E_INVALID, gov_keys_read(&keys, gov_test_dir(t), t->pool));
}

/* Where a ring that a test makes lies; removed after it. */
static const char *
place(gov_test_t *t)
{
    char *file = apr_pstrcat(t->pool, gov_test_dir(t), "/made", NULL);

    apr_pool_cleanup_register(t->pool, file, gov_test__remove_file,
                              apr_pool_cleanup_null);
    return file;
}

static void makes_a_ring_that_only_its_owner_may_read(void **state)
{
    gov_test_t *t = *state;
    const char *file = place(t);
    const gov_keys_t *keys;
    apr_finfo_t info;

    assert_ok(gov_keys_create(file, "sm", t->pool));
    assert_int_equal(apr_stat(&info, file, APR_FINFO_PROT, t->pool), 0);
    assert_int_equal(info.protection, APR_FPROT_UREAD | APR_FPROT_UWRITE);
    assert_ok(gov_keys_read(&keys, file, t->pool));
    assert_int_equal(gov_keys_current(keys), 1);
    assert_err(GOV_E_CONFLICT, gov_keys_create(file, "sm", t->pool));
    assert_false(gov_file_is(apr_pstrcat(t->pool, file, ".new", NULL),
                             t->pool));
}

static void adds_a_key_and_keeps_the_others(void **state)
{
    gov_test_t *t = *state;
    const char *file = ring_file(t, "keys", "# ours\n7 sm " HEX_A
                                            "\n4 standard " HEX_B);
    const gov_keys_t *keys;
    int number = 0;
    gov_bytes_t text;

    assert_ok(gov_keys_add(&number, file, "standard", t->pool));
    assert_int_equal(number, 8);
    assert_ok(gov_keys_read(&keys, file, t->pool));
    assert_int_equal(gov_keys_current(keys), 8);
    assert_ok(gov_file_read(&text, file, 1000, t->pool));
    assert_contains(text.data, "# ours\n7 sm " HEX_A "\n4 standard " HEX_B
                               "\n8 standard ");
    assert_ok(gov_keys_add(&number, file, "sm", t->pool));
    assert_int_equal(number, 9);
}

static void makes_different_keys(void **state)
{
    gov_test_t *t = *state;
    const char *file = place(t);
    gov_bytes_t text;
    int number;

    assert_ok(gov_keys_create(file, "standard", t->pool));
    assert_ok(gov_keys_add(&number, file, "standard", t->pool));
    assert_ok(gov_file_read(&text, file, 1000, t->pool));
    assert_int_equal(text.len, 2 * (sizeof("1 standard  2026-11-28\n") - 1
                                    + 64));
    assert_memory_not_equal(text.data + 11, text.data + 11 + 87, 64);
}

static void knows_the_day_a_key_was_made(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n"
                                     "2 sm " HEX_B " 2026-11-28\n");
    const char *file = place(t);
    gov_key_info_t info;

    assert_true(gov_key_info(&info, keys, 0));
    assert_true(info.made == 0);
    assert_false(info.current);
    assert_true(gov_key_info(&info, keys, 1));
    assert_string_equal(gov_time_utc(info.made, t->pool),
                        "2026-11-28T00:00:00Z");
    assert_true(info.current);
    assert_false(gov_key_info(&info, keys, 2));
    assert_ok(gov_keys_create(file, "standard", t->pool));
    assert_ok(gov_keys_read(&keys, file, t->pool));
    assert_true(gov_key_info(&info, keys, 0));
    assert_in_range(apr_time_now() - info.made, 0,
                    apr_time_from_sec(86400 + 60));
}

/* The digest of "text" by key 1, in hex, or NULL. */
static const char *
digest(gov_test_t *t, const gov_keys_t *keys, gov_purpose_t purpose)
{
    const gov_bytes_t text = { "text", 4 };
    unsigned char mac[GOV_MAC_SIZE];

    return gov_mac(mac, keys, 1, purpose, text)
        ? gov_hex(mac, sizeof(mac), t->pool) : NULL;
}

static void retires_a_key_that_then_only_proves(void **state)
{
    gov_test_t *t = *state;
    const gov_bytes_t secret = { "secret", 6 };
    const gov_keys_t *old = ring(t, "1 standard " HEX_A "\n"), *keys;
    const char *file = ring_file(t, "keys", "1 standard " HEX_A " 2026-01-02\n"
                                            "# ours\n2 standard " HEX_B "\n");
    gov_bytes_t sealed, plain, text;
    gov_key_info_t info;
    const gov_err_t *err;

    assert_ok(gov_seal(&sealed, old, GOV_PURPOSE_FACTOR, "person:1", secret,
                       t->pool));
    assert_ok(gov_keys_retire(file, 1, t->pool));
    assert_ok(gov_keys_read(&keys, file, t->pool));
    assert_true(gov_key_info(&info, keys, 0));
    assert_true(info.retired);
    assert_string_equal(gov_time_utc(info.made, t->pool),
                        "2026-01-02T00:00:00Z");
    assert_int_equal(gov_keys_current(keys), 2);

    assert_string_equal(digest(t, keys, GOV_PURPOSE_AUDIT),
                        digest(t, old, GOV_PURPOSE_AUDIT));
    assert_string_equal(digest(t, keys, GOV_PURPOSE_FACTOR),
                        digest(t, old, GOV_PURPOSE_FACTOR));
    assert_null(digest(t, keys, GOV_PURPOSE_EDITION));
    assert_null(digest(t, keys, GOV_PURPOSE_TOKEN));
    assert_null(gov_mac_begin(keys, 1, GOV_PURPOSE_EDITION, t->pool));
    err = assert_err(GOV_E_INVALID,
                     gov_unseal(&plain, keys, GOV_PURPOSE_FACTOR, "person:1",
                                sealed, t->pool));
    assert_contains(err->message, "retired");
    assert_ok(gov_file_read(&text, file, 1000, t->pool));
    assert_null(strstr(text.data, HEX_A));
    assert_contains(text.data, "\n# ours\n2 standard " HEX_B "\n");

    assert_err(GOV_E_CONFLICT, gov_keys_retire(file, 1, t->pool));
    assert_err(GOV_E_CONFLICT, gov_keys_retire(file, 2, t->pool));
    assert_err(GOV_E_NOT_FOUND, gov_keys_retire(file, 3, t->pool));
    assert_false(gov_file_is(apr_pstrcat(t->pool, file, ".new", NULL),
                             t->pool));
}

static void leaves_a_bad_ring_and_an_unknown_suite_alone(void **state)
{
    gov_test_t *t = *state;
    const char *file = ring_file(t, "keys", "1 standard 00\n");
    gov_bytes_t text;
    int number = 0;

    assert_err_field("suite", gov_keys_add(&number, file, "des", t->pool));
    assert_err_field("suite", gov_keys_create(file, "", t->pool));
    assert_err(GOV_E_INVALID, gov_keys_add(&number, file, "sm", t->pool));
    assert_err(GOV_E_NOT_FOUND, gov_keys_add(&number, place(t), "sm", t->pool));
    assert_int_equal(number, 0);
    assert_ok(gov_file_read(&text, file, 1000, t->pool));
    assert_string_equal(text.data, "1 standard 00\n");
    assert_false(gov_file_is(apr_pstrcat(t->pool, file, ".new", NULL),
                             t->pool));
}

static void keeps_off_another_writer(void **state)
{
    gov_test_t *t = *state;
    const char *file = ring_file(t, "keys", "1 standard " HEX_A "\n");
    const gov_err_t *err;
    int number;

    gov_test_write(t, "keys.new", "");
    err = assert_err(GOV_E_CONFLICT, gov_keys_add(&number, file, "sm",
                                                  t->pool));
    assert_contains(err->message, "keys.new");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(reads_keys_and_takes_the_last_as_current),
    GOV_TEST(reads_a_last_line_without_an_end),
    GOV_TEST(refuses_what_is_no_ring),
    GOV_TEST(refuses_a_file_that_others_may_read),
    GOV_TEST(says_what_is_not_there_or_no_file),
    GOV_TEST(makes_a_ring_that_only_its_owner_may_read),
    GOV_TEST(adds_a_key_and_keeps_the_others),
    GOV_TEST(makes_different_keys),
    GOV_TEST(knows_the_day_a_key_was_made),
    GOV_TEST(retires_a_key_that_then_only_proves),
    GOV_TEST(leaves_a_bad_ring_and_an_unknown_suite_alone),
    GOV_TEST(keeps_off_another_writer),
};
GOV_TEST_MAIN(tests)
