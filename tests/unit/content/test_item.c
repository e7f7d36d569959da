/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* A list entry as compact text. */

#include "../../../mod_govportal/content/content_priv.h"
#include "gov_test.h"

static gov_item_t
full(gov_test_t *t)
{
    gov_item_t item = {
        .document = 1042, .site = 3, .column = 17, .type = "notice",
        .lang = "zh-CN", .published = t->now, .updated = t->now + 5,
        .pinned = true, .title = "关于“公示”的通知", .summary = "摘要",
        .source = "市教育局", .picture = "ab12", .picture_name = "a.jpg",
        .alt = "河岸", .width = 1600, .height = 900, .url = "https://x.cn/?a=1"
    };
    gov_item_field_t *field;

    item.fields = apr_array_make(t->pool, 2, sizeof(gov_item_field_t));
    field = apr_array_push(item.fields);
    field->name = "note";
    field->value = "三日内办结";
    field = apr_array_push(item.fields);
    field->name = "until";
    field->value = "2026-12-01";
    return item;
}

static gov_item_t *
round_trip(const gov_item_t *item, gov_test_t *t)
{
    return gov_content__item_decode(
        apr_pstrdup(t->pool, gov_content__item_text(item, t->pool)), t->pool);
}

static void comes_back_as_it_was(void **state)
{
    gov_test_t *t = *state;
    gov_item_t item = full(t), *back = round_trip(&item, t);

    assert_int_equal(back->document, 1042);
    assert_int_equal(back->column, 17);
    assert_true(back->published == item.published);
    assert_true(back->updated == item.updated);
    assert_true(back->pinned);
    assert_string_equal(back->title, item.title);
    assert_string_equal(back->alt, item.alt);
    assert_int_equal(back->width, 1600);
    assert_string_equal(back->url, item.url);
    assert_int_equal(back->fields->nelts, 2);
    assert_string_equal(APR_ARRAY_IDX(back->fields, 1, gov_item_field_t).value,
                        "2026-12-01");
}

static void keeps_absent_things_absent(void **state)
{
    gov_test_t *t = *state;
    gov_item_t item = { .document = 1, .type = "page", .lang = "en",
                        .title = "T" };
    gov_item_t *back = round_trip(&item, t);

    assert_null(back->summary);
    assert_null(back->picture);
    assert_null(back->url);
    assert_null(back->fields);
    assert_false(back->pinned);
}

static void cannot_be_broken_by_control_characters(void **state)
{
    gov_test_t *t = *state;
    gov_item_t item = full(t), *back;

    item.title = "a\x1f" "b\x1e" "c\nd";
    back = round_trip(&item, t);
    assert_string_equal(back->title, "a b c d");
    assert_string_equal(back->alt, "河岸");
}

static void reads_no_more_of_a_head_than_asked(void **state)
{
    gov_test_t *t = *state;
    gov_item_t item = full(t);
    const char *one = gov_content__item_text(&item, t->pool);
    const char *head = apr_pstrcat(t->pool, one, "\n", one, "\n", one, "\n",
                                   NULL);

    gov_content__bind_t bind = { NULL, 0, 0 };
    apr_array_header_t *items;

    assert_ok(gov_content__items_read(&items, &bind, head, 2, t->pool));
    assert_int_equal(items->nelts, 2);
    assert_ok(gov_content__items_read(&items, &bind, head, 9, t->pool));
    assert_int_equal(items->nelts, 3);
    assert_ok(gov_content__items_read(&items, &bind, "", 9, t->pool));
    assert_int_equal(items->nelts, 0);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(comes_back_as_it_was),
    GOV_TEST(keeps_absent_things_absent),
    GOV_TEST(cannot_be_broken_by_control_characters),
    GOV_TEST(reads_no_more_of_a_head_than_asked),
};
GOV_TEST_MAIN(tests)
