/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/changes/changes.c -- what a page costs that must be rendered because
   something on it changed.

   changes CONFIGURATION PORT HTTPD DATABASE SECONDS < TARGETS

   A line of TARGETS: group, host, path, tags (- for none), parted by tabs; the
   first group is the baseline.  Moves the tags of a whole group, as publishers'
   commits do, and asks for its pages all at once on a kept connection each; again
   and again.  The groups take turns in slices of a quarter of a second.  CPU time
   of both servers, less what they take while nobody asks. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <apr_strings.h>

#include "../load/load.h"
#include "../writer/writer.h"

#include "gov_cache.h"

#define PAGES_MAX 6
#define TARGETS_MAX 16
#define SLICES_MAX 1000
#define SLICE (BILLION / 4)

typedef struct target_t {
    const char *path, *tags;
    http_t http;
} target_t;

typedef struct page_t {
    const char *name;
    target_t targets[TARGETS_MAX];
    int count;
    double httpd[SLICES_MAX], db[SLICES_MAX], whole[SLICES_MAX];
    double ratio[SLICES_MAX];
} page_t;

static page_t pages[PAGES_MAX];
static int page_count;
static server_t httpd = { .name = "httpd" }, database = { .name = "db" };
static gov_cache_t *cache;
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
    int requests = 0, status, i;
    const char *body;

    server_look(&httpd);
    server_look(&database);
    do {
        apr_pool_clear(pool);
        for (i = 0; i < page->count; i++)
            if (strcmp(page->targets[i].tags, "-"))
                gov_cache_bump(cache, page->targets[i].tags);
        for (i = 0; i < page->count; i++)
            http_ask(&page->targets[i].http, page->targets[i].path, pool);
        for (i = 0; i < page->count; i++) {
            http_answer(&status, &body, &page->targets[i].http, pool);
            if (status != 200) {
                fprintf(stderr, "changes: status %d for %s\n", status,
                        page->targets[i].path);
                exit(1);
            }
        }
        requests += page->count;
    } while (now() < until);
    seconds = (double)(now() - began) / BILLION;
    page->httpd[n] = 1e6 * (server_spent(&httpd) - seconds * idle_httpd)
        / requests;
    page->db[n] = 1e6 * (server_spent(&database) - seconds * idle_db)
        / requests;
    page->whole[n] = page->httpd[n] + page->db[n];
    page->ratio[n] = page->whole[n] / pages[0].whole[n];
}

static void
read_targets(int port, apr_pool_t *pool)
{
    char line[1000], *name, *host, *path, *tags, *rest;

    while (fgets(line, sizeof(line), stdin)) {
        page_t *page = &pages[page_count - 1];
        target_t *target;

        name = apr_strtok(apr_pstrdup(pool, line), "\t\n", &rest);
        host = apr_strtok(NULL, "\t\n", &rest);
        path = apr_strtok(NULL, "\t\n", &rest);
        tags = apr_strtok(NULL, "\t\n", &rest);
        if (!page_count || strcmp(page->name, name)) {
            if (page_count == PAGES_MAX)
                exit(2);
            page = &pages[page_count++];
            page->name = name;
        }
        if (!tags || page->count == TARGETS_MAX)
            exit(2);
        target = &page->targets[page->count++];
        target->path = path;
        target->tags = tags;
        http_open(&target->http, host, port);
    }
}

int
main(int argc, const char *const *argv)
{
    apr_pool_t *pool, *turn;
    gov_config_t *config;
    int slices = 0, i;
    gov_err_t *err;
    nanos_t until;

    if (argc != 6)
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
    read_targets(atoi(argv[2]), pool);
    httpd.pid = atoi(argv[3]);
    database.pid = atoi(argv[4]);
    until = now() + atoi(argv[5]) * BILLION;
    while (now() < until && slices < SLICES_MAX) {
        look_idle();
        for (i = 0; i < page_count; i++)
            slice(&pages[i], slices, turn);
        slices++;
    }
    for (i = 1; i < page_count; i++) {
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
