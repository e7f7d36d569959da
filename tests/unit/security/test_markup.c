/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* What cleaning makes of what editors paste. */

#include "gov_markup.h"
#include "gov_test.h"
#include "markup_check.h"

static gov_markup_t out;

/* Cleans and checks what always holds. */
static const char *
clean(gov_test_t *t, const char *html)
{
    gov_markup_t again;
    const char *wrong;

    assert_ok(gov_markup_clean(&out, html, strlen(html), 2, NULL, NULL,
                               t->pool));
    wrong = markup_check(out.xhtml);
    if (wrong) {
        print_error("%s\n  became %s  which has %s\n", html, out.xhtml, wrong);
        fail();
    }
    assert_ok(gov_markup_clean(&again, out.xhtml, strlen(out.xhtml), 2, NULL,
                               NULL, t->pool));
    assert_string_equal(again.xhtml, out.xhtml);
    assert_int_equal(again.dropped, 0);
    return out.xhtml;
}

#define CLEAN(html, expected) assert_string_equal(clean(t, html), expected)

static void keeps_what_an_article_needs(void **state)
{
    gov_test_t *t = *state;

    CLEAN("<p>一<strong>二</strong><em>三</em> x<sup>2</sup> &amp; &lt;</p>",
          "<p>一<strong>二</strong><em>三</em> x<sup>2</sup> &amp; &lt;</p>\n");
    CLEAN("<ol start=3 type=a reversed><li>a<li>b</ol>",
          "<ol start=\"3\" type=\"a\" reversed=\"reversed\"><li>a</li>"
          "<li>b</li></ol>\n");
    CLEAN("<dl><dt>a<dd>b<dd>c</dl>",
          "<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>\n");
    CLEAN("<figure><img src=/a.png alt='图'><figcaption>x</figure>",
          "<figure><img src=\"/a.png\" alt=\"图\"/><figcaption>x</figcaption>"
          "</figure>\n");
    CLEAN("<p>a<br>b<hr>c",
          "<p>a<br/>b</p>\n<hr/>\n<p>c</p>\n");
    CLEAN("<blockquote cite='/law'>a</blockquote><pre>\n\n a\n  b</pre>",
          "<blockquote cite=\"/law\">a</blockquote>\n<pre> a\n  b</pre>\n");
    CLEAN("<p><time datetime=2026-03-01>x</time><time>y</time>",
          "<p><time datetime=\"2026-03-01\">x</time>y</p>\n");
    CLEAN("<p lang=en dir=ltr>a <span lang=xx>b</span></p>",
          "<p lang=\"en\" dir=\"ltr\">a b</p>\n");
    CLEAN("<details><summary>a</summary><p>b</details>",
          "<details><summary>a</summary><p>b</p></details>\n");
    CLEAN("<p><ruby>汉<rp>(</rp><rt>han</rt><rp>)</rp></ruby>",
          "<p><ruby>汉<rp>(</rp><rt>han</rt><rp>)</rp></ruby></p>\n");
}

static void puts_text_into_paragraphs(void **state)
{
    gov_test_t *t = *state;

    CLEAN("a", "<p>a</p>\n");
    CLEAN("", "");
    CLEAN(" \n ", "");
    CLEAN("a <b>b</b><p>c</p> d ",
          "<p>a <b>b</b></p>\n<p>c</p>\n<p>d</p>\n");
    CLEAN("  a \n\t b  ", "<p>a b</p>\n");
    CLEAN("<div>a<p>b</div>", "<div>a<p>b</p></div>\n");
}

static void brings_inline_elements_into_blocks(void **state)
{
    gov_test_t *t = *state;

    CLEAN("<a href=/x><div>a</div><div>b</div></a>",
          "<div><a href=\"/x\">a</a></div>\n<div><a href=\"/x\">b</a></div>\n");
    CLEAN("<span lang=en id=k><p>a</p><p>b</p></span>",
          "<p><span lang=\"en\" id=\"c-k\">a</span></p>\n"
          "<p><span lang=\"en\">b</span></p>\n");
    CLEAN("<b>a<h2>b</h2></b>", "<p><b>a</b></p>\n<h2><b>b</b></h2>\n");
    CLEAN("<b><b><b>a</b></b></b><i></i>", "<p><b>a</b></p>\n");
}

static void gives_parts_their_whole(void **state)
{
    gov_test_t *t = *state;

    CLEAN("<li>a<li>b", "<ul><li>a</li><li>b</li></ul>\n");
    CLEAN("<li>a</li>b<li>c",
          "<ul><li>a</li></ul>\n<p>b</p>\n<ul><li>c</li></ul>\n");
    CLEAN("<ul><li>a</li><ul><li>b</li></ul></ul>",
          "<ul><li>a<ul><li>b</li></ul></li></ul>\n");
    CLEAN("<ul>a<p>b</p><li>c</ul>",
          "<ul><li>a<p>b</p></li><li>c</li></ul>\n");
    CLEAN("<dt>a<dd>b", "<dl><dt>a</dt><dd>b</dd></dl>\n");
    CLEAN("<dl><dd>a<dt>b</dl>", "<ul><li>a</li><li>b</li></ul>\n");
    CLEAN("<figcaption>a</figcaption><summary>b</summary>",
          "<div>a</div>\n<div>b</div>\n");
    CLEAN("<details>a</details>", "<div>a</div>\n");
    CLEAN("<td>a<tr>b", "<p>ab</p>\n");
}

static void moves_headings(void **state)
{
    gov_test_t *t = *state;

    CLEAN("<h1>a</h1><h2>b</h2><h1>c</h1>",
          "<h2>a</h2>\n<h3>b</h3>\n<h2>c</h2>\n");
    CLEAN("<h4>a</h4><h6>b</h6><h5>c</h5><h4>d</h4>",
          "<h2>a</h2>\n<h3>b</h3>\n<h3>c</h3>\n<h2>d</h2>\n");
    CLEAN("<h3>a</h3><h1>b</h1><h3>c</h3>",
          "<h2>a</h2>\n<h2>b</h2>\n<h3>c</h3>\n");
    CLEAN("<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6>",
          "<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>\n<h5>d</h5>\n<h6>e</h6>\n"
          "<h6>f</h6>\n");
    CLEAN("<h1> </h1><h2>&nbsp;<br></h2><h3>a</h3>", "<h2>a</h2>\n");
    CLEAN("<h2>a<p>b</p></h2><h2>c<ul><li>d</ul></h2>",
          "<h2>a b</h2>\n<h2>c</h2>\n<ul><li>d</li></ul>\n");
    CLEAN("<section><h1>a</h1></section><section>b</section>",
          "<section><h2>a</h2></section>\n<div>b</div>\n");
    assert_ok(gov_markup_clean(&out, "<h2>a", 5, 4, NULL, NULL, t->pool));
    assert_string_equal(out.xhtml, "<h4>a</h4>\n");
}

#define TABLE(inner)                                                          \
    "<div class=\"gov-table\"><table>" inner "</table></div>\n"

static void evens_out_tables(void **state)
{
    gov_test_t *t = *state;

    CLEAN("<table border=1 width=100%><tr><td bgcolor=red>a<th scope=col>b"
          "</table>",
          TABLE("<tbody><tr><td>a</td><th scope=\"col\">b</th></tr></tbody>"));
    CLEAN("<table><tr><td rowspan=5 colspan=2>a<td>b<tr></tr><tr><td>c</table>",
          TABLE("<tbody><tr><td rowspan=\"2\">a</td><td>b</td></tr>"
                "<tr><td>c</td></tr></tbody>"));
    CLEAN("<table><tr><td>a<td>b<td>c<tr><td>d</table>",
          TABLE("<tbody><tr><td>a</td><td>b</td><td>c</td></tr><tr><td>d</td>"
                "<td colspan=\"2\"></td></tr></tbody>"));
    CLEAN("<table><tfoot><tr><td>f<tbody><tr><td>b<thead><tr><th>h<caption>c"
          "</table>",
          TABLE("<caption>c</caption><thead><tr><th>h</th></tr></thead><tbody>"
                "<tr><td>b</td></tr></tbody><tfoot><tr><td>f</td></tr>"
                "</tfoot>"));
    CLEAN("<table><tr><th id=a>x<td headers='a b'>y</table>",
          TABLE("<tbody><tr><th id=\"c-a\">x</th><td headers=\"c-a\">y</td>"
                "</tr></tbody>"));
    CLEAN("<table><col><colgroup><col></colgroup><tr></table>a", "<p>a</p>\n");
    CLEAN("<table><caption>a</table>", "<div>a</div>\n");
    CLEAN("<table><tr><th><h2>a</h2></table>",
          TABLE("<tbody><tr><th><p>a</p></th></tr></tbody>"));
    CLEAN("<div class=gov-table>a<table><tr><td>b</table></div>",
          "<div>a<div class=\"gov-table\"><table><tbody><tr><td>b</td></tr>"
          "</tbody></table></div></div>\n");
}

static void drops_what_word_processors_leave(void **state)
{
    gov_test_t *t = *state;

    CLEAN("<p class=MsoNormal style='mso-pagination:none;line-height:28pt'>"
          "<span lang=EN-US style='font-size:16pt'>a<o:p></o:p></span></p>"
          "<p class=MsoNormal><o:p>&nbsp;</o:p></p>",
          "<p>a</p>\n");
    CLEAN("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
          "<xml><w:View>Normal</w:View></xml><p><![if !supportLists]>1."
          "<![endif]>a<?xml:namespace prefix=o />",
          "<p>1.a</p>\n");
    CLEAN("<center><font color=red size=7>a</font></center>",
          "<div class=\"align-center\">a</div>\n");
    CLEAN("<p align=right>a<p style='color:red; Text-Align : center'>b"
          "<p style='text-align:justify'>c",
          "<p class=\"align-right\">a</p>\n<p class=\"align-center\">b</p>\n"
          "<p>c</p>\n");
    CLEAN("<p class='x lead y lead'>a", "<p class=\"lead\">a</p>\n");
    CLEAN("<p>\xE3\x80\x80\xE3\x80\x80</p><div></div><ul></ul><p><span></span>"
          "</p><blockquote> </blockquote>", "");
}

static void writes_addresses_that_are_one(void **state)
{
    gov_test_t *t = *state;

    CLEAN("<a href='http://a.gov.cn/x y?q=\"一\"&amp;r'>a</a>",
          "<p><a href=\"http://a.gov.cn/x%20y?q=%22一%22&amp;r\""
          " rel=\"noopener noreferrer external\">a</a></p>\n");
    CLEAN("<a href=//a.cn>a</a>", "<p><a href=\"https://a.cn\""
          " rel=\"noopener noreferrer external\">a</a></p>\n");
    CLEAN("<a href='  /a\tb\n.html ' target=_blank rel=opener>a</a>",
          "<p><a href=\"/ab.html\">a</a></p>\n");
    CLEAN("<a href='mailto:a@b.cn?subject=x'>a</a><a href=tel:+86-12345>b</a>",
          "<p><a href=\"mailto:a@b.cn?subject=x\">a</a>"
          "<a href=\"tel:+86-12345\">b</a></p>\n");
    CLEAN("<a href='/100%'>a</a>", "<p><a href=\"/100%25\">a</a></p>\n");
    CLEAN("<img src='a b.png' width=10 height=20px>",
          "<p><img src=\"a%20b.png\" width=\"10\" alt=\"\"/></p>\n");
    CLEAN("<img alt=x><img src='mailto:a@b.cn'><img src='#x'>", "");
}

static void keeps_anchors_apart_from_the_pages_own(void **state)
{
    gov_test_t *t = *state;

    CLEAN("<h2 id=a>x</h2><p id=a>y</p><a href=#a>z</a>",
          "<h2 id=\"c-a\">x</h2>\n<p>y</p>\n<p><a href=\"#c-a\">z</a></p>\n");
    CLEAN("<a name=a></a><h2>x</h2>", "<h2 id=\"c-a\">x</h2>\n");
    CLEAN("<p>x<a name=a></a>y", "<p>x<span id=\"c-a\"></span>y</p>\n");
    CLEAN("<p id='a b'>x<a href='#a b'>y</a><a href=#>z</a>",
          "<p>xyz</p>\n");
}

static const char *
link_to(void *baton, const char *element, const char *address, apr_pool_t *pool)
{
    if (!strcmp(address, "gone.png"))
        return NULL;
    if (!strcmp(address, "evil.png"))
        return "javascript:x()";
    return apr_psprintf(pool, "/-/%s/%s/%s", (const char *)baton, element,
                        address);
}

static void asks_where_links_lead(void **state)
{
    gov_test_t *t = *state;
    const char *html = "<a href='b c.pdf'>x</a><img src=d.png><img src=gone.png>"
        "<img src=evil.png><a href=gone.png>y</a><a href=#z>z</a>"
        "<a href=mailto:a@b.cn>m</a>";

    assert_ok(gov_markup_clean(&out, html, strlen(html), 2, link_to,
                               (void *)"k", t->pool));
    assert_string_equal(out.xhtml,
                        "<p><a href=\"/-/k/a/b%20c.pdf\">x</a>"
                        "<img src=\"/-/k/img/d.png\" alt=\"\"/>y"
                        "<a href=\"#c-z\">z</a>"
                        "<a href=\"mailto:a@b.cn\">m</a></p>\n");
}

static void writes_plain_text_too(void **state)
{
    gov_test_t *t = *state;

    clean(t, "<h1>a</h1><p>b<br>c &lt; d</p><ul><li>e<li>f</ul><table><caption>"
          "g<tr><th>h<td>i<tr><td>j<td>k</table><pre>l\n m</pre>");
    assert_string_equal(out.text, "a\nb\nc < d\ne\nf\ng\nh i\nj k\nl\n m");
    clean(t, "");
    assert_string_equal(out.text, "");
}

static void counts_what_it_drops(void **state)
{
    gov_test_t *t = *state;

    clean(t, "<p onclick=x style=y>a<script>b</script><font>c</font>");
    assert_int_equal(out.dropped, 4);
    clean(t, "<p align=center>a<a href=/b target=_blank>c</a>");
    assert_int_equal(out.dropped, 1);
}

static void repairs_bytes(void **state)
{
    gov_test_t *t = *state;

    assert_ok(gov_markup_clean(&out, "\xEF\xBB\xBF" "a\0b\xFF" "c\x1B&#1;&#13;d",
                               19, 2, NULL, NULL, t->pool));
    assert_string_equal(out.xhtml, "<p>ab\xEF\xBF\xBD" "c d</p>\n");
    CLEAN("<pre>a&#13;b&#x1F;</pre>", "<pre>a\nb</pre>\n");
    CLEAN("<p title='x'>&#xD800;&#xFFFE;",
          "<p>\xEF\xBF\xBD\xEF\xBF\xBD</p>\n");
}

static const char *
repeat(gov_test_t *t, const char *text, int times)
{
    apr_size_t len = strlen(text);
    char *all = apr_palloc(t->pool, len * times + 1), *p = all;

    while (times-- > 0) {
        memcpy(p, text, len);
        p += len;
    }
    *p = '\0';
    return all;
}

static gov_err_t *
clean_many(gov_test_t *t, const char *text, int times)
{
    const char *html = repeat(t, text, times);

    return gov_markup_clean(&out, html, strlen(html), 2, NULL, NULL, t->pool);
}

static void has_limits(void **state)
{
    gov_test_t *t = *state;

    assert_ok(clean_many(t, "<div>", 200));
    assert_ok(clean_many(t, "<div id=a>x", 199));
    assert_err(GOV_E_INVALID, clean_many(t, "<div>x", 300));
    assert_err(GOV_E_INVALID, clean_many(t, "<div>", 100000));
    assert_err(GOV_E_INVALID, clean_many(t, "<table><td>", 60));
    assert_err(GOV_E_INVALID, clean_many(t, "<div></i>", 3000));
    assert_err(GOV_E_INVALID, clean_many(t, "x", 4 * 1024 * 1024 + 1));
    assert_ok(clean_many(t, "<p>x", 20000));
    assert_ok(clean_many(t, "<li>", 20000));
}

static void is_not_blown_up(void **state)
{
    gov_test_t *t = *state;
    const char *html;
    int i;

    /* each paragraph would repeat all of it */
    for (html = "", i = 0; i < 24; i++)
        html = apr_psprintf(t->pool, "%s<span lang=en id=k%d>", html, i);
    html = apr_pstrcat(t->pool, html, repeat(t, "<div>x</div>", 20000), NULL);
    assert_err(GOV_E_INVALID, gov_markup_clean(&out, html, strlen(html), 2,
                                               NULL, NULL, t->pool));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(keeps_what_an_article_needs),
    GOV_TEST(puts_text_into_paragraphs),
    GOV_TEST(brings_inline_elements_into_blocks),
    GOV_TEST(gives_parts_their_whole),
    GOV_TEST(moves_headings),
    GOV_TEST(evens_out_tables),
    GOV_TEST(drops_what_word_processors_leave),
    GOV_TEST(writes_addresses_that_are_one),
    GOV_TEST(keeps_anchors_apart_from_the_pages_own),
    GOV_TEST(asks_where_links_lead),
    GOV_TEST(writes_plain_text_too),
    GOV_TEST(counts_what_it_drops),
    GOV_TEST(repairs_bytes),
    GOV_TEST(has_limits),
    GOV_TEST(is_not_blown_up),
};
GOV_TEST_MAIN(tests)
