/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Personal data and secrecy marks.  All numbers are made up. */

#include "gov_test.h"
#include "gov_words.h"

static const gov_words_t *
no_lists(gov_test_t *t)
{
    apr_array_header_t *list = apr_array_make(t->pool, 1, sizeof(gov_word_t));
    const gov_words_t *words = NULL;

    assert_ok(gov_words_create(&words, list, t->pool));
    return words;
}

/* "rule" of what is found in TEXT, several with blanks between them. */
static const char *
rules(gov_test_t *t, const char *text)
{
    const gov_findings_t *f = gov_words_check_text(no_lists(t), text, t->pool);
    const char *all = "";
    int i;

    for (i = 0; i < f->list->nelts; i++)
        all = apr_pstrcat(t->pool, all, i ? " " : "",
                          APR_ARRAY_IDX(f->list, i, gov_finding_t).rule, NULL);
    return all;
}

#define assert_rules(text, expected)                                          \
    assert_string_equal(rules(t, text), expected)
#define assert_masked(text, expected)                                         \
    assert_string_equal(gov_words_mask(text, t->pool), expected)

/* The action for what is found, or "". */
static const char *
action(gov_test_t *t, const char *text)
{
    const gov_findings_t *f = gov_words_check_text(no_lists(t), text, t->pool);

    return f->blocks ? "block" : f->warns ? "warn" : "";
}

#define assert_mark(text, expected)                                           \
    assert_string_equal(action(t, text), expected)

/* An ID number of 17 DIGITS with its check digit, reckoned in another way than the
   product does: the sum over a_i * 2^(i-1) is 1 modulo 11 (GB 11643, 4.5). */
static const char *
with_check(const char *digits, apr_pool_t *pool)
{
    int check, i;

    for (check = 0; check < 11; check++) {
        int sum = check, power = 1;

        for (i = 16; i >= 0; i--) {
            power = power * 2 % 11;
            sum += (digits[i] - '0') * power;
        }
        if (sum % 11 == 1)
            break;
    }
    return apr_psprintf(pool, "%s%c", digits, "0123456789X"[check]);
}

static void finds_every_valid_id_number_and_none_with_another_check_digit(
    void **state)
{
    gov_test_t *t = *state;
    static const int provinces[] = { 11, 15, 23, 37, 42, 46, 50, 54, 65, 71,
                                     82 };
    unsigned seed = 42;
    int i, j;

    for (i = 0; i < 400; i++) {
        char *id, digits[18];
        int a, b, c, d;

        seed = seed * 1103515245u + 12345u;
        a = (int)(seed >> 8) % 10000;
        b = 1900 + (int)(seed >> 4) % 200;
        c = 1 + (int)(seed >> 12) % 12;
        d = 1 + (int)(seed >> 6) % 28;
        apr_snprintf(digits, sizeof(digits), "%02d%04d%04d%02d%02d%03d",
                     provinces[i % 11], a, b, c, d, (int)(seed >> 16) % 1000);
        id = apr_pstrdup(t->pool, with_check(digits, t->pool));
        assert_rules(apr_pstrcat(t->pool, "身份证号：", id, "。", NULL),
                     "citizen-id");
        for (j = 0; j < 11; j++) {
            char check = "0123456789X"[j];

            if (check == id[17])
                continue;
            assert_null(strstr(rules(t, apr_psprintf(t->pool, "号%.17s%c", id,
                                                     check)), "citizen-id"));
        }
    }
}

static void finds_id_numbers_however_they_are_written(void **state)
{
    gov_test_t *t = *state;

    assert_rules("11010519491231002X", "citizen-id");
    assert_rules("11010519491231002x", "citizen-id");
    assert_rules("１１０１０５１９４９１２３１００２Ｘ", "citizen-id");
    assert_rules("110105 19491231 002X", "citizen-id");
    assert_rules("110105-19491231-002X", "citizen-id");
    assert_rules("1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", "citizen-id");
    assert_rules("110105\xE2\x80\x8B" "19491231002X", "citizen-id");
    assert_rules("ID11010519491231002X号", "citizen-id");
}

static void does_not_take_other_numbers_for_id_numbers(void **state)
{
    gov_test_t *t = *state;

    assert_rules("111010519491231002X", "");       /* one digit more */
    assert_rules("11010519491231002X1", "");
    assert_rules("11010519490230002X", "");        /* no such day */
    assert_rules("99010519491231002X", "");        /* no such province */
    assert_rules("11010519491231002", "");
    assert_rules("110***********002X", "");        /* masked already */
    assert_rules("914201007893453212", "");        /* a company's code */
}

static void finds_old_id_numbers(void **state)
{
    gov_test_t *t = *state;

    assert_rules("420105491231002", "old-citizen-id");
    assert_rules("420105 491231 002", "old-citizen-id");
    assert_rules("420105491331002", "");
    assert_rules("00420105491231002", "");
}

static void finds_mobile_numbers(void **state)
{
    gov_test_t *t = *state;

    assert_rules("电话13812345678。", "mobile");
    assert_rules("138 1234 5678", "mobile");
    assert_rules("138-1234-5678", "mobile");
    assert_rules("1381234 5678", "mobile");
    assert_rules("１３８１２３４５６７８", "mobile");
    assert_rules("+86 13812345678", "mobile");
    assert_rules("+86-138-1234-5678", "mobile");
    assert_rules("8613812345678", "mobile");
    assert_rules("13812345678-13987654321", "mobile mobile");
    assert_rules("13812345678、13987654321", "mobile mobile");
    assert_rules("12812345678", "");
    assert_rules("1381234567", "");
    assert_rules("138123456789", "");
    assert_rules("SN13812345678", "");
    assert_rules("2026-13812345678-01", "");
    assert_rules("13,812,345,678", "");
}

static void finds_landlines_with_their_area_code_only(void **state)
{
    gov_test_t *t = *state;

    assert_rules("027-82345678", "landline");
    assert_rules("（027）82345678", "landline");
    assert_rules("(0712)2345678", "landline");
    assert_rules("0712—2345678", "landline");
    assert_rules("02782345678", "landline");
    assert_rules("010-6234 5678", "landline");
    assert_rules("027-82345678-801", "landline");
    assert_rules("82345678", "");
    assert_rules("12345", "");
    assert_rules("400-812-3456", "");
    assert_rules("027-1234567", "");
}

static void finds_bank_cards(void **state)
{
    gov_test_t *t = *state;

    assert_rules("卡号6222021001116245702", "bank-card");
    assert_rules("6222 0210 0111 6245 702", "bank-card");
    assert_rules("4111111111111111", "bank-card");
    assert_rules("5500-0000-0000-0004", "bank-card");
    assert_rules("6222021001116245703", "");       /* Luhn */
    assert_rules("7222021001116245706", "");       /* nobody's */
    assert_rules("62220210011162457020", "");      /* one more */
    assert_rules("62 22021001116245702", "");      /* not written so */
}

static void finds_passports_and_mail_addresses(void **state)
{
    gov_test_t *t = *state;

    assert_rules("护照号E12345678", "passport");
    assert_rules("护照号：EA1234567，", "passport");
    assert_rules("Ｇ１２３４５６７８", "passport");
    assert_rules("e12345678", "");
    assert_rules("E1234567", "");
    assert_rules("E123456789", "");
    assert_rules("EI1234567", "");
    assert_rules("/files/E12345678.pdf", "");
    assert_rules("no-E12345678", "");
    assert_rules("信箱li.na+x@mail.example.gov.cn。", "email");
    assert_rules("＠某人 a@b a@b.c @x.cn", "");
    assert_rules("a@b.cn c@d.com", "email email");
}

static void masks_personal_data_character_for_character(void **state)
{
    gov_test_t *t = *state;

    assert_masked("11010519491231002X", "110***********002X");
    assert_masked("110105 19491231 002X", "110*** ******** 002X");
    assert_masked("张三13812345678，李四", "张三138****5678，李四");
    assert_masked("+86 138-1234-5678", "+86 138-****-5678");
    assert_masked("8613812345678", "86138****5678");
    assert_masked("6222021001116245702", "***************5702");
    assert_masked("027-82345678", "027-*****678");
    assert_masked("0712-2345678", "0712-****678");
    assert_masked("E12345678", "E*****678");
    assert_masked("li.na@example.cn", "l****@example.cn");
    assert_masked("没有", "没有");
    assert_masked("", "");
}

static void shows_no_personal_data_around_other_findings(void **state)
{
    gov_test_t *t = *state;
    const gov_findings_t *f = gov_words_check_text(
        no_lists(t), "13812345678机密★1年11010519491231002X", t->pool);
    const gov_finding_t *one = &APR_ARRAY_IDX(f->list, 0, gov_finding_t);

    assert_int_equal(f->list->nelts, 3);
    assert_string_equal(one[0].word, "138****5678");
    assert_string_equal(one[1].rule, "mark");
    assert_string_equal(one[1].before, "138****5678");
    assert_string_equal(one[1].after, "110*********");
    assert_string_equal(one[2].hit, "110***********002X");
    assert_int_equal(one[2].position, 16);
}

static void takes_the_action_of_a_rule_from_a_list(void **state)
{
    gov_test_t *t = *state;
    static const gov_word_t rows[] = {
        { .kind = GOV_WORD_PERSONAL, .word = "mobile",
          .action = GOV_WORD_IGNORE },
        { .kind = GOV_WORD_PERSONAL, .word = "citizen-id",
          .action = GOV_WORD_BLOCK },
        /* a site's: stricter is heard, milder is not */
        { .kind = GOV_WORD_PERSONAL, .word = "mobile",
          .action = GOV_WORD_BLOCK },
        { .kind = GOV_WORD_PERSONAL, .word = "citizen-id",
          .action = GOV_WORD_IGNORE }
    };
    apr_array_header_t *list = apr_array_make(t->pool, 4, sizeof(gov_word_t));
    const gov_words_t *words;
    int i;

    for (i = 0; i < 4; i++) {
        APR_ARRAY_PUSH(list, gov_word_t) = rows[i];
        assert_ok(gov_words_create(&words, list, t->pool));
        assert_int_equal(gov_words_check_text(words, "13812345678", t->pool)
                             ->blocks, i >= 2);
        assert_int_equal(gov_words_check_text(words, "11010519491231002X",
                                              t->pool)->blocks, 1);
    }
}

static void does_not_mind_a_telephone_number_where_one_belongs(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *fields = apr_array_make(t->pool, 1,
                                                sizeof(gov_words_field_t));
    gov_words_field_t field = {
        .name = "fields.phone", .contact = true,
        .text = "13812345678 027-82345678 a@b.cn 11010519491231002X"
    };
    const gov_findings_t *f;

    APR_ARRAY_PUSH(fields, gov_words_field_t) = field;
    f = gov_words_check_draft(no_lists(t), fields, t->pool);
    assert_int_equal(f->list->nelts, 1);
    assert_int_equal(f->blocks, 1);
}

static void blocks_secrecy_marks(void **state)
{
    gov_test_t *t = *state;

    assert_mark("机密★1年", "block");
    assert_mark("秘密★", "block");
    assert_mark("绝 密 ★ 长期", "block");
    assert_mark("份号 000012 机密☆6个月 特急", "block");
    assert_mark("机密*十年", "block");
    assert_mark("第1号文件机密★1年", "block");
    assert_mark("绝密", "block");
    assert_mark("标题\n【机密】\n正文", "block");
    assert_mark("密级：秘密", "block");
    assert_mark("密　级:　机密\n", "block");
    assert_mark("秘密 1年", "block");
    assert_mark("机\xE2\x80\x8B密★１年", "block");
}

static void warns_where_a_mark_may_be_none(void **state)
{
    gov_test_t *t = *state;

    assert_mark("绝密★启用前", "warn");
    assert_mark("秘密", "warn");
}

static void leaves_everyday_use_alone(void **state)
{
    gov_test_t *t = *state;

    assert_mark("保护商业秘密和个人隐私", "");
    assert_mark("保守国家秘密是公民的义务", "");
    assert_mark("市国家保密局", "");
    assert_mark("机密级国家秘密", "");
    assert_mark("保守秘密10年", "");
    assert_mark("秘密10年后公开的档案", "");
    assert_mark("泄露商业秘密★欢迎举报", "");
    assert_mark("秘密*的", "");
    assert_mark("密级分为绝密、机密、秘密三级", "");
    assert_mark("密级：无", "");
    assert_mark("中国的秘密\n", "");
    assert_mark("密", "");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(finds_every_valid_id_number_and_none_with_another_check_digit),
    GOV_TEST(finds_id_numbers_however_they_are_written),
    GOV_TEST(does_not_take_other_numbers_for_id_numbers),
    GOV_TEST(finds_old_id_numbers),
    GOV_TEST(finds_mobile_numbers),
    GOV_TEST(finds_landlines_with_their_area_code_only),
    GOV_TEST(finds_bank_cards),
    GOV_TEST(finds_passports_and_mail_addresses),
    GOV_TEST(masks_personal_data_character_for_character),
    GOV_TEST(shows_no_personal_data_around_other_findings),
    GOV_TEST(takes_the_action_of_a_rule_from_a_list),
    GOV_TEST(does_not_mind_a_telephone_number_where_one_belongs),
    GOV_TEST(blocks_secrecy_marks),
    GOV_TEST(warns_where_a_mark_may_be_none),
    GOV_TEST(leaves_everyday_use_alone),
};
GOV_TEST_MAIN(tests)
