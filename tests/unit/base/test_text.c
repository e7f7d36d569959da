/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 text. */

#include "gov_test.h"
#include "gov_text.h"

#define VALID(text) gov_text_valid((text), sizeof(text) - 1)

static void accepts_text_of_all_planes(void **state)
{
    (void)state;
    assert_true(VALID(""));
    assert_true(VALID("plain\ttext\r\n"));
    assert_true(VALID("市政府公报"));
    assert_true(VALID("\xC2\xA0\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF"));
    assert_true(VALID("\xF0\x90\x80\x80 \xF0\xA0\x80\x80 \xF4\x8F\xBF\xBD"));
}

static void refuses_malformed_utf8(void **state)
{
    (void)state;
    assert_false(VALID("\x80"));
    assert_false(VALID("\xC0\xAF"));          /* overlong '/' */
    assert_false(VALID("\xC1\xBF"));
    assert_false(VALID("\xE0\x80\xAF"));
    assert_false(VALID("\xF0\x80\x80\xAF"));
    assert_false(VALID("\xED\xA0\x80"));      /* surrogate */
    assert_false(VALID("\xF4\x90\x80\x80"));  /* above U+10FFFF */
    assert_false(VALID("\xF8\x88\x80\x80\x80"));
    assert_false(VALID("\xE5\xB8"));          /* cut */
    assert_false(VALID("\xE5\xB8x"));
    assert_false(VALID("\xFF"));
}

static void does_not_read_past_the_end(void **state)
{
    gov_test_t *t = *state;
    char *exact = test_malloc(2); /* valgrind and ASan watch its end */

    (void)t;
    memcpy(exact, "\xE5\xB8", 2);
    assert_false(gov_text_valid(exact, 2));
    test_free(exact);
}

static void refuses_controls_and_noncharacters(void **state)
{
    (void)state;
    assert_false(VALID("a\0b"));
    assert_false(VALID("\x01"));
    assert_false(VALID("\x0B"));
    assert_false(VALID("\x1B[31m"));
    assert_false(VALID("\x7F"));
    assert_false(VALID("\xC2\x85"));
    assert_false(VALID("\xEF\xBF\xBE"));      /* U+FFFE */
    assert_false(VALID("\xEF\xB7\x90"));      /* U+FDD0 */
    assert_false(VALID("\xF4\x8F\xBF\xBF"));  /* U+10FFFF */
}

static void counts_characters(void **state)
{
    (void)state;
    assert_int_equal(gov_text_length(""), 0);
    assert_int_equal(gov_text_length("a市\xF0\xA0\x80\x80"), 3);
}

static void folds_white_space(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_text_fold("", t->pool), "");
    assert_string_equal(gov_text_fold(" \t\r\n　", t->pool), "");
    assert_string_equal(gov_text_fold("　　关于 \n\t 印发　通知　", t->pool),
                        "关于 印发 通知");
    assert_string_equal(gov_text_fold("a\xC2\xA0\xE2\x80\xA8z", t->pool),
                        "a z");
    assert_string_equal(gov_text_fold(" \xFF x\xE5\xB8 ", t->pool),
                        "\xFF x\xE5\xB8");
}

static void cuts_after_whole_characters(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_text_cut("市政府公报", 3, t->pool), "市政府…");
    assert_string_equal(gov_text_cut("市政府公报", 5, t->pool), "市政府公报");
    assert_string_equal(gov_text_cut("市政府公报", 99, t->pool), "市政府公报");
    assert_string_equal(gov_text_cut("市政府公报", 0, t->pool), "…");
    assert_string_equal(gov_text_cut("", 0, t->pool), "");
}

static void leaves_no_blank_before_the_cut(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_text_cut("one  two three", 4, t->pool), "one…");
    assert_string_equal(gov_text_cut("one two  ", 7, t->pool), "one two");
}

static const char *
repair(const char *data, apr_size_t len, apr_pool_t *pool)
{
    const char *text = gov_text_repair(data, len, pool);

    assert_true(gov_text_valid(text, strlen(text)));
    return text;
}

static void repairs_what_is_broken_and_keeps_the_rest(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(repair("市\xFF政", 7, t->pool), "市\xEF\xBF\xBD政");
    assert_string_equal(repair("\xE5\xB8x", 3, t->pool), "\xEF\xBF\xBDx");
    assert_string_equal(repair("\xE5\xB8", 2, t->pool), "\xEF\xBF\xBD");
    assert_string_equal(repair("a\0b\x07\tc", 6, t->pool), "ab\tc");
    assert_string_equal(repair("\xEF\xBF\xBE", 3, t->pool), "\xEF\xBF\xBD");
}

/* Unicode chapter 3, table 3-8. */
static void replaces_as_unicode_recommends(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(repair("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80"
                               "\xBF\x64", 13, t->pool),
                        "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" "b"
                        "\xEF\xBF\xBD" "c\xEF\xBF\xBD\xEF\xBF\xBD" "d");
}

static void escapes_for_xml(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_text_xml("<a href=\"x\">R&D</a>", t->pool),
                        "&lt;a href=&quot;x&quot;&gt;R&amp;D&lt;/a&gt;");
    assert_string_equal(gov_text_xml("市\r\n'\x01", t->pool), "市&#13;\n'");
    assert_string_equal(gov_text_xml("", t->pool), "");
}

static void knows_a_slug(void **state)
{
    (void)state;
    assert_true(gov_text_is_slug("a"));
    assert_true(gov_text_is_slug("2026-work-report"));
    assert_true(gov_text_is_slug("aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd"
                                 "eeeeeeeeeeffffffffff"));
    assert_false(gov_text_is_slug("aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd"
                                  "eeeeeeeeeeffffffffffx"));
    assert_false(gov_text_is_slug(""));
    assert_false(gov_text_is_slug("-a"));
    assert_false(gov_text_is_slug("News"));
    assert_false(gov_text_is_slug("a_b"));
    assert_false(gov_text_is_slug("a/b"));
    assert_false(gov_text_is_slug("新闻"));
}

static void names_files_for_addresses(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_text_file_name("a-b_c.PDF", t->pool), "a-b_c.PDF");
    assert_string_equal(gov_text_file_name("x/../y z.png", t->pool), "y-z.png");
    assert_string_equal(gov_text_file_name("\"<&>\".txt", t->pool),
                        "-----.txt");
    assert_string_equal(gov_text_file_name("表.xls", t->pool), "---.xls");
}

static void finds_endings_and_words(void **state)
{
    (void)state;
    assert_true(gov_text_ends("a.xml", ".xml"));
    assert_true(gov_text_ends(".xml", ".xml"));
    assert_false(gov_text_ends("xml", ".xml"));
    assert_true(gov_text_has_word("news city", "city"));
    assert_true(gov_text_has_word("newscity news", "news"));
    assert_false(gov_text_has_word("news/city newsroom", "news"));
    assert_false(gov_text_has_word("", "news"));
    assert_false(gov_text_has_word("a  b", ""));
}

static void splits_and_sorts(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *parts = gov_text_split(" b  a,c ", " ,", t->pool);

    assert_int_equal(parts->nelts, 3);
    assert_string_equal(APR_ARRAY_IDX(parts, 0, const char *), "b");
    gov_text_sort(parts);
    assert_string_equal(APR_ARRAY_IDX(parts, 0, const char *), "a");
    assert_string_equal(APR_ARRAY_IDX(parts, 2, const char *), "c");
    assert_int_equal(gov_text_split("", " ", t->pool)->nelts, 0);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(accepts_text_of_all_planes),
    GOV_TEST(refuses_malformed_utf8),
    GOV_TEST(does_not_read_past_the_end),
    GOV_TEST(refuses_controls_and_noncharacters),
    GOV_TEST(counts_characters),
    GOV_TEST(folds_white_space),
    GOV_TEST(cuts_after_whole_characters),
    GOV_TEST(leaves_no_blank_before_the_cut),
    GOV_TEST(repairs_what_is_broken_and_keeps_the_rest),
    GOV_TEST(replaces_as_unicode_recommends),
    GOV_TEST(escapes_for_xml),
    GOV_TEST(knows_a_slug),
    GOV_TEST(names_files_for_addresses),
    GOV_TEST(finds_endings_and_words),
    GOV_TEST(splits_and_sorts),
};
GOV_TEST_MAIN(tests)
