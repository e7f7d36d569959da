/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Error chains: what a caller learns, and how long it lives. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gov_test.h"

static void chains_causes_from_the_last_to_the_first(void **state)
{
    gov_test_t *t = *state;
    gov_err_t *first = gov_err(GOV_E_UNAVAILABLE, NULL, t->pool, "no %s",
                               "answer");
    gov_err_t *last = gov_err(GOV_E_INTERNAL, first, t->pool, "cannot save");
    const char *chain = gov_err_chain(last, t->pool);

    assert_int_equal(last->code, GOV_E_INTERNAL);
    assert_ptr_equal(strstr(chain, "cannot save (base/test_err.c:"), chain);
    assert_contains(chain, "): no answer (base/test_err.c:");
}

static void survives_the_pool_of_its_cause(void **state)
{
    gov_test_t *t = *state;
    apr_pool_t *scratch;
    gov_err_t *err;

    apr_pool_create(&scratch, t->pool);
    err = gov_err(GOV_E_CONFLICT,
                  gov_err_field("title", scratch, "%d is too long", 300),
                  t->pool, "not saved");
    apr_pool_destroy(scratch);
    assert_string_equal(err->cause->message, "300 is too long");
    assert_string_equal(err->cause->field, "title");
}

static void copies_a_whole_chain(void **state)
{
    gov_test_t *t = *state;
    apr_pool_t *scratch;
    gov_err_t *err, *copy;
    const char *chain;

    apr_pool_create(&scratch, t->pool);
    err = gov_err(GOV_E_GONE, gov_err(GOV_E_INTERNAL, NULL, scratch, "one"),
                  scratch, "two");
    chain = gov_err_chain(err, t->pool);
    copy = gov_err_dup(err, t->pool);
    apr_pool_destroy(scratch);
    assert_string_equal(gov_err_chain(copy, t->pool), chain);
    assert_null(gov_err_dup(NULL, t->pool));
}

static void names_the_field_at_fault(void **state)
{
    gov_test_t *t = *state;

    assert_err_field("phone", gov_err_field("phone", t->pool, "no digits"));
}

static void tells_apr_failures_apart(void **state)
{
    gov_test_t *t = *state;
    const gov_err_t *err;

    err = assert_err(GOV_E_NOT_FOUND, gov_err_apr(APR_ENOENT, t->pool,
                                                  "open %s", "x"));
    assert_contains(err->message, "open x: No such file");
    assert_err(GOV_E_UNAVAILABLE, gov_err_apr(APR_TIMEUP, t->pool, "read"));
    assert_err(GOV_E_UNAVAILABLE, gov_err_apr(ECONNREFUSED, t->pool, "dial"));
    assert_err(GOV_E_INTERNAL, gov_err_apr(APR_EACCES, t->pool, "open"));
}

static void keeps_long_messages_whole(void **state)
{
    gov_test_t *t = *state;
    char *text = apr_palloc(t->pool, 5001);

    memset(text, 'x', 5000);
    text[5000] = '\0';
    assert_int_equal(strlen(gov_err(GOV_E_INTERNAL, NULL, t->pool, "%s", text)
                            ->message), 5000);
}

static void prints_sizes(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_err(GOV_E_INTERNAL, NULL, t->pool, "%zu bytes",
                                sizeof(char))->message, "1 bytes");
}

static void gives_each_code_a_name_and_a_public_text(void **state)
{
    int code;

    (void)state;
    for (code = 1; code < GOV_E__COUNT; code++) {
        assert_contains(gov_err_name(code), "GOV_E_");
        assert_ptr_equal(strstr(gov_err_key(code), "error."),
                         gov_err_key(code));
    }
    assert_string_equal(gov_err_name(GOV_E_NOT_FOUND), "GOV_E_NOT_FOUND");
    assert_string_equal(gov_err_key(GOV_E_SIGN_IN), "error.sign-in");
    assert_string_equal(gov_err_name((gov_code_t)99), "GOV_E_?");
    assert_string_equal(gov_err_key((gov_code_t)99), "error.internal");
}

static gov_err_t *
try(gov_err_t *err, bool *went_on)
{
    GOV_TRY(err);
    *went_on = true;
    return NULL;
}

static void try_returns_at_the_first_error(void **state)
{
    gov_test_t *t = *state;
    bool went_on = false;

    assert_err(GOV_E_GONE, try(gov_err(GOV_E_GONE, NULL, t->pool, "gone"),
                               &went_on));
    assert_false(went_on);
    assert_ok(try(NULL, &went_on));
    assert_true(went_on);
}

static void aborts_on_what_cannot_be(void **state)
{
    pid_t child = fork();
    int status = 0;

    (void)state;
    if (child == 0) {
        fclose(stderr);
        gov_assert(1 + 1 == 3);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(chains_causes_from_the_last_to_the_first),
    GOV_TEST(survives_the_pool_of_its_cause),
    GOV_TEST(copies_a_whole_chain),
    GOV_TEST(names_the_field_at_fault),
    GOV_TEST(tells_apr_failures_apart),
    GOV_TEST(keeps_long_messages_whole),
    GOV_TEST(prints_sizes),
    GOV_TEST(gives_each_code_a_name_and_a_public_text),
    GOV_TEST(try_returns_at_the_first_error),
    GOV_TEST(aborts_on_what_cannot_be),
};
GOV_TEST_MAIN(tests)
