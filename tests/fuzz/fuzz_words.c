/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The word check.  The input is a list and a text, with a line "%%" between them;
   without one it is a text.  Findings lie in the text, their own texts are valid,
   and masking changes characters to stars and nothing else. */

#include "fuzz.h"
#include "gov_text.h"
#include "gov_words.h"

static void
check(const gov_words_t *words, const char *text, apr_pool_t *pool)
{
    const gov_findings_t *f = gov_words_check_text(words, text, pool);
    apr_size_t len = strlen(text), last = 0;
    int i;

    gov_assert(f->list->nelts + f->left_out == f->blocks + f->warns);
    for (i = 0; i < f->list->nelts; i++) {
        const gov_finding_t *one = &APR_ARRAY_IDX(f->list, i, gov_finding_t);

        gov_assert(one->offset >= last && one->length > 0);
        gov_assert(one->offset + one->length <= len);
        gov_assert(one->position <= one->offset);
        gov_assert(one->action != GOV_WORD_IGNORE);
        gov_assert(gov_text_valid(one->before, strlen(one->before)));
        gov_assert(gov_text_valid(one->hit, strlen(one->hit)));
        gov_assert(gov_text_valid(one->after, strlen(one->after)));
        last = one->offset;
    }
    gov_findings_json(f, pool);
}

static void
check_mask(const char *text, apr_pool_t *pool)
{
    const char *once = gov_words_mask(text, pool);
    const char *p, *q;

    /* nothing but characters that became stars */
    for (p = text, q = once; *q; q++) {
        if (*q == *p) {
            p++;
            continue;
        }
        gov_assert(*q == '*' && *p);
        for (p++; (*p & 0xC0) == 0x80; p++)
            ;
    }
    gov_assert(!*p || (*p & 0xC0) == 0x80);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_open();
    const char *input = apr_pstrmemdup(pool, (const char *)data, size);
    const char *text = strstr(input, "\n%%\n");
    apr_array_header_t *list = apr_array_make(pool, 1, sizeof(gov_word_t));
    const gov_words_t *words;
    gov_bytes_t rows;
    int kind;

    if (text) {
        rows.data = input;
        rows.len = (apr_size_t)(text - input);
        text += 4;
        for (kind = 0; kind < GOV_WORD__KINDS; kind++)
            if (fuzz_ok(gov_words_parse(&list, rows, kind, "list", pool),
                        pool)) {
                gov_assert(fuzz_ok(gov_words_create(&words, list, pool), pool));
                check(words, text, pool);
            }
    }
    else {
        text = input;
        gov_assert(fuzz_ok(gov_words_create(&words, list, pool), pool));
        check(words, text, pool);
    }
    check_mask(text, pool);
    gov_words_plain(text, pool);
    return fuzz_close(pool);
}
