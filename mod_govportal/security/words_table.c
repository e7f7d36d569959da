/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* words_table.c -- a list of words as rows of text. */

#include <string.h>

#include "words_priv.h"

#define SUGGESTION_MAX 100
#define EXCEPTIONS_MAX 1000
#define CELLS 4

static bool
action_named(gov_word_action_t *action, const char *word)
{
    int i;

    for (i = 0; i <= GOV_WORD_BLOCK; i++)
        if (!strcmp(gov_word_action_word(i), word)) {
            *action = i;
            return true;
        }
    return false;
}

static gov_err_t *
too_long(const char *what, const char *text, apr_size_t max, apr_pool_t *pool)
{
    if (!text || gov_text_length(text) <= max)
        return NULL;
    return gov_err(GOV_E_INVALID, NULL, pool,
                   "the %s is longer than %" APR_SIZE_T_FMT " characters", what,
                   max);
}

static gov_err_t *
read_row(gov_word_t *word, gov_word_kind_t kind, char *line, apr_pool_t *pool)
{
    const char *cells[CELLS] = { NULL };
    int i;

    for (i = 0; line; i++) {
        char *tab = strchr(line, '\t');
        const char *cell;

        if (i == CELLS)
            return gov_err(GOV_E_INVALID, NULL, pool,
                           "there are more than %d cells", CELLS);
        if (tab)
            *tab++ = '\0';
        cell = gov_text_fold(line, pool);
        cells[i] = *cell ? cell : NULL;
        line = tab;
    }
    memset(word, 0, sizeof(*word));
    word->kind = kind;
    word->word = cells[0];
    word->suggestion = cells[1];
    word->action = kind == GOV_WORD_WRONG ? GOV_WORD_WARN : GOV_WORD_BLOCK;
    word->exceptions = cells[3];
    if (!word->word)
        return gov_err(GOV_E_INVALID, NULL, pool, "there is no word");
    if (cells[2] && !action_named(&word->action, cells[2]))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "\"%s\" is neither block nor warn nor ignore", cells[2]);
    GOV_TRY(too_long("word", word->word, GOV_WORD_LENGTH, pool));
    GOV_TRY(too_long("suggestion", word->suggestion, SUGGESTION_MAX, pool));
    return too_long("list of exceptions", word->exceptions, EXCEPTIONS_MAX,
                    pool);
}

/* Would it work?  Tried row by row, so that the message names the line. */
static gov_err_t *
try_row(const gov_word_t *word, apr_pool_t *pool)
{
    apr_array_header_t *one = apr_array_make(pool, 1, sizeof(*word));
    const gov_words_t *words;

    APR_ARRAY_PUSH(one, gov_word_t) = *word;
    return gov_words_create(&words, one, pool);
}

static gov_err_t *
add_row(apr_array_header_t *list, apr_hash_t *seen, gov_word_kind_t kind,
        char *line, apr_pool_t *pool, apr_pool_t *scratch)
{
    gov_word_t word;
    gov_err_t *err;

    GOV_TRY(read_row(&word, kind, line, pool));
    err = try_row(&word, scratch);
    if (err)
        return gov_err_dup(err, pool);
    if (apr_hash_get(seen, word.word, APR_HASH_KEY_STRING))
        return gov_err(GOV_E_INVALID, NULL, pool, "\"%s\" is there twice",
                       word.word);
    if (list->nelts == GOV_WORDS_MAX)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "there are more than %d words", GOV_WORDS_MAX);
    apr_hash_set(seen, word.word, APR_HASH_KEY_STRING, word.word);
    APR_ARRAY_PUSH(list, gov_word_t) = word;
    return NULL;
}

gov_err_t *
gov_words_parse(apr_array_header_t **result, gov_bytes_t text,
                gov_word_kind_t kind, const char *name, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 64, sizeof(gov_word_t));
    apr_hash_t *seen = apr_hash_make(pool);
    apr_pool_t *iterpool;
    char *line, *end;
    int number = 0;

    if (!gov_text_valid(text.data, text.len))
        return gov_err(GOV_E_INVALID, NULL, pool, "%s is not UTF-8 text", name);
    line = apr_pstrmemdup(pool, text.data, text.len);
    if (!strncmp(line, "\xEF\xBB\xBF", 3))
        line += 3;                /* spreadsheets begin with it */
    apr_pool_create(&iterpool, pool);
    for (; line; line = end) {
        const char *shown;
        gov_err_t *err;

        apr_pool_clear(iterpool);
        number++;
        end = strchr(line, '\n');
        if (end)
            *end++ = '\0';
        shown = gov_text_fold(line, iterpool);
        if (!*shown || *shown == '#')
            continue;
        err = add_row(list, seen, kind, line, pool, iterpool);
        if (err)
            return gov_err(GOV_E_INVALID, err, pool, "%s:%d", name, number);
    }
    apr_pool_destroy(iterpool);
    *result = list;
    return NULL;
}

const char *
gov_words_format(const apr_array_header_t *list, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(4000, pool);
    int i;

    for (i = 0; i < list->nelts; i++) {
        const gov_word_t *word = &APR_ARRAY_IDX(list, i, gov_word_t);

        gov_buf_printf(out, "%s\t%s\t%s", word->word,
                       word->suggestion ? word->suggestion : "",
                       gov_word_action_word(word->action));
        if (word->exceptions)
            gov_buf_printf(out, "\t%s", word->exceptions);
        gov_buf_str(out, "\n");
    }
    return out->data;
}
