/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Log lines. */

#include "gov_log.h"
#include "gov_test.h"

typedef struct line_t {
    gov_log_level_t level;
    int number;
    char text[16384];
} line_t;

static line_t seen;

static void
keep(void *baton, gov_log_level_t level, int number, const char *text)
{
    line_t *line = baton;

    line->level = level;
    line->number = number;
    apr_cpystrn(line->text, text, sizeof(line->text));
}

static void hands_lines_to_the_sink(void **state)
{
    (void)state;
    gov_log_to(keep, &seen);
    gov_log(GOV_LOG_WARNING, 42, "job %s took %d ms", "feed", 7);
    assert_int_equal(seen.level, GOV_LOG_WARNING);
    assert_int_equal(seen.number, 42);
    assert_string_equal(seen.text, "job feed took 7 ms");
}

static void puts_a_chain_in_one_line(void **state)
{
    gov_test_t *t = *state;

    gov_log_to(keep, &seen);
    gov_log_err(GOV_LOG_ERROR, 7,
                gov_err(GOV_E_INTERNAL, gov_err(GOV_E_UNAVAILABLE, NULL,
                                                t->pool, "no answer"),
                        t->pool, "cannot save"), "feed");
    assert_contains(seen.text, "feed: cannot save (base/test_log.c:");
    assert_contains(seen.text, "): no answer (base/test_log.c:");
}

static void lets_nobody_forge_a_line(void **state)
{
    (void)state;
    gov_log_to(keep, &seen);
    gov_log(GOV_LOG_INFO, 1, "host %s", "a\r\nGOV0001 error: b\x1b[2J市");
    assert_string_equal(seen.text,
                        "host a\\x0d\\x0aGOV0001 error: b\\x1b[2J市");
}

static void shows_bytes_that_are_not_text(void **state)
{
    (void)state;
    gov_log_to(keep, &seen);
    gov_log(GOV_LOG_INFO, 1, "%s", "a\xFF" "b\xE5\xB8");
    assert_string_equal(seen.text, "a\\xff" "b\\xe5\\xb8");
}

static void cuts_lines_that_are_too_long(void **state)
{
    gov_test_t *t = *state;
    char *text = apr_palloc(t->pool, 20001);
    gov_err_t *err = NULL;
    int i;

    gov_log_to(keep, &seen);
    memset(text, '\n', 20000);
    text[20000] = '\0';
    gov_log(GOV_LOG_INFO, 1, "%s", text);
    assert_true(strlen(seen.text) > 1000);
    memset(text, 'x', 20000);
    for (i = 0; i < 3; i++)
        err = gov_err(GOV_E_INTERNAL, err, t->pool, "%s", text);
    gov_log_err(GOV_LOG_INFO, 1, err, "x");
    assert_int_equal(strlen(seen.text), 4095);
}

static void writes_to_stderr_unless_told_otherwise(void **state)
{
    (void)state;
    gov_log_to(NULL, NULL);
    gov_log(GOV_LOG_INFO, 1, "this line belongs to a test");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(hands_lines_to_the_sink),
    GOV_TEST(puts_a_chain_in_one_line),
    GOV_TEST(lets_nobody_forge_a_line),
    GOV_TEST(shows_bytes_that_are_not_text),
    GOV_TEST(cuts_lines_that_are_too_long),
    GOV_TEST(writes_to_stderr_unless_told_otherwise),
};
GOV_TEST_MAIN(tests)
