/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/words/word_check.c -- what the word check costs.

   word_check COUNT FILE...

   COUNT words are made up from the characters of the files, as common words are,
   and looked for in all of the files' text.  Lines for bench/lib.sh. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gov_file.h"
#include "gov_text.h"
#include "gov_words.h"

#define TEXT_MAX (64 * 1024 * 1024)
#define SIZE (3 * 1024 * 1024)    /* of the text that is looked through */

static double
seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Bytes of this process in memory: what the build took and gave back is in it. */
static double
resident(void)
{
    FILE *in = fopen("/proc/self/statm", "r");
    long pages = 0;

    if (in && fscanf(in, "%*d %ld", &pages) != 1)
        pages = 0;
    if (in)
        fclose(in);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

static void
fail(const gov_err_t *err, apr_pool_t *pool)
{
    if (!err)
        return;
    fprintf(stderr, "%s\n", gov_err_chain(err, pool));
    exit(1);
}

/* Starts of Chinese characters in TEXT. */
static apr_array_header_t *
characters(const char *text, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 100000, sizeof(char *));

    for (; *text; text++)
        if ((unsigned char)*text >= 0xE4 && (unsigned char)*text <= 0xE9)
            APR_ARRAY_PUSH(list, const char *) = text;
    return list;
}

/* Two to six characters out of the text itself, but from different places: their
   beginnings are met all the time, the words hardly ever. */
static apr_array_header_t *
make_words(int count, const apr_array_header_t *chars, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, count, sizeof(gov_word_t));
    unsigned seed = 1;
    int i, n;

    for (i = 0; i < count; i++) {
        gov_word_t word = { .kind = i % 2 ? GOV_WORD_WRONG
                                          : GOV_WORD_SENSITIVE,
                            .action = GOV_WORD_WARN, .word = "" };

        seed = seed * 1103515245u + 12345u;
        for (n = 3 + (int)(seed >> 16) % 4; n > 0; n--) {
            const char *at;

            seed = seed * 1103515245u + 12345u;
            at = APR_ARRAY_IDX(chars, (int)((seed >> 4)
                                            % (unsigned)chars->nelts),
                               const char *);
            word.word = apr_pstrcat(pool, word.word,
                                    apr_pstrmemdup(pool, at, 3), NULL);
        }
        APR_ARRAY_PUSH(list, gov_word_t) = word;
    }
    return list;
}

/* Bytes a second through TEXT, with WORDS; the best of a few. */
static double
rate(const gov_words_t *words, const char *text, apr_pool_t *pool)
{
    apr_size_t len = strlen(text);
    apr_pool_t *scratch;
    double best = 0;
    int i;

    apr_pool_create(&scratch, pool);
    for (i = 0; i < 7; i++) {
        double begin = seconds(), took;

        gov_words_check_text(words, text, scratch);
        took = seconds() - begin;
        if (!i || took < best)
            best = took;
        apr_pool_clear(scratch);
    }
    return (double)len / best;
}

int
main(int argc, char **argv)
{
    const gov_words_t *words, *none;
    gov_buf_t *text, *once;
    apr_array_header_t *list;
    double begin, took, bytes, before;
    apr_pool_t *pool;
    gov_bytes_t file;
    int i;

    if (argc < 3)
        return 2;
    apr_initialize();
    apr_pool_create(&pool, NULL);
    fail(gov_base_start(pool), pool);
    once = gov_buf_create(SIZE, pool);
    for (i = 2; i < argc; i++) {
        fail(gov_file_read(&file, argv[i], TEXT_MAX, pool), pool);
        gov_buf_add(once, file.data, file.len);
    }
    text = gov_buf_create(SIZE + once->len, pool);
    while (text->len < SIZE)
        gov_buf_add(text, once->data, once->len);
    list = make_words(atoi(argv[1]), characters(once->data, pool), pool);
    before = resident();
    begin = seconds();
    fail(gov_words_create(&words, list, pool), pool);
    took = seconds() - begin;
    bytes = resident() - before;
    list->nelts = 0;
    fail(gov_words_create(&none, list, pool), pool);
    printf("words %s - - -\n", argv[1]);
    printf("build %.1f ms - -\n", took * 1e3);
    printf("memory-at-most %.1f MB - -\n", bytes / 1e6);
    printf("check %.0f MB/s %.0f -\n", rate(words, text->data, pool) / 1e6,
           rate(none, text->data, pool) / 1e6);
    /* twice the text takes twice the time */
    took = rate(words, text->data, pool);
    text->data[text->len / 2] = '\0';
    printf("check-half %.0f MB/s %.0f %.2f\n",
           rate(words, text->data, pool) / 1e6, took / 1e6,
           rate(words, text->data, pool) / took);
    apr_terminate();
    return 0;
}
