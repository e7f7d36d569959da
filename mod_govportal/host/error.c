/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/error.c -- error pages. */

#include <string.h>

#include "host_priv.h"

/* Where nothing can be rendered any more; no words, so no language. */
static void
bare(gov_answer_t *answer, int status, apr_pool_t *pool)
{
    answer->content_type = "text/plain; charset=utf-8";
    answer->bytes.data = apr_psprintf(pool, "%d\n", status);
    answer->bytes.len = strlen(answer->bytes.data);
}

/* A page without a site: unknown hosts, and before the site map was ever read. */
static gov_page_t *
without_site(gov_looks_t *looks, const gov_req_t *req, const char *name,
             apr_pool_t *pool)
{
    gov_page_t *page = gov_page_create("error", pool);
    gov_node_t *root = gov_page_root(page);

    gov_node_set(root, "lang", "zh-CN");
    gov_node_set(root, "dir", "ltr");
    gov_node_set(root, "view", req->view);
    gov_node_set(root, "grey", "no");
    gov_node_set(root, "base", "/");
    gov_node_set(root, "static", apr_pstrcat(pool, "/-/static/",
                                             gov_looks_version(looks), NULL));
    gov_node_text(gov_node_add(root, "title"), name);
    return page;
}

/* Where somebody guesses addresses by the thousand, each answer is the same page:
   it names neither the address nor the request, and is kept like any page. */
static const char *
shared_key(const gov_host__ctx_t *ctx, const gov_req_t *req, int status,
           apr_pool_t *pool)
{
    if (status != 404 || !ctx || !ctx->ctx.site || !ctx->host->config->page_cache)
        return NULL;
    return apr_pstrcat(pool, "!404\n", ctx->ctx.site->slug, "\n",
                       ctx->ctx.lang, "\n", req->view, NULL);
}

static bool
send_shared(gov_answer_t *answer, gov_host__ctx_t *ctx, const char *key)
{
    gov_entry_t *entry;
    bool fresh;

    gov_cache_find(&entry, &fresh, ctx->host->cache, key, strlen(key),
                   gov_now(ctx->ctx.clock));
    if (entry && !fresh) {
        gov_entry_release(entry);
        entry = NULL;
    }
    answer->entry = entry;
    return entry != NULL;
}

static void
keep_shared(gov_answer_t *answer, gov_host__ctx_t *ctx, const char *key,
            gov_bytes_t html, gov_page_t *page, apr_pool_t *pool)
{
    gov_stored_t stored;

    memset(&stored, 0, sizeof(stored));
    stored.key = key;
    stored.status = answer->status;
    stored.content_type = answer->content_type;
    stored.headers = "";
    stored.body = html;
    stored.until = gov_page_valid_until(page);
    stored.tags = gov_page_tags(page);
    if (gov_cache_put(&answer->entry, ctx->host->cache, &stored,
                      ctx->scene->taken, pool))
        answer->entry = NULL;     /* the bytes are sent all the same */
}

/* The error page's model in the site's clothes. */
static gov_page_t *
with_site(gov_node_t **root, gov_host__ctx_t *ctx, const gov_req_t *req,
          const char *name, apr_pool_t *pool)
{
    gov_view_t *view = gov_view_create("error", &ctx->ctx, req, pool);

    gov_view_name(view, name);
    gov_view_crumb(view, name, NULL);
    *root = gov_view_body(view);
    return gov_view_page(view);
}

static void
add_headers(gov_answer_t *answer, const gov_req_t *req, int status)
{
    const char *allow = ((const gov_host__match_t *)req)->allow;

    if (status == 503)
        apr_table_setn(answer->headers, "Retry-After", "10");
    if (status == 405)
        apr_table_setn(answer->headers, "Allow",
                       allow && !strcmp(allow, "POST") ? allow : "GET, HEAD");
    apr_table_setn(answer->headers, "Cache-Control", "no-store");
}

/* The present looks where there is no scene to hold them. */
static gov_host__looks_t *
hold_looks(gov_host_t *host)
{
    gov_host__looks_t *looks;

    apr_thread_mutex_lock(host->lock);
    looks = host->looks;
    __atomic_add_fetch(&looks->refs, 1, __ATOMIC_ACQ_REL);
    apr_thread_mutex_unlock(host->lock);
    return looks;
}

static gov_err_t *
render(gov_answer_t *answer, gov_looks_t *looks, gov_host__ctx_t *ctx,
       const gov_req_t *req, int status, const char *code, const char *shared,
       apr_pool_t *pool)
{
    const gov_site_t *site = ctx->ctx.site;
    const apr_array_header_t *fragments = NULL;
    const char *theme = site ? site->theme : "portal";
    const char *name = gov_looks_word(looks, ctx->ctx.lang,
                                      apr_psprintf(pool, "error.%d", status));
    gov_bytes_t html;
    gov_page_t *page;
    gov_node_t *node;

    if (!name)
        name = code;
    if (site) {
        page = with_site(&node, ctx, req, name, pool);
        GOV_TRY(gov_host__frame(&fragments, &ctx->ctx, req->view, "", pool));
    }
    else {
        page = without_site(looks, req, name, pool);
        node = gov_page_root(page);
    }
    node = gov_node_add(node, "error");
    gov_node_set_int(node, "status", status);
    gov_node_set(node, "code", code);
    if (!shared)
        gov_node_set(node, "request", ctx->ctx.request_id);
    if (site)
        gov_node_set(node, "sitemap", gov_host__with_view(
                         apr_pstrcat(pool, gov_site_home(site, ctx->ctx.lang,
                                                         pool),
                                     "sitemap.html", NULL), req->view, pool));
    GOV_TRY(gov_render(&html, looks, theme, ctx->ctx.lang, page, fragments,
                       NULL, pool));
    answer->content_type = "text/html; charset=utf-8";
    answer->bytes = html;
    if (shared)
        keep_shared(answer, ctx, shared, html, page, pool);
    return NULL;
}

void
gov_host__error(gov_answer_t *answer, gov_host_t *host, gov_host__ctx_t *ctx,
                const gov_req_t *req, int status, const char *code,
                apr_pool_t *pool)
{
    const char *shared = shared_key(ctx, req, status, pool);
    gov_host__looks_t *held = NULL;
    gov_err_t *err;

    answer->status = status;
    add_headers(answer, req, status);
    if (shared && send_shared(answer, ctx, shared))
        return;
    if (!ctx->scene)
        held = hold_looks(host);
    err = render(answer, held ? held->looks : ctx->scene->looks->looks, ctx,
                 req, status, code, shared, pool);
    if (err) {
        gov_log_err(GOV_LOG_ERROR, 401, err, "an error page");
        bare(answer, status, pool);
    }
    if (held)
        gov_host__looks_release(held);
}
