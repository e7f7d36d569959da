/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/changes/changes.c -- what a page costs that must be rendered because
   something on it changed.

   changes CONFIGURATION PORT HOST HTTPD DATABASE SECONDS BASELINE
           {NAME PATH TAGS}...

   Moves the tags, as a publisher's commit does, and asks for the page; again and
   again.  Baseline and pages take turns in slices of a quarter of a second, one
   kept connection, CPU time of both servers, less what they take while nobody
   asks. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../load/load.h"
#include "../writer/writer.h"

#include "gov_cache.h"

#define PAGES_MAX 6
#define SLICES_MAX 1000
#define SLICE (BILLION / 4)

typedef struct page_t {
    const char *name, *path, *tags;
    double httpd[SLICES_MAX], db[SLICES_MAX], whole[SLICES_MAX];
    double ratio[SLICES_MAX];
} page_t;

static page_t pages[PAGES_MAX];
static server_t httpd = { .name = "httpd" }, database = { .name = "db" };
static gov_cache_t *cache;
static http_t http;
static double idle_httpd, idle_db; /* CPU seconds a second */

static nanos_t
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * BILLION + t.tv_nsec;
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double
median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof(*values), by_size);
    return values[count / 2];
}

static void
look_idle(void)
{
    struct timespec rest = { 0, SLICE };

    server_look(&httpd);
    server_look(&database);
    nanosleep(&rest, NULL);
    idle_httpd = server_spent(&httpd) * BILLION / SLICE;
    idle_db = server_spent(&database) * BILLION / SLICE;
}

static void
slice(page_t *page, int n, apr_pool_t *pool)
{
    nanos_t began = now(), until = began + SLICE;
    double seconds;
    int requests = 0, status;
    const char *body;

    server_look(&httpd);
    server_look(&database);
    do {
        apr_pool_clear(pool);
        if (page->tags)
            gov_cache_bump(cache, page->tags);
        http_ask(&http, page->path, pool);
        http_answer(&status, &body, &http, pool);
        if (status != 200) {
            fprintf(stderr, "changes: status %d for %s\n", status, page->path);
            exit(1);
        }
        requests++;
    } while (now() < until);
    seconds = (double)(now() - began) / BILLION;
    page->httpd[n] = 1e6 * (server_spent(&httpd) - seconds * idle_httpd)
        / requests;
    page->db[n] = 1e6 * (server_spent(&database) - seconds * idle_db)
        / requests;
    page->whole[n] = page->httpd[n] + page->db[n];
    page->ratio[n] = page->whole[n] / pages[0].whole[n];
}

int
main(int argc, const char *const *argv)
{
    int count = 1, slices = 0, i;
    apr_pool_t *pool, *turn;
    gov_config_t *config;
    gov_err_t *err;
    nanos_t until;

    if (argc < 11 || argc > 8 + 3 * (PAGES_MAX - 1) || (argc - 8) % 3)
        return 2;
    apr_initialize();
    apr_pool_create(&pool, NULL);
    apr_pool_create(&turn, pool);
    config = gov_config_create(pool);
    err = gov_config_read(config, argv[1], pool);
    if (!err)
        err = gov_cache_open(&cache, config, pool);
    if (err) {
        fprintf(stderr, "changes: %s\n", gov_err_chain(err, pool));
        return 1;
    }
    http_open(&http, argv[3], atoi(argv[2]));
    httpd.pid = atoi(argv[4]);
    database.pid = atoi(argv[5]);
    until = now() + atoi(argv[6]) * BILLION;
    pages[0].path = argv[7];
    for (i = 8; i < argc; i += 3, count++) {
        pages[count].name = argv[i];
        pages[count].path = argv[i + 1];
        pages[count].tags = argv[i + 2];
    }
    while (now() < until && slices < SLICES_MAX) {
        look_idle();
        for (i = 0; i < count; i++)
            slice(&pages[i], slices, turn);
        slices++;
    }
    for (i = 1; i < count; i++) {
        page_t *page = &pages[i];

        printf("cpu-%s %.1f us %.1f %.2f\n", page->name,
               median(page->whole, slices), median(pages[0].whole, slices),
               median(page->ratio, slices));
        printf("cpu-%s-httpd %.1f us - -\n", page->name,
               median(page->httpd, slices));
        printf("cpu-%s-db %.1f us - -\n", page->name,
               median(page->db, slices));
    }
    apr_pool_destroy(pool);
    return 0;
}
