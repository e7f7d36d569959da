/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Plain text and whole HTML files as markup. */

#include "gov_markup.h"
#include "gov_test.h"
#include "gov_text.h"
#include "markup_check.h"

static void makes_each_line_a_paragraph(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_markup_from_text("a\nb\r\n\r\n\n c \rd", t->pool),
                        "<p>a</p>\n<p>b</p>\n<p>c</p>\n<p>d</p>\n");
    assert_string_equal(gov_markup_from_text("", t->pool), "");
    assert_string_equal(gov_markup_from_text(" \n\n\t\n", t->pool), "");
    assert_string_equal(gov_markup_from_text("　　为了a　b，\n", t->pool),
                        "<p>为了a　b，</p>\n");
}

static void sees_the_headings_of_official_documents(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_markup_from_text(
                            "一、总体要求\n（一）指导思想\n(二)原则\n"
                            "十二、其他\n二十一、附则\n第一章 总则\n"
                            "第三节 职责\n", t->pool),
                        "<h2>一、总体要求</h2>\n<h3>（一）指导思想</h3>\n"
                        "<h3>(二)原则</h3>\n<h2>十二、其他</h2>\n"
                        "<h2>二十一、附则</h2>\n<h2>第一章 总则</h2>\n"
                        "<h3>第三节 职责</h3>\n");
}

static void leaves_sentences_in_paragraphs(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_markup_from_text(
                            "一、要提高认识。\n（一）各单位：\n第一条 为了\n"
                            "一是加强\n（附件）\n、a\n一\n（一\n1、a\n", t->pool),
                        "<p>一、要提高认识。</p>\n<p>（一）各单位：</p>\n"
                        "<p>第一条 为了</p>\n<p>一是加强</p>\n<p>（附件）</p>\n"
                        "<p>、a</p>\n<p>一</p>\n<p>（一</p>\n<p>1、a</p>\n");
    assert_string_equal(gov_markup_from_text(
                            "一、长长长长长长长长长长长长长长长长长长长长长长长"
                            "长长长长长长长长长长长长长长长长", t->pool),
                        "<p>一、长长长长长长长长长长长长长长长长长长长长长长长"
                        "长长长长长长长长长长长长长长长长</p>\n");
}

static void escapes_what_looks_like_markup(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_markup_from_text("<b>a</b> & \"c\"\n", t->pool),
                        "<p>&lt;b&gt;a&lt;/b&gt; &amp; &quot;c&quot;</p>\n");
}

static void loses_no_character(void **state)
{
    gov_test_t *t = *state;
    static const char notice[] =
        "\xEF\xBB\xBF　市政府办公室关于做好防汛工作的通知\n\n"
        "各区、县人民政府，市政府各部门：\n"
        "　　为了做好2026年防汛工作（以下简称“防汛”），现通知如下：\n"
        "　　一、提高认识\n"
        "　　（一）防汛是大事，人命关天；不得 < 松懈 > & 麻痹！\n"
        "　　（二）落实责任\r\n"
        "　　1.县（市、区）负总责。\n"
        "　　二、附则\n\n\n"
        "市政府办公室\n"
        "2026年5月1日  \n";
    gov_markup_t out;
    const char *html = gov_markup_from_text(notice, t->pool), *p, *q;

    assert_null(markup_check(html));
    assert_ok(gov_markup_clean(&out, html, strlen(html), 2, NULL, NULL,
                               t->pool));
    assert_string_equal(out.xhtml, html);
    assert_int_equal(out.dropped, 0);
    /* all but white space, in order */
    for (p = notice + 3, q = out.text; *p || *q;) {
        if (*p == '\r' || *p == '\n' || *p == ' ')
            p++;
        else if (!strncmp(p, "　", 3))
            p += 3;
        else if (*q == '\n' || *q == ' ')
            q++;
        else
            assert_int_equal(*p++, *q++);
    }
}

static void repairs_text(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_markup_from_text("a\x1B\xFF\n\x0C", t->pool),
                        "<p>a\xEF\xBF\xBD</p>\n");
}

static void finds_title_and_body(void **state)
{
    gov_test_t *t = *state;
    const char *html = "<!DOCTYPE html><html><head><title> 通知 &amp;\n 公告"
        "</title></head><body class=x><h1>a</h1>b</body></html>c";
    const char *title, *body;

    assert_ok(gov_markup_document(&title, &body, html, strlen(html), t->pool));
    assert_string_equal(title, "通知 & 公告");
    assert_string_equal(body, "<h1>a</h1>b</body></html>c");
}

static void takes_the_first_heading_for_a_title(void **state)
{
    gov_test_t *t = *state;
    const char *html = "<title></title><p>x<h1>a <b>b</b></h1><h1>c</h1>";
    const char *title, *body;
    gov_markup_t out;

    assert_ok(gov_markup_document(&title, &body, html, strlen(html), t->pool));
    assert_string_equal(title, "a b");
    assert_ok(gov_markup_clean(&out, body, strlen(body), 2, NULL, NULL,
                               t->pool));
    assert_string_equal(out.xhtml,
                        "<p>x</p>\n<h2>a <b>b</b></h2>\n<h2>c</h2>\n");
    assert_ok(gov_markup_document(&title, &body, "x", 1, t->pool));
    assert_null(title);
    assert_string_equal(body, "x");
}

static void is_not_led_astray_by_pictures(void **state)
{
    gov_test_t *t = *state;
    const char *html = "<body><svg><title>a</title></svg><p>b";
    const char *title, *body;

    assert_ok(gov_markup_document(&title, &body, html, strlen(html), t->pool));
    assert_null(title);
    assert_err(GOV_E_INVALID,
               gov_markup_document(&title, &body, html, 5 * 1024 * 1024,
                                   t->pool));
}

static void makes_a_picture_of_any_words(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_markup_picture("/-/asset/a/b.png", "\"<x>&", t->pool),
                        "<figure><img src=\"/-/asset/a/b.png\" "
                        "alt=\"&quot;&lt;x&gt;&amp;\"/></figure>");
}

static void misses_descriptions(void **state)
{
    (void)state;
    assert_false(gov_markup_undescribed("<p>no picture</p>"));
    assert_false(gov_markup_undescribed("<img src=\"a\" alt=\"tea\"/>"));
    assert_true(gov_markup_undescribed("<img src=\"a\" alt=\"\"/>"));
    assert_true(gov_markup_undescribed("<img src=\"a\" alt=\"tea\"/>"
                                       "<img src=\"b\"/><p alt=\"x\">"));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(makes_each_line_a_paragraph),
    GOV_TEST(sees_the_headings_of_official_documents),
    GOV_TEST(leaves_sentences_in_paragraphs),
    GOV_TEST(escapes_what_looks_like_markup),
    GOV_TEST(loses_no_character),
    GOV_TEST(repairs_text),
    GOV_TEST(finds_title_and_body),
    GOV_TEST(takes_the_first_heading_for_a_title),
    GOV_TEST(is_not_led_astray_by_pictures),
    GOV_TEST(makes_a_picture_of_any_words),
    GOV_TEST(misses_descriptions),
};
GOV_TEST_MAIN(tests)
