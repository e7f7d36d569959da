/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The audit's digests and anchors; its table is the matter of tests/sql. */

#include "../../../mod_govportal/security/security_priv.h"
#include "key_fixture.h"

static gov_security__row_t
a_row(void)
{
    gov_security__row_t row = {
        .id = 7, .seq = 3, .site = 2, .nonce = 99, .at = 1000,
        .actor = "person:zhang", .action = "edition.publish",
        .object = "document:17", .outcome = "done", .detail = "放假",
        .address = "192.0.2.1", .request = "abc"
    };

    return row;
}

static void
digests_everything_that_a_row_says(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    gov_security__row_t good = a_row(), bad;
    unsigned char right[32], wrong[32];

    assert_true(gov_security__row_mac(right, &good, keys, 1, t->pool));
    assert_true(gov_security__row_mac(wrong, &good, keys, 1, t->pool));
    assert_memory_equal(right, wrong, 32);
#define CHANGED(field, value)                                                 \
    do {                                                                      \
        bad = good;                                                           \
        bad.field = (value);                                                  \
        assert_true(gov_security__row_mac(wrong, &bad, keys, 1, t->pool));    \
        assert_memory_not_equal(right, wrong, 32);                            \
    } while (0)
    CHANGED(at, 1001);
    CHANGED(actor, "person:li");
    CHANGED(action, "edition.draft");
    CHANGED(site, 3);
    CHANGED(object, "document:18");
    CHANGED(outcome, "refused");
    CHANGED(detail, NULL);
    CHANGED(detail, "");
    CHANGED(address, "192.0.2.2");
    CHANGED(request, NULL);
    CHANGED(nonce, 98);
    assert_false(gov_security__row_mac(wrong, &good, keys, 2, t->pool));
}

/* Texts stand with their lengths: what moves from one to the next shows. */
static void
keeps_texts_apart(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    gov_security__row_t one = a_row(), two = a_row();
    unsigned char a[32], b[32];

    one.outcome = "done\n4:x";
    two.detail = "x";
    assert_true(gov_security__row_mac(a, &one, keys, 1, t->pool));
    assert_true(gov_security__row_mac(b, &two, keys, 1, t->pool));
    assert_memory_not_equal(a, b, 32);
}

static void
chains_a_row_to_the_one_before_and_to_its_place(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    unsigned char before[32] = { 1 }, other[32] = { 2 }, a[32], b[32];
    gov_security__row_t row = a_row();

    assert_true(gov_security__row_link(a, &row, before, keys, 1, t->pool));
    assert_true(gov_security__row_link(b, &row, other, keys, 1, t->pool));
    assert_memory_not_equal(a, b, 32);
    row.seq = 4;
    assert_true(gov_security__row_link(b, &row, before, keys, 1, t->pool));
    assert_memory_not_equal(a, b, 32);
    row = a_row();
    row.id = 8;
    assert_true(gov_security__row_link(b, &row, before, keys, 1, t->pool));
    assert_memory_not_equal(a, b, 32);
    row = a_row();
    row.mac.data = (const char *)other;
    row.mac.len = 32;
    assert_true(gov_security__row_link(b, &row, before, keys, 1, t->pool));
    assert_memory_not_equal(a, b, 32);
}

static void
chains_without_a_key_and_never_takes_that_for_a_keyed_link(void **state)
{
    gov_test_t *t = *state;
    const gov_keys_t *keys = ring(t, "1 standard " HEX_A "\n");
    unsigned char before[32] = { 0 }, a[32], b[32];
    gov_security__row_t row = a_row();

    assert_true(gov_security__row_link(a, &row, before, NULL, 0, t->pool));
    assert_true(gov_security__row_link(b, &row, before, keys, 0, t->pool));
    assert_memory_equal(a, b, 32);
    assert_false(gov_security__row_link(b, &row, before, NULL, 1, t->pool));
    assert_true(gov_security__row_link(b, &row, before, keys, 1, t->pool));
    assert_memory_not_equal(a, b, 32);
}

static void
writes_an_anchor_that_it_reads_again(void **state)
{
    gov_test_t *t = *state;
    gov_anchor_t anchor = { .seq = 1042, .at = t->now }, back;
    const char *text;

    memset(anchor.chain, 0xab, sizeof(anchor.chain));
    text = gov_anchor_text(&anchor, t->pool);
    assert_ok(gov_anchor_parse(&back, text, t->pool));
    assert_int_equal(back.seq, 1042);
    assert_memory_equal(back.chain, anchor.chain, 32);
    assert_err(GOV_E_INVALID, gov_anchor_parse(&back, "", t->pool));
    assert_err(GOV_E_INVALID, gov_anchor_parse(&back, "12:xy", t->pool));
    assert_err(GOV_E_INVALID, gov_anchor_parse(&back, "-1:", t->pool));
    assert_err(GOV_E_INVALID,
               gov_anchor_parse(&back, apr_pstrcat(t->pool, text, "0", NULL),
                                t->pool));
}

static apr_status_t
remove_file(void *name)
{
    return apr_file_remove(name, NULL);
}

static void
keeps_anchors_in_a_file_each_once(void **state)
{
    gov_test_t *t = *state;
    char *file = apr_pstrcat(t->pool, gov_test_dir(t), "/anchors", NULL);
    gov_anchor_t anchor = { .seq = 1, .at = t->now };
    apr_array_header_t *kept;

    apr_pool_cleanup_register(t->pool, file, remove_file,
                              apr_pool_cleanup_null);
    assert_ok(gov_anchors_read(&kept, file, t->pool));
    assert_int_equal(kept->nelts, 0);
    assert_ok(gov_anchor_keep(&anchor, file, t->pool));
    assert_ok(gov_anchor_keep(&anchor, file, t->pool));
    anchor.seq = 2;
    assert_ok(gov_anchor_keep(&anchor, file, t->pool));
    assert_ok(gov_anchors_read(&kept, file, t->pool));
    assert_int_equal(kept->nelts, 2);
    assert_int_equal(APR_ARRAY_IDX(kept, 1, gov_anchor_t).seq, 2);
}

static void
names_the_damaged_line_of_an_anchor_file(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *kept;
    const gov_err_t *err = assert_err(
        GOV_E_INVALID,
        gov_anchors_read(&kept, gov_test_write(t, "a", "nonsense\n"),
                         t->pool));

    assert_contains(err->message, "a:1 is damaged");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(digests_everything_that_a_row_says),
    GOV_TEST(keeps_texts_apart),
    GOV_TEST(chains_a_row_to_the_one_before_and_to_its_place),
    GOV_TEST(chains_without_a_key_and_never_takes_that_for_a_keyed_link),
    GOV_TEST(writes_an_anchor_that_it_reads_again),
    GOV_TEST(keeps_anchors_in_a_file_each_once),
    GOV_TEST(names_the_damaged_line_of_an_anchor_file),
};
GOV_TEST_MAIN(tests)
