/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Sensitive and wrong words, the lists they come from. */

#include "gov_file.h"
#include "gov_test.h"
#include "gov_text.h"
#include "gov_words.h"

static const gov_words_t *
words_of(gov_test_t *t, gov_word_kind_t kind, const char *rows)
{
    gov_bytes_t bytes = { rows, strlen(rows) };
    const gov_words_t *words = NULL;
    apr_array_header_t *list;

    assert_ok(gov_words_parse(&list, bytes, kind, "list", t->pool));
    assert_ok(gov_words_create(&words, list, t->pool));
    return words;
}

/* What is found, as "[hit][hit]". */
static const char *
hits(gov_test_t *t, const gov_words_t *words, const char *text)
{
    const gov_findings_t *f = gov_words_check_text(words, text, t->pool);
    const char *all = "";
    int i;

    for (i = 0; i < f->list->nelts; i++) {
        const gov_finding_t *one = &APR_ARRAY_IDX(f->list, i, gov_finding_t);

        assert_true(one->offset + one->length <= strlen(text));
        all = apr_pstrcat(t->pool, all, "[",
                          apr_pstrmemdup(t->pool, text + one->offset,
                                         one->length), "]", NULL);
    }
    assert_int_equal(f->blocks + f->warns, f->list->nelts + f->left_out);
    return all;
}

#define assert_hits(words, text, expected)                                    \
    assert_string_equal(hits(t, words, text), expected)

static void finds_a_word_and_says_where(void **state)
{
    gov_test_t *t = *state;
    const gov_words_t *words = words_of(t, GOV_WORD_WRONG,
                                        "登陆网站\t登录网站\n帐户\t账户\n");
    const gov_findings_t *f = gov_words_check_text(
        words, "请您登陆网站查询，注销帐户。", t->pool);
    const gov_finding_t *one = &APR_ARRAY_IDX(f->list, 0, gov_finding_t);

    assert_int_equal(f->list->nelts, 2);
    assert_int_equal(f->warns, 2);
    assert_int_equal(f->blocks, 0);
    assert_int_equal(one->kind, GOV_WORD_WRONG);
    assert_int_equal(one->action, GOV_WORD_WARN);
    assert_string_equal(one->rule, "list");
    assert_string_equal(one->word, "登陆网站");
    assert_string_equal(one->suggestion, "登录网站");
    assert_int_equal(one->offset, 6);
    assert_int_equal(one->length, 12);
    assert_int_equal(one->position, 2);
    assert_string_equal(one->before, "请您");
    assert_string_equal(one->hit, "登陆网站");
    assert_string_equal(one->after, "查询，注销帐户。");
    assert_null(one->field);
    assert_int_equal(one[1].position, 11);
}

static void finds_words_that_hold_and_follow_one_another(void **state)
{
    gov_test_t *t = *state;
    const gov_words_t *words = words_of(t, GOV_WORD_SENSITIVE,
                                        "甲乙丙丁\n乙丙戊\n丙\n丁己\n");

    assert_hits(words, "甲乙丙丁己", "[甲乙丙丁][丁己]");
    assert_hits(words, "甲乙丙戊", "[乙丙戊]");
    assert_hits(words, "甲甲乙丙甲乙丙丁", "[丙][甲乙丙丁]");
    assert_hits(words, "丙丙", "[丙][丙]");
    assert_hits(words, "", "");
}

static void sees_through_width_case_and_what_is_put_between(void **state)
{
    gov_test_t *t = *state;
    const gov_words_t *words = words_of(t, GOV_WORD_SENSITIVE,
                                        "代开发票\nABC贷\n");

    assert_hits(words, "代 开　发\xE2\x80\x8B票", "[代 开　发\xE2\x80\x8B票]");
    assert_hits(words, "代*开-发.票", "[代*开-发.票]");
    assert_hits(words, "代。开，发！票", "[代。开，发！票]");
    assert_hits(words, "代\n开\n发\n票", "[代\n开\n发\n票]");
    assert_hits(words, "他说的代开，发票没有", "");
    assert_hits(words, "ａｂＣ贷", "[ａｂＣ贷]");
    assert_hits(words, "aBc 贷", "");
    /* a radical in the place of the character it looks like */
    assert_hits(words_of(t, GOV_WORD_SENSITIVE, "一人\n"), "⼀⼈", "[⼀⼈]");
}

static void does_not_find_wrong_words_across_sentences(void **state)
{
    gov_test_t *t = *state;
    const gov_words_t *words = words_of(t, GOV_WORD_WRONG, "登陆网站\n");

    assert_hits(words, "台风登陆，网站发布预警", "");
    assert_hits(words, "台风登陆\n网站发布", "");
    assert_hits(words, "登陆《网站", "");
    assert_hits(words, "登 陆 网 站", "[登 陆 网 站]");
}

static void finds_latin_words_whole_only(void **state)
{
    gov_test_t *t = *state;
    const gov_words_t *words = words_of(t, GOV_WORD_SENSITIVE,
                                        "free gate\nvpn\n");

    assert_hits(words, "a FREE  Gate here", "[FREE  Gate]");
    assert_hits(words, "用VPN上网", "[VPN]");
    assert_hits(words, "OpenVPN vpns xvpn1", "");
    assert_hits(words, "vp\xE2\x80\x8Dn", "[vp\xE2\x80\x8Dn]");
    assert_hits(words, "freegate", "");
}

static void lets_exceptions_be(void **state)
{
    gov_test_t *t = *state;
    const gov_words_t *words = words_of(
        t, GOV_WORD_WRONG,
        "自已\t自己\twarn\t独自已|来自已|自已经\n按排\t安排\t\t按排名\n");

    assert_hits(words, "来自已批准的", "");
    assert_hits(words, "他独自已到", "");
    assert_hits(words, "自已经", "");
    assert_hits(words, "他自已来的，独自已到，自已", "[自已][自已]");
    assert_hits(words, "按排名录取，按排会议", "[按排]");
}

static void lets_the_longer_word_stand_unless_the_shorter_is_stricter(
    void **state)
{
    gov_test_t *t = *state;

    assert_hits(words_of(t, GOV_WORD_WRONG, "帐户\n银行帐户\n"),
                "银行帐户", "[银行帐户]");
    assert_hits(words_of(t, GOV_WORD_WRONG, "帐户\t\tblock\n银行帐户\n"),
                "银行帐户", "[银行帐户][帐户]");
    assert_hits(words_of(t, GOV_WORD_WRONG, "帐户\t\tignore\n"), "帐户", "");
}

static void counts_what_it_does_not_describe(void **state)
{
    gov_test_t *t = *state;
    const gov_words_t *words = words_of(t, GOV_WORD_SENSITIVE,
                                        "甲\n乙\t\twarn\n");
    gov_buf_t *text = gov_buf_create(100, t->pool);
    const gov_findings_t *f;
    int i;

    for (i = 0; i < 30000; i++)
        gov_buf_str(text, "乙,");
    gov_buf_str(text, "甲");
    f = gov_words_check_text(words, text->data, t->pool);
    assert_int_equal(f->warns, 30000);
    assert_int_equal(f->blocks, 1);
    assert_int_equal(f->list->nelts, GOV_FINDINGS_MAX);
    assert_int_equal(f->left_out, 30001 - GOV_FINDINGS_MAX);
}

static void names_fields_and_reads_markup_as_text(void **state)
{
    gov_test_t *t = *state;
    const gov_words_t *words = words_of(t, GOV_WORD_WRONG, "帐户\t账户\n");
    apr_array_header_t *fields = apr_array_make(t->pool, 3,
                                                sizeof(gov_words_field_t));
    gov_words_field_t title = { .name = "title", .text = "开帐户" };
    gov_words_field_t none = { .name = "summary" };
    gov_words_field_t body = {
        .name = "body", .markup = true,
        .text = "<p>帐<strong>户</strong>一</p><p>帐</p><p>户</p>"
                "<img src=\"x\" alt=\"帐&#25143;图\"/>"
    };
    const gov_findings_t *f;

    APR_ARRAY_PUSH(fields, gov_words_field_t) = title;
    APR_ARRAY_PUSH(fields, gov_words_field_t) = none;
    APR_ARRAY_PUSH(fields, gov_words_field_t) = body;
    f = gov_words_check_draft(words, fields, t->pool);
    assert_int_equal(f->warns, 3);
    assert_string_equal(APR_ARRAY_IDX(f->list, 0, gov_finding_t).field,
                        "title");
    assert_string_equal(APR_ARRAY_IDX(f->list, 1, gov_finding_t).field,
                        "body");
    assert_int_equal(APR_ARRAY_IDX(f->list, 1, gov_finding_t).position, 0);
    assert_string_equal(APR_ARRAY_IDX(f->list, 2, gov_finding_t).after, "图");
}

static void makes_plain_text_of_markup(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_words_plain(
        "<h2>A &amp; B</h2>\n<p>1<br/>2 <a href=\"/x\" title=\"t&gt;\">l</a>i"
        "</p><table><tr><td>c</td><td>d</td></tr></table>", t->pool),
        "A & B\n1\n2 li\nc d\nt>");
    assert_string_equal(gov_words_plain("&#x4e00;&#19968;&bad;&#xfffffff;&",
                                        t->pool),
                        "一一&bad;&#xfffffff;&");
    assert_string_equal(gov_words_plain("", t->pool), "");
    assert_string_equal(gov_words_plain("<p>x<", t->pool), "x");
}

static void tells_findings_as_json(void **state)
{
    gov_test_t *t = *state;
    const gov_words_t *words = words_of(t, GOV_WORD_WRONG, "帐户\t账户\n");
    const gov_findings_t *f = gov_words_check_text(words, "新帐户", t->pool);

    assert_string_equal(
        gov_json_dump(gov_findings_json(f, t->pool), false, t->pool),
        "{\"blocks\":0,\"warns\":1,\"left_out\":0,\"findings\":[{\"kind\":"
        "\"wrong\",\"rule\":\"list\",\"action\":\"warn\",\"word\":\"帐户\","
        "\"suggestion\":\"账户\",\"offset\":3,\"length\":6,\"position\":1,"
        "\"before\":\"新\",\"hit\":\"帐户\",\"after\":\"\"}]}");
}

static void reads_and_writes_lists(void **state)
{
    gov_test_t *t = *state;
    static const char rows[] = "\xEF\xBB\xBF# head\n\n 帐户 \t账户\r\n"
        "图象\t\tblock\t图象鼻\n";
    gov_bytes_t bytes = { rows, sizeof(rows) - 1 };
    apr_array_header_t *list;

    assert_ok(gov_words_parse(&list, bytes, GOV_WORD_WRONG, "x", t->pool));
    assert_int_equal(list->nelts, 2);
    assert_string_equal(gov_words_format(list, t->pool),
                        "帐户\t账户\twarn\n图象\t\tblock\t图象鼻\n");
}

static const char *
refused(gov_test_t *t, gov_word_kind_t kind, const char *rows)
{
    gov_bytes_t bytes = { rows, strlen(rows) };
    apr_array_header_t *list = NULL;
    const gov_err_t *err = assert_err(
        GOV_E_INVALID, gov_words_parse(&list, bytes, kind, "x.tsv", t->pool));

    assert_null(list);
    return gov_err_chain(err, t->pool);
}

static void refuses_lists_with_mistakes_and_names_the_line(void **state)
{
    gov_test_t *t = *state;
    const char *much = apr_psprintf(t->pool, "甲%0100d", 1);

    assert_non_null(strstr(refused(t, GOV_WORD_WRONG, "甲\n乙\t\tperhaps\n"),
                           "x.tsv:2"));
    assert_non_null(strstr(refused(t, GOV_WORD_WRONG, "甲\n甲\n"), "twice"));
    assert_non_null(strstr(refused(t, GOV_WORD_WRONG, "\t乙\n"), "no word"));
    assert_non_null(strstr(refused(t, GOV_WORD_WRONG, "甲\t\t\t\tx\n"),
                           "more than 4 cells"));
    assert_non_null(strstr(refused(t, GOV_WORD_WRONG, "甲\t\t\t乙丙\n"),
                           "does not hold"));
    assert_non_null(strstr(refused(t, GOV_WORD_WRONG, "甲，\n"),
                           "begins or ends"));
    assert_non_null(strstr(refused(t, GOV_WORD_WRONG, much), "longer than"));
    assert_non_null(strstr(refused(t, GOV_WORD_WRONG, "\xFF\n"), "UTF-8"));
    assert_non_null(strstr(refused(t, GOV_WORD_PERSONAL, "shoe-size\t\twarn\n"),
                           "no rule"));
}

/* The lists that come with the product hold to their own rules, and say nothing
   about sentences that are right. */
static void finds_nothing_wrong_with_what_is_right(void **state)
{
    gov_test_t *t = *state;
    static const char right[] =
        "不仅管理规范，而且交通迅速。天赋与努力同样重要，发布署名文章，同步署名。"
        "台风登陆后，网站发布消息。报名截止日前提交材料，一贯切实履行职责。"
        "登记薄弱环节，搭建防汛帐篷，收到帐篷200顶。毕竟争取来之不易，"
        "补充许可事项。肃清彻底，答复盖章有效。山脉博物馆建成开放。他来自已撤并的乡。"
        "教授与学生座谈，讲座落幕。朝廷长期如此。检查院落卫生。引导至窗口办理。"
        "究竟争什么？解决对策是按排名录取。给予期限。权利清单和义务清单。";
    apr_array_header_t *list;
    const gov_words_t *words;
    gov_bytes_t bytes;

    assert_ok(gov_file_read(&bytes, GOV_TEST_SRCDIR
                            "/conf/words/wrong-starter.tsv", 1 << 20, t->pool));
    assert_ok(gov_words_parse(&list, bytes, GOV_WORD_WRONG, "wrong", t->pool));
    assert_true(list->nelts > 300);
    assert_ok(gov_words_create(&words, list, t->pool));
    assert_hits(words, right, "");
    assert_hits(words, "通迅录和帐号", "[通迅][帐号]");
}

/* Against the plainest way there is, with words and texts of few characters. */
static void finds_what_a_simple_search_finds(void **state)
{
    gov_test_t *t = *state;
    static const char *const letters[] = { "甲", "乙", "丙" };
    unsigned seed = 7;
    int round, i, n;

    for (round = 0; round < 300; round++) {
        apr_array_header_t *list = apr_array_make(t->pool, 8,
                                                  sizeof(gov_word_t));
        const char *text = "", *p;
        const gov_words_t *words;
        int expected = 0, found;

        for (i = 0; i < 6; i++) {
            gov_word_t word = { .kind = GOV_WORD_SENSITIVE, .word = "",
                                .action = GOV_WORD_BLOCK };

            seed = seed * 1103515245u + 12345u;
            for (n = 1 + (int)(seed >> 16) % 4; n > 0; n--) {
                seed = seed * 1103515245u + 12345u;
                word.word = apr_pstrcat(t->pool, word.word,
                                        letters[(seed >> 16) % 3], NULL);
            }
            APR_ARRAY_PUSH(list, gov_word_t) = word;
        }
        for (i = 0; i < 40; i++) {
            seed = seed * 1103515245u + 12345u;
            text = apr_pstrcat(t->pool, text, letters[(seed >> 16) % 3], NULL);
        }
        assert_ok(gov_words_create(&words, list, t->pool));
        /* the longest at each place, none that lies within an earlier one */
        const char *reach = text;
        for (p = text; *p; p += 3) {
            apr_size_t best = 0;

            for (i = 0; i < list->nelts; i++) {
                const char *word = APR_ARRAY_IDX(list, i, gov_word_t).word;
                apr_size_t len = strlen(word);

                if (!strncmp(p, word, len) && len > best)
                    best = len;
            }
            if (best && p + best > reach) {
                reach = p + best;
                expected++;
            }
        }
        found = gov_words_check_text(words, text, t->pool)->list->nelts;
        if (found != expected)
            print_error("round %d: %s\n", round, text);
        assert_int_equal(found, expected);
    }
}

static void survives_what_is_not_utf8(void **state)
{
    gov_test_t *t = *state;
    const gov_words_t *words = words_of(t, GOV_WORD_SENSITIVE, "甲乙\n");
    const gov_findings_t *f;

    f = gov_words_check_text(words, "\xFF\xE7\x94\xB2\xE4\xB9\x99\xE7\xC3\xF4",
                             t->pool);
    assert_int_equal(f->blocks, 1);
    assert_true(gov_text_valid(APR_ARRAY_IDX(f->list, 0, gov_finding_t).after,
                               strlen(APR_ARRAY_IDX(f->list, 0,
                                                    gov_finding_t).after)));
}

static void knows_kinds_actions_and_rules_by_name(void **state)
{
    gov_word_kind_t kind;

    (void)state;
    assert_true(gov_word_kind_named(&kind, "secrecy"));
    assert_int_equal(kind, GOV_WORD_SECRECY);
    assert_false(gov_word_kind_named(&kind, "funny"));
    assert_string_equal(gov_word_kind_word(GOV_WORD_PERSONAL), "personal");
    assert_string_equal(gov_word_action_word(GOV_WORD_BLOCK), "block");
    assert_string_equal(gov_word_rule_word(GOV_WORD_RULE_MOBILE), "mobile");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(finds_a_word_and_says_where),
    GOV_TEST(finds_words_that_hold_and_follow_one_another),
    GOV_TEST(sees_through_width_case_and_what_is_put_between),
    GOV_TEST(does_not_find_wrong_words_across_sentences),
    GOV_TEST(finds_latin_words_whole_only),
    GOV_TEST(lets_exceptions_be),
    GOV_TEST(lets_the_longer_word_stand_unless_the_shorter_is_stricter),
    GOV_TEST(counts_what_it_does_not_describe),
    GOV_TEST(names_fields_and_reads_markup_as_text),
    GOV_TEST(makes_plain_text_of_markup),
    GOV_TEST(tells_findings_as_json),
    GOV_TEST(reads_and_writes_lists),
    GOV_TEST(refuses_lists_with_mistakes_and_names_the_line),
    GOV_TEST(finds_nothing_wrong_with_what_is_right),
    GOV_TEST(finds_what_a_simple_search_finds),
    GOV_TEST(survives_what_is_not_utf8),
    GOV_TEST(knows_kinds_actions_and_rules_by_name),
};
GOV_TEST_MAIN(tests)
