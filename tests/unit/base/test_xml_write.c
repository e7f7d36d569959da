/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Writing XML. */

#include "gov_test.h"
#include "gov_xml.h"

static void writes_what_it_is_told(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *out = gov_buf_create(16, t->pool);
    gov_xmlw_t *w = gov_xmlw_create(out, t->pool);

    gov_xmlw_open(w, "feed");
    gov_xmlw_attr(w, "xmlns", "http://www.w3.org/2005/Atom");
    gov_xmlw_attr(w, "xml:lang", "zh-CN");
    gov_xmlw_attr(w, "absent", NULL);
    gov_xmlw_leaf(w, "title", "市政府");
    gov_xmlw_open(w, "link");
    gov_xmlw_attr(w, "href", "/?a=1&b=2");
    gov_xmlw_close(w);
    gov_xmlw_text(w, NULL);
    gov_xmlw_leaf(w, "logo", NULL);
    gov_xmlw_leaf(w, "icon", "");
    gov_xmlw_text(w, "end");
    gov_xmlw_close(w);
    assert_string_equal(out->data,
                        "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                        "xml:lang=\"zh-CN\"><title>市政府</title>"
                        "<link href=\"/?a=1&amp;b=2\"/><logo/><icon/>end"
                        "</feed>");
}

static void keeps_hostile_text_as_text(void **state)
{
    static const char hostile[] = "</a><script a=\"b'c\">\t\n]]>&amp;x";
    gov_test_t *t = *state;
    gov_buf_t *out = gov_buf_create(16, t->pool);
    gov_xmlw_t *w = gov_xmlw_create(out, t->pool);
    const gov_xml_t *root;

    gov_xmlw_open(w, "a");
    gov_xmlw_attr(w, "b", hostile);
    gov_xmlw_text(w, hostile);
    gov_xmlw_close(w);
    assert_ok(gov_xml_parse(&root, out->data, out->len, "out", t->pool));
    assert_string_equal(gov_xml_attr(root, "b", t->pool), hostile);
    assert_string_equal(gov_xml_text(root, t->pool), hostile);
    assert_null(gov_xml_child(root, NULL));
}

static void keeps_carriage_returns(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *out = gov_buf_create(16, t->pool);
    gov_xmlw_t *w = gov_xmlw_create(out, t->pool);
    const gov_xml_t *root;

    gov_xmlw_leaf(w, "a", "one\r\ntwo");
    assert_ok(gov_xml_parse(&root, out->data, out->len, "out", t->pool));
    assert_string_equal(gov_xml_text(root, t->pool), "one\r\ntwo");
}

static void is_well_formed_whatever_comes(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *out = gov_buf_create(16, t->pool);
    gov_xmlw_t *w = gov_xmlw_create(out, t->pool);
    const gov_xml_t *root;
    char all[256];
    int i;

    for (i = 0; i < 255; i++)
        all[i] = (char)(i + 1);
    all[255] = '\0';
    gov_xmlw_open(w, "a");
    gov_xmlw_attr(w, "b", all);
    gov_xmlw_text(w, all);
    gov_xmlw_text(w, "\xEF\xBF\xBF");
    gov_xmlw_close(w);
    assert_ok(gov_xml_parse(&root, out->data, out->len, "out", t->pool));
}

static void nests_as_deep_as_told(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *out = gov_buf_create(16, t->pool);
    gov_xmlw_t *w = gov_xmlw_create(out, t->pool);
    int i;

    for (i = 0; i < 100; i++)
        gov_xmlw_open(w, apr_psprintf(t->pool, "n%d", i));
    gov_xmlw_text(w, "x");
    for (i = 0; i < 100; i++)
        gov_xmlw_close(w);
    assert_contains(out->data, "<n98><n99>x</n99></n98>");
    assert_string_equal(out->data + out->len - 5, "</n0>");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(writes_what_it_is_told),
    GOV_TEST(keeps_hostile_text_as_text),
    GOV_TEST(keeps_carriage_returns),
    GOV_TEST(is_well_formed_whatever_comes),
    GOV_TEST(nests_as_deep_as_told),
};
GOV_TEST_MAIN(tests)
