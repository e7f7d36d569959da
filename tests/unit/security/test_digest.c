/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Digests and hexadecimal. */

#include "gov_media.h"
#include "gov_test.h"

static void knows_the_standards_examples(void **state)
{
    gov_test_t *t = *state;
    unsigned char out[32];

    gov_digest(out, "", 0);
    assert_string_equal(gov_hex(out, 32, t->pool),
                        "e3b0c44298fc1c149afbf4c8996fb924"
                        "27ae41e4649b934ca495991b7852b855");
    gov_digest(out, "abc", 3);
    assert_string_equal(gov_hex(out, 32, t->pool),
                        "ba7816bf8f01cfea414140de5dae2223"
                        "b00361a396177a9cb410ff61f20015ad");
}

static void reads_back_what_it_wrote(void **state)
{
    gov_test_t *t = *state;
    unsigned char in[256], out[256];
    int i;

    for (i = 0; i < 256; i++)
        in[i] = (unsigned char)i;
    assert_true(gov_unhex(out, 256, gov_hex(in, 256, t->pool)));
    assert_memory_equal(in, out, 256);
    assert_true(gov_unhex(out, 2, "aBFf"));
    assert_memory_equal(out, "\xAB\xFF", 2);
    assert_string_equal(gov_hex("", 0, t->pool), "");
    assert_true(gov_unhex(out, 0, ""));
}

static void refuses_what_is_no_hexadecimal(void **state)
{
    unsigned char out[4];

    (void)state;
    assert_false(gov_unhex(out, 2, "abc"));
    assert_false(gov_unhex(out, 2, "abcdef"));
    assert_false(gov_unhex(out, 2, "abcg"));
    assert_false(gov_unhex(out, 2, "ab c"));
    assert_false(gov_unhex(out, 2, ""));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(knows_the_standards_examples),
    GOV_TEST(reads_back_what_it_wrote),
    GOV_TEST(refuses_what_is_no_hexadecimal),
};
GOV_TEST_MAIN(tests)
