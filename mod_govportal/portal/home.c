/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* portal/home.c -- a site's home page, composed of its blocks. */

#include <string.h>

#include "gov_markup.h"
#include "portal_priv.h"

/* Paragraphs of a standing page shown in a block. */
#define EXCERPT 2

typedef struct home_t {
    gov_view_t *view;
    gov_ctx_t *ctx;
    gov_db_t *db;
    apr_hash_t *heads;            /* column's id -> gov_head_t */
    apr_hash_t *texts;            /* block's position -> gov_document_t */
    apr_pool_t *pool;
} home_t;

static const gov_head_t *
head_of(const home_t *home, const gov_column_t *column)
{
    return apr_hash_get(home->heads, &column->id, sizeof(column->id));
}

static const gov_column_t *
first_column(const gov_block_t *block)
{
    return block->columns->nelts
        ? APR_ARRAY_IDX(block->columns, 0, const gov_column_t *) : NULL;
}

static void
add_items(const home_t *home, gov_node_t *node, const gov_column_t *column,
          int max)
{
    const gov_head_t *head = head_of(home, column);

    if (head)
        gov_view_items(home->view, node, head->items, max);
}

/* A carousel without a picture would be an empty frame. */
static void
add_pictures(const home_t *home, gov_node_t *node, const gov_column_t *column,
             int max)
{
    const gov_head_t *head = head_of(home, column);
    int i;

    for (i = 0; head && i < head->items->nelts && max; i++) {
        const gov_item_t *item = &APR_ARRAY_IDX(head->items, i, gov_item_t);

        if (item->picture && item->width > 0) {
            gov_view_item(home->view, node, item);
            max--;
        }
    }
}

static void
add_tabs(const home_t *home, gov_node_t *node, const gov_block_t *block)
{
    int i;

    for (i = 0; i < block->columns->nelts; i++) {
        const gov_column_t *column =
            APR_ARRAY_IDX(block->columns, i, const gov_column_t *);
        gov_node_t *tab = gov_node_add(node, "tab");

        gov_node_set(tab, "name", gov_column_name(column, home->ctx->lang));
        gov_node_set(tab, "href", gov_view_href(
                         home->view, gov_column_href(column, home->ctx->lang,
                                                     home->pool)));
        add_items(home, tab, column, block->items);
    }
}

static bool
is(const char *a, const char *b)
{
    return !strcmp(a, b);
}

/* Service entries: one tab for each sub-column, or the column's own links. */
static void
add_services(const home_t *home, gov_node_t *node, const gov_block_t *block)
{
    const gov_column_t *column = first_column(block);
    int i;

    if (block->columns->nelts > 1) {
        add_tabs(home, node, block);
        return;
    }
    if (!column->children->nelts) {
        add_items(home, node, column, block->items);
        return;
    }
    for (i = 0; i < column->children->nelts; i++) {
        const gov_column_t *child =
            APR_ARRAY_IDX(column->children, i, const gov_column_t *);
        gov_node_t *tab = gov_node_add(node, "tab");

        gov_node_set(tab, "name", gov_column_name(child, home->ctx->lang));
        gov_node_set(tab, "href", gov_view_href(
                         home->view, gov_column_href(child, home->ctx->lang,
                                                     home->pool)));
        add_items(home, tab, child, block->items);
    }
}

static const gov_document_t *
text_of(const home_t *home, const gov_block_t *block)
{
    return apr_hash_get(home->texts, &block->position,
                        sizeof(block->position));
}

/* Nothing to show in this language: the block is left out. */
static bool
is_empty(const home_t *home, const gov_block_t *block)
{
    const gov_column_t *first = first_column(block);
    int i;

    if (is(block->kind, "text"))
        return !text_of(home, block);
    for (i = 0; i < block->columns->nelts; i++) {
        const gov_head_t *head = head_of(
            home, APR_ARRAY_IDX(block->columns, i, const gov_column_t *));

        if (head && head->items->nelts)
            return false;
    }
    for (i = 0; first && is(block->kind, "services")
                && i < first->children->nelts; i++) {
        const gov_head_t *head = head_of(
            home, APR_ARRAY_IDX(first->children, i, const gov_column_t *));

        if (head && head->items->nelts)
            return false;
    }
    return true;
}

/* --- what is read for the blocks that must be made --------------------------- */

static void
add_once(apr_array_header_t *columns, const gov_column_t *column)
{
    int i;

    for (i = 0; i < columns->nelts; i++)
        if (APR_ARRAY_IDX(columns, i, const gov_column_t *) == column)
            return;
    APR_ARRAY_PUSH(columns, const gov_column_t *) = column;
}

/* Every column that the block shows. */
static void
need(apr_array_header_t *columns, const gov_block_t *block)
{
    const gov_column_t *first = first_column(block);
    int i;

    for (i = 0; i < block->columns->nelts; i++)
        add_once(columns, APR_ARRAY_IDX(block->columns, i,
                                        const gov_column_t *));
    for (i = 0; first && is(block->kind, "services")
                && i < first->children->nelts; i++)
        add_once(columns, APR_ARRAY_IDX(first->children, i,
                                        const gov_column_t *));
}

/* A block with a column of this site; search has no page yet. */
static bool
shows(const gov_block_t *block)
{
    return first_column(block) && !is(block->kind, "search");
}

static const char *
ref_of(const home_t *home, const gov_block_t *block)
{
    return apr_psprintf(home->pool, "b%d", block->position);
}

static gov_err_t *
read_text(home_t *home, const gov_block_t *block)
{
    const gov_document_t *doc;
    gov_err_t *err = gov_document_single(&doc, home->db, first_column(block),
                                         home->ctx->lang, home->pool);

    if (!err)
        apr_hash_set(home->texts, &block->position, sizeof(block->position),
                     doc);
    return err && err->code != GOV_E_NOT_FOUND ? err : NULL;
}

/* The heads of all their columns in one statement, or a few where a home page has
   very many. */
static gov_err_t *
read_all(home_t *home)
{
    const gov_site_t *site = home->ctx->site;
    apr_array_header_t *columns = apr_array_make(home->pool, 16,
                                                 sizeof(const gov_column_t *));
    int i, most = 1;

    for (i = 0; i < site->blocks->nelts; i++) {
        const gov_block_t *block = &APR_ARRAY_IDX(site->blocks, i, gov_block_t);

        if (!shows(block)
            || gov_view_has_part(home->view, "block", ref_of(home, block)))
            continue;
        if (is(block->kind, "text")) {
            GOV_TRY(read_text(home, block));
            continue;
        }
        need(columns, block);
        if (block->items > most)
            most = block->items;
        /* carousels pass over entries without picture */
        if (is(block->kind, "carousel"))
            most = GOV_HEAD_ITEMS;
    }
    home->heads = apr_hash_make(home->pool);
    while (columns->nelts) {
        apr_array_header_t some = *columns;
        apr_hash_t *heads;

        if (some.nelts > GOV_HEADS_MAX)
            some.nelts = GOV_HEADS_MAX;
        GOV_TRY(gov_heads(&heads, home->db, site, &some, most, home->ctx->lang,
                          home->pool));
        home->heads = apr_hash_overlay(home->pool, heads, home->heads);
        columns->elts += (apr_size_t)(some.nelts * columns->elt_size);
        columns->nelts -= some.nelts;
    }
    return NULL;
}

/* --- one block, made by itself ------------------------------------------------ */

typedef struct make_t {
    home_t *home;
    const gov_block_t *block;
} make_t;

static void
add_text(const home_t *home, gov_page_t *page, gov_node_t *node,
         const gov_block_t *block, const char *ref)
{
    const gov_document_t *doc = text_of(home, block);

    gov_page_tag(page, "document:%" APR_INT64_T_FMT, doc->id);
    if (doc->body)
        gov_node_markup(page, node, ref,
                        gov_markup_excerpt(doc->body, EXCERPT, home->pool));
}

/* How tall the block is, in rows of a list: themes balance their columns by it. */
static int
rows_of(const home_t *home, const gov_block_t *block)
{
    const gov_column_t *first = first_column(block);
    const gov_head_t *head;

    if (is(block->kind, "text"))
        return 5;
    if (is(block->kind, "services") && first->children->nelts)
        first = APR_ARRAY_IDX(first->children, 0, const gov_column_t *);
    head = head_of(home, first);
    if (!head)
        return 0;
    return head->items->nelts < block->items ? head->items->nelts
                                             : block->items;
}

static gov_err_t *
make_block(gov_page_t *page, gov_node_t *root, const char **note, void *baton)
{
    make_t *make = baton;
    home_t *home = make->home;
    const gov_block_t *block = make->block;
    const gov_column_t *column = first_column(block);
    apr_array_header_t *columns = apr_array_make(home->pool, 8,
                                                 sizeof(const gov_column_t *));
    const char *title = is(home->ctx->lang, "en") ? block->title_en
                                                  : block->title;
    const char *ref = ref_of(home, block);
    gov_node_t *node;
    int i;

    need(columns, block);
    for (i = 0; i < columns->nelts; i++)
        gov_page_tag(page, "column:%" APR_INT64_T_FMT,
                     APR_ARRAY_IDX(columns, i, const gov_column_t *)->id);
    *note = "0";
    if (is_empty(home, block))
        return NULL;
    *note = apr_itoa(home->pool, rows_of(home, block));
    node = gov_node_add(root, "block");
    gov_node_set(node, "area", block->area);
    gov_node_set(node, "id", ref);
    gov_node_set(node, "kind", block->kind);
    gov_node_set(node, "title",
                 title ? title : gov_column_name(column, home->ctx->lang));
    if (block->columns->nelts == 1)
        gov_node_set(node, "href", gov_view_href(
                         home->view, gov_column_href(column, home->ctx->lang,
                                                     home->pool)));
    gov_node_set(node, "style", block->style);
    if (is(block->kind, "carousel"))
        add_pictures(home, node, column, block->items);
    else if (is(block->kind, "tabs"))
        add_tabs(home, node, block);
    else if (is(block->kind, "services"))
        add_services(home, node, block);
    else if (is(block->kind, "text"))
        add_text(home, page, node, block, ref);
    else
        add_items(home, node, column, block->items);
    return NULL;
}

/* The block as the home page has it: where it stands, and its made inside. */
static gov_err_t *
add_block(home_t *home, gov_node_t *root, const gov_block_t *block)
{
    const char *ref = ref_of(home, block);
    make_t make = { home, block };
    const char *html, *rows;
    gov_node_t *node;

    GOV_TRY(gov_view_part(&html, &rows, home->view, "block", ref, make_block,
                          &make));
    if (is(rows, "0"))
        return NULL;
    node = gov_node_add(root, "block");
    gov_node_set(node, "area", block->area);
    gov_node_set(node, "id", ref);
    gov_node_set(node, "kind", block->kind);
    gov_node_set(node, "style", block->style);
    gov_node_set(node, "rows", rows);
    gov_node_markup(gov_view_page(home->view), node, ref, html);
    return NULL;
}

static gov_json_t *
organization(gov_ctx_t *ctx, apr_pool_t *pool)
{
    const gov_site_t *site = ctx->site;
    gov_json_t *thing = gov_json_object(pool);
    const gov_site_lang_t *lang =
        gov_site_lang(site, gov_site_source_lang(site, ctx->lang));

    gov_json_set(thing, "@type", "GovernmentOrganization");
    gov_json_set(thing, "name", lang->legal_name);
    gov_json_set(thing, "url", apr_pstrcat(
                     pool, gov_site_origin(site, pool),
                     gov_site_home(site, ctx->lang, pool), NULL));
    gov_json_set(thing, "telephone", lang->phone);
    gov_json_set(thing, "email", site->email);
    gov_json_set(thing, "address", lang->address);
    if (site->logo_asset)
        gov_json_set(thing, "logo", apr_pstrcat(
                         pool, gov_site_origin(site, pool),
                         gov_asset_href(site->logo_asset, site->logo_name,
                                        pool), NULL));
    return thing;
}

static void
add_feeds(gov_view_t *view, gov_ctx_t *ctx, apr_pool_t *pool)
{
    const char *home = gov_site_home(ctx->site, ctx->lang, pool);
    const gov_site_lang_t *lang =
        gov_site_lang(ctx->site, gov_site_source_lang(ctx->site, ctx->lang));

    gov_view_rel(view, "alternate", apr_pstrcat(pool, home, "feed.atom", NULL),
                 "application/atom+xml", lang->title);
    gov_view_rel(view, "alternate", apr_pstrcat(pool, home, "feed.rss", NULL),
                 "application/rss+xml", lang->title);
    gov_view_rel(view, "alternate", apr_pstrcat(pool, home, "feed.json", NULL),
                 "application/feed+json", lang->title);
}

gov_err_t *
gov_portal__home(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                 apr_pool_t *pool)
{
    const gov_site_t *site = ctx->site;
    const gov_site_lang_t *lang =
        gov_site_lang(site, gov_site_source_lang(site, ctx->lang));
    home_t home = { .ctx = ctx, .pool = pool };
    apr_array_header_t *columns = apr_array_make(pool, 16,
                                                 sizeof(const gov_column_t *));
    gov_page_t *page;
    gov_node_t *root;
    gov_err_t *err;
    int i;

    home.view = gov_view_create("home", ctx, req, pool);
    page = gov_view_page(home.view);
    gov_view_address(home.view, "/", NULL);
    gov_view_meta(home.view, "description", lang->description);
    gov_view_meta(home.view, "keywords", lang->keywords);
    gov_view_property(home.view, "og:title", lang->title);
    gov_view_property(home.view, "og:type", "website");
    gov_view_jsonld(home.view, organization(ctx, pool));
    add_feeds(home.view, ctx, pool);
    for (i = 0; i < site->blocks->nelts; i++)
        need(columns, &APR_ARRAY_IDX(site->blocks, i, gov_block_t));
    for (i = 0; i < columns->nelts; i++)
        gov_page_tag(page, "column:%" APR_INT64_T_FMT,
                     APR_ARRAY_IDX(columns, i, const gov_column_t *)->id);
    root = gov_view_body(home.view);

    home.texts = apr_hash_make(pool);
    GOV_TRY(gov_store_borrow(&home.db, ctx->store, pool));
    err = read_all(&home);
    gov_store_return(home.db);
    if (err)
        return err;
    for (i = 0; i < site->blocks->nelts; i++) {
        const gov_block_t *block = &APR_ARRAY_IDX(site->blocks, i, gov_block_t);

        if (shows(block))
            GOV_TRY(add_block(&home, root, block));
    }
    return gov_reply_page(reply, page);
}
