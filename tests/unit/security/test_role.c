/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Roles at nodes of the tree: what holds where. */

#include "gov_permit.h"
#include "gov_test.h"

/* Portal 1 above district 2 above its sub-site 3; department 4 beside.
   Site 2 has column 20 above 21 above 22, and 23; site 4 has column 40. */
static apr_int64_t
parent_site(const void *baton, apr_int64_t site)
{
    (void)baton;
    return site == 2 || site == 4 ? 1 : site == 3 ? 2 : 0;
}

static apr_int64_t
parent_column(const void *baton, apr_int64_t column)
{
    (void)baton;
    return column == 21 ? 20 : column == 22 ? 21 : 0;
}

static apr_int64_t
site_of(const void *baton, apr_int64_t column)
{
    (void)baton;
    return column / 10 == 2 ? 2 : column == 40 ? 4 : 0;
}

static const gov_tree_t tree = { NULL, parent_site, parent_column, site_of };

static gov_grant_t
at(const char *role, apr_int64_t site, apr_int64_t column)
{
    gov_grant_t grant = { gov_role_named(role), site, column };

    assert_non_null(grant.role);
    return grant;
}

static bool
covers(apr_int64_t grant_site, apr_int64_t grant_column, apr_int64_t site,
       apr_int64_t column)
{
    gov_grant_t grant = at("author", grant_site, grant_column);

    return gov_grant_covers(&grant, &tree, site, column);
}

static void a_role_of_the_group_holds_everywhere(void **state)
{
    (void)state;
    assert_true(covers(0, 0, 0, 0));
    assert_true(covers(0, 0, 1, 0));
    assert_true(covers(0, 0, 2, 22));
}

static void a_role_on_a_site_holds_for_what_is_below(void **state)
{
    (void)state;
    assert_true(covers(2, 0, 2, 0));
    assert_true(covers(2, 0, 2, 22));
    assert_true(covers(2, 0, 3, 0));
    assert_true(covers(1, 0, 3, 0));
    assert_false(covers(2, 0, 1, 0));
    assert_false(covers(2, 0, 4, 0));
    assert_false(covers(2, 0, 4, 40));
    assert_false(covers(2, 0, 0, 0));
}

static void a_role_on_a_column_holds_for_its_columns_only(void **state)
{
    (void)state;
    assert_true(covers(2, 20, 2, 20));
    assert_true(covers(2, 20, 2, 22));
    assert_false(covers(2, 21, 2, 20));
    assert_false(covers(2, 20, 2, 23));
    assert_false(covers(2, 20, 2, 0));
    assert_false(covers(2, 20, 3, 0));
}

static void a_column_of_another_site_is_nobodys(void **state)
{
    (void)state;
    assert_false(covers(0, 0, 4, 22));
    assert_false(covers(4, 0, 4, 22));
    assert_false(covers(2, 0, 2, 40));
    assert_false(covers(2, 0, 2, 999));
}

static gov_err_t *
ask(gov_test_t *t, const gov_grant_t *grants, int n, gov_action_t action,
    apr_int64_t site, apr_int64_t column)
{
    gov_actor_t *person = apr_pcalloc(t->pool, sizeof(*person));
    apr_array_header_t *list = apr_array_make(t->pool, n + 1,
                                              sizeof(gov_grant_t));
    const gov_permit_t *permit;
    int i;

    for (i = 0; i < n; i++)
        APR_ARRAY_PUSH(list, gov_grant_t) = grants[i];
    person->kind = GOV_ACTOR_PERSON;
    person->name = "li.na";
    person->person = 7;
    person->grants = list;
    t->ctx.actor = person;
    t->ctx.tree = &tree;
    return gov_permit_get(&permit, &t->ctx, action, site, column, t->pool);
}

static void an_author_writes_and_does_not_publish(void **state)
{
    gov_test_t *t = *state;
    gov_grant_t author = at("author", 2, 20);

    assert_ok(ask(t, &author, 1, GOV_ACTION_WRITE, 2, 21));
    assert_ok(ask(t, &author, 1, GOV_ACTION_READ, 2, 21));
    assert_err(GOV_E_FORBIDDEN, ask(t, &author, 1, GOV_ACTION_PUBLISH, 2, 21));
    assert_err(GOV_E_FORBIDDEN, ask(t, &author, 1, GOV_ACTION_WRITE, 2, 23));
    assert_err(GOV_E_FORBIDDEN, ask(t, &author, 1, GOV_ACTION_WRITE, 4, 40));
}

/* GB/T 22239, level 3: whoever runs the system edits nothing. */
static void no_administrator_touches_content(void **state)
{
    static const char *const admins[] = { "system-admin", "security-admin",
                                          "audit-admin" };
    static const gov_action_t content[] = {
        GOV_ACTION_WRITE, GOV_ACTION_REVIEW, GOV_ACTION_CLEAR,
        GOV_ACTION_PUBLISH, GOV_ACTION_SHARE, GOV_ACTION_EMERGENCY,
        GOV_ACTION_MANAGE, GOV_ACTION_IMPORT
    };
    gov_test_t *t = *state;
    unsigned i, k;

    for (i = 0; i < 3; i++)
        for (k = 0; k < sizeof(content) / sizeof(*content); k++) {
            gov_grant_t admin = at(admins[i], 0, 0);

            assert_err(GOV_E_FORBIDDEN, ask(t, &admin, 1, content[k], 2, 20));
        }
}

static void no_two_administrators_may_the_same(void **state)
{
    (void)state;
    assert_int_equal(gov_role_named("system-admin")->actions
                     & gov_role_named("audit-admin")->actions, 0);
    assert_int_equal(gov_role_named("security-admin")->actions
                     & gov_role_named("audit-admin")->actions, 0);
    assert_int_equal(gov_role_named("system-admin")->actions
                     & gov_role_named("security-admin")->actions, 0);
}

/* R015: a district's administrator stays in the district. */
static void delegated_administration_ends_at_the_subtree(void **state)
{
    gov_test_t *t = *state;
    gov_grant_t admin = at("site-admin", 2, 0);

    assert_ok(ask(t, &admin, 1, GOV_ACTION_GRANT, 2, 21));
    assert_ok(ask(t, &admin, 1, GOV_ACTION_MANAGE, 3, 0));
    assert_err(GOV_E_FORBIDDEN, ask(t, &admin, 1, GOV_ACTION_GRANT, 1, 0));
    assert_err(GOV_E_FORBIDDEN, ask(t, &admin, 1, GOV_ACTION_MANAGE, 4, 0));
    assert_err(GOV_E_FORBIDDEN, ask(t, &admin, 1, GOV_ACTION_GRANT, 0, 0));
    assert_err(GOV_E_FORBIDDEN, ask(t, &admin, 1, GOV_ACTION_SECURITY, 0, 0));
}

static void somewhere_is_on_the_site_or_below_it(void **state)
{
    gov_test_t *t = *state;
    gov_grant_t author = at("author", 2, 22);

    assert_err(GOV_E_FORBIDDEN, ask(t, &author, 1, GOV_ACTION_WRITE, 2, 0));
    assert_true(gov_permit_somewhere(&t->ctx, GOV_ACTION_WRITE, 2));
    assert_true(gov_permit_somewhere(&t->ctx, GOV_ACTION_WRITE, 1));
    assert_true(gov_permit_somewhere(&t->ctx, GOV_ACTION_WRITE, 0));
    assert_false(gov_permit_somewhere(&t->ctx, GOV_ACTION_WRITE, 3));
    assert_false(gov_permit_somewhere(&t->ctx, GOV_ACTION_WRITE, 4));
    assert_false(gov_permit_somewhere(&t->ctx, GOV_ACTION_CLEAR, 2));
    t->ctx.actor = gov_actor_public();
    assert_false(gov_permit_somewhere(&t->ctx, GOV_ACTION_READ, 0));
}

static void every_role_has_a_word_and_something_to_do(void **state)
{
    const gov_role_t *role;
    gov_action_t action;
    int i;

    (void)state;
    for (i = 0; (role = gov_role(i)) != NULL; i++) {
        assert_ptr_equal(gov_role_named(role->word), role);
        assert_int_not_equal(role->actions, 0);
        assert_false(role->actions & GOV_CAN(IMPORT));
    }
    assert_int_equal(i, 11);
    assert_null(gov_role_named("root"));
    assert_true(gov_action_named(&action, "clear"));
    assert_int_equal(action, GOV_ACTION_CLEAR);
    assert_false(gov_action_named(&action, "fly"));
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(a_role_of_the_group_holds_everywhere),
    GOV_TEST(a_role_on_a_site_holds_for_what_is_below),
    GOV_TEST(a_role_on_a_column_holds_for_its_columns_only),
    GOV_TEST(a_column_of_another_site_is_nobodys),
    GOV_TEST(an_author_writes_and_does_not_publish),
    GOV_TEST(no_administrator_touches_content),
    GOV_TEST(no_two_administrators_may_the_same),
    GOV_TEST(delegated_administration_ends_at_the_subtree),
    GOV_TEST(somewhere_is_on_the_site_or_below_it),
    GOV_TEST(every_role_has_a_word_and_something_to_do),
};
GOV_TEST_MAIN(tests)
