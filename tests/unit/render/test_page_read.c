/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Page models out of XML text. */

#include "gov_page.h"
#include "gov_test.h"

static gov_err_t *
read_page(gov_page_t **page, const char *xml, gov_test_t *t)
{
    gov_bytes_t bytes = { xml, strlen(xml) };

    return gov_page_read(page, bytes, "a.xml", t->pool);
}

static void reads_back_what_was_written(void **state)
{
    gov_test_t *t = *state;
    gov_page_t *page = gov_page_create("document", t->pool), *again;
    gov_node_t *node = gov_node_add(gov_page_root(page), "title");
    const char *xml;

    gov_node_text(node, "a < b & \"c\"");
    xml = gov_page_xml(page, t->pool);
    assert_ok(read_page(&again, xml, t));
    assert_string_equal(gov_page_kind(again), "document");
    assert_string_equal(gov_page_xml(again, t->pool), xml);
}

static void can_be_built_further(void **state)
{
    gov_test_t *t = *state;
    gov_page_t *page;
    gov_node_t *node;

    assert_ok(read_page(&page, "<page kind=\"home\" lang=\"en\"/>", t));
    node = gov_node_add(gov_page_root(page), "site");
    gov_node_set(node, "theme", "blue");
    gov_page_change(page, "site", "theme", "green");
    gov_page_change(page, "page", "lang", "zh-CN");
    gov_page_change(page, "nothing", "lang", "en");
    assert_contains(gov_page_xml(page, t->pool), "<site theme=\"green\"/>");
    assert_contains(gov_page_xml(page, t->pool), "lang=\"zh-CN\"");
}

static void lists_what_stands_elsewhere(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *refs;
    gov_page_t *page;

    assert_ok(read_page(&page, "<page kind=\"home\"><block><markup ref=\"b1\"/>"
                        "</block><!-- x --><markup ref=\"b2\"/></page>", t));
    refs = gov_page_refs(page, t->pool);
    assert_int_equal(refs->nelts, 2);
    assert_string_equal(APR_ARRAY_IDX(refs, 0, const char *), "b1");
    assert_string_equal(APR_ARRAY_IDX(refs, 1, const char *), "b2");
}

static void refuses_what_is_no_model(void **state)
{
    static const char *const texts[] = {
        "", "<page", "<page/>", "<html kind=\"home\"/>",
        "<page kind=\"home\"></pag>"
    };
    gov_page_t *page;
    size_t i;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_err(GOV_E_INVALID, read_page(&page, texts[i], *state));
}

static void leaves_entities_and_files_alone(void **state)
{
    gov_test_t *t = *state;
    gov_page_t *page;

    assert_ok(read_page(&page, "<!DOCTYPE page [<!ENTITY e SYSTEM "
                        "\"file:///etc/hostname\">]>"
                        "<page kind=\"home\"><title>&e;</title></page>", t));
    assert_contains(gov_page_xml(page, t->pool), "<title>&e;</title>");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(reads_back_what_was_written),
    GOV_TEST(can_be_built_further),
    GOV_TEST(lists_what_stands_elsewhere),
    GOV_TEST(refuses_what_is_no_model),
    GOV_TEST(leaves_entities_and_files_alone),
};
GOV_TEST_MAIN(tests)
