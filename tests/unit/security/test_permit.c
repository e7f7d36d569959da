/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Actors and permits. */

#include "gov_permit.h"
#include "gov_test.h"

static const gov_permit_t *
permit_of(gov_test_t *t, const gov_actor_t *actor, gov_action_t action,
          apr_int64_t site, apr_int64_t column)
{
    const gov_permit_t *permit = NULL;

    t->ctx.actor = actor;
    assert_ok(gov_permit_get(&permit, &t->ctx, action, site, column, t->pool));
    assert_ptr_equal(gov_permit_actor(permit), actor);
    return permit;
}

static void names_who_acts(void **state)
{
    gov_test_t *t = *state;
    const gov_actor_t *actor;

    assert_string_equal(gov_actor_public()->name, "public");
    actor = gov_actor_visitor("192.0.2.7", t->pool);
    assert_string_equal(actor->name, "public");
    assert_string_equal(actor->address, "192.0.2.7");
    assert_null(gov_actor_public()->address);
    assert_string_equal(gov_actor_job("schedule", t->pool)->name,
                        "job:schedule");
    assert_ok(gov_actor_operator(&actor, t->pool));
    assert_int_equal(actor->kind, GOV_ACTOR_OPERATOR);
    assert_int_equal(strncmp(actor->name, "operator:", 9), 0);
    assert_true(strlen(actor->name) > 9);
}

static void permits_the_program_and_its_operator_everything(void **state)
{
    gov_test_t *t = *state;
    const gov_actor_t *operator;
    int action;

    assert_ok(gov_actor_operator(&operator, t->pool));
    for (action = 0; action < GOV_ACTION__COUNT; action++) {
        permit_of(t, operator, action, 3, 17);
        permit_of(t, gov_actor_job("import", t->pool), action, 0, 0);
    }
}

static void asks_the_public_to_sign_in(void **state)
{
    gov_test_t *t = *state;
    const gov_permit_t *permit = NULL;
    int action;

    t->ctx.actor = gov_actor_public();
    for (action = 0; action < GOV_ACTION__COUNT; action++)
        assert_err(GOV_E_SIGN_IN, gov_permit_get(&permit, &t->ctx, action, 1, 0,
                                                 t->pool));
    assert_null(permit);
}

static void forbids_a_person_without_a_role(void **state)
{
    gov_test_t *t = *state;
    gov_actor_t person = { .kind = GOV_ACTOR_PERSON, .name = "li.na",
                           .person = 7 };
    const gov_permit_t *permit = NULL;
    const gov_err_t *err;

    t->ctx.actor = &person;
    err = assert_err(GOV_E_FORBIDDEN,
                     gov_permit_get(&permit, &t->ctx, GOV_ACTION_PUBLISH, 3, 17,
                                    t->pool));
    assert_string_equal(err->message,
                        "li.na may not publish on site 3, column 17");
    assert_null(permit);
}

static void covers_one_deed_in_one_place(void **state)
{
    gov_test_t *t = *state;
    const gov_actor_t *job = gov_actor_job("a", t->pool);
    const gov_permit_t *permit = permit_of(t, job, GOV_ACTION_WRITE, 3, 17);

    assert_ok(gov_permit_check(permit, GOV_ACTION_WRITE, 3, 17, t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_permit_check(permit, GOV_ACTION_PUBLISH, 3,
                                                 17, t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_permit_check(permit, GOV_ACTION_WRITE, 3,
                                                 18, t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_permit_check(permit, GOV_ACTION_WRITE, 3, 0,
                                                 t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_permit_check(permit, GOV_ACTION_WRITE, 4,
                                                 17, t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_permit_check(permit, GOV_ACTION_WRITE, 0, 0,
                                                 t->pool));
}

static void covers_what_lies_below(void **state)
{
    gov_test_t *t = *state;
    const gov_actor_t *job = gov_actor_job("a", t->pool);
    const gov_permit_t *site = permit_of(t, job, GOV_ACTION_WRITE, 3, 0);
    const gov_permit_t *group = permit_of(t, job, GOV_ACTION_MANAGE, 0, 0);

    assert_ok(gov_permit_check(site, GOV_ACTION_WRITE, 3, 17, t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_permit_check(site, GOV_ACTION_WRITE, 4, 17,
                                                 t->pool));
    assert_ok(gov_permit_check(group, GOV_ACTION_MANAGE, 4, 17, t->pool));
    assert_err(GOV_E_FORBIDDEN, gov_permit_check(group, GOV_ACTION_WRITE, 4, 17,
                                                 t->pool));
}

static void lets_an_import_do_all_of_content(void **state)
{
    gov_test_t *t = *state;
    const gov_permit_t *permit = permit_of(t, gov_actor_job("a", t->pool),
                                           GOV_ACTION_IMPORT, 0, 0);
    int action;

    for (action = GOV_ACTION_READ; action <= GOV_ACTION_MANAGE; action++)
        assert_ok(gov_permit_check(permit, action, 3, 17, t->pool));
    for (action = GOV_ACTION_GRANT; action <= GOV_ACTION_AUDIT; action++)
        assert_err(GOV_E_FORBIDDEN, gov_permit_check(permit, action, 3, 17,
                                                     t->pool));
}

static void is_needed(void **state)
{
    gov_test_t *t = *state;

    assert_err(GOV_E_FORBIDDEN, gov_permit_check(NULL, GOV_ACTION_WRITE, 1, 1,
                                                 t->pool));
}

static void has_a_word_for_each_action(void **state)
{
    (void)state;
    assert_string_equal(gov_action_word(GOV_ACTION_READ), "read");
    assert_string_equal(gov_action_word(GOV_ACTION_IMPORT), "import");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(names_who_acts),
    GOV_TEST(permits_the_program_and_its_operator_everything),
    GOV_TEST(asks_the_public_to_sign_in),
    GOV_TEST(forbids_a_person_without_a_role),
    GOV_TEST(covers_one_deed_in_one_place),
    GOV_TEST(covers_what_lies_below),
    GOV_TEST(lets_an_import_do_all_of_content),
    GOV_TEST(is_needed),
    GOV_TEST(has_a_word_for_each_action),
};
GOV_TEST_MAIN(tests)
