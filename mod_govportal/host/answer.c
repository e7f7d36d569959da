/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/answer.c -- a request's way through the house. */

#include <string.h>

#include "gate.h"
#include "gov_redirect.h"
#include "gov_xml.h"

/* A page that waits for another process's render goes its own way after this long;
   the store's time-outs come on top when the database hangs. */
#define RENDER_PATIENCE apr_time_from_sec(1)
/* The change feed counts as followed if it was read this recently. */
#define FEED_FRESH apr_time_from_sec(3)

typedef struct way_t {
    gov_host_t *host;
    gov_host__ctx_t *ctx;
    gov_host__match_t *match;
    const char *key;
    apr_size_t key_len;
    gov_answer_t *answer;
    apr_pool_t *pool;
} way_t;

/* --- cache keys ----------------------------------------------------------- */

/* host LF path LF view, then the route's own parameters (NAMES), sorted: what does
   not change the answer is not in the key, so it can neither miss nor fill. */
static void
make_key(way_t *way, const apr_array_header_t *names)
{
    const gov_req_t *req = &way->match->req;
    gov_buf_t *key = gov_buf_create(256, way->pool);
    apr_array_header_t *sorted = apr_array_copy(way->pool, names);
    int i;

    gov_buf_printf(key, "%s\n%s\n%s", req->host,
                   gov_url_encode(req->path, way->pool), req->view);
    gov_text_sort(sorted);
    for (i = 0; i < sorted->nelts; i++) {
        const char *name = APR_ARRAY_IDX(sorted, i, const char *);
        const char *value = apr_table_get(req->params, name);

        if (value)
            gov_buf_printf(key, "\n%s=%s", name, value);
    }
    way->key = key->data;
    way->key_len = key->len;
}

/* Find VIEW's value and any parameter that some route takes in a raw query. */
static bool
scan_query(const gov_host_t *host, const char *query, const char **view,
           apr_size_t *view_len)
{
    const char *at = query;

    while (*at) {
        apr_size_t len = strcspn(at, "&"), name = strcspn(at, "=&");
        int i;

        if (name == 4 && !strncmp(at, "view", 4) && at[4] == '=') {
            *view = at + 5;
            *view_len = len - 5;
        }
        for (i = 0; i < host->params->nelts; i++) {
            const char *known = APR_ARRAY_IDX(host->params, i, const char *);

            if (strlen(known) == name && !strncmp(at, known, name))
                return false;
        }
        if (memchr(at, '%', name))
            return false;         /* an encoded name: the long way decodes it */
        at += len;
        if (*at)
            at++;
    }
    return true;
}

static bool
is_view(const char *view, apr_size_t len)
{
    return (len == 8 && !memcmp(view, "standard", 8))
        || (len == 5 && (!memcmp(view, "elder", 5)
                         || !memcmp(view, "print", 5)))
        || (len == 4 && !memcmp(view, "text", 4));
}

bool
gov_host_hit(gov_entry_t **entry, gov_host_t *host, const char *hostname,
             const char *path, const char *query, apr_time_t now)
{
    const char *view = "standard";
    apr_size_t view_len = 8, host_len, path_len, i;
    char key[1400], *at = key;
    bool fresh;

    if (!host->config->page_cache || !hostname)
        return false;
    if (query && *query && !scan_query(host, query, &view, &view_len))
        return false;
    if (!is_view(view, view_len)) {
        view = "standard";
        view_len = 8;
    }
    host_len = strcspn(hostname, ":");
    path_len = strlen(path);
    if (host_len + path_len + view_len + 2 > sizeof(key))
        return false;
    for (i = 0; i < host_len; i++)
        *at++ = (char)apr_tolower(hostname[i]);
    *at++ = '\n';
    memcpy(at, path, path_len);
    at += path_len;
    *at++ = '\n';
    memcpy(at, view, view_len);
    at += view_len;
    gov_cache_find(entry, &fresh, host->cache, key, (apr_size_t)(at - key),
                   now);
    if (!*entry)
        return false;
    if (fresh && now - gov_cache_fed_at(host->cache) < FEED_FRESH)
        return true;
    gov_entry_release(*entry);
    *entry = NULL;
    return false;
}

/* --- from a reply to an answer -------------------------------------------- */

static int
add_line(void *lines, const char *name, const char *value)
{
    gov_buf_printf(lines, "%s: %s\r\n", name, value);
    return 1;
}

static const char *
header_lines(const apr_table_t *headers, apr_pool_t *pool)
{
    gov_buf_t *lines = gov_buf_create(64, pool);

    apr_table_do(add_line, lines, headers, NULL);
    return lines->data;
}

/* A page changes with all that it shows: lists, neighbours, the site's name.  So
   it was modified when it was made, not when its document was. */
static gov_err_t *
store(way_t *way, const char *content_type, gov_bytes_t body, int status,
      const apr_table_t *headers, const apr_array_header_t *tags,
      apr_time_t until)
{
    gov_stored_t stored;

    memset(&stored, 0, sizeof(stored));
    stored.key = way->key;
    stored.status = status;
    stored.content_type = content_type;
    stored.headers = header_lines(headers, way->pool);
    stored.body = body;
    stored.modified = gov_now(way->ctx->ctx.clock);
    stored.until = until;
    stored.tags = tags;
    return gov_cache_put(&way->answer->entry, way->host->cache, &stored,
                         way->ctx->snapshot, way->pool);
}

/* Of one visitor, or the answer to a form: never kept, here or elsewhere. */
static bool
is_fresh(const way_t *way)
{
    const gov_route_t *route = way->match->route->route;

    return strcmp(route->permission, "public") || strcmp(route->method, "GET")
        || (route->flags & GOV_ROUTE_FRESH);
}

static gov_err_t *
send_page(way_t *way, const gov_reply_t *reply)
{
    gov_page_t *page = reply->page;
    const apr_array_header_t *fragments;
    gov_ctx_t *ctx = &way->ctx->ctx;
    const char *type = "text/html; charset=utf-8";
    gov_bytes_t html;

    if (gov_looks_in_console(way->ctx->scene->looks->looks,
                             gov_page_kind(page)))
        fragments = NULL;
    else
        GOV_TRY(gov_host__frame(&fragments, ctx, way->match->req.view,
                                gov_page_section(page), way->pool));
    GOV_TRY(gov_render(&html, way->ctx->scene->looks->looks, ctx->site->theme,
                       ctx->lang, page, fragments, NULL, way->pool));
    if (gov_page_is_private(page))
        apr_table_setn(way->answer->headers, "Cache-Control", "no-store");
    else if (way->host->config->page_cache && reply->status == 200
             && !reply->headers && !is_fresh(way))
        return store(way, type, html, 200, way->answer->headers,
                     gov_page_tags(page), gov_page_valid_until(page));
    way->answer->status = reply->status;
    way->answer->content_type = type;
    way->answer->bytes = html;
    return NULL;
}

static gov_err_t *
send_reply(way_t *way, const gov_reply_t *reply)
{
    gov_answer_t *answer = way->answer;

    answer->status = reply->status;
    if (reply->headers)
        apr_table_overlap(answer->headers, reply->headers,
                          APR_OVERLAP_TABLES_SET);
    if (reply->disposition)
        apr_table_setn(answer->headers, "Content-Disposition",
                       apr_pstrcat(way->pool, "attachment; filename=\"",
                                   reply->disposition, "\"", NULL));
    switch (reply->kind) {
    case GOV_REPLY_PAGE:
        return send_page(way, reply);
    case GOV_REPLY_BYTES:
        if (reply->cacheable && way->host->config->page_cache)
            return store(way, reply->content_type, reply->bytes, reply->status,
                         answer->headers, reply->tags, reply->until);
        answer->content_type = reply->content_type;
        answer->bytes = reply->bytes;
        answer->modified = reply->modified;
        answer->max_age = reply->max_age;
        return NULL;
    case GOV_REPLY_FILE:
        answer->content_type = reply->content_type;
        answer->file = reply->file;
        answer->modified = reply->modified;
        answer->max_age = reply->max_age;
        return NULL;
    case GOV_REPLY_REDIRECT:
        apr_table_set(answer->headers, "Location", *reply->location == '/'
                      ? apr_pstrcat(way->pool,
                                    gov_site_origin(way->ctx->ctx.site,
                                                    way->pool),
                                    reply->location, NULL)
                      : reply->location);
        answer->content_type = "text/plain; charset=utf-8";
        answer->bytes.data = "";
        return NULL;
    default:
        return gov_err(GOV_E_INTERNAL, NULL, way->pool,
                       "route %s answered nothing",
                       way->match->route->route->path);
    }
}

/* --- the long way --------------------------------------------------------- */

/* Is there a fresh entry by now?  STALE keeps one that is past its time. */
static bool
look(way_t *way, gov_entry_t **stale)
{
    gov_entry_t *entry;
    bool fresh;

    gov_cache_find(&entry, &fresh, way->host->cache, way->key, way->key_len,
                   gov_now(way->ctx->ctx.clock));
    if (!entry)
        return false;
    if (fresh) {
        way->answer->entry = entry;
        way->answer->status = 200;
        return true;
    }
    if (*stale)
        gov_entry_release(*stale);
    *stale = entry;
    return false;
}

static gov_err_t *
handle_inside(way_t *way)
{
    const gov_route_t *route = way->match->route->route;
    gov_handler_t handler = route->handler;
    gov_reply_t reply;

    memset(&reply, 0, sizeof(reply));
    if (way->match->req.intake && !way->match->passed) {
        handler = route->refill;
        reply.status = 422;       /* RFC 9110 15.5.21 */
    }
    GOV_TRY(handler(&reply, &way->ctx->ctx, &way->match->req, way->pool));
    return send_reply(way, &reply);
}

/* All trees of the page live and die inside. */
static gov_err_t *
handle(way_t *way)
{
    bool arena = gov_xml_arena_enter();
    gov_err_t *err = handle_inside(way);

    if (arena)
        gov_xml_arena_leave();
    return err;
}

/* RFC 9111 5.5: 110 "Response is Stale". */
static void
mark_stale(gov_answer_t *answer)
{
    answer->stale = true;
    apr_table_setn(answer->headers, "Warning", "110 - \"Response is Stale\"");
}

/* Whether all changes, other nodes' too, are known here: the watcher tells by
   and by.  To ask the database instead may take seconds when it hangs. */
static bool
followed(way_t *way)
{
    apr_time_t now = gov_now(way->ctx->ctx.clock);

    return now - gov_cache_fed_at(way->host->cache) < FEED_FRESH
        || (!way->host->watcher && gov_store_alive(way->host->store));
}

static gov_err_t *
answer_route(way_t *way)
{
    gov_entry_t *stale = NULL;
    gov_err_t *err;
    bool mine = false;

    if (is_fresh(way)) {
        apr_table_setn(way->answer->headers, "Cache-Control", "no-store");
        return handle(way);
    }
    if (!way->host->config->page_cache)
        return handle(way);
    make_key(way, way->match->route->params);
    if (look(way, &stale)) {
        if (!followed(way))
            mark_stale(way->answer);
        return NULL;
    }
    gov_cache_lock(&mine, way->host->cache, way->key, way->key_len,
                   RENDER_PATIENCE);
    /* also with the lock: another process may have rendered between our look and
       our lock */
    if (look(way, &stale))
        err = NULL;
    else
        err = handle(way);
    if (mine)
        gov_cache_unlock(way->host->cache, way->key, way->key_len);
    if (err && stale && err->code == GOV_E_UNAVAILABLE) {
        way->answer->entry = stale;
        way->answer->status = 200;
        mark_stale(way->answer);
        return NULL;
    }
    if (stale)
        gov_entry_release(stale);
    return err;
}

/* Without a site map, because there was no database since this process began:
   pages that are kept come all the same, and so do the looks' own files, for
   error pages would be naked without. */
static gov_err_t *
answer_blind(way_t *way, gov_err_t *why)
{
    static const char files[] = "/-/static/";
    gov_req_t *req = &way->match->req;
    bool fresh;

    if (way->host->config->page_cache) {
        make_key(way, way->host->params);
        gov_cache_find(&way->answer->entry, &fresh, way->host->cache, way->key,
                       way->key_len, gov_now(way->ctx->ctx.clock));
        if (way->answer->entry) {
            mark_stale(way->answer);
            return NULL;
        }
    }
    req->rest = req->path;
    if (strncmp(req->path, files, sizeof(files) - 1)
        || gov_host__match(way->match, way->host, NULL, req->method,
                           way->pool))
        return why;
    return handle(way);
}

/* The operator wants nothing but what is kept: the files of pages, and pages,
   however old. */
static gov_err_t *
answer_still(way_t *way)
{
    const char *path = way->match->req.path;
    bool fresh;

    if (!strncmp(path, "/-/static/", 10) || !strncmp(path, "/-/asset/", 9))
        return answer_route(way);
    if (way->host->config->page_cache) {
        make_key(way, way->match->route->params);
        gov_cache_find(&way->answer->entry, &fresh, way->host->cache, way->key,
                       way->key_len, gov_now(way->ctx->ctx.clock));
    }
    if (!way->answer->entry)
        return gov_err(GOV_E_UNAVAILABLE, NULL, way->pool,
                       "static only (govctl static): %s is not kept", path);
    if (!fresh)
        mark_stale(way->answer);
    return NULL;
}

/* What an old site map shows is as old as the site map, however late it is
   rendered. */
static void
settle_moment(way_t *way)
{
    gov_snapshot_t taken = way->ctx->scene->taken;

    way->ctx->snapshot.version = taken.version;
    if (gov_cache_moved(way->host->cache, "structure", taken)
        && taken.generation < way->ctx->snapshot.generation)
        way->ctx->snapshot.generation = taken.generation;
}

/* Where the address moved to, if anywhere: with a slash at the end, or as a
   redirect of the store says. */
static gov_err_t *
moved(way_t *way)
{
    const gov_site_t *site = way->ctx->ctx.site;
    const char *rest = way->match->req.rest, *target;
    gov_reply_t reply;
    gov_db_t *db;
    gov_err_t *err;

    memset(&reply, 0, sizeof(reply));
    if (rest[strlen(rest) - 1] != '/' && gov_column_at(site, rest + 1)) {
        gov_reply_redirect(&reply, gov_column_href(
                               gov_column_at(site, rest + 1),
                               way->ctx->ctx.lang, way->pool), true);
        return send_reply(way, &reply);
    }
    GOV_TRY(gov_store_borrow(&db, way->ctx->ctx.store, way->pool));
    err = gov_site_redirect(&target, db, site, way->ctx->ctx.lang, rest,
                            way->pool);
    gov_store_return(db);
    if (err)
        return err;
    if (!target)
        return gov_err(GOV_E_GONE, NULL, way->pool, "%s is gone", rest);
    /* paths in the table are inside the site */
    if (*target == '/' && strncmp(target, site->base_path,
                                  strlen(site->base_path)))
        target = apr_pstrcat(way->pool, site->base_path, target, NULL);
    gov_reply_redirect(&reply, target, true);
    return send_reply(way, &reply);
}

/* To the sign-in page, or to the step that a session waits at; back afterwards. */
static void
ask_to_sign_in(way_t *way)
{
    const gov_req_t *req = &way->match->req;
    const gov_ctx_t *ctx = &way->ctx->ctx;
    const char *to = gov_site_home(ctx->site, ctx->lang, way->pool);
    const char *from = req->query
        ? apr_pstrcat(way->pool, req->raw_path, "?", req->query, NULL)
        : req->raw_path;
    gov_reply_t reply;

    memset(&reply, 0, sizeof(reply));
    to = apr_pstrcat(way->pool, to, GOV_SIGN_IN, req->session
                     ? gov_session_step(req->session->step) : "", "?to=",
                     gov_url_encode(from, way->pool), NULL);
    apr_table_setn(way->answer->headers, "Cache-Control", "no-store");
    gov_reply_redirect(&reply, to, false);
    send_reply(way, &reply);      /* of a redirect it cannot fail */
}

static const char *
public_code(gov_code_t code)
{
    /* "error.not-found" -> "not-found" */
    return gov_err_key(code) + sizeof("error.") - 1;
}

/* Nobody needs a thousand lines a second that say the same of one outage. */
static void
complain(way_t *way, const gov_err_t *err, int status)
{
    const gov_req_t *req = &way->match->req;
    const char *id = way->ctx->ctx.request_id;
    unsigned others = 0;
    const char *what;

    if (status == 503 && !gov_host__outage_tell(&others, way->host))
        return;
    what = apr_psprintf(way->pool, "[%s] %s %s%s", id ? id : "-", req->method,
                        req->host ? req->host : "-", req->raw_path);
    if (others)
        what = apr_psprintf(way->pool, "%s (and %u more)", what, others);
    gov_log_err(status == 503 ? GOV_LOG_WARNING : GOV_LOG_ERROR, 402, err, what);
}

static void
fail(way_t *way, const gov_err_t *err)
{
    const gov_req_t *req = &way->match->req;
    int status = gov_status_of(err->code);
    const char *code = public_code(err->code);
    gov_host__ctx_t *ctx = way->ctx;
    int wait = gov_limit_wait(err);
    bool arena;

    if (err->code == GOV_E_SIGN_IN && ctx->ctx.site
        && !strcmp(req->method, "GET")) {
        ask_to_sign_in(way);
        return;
    }
    if (wait)
        apr_table_setn(way->answer->headers, "Retry-After",
                       apr_itoa(way->pool, wait));
    if (err->code == GOV_E_NOT_FOUND && ctx->ctx.group && !ctx->ctx.site) {
        status = 421;             /* RFC 9110 15.5.20 */
        code = "misdirected";
    }
    if (status >= 500)
        complain(way, err, status);
    arena = gov_xml_arena_enter();
    gov_host__error(way->answer, way->host, ctx, req, status, code, way->pool);
    if (arena)
        gov_xml_arena_leave();
}

static void
begin(way_t *way, const gov_ask_t *ask)
{
    gov_host__ctx_begin(way->ctx, way->host,
                        gov_actor_visitor(ask->address, way->pool), way->pool);
    way->ctx->ctx.request_id = ask->request_id;
}

void
gov_host_answer(gov_answer_t *answer, gov_host_t *host, const gov_ask_t *ask,
                apr_pool_t *pool)
{
    gov_host__match_t *match = apr_pcalloc(pool, sizeof(*match));
    gov_host__ctx_t *ctx = apr_pcalloc(pool, sizeof(*ctx));
    way_t way = { host, ctx, match, NULL, 0, answer, pool };
    gov_err_t *err;

    memset(answer, 0, sizeof(*answer));
    answer->status = 200;
    answer->headers = apr_table_make(pool, 4);
    begin(&way, ask);
    err = gov_host__read(match, ask, pool);
    if (host->still && strcmp(ask->method, "GET")
        && strcmp(ask->method, "HEAD"))
        err = gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                      "static only (govctl static): no %s", ask->method);
    if (!err) {
        err = gov_host__scene(&ctx->scene, host, pool);
        if (err)
            err = answer_blind(&way, err);
    }
    if (!err && ctx->scene) {
        gov_host__see(ctx);
        settle_moment(&way);
        err = gov_host__enter(match, host, ctx, ask, pool);
        if (!err)
            err = host->still ? answer_still(&way) : answer_route(&way);
        if (err && err->code == GOV_E_NOT_FOUND && ctx->ctx.site
            && !host->still) {
            gov_err_t *other = moved(&way);

            if (!other || other->code != GOV_E_NOT_FOUND)
                err = other;
        }
    }
    if (err)
        fail(&way, err);
}

gov_err_t *
gov_host_model(const char **xml, gov_host_t *host, const gov_ask_t *ask,
               apr_pool_t *pool)
{
    gov_host__match_t *match = apr_pcalloc(pool, sizeof(*match));
    gov_host__ctx_t *ctx = apr_pcalloc(pool, sizeof(*ctx));
    way_t way = { host, ctx, match, NULL, 0, NULL, pool };
    gov_reply_t reply;

    begin(&way, ask);
    GOV_TRY(gov_host__read(match, ask, pool));
    GOV_TRY(gov_host__scene(&ctx->scene, host, pool));
    gov_host__see(ctx);
    GOV_TRY(gov_host__enter(match, host, ctx, ask, pool));
    memset(&reply, 0, sizeof(reply));
    GOV_TRY(match->route->route->handler(&reply, &ctx->ctx, &match->req, pool));
    if (reply.kind != GOV_REPLY_PAGE)
        return gov_err(GOV_E_UNSUPPORTED, NULL, pool,
                       "%s does not answer with a page",
                       match->route->route->path);
    *xml = gov_page_xml(reply.page, pool);
    return NULL;
}
