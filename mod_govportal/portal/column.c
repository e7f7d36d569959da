/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* portal/column.c -- column pages: lists, overviews of sub-columns. */

#include <stdlib.h>
#include <string.h>

#include "portal_priv.h"

/* Entries of each child on the page of a parent column. */
#define SECTION_ITEMS 6
/* Page numbers shown around the present one. */
#define PAGER_REACH 3

typedef struct list_page_t {
    gov_view_t *view;
    gov_ctx_t *ctx;
    const gov_column_t *column;
    apr_pool_t *pool;
} list_page_t;

static const char *
page_href(const list_page_t *p, int page, const gov_list_t *list)
{
    const char *base = gov_column_href(p->column, p->ctx->lang, p->pool);

    /* the newest page lives at the column's own address */
    if (page >= list->pages)
        return gov_view_href(p->view, base);
    return gov_view_href(p->view, apr_psprintf(p->pool, "%spage-%d.html", base,
                                               page));
}

static void
add_pager(const list_page_t *p, gov_node_t *node, const gov_list_t *list,
          bool at_front)
{
    int page = at_front ? list->pages : list->page, from, to, n;
    /* the front may have swallowed the page before the newest */
    int older = (at_front ? list->page : page) - 1;
    gov_node_t *pager;

    if (list->pages < 2)
        return;
    pager = gov_node_add(node, "pager");
    gov_node_set_int(pager, "page", page);
    gov_node_set_int(pager, "pages", list->pages);
    if (!at_front) {
        gov_node_set(pager, "newest", page_href(p, list->pages, list));
        gov_node_set(pager, "newer", page_href(p, page + 1, list));
    }
    if (older >= 1) {
        gov_node_set(pager, "older", page_href(p, older, list));
        gov_node_set(pager, "oldest", page_href(p, 1, list));
    }
    to = page + PAGER_REACH < list->pages ? page + PAGER_REACH : list->pages;
    from = page - PAGER_REACH > 1 ? page - PAGER_REACH : 1;
    for (n = to; n >= from; n--) {
        gov_node_t *at = gov_node_add(pager, "page");

        gov_node_set_int(at, "n", n);
        gov_node_set(at, "href", page_href(p, n, list));
        gov_node_set(at, "current", n == page ? "yes" : "no");
    }
}

/* Sub-columns; a leaf shows its siblings so that readers can move sideways. */
static void
add_children(const list_page_t *p, gov_node_t *node)
{
    const char *source = gov_site_source_lang(p->ctx->site, p->ctx->lang);
    const gov_column_t *of = p->column->children->nelts ? p->column
                                                        : p->column->parent;
    int i;

    for (i = 0; of && i < of->children->nelts; i++) {
        const gov_column_t *child =
            APR_ARRAY_IDX(of->children, i, const gov_column_t *);
        gov_node_t *at = gov_node_add(node, "child");
        const char *description = apr_hash_get(child->descriptions, source,
                                               APR_HASH_KEY_STRING);

        gov_node_set(at, "name", gov_column_name(child, p->ctx->lang));
        gov_node_set(at, "href", gov_view_href(
                         p->view, gov_column_href(child, p->ctx->lang,
                                                  p->pool)));
        gov_node_set(at, "current", child == p->column ? "yes" : "no");
        if (of == p->column)
            gov_node_set(at, "description", description);
    }
}

static gov_err_t *
add_sections(const list_page_t *p, gov_node_t *node, apr_hash_t *heads)
{
    int i;

    for (i = 0; i < p->column->children->nelts; i++) {
        const gov_column_t *child =
            APR_ARRAY_IDX(p->column->children, i, const gov_column_t *);
        const gov_head_t *head = apr_hash_get(heads, &child->id,
                                              sizeof(child->id));
        gov_node_t *section;

        if (!head || !head->items->nelts)
            continue;
        section = gov_node_add(node, "section");
        gov_node_set(section, "name", gov_column_name(child, p->ctx->lang));
        gov_node_set(section, "href", gov_view_href(
                         p->view, gov_column_href(child, p->ctx->lang,
                                                  p->pool)));
        if (child->type)
            gov_node_set(section, "list", child->type->list);
        gov_view_items(p->view, section, head->items, SECTION_ITEMS);
    }
    return NULL;
}

static gov_node_t *
begin(const list_page_t *p, const char *rest)
{
    const gov_column_t *column = p->column;
    const char *source = gov_site_source_lang(p->ctx->site, p->ctx->lang);
    const char *href = gov_column_href(column, p->ctx->lang, p->pool);
    const char *description = apr_hash_get(column->descriptions, source,
                                           APR_HASH_KEY_STRING);
    const char *name = gov_column_name(column, p->ctx->lang);
    gov_page_t *page = gov_view_page(p->view);
    gov_node_t *node;

    gov_page_tag(page, "column:%" APR_INT64_T_FMT, column->id);
    gov_view_name(p->view, name);
    gov_view_column(p->view, column);
    gov_view_address(p->view, rest, NULL);
    gov_view_meta(p->view, "description", description);
    gov_view_property(p->view, "og:title", name);
    gov_view_rel(p->view, "alternate",
                 apr_pstrcat(p->pool, href, "feed.atom", NULL),
                 "application/atom+xml", name);
    gov_view_rel(p->view, "alternate",
                 apr_pstrcat(p->pool, href, "feed.rss", NULL),
                 "application/rss+xml", name);
    gov_view_rel(p->view, "alternate",
                 apr_pstrcat(p->pool, href, "feed.json", NULL),
                 "application/feed+json", name);
    node = gov_node_add(gov_view_body(p->view), "column");
    gov_node_set(node, "name", name);
    gov_node_set(node, "href", gov_view_href(p->view, href));
    gov_node_set(node, "description", description);
    gov_node_set(node, "list", column->type ? column->type->list : "plain");
    gov_node_set(node, "feed", apr_pstrcat(p->pool, href, "feed.atom", NULL));
    add_children(p, node);
    return node;
}

static gov_err_t *
show(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req, int page,
     apr_pool_t *pool)
{
    const gov_column_t *column = gov_req_column(req);
    list_page_t p = { NULL, ctx, column, pool };
    apr_hash_t *heads = NULL;
    const char *rest;
    gov_list_t list;
    gov_node_t *node;
    gov_db_t *db;
    gov_err_t *err;
    int i;

    GOV_TRY(gov_store_borrow(&db, ctx->store, pool));
    if (!page && column->type && column->type->single) {
        const gov_document_t *doc;

        err = gov_document_single(&doc, db, column, ctx->lang, pool);
        if (!err) {
            err = gov_portal__show(reply, ctx, req, db, doc, column,
                                   apr_pstrcat(pool, "/", column->path, "/",
                                               NULL), NULL, pool);
            gov_store_return(db);
            return err;
        }
        if (err->code != GOV_E_NOT_FOUND) {
            gov_store_return(db);
            return err;
        }
    }
    err = gov_column_list(&list, db, column, page, ctx->lang, pool);
    if (!err && column->children->nelts && !page)
        err = gov_heads(&heads, db, ctx->site, column->children,
                        SECTION_ITEMS, ctx->lang, pool);
    gov_store_return(db);
    if (err)
        return err;
    if (page && page >= list.pages)
        return gov_reply_redirect(reply, gov_column_href(column, ctx->lang,
                                                         pool), false);
    p.view = gov_view_create("column", ctx, req, pool);
    rest = page ? apr_psprintf(pool, "/%s/page-%d.html", column->path, page)
                : apr_pstrcat(pool, "/", column->path, "/", NULL);
    if (page)
        gov_view_rel(p.view, "prev", page_href(&p, page + 1, &list), NULL,
                     NULL);
    if (list.pages > 1 && list.page > 1)
        gov_view_rel(p.view, "next", page_href(&p, list.page - 1, &list),
                     NULL, NULL);
    node = begin(&p, rest);
    GOV_TRY(gov_host_decorate_column(p.view, node, ctx, column, pool));
    if (list.items->nelts || !column->children->nelts) {
        gov_node_t *out = gov_node_add(node, "list");

        gov_view_items(p.view, out, list.items, list.items->nelts);
    }
    if (heads) {
        for (i = 0; i < column->children->nelts; i++)
            gov_page_tag(gov_view_page(p.view), "column:%" APR_INT64_T_FMT,
                         APR_ARRAY_IDX(column->children, i,
                                       const gov_column_t *)->id);
        GOV_TRY(add_sections(&p, node, heads));
    }
    add_pager(&p, node, &list, !page);
    return gov_reply_page(reply, gov_view_page(p.view));
}

gov_err_t *
gov_portal__column(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                   apr_pool_t *pool)
{
    return show(reply, ctx, req, 0, pool);
}

gov_err_t *
gov_portal__column_page(gov_reply_t *reply, gov_ctx_t *ctx,
                        const gov_req_t *req, apr_pool_t *pool)
{
    const char *n = gov_req_part(req, "n");

    if (strlen(n) > 8)
        return gov_err(GOV_E_NOT_FOUND, NULL, pool, "page %s", n);
    return show(reply, ctx, req, atoi(n), pool);
}
