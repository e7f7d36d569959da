/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Whole files and lists of files. */

#include <sys/stat.h>

#include "gov_file.h"
#include "gov_test.h"

static void reads_a_file_and_ends_it_with_zero(void **state)
{
    gov_test_t *t = *state;
    const char *file = gov_test_write(t, "a.txt", "two\nlines");
    gov_bytes_t bytes;

    assert_ok(gov_file_read(&bytes, file, 9, t->pool));
    assert_int_equal(bytes.len, 9);
    assert_string_equal(bytes.data, "two\nlines");
}

static void refuses_what_is_longer_than_allowed(void **state)
{
    gov_test_t *t = *state;
    const char *file = gov_test_write(t, "a.txt", "two\nlines");
    gov_bytes_t bytes;

    assert_err(GOV_E_INVALID, gov_file_read(&bytes, file, 8, t->pool));
}

static void tells_what_is_missing_from_what_is_no_file(void **state)
{
    gov_test_t *t = *state;
    const char *pipe = apr_pstrcat(t->pool, gov_test_dir(t), "/pipe", NULL);
    gov_bytes_t bytes;

    assert_err(GOV_E_NOT_FOUND, gov_file_read(&bytes, "/no/such", 1, t->pool));
    assert_err(GOV_E_INVALID, gov_file_read(&bytes, gov_test_dir(t), 1,
                                            t->pool));
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_err(GOV_E_INVALID, gov_file_read(&bytes, pipe, 1, t->pool));
}

static void lists_sorted_names_with_an_ending(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *names;

    gov_test_write(t, "b.xml", "");
    gov_test_write(t, "a.xml", "");
    gov_test_write(t, "c.txt", "");
    gov_test_write(t, ".hidden.xml", "");
    assert_ok(gov_file_list(&names, gov_test_dir(t), ".xml", t->pool));
    assert_int_equal(names->nelts, 2);
    assert_string_equal(APR_ARRAY_IDX(names, 0, const char *), "a.xml");
    assert_string_equal(APR_ARRAY_IDX(names, 1, const char *), "b.xml");
    assert_ok(gov_file_list(&names, gov_test_dir(t), NULL, t->pool));
    assert_int_equal(names->nelts, 3);
}

static void says_that_there_is_no_such_folder(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *names;

    assert_err(GOV_E_NOT_FOUND, gov_file_list(&names, "/no/such", NULL,
                                              t->pool));
    assert_false(gov_file_is("/no/such", t->pool));
    assert_true(gov_file_is(gov_test_dir(t), t->pool));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(reads_a_file_and_ends_it_with_zero),
    GOV_TEST(refuses_what_is_longer_than_allowed),
    GOV_TEST(tells_what_is_missing_from_what_is_no_file),
    GOV_TEST(lists_sorted_names_with_an_ending),
    GOV_TEST(says_that_there_is_no_such_folder),
};
GOV_TEST_MAIN(tests)
