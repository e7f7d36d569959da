/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Lists of words: versions, what is in force where, who may change them. */

#define GOV_TEST_OPEN open_store
#include "private_db.h"

#include "gov_event.h"
#include "gov_text.h"
#include "gov_words.h"

/* Rows of the audit are never deleted: those of this test come after it. */
static const char *before;

static void
empty(gov_test_t *t)
{
    before = private_db_sql("SELECT COALESCE(MAX(id), 0) FROM gov_audit",
                            t->pool);
    private_db_sql("DELETE FROM gov_word; DELETE FROM gov_word_list;"
                   "DELETE FROM gov_event", t->pool);
    t->ctx.actor = gov_actor_job("test", t->pool);
}

static const gov_permit_t *
permit(gov_test_t *t, apr_int64_t site)
{
    const gov_permit_t *permit = NULL;

    assert_ok(gov_permit_get(&permit, &t->ctx, site ? GOV_ACTION_MANAGE
                                                    : GOV_ACTION_SECURITY,
                             site, 0, t->pool));
    return permit;
}

static apr_array_header_t *
rows(gov_test_t *t, gov_word_kind_t kind, const char *text)
{
    gov_bytes_t bytes = { text, strlen(text) };
    apr_array_header_t *list = NULL;

    assert_ok(gov_words_parse(&list, bytes, kind, "rows", t->pool));
    return list;
}

static int
put(gov_test_t *t, apr_int64_t site, gov_word_kind_t kind, const char *name,
    const char *text, bool expected)
{
    int version = 0;
    bool made;

    assert_ok(gov_word_list_put(&version, &made, &t->ctx, site, kind, name,
                                rows(t, kind, text), "because", permit(t, site),
                                t->pool));
    assert_int_equal(made, expected);
    return version;
}

static const char *
words(gov_test_t *t, apr_int64_t site, int version)
{
    apr_array_header_t *list = NULL;

    assert_ok(gov_word_list_words(&list, &t->ctx, site, GOV_WORD_WRONG, "a",
                                  version, permit(t, site), t->pool));
    return gov_words_format(list, t->pool);
}

typedef struct load_t {
    apr_int64_t site;
    const gov_words_t *words;
    apr_pool_t *pool;
} load_t;

static gov_err_t *
load(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    load_t *l = baton;

    (void)scratch;
    return gov_words_load(&l->words, db, l->site, l->pool);
}

/* How many of the words in force on SITE are in TEXT. */
static int
found(gov_test_t *t, apr_int64_t site, const char *text)
{
    load_t l = { .site = site, .pool = t->pool };

    assert_ok(gov_store_read(t->ctx.store, load, &l, t->pool));
    return gov_words_check_text(l.words, text, t->pool)->list->nelts;
}

static void keeps_every_version_and_has_one_active(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *lists;
    const gov_word_list_t *list;

    empty(t);
    assert_int_equal(put(t, 0, GOV_WORD_WRONG, "a", "帐户\t账户\n", true), 1);
    assert_int_equal(put(t, 0, GOV_WORD_WRONG, "a",
                         "图象\t图像\tblock\t图象鼻\n帐号\t账号\n", true), 2);
    assert_string_equal(words(t, 0, 0),
                        "图象\t图像\tblock\t图象鼻\n帐号\t账号\twarn\n");
    assert_string_equal(words(t, 0, 1), "帐户\t账户\twarn\n");
    assert_ok(gov_word_lists(&lists, &t->ctx, 0, permit(t, 0), t->pool));
    assert_int_equal(lists->nelts, 2);
    list = &APR_ARRAY_IDX(lists, 0, gov_word_list_t);
    assert_int_equal(list->version, 2);
    assert_true(list->active);
    assert_int_equal(list->count, 2);
    assert_string_equal(list->set_by, "job:test");
    assert_string_equal(list->note, "because");
    assert_false(list[1].active);
}

static void makes_no_version_of_the_same_words(void **state)
{
    gov_test_t *t = *state;

    empty(t);
    put(t, 0, GOV_WORD_WRONG, "a", "帐户\n", true);
    assert_int_equal(put(t, 0, GOV_WORD_WRONG, "a", "帐户\n", false), 1);
    assert_string_equal(private_db_sql(apr_pstrcat(
        t->pool, "SELECT COUNT(*) FROM gov_audit WHERE id > ", before, NULL),
        t->pool), "1");
}

static void goes_back_to_an_earlier_version_or_to_none(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *list;

    empty(t);
    put(t, 0, GOV_WORD_WRONG, "a", "帐户\n", true);
    put(t, 0, GOV_WORD_WRONG, "a", "帐号\n", true);
    assert_int_equal(found(t, 0, "帐户"), 0);
    assert_ok(gov_word_list_use(&t->ctx, 0, GOV_WORD_WRONG, "a", 1,
                                permit(t, 0), t->pool));
    assert_int_equal(found(t, 0, "帐户"), 1);
    assert_ok(gov_word_list_use(&t->ctx, 0, GOV_WORD_WRONG, "a", 0,
                                permit(t, 0), t->pool));
    assert_int_equal(found(t, 0, "帐户帐号"), 0);
    assert_ok(gov_word_list_use(&t->ctx, 0, GOV_WORD_WRONG, "a", 0,
                                permit(t, 0), t->pool));
    assert_err(GOV_E_NOT_FOUND,
               gov_word_list_use(&t->ctx, 0, GOV_WORD_WRONG, "a", 9,
                                 permit(t, 0), t->pool));
    assert_err(GOV_E_NOT_FOUND,
               gov_word_list_words(&list, &t->ctx, 0, GOV_WORD_WRONG, "a", 0,
                                   permit(t, 0), t->pool));
}

static void adds_a_sites_own_words_there_only(void **state)
{
    gov_test_t *t = *state;

    empty(t);
    put(t, 0, GOV_WORD_WRONG, "a", "帐户\n", true);
    put(t, 3, GOV_WORD_WRONG, "a", "帐号\n", true);
    put(t, 0, GOV_WORD_PERSONAL, "p", "mobile\t\tblock\nemail\t\tignore\n",
        true);
    put(t, 3, GOV_WORD_PERSONAL, "p", "mobile\t\tignore\n", true);
    assert_int_equal(found(t, 0, "帐户帐号"), 1);
    assert_int_equal(found(t, 3, "帐户帐号"), 2);
    assert_int_equal(found(t, 4, "帐户帐号"), 1);
    /* a site cannot switch off what the group asks for */
    assert_int_equal(found(t, 3, "13812345678 a@b.cn"), 1);
}

static void keeps_long_lists_whole(void **state)
{
    gov_test_t *t = *state;
    gov_buf_t *text = gov_buf_create(100000, t->pool);
    int i;

    empty(t);
    for (i = 0; i < 2345; i++)
        gov_buf_printf(text, "甲\"\\%d乙\t\twarn\n", i);
    put(t, 0, GOV_WORD_WRONG, "a", text->data, true);
    assert_string_equal(words(t, 0, 0), text->data);
}

static void writes_audit_and_event_in_the_same_transaction(void **state)
{
    gov_test_t *t = *state;

    empty(t);
    put(t, 3, GOV_WORD_WRONG, "a", "帐户\n", true);
    assert_string_equal(private_db_sql(apr_pstrcat(
        t->pool, "SELECT CONCAT_WS(' ', action, site_id, object, detail)"
        " FROM gov_audit WHERE id > ", before, NULL), t->pool),
        "words.put 3 words:wrong/a version 1, 1 words");
    assert_string_equal(private_db_sql(
        "SELECT CONCAT_WS(' ', kind, site_id, tags) FROM gov_event", t->pool),
        "words.changed 3 words");
}

static void wants_the_right_permit_and_a_sound_list(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *one = rows(t, GOV_WORD_WRONG, "帐户\n"), *lists;
    const gov_permit_t *write;
    int version;
    bool made;

    empty(t);
    assert_ok(gov_permit_get(&write, &t->ctx, GOV_ACTION_WRITE, 0, 0, t->pool));
    assert_err(GOV_E_FORBIDDEN,
               gov_word_list_put(&version, &made, &t->ctx, 0, GOV_WORD_WRONG,
                                 "a", one, NULL, write, t->pool));
    assert_err(GOV_E_FORBIDDEN,
               gov_word_list_put(&version, &made, &t->ctx, 0, GOV_WORD_WRONG,
                                 "a", one, NULL, permit(t, 3), t->pool));
    assert_err(GOV_E_FORBIDDEN,
               gov_word_lists(&lists, &t->ctx, 3, permit(t, 0), t->pool));
    assert_err_field("name",
                     gov_word_list_put(&version, &made, &t->ctx, 0,
                                       GOV_WORD_WRONG, "A b", one, NULL,
                                       permit(t, 0), t->pool));
    assert_err_field("note",
                     gov_word_list_put(&version, &made, &t->ctx, 0,
                                       GOV_WORD_WRONG, "a", one,
                                       apr_psprintf(t->pool, "%0301d", 1),
                                       permit(t, 0), t->pool));
    assert_string_equal(private_db_sql("SELECT COUNT(*) FROM gov_word_list",
                                       t->pool), "0");
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(keeps_every_version_and_has_one_active),
    GOV_TEST(makes_no_version_of_the_same_words),
    GOV_TEST(goes_back_to_an_earlier_version_or_to_none),
    GOV_TEST(adds_a_sites_own_words_there_only),
    GOV_TEST(keeps_long_lists_whole),
    GOV_TEST(writes_audit_and_event_in_the_same_transaction),
    GOV_TEST(wants_the_right_permit_and_a_sound_list),
};
GOV_TEST_MAIN(tests)
