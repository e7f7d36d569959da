/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Type descriptors: the built-in ones, and what is refused. */

#include "gov_test.h"
#include "gov_type.h"

#define TYPE(name, more) "<type xmlns='urn:govportal:type:1' name='" name      \
    "' layout='article' list='plain' single='no' jsonld='Article' "           \
    "column-type='x' since='1'><label lang='zh-CN'>甲</label>"                 \
    "<label lang='en'>A</label><use field='title' required='yes'/>" more       \
    "</type>"

static gov_err_t *
load(gov_types_t **types, gov_test_t *t, const char *dir)
{
    *types = gov_types_create(t->pool);
    return gov_types_load(*types, dir,
                          gov_test_source(t, "xslt/contract/type.rng"), NULL,
                          t->pool);
}

static void knows_the_built_in_ones(void **state)
{
    static const char *const names[] = {
        "article", "page", "link", "gallery", "media", "leader", "institution",
        "notice", "topic", "download"
    };
    gov_test_t *t = *state;
    gov_types_t *types;
    apr_size_t i;

    assert_ok(load(&types, t, gov_test_source(t, "conf/types")));
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_non_null(gov_type_get(types, names[i]));
    assert_int_equal(gov_types_all(types)->nelts, 10);
}

static void reads_what_a_field_says(void **state)
{
    gov_test_t *t = *state;
    gov_types_t *types;
    const gov_type_t *leader;
    int i, seen = 0;

    assert_ok(load(&types, t, gov_test_source(t, "conf/types")));
    leader = gov_type_get(types, "leader");
    assert_string_equal(leader->order, "order");
    for (i = 0; i < leader->fields->nelts; i++) {
        const gov_field_t *field = &APR_ARRAY_IDX(leader->fields, i,
                                                  gov_field_t);

        if (strcmp(field->name, "post"))
            continue;
        seen++;
        assert_string_equal(field->in_list, "post");
        assert_true(field->required && field->translated && field->shown);
        assert_string_equal(gov_label(field->labels, "en"), "Post");
        assert_string_equal(gov_label(field->labels, "ug"),
                            gov_label(field->labels, "zh-CN"));
    }
    assert_int_equal(seen, 1);
}

static void refuses_a_mistake_with_file_and_line(void **state)
{
    gov_test_t *t = *state;
    gov_types_t *types;
    const gov_err_t *err;

    gov_test_write(t, "bad.xml", TYPE("bad", "\n<nonsense/>"));
    err = assert_err(GOV_E_INVALID, load(&types, t, gov_test_dir(t)));
    assert_contains(gov_err_chain(err, t->pool), "bad.xml:2");
}

static void refuses_a_file_named_otherwise(void **state)
{
    gov_test_t *t = *state;
    gov_types_t *types;

    gov_test_write(t, "other.xml", TYPE("thing", ""));
    assert_err(GOV_E_INVALID, load(&types, t, gov_test_dir(t)));
}

static void refuses_a_name_that_is_taken(void **state)
{
    gov_test_t *t = *state;
    gov_types_t *types;

    gov_test_write(t, "notice.xml", TYPE("notice", ""));
    assert_ok(load(&types, t, gov_test_source(t, "conf/types")));
    assert_err(GOV_E_CONFLICT,
               gov_types_load(types, gov_test_dir(t),
                              gov_test_source(t, "xslt/contract/type.rng"),
                              "example", t->pool));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(knows_the_built_in_ones),
    GOV_TEST(reads_what_a_field_says),
    GOV_TEST(refuses_a_mistake_with_file_and_line),
    GOV_TEST(refuses_a_file_named_otherwise),
    GOV_TEST(refuses_a_name_that_is_taken),
};
GOV_TEST_MAIN(tests)
