/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* bench/stages/stages.c -- where the time of an uncached page goes.

   stages CONFIGURATION HOST PATH ROUTE [COOKIE]

   ROUTE is the path of PATH's route as the portal declares it ("/{column}/"),
   COOKIE the header of somebody who is signed in.

   Asks the host, as httpd does, for one page again and again.  The public
   functions through which a request passes are defined here too: the library
   calls these, they look at the clock and call the library's own.  So what is
   measured is the product's way, not a copy of it. */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gov_host.h"
#include "gov_key.h"
#include "gov_portal.h"
#include "gov_time.h"

enum { ROUTING, GATE, STATEMENTS, TAGS, MODEL, FRAME, TRANSFORM, SERIALISE,
       CONVERT, STORE, COMPRESS, WHOLE, STAGES };

static const char *const names[STAGES] = {
    "routing", "gate", "statements", "tags", "model", "frame", "transform",
    "serialise", "convert", "store", "compress", "whole"
};

#define ROUNDS 600

static double took[STAGES][ROUNDS];
static int round_no, statements, gate_statements, inside;
static gov_handler_t own_handler;
static apr_int64_t began, gate_began, handler_began, render_began, spent[STAGES];
static gov_bytes_t page_bytes;

static apr_int64_t
nanos(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * APR_INT64_C(1000000000) + t.tv_nsec;
}

/* The library's function of that name. */
static void *
theirs(const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);

    if (!found) {
        fprintf(stderr, "stages: the library has no %s\n", name);
        exit(2);
    }
    return found;
}

/* --- statements: all that waits for the database ------------------------- */

#define TIMED(name, params, args)                                             \
    gov_err_t *name params                                                    \
    {                                                                         \
        static gov_err_t *(*real) params;                                     \
        apr_int64_t from = nanos();                                           \
        gov_err_t *err;                                                       \
                                                                              \
        if (!real)                                                            \
            *(void **)&real = theirs(#name);                                  \
        inside++;                                                             \
        err = real args;                                                      \
        if (!--inside) {                                                      \
            spent[STATEMENTS] += nanos() - from;                              \
            statements++;                                                     \
        }                                                                     \
        return err;                                                           \
    }

TIMED(gov_stmt_one, (void *row, gov_db_t *db, const gov_stmt_t *stmt,
                     const void *in, apr_pool_t *pool),
      (row, db, stmt, in, pool))
TIMED(gov_stmt_many, (apr_array_header_t **rows, gov_db_t *db,
                      const gov_stmt_t *stmt, const void *in,
                      apr_pool_t *pool),
      (rows, db, stmt, in, pool))
TIMED(gov_stmt_each, (gov_db_t *db, const gov_stmt_t *stmt, const void *in,
                      gov_row_fn_t fn, void *baton, apr_pool_t *pool),
      (db, stmt, in, fn, baton, pool))

/* --- the borders between the other stages -------------------------------- */

/* The first thing in the gate. */
const gov_site_t *
gov_site_for(const gov_group_t *group, const char *host, const char *path,
             const gov_site_lang_t **lang, const char **rest)
{
    static const gov_site_t *(*real)(const gov_group_t *, const char *,
                                     const char *, const gov_site_lang_t **,
                                     const char **);

    if (!real)
        *(void **)&real = theirs("gov_site_for");
    if (!gate_began)
        gate_began = nanos();
    return real(group, host, path, lang, rest);
}

/* Stands for the handler of the route that is asked for. */
static gov_err_t *
handler(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
        apr_pool_t *pool)
{
    handler_began = nanos();
    gate_statements = statements;
    spent[GATE] = handler_began - gate_began;
    /* what the gate has asked the database is the gate's */
    spent[STATEMENTS] = 0;
    return own_handler(reply, ctx, req, pool);
}

/* A frame that was not kept: never, once warm. */
gov_err_t *
gov_render_frame(apr_array_header_t **fragments, const gov_looks_t *looks,
                 const char *theme, const char *lang, gov_page_t *page,
                 apr_pool_t *pool)
{
    static gov_err_t *(*real)(apr_array_header_t **, const gov_looks_t *,
                              const char *, const char *, gov_page_t *,
                              apr_pool_t *);
    apr_int64_t from = nanos();
    gov_err_t *err;

    if (!real)
        *(void **)&real = theirs("gov_render_frame");
    err = real(fragments, looks, theme, lang, page, pool);
    spent[FRAME] += nanos() - from;
    return err;
}

gov_err_t *
gov_render(gov_bytes_t *html, const gov_looks_t *looks, const char *theme,
           const char *lang, gov_page_t *page,
           const apr_array_header_t *fragments, gov_render_cost_t *cost,
           apr_pool_t *pool)
{
    static gov_err_t *(*real)(gov_bytes_t *, const gov_looks_t *, const char *,
                              const char *, gov_page_t *,
                              const apr_array_header_t *, gov_render_cost_t *,
                              apr_pool_t *);
    gov_render_cost_t mine = { 0, 0, 0 };
    gov_err_t *err;

    (void)cost;
    if (!real)
        *(void **)&real = theirs("gov_render");
    render_began = nanos();
    err = real(html, looks, theme, lang, page, fragments, &mine, pool);
    spent[TRANSFORM] += mine.transform;
    spent[SERIALISE] += mine.serialise;
    spent[CONVERT] += mine.convert;
    if (!err)
        page_bytes = *html;
    return err;
}

gov_err_t *
gov_cache_put(gov_entry_t **entry, gov_cache_t *cache, const gov_stored_t *page,
              gov_snapshot_t snapshot, apr_pool_t *pool)
{
    static gov_err_t *(*real)(gov_entry_t **, gov_cache_t *,
                              const gov_stored_t *, gov_snapshot_t,
                              apr_pool_t *);
    apr_int64_t from = nanos();
    gov_err_t *err;

    if (!real)
        *(void **)&real = theirs("gov_cache_put");
    err = real(entry, cache, page, snapshot, pool);
    spent[STORE] += nanos() - from;
    return err;
}

/* --- tags: keyed digests of what was read --------------------------------- */

bool
gov_mac(unsigned char out[GOV_MAC_SIZE], const gov_keys_t *keys, int key,
        gov_purpose_t purpose, gov_bytes_t data)
{
    static bool (*real)(unsigned char *, const gov_keys_t *, int,
                        gov_purpose_t, gov_bytes_t);
    apr_int64_t from = nanos();
    bool done;

    if (!real)
        *(void **)&real = theirs("gov_mac");
    done = real(out, keys, key, purpose, data);
    spent[TAGS] += nanos() - from;
    return done;
}

/* From the first part to the last. */
static apr_int64_t mac_began;

gov_mac_t *
gov_mac_begin(const gov_keys_t *keys, int key, gov_purpose_t purpose,
              apr_pool_t *pool)
{
    static gov_mac_t *(*real)(const gov_keys_t *, int, gov_purpose_t,
                              apr_pool_t *);

    if (!real)
        *(void **)&real = theirs("gov_mac_begin");
    mac_began = nanos();
    return real(keys, key, purpose, pool);
}

void
gov_mac_end(unsigned char out[GOV_MAC_SIZE], gov_mac_t *mac)
{
    static void (*real)(unsigned char *, gov_mac_t *);

    if (!real)
        *(void **)&real = theirs("gov_mac_end");
    real(out, mac);
    spent[TAGS] += nanos() - mac_began;
}

/* --- asking -------------------------------------------------------------- */

static void
check(gov_err_t *err, apr_pool_t *pool)
{
    if (err) {
        fprintf(stderr, "stages: %s\n", gov_err_chain(err, pool));
        exit(1);
    }
}

static void
ask_once(gov_host_t *host, const gov_ask_t *ask, apr_pool_t *pool)
{
    gov_answer_t answer;
    gov_bytes_t zipped;
    apr_int64_t end, from;
    int i;

    memset(spent, 0, sizeof(spent));
    statements = gate_statements = 0;
    gate_began = render_began = 0;
    began = nanos();
    gov_host_answer(&answer, host, ask, pool);
    end = nanos();
    if (answer.status != 200 || !render_began) {
        fprintf(stderr, "stages: status %d for %s\n", answer.status, ask->path);
        exit(1);
    }
    if (answer.entry)
        gov_entry_release(answer.entry);
    spent[ROUTING] = gate_began - began;
    spent[MODEL] = render_began - handler_began - spent[STATEMENTS]
        - spent[TAGS] - spent[FRAME];
    spent[WHOLE] = end - began;
    from = nanos();
    check(gov_gzip(&zipped, page_bytes, 6, pool), pool);
    spent[COMPRESS] = nanos() - from;
    if (round_no >= 0)
        for (i = 0; i < STAGES; i++)
            took[i][round_no] = (double)spent[i] / 1000;
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* The portal with our handler at the route of that PATH. */
static const gov_plugin_t *
watched(const char *path, apr_pool_t *pool)
{
    gov_plugin_t *plugin = apr_pmemdup(pool, &gov_portal_plugin,
                                       sizeof(*plugin));
    gov_route_t *routes;
    int n = 0, i;

    while (plugin->routes[n].method)
        n++;
    routes = apr_pmemdup(pool, plugin->routes, (n + 1) * sizeof(*routes));
    for (i = 0; i < n; i++)
        if (!strcmp(routes[i].path, path) && !strcmp(routes[i].method, "GET")) {
            own_handler = routes[i].handler;
            routes[i].handler = handler;
        }
    if (!own_handler) {
        fprintf(stderr, "stages: the portal has no route %s\n", path);
        exit(2);
    }
    plugin->routes = routes;
    return plugin;
}

int
main(int argc, const char *const *argv)
{
    const gov_plugin_t *builtin[2] = { NULL, NULL };
    int i;
    apr_pool_t *pool, *turn;
    gov_config_t *config;
    gov_host_t *host;
    gov_ask_t ask;

    if (argc < 5)
        return 2;
    apr_initialize();
    apr_pool_create(&pool, NULL);
    apr_pool_create(&turn, pool);
    config = gov_config_create(pool);
    check(gov_config_read(config, argv[1], pool), pool);
    /* each round renders; nothing is kept */
    config->page_cache = false;
    builtin[0] = watched(argv[4], pool);
    check(gov_host_create(&host, config, builtin, gov_clock_real(), pool),
          pool);
    check(gov_host_start(host, false, pool), pool);
    memset(&ask, 0, sizeof(ask));
    ask.method = "GET";
    ask.host = argv[2];
    ask.path = argv[3];
    ask.headers = apr_table_make(pool, 1);
    if (argc > 5)
        apr_table_setn(ask.headers, "Cookie", argv[5]);
    ask.address = "127.0.0.1";
    ask.request_id = "bench";
    for (round_no = -20; round_no < ROUNDS; round_no++) {
        apr_pool_clear(turn);
        ask_once(host, &ask, turn);
    }
    for (i = 0; i < STAGES; i++) {
        qsort(took[i], ROUNDS, sizeof(double), by_size);
        if (i != STORE && i != FRAME
            && (i != CONVERT || took[i][ROUNDS / 2] > 0))
            printf("%s %.1f us - -\n", names[i], took[i][ROUNDS / 2]);
    }
    printf("gate-statements %d each - -\n", gate_statements);
    printf("statements-run %d each - -\n", statements);
    printf("bytes %" APR_SIZE_T_FMT " bytes - -\n", page_bytes.len);
    apr_pool_destroy(pool);
    return 0;
}
