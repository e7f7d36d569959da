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
without_site(gov_host_t *host, gov_looks_t *looks, const gov_req_t *req,
             const char *name, apr_pool_t *pool)
{
    gov_page_t *page = gov_page_create("error", pool);
    gov_node_t *root = gov_page_root(page);

    (void)host;
    gov_node_set(root, "lang", "zh-CN");
    gov_node_set(root, "dir", "ltr");
    gov_node_set(root, "view", req ? req->view : "standard");
    gov_node_set(root, "grey", "no");
    gov_node_set(root, "base", "/");
    gov_node_set(root, "static", apr_pstrcat(pool, "/-/static/",
                                             gov_looks_version(looks), NULL));
    gov_node_text(gov_node_add(root, "title"), name);
    return page;
}

void
gov_host__error(gov_answer_t *answer, gov_host_t *host, gov_host__ctx_t *ctx,
                const gov_req_t *req, int status, const char *code,
                apr_pool_t *pool)
{
    gov_host__looks_t *held = NULL;
    const apr_array_header_t *fragments = NULL;
    const char *theme = "portal", *lang = "zh-CN", *name;
    const char *key = apr_psprintf(pool, "error.%d", status);
    gov_looks_t *looks;
    gov_bytes_t html;
    gov_page_t *page;
    gov_node_t *node;
    gov_err_t *err = NULL;

    answer->status = status;
    if (ctx && ctx->scene)
        looks = ctx->scene->looks->looks;
    else {
        apr_thread_mutex_lock(host->lock);
        held = host->looks;
        __atomic_add_fetch(&held->refs, 1, __ATOMIC_ACQ_REL);
        apr_thread_mutex_unlock(host->lock);
        looks = held->looks;
    }
    if (ctx && ctx->ctx.site) {
        gov_view_t *view;

        lang = ctx->ctx.lang;
        theme = ctx->ctx.site->theme;
        view = gov_view_create("error", &ctx->ctx, req, pool);
        name = gov_looks_word(looks, lang, key);
        gov_view_name(view, name ? name : code);
        gov_view_crumb(view, name ? name : code, NULL);
        node = gov_view_body(view);
        page = gov_view_page(view);
        err = gov_host__frame(&fragments, &ctx->ctx, req->view, "", pool);
    }
    else {
        name = gov_looks_word(looks, lang, key);
        page = without_site(host, looks, req, name ? name : code, pool);
        node = gov_page_root(page);
    }
    node = gov_node_add(node, "error");
    gov_node_set_int(node, "status", status);
    gov_node_set(node, "code", code);
    if (ctx) {
        gov_node_set(node, "request", ctx->ctx.request_id);
        if (ctx->ctx.site)
            gov_node_set(node, "sitemap", apr_pstrcat(
                             pool, gov_site_home(ctx->ctx.site, lang, pool),
                             "sitemap.html", NULL));
    }
    if (!err)
        err = gov_render(&html, looks, theme, lang, page, fragments, NULL,
                         pool);
    if (err) {
        gov_log_err(GOV_LOG_ERROR, 401, err, "an error page");
        bare(answer, status, pool);
    }
    else {
        answer->content_type = "text/html; charset=utf-8";
        answer->bytes = html;
    }
    if (status == 503)
        apr_table_setn(answer->headers, "Retry-After", "10");
    if (status == 405)
        apr_table_setn(answer->headers, "Allow", "GET, HEAD");
    apr_table_setn(answer->headers, "Cache-Control", "no-store");
    if (held)
        gov_host__looks_release(held);
}
