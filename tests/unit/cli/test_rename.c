/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* How "plugin new" puts another name in place of "example". */

#include "../../../mod_govportal/cli/cli_priv.h"
#include "gov_test.h"

static const char *
renamed(const char *text, void **state)
{
    return gov_cli__rename(text, "tea", ((gov_test_t *)*state)->pool);
}

static void replaces_the_word_in_names(void **state)
{
    assert_string_equal(renamed("example", state), "tea");
    assert_string_equal(renamed("example_event.c", state), "tea_event.c");
    assert_string_equal(renamed("test_example", state), "test_tea");
    assert_string_equal(renamed("GOV_PLUGIN(example, x)", state),
                        "GOV_PLUGIN(tea, x)");
    assert_string_equal(renamed("example.c example.so", state),
                        "tea.c tea.so");
    assert_string_equal(renamed("EXAMPLE_PRIV_H Example", state),
                        "TEA_PRIV_H Tea");
}

static void keeps_other_words(void **state)
{
    static const char *const texts[] = {
        "contract/examples/", "counterexample", "for example, this",
        "http://www.example.gov.cn/", "a@example.com", "Examples", ""
    };
    size_t i;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_string_equal(renamed(texts[i], state), texts[i]);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(replaces_the_word_in_names),
    GOV_TEST(keeps_other_words),
};
GOV_TEST_MAIN(tests)
