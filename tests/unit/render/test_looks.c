/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Looks: from files of templates and words to bytes, and what is refused.

   Each test writes a small look directory of its own: one theme, one kind. */

#include <apr_file_info.h>

#include "gov_test.h"
#include "gov_theme.h"
#include "gov_xml.h"

#define XSL "<xsl:stylesheet version='1.0' " \
    "xmlns:xsl='http://www.w3.org/1999/XSL/Transform' " \
    "xmlns:g='urn:govportal:template:1' exclude-result-prefixes='g'>"
#define END "</xsl:stylesheet>"
#define WORDS(lang, words) "<catalogue xmlns='urn:govportal:words:1' " \
    "lang='" lang "'>" words "</catalogue>"
#define LAYOUT XSL "<xsl:template match='/page'><html lang='{@lang}'>" \
    "<xsl:call-template name='main'/></html></xsl:template>" END

static void
put(gov_test_t *t, const char *path, const char *text)
{
    const char *whole = apr_pstrcat(t->pool, gov_test_dir(t), "/", path, NULL);
    apr_file_t *file;
    apr_size_t len = strlen(text);

    apr_dir_make_recursive(apr_pstrmemdup(t->pool, whole,
                                          (apr_size_t)(strrchr(whole, '/')
                                                       - whole)),
                           APR_OS_DEFAULT, t->pool);
    assert_int_equal(apr_file_open(&file, whole,
                                   APR_FOPEN_CREATE | APR_FOPEN_WRITE
                                   | APR_FOPEN_TRUNCATE, APR_OS_DEFAULT,
                                   t->pool), 0);
    apr_file_write_full(file, text, len, NULL);
    apr_file_close(file);
}

/* The stylesheet's files lie in sub-folders, which the fixture's own clean-up of
   one directory does not know. */
static apr_status_t
clear(void *dir)
{
    apr_pool_t *pool;

    apr_pool_create(&pool, NULL);
    if (system(apr_pstrcat(pool, "rm -rf '", (const char *)dir, "'", NULL)))
        print_error("cannot remove %s\n", (const char *)dir);
    apr_pool_destroy(pool);
    return APR_SUCCESS;
}

static gov_err_t *
load(gov_looks_t **looks, gov_test_t *t, const char *page_xsl)
{
    apr_array_header_t *dirs = apr_array_make(t->pool, 1,
                                              sizeof(gov_look_dir_t));
    gov_look_dir_t *dir = apr_array_push(dirs);

    dir->name = "core";
    dir->dir = gov_test_dir(t);
    apr_pool_cleanup_register(t->pool, dir->dir, clear, apr_pool_cleanup_null);
    put(t, "base/layout.xsl", LAYOUT);
    put(t, "themes/plain/theme.xsl", XSL
        "<xsl:import href='../../base/layout.xsl'/>" END);
    put(t, "themes/README.md", "not a theme");
    put(t, "lang/zh-CN.xml", WORDS("zh-CN", "<word key='more'>更多</word>"
        "<word key='brace'>a{b</word><word key='of'>第{1}页，共{2}页</word>"));
    put(t, "lang/en.xml", WORDS("en", "<word key='more'>More</word>"
        "<word key='brace'>a{b</word><word key='of'>{1} of {2}</word>"));
    put(t, "pages/thing.xsl", page_xsl);
    return gov_looks_load(looks, dirs, t->pool);
}

static const char *
html(gov_test_t *t, const gov_looks_t *looks, const char *lang,
     gov_page_t *page)
{
    gov_bytes_t bytes;

    gov_node_set(gov_page_root(page), "lang", lang);
    assert_ok(gov_render(&bytes, looks, "plain", lang, page, NULL, NULL,
                         t->pool));
    return bytes.data;
}

#define MAIN(body) XSL "<xsl:template name='main'>" body "</xsl:template>" END

static void puts_each_languages_words(void **state)
{
    gov_test_t *t = *state;
    gov_looks_t *looks;

    assert_ok(load(&looks, t, MAIN("<a title='[[brace]] {@kind}'>[[more]]"
                                   "</a>")));
    assert_string_equal(html(t, looks, "zh-CN",
                             gov_page_create("thing", t->pool)),
                        "<!DOCTYPE html>\n<html lang=\"zh-CN\">"
                        "<a title=\"a{b thing\">更多</a></html>");
    assert_contains(html(t, looks, "en", gov_page_create("thing", t->pool)),
                    ">More</a>");
}

static void puts_arguments_where_the_word_has_them(void **state)
{
    gov_test_t *t = *state;
    gov_looks_t *looks;

    assert_ok(load(&looks, t, MAIN("<p><g:say key='of'><g:arg select='1+1'/>"
                                   "<g:arg select='9'/></g:say></p>")));
    assert_contains(html(t, looks, "zh-CN",
                         gov_page_create("thing", t->pool)),
                    "<p>第2页，共9页</p>");
}

static void converts_to_traditional_characters(void **state)
{
    gov_test_t *t = *state;
    gov_looks_t *looks;
    gov_page_t *page = gov_page_create("thing", t->pool);

    assert_ok(load(&looks, t, MAIN("<p><xsl:value-of select='@title'/></p>")));
    gov_node_set(gov_page_root(page), "title", "发展与头发");
    assert_contains(html(t, looks, "zh-Hant", page), "<p>發展與頭髮</p>");
}

static void escapes_texts_and_values(void **state)
{
    gov_test_t *t = *state;
    gov_looks_t *looks;
    gov_page_t *page = gov_page_create("thing", t->pool);

    assert_ok(load(&looks, t, MAIN("<p title='{@x}'><xsl:value-of "
                                   "select='@x'/></p>")));
    gov_node_set(gov_page_root(page), "x", "\"><script>&amp;'");
    assert_contains(html(t, looks, "en", page),
                    "<p title=\"&quot;&gt;&lt;script&gt;&amp;amp;'\">\"&gt;"
                    "&lt;script&gt;&amp;amp;'</p>");
}

static void writes_void_elements_without_an_end(void **state)
{
    gov_test_t *t = *state;
    gov_looks_t *looks;

    assert_ok(load(&looks, t, MAIN("<br/><img alt='x'/><p/><i></i>")));
    assert_contains(html(t, looks, "en", gov_page_create("thing", t->pool)),
                    "<br><img alt=\"x\"><p></p><i></i>");
}

static void splices_cleaned_markup_by_reference(void **state)
{
    gov_test_t *t = *state;
    gov_looks_t *looks;
    gov_page_t *page = gov_page_create("thing", t->pool);

    assert_ok(load(&looks, t, MAIN("<xsl:for-each select='markup'>"
                                   "<g:markup ref='{@ref}'/></xsl:for-each>")));
    gov_node_markup(page, gov_page_root(page), "body", "<p>a &lt; b</p>");
    assert_contains(html(t, looks, "en", page), "<p>a &lt; b</p></html>");
}

static void keeps_data_from_ending_a_script(void **state)
{
    gov_test_t *t = *state;
    gov_looks_t *looks;
    gov_page_t *page = gov_page_create("thing", t->pool);
    gov_bytes_t bytes;

    assert_ok(load(&looks, t, MAIN("<script type='application/ld+json'>"
                                   "<xsl:value-of select='@x'/></script>")));
    gov_node_set(gov_page_root(page), "x", "</script><b>");
    assert_err(GOV_E_INTERNAL, gov_render(&bytes, looks, "plain", "en", page,
                                          NULL, NULL, t->pool));
}

static void refuses_a_word_that_no_catalogue_has(void **state)
{
    gov_test_t *t = *state;
    gov_looks_t *looks;
    const gov_err_t *err;

    err = assert_err(GOV_E_INVALID, load(&looks, t, MAIN("<p>[[none]]</p>")));
    assert_contains(gov_err_chain(err, t->pool), "thing.xsl:1");
    assert_contains(gov_err_chain(err, t->pool), "\"none\"");
}

static void refuses_what_a_theme_may_not_do(void **state)
{
    static const char *const bad[] = {
        MAIN("<xsl:value-of select='.' disable-output-escaping='yes'/>"),
        MAIN("<xsl:value-of select=\"document('/etc/passwd')\"/>"),
        XSL "<xsl:import href='/etc/passwd'/>" END,
        XSL "<xsl:include href='../../../../../../etc/passwd'/>" END,
        XSL "<xsl:import href='http://127.0.0.1/x.xsl'/>" END,
        "<xsl:stylesheet version='1.0'>", MAIN("<xsl:nothing/>"),
        MAIN("<xsl:value-of select='(('/>")
    };
    gov_test_t *t = *state;
    apr_size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        gov_looks_t *looks;

        assert_err(GOV_E_INVALID, load(&looks, t, bad[i]));
    }
}

static void stops_a_stylesheet_that_never_ends(void **state)
{
    gov_test_t *t = *state;
    gov_looks_t *looks;

    /* found when the looks are loaded, by the warm-up */
    assert_err(GOV_E_INVALID,
               load(&looks, t, MAIN("<xsl:call-template name='main'/>")));
}

/* Fine while there is no data, as in the warm-up; then each doubles or squares what
   it is given, in few steps and levels. */
static void stops_a_stylesheet_that_makes_too_much(void **state)
{
    static const char *const bombs[] = {
        MAIN("<xsl:for-each select='//*'><xsl:for-each select='//*'>"
             "<p title='{/page/@x}'/></xsl:for-each></xsl:for-each>"),
        MAIN("<xsl:param name='s' select='/page/@x'/><xsl:if test='$s != \"\"'>"
             "<xsl:call-template name='main'><xsl:with-param name='s' "
             "select='concat($s, $s)'/></xsl:call-template></xsl:if>")
    };
    gov_test_t *t = *state;
    char *text = apr_palloc(t->pool, 10001);
    apr_size_t i;
    int k;

    memset(text, 'x', 10000);
    text[10000] = '\0';
    gov_xml_arena_install(t->pool);
    for (i = 0; i < sizeof(bombs) / sizeof(bombs[0]); i++) {
        gov_bytes_t bytes;
        gov_looks_t *looks;
        gov_page_t *page;

        assert_ok(load(&looks, t, bombs[i]));
        assert_true(gov_xml_arena_enter());
        page = gov_page_create("thing", t->pool);
        gov_node_set(gov_page_root(page), "lang", "en");
        gov_node_set(gov_page_root(page), "x", text);
        for (k = 0; k < 200; k++)
            gov_node_add(gov_page_root(page), "node");
        assert_err(GOV_E_INTERNAL, gov_render(&bytes, looks, "plain", "en",
                                              page, NULL, NULL, t->pool));
        gov_xml_arena_leave();
    }
}

static void changes_its_version_with_any_file(void **state)
{
    gov_test_t *t = *state;
    gov_looks_t *a, *b, *c;

    assert_ok(load(&a, t, MAIN("<p>1</p>")));
    assert_ok(load(&b, t, MAIN("<p>1</p>")));
    assert_ok(load(&c, t, MAIN("<p>2</p>")));
    assert_string_equal(gov_looks_version(a), gov_looks_version(b));
    assert_string_not_equal(gov_looks_version(a), gov_looks_version(c));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(puts_each_languages_words),
    GOV_TEST(puts_arguments_where_the_word_has_them),
    GOV_TEST(converts_to_traditional_characters),
    GOV_TEST(escapes_texts_and_values),
    GOV_TEST(writes_void_elements_without_an_end),
    GOV_TEST(splices_cleaned_markup_by_reference),
    GOV_TEST(keeps_data_from_ending_a_script),
    GOV_TEST(refuses_a_word_that_no_catalogue_has),
    GOV_TEST(refuses_what_a_theme_may_not_do),
    GOV_TEST(stops_a_stylesheet_that_never_ends),
    GOV_TEST(stops_a_stylesheet_that_makes_too_much),
    GOV_TEST(changes_its_version_with_any_file),
};
GOV_TEST_MAIN(tests)
