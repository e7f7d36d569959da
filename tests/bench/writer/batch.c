/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/writer/batch.c -- many documents at one go, and when readers see it. */

#include <stdio.h>
#include <string.h>

#include "writer.h"

#define BATCH_MAX 5000

typedef struct place_t {
    const gov_column_t *column;
    http_t http;
    const char *newest;           /* token of the last one published here */
} place_t;

typedef struct batch_t {
    const writer_t *writer;
    place_t places[64];
    int count;
} batch_t;

static void
make_places(batch_t *b)
{
    const writer_t *writer = b->writer;
    const apr_array_header_t *sites = gov_group_sites(writer->ctx->group);
    int i;

    for (i = 0; i < sites->nelts && b->count < 64; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(sites, i, const gov_site_t *);
        const gov_column_t *column = gov_column_at(site, "news");
        place_t *place = &b->places[b->count];

        if (!column || column->children->nelts)
            continue;
        place->column = column;
        http_open(&place->http, apr_psprintf(writer->pool, "%s:%d", site->host,
                                             writer->port), writer->port);
        b->count++;
    }
}

static bool
shows(http_t *http, const char *path, const char *what, apr_pool_t *pool)
{
    const char *body;
    int status;

    http_ask(http, path, pool);
    http_answer(&status, &body, http, pool);
    return status == 200 && strstr(body, what);
}

/* The pages that every publication changed, with their newest document. */
static bool
lists_are_right(batch_t *b, apr_pool_t *pool)
{
    int i;

    for (i = 0; i < b->count; i++) {
        place_t *place = &b->places[i];
        const char *column = gov_column_href(place->column, "zh-CN", pool);
        const char *home = gov_site_home(place->column->site, "zh-CN", pool);

        if (!shows(&place->http, column, place->newest, pool)
            || !shows(&place->http, home, place->newest, pool)
            || !shows(&place->http, apr_pstrcat(pool, home, "feed.atom", NULL),
                      place->newest, pool)
            || !shows(&place->http, apr_pstrcat(pool, column, "feed.atom",
                                                NULL), place->newest, pool))
            return false;
    }
    return true;
}

static bool
portal_is_right(batch_t *b, const char *newest, apr_pool_t *pool)
{
    const gov_site_t *portal = gov_group_portal(b->writer->ctx->group);
    http_t http;

    http_open(&http, apr_psprintf(pool, "%s:%d", portal->host,
                                  b->writer->port), b->writer->port);
    return shows(&http, gov_site_home(portal, "zh-CN", pool), newest, pool);
}

void
batch(const writer_t *writer, int count)
{
    batch_t *b = apr_pcalloc(writer->pool, sizeof(*b));
    apr_array_header_t *editions = apr_array_make(writer->pool, 512,
                                                  sizeof(apr_int64_t));
    apr_int64_t *documents;
    double began, published, listed;
    const char *newest = NULL;
    apr_pool_t *turn;
    char word[8];
    int i;

    if (count > BATCH_MAX)
        count = BATCH_MAX;
    b->writer = writer;
    make_places(b);
    documents = apr_pcalloc(writer->pool, sizeof(*documents) * (size_t)count);
    apr_pool_create(&turn, writer->pool);
    for (i = 0; i < count; i++) {
        place_t *place = &b->places[i % b->count];

        apr_pool_clear(turn);
        place->newest = apr_psprintf(writer->pool, "gvb%d-", i);
        draft(&documents[i], &APR_ARRAY_PUSH(editions, apr_int64_t), writer,
              place->column,
              apr_pstrcat(turn, "关于进一步做好有关工作的通知 ", place->newest, NULL),
              turn);
        sign(writer, APR_ARRAY_IDX(editions, i, apr_int64_t), turn);
        /* the portal gathers from departments and districts alike */
        newest = place->newest;
    }
    puts("begin");                /* and wait until the bench says so, too */
    fflush(stdout);
    if (!fgets(word, sizeof(word), stdin))
        return;
    began = seconds();
    check(gov_editions_publish(&i, writer->ctx, editions, writer->permit, turn),
          turn);
    published = seconds();
    while (!lists_are_right(b, turn) || !portal_is_right(b, newest, turn)) {
        apr_pool_clear(turn);
        if (seconds() - began > 60) {
            fputs("writer: lists are still wrong after a minute\n", stderr);
            break;
        }
    }
    listed = seconds();
    for (i = 0; i < count; i++) {
        place_t *place = &b->places[i % b->count];

        apr_pool_clear(turn);
        if (!shows(&place->http, gov_document_href(place->column, documents[i],
                                                   "zh-CN", turn),
                   apr_psprintf(turn, "gvb%d-", i), turn))
            fprintf(stderr, "writer: document %d is not there\n", i);
    }
    figure("documents", count, "each", -1);
    figure("published", published - began, "s", -1);
    figure("lists-fresh", listed - began, "s", 5);
    figure("all-pages-read", seconds() - began, "s", 5);
}
