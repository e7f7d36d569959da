/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Attacks on cleaners, by how they work.  x() is the script that must not run:
   what comes out holds only listed elements, attributes and addresses, and a
   parser reads it as it was meant.  With MARKUP_OUT in the environment all that
   came out is written to that file, a NUL behind each: tests/browser/t70-markup
   shows it to a browser. */

#include "gov_file.h"
#include "gov_markup.h"
#include "gov_test.h"
#include "markup_check.h"

static const char *const scripts[] = {
    "<script>x()</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<ScRiPt>x()</sCrIpT>",
    "<script/x>x()</script>",
    "<script\n>x()</script\n>",
    "<script >x()</script foo=bar>",
    "<<script>x()//<</script>",
    "<scr<script>ipt>x()</scr</script>ipt>",
    "<script>x()",
    "</script><script>x()</script>",
    "<script type=module>x()</script>",
    "<script src=data:,x()></script>",
    "<script>/*<!--*/x()</script>",
    "<script><!--<script></script>--><img src=a onerror=x()></script>",
    "<noscript><script>x()</script></noscript>",
    "<p><script></p>x()</script>",
    "<xmp><script>x()</script></xmp>",
    "<plaintext><script>x()</script>",
    "<title><script>x()</script></title>",
    "<textarea><script>x()</script></textarea>",
    "<template><script>x()</script></template>",
    "<object><script>x()</script></object>",
    "<select><script>x()</script></select>",
    "\xEF\xBC\x9Cscript\xEF\xBC\x9Ex()\xEF\xBC\x9C/script\xEF\xBC\x9E",
    "+ADw-script+AD4-x()+ADw-/script+AD4-",
};

static const char *const handlers[] = {
    "<img src=a onerror=x()>",
    "<img src=a onerror =x()>",
    "<img src=a ONERROR='x()'>",
    "<img src=a\nonerror\n=\nx()>",
    "<img/src=a/onerror=x()>",
    "<img src='a'onerror=x()>",
    "<img src=\"a\" \"onerror=x()>",
    "<img src=a onerror=x()//>",
    "<img src=`a`onerror=x()>",
    "<img \x0C onerror=x() src=a>",
    "<img src=a &#111;nerror=x()>",
    "<IMG \"\"\"><b onmouseover=x()>a</b>\">",
    "<image src=a onerror=x()>",
    "<body onload=x()>",
    "<html onclick=x()><p>a",
    "<p onclick=x()>a",
    "<p =onclick=x()>a",
    "<p \"onclick=x()\">a",
    "<p/onclick=x()>a",
    "<p a='<' onclick=x()>a",
    "<p a=\">\" onclick=x()>a",
    "<a onpointerrawupdate=x() href=/a>a</a>",
    "<details open ontoggle=x()>a",
    "<video onloadstart=x()><source></video>",
    "<audio src onerror=x()>",
    "<input autofocus onfocus=x()>",
    "<marquee onstart=x()>a</marquee>",
    "<unknown onclick=x() tabindex=1>a</unknown>",
    "<b style=animation-name:a onanimationstart=x()>a</b>",
    "<p contenteditable onblur=x()>a",
    "<table background=a onload=x()><td onclick=x()>a",
    "<x on\xC4\xB1nit=x() onclick\0=x()>a",
};

static const char *const addresses[] = {
    "<a href=javascript:x()>a</a>",
    "<a href=JaVaScRiPt:x()>a</a>",
    "<a href=' javascript:x()'>a</a>",
    "<a href='\x01javascript:x()'>a</a>",
    "<a href='&#1;javascript:x()'>a</a>",
    "<a href='java\tscript:x()'>a</a>",
    "<a href='java\nscript:x()'>a</a>",
    "<a href='java&#13;script:x()'>a</a>",
    "<a href='java&Tab;script:x()'>a</a>",
    "<a href='java&NewLine;script&colon;x()'>a</a>",
    "<a href=&#106avascript:x()>a</a>",
    "<a href=&#x6A;&#x61;vascript:x()>a</a>",
    "<a href=&#0000106avascript&#58x()>a</a>",
    "<a href='javascript\x00:x()'>a</a>",
    "<a href='java\xC2\xADscript:x()'>a</a>",
    "<a href='javascript\xEF\xBC\x9Ax()'>a</a>",
    "<a href=javascript://a.cn/%0Ax()>a</a>",
    "<a href='view-source:javascript:x()'>a</a>",
    "<a href=vbscript:x()>a</a>",
    "<a href=livescript:x()>a</a>",
    "<a href='data:text/html,<script>x()</script>'>a</a>",
    "<a href=DATA:text/html;base64,PHNjcmlwdD4=>a</a>",
    "<a href=blob:http://a.cn/x>a</a>",
    "<a href=file:///etc/passwd>a</a>",
    "<a href=feed:javascript:x()>a</a>",
    "<a href=jar:http://a.cn!/x>a</a>",
    "<a href=ws://a.cn>a</a>",
    "<a href=http:javascript:x()>a</a>",
    "<a href='http://a.cn@evil.example/'>a</a>",
    "<a href='http://evil.example\\@a.cn/'>a</a>",
    "<a href='https:evil.example'>a</a>",
    "<a href='\\/evil.example'>a</a>",
    "<a href='/\\evil.example'>a</a>",
    "<a href='/\t/evil.example'>a</a>",
    "<a href='http://[::1'>a</a>",
    "<a href='http://'>a</a>",
    "<a href='http://a.cn:x/'>a</a>",
    "<a href='mailto:a@b.cn?cc=<script>'>a</a>",
    "<a href='mailto:x()'>a</a>",
    "<a href='tel:javascript:x()'>a</a>",
    "<a href='x:y'>a</a>",
    "<a href=':x'>a</a>",
    "<a href='?a=\"><script>x()</script>'>a</a>",
    "<a href='#\"><script>x()</script>'>a</a>",
    "<a xlink:href=javascript:x()>a</a>",
    "<a href=/a ping=//evil.example>a</a>",
    "<img src=javascript:x()>",
    "<img src='data:image/svg+xml,<svg onload=x()>'>",
    "<img src=a srcset='javascript:x() 1x'>",
    "<img src=a longdesc=javascript:x() lowsrc=javascript:x()>",
    "<img dynsrc=javascript:x()>",
    "<blockquote cite=javascript:x()>a</blockquote>",
    "<q cite='data:,x'>a</q>",
    "<table background=javascript:x()><tr><td background=javascript:x()>a",
    "<base href=javascript:x()//><a href=a>a</a>",
    "<link rel=stylesheet href=javascript:x()>",
    "<meta http-equiv=refresh content='0;url=javascript:x()'>",
    "<form action=javascript:x()><button formaction=javascript:x()>a</form>",
    "<isindex type=image src=a onerror=x()>",
    "<map><area href=javascript:x()></map>",
};

static const char *const styles[] = {
    "<p style='background:url(javascript:x())'>a",
    "<p style='width:expression(x())'>a",
    "<p style='-moz-binding:url(//evil.example)'>a",
    "<p style='position:fixed;inset:0'>a",
    "<p style=\"text-align:center;a:'</style><script>x()</script>'\">a",
    "<p style='text-align:center\" onclick=\"x()'>a",
    "<p class='\"><script>x()</script>'>a",
    "<p class='navbar gov-header lead'>a",
    "<style>@import 'javascript:x()';</style>",
    "<style><!--</style><script>x()</script>-->",
    "<style>*{x:'</style><img src=a onerror=x()>'}",
    "<p align='center\"onclick=x()'>a",
    "<div id='\" onclick=\"x()'>a</div>",
    "<div id=location name=cookie>a</div>",
    "<p lang='\"><script>'>a",
    "<img src=a alt='\"><script>x()</script>'>",
    "<img src=a alt='`onerror=x()'>",
    "<img src=a width='1\" onerror=x()'>",
    "<abbr title='</abbr><script>x()</script>'>a</abbr>",
    "<td colspan='2\" onclick=x()'>a",
    "<time datetime='\"><script>x()</script>'>a</time>",
};

static const char *const embedded[] = {
    "<iframe src=javascript:x()></iframe>",
    "<iframe srcdoc='<script>x()</script>'></iframe>",
    "<iframe/onload=x()>",
    "<frameset onload=x()><frame src=javascript:x()></frameset>",
    "<object data=javascript:x()></object>",
    "<object type=text/html data='data:text/html,x'>a</object>",
    "<embed src=javascript:x()>",
    "<applet code=x archive=//evil.example>a</applet>",
    "<svg onload=x()>",
    "<svg><script>x()</script></svg>",
    "<svg><script xlink:href=data:,x() /></svg>",
    "<svg><a xlink:href=javascript:x()><text y=9>a</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:x() /></svg>",
    "<svg><set attributeName=onload to=x() /></svg>",
    "<svg><foreignObject><img src=a onerror=x()></foreignObject></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x />#x' /></svg>",
    "<svg><handler type=text/javascript>x()</handler></svg>",
    "<math href=javascript:x()>a</math>",
    "<math><maction actiontype=statusline xlink:href=javascript:x()>a",
    "<math><annotation-xml encoding=text/html><img src=a onerror=x()>",
    "<video poster=javascript:x()></video>",
    "<canvas onclick=x()>a</canvas>",
    "<portal src=javascript:x()>a</portal>",
    "<bgsound src=javascript:x()>",
    "<layer src=//evil.example>a</layer>",
    "<keygen autofocus onfocus=x()>",
    "<menu><menuitem onclick=x()>a</menu>",
    "<dialog open onclose=x()>a</dialog>",
    "<x-a is=script>a</x-a>",
    "<slot onslotchange=x()>a</slot>",
    "<xml id=a><x><c><![CDATA[<img src=a onerror=x()>]]></c></x></xml>",
};

static const char *const comments[] = {
    "<!-- --><script>x()</script>",
    "<!--><script>x()</script>-->",
    "<!---><img src=a onerror=x()>-->",
    "<!--<img src=\"--><img src=a onerror=x()//\">",
    "<!-- --!><img src=a onerror=x()>-->",
    "<!--[if IE]><script>x()</script><![endif]-->",
    "<![if IE]><img src=a onerror=x()><![endif]>",
    "<!<img src=a onerror=x()>>",
    "<!doctype [<!ENTITY a '<script>'>]>&a;",
    "<?xml version='1.0'?><img src=a onerror=x()>",
    "<?php echo '<img src=a onerror=x()>' ?>",
    "<% x() %><img src=a onerror=x()>",
    "<![CDATA[<img src=a onerror=x()>]]>",
    "<svg><![CDATA[</svg><img src=a onerror=x()>]]></svg>",
    "</ <img src=a onerror=x()>>",
    "<//p><img src=a onerror=x()>",
    "<#><img src=a onerror=x()>",
    "<!--",
    "<",
    "</",
    "<p",
    "<p a='",
    "&",
    "&#;&#x;&#99999999;&#xD83D;&#0;",
    "&lt;script&gt;x()&lt;/script&gt;",
    "&amp;lt;script&amp;gt;x()",
    "&ltscript&gtx()",
};

/* What changes when it is written down and read again. */
static const char *const mutations[] = {
    "<math><mtext><table><mglyph><style><!--</style><img title="
        "\"--&gt;&lt;img src=a onerror=x()&gt;\">",
    "<math><mtext><h1><mglyph><svg><mtext><style><a title="
        "\"</style><img src onerror=x()>\"></style></h1>",
    "<form><math><mtext></form><form><mglyph><style></math>"
        "<img src onerror=x()>",
    "<svg></p><style><a id=\"</style><img src=a onerror=x()>\">",
    "<svg><p><style><g title=\"</style><img src=a onerror=x()>\">",
    "<svg><title><style><img title='</style><img src=a onerror=x()>'>",
    "<svg><desc><noscript><p title='</noscript><img src onerror=x()>'>",
    "<math><mi><noscript><style></noscript><img src=a onerror=x()></style>",
    "<noscript><p title=\"</noscript><img src=a onerror=x()>\">",
    "<noembed><p title=\"</noembed><img src=a onerror=x()>\">",
    "<noframes><p title=\"</noframes><img src=a onerror=x()>\">",
    "<iframe><p title=\"</iframe><img src=a onerror=x()>\">",
    "<xmp><p title=\"</xmp><img src=a onerror=x()>\">",
    "<textarea><p title=\"</textarea><img src=a onerror=x()>\">",
    "<title><p title=\"</title><img src=a onerror=x()>\">",
    "<template><p title=\"</template><img src=a onerror=x()>\">",
    "<select><option><style></select><img src=a onerror=x()></style>",
    "<select><svg><style></svg></select><img src=a onerror=x()>",
    "<table><svg><style><td title=\"</style><img src=a onerror=x()>\">",
    "<table><caption><svg><desc><table></svg></caption><img src=a>",
    "<p><svg><foreignobject><p></svg><img src=a onerror=x()>",
    "<a><svg><a></svg><table><a><img src=a onerror=x()></table></a>",
    "<b><a><table><a href=/b>x<tr><td></a></b>y</table>z",
    "<nobr><b><nobr></b><table><nobr></table>x",
    "<pre>\n\n<textarea>\n\n</textarea></pre>",
    "<listing>\n&#10;&lt;img src=a onerror=x()></listing>",
    "<p><table><tr><td><p></table></p><img src=a onerror=x()>",
    "<button><p><button></p></button><p>x",
    "<ruby><rt><ruby><rp></rt><rt>x</ruby><p>y</ruby>",
    "<option><p></option><p><optgroup>x",
    "<dl><dt><dl><dd><dt></dl>x<dd><p><dt>",
    "<frameset></frameset><img src=a onerror=x()>",
    "<h1><h2><div><h3></h1>x</h2>y</div>z",
    "<li><ul><li><div></ul></li>x</div>",
    "<table><tr><table><td></tr>x</table>y<caption>z",
    "<table><form><tr><td></form><input type=hidden><form>x</table>",
    "<ul><table><li><td><ul></table><li>x",
    "<a href=/a><p><a href=/b><div><a href=/c>x</p></a>y</div></a>",
    "<b><p></b><i><div></p></i></div>x",
    "<details><summary><details></summary><summary>x</details>y",
};

static void
keep_output(const char *xhtml)
{
    const char *name = getenv("MARKUP_OUT");
    FILE *file = name ? fopen(name, "ab") : NULL;

    if (!file)
        return;
    assert_int_equal(fwrite(xhtml, 1, strlen(xhtml) + 1, file),
                     strlen(xhtml) + 1);
    fclose(file);
}

static void
assert_bytes_harmless(gov_test_t *t, const char *html, apr_size_t len)
{
    gov_markup_t out, again;
    const char *wrong;

    assert_ok(gov_markup_clean(&out, html, len, 2, NULL, NULL, t->pool));
    keep_output(out.xhtml);
    assert_ok(gov_markup_clean(&again, out.xhtml, strlen(out.xhtml), 2, NULL,
                               NULL, t->pool));
    wrong = markup_check(out.xhtml);
    if (!wrong && strcmp(out.xhtml, again.xhtml) != 0)
        wrong = "something that changes when it is cleaned again";
    if (!wrong && again.dropped > 0)
        wrong = "something that is dropped when it is cleaned again";
    if (!wrong)
        return;
    print_error("%s\n  became %s  which has %s\n", html, out.xhtml, wrong);
    fail();
}

static void
assert_harmless(gov_test_t *t, const char *html)
{
    assert_bytes_harmless(t, html, strlen(html));
}

#define EACH(t, list)                                                         \
    do {                                                                      \
        apr_size_t i_;                                                        \
                                                                              \
        for (i_ = 0; i_ < sizeof(list) / sizeof(*(list)); i_++)               \
            assert_harmless((t), (list)[i_]);                                 \
    } while (0)

static void stops_scripts(void **state)
{
    EACH(*state, scripts);
}

static void stops_event_handlers(void **state)
{
    EACH(*state, handlers);
}

static void stops_addresses_that_run(void **state)
{
    EACH(*state, addresses);
}

static void stops_styles_and_broken_values(void **state)
{
    EACH(*state, styles);
}

static void stops_embedded_content(void **state)
{
    EACH(*state, embedded);
}

static void stops_what_hides_in_comments(void **state)
{
    EACH(*state, comments);
}

static void stops_what_changes_when_read_again(void **state)
{
    EACH(*state, mutations);
}

/* The lists, each within the other's context: parsers have states. */
static void stops_them_in_any_context(void **state)
{
    static const char *const contexts[] = {
        "<table><tr><td>%s</table>", "<table>%s</table>", "<ul>%s</ul>",
        "<p>%s</p>", "<a href=/a>%s</a>", "<b>%s</b>c", "<pre>%s</pre>",
        "<svg>%s</svg>", "<math><mtext>%s", "<select>%s</select>",
        "<h2>%s</h2>", "<dl><dt>%s", "<details><summary>%s", "<ruby>%s<rt>a",
        "<form>%s</form>", "<template>%s</template>", "<p title='%s'>a",
    };
    gov_test_t *t = *state;
    apr_size_t i, j;

    for (i = 0; i < sizeof(contexts) / sizeof(*contexts); i++)
        for (j = 0; j < sizeof(mutations) / sizeof(*mutations); j++) {
            const char *at = strstr(contexts[i], "%s");

            assert_harmless(t, apr_pstrcat(
                                t->pool, apr_pstrmemdup(t->pool, contexts[i],
                                                        at - contexts[i]),
                                mutations[j], at + 2, NULL));
        }
}

/* Written down by how they work, one a file; also seeds of the fuzz target. */
static void stops_the_whole_corpus(void **state)
{
    gov_test_t *t = *state;
    const char *dir = gov_test_source(t, "tests/fuzz/corpus/markup");
    apr_array_header_t *names;
    int i;

    assert_ok(gov_file_list(&names, dir, NULL, t->pool));
    assert_true(names->nelts > 200);
    for (i = 0; i < names->nelts; i++) {
        const char *file = apr_pstrcat(t->pool, dir, "/",
                                       APR_ARRAY_IDX(names, i, const char *),
                                       NULL);
        gov_bytes_t seed;
        gov_markup_t out;

        assert_ok(gov_file_read(&seed, file, 1 << 22, t->pool));
        /* some are refused as a whole */
        if (!gov_markup_clean(&out, seed.data, seed.len, 2, NULL, NULL,
                              t->pool))
            assert_bytes_harmless(t, seed.data, seed.len);
    }
}

/* What has no markup that is kept must leave no trace of the script. */
static void leaves_no_script_text(void **state)
{
    gov_test_t *t = *state;
    gov_markup_t out;

    static const char html[] = "a<script>x()</script><style>x()</style>"
        "<iframe>x()</iframe><svg><script>x()</script>x()</svg><object>x()"
        "</object><noscript>x()</noscript><template>x()</template>b";

    assert_ok(gov_markup_clean(&out, html, sizeof(html) - 1, 2, NULL, NULL,
                               t->pool));
    assert_string_equal(out.xhtml, "<p>ab</p>\n");
    assert_string_equal(out.text, "ab");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(stops_scripts),
    GOV_TEST(stops_event_handlers),
    GOV_TEST(stops_addresses_that_run),
    GOV_TEST(stops_styles_and_broken_values),
    GOV_TEST(stops_embedded_content),
    GOV_TEST(stops_what_hides_in_comments),
    GOV_TEST(stops_what_changes_when_read_again),
    GOV_TEST(stops_them_in_any_context),
    GOV_TEST(stops_the_whole_corpus),
    GOV_TEST(leaves_no_script_text),
};
GOV_TEST_MAIN(tests)
