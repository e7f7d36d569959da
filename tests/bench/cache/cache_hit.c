/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/cache/cache_hit.c -- what a look-up in the page cache costs.

   cache_hit DIRECTORY

   The directory is the state directory, empty at first.  Lines for
   bench/lib.sh: nanoseconds a look-up, with the release of what was found. */

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <apr_thread_proc.h>

#include "gov_cache.h"

#define PAGES 1000
#define BODY 30000
#define TAGS 40

static gov_cache_t *cache;
static char keys[PAGES][64];

static apr_int64_t
nanos(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (apr_int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void
fill(apr_pool_t *pool)
{
    apr_array_header_t *tags = apr_array_make(pool, TAGS, sizeof(char *));
    gov_stored_t page;
    gov_entry_t *entry;
    int i;

    for (i = 0; i < TAGS; i++)
        APR_ARRAY_PUSH(tags, const char *) =
            apr_psprintf(pool, "document:%d", i);
    memset(&page, 0, sizeof(page));
    page.status = 200;
    page.content_type = "text/html; charset=utf-8";
    page.body.data = memset(apr_palloc(pool, BODY), 'x', BODY);
    page.body.len = BODY;
    page.tags = tags;
    for (i = 0; i < PAGES; i++) {
        apr_snprintf(keys[i], sizeof(keys[i]),
                     "edu.example.gov.cn\n/news/notices/%d.html\nstandard", i);
        page.key = keys[i];
        if (!gov_cache_put(&entry, cache, &page, gov_cache_snapshot(cache),
                           pool))
            gov_entry_release(entry);
    }
}

/* Nanoseconds a look-up of COUNT pages in turn; BUMP: another tag moves before
   each, so that all tags of the entry are looked at. */
static double
look(int rounds, int count, bool bump)
{
    apr_int64_t start = nanos();
    gov_entry_t *entry;
    bool fresh;
    int i;

    for (i = 0; i < rounds; i++) {
        const char *key = keys[i % count];

        if (bump)
            gov_cache_bump(cache, "another");
        gov_cache_find(&entry, &fresh, cache, key, strlen(key), 1);
        if (!entry || !fresh)
            return -1;
        gov_entry_release(entry);
    }
    return (double)(nanos() - start) / rounds;
}

static void *APR_THREAD_FUNC
look_in_thread(apr_thread_t *thread, void *result)
{
    (void)thread;
    *(double *)result = look(500000, PAGES, false);
    return NULL;
}

int
main(int argc, char **argv)
{
    gov_config_t config;
    apr_pool_t *pool;
    apr_thread_t *thread;
    apr_status_t rv;
    double a, b;

    if (argc != 2)
        return 2;
    apr_initialize();
    apr_pool_create(&pool, NULL);
    memset(&config, 0, sizeof(config));
    config.state_dir = argv[1];
    config.page_cache = true;
    config.page_cache_size = 64 << 20;
    if (gov_cache_open(&cache, &config, pool) || gov_cache_start(cache, pool))
        return 1;
    fill(pool);
    look(200000, PAGES, false);
    printf("hit-one-page %.0f ns - -\n", look(1000000, 1, false));
    printf("hit-1000-pages %.0f ns - -\n", look(1000000, PAGES, false));
    printf("hit-after-a-bump-40-tags %.0f ns - -\n",
           look(200000, PAGES, true));
    apr_thread_create(&thread, NULL, look_in_thread, &a, pool);
    look_in_thread(NULL, &b);
    apr_thread_join(&rv, thread);
    printf("hit-two-threads %.0f ns - -\n", (a + b) / 2);
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}
