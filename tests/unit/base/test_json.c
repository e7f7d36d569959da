/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* JSON. */

#include "gov_json.h"
#include "gov_test.h"
#include "gov_text.h"

static const gov_json_t *
parse(const char *text, gov_test_t *t)
{
    const gov_json_t *value = NULL;

    assert_ok(gov_json_parse(&value, text, strlen(text), t->pool));
    return value;
}

static const gov_err_t *
refuse(const char *text, gov_test_t *t)
{
    const gov_json_t *value = NULL;
    const gov_err_t *err;

    err = assert_err(GOV_E_INVALID, gov_json_parse(&value, text, strlen(text),
                                                   t->pool));
    assert_null(value);
    return err;
}

static void gives_members_by_kind(void **state)
{
    gov_test_t *t = *state;
    const gov_json_t *obj = parse("{\"title\":\"通知\",\"n\":-7,\"yes\":true,"
                                  "\"no\":false,\"r\":1.5,\"nil\":null}", t);

    assert_string_equal(gov_json_str(obj, "title"), "通知");
    assert_null(gov_json_str(obj, "n"));
    assert_null(gov_json_str(obj, "absent"));
    assert_int_equal(gov_json_int(obj, "n", 1), -7);
    assert_int_equal(gov_json_int(obj, "r", 1), 1);
    assert_int_equal(gov_json_int(obj, "absent", 3), 3);
    assert_true(gov_json_bool(obj, "yes", false));
    assert_false(gov_json_bool(obj, "no", true));
    assert_true(gov_json_bool(obj, "n", true));
    assert_int_equal(gov_json_count(obj), 6);
    assert_int_equal(gov_json_kind(obj), GOV_JSON_OBJECT);
    assert_int_equal(gov_json_kind(gov_json_get(obj, "n")), GOV_JSON_NUMBER);
    assert_int_equal(gov_json_kind(gov_json_get(obj, "r")), GOV_JSON_NUMBER);
    assert_int_equal(gov_json_kind(gov_json_get(obj, "no")), GOV_JSON_BOOL);
    assert_int_equal(gov_json_kind(gov_json_get(obj, "nil")), GOV_JSON_OTHER);
    assert_int_equal(gov_json_kind(gov_json_get(obj, "absent")),
                     GOV_JSON_OTHER);
}

static void walks_arrays_and_objects_in_order(void **state)
{
    gov_test_t *t = *state;
    const gov_json_t *array = parse("[\"b\",\"a\",{\"z\":1,\"a\":2}]", t);
    const gov_json_t *obj = gov_json_at(array, 2), *value = NULL;

    assert_int_equal(gov_json_count(array), 3);
    assert_int_equal(gov_json_kind(array), GOV_JSON_ARRAY);
    assert_int_equal(gov_json_kind(gov_json_at(array, 0)), GOV_JSON_STRING);
    assert_string_equal(gov_json_text(gov_json_at(array, 1)), "a");
    assert_null(gov_json_text(gov_json_at(array, 2)));
    assert_null(gov_json_at(array, 3));
    assert_string_equal(gov_json_key(obj, 0, &value), "z");
    assert_ptr_equal(value, gov_json_get(obj, "z"));
    assert_string_equal(gov_json_key(obj, 1, NULL), "a");
    assert_null(gov_json_key(obj, 2, NULL));
}

static void looks_into_the_wrong_kind_without_harm(void **state)
{
    gov_test_t *t = *state;
    const gov_json_t *text = parse("\"x\"", t);

    assert_null(gov_json_get(text, "a"));
    assert_null(gov_json_at(text, 0));
    assert_null(gov_json_key(text, 0, NULL));
    assert_int_equal(gov_json_count(text), 0);
    assert_null(gov_json_str(NULL, "a"));
    assert_null(gov_json_text(NULL));
    assert_int_equal(gov_json_count(NULL), 0);
}

static void says_where_it_is_malformed(void **state)
{
    gov_test_t *t = *state;

    assert_contains(refuse("{\n  \"a\": tru\n}", t)->message, "line 2");
    refuse("", t);
    refuse("{", t);
    refuse("[1,]", t);
    refuse("[1] 2", t);
    refuse("'a'", t);
    refuse("[1e999]", t);
    refuse("[99999999999999999999]", t);
    refuse("[\"\xFF\"]", t);
    refuse("[\"\\ud800\"]", t);
    refuse("[\"\\u0000\"]", t);
    refuse("[NaN]", t);
    refuse("]]]]", t);
}

static void refuses_a_key_given_twice(void **state)
{
    gov_test_t *t = *state;

    assert_contains(refuse("{\"a\":1,\"a\":2}", t)->message, "duplicate");
}

static void makes_strings_valid_text(void **state)
{
    gov_test_t *t = *state;
    const gov_json_t *array = parse("[\"a\\u0001b\\uffff\\n\",\"\\u0085\"]", t);

    assert_string_equal(gov_json_text(gov_json_at(array, 0)),
                        "ab\xEF\xBF\xBD\n");
    assert_string_equal(gov_json_text(gov_json_at(array, 1)), "");
    refuse("{\"\\u0001\":1}", t);
}

static const char *
nested(int depth, gov_test_t *t)
{
    gov_buf_t *buf = gov_buf_create(1024, t->pool);
    int i;

    for (i = 0; i < depth; i++)
        gov_buf_str(buf, i % 2 ? "{\"[\\\"[\":" : "[");
    gov_buf_str(buf, "0");
    while (i-- > 0)
        gov_buf_str(buf, i % 2 ? "}" : "]");
    return buf->data;
}

static void limits_the_depth(void **state)
{
    gov_test_t *t = *state;

    parse(nested(32, t), t);
    assert_contains(refuse(nested(33, t), t)->message, "too deeply");
    refuse(nested(100000, t), t);
}

static void limits_the_members_of_an_object(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *buf = gov_buf_create(32768, t->pool);
    int i;

    gov_buf_str(buf, "[{\"k\":0");
    for (i = 1; i <= 1024; i++)
        gov_buf_printf(buf, ",\"k%d\":0", i);
    gov_buf_str(buf, "}]");
    assert_contains(refuse(buf->data, t)->message, "too many");
}

static void builds_and_prints(void **state)
{
    gov_test_t *t = *state;
    gov_json_t *obj = gov_json_object(t->pool);
    gov_json_t *array = gov_json_array(t->pool);

    gov_json_set(obj, "title", "市\"政\"");
    gov_json_set(obj, "absent", NULL);
    gov_json_set_int(obj, "n", APR_INT64_MIN);
    gov_json_set_bool(obj, "b", true);
    gov_json_add_str(array, "x");
    gov_json_add_str(array, NULL);
    gov_json_add(array, gov_json_object(t->pool));
    gov_json_add(array, NULL);
    gov_json_put(obj, "list", array);
    gov_json_put(obj, "none", NULL);
    gov_json_set(obj, "title", "市政府");
    assert_string_equal(gov_json_dump(obj, false, t->pool),
                        "{\"title\":\"市政府\",\"n\":-9223372036854775808,"
                        "\"b\":true,\"list\":[\"x\",{}]}");
}

static void cannot_leave_a_script_element(void **state)
{
    gov_test_t *t = *state;
    gov_json_t *obj = gov_json_object(t->pool);
    const char *text;

    gov_json_set(obj, "<k", "</script><!--<");
    text = gov_json_dump(obj, true, t->pool);
    assert_string_equal(text, "{\"\\u003ck\":\"\\u003c/script>\\u003c!--"
                              "\\u003c\"}");
    assert_string_equal(gov_json_str(parse(text, t), "<k"), "</script><!--<");
}

static void survives_the_pool_of_a_part(void **state)
{
    gov_test_t *t = *state;
    gov_json_t *obj = gov_json_object(t->pool), *part;
    apr_pool_t *pool;

    apr_pool_create(&pool, t->pool);
    part = gov_json_array(pool);
    gov_json_add_str(part, "kept");
    gov_json_put(obj, "part", part);
    apr_pool_destroy(pool);
    assert_string_equal(gov_json_dump(obj, false, t->pool),
                        "{\"part\":[\"kept\"]}");
}

static void repairs_values_that_are_not_utf8(void **state)
{
    gov_test_t *t = *state;
    gov_json_t *array = gov_json_array(t->pool);

    gov_json_add_str(array, "a\xFF");
    assert_string_equal(gov_json_dump(array, false, t->pool),
                        "[\"a\xEF\xBF\xBD\"]");
}

static void prints_any_value(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_json_dump(parse(" 1 ", t), false, t->pool), "1");
    assert_string_equal(gov_json_dump(parse("null", t), false, t->pool),
                        "null");
    assert_string_equal(gov_json_dump(parse("[0.5,\"\\t\"]", t), false,
                                      t->pool), "[0.5,\"\\t\"]");
}

static void copies_what_must_not_change(void **state)
{
    gov_test_t *t = *state;
    const gov_json_t *given = parse("{\"a\":\"1\",\"b\":[2]}", t);
    gov_json_t *copy = gov_json_copy(given, t->pool);

    gov_json_set(copy, "a", "changed");
    assert_string_equal(gov_json_dump(given, false, t->pool),
                        "{\"a\":\"1\",\"b\":[2]}");
    assert_string_equal(gov_json_dump(copy, false, t->pool),
                        "{\"a\":\"changed\",\"b\":[2]}");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(gives_members_by_kind),
    GOV_TEST(walks_arrays_and_objects_in_order),
    GOV_TEST(looks_into_the_wrong_kind_without_harm),
    GOV_TEST(says_where_it_is_malformed),
    GOV_TEST(refuses_a_key_given_twice),
    GOV_TEST(makes_strings_valid_text),
    GOV_TEST(limits_the_depth),
    GOV_TEST(limits_the_members_of_an_object),
    GOV_TEST(builds_and_prints),
    GOV_TEST(cannot_leave_a_script_element),
    GOV_TEST(survives_the_pool_of_a_part),
    GOV_TEST(repairs_values_that_are_not_utf8),
    GOV_TEST(prints_any_value),
    GOV_TEST(copies_what_must_not_change),
};
GOV_TEST_MAIN(tests)
