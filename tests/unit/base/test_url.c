/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Paths, queries, hosts and cookies from strangers. */

#include "gov_test.h"
#include "gov_text.h"

static const char *
path(gov_test_t *t, const char *raw)
{
    const char *text = NULL;

    assert_ok(gov_url_path(&text, raw, t->pool));
    return text;
}

static void decodes_a_path(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(path(t, "/"), "/");
    assert_string_equal(path(t, "/news/1042.html"), "/news/1042.html");
    assert_string_equal(path(t, "/news/"), "/news/");
    assert_string_equal(path(t, "/%e6%96%B0%E9%97%BB/a%20b+c"),
                        "/新闻/a b+c");
    assert_string_equal(path(t, "/新闻"), "/新闻");
    assert_string_equal(path(t, "/a%3Fb%23c%25d"), "/a?b#c%d");
    assert_string_equal(path(t, "/.well-known/...x/..."),
                        "/.well-known/...x/...");
}

static void refuses_paths_that_are_not_plain(void **state)
{
    static const char *const bad[] = {
        "", "news", "*", "http://x/", "//", "//evil.example/", "/a//b", "/a//",
        "/.", "/..", "/./a", "/a/..", "/a/../b", "/a/./b", "/%2e%2E/b",
        "/a/%2e", "/.%2e", "/a%2Fb", "/a%2fb", "/a%5Cb", "/a\\b", "/%",
        "/%4", "/%zz", "/a%00b", "/a%0d%0aX:y", "/a%09", "/%7f", "/%ff",
        "/%c0%af", "/%ed%a0%80", "/\xff", "/a b", "/a\n", "/a?b", "/a#b",
        "/%EF%BF%BE",
    };
    gov_test_t *t = *state;
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        const char *text = "untouched";

        assert_err(GOV_E_INVALID, gov_url_path(&text, bad[i], t->pool));
        assert_string_equal(text, "untouched");
    }
}

static void limits_the_length_of_a_decoded_path(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *raw = gov_buf_create(4096, t->pool);
    const char *text;
    int i;

    gov_buf_str(raw, "/");
    for (i = 0; i < 341; i++)
        gov_buf_str(raw, "%E6%96%B0");
    assert_int_equal(strlen(path(t, raw->data)), 1024);
    gov_buf_str(raw, "x");
    assert_err(GOV_E_INVALID, gov_url_path(&text, raw->data, t->pool));
}

static void encodes_what_a_path_cannot_hold(void **state)
{
    gov_test_t *t = *state;
    const char *encoded = gov_url_encode("/新闻/a b?c#d&e~f_g-h.i\"<\x01",
                                         t->pool);

    assert_string_equal(encoded, "/%E6%96%B0%E9%97%BB/a%20b%3Fc%23d%26e~f_g-h"
                                 ".i%22%3C%01");
    assert_string_equal(path(t, gov_url_encode("/新闻/a b?c#d%", t->pool)),
                        "/新闻/a b?c#d%");
}

static apr_table_t *
query(gov_test_t *t, const char *text)
{
    apr_table_t *pairs = NULL;

    assert_ok(gov_url_query(&pairs, text, strlen(text), 10, t->pool));
    return pairs;
}

static const char *
pair(apr_table_t *pairs, int i)
{
    const apr_table_entry_t *entry =
        (const apr_table_entry_t *)apr_table_elts(pairs)->elts + i;

    return apr_pstrcat(apr_table_elts(pairs)->pool, entry->key, "=",
                       entry->val, NULL);
}

static void keeps_pairs_in_order(void **state)
{
    gov_test_t *t = *state;
    apr_table_t *pairs = query(t, "b=2&a=1&b=3&c&=e&d=x=y&&");

    assert_int_equal(apr_table_elts(pairs)->nelts, 6);
    assert_string_equal(pair(pairs, 0), "b=2");
    assert_string_equal(pair(pairs, 1), "a=1");
    assert_string_equal(pair(pairs, 2), "b=3");
    assert_string_equal(pair(pairs, 3), "c=");
    assert_string_equal(pair(pairs, 4), "=e");
    assert_string_equal(pair(pairs, 5), "d=x=y");
    assert_true(apr_is_empty_table(query(t, "")));
    assert_true(apr_is_empty_table(query(t, "&&")));
}

static void decodes_forms(void **state)
{
    gov_test_t *t = *state;
    apr_table_t *pairs = query(t, "q=%E6%94%BF%E5%BA%9C+%2B1&%6e=a%0D%0Ab");

    assert_string_equal(pair(pairs, 0), "q=政府 +1");
    assert_string_equal(pair(pairs, 1), "n=a\r\nb");
}

static void drops_controls_that_a_paste_brings_along(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(pair(query(t, "a=x%0By%08%C2%85z"), 0), "a=xyz");
}

static void refuses_broken_forms(void **state)
{
    static const char *const bad[] = {
        "a=%", "a=%2", "a=%g0", "%=a", "a=%ff", "a=%c0%80", "%ed%a0%80=1",
        "a=%00", "a=\xE5",
    };
    gov_test_t *t = *state;
    apr_table_t *pairs = NULL;
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_err(GOV_E_INVALID, gov_url_query(&pairs, bad[i], strlen(bad[i]),
                                                10, t->pool));
    assert_err(GOV_E_INVALID, gov_url_query(&pairs, "a\0b", 3, 10, t->pool));
    assert_null(pairs);
}

static void limits_the_number_of_pairs(void **state)
{
    gov_test_t *t = *state;
    apr_table_t *pairs;

    assert_ok(gov_url_query(&pairs, "a&b&c", 5, 3, t->pool));
    assert_err(GOV_E_INVALID, gov_url_query(&pairs, "a&b&c&d", 7, 3, t->pool));
    assert_err(GOV_E_INVALID, gov_url_query(&pairs, "a", 1, 0, t->pool));
}

static const char *
host(gov_test_t *t, const char *raw)
{
    const char *text = NULL;

    assert_ok(gov_url_host(&text, raw, t->pool));
    return text;
}

static void normalises_a_host(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(host(t, "WWW.Example.gov.CN"), "www.example.gov.cn");
    assert_string_equal(host(t, "example.gov.cn:8080"), "example.gov.cn");
    assert_string_equal(host(t, "example.gov.cn.:80"), "example.gov.cn");
    assert_string_equal(host(t, "localhost:"), "localhost");
    assert_string_equal(host(t, "xn--fiqs8s"), "xn--fiqs8s");
    assert_string_equal(host(t, "127.0.0.1:1"), "127.0.0.1");
    assert_string_equal(host(t, "[::1]:8080"), "[::1]");
    assert_string_equal(host(t, "[FE80::A]"), "[fe80::a]");
}

static void refuses_hosts_that_are_not_names(void **state)
{
    static const char *const bad[] = {
        "", ".", "..", "a..b", ".a", "a..", "a b", "a_b", "a/b", "a@b", "a,b",
        "a\tb", "市.cn", "a:b", "a:80:80", "a:-1", "a:123456", ":80", "[", "[]",
        "[::1", "::1", "[::1]x", "[::1]:x", "[::g]", "[fe80::1%25eth0]",
        "[127.0.0.1]", "a]", "a\\b", "a#b", "a?b", "a%2eb",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.cn",
    };
    gov_test_t *t = *state;
    const char *text = "untouched";
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_err(GOV_E_INVALID, gov_url_host(&text, bad[i], t->pool));
    assert_err(GOV_E_INVALID, gov_url_host(&text, NULL, t->pool));
    assert_string_equal(text, "untouched");
}

static void limits_the_length_of_a_host(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *name = gov_buf_create(300, t->pool);
    const char *text;
    int i;

    for (i = 0; i < 126; i++)
        gov_buf_str(name, "a.");
    gov_buf_str(name, "b");
    assert_int_equal(strlen(host(t, name->data)), 253);
    gov_buf_str(name, "b");
    assert_err(GOV_E_INVALID, gov_url_host(&text, name->data, t->pool));
}

static void finds_a_cookie(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_url_cookie("a=1; sid=xyz; b=2", "sid", t->pool),
                        "xyz");
    assert_string_equal(gov_url_cookie(";; \tsid=", "sid", t->pool), "");
    assert_string_equal(gov_url_cookie("sid=a=b", "sid", t->pool), "a=b");
    assert_null(gov_url_cookie(NULL, "sid", t->pool));
    assert_null(gov_url_cookie("", "sid", t->pool));
    assert_null(gov_url_cookie("sid", "sid", t->pool));
    assert_null(gov_url_cookie("xsid=1; sidx=2; SID=3", "sid", t->pool));
}

/* Whoever plants a second one must not choose which counts. */
static void trusts_no_cookie_that_comes_twice(void **state)
{
    gov_test_t *t = *state;
    char *flood = apr_palloc(t->pool, 9001);

    assert_null(gov_url_cookie("sid=a; sid=a", "sid", t->pool));
    memset(flood, 'x', 9000);
    memcpy(flood, "sid=a;", 6);
    flood[9000] = '\0';
    assert_null(gov_url_cookie(flood, "sid", t->pool));
    flood[8000] = '\0';
    assert_string_equal(gov_url_cookie(flood, "sid", t->pool), "a");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(decodes_a_path),
    GOV_TEST(refuses_paths_that_are_not_plain),
    GOV_TEST(limits_the_length_of_a_decoded_path),
    GOV_TEST(encodes_what_a_path_cannot_hold),
    GOV_TEST(keeps_pairs_in_order),
    GOV_TEST(decodes_forms),
    GOV_TEST(drops_controls_that_a_paste_brings_along),
    GOV_TEST(refuses_broken_forms),
    GOV_TEST(limits_the_number_of_pairs),
    GOV_TEST(normalises_a_host),
    GOV_TEST(refuses_hosts_that_are_not_names),
    GOV_TEST(limits_the_length_of_a_host),
    GOV_TEST(finds_a_cookie),
    GOV_TEST(trusts_no_cookie_that_comes_twice),
};
GOV_TEST_MAIN(tests)
