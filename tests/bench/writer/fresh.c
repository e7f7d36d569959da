/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/writer/fresh.c -- is every page right once the publisher has an answer?

   All pages that depend on the document are asked for at once, the moment the
   call returns, and again when the time allowed is over.  Titles carry a token
   ("gv17-2-": the second edition of the 17th document) to look for. */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "writer.h"

#define ALLOWED 0.050
#define PAGES_MAX 40

typedef enum change_t { PUBLISH, CORRECT, WITHDRAW, CHANGES } change_t;
typedef enum kind_t { OWN, LIST, SITEMAP } kind_t;

typedef struct page_t {
    kind_t kind;
    const char *path;             /* of OWN: with %d for the document */
    http_t http;
    bool right;
} page_t;

typedef struct state_t {
    const writer_t *writer;
    const gov_column_t *column;
    page_t pages[PAGES_MAX];
    int count;
    /* the present try */
    change_t change;
    apr_int64_t document;
    int number;
    const char *any, *old, *new;  /* tokens */
} state_t;

static void
add(state_t *s, kind_t kind, const gov_site_t *site, const char *path)
{
    page_t *page = &s->pages[s->count++];

    page->kind = kind;
    page->path = path;
    http_open(&page->http, apr_psprintf(s->writer->pool, "%s:%d", site->host,
                                        s->writer->port), s->writer->port);
}

/* A column, those above it, and their feeds. */
static void
add_column(state_t *s, const gov_column_t *column)
{
    apr_pool_t *pool = s->writer->pool;
    const gov_column_t *at;

    for (at = column; at; at = at->parent)
        add(s, LIST, column->site, gov_column_href(at, "zh-CN", pool));
    add(s, LIST, column->site,
        apr_pstrcat(pool, gov_column_href(column, "zh-CN", pool), "feed.atom",
                    NULL));
}

static void
add_site(state_t *s, const gov_site_t *site)
{
    static const char *const feeds[] = { "feed.atom", "feed.rss", "feed.json" };
    apr_pool_t *pool = s->writer->pool;
    const char *home = gov_site_home(site, "zh-CN", pool);
    int i;

    add(s, LIST, site, home);
    add(s, LIST, site, apr_pstrcat(pool, home, "?view=text", NULL));
    add(s, LIST, site, gov_site_home(site, "zh-Hant", pool));
    for (i = 0; i < 3; i++)
        add(s, LIST, site, apr_pstrcat(pool, home, feeds[i], NULL));
    add(s, SITEMAP, site, apr_pstrcat(pool, home, "sitemap.xml", NULL));
}

/* The columns that gather from sites of this kind, and the portal's home. */
static void
add_gatherers(state_t *s)
{
    const apr_array_header_t *all =
        gov_group_rule_columns(s->writer->ctx->group);
    const gov_site_t *portal = gov_group_portal(s->writer->ctx->group);
    int i, k;

    for (i = 0; i < all->nelts; i++) {
        const gov_column_t *column = APR_ARRAY_IDX(all, i,
                                                   const gov_column_t *);

        for (k = 0; k < column->rules->nelts; k++)
            if (strstr(APR_ARRAY_IDX(column->rules, k, gov_column_rule_t).sites,
                       s->column->site->kind)) {
                add_column(s, column);
                break;
            }
    }
    add(s, LIST, portal, gov_site_home(portal, "zh-CN", s->writer->pool));
}

static void
make_pages(state_t *s)
{
    apr_pool_t *pool = s->writer->pool;
    const char *own = apr_pstrcat(pool,
                                  gov_column_href(s->column, "zh-CN", pool),
                                  "%" APR_INT64_T_FMT ".html", NULL);

    add(s, OWN, s->column->site, own);
    add(s, OWN, s->column->site, apr_pstrcat(pool, own, "?view=elder", NULL));
    add_column(s, s->column);
    add_site(s, s->column->site);
    add_gatherers(s);
}

static const char *
path_of(const state_t *s, const page_t *page, apr_pool_t *pool)
{
    const char *id = strstr(page->path, "%" APR_INT64_T_FMT);

    if (!id)
        return page->path;
    return apr_psprintf(pool, "%.*s%" APR_INT64_T_FMT "%s",
                        (int)(id - page->path), page->path, s->document,
                        id + strlen("%" APR_INT64_T_FMT));
}

static bool
is_right(const state_t *s, const page_t *page, int status, const char *body,
         apr_pool_t *pool)
{
    bool gone = s->change == WITHDRAW;

    if (page->kind == OWN && gone)
        return status == 410;
    if (status != 200)
        return false;
    if (page->kind == SITEMAP)
        return gone == !strstr(body, apr_psprintf(pool, "/%" APR_INT64_T_FMT
                                                  ".html", s->document));
    if (gone)
        return !strstr(body, s->any);
    return strstr(body, s->new) && (!s->old || !strstr(body, s->old));
}

/* Ask for all (or only the wrong) pages at once; how many are wrong. */
static int
look(state_t *s, bool all, apr_pool_t *pool)
{
    int i, wrong = 0;

    for (i = 0; i < s->count; i++)
        if (all || !s->pages[i].right)
            http_ask(&s->pages[i].http, path_of(s, &s->pages[i], pool), pool);
    for (i = 0; i < s->count; i++) {
        page_t *page = &s->pages[i];
        const char *body;
        int status;

        if (!all && page->right)
            continue;
        http_answer(&status, &body, &page->http, pool);
        page->right = is_right(s, page, status, body, pool);
        wrong += !page->right;
    }
    return wrong;
}

static const char *
token(const state_t *s, int version, apr_pool_t *pool)
{
    return apr_psprintf(pool, "gv%d-%d-", s->number, version);
}

/* Returns the moment of the answer to the publisher. */
static double
change(state_t *s, apr_pool_t *pool)
{
    const writer_t *writer = s->writer;
    apr_int64_t edition;

    s->any = apr_psprintf(pool, "gv%d-", s->number);
    s->old = s->change == CORRECT ? token(s, 1, pool) : NULL;
    s->new = token(s, s->change == CORRECT ? 2 : 1, pool);
    if (s->change == WITHDRAW) {
        check(gov_document_withdraw(writer->ctx, s->document, "bench",
                                    writer->permit, pool), pool);
        return seconds();
    }
    draft(&s->document, &edition, writer, s->column,
          apr_pstrcat(pool, "关于进一步做好有关工作的通知 ", s->new, NULL), pool);
    sign(writer, edition, pool);
    check(gov_edition_publish(writer->ctx, edition, writer->permit, pool),
          pool);
    return seconds();
}

/* What was withdrawn in all tries is asked for once more. */
static int
seen_again(state_t *s, const apr_int64_t *withdrawn, int count,
           apr_pool_t *pool)
{
    int i, k, seen = 0;

    s->change = WITHDRAW;
    for (i = 0; i < count; i++) {
        apr_pool_clear(pool);
        s->document = withdrawn[i];
        s->any = apr_psprintf(pool, "gv%d-", i);
        /* lists hold none of them: asked for now and then */
        for (k = 0; k < s->count; k++)
            s->pages[k].right = i % 20 && s->pages[k].kind != OWN;
        seen += look(s, false, pool) > 0;
    }
    return seen;
}

void
fresh(const writer_t *writer, const char *site, const char *path, int tries)
{
    state_t *s = apr_pcalloc(writer->pool, sizeof(*s));
    double *took = apr_palloc(writer->pool, sizeof(double) * (size_t)tries);
    apr_int64_t *withdrawn = apr_palloc(writer->pool,
                                        sizeof(*withdrawn) * (size_t)tries);
    int done, right = 0, at_once = 0, pages_wrong = 0, i;
    apr_pool_t *turn;

    s->writer = writer;
    s->column = column_of(writer, site, path);
    make_pages(s);
    apr_pool_create(&turn, writer->pool);
    for (done = 0; done < tries; done++) {
        double answered, left;
        int wrong;

        apr_pool_clear(turn);
        s->change = (change_t)(done % CHANGES);
        s->number = done / CHANGES;
        if (s->change == PUBLISH)
            s->document = 0;
        answered = change(s, turn);
        for (i = 0; i < s->count; i++)
            s->pages[i].right = false;
        wrong = look(s, false, turn);
        at_once += !wrong;
        while (wrong && seconds() < answered + ALLOWED)
            wrong = look(s, false, turn);
        took[done] = (seconds() - answered) * 1000;
        left = answered + ALLOWED - seconds();
        if (left > 0)
            usleep((useconds_t)(left * 1e6));
        wrong = look(s, true, turn);
        right += !wrong;
        pages_wrong += wrong;
        for (i = 0; wrong && i < s->count; i++)
            if (!s->pages[i].right)
                fprintf(stderr, "writer: try %d (%s): %s%s is wrong\n", done,
                        s->change == PUBLISH ? "publish"
                        : s->change == CORRECT ? "correct" : "withdraw",
                        s->pages[i].http.host, path_of(s, &s->pages[i], turn));
        if (s->change == WITHDRAW)
            withdrawn[s->number] = s->document;
    }
    figure("pages", s->count, "each-try", -1);
    figure("right-within-50ms", right, "tries", tries);
    figure("wrong-after-50ms", pages_wrong, "answers", 0);
    /* asked for the moment the publisher has its answer */
    figure("right-at-once", at_once, "tries", tries);
    /* how long it takes to render and read all of them, right or not */
    figure("all-read-p50", part_of(took, tries, 0.5), "ms", -1);
    figure("all-read-p95", part_of(took, tries, 0.95), "ms", -1);
    figure("all-read-max", part_of(took, tries, 1), "ms", -1);
    figure("withdrawn-seen-again",
           seen_again(s, withdrawn, tries / CHANGES, turn), "documents", 0);
}
