/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* portal/sitemap.c -- the site map for readers, and sitemap.xml (sitemaps.org
   0.9) for machines. */

#include <stdlib.h>
#include <string.h>

#include "gov_xml.h"
#include "portal_priv.h"

/* Addresses in one part; the standard allows 50,000. */
#define PART 10000
#define SLICE 1000

static void
add_tree(gov_view_t *view, gov_ctx_t *ctx, gov_node_t *parent,
         const apr_array_header_t *columns, apr_pool_t *pool)
{
    int i;

    for (i = 0; i < columns->nelts; i++) {
        const gov_column_t *column =
            APR_ARRAY_IDX(columns, i, const gov_column_t *);
        gov_node_t *node = gov_node_add(parent, "node");

        gov_node_set(node, "name", gov_column_name(column, ctx->lang));
        gov_node_set(node, "href", gov_view_href(
                         view, gov_column_href(column, ctx->lang, pool)));
        add_tree(view, ctx, node, column->children, pool);
    }
}

gov_err_t *
gov_portal__sitemap_page(gov_reply_t *reply, gov_ctx_t *ctx,
                         const gov_req_t *req, apr_pool_t *pool)
{
    gov_view_t *view = gov_view_create("sitemap", ctx, req, pool);
    const char *name = gov_word(ctx, "sitemap.title");
    gov_node_t *root;

    gov_view_name(view, name);
    gov_view_crumb(view, name, NULL);
    gov_view_address(view, "/sitemap.html", NULL);
    root = gov_view_body(view);
    add_tree(view, ctx, gov_node_add(root, "tree"), ctx->site->columns, pool);
    gov_view_sites(root, ctx, req->view, pool);
    return gov_reply_page(reply, gov_view_page(view));
}

static gov_err_t *
finish(gov_reply_t *reply, gov_ctx_t *ctx, gov_buf_t *out, apr_pool_t *pool)
{
    gov_bytes_t bytes = { out->data, out->len };

    gov_reply_tag(reply, pool, "structure");
    gov_reply_tag(reply, pool, "docs:%" APR_INT64_T_FMT, ctx->site->id);
    return gov_reply_bytes(reply, "application/xml; charset=utf-8", bytes);
}

static void
url(gov_xmlw_t *w, const char *address, apr_time_t modified, apr_pool_t *pool)
{
    gov_xmlw_open(w, "url");
    gov_xmlw_leaf(w, "loc", address);
    if (modified)
        gov_xmlw_leaf(w, "lastmod", gov_time_rfc3339(modified, pool));
    gov_xmlw_close(w);
}

static void
add_columns(gov_xmlw_t *w, gov_ctx_t *ctx, const char *origin,
            const apr_array_header_t *columns, apr_pool_t *pool)
{
    int i;

    for (i = 0; i < columns->nelts; i++) {
        const gov_column_t *column =
            APR_ARRAY_IDX(columns, i, const gov_column_t *);

        url(w, apr_pstrcat(pool, origin,
                           gov_column_href(column, ctx->lang, pool), NULL),
            0, pool);
        add_columns(w, ctx, origin, column->children, pool);
    }
}

/* The address of the document's own page; none for links, which lead elsewhere, and
   single documents, whose column is listed. */
static const char *
address_of(gov_ctx_t *ctx, const gov_item_t *item, const char *origin,
           apr_pool_t *pool)
{
    const gov_column_t *column = gov_column_by_id(ctx->group, item->column);

    if (!column || !column->type || column->type->external
        || column->type->single)
        return NULL;
    return apr_pstrcat(pool, origin,
                       gov_document_href(column, item->document, ctx->lang,
                                         pool), NULL);
}

/* Part N: documents in order of id, found by walking in slices. */
static gov_err_t *
write_part(gov_buf_t *out, gov_ctx_t *ctx, int n, int *count, apr_pool_t *pool)
{
    const char *origin = gov_site_origin(ctx->site, pool);
    gov_xmlw_t *w = gov_xmlw_create(out, pool);
    apr_pool_t *iterpool;
    apr_int64_t last = 0;
    int seen = 0, from = (n - 1) * PART, i;
    gov_db_t *db;

    gov_buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    gov_xmlw_open(w, "urlset");
    gov_xmlw_attr(w, "xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
    if (n == 1) {
        url(w, apr_pstrcat(pool, origin, gov_site_home(ctx->site, ctx->lang,
                                                       pool), NULL), 0, pool);
        add_columns(w, ctx, origin, ctx->site->columns, pool);
    }
    apr_pool_create(&iterpool, pool);
    for (;;) {
        apr_array_header_t *items;
        gov_err_t *err;

        apr_pool_clear(iterpool);
        GOV_TRY(gov_store_borrow(&db, ctx->store, pool));
        err = gov_site_documents(&items, db, ctx->site, ctx->lang, last, SLICE,
                                 iterpool);
        gov_store_return(db);
        if (err)
            return gov_err_dup(err, pool);
        for (i = 0; i < items->nelts; i++, seen++) {
            const gov_item_t *item = &APR_ARRAY_IDX(items, i, gov_item_t);
            const char *address;

            last = item->document;
            if (seen < from || seen >= from + PART)
                continue;
            address = address_of(ctx, item, origin, iterpool);
            if (address)
                url(w, address, item->updated, iterpool);
        }
        if (items->nelts < SLICE || seen >= from + PART)
            break;
    }
    apr_pool_destroy(iterpool);
    gov_xmlw_close(w);
    *count = seen;
    return NULL;
}

/* One part while the site is small, else an index of parts. */
gov_err_t *
gov_portal__sitemap_xml(gov_reply_t *reply, gov_ctx_t *ctx,
                        const gov_req_t *req, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(64 * 1024, pool);
    apr_int64_t total;
    gov_xmlw_t *w;
    gov_db_t *db;
    gov_err_t *err;
    int n, count;

    (void)req;
    GOV_TRY(gov_store_borrow(&db, ctx->store, pool));
    err = gov_site_count(&total, db, ctx->site, ctx->lang, pool);
    gov_store_return(db);
    if (err)
        return err;
    if (total <= PART) {
        GOV_TRY(write_part(out, ctx, 1, &count, pool));
        return finish(reply, ctx, out, pool);
    }
    w = gov_xmlw_create(out, pool);
    gov_buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    gov_xmlw_open(w, "sitemapindex");
    gov_xmlw_attr(w, "xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
    for (n = 1; (apr_int64_t)(n - 1) * PART < total; n++) {
        gov_xmlw_open(w, "sitemap");
        gov_xmlw_leaf(w, "loc", apr_psprintf(
                          pool, "%s%ssitemap-%d.xml",
                          gov_site_origin(ctx->site, pool),
                          gov_site_home(ctx->site, ctx->lang, pool), n));
        gov_xmlw_close(w);
    }
    gov_xmlw_close(w);
    return finish(reply, ctx, out, pool);
}

gov_err_t *
gov_portal__sitemap_part(gov_reply_t *reply, gov_ctx_t *ctx,
                         const gov_req_t *req, apr_pool_t *pool)
{
    const char *part = gov_req_part(req, "n");
    gov_buf_t *out = gov_buf_create(64 * 1024, pool);
    int count, n;

    if (strlen(part) > 5)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "part %s", part);
    n = atoi(part);
    GOV_TRY(write_part(out, ctx, n, &count, pool));
    if (n > 1 && count <= (n - 1) * PART)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "part %d", n);
    return finish(reply, ctx, out, pool);
}
