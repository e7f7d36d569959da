/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* words_mask.c -- personal data with stars in it. */

#include <stdlib.h>
#include <string.h>

#include "words_priv.h"

/* How many letters and digits stay at the beginning and at the end. */
typedef struct keep_t {
    int begin, end;
} keep_t;

static const keep_t keeps[GOV_WORD__RULES] = {
    [GOV_WORD_RULE_CITIZEN_ID] = { 3, 4 },
    [GOV_WORD_RULE_OLD_CITIZEN_ID] = { 3, 4 },
    [GOV_WORD_RULE_BANK_CARD] = { 0, 4 },
    [GOV_WORD_RULE_MOBILE] = { 3, 4 },
    [GOV_WORD_RULE_LANDLINE] = { 3, 3 },
    [GOV_WORD_RULE_PASSPORT] = { 1, 3 },
    [GOV_WORD_RULE_EMAIL] = { 1, 0 }
};

static int
count_of(const char *p, const char *end)
{
    words_char_t c;
    int n = 0;

    while (p < end) {
        p = gov_words__next(&c, p, end);
        n += c.class_ == CLASS_WORD;
    }
    return n;
}

static keep_t
keep_of(const words_place_t *place, const char *p, int count)
{
    keep_t keep = keeps[place->rule];
    words_char_t first = { 0 }, second = { 0 };
    const char *end = p + (place->end - place->offset);

    if (place->rule == GOV_WORD_RULE_LANDLINE) {
        p = gov_words__next(&first, p, end);
        if (p < end)
            gov_words__next(&second, p, end);
        /* area codes have three places in 010 and 02x, else four */
        keep.begin = second.code == '1' || second.code == '2' ? 3 : 4;
    }
    else if (place->rule == GOV_WORD_RULE_MOBILE)
        keep.begin += count - 11; /* the country's code */
    return keep;
}

/* One place, character for character; what lies in FROM to TO of it. */
static void
mask(gov_buf_t *out, const char *text, const words_place_t *place,
     apr_size_t from, apr_size_t to)
{
    const char *p = text + place->offset, *end = text + place->end, *next;
    int count = count_of(p, end), n = 0;
    keep_t keep = keep_of(place, p, count);
    bool domain = false;
    words_char_t c;

    for (; p < end; p = next) {
        bool kept;

        next = gov_words__next(&c, p, end);
        domain = domain || (place->rule == GOV_WORD_RULE_EMAIL && c.code == '@');
        if (c.class_ == CLASS_WORD) {
            kept = domain || n < keep.begin || n >= count - keep.end;
            n++;
        }
        else
            kept = domain || place->rule != GOV_WORD_RULE_EMAIL;
        if ((apr_size_t)(p - text) < from || (apr_size_t)(p - text) >= to)
            continue;
        if (kept)
            gov_buf_add(out, p, (apr_size_t)(next - p));
        else
            gov_buf_add(out, "*", 1);
    }
}

const char *
gov_words__masked(const char *text, apr_size_t from, apr_size_t to,
                  const words_place_t *places, int count, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(to - from + 1, pool);
    apr_size_t at = from;
    int i;

    for (i = 0; i < count && at < to; i++) {
        const words_place_t *place = &places[i];
        apr_size_t begin = place->offset > at ? place->offset : at;

        if (place->kind != GOV_WORD_PERSONAL || place->end <= at
            || place->offset >= to)
            continue;
        gov_buf_add(out, text + at, begin - at);
        mask(out, text, place, begin, to);
        at = place->end < to ? place->end : to;
    }
    if (at < to)
        gov_buf_add(out, text + at, to - at);
    return out->data;
}

static int
by_offset(const void *left, const void *right)
{
    const words_place_t *a = left, *b = right;

    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

const char *
gov_words_mask(const char *text, apr_pool_t *pool)
{
    unsigned char all[GOV_WORD__RULES];
    words_places_t places = { .limit = APR_INT32_MAX };
    apr_size_t len = strlen(text);
    apr_pool_t *scratch;
    const char *masked;

    memset(all, GOV_WORD_WARN, sizeof(all));
    apr_pool_create(&scratch, pool);
    places.list = apr_array_make(scratch, 16, sizeof(words_place_t));
    gov_words__pass_numbers(&places, all, text, len, scratch);
    gov_words__pass_addresses(&places, all, text, len);
    qsort(places.list->elts, (apr_size_t)places.list->nelts,
          sizeof(words_place_t), by_offset);
    masked = gov_words__masked(text, 0, len,
                               (const words_place_t *)places.list->elts,
                               places.list->nelts, pool);
    apr_pool_destroy(scratch);
    return masked;
}
