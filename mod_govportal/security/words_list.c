/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* words_list.c -- the versions of lists of words in the store. */

#include <string.h>

#include "gov_audit.h"
#include "gov_event.h"
#include "gov_media.h"
#include "gov_time.h"
#include "sql_security.h"
#include "words_priv.h"

#define SLICE 500                 /* words in one statement */
#define NOTE_MAX 300

typedef struct job_t {
    const gov_ctx_t *ctx;
    apr_int64_t site;
    const char *kind, *name, *note, *digest, *object;
    const apr_array_header_t *words;
    int version;
    bool made;
    gov_word_kind_t kind_;
    apr_array_header_t *result;
    apr_pool_t *pool;             /* of the result */
} job_t;

static gov_err_t *
check_permit(const gov_permit_t *permit, apr_int64_t site, apr_pool_t *pool)
{
    return gov_permit_check(permit, site ? GOV_ACTION_MANAGE
                                         : GOV_ACTION_SECURITY, site, 0, pool);
}

/* Rows hold the words that this release wrote; another word is none of ours. */
static gov_word_action_t
action_of(const char *word)
{
    return !strcmp(word, "block") ? GOV_WORD_BLOCK
        : !strcmp(word, "warn") ? GOV_WORD_WARN : GOV_WORD_IGNORE;
}

/* --- reading -------------------------------------------------------------- */

static gov_err_t *
add_active(apr_array_header_t *list, gov_db_t *db, apr_int64_t site,
           apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_words_active(&rows, db, site, site, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_words_active_t *row = &APR_ARRAY_IDX(
            rows, i, gov_row_words_active_t);
        gov_word_t word = { .word = row->word, .suggestion = row->suggestion,
                            .action = action_of(row->action),
                            .exceptions = row->exceptions };

        if (gov_word_kind_named(&word.kind, row->kind))
            APR_ARRAY_PUSH(list, gov_word_t) = word;
    }
    return NULL;
}

gov_err_t *
gov_words_load(const gov_words_t **words, gov_db_t *db, apr_int64_t site,
               apr_pool_t *pool)
{
    apr_array_header_t *list;
    apr_pool_t *scratch;
    gov_err_t *err;

    apr_pool_create(&scratch, pool);
    list = apr_array_make(scratch, 500, sizeof(gov_word_t));
    err = add_active(list, db, 0, scratch);
    if (!err && site)
        err = add_active(list, db, site, scratch);
    if (!err)
        err = gov_words_create(words, list, pool);
    err = gov_err_dup(err, pool);
    apr_pool_destroy(scratch);
    return err;
}

static gov_err_t *
read_lists(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    job_t *j = baton;
    apr_array_header_t *rows, *lists;
    int i;

    (void)scratch;
    GOV_TRY(gov_sql_word_lists(&rows, db, j->site, j->pool));
    lists = apr_array_make(j->pool, rows->nelts + 1, sizeof(gov_word_list_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_word_lists_t *row = &APR_ARRAY_IDX(rows, i,
                                                         gov_row_word_lists_t);
        gov_word_list_t list = {
            .id = row->id, .site = j->site, .name = row->name,
            .version = (int)row->version, .count = (int)row->words,
            .active = row->active, .set_at = row->set_at,
            .set_by = row->set_by, .note = row->note
        };

        if (gov_word_kind_named(&list.kind, row->kind))
            APR_ARRAY_PUSH(lists, gov_word_list_t) = list;
    }
    j->result = lists;
    return NULL;
}

gov_err_t *
gov_word_lists(apr_array_header_t **lists, const gov_ctx_t *ctx,
               apr_int64_t site, const gov_permit_t *permit, apr_pool_t *pool)
{
    job_t j = { .site = site, .pool = pool };

    GOV_TRY(check_permit(permit, site, pool));
    GOV_TRY(gov_store_read(ctx->store, read_lists, &j, pool));
    *lists = j.result;
    return NULL;
}

/* The version asked for, with a message that names it. */
static gov_err_t *
find(gov_row_word_list_t *row, gov_db_t *db, const job_t *j, apr_pool_t *pool)
{
    gov_err_t *err = gov_sql_word_list(row, db, j->site, j->kind, j->name,
                                       j->version, j->version, pool);

    if (!err || err->code != GOV_E_NOT_FOUND)
        return err;
    if (!j->version)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                       "no version of the list %s is active", j->object);
    return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                   "the list %s has no version %d", j->object, j->version);
}

static gov_err_t *
read_words(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    job_t *j = baton;
    apr_array_header_t *rows, *words;
    gov_row_word_list_t list;
    int i;

    GOV_TRY(find(&list, db, j, scratch));
    GOV_TRY(gov_sql_word_list_words(&rows, db, j->site, list.id, j->pool));
    words = apr_array_make(j->pool, rows->nelts + 1, sizeof(gov_word_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_word_list_words_t *row = &APR_ARRAY_IDX(
            rows, i, gov_row_word_list_words_t);
        gov_word_t *word = apr_array_push(words);

        word->kind = j->kind_;
        word->word = row->word;
        word->suggestion = row->suggestion;
        word->action = action_of(row->action);
        word->exceptions = row->exceptions;
    }
    j->result = words;
    return NULL;
}

static void
set_name(job_t *j, gov_word_kind_t kind, const char *name, apr_pool_t *pool)
{
    j->kind_ = kind;
    j->kind = gov_word_kind_word(kind);
    j->name = name;
    j->object = apr_pstrcat(pool, j->kind, "/", name, NULL);
}

gov_err_t *
gov_word_list_words(apr_array_header_t **words, const gov_ctx_t *ctx,
                    apr_int64_t site, gov_word_kind_t kind, const char *name,
                    int version, const gov_permit_t *permit, apr_pool_t *pool)
{
    job_t j = { .site = site, .version = version, .pool = pool };

    GOV_TRY(check_permit(permit, site, pool));
    set_name(&j, kind, name, pool);
    GOV_TRY(gov_store_read(ctx->store, read_words, &j, pool));
    *words = j.result;
    return NULL;
}

/* --- writing -------------------------------------------------------------- */

static gov_err_t *
insert_words(gov_db_t *db, apr_int64_t site, apr_int64_t list,
             const apr_array_header_t *words, apr_pool_t *pool)
{
    apr_pool_t *iterpool;
    int from, i;

    apr_pool_create(&iterpool, pool);
    for (from = 0; from < words->nelts; from += SLICE) {
        gov_json_t *json;

        apr_pool_clear(iterpool);
        json = gov_json_array(iterpool);
        for (i = from; i < words->nelts && i < from + SLICE; i++) {
            const gov_word_t *word = &APR_ARRAY_IDX(words, i, gov_word_t);
            gov_json_t *row = gov_json_object(iterpool);

            gov_json_set_int(row, "n", i);
            gov_json_set(row, "w", word->word);
            gov_json_set(row, "s", word->suggestion);
            gov_json_set(row, "a", gov_word_action_word(word->action));
            gov_json_set(row, "e", word->exceptions);
            gov_json_add(json, row);
        }
        GOV_TRY(gov_sql_words_insert(NULL, db, site, list,
                                     gov_json_dump(json, false, iterpool),
                                     iterpool));
    }
    apr_pool_destroy(iterpool);
    return NULL;
}

static gov_err_t *
tell(gov_db_t *db, const job_t *j, const char *action, apr_int64_t list,
     const char *detail, apr_pool_t *pool)
{
    GOV_TRY(gov_audit_add(db, j->ctx, action, j->site,
                          apr_pstrcat(pool, "words:", j->object, NULL), true,
                          detail, pool));
    return gov_event_add(db, "words.changed", j->site, list, "words", pool);
}

/* A run after a lost answer finds its own words active and is done. */
static gov_err_t *
put(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    job_t *j = baton;
    gov_row_word_list_newest_t newest;
    gov_row_word_list_t active;
    apr_int64_t id;
    gov_err_t *err;

    err = gov_sql_word_list(&active, db, j->site, j->kind, j->name, 0, 0, pool);
    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    if (!err && !strcmp(active.digest, j->digest)) {
        j->version = (int)active.version;
        j->made = gov_db_is_rerun(db);
        return NULL;
    }
    GOV_TRY(gov_sql_word_list_newest(&newest, db, j->site, j->kind, j->name,
                                     pool));
    j->version = (int)newest.version + 1;
    j->made = true;
    GOV_TRY(gov_sql_word_list_insert(&id, db, j->site, j->kind, j->name,
                                     j->version, j->words->nelts, j->digest,
                                     gov_now(j->ctx->clock),
                                     j->ctx->actor->name, j->note, pool));
    GOV_TRY(insert_words(db, j->site, id, j->words, pool));
    GOV_TRY(gov_sql_word_list_off(NULL, db, j->site, j->kind, j->name, pool));
    GOV_TRY(gov_sql_word_list_on(NULL, db, j->site, id, pool));
    return tell(db, j, "words.put", id,
                apr_psprintf(pool, "version %d, %d words", j->version,
                             j->words->nelts), pool);
}

static const char *
digest_of(const apr_array_header_t *words, apr_pool_t *pool)
{
    const char *text = gov_words_format(words, pool);
    unsigned char digest[32];
    char hex[65];
    int i;

    gov_digest(digest, text, strlen(text));
    for (i = 0; i < 32; i++)
        apr_snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    return apr_pstrdup(pool, hex);
}

static gov_err_t *
check_list(const char *name, const apr_array_header_t *words, const char *note,
           apr_pool_t *pool)
{
    const gov_words_t *ready;

    if (!gov_text_is_slug(name))
        return gov_err_field("name", pool, "\"%s\" is no name of a list: small "
                             "letters, digits and hyphens", name);
    if (words->nelts > GOV_WORDS_MAX)
        return gov_err_field("words", pool, "there are more than %d words",
                             GOV_WORDS_MAX);
    if (note && gov_text_length(note) > NOTE_MAX)
        return gov_err_field("note", pool, "the note is longer than %d "
                             "characters", NOTE_MAX);
    return gov_words_create(&ready, words, pool);
}

gov_err_t *
gov_word_list_put(int *version, bool *made, const gov_ctx_t *ctx,
                  apr_int64_t site, gov_word_kind_t kind, const char *name,
                  const apr_array_header_t *words, const char *note,
                  const gov_permit_t *permit, apr_pool_t *pool)
{
    job_t j = { .ctx = ctx, .site = site, .words = words, .note = note,
                .pool = pool };

    GOV_TRY(check_permit(permit, site, pool));
    GOV_TRY(check_list(name, words, note, pool));
    set_name(&j, kind, name, pool);
    j.digest = digest_of(words, pool);
    GOV_TRY(gov_store_tx(ctx->store, put, &j, pool));
    *version = j.version;
    *made = j.made;
    return NULL;
}

static gov_err_t *
use(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const job_t *j = baton;
    gov_row_word_list_t row;
    gov_err_t *err = find(&row, db, j, pool);

    /* none is active already: nothing to do, and a rerun's case */
    if (err && !j->version && err->code == GOV_E_NOT_FOUND)
        return NULL;
    GOV_TRY(err);
    GOV_TRY(gov_sql_word_list_off(NULL, db, j->site, j->kind, j->name, pool));
    if (j->version)
        GOV_TRY(gov_sql_word_list_on(NULL, db, j->site, row.id, pool));
    return tell(db, j, "words.use", row.id,
                j->version ? apr_psprintf(pool, "version %d", j->version)
                           : "none", pool);
}

gov_err_t *
gov_word_list_use(const gov_ctx_t *ctx, apr_int64_t site, gov_word_kind_t kind,
                  const char *name, int version, const gov_permit_t *permit,
                  apr_pool_t *pool)
{
    job_t j = { .ctx = ctx, .site = site, .version = version, .pool = pool };

    GOV_TRY(check_permit(permit, site, pool));
    set_name(&j, kind, name, pool);
    return gov_store_tx(ctx->store, use, &j, pool);
}
