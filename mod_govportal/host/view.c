/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/view.c -- what all page models share. */

#include <string.h>

#include "host_priv.h"

typedef struct pair_t {
    const char *name, *value;
} pair_t;

typedef struct rel_t {
    const char *rel, *href, *hreflang, *type, *title;
} rel_t;

struct gov_view_t {
    apr_pool_t *pool;
    gov_ctx_t *ctx;
    const gov_req_t *req;
    gov_page_t *page;
    const gov_column_t *column;
    const char *name, *rest;
    apr_array_header_t *metas, *properties, *crumbs; /* pair_t */
    apr_array_header_t *rels;     /* rel_t */
    apr_array_header_t *banners;  /* gov_banner_t * */
    const apr_array_header_t *langs;
    gov_json_t *graph;
    apr_hash_t *parts;            /* found by gov_view_has_part() */
};

gov_ctx_t *
gov_host__view_ctx(const gov_view_t *view)
{
    return view->ctx;
}

const char *
gov_host__view_view(const gov_view_t *view)
{
    return view->req->view;
}

apr_pool_t *
gov_host__view_pool(const gov_view_t *view)
{
    return view->pool;
}

apr_hash_t *
gov_host__view_parts(gov_view_t *view)
{
    if (!view->parts)
        view->parts = apr_hash_make(view->pool);
    return view->parts;
}

gov_view_t *
gov_view_create(const char *kind, gov_ctx_t *ctx, const gov_req_t *req,
                apr_pool_t *pool)
{
    gov_view_t *view = apr_pcalloc(pool, sizeof(*view));
    const gov_site_lang_t *lang = gov_site_lang(ctx->site, ctx->lang);
    apr_time_t changes;

    view->pool = pool;
    view->ctx = ctx;
    view->req = req;
    view->page = gov_page_create(kind, pool);
    view->metas = apr_array_make(pool, 16, sizeof(pair_t));
    view->properties = apr_array_make(pool, 8, sizeof(pair_t));
    view->crumbs = apr_array_make(pool, 6, sizeof(pair_t));
    view->rels = apr_array_make(pool, 12, sizeof(rel_t));
    view->graph = gov_json_array(pool);
    gov_page_tag(view->page, "structure");
    gov_site_is_grey(ctx->site, gov_now(ctx->clock), &changes);
    gov_page_until(view->page, changes);
    gov_page_until(view->page, gov_host__new_year(ctx));
    view->banners = gov_site_banners(ctx->site, gov_now(ctx->clock), &changes,
                                     pool);
    gov_page_until(view->page, changes);
    gov_view_crumb(view, lang->title ? lang->title : ctx->site->slug,
                   gov_site_home(ctx->site, ctx->lang, pool));
    return view;
}

gov_page_t *
gov_view_page(gov_view_t *view)
{
    return view->page;
}

void
gov_view_name(gov_view_t *view, const char *name)
{
    view->name = name;
}

static void
push(apr_array_header_t *list, const char *name, const char *value)
{
    pair_t *pair;

    if (!value || !*value)
        return;
    pair = apr_array_push(list);
    pair->name = name;
    pair->value = value;
}

void
gov_view_meta(gov_view_t *view, const char *name, const char *content)
{
    push(view->metas, name, content);
}

void
gov_view_property(gov_view_t *view, const char *name, const char *content)
{
    push(view->properties, name, content);
}

static void
add_rel(gov_view_t *view, const char *rel, const char *href,
        const char *hreflang, const char *type, const char *title)
{
    rel_t *entry = apr_array_push(view->rels);

    if (*href == '/')
        href = apr_pstrcat(view->pool, gov_site_origin(view->ctx->site,
                                                       view->pool), href, NULL);
    entry->rel = rel;
    entry->href = href;
    entry->hreflang = hreflang;
    entry->type = type;
    entry->title = title;
}

void
gov_view_rel(gov_view_t *view, const char *rel, const char *href,
             const char *type, const char *title)
{
    add_rel(view, rel, href, NULL, type, title);
}

void
gov_view_jsonld(gov_view_t *view, gov_json_t *thing)
{
    gov_json_add(view->graph, thing);
}

static void
crumbs_to(gov_view_t *view, const gov_column_t *column)
{
    if (column->parent)
        crumbs_to(view, column->parent);
    gov_view_crumb(view, gov_column_name(column, view->ctx->lang),
                   gov_column_href(column, view->ctx->lang, view->pool));
}

void
gov_view_column(gov_view_t *view, const gov_column_t *column)
{
    const gov_site_t *site = column->site;
    const char *source = gov_site_source_lang(site, view->ctx->lang);
    const char *first = APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t).lang;
    const char *description = apr_hash_get(column->descriptions, source,
                                           APR_HASH_KEY_STRING);

    /* the tag is a duty in every language */
    if (!description)
        description = apr_hash_get(column->descriptions, first,
                                   APR_HASH_KEY_STRING);
    if (!description)
        description = gov_column_name(column, view->ctx->lang);
    view->column = column;
    crumbs_to(view, column);
    gov_view_meta(view, "ColumnName",
                  gov_column_name(column, view->ctx->lang));
    gov_view_meta(view, "ColumnType", column->column_type
                  ? column->column_type
                  : column->type ? column->type->column_type : NULL);
    gov_view_meta(view, "ColumnDescription", description);
    gov_view_meta(view, "ColumnKeywords",
                  apr_hash_get(column->keywords, source, APR_HASH_KEY_STRING));
}

void
gov_view_crumb(gov_view_t *view, const char *name, const char *href)
{
    pair_t *pair = apr_array_push(view->crumbs);

    pair->name = name;
    pair->value = href;
}

void
gov_view_address(gov_view_t *view, const char *rest,
                 const apr_array_header_t *langs)
{
    view->rest = rest;
    view->langs = langs;
}

const char *
gov_host__with_view(const char *path, const char *view, apr_pool_t *pool)
{
    const char *hash;

    if (!strcmp(view, "standard"))
        return path;
    hash = strchr(path, '#');
    if (hash)
        path = apr_pstrmemdup(pool, path, (apr_size_t)(hash - path));
    return apr_pstrcat(pool, path, strchr(path, '?') ? "&view=" : "?view=",
                       view, hash ? hash : "", NULL);
}

const char *
gov_view_href(gov_view_t *view, const char *path)
{
    return gov_host__with_view(path, view->req->view, view->pool);
}

static bool
has_lang(const gov_view_t *view, const gov_site_lang_t *lang)
{
    const char *source = lang->derived_from ? lang->derived_from : lang->lang;
    int i;

    if (!view->langs)
        return true;
    for (i = 0; i < view->langs->nelts; i++)
        if (!strcmp(APR_ARRAY_IDX(view->langs, i, const char *), source))
            return true;
    return false;
}

static const char *
address_in(gov_view_t *view, const gov_site_lang_t *lang, const char *rest)
{
    return apr_pstrcat(view->pool, view->ctx->site->base_path, lang->prefix,
                       rest, NULL);
}

/* The languages' own names; data of the standard (BCP 47 tag to endonym), not
   words of a page. */
const char *
gov_host__endonym(const gov_ctx_t *ctx, const char *lang)
{
    gov_looks_t *looks = gov_host__scene_of(ctx)->looks->looks;
    const char *word = strcmp(lang, "zh-Hant")
        ? gov_looks_word(looks, lang, "language.self")
        : gov_looks_word(looks, "zh-CN", "language.zh-Hant");

    return word ? word : lang;
}

static void
write_switch(gov_view_t *view, gov_node_t *root)
{
    static const char *const views[] = { "standard", "elder", "text", "print",
                                         NULL };
    const apr_array_header_t *languages = view->ctx->site->languages;
    const gov_site_lang_t *here = gov_site_lang(view->ctx->site,
                                                view->ctx->lang);
    gov_node_t *node = gov_node_add(root, "switch");
    int i;

    for (i = 0; views[i]; i++) {
        gov_node_t *at = gov_node_add(node, "view");

        gov_node_set(at, "id", views[i]);
        gov_node_set(at, "href",
                     gov_host__with_view(address_in(view, here, view->rest),
                                         views[i], view->pool));
    }
    if (languages->nelts < 2)
        return;
    for (i = 0; i < languages->nelts; i++) {
        const gov_site_lang_t *lang =
            &APR_ARRAY_IDX(languages, i, gov_site_lang_t);
        bool there = has_lang(view, lang);
        gov_node_t *at = gov_node_add(node, "language");

        gov_node_set(at, "code", lang->lang);
        gov_node_set(at, "name", gov_host__endonym(view->ctx, lang->lang));
        gov_node_set(at, "href", gov_view_href(view, address_in(
                         view, lang, there ? view->rest : "/")));
        gov_node_set(at, "available", there ? "yes" : "no");
    }
}

/* Not part of the header, which is kept as long as the site map: a banner ends by
   the clock. */
static void
write_banners(gov_view_t *view, gov_node_t *root)
{
    const gov_ctx_t *ctx = view->ctx;
    const char *source = gov_site_source_lang(ctx->site, ctx->lang);
    int i;

    for (i = 0; i < view->banners->nelts; i++) {
        const gov_banner_t *banner = APR_ARRAY_IDX(view->banners, i,
                                                   gov_banner_t *);
        const gov_column_t *column = gov_column_by_id(ctx->group,
                                                      banner->column);
        const char *text = apr_hash_get(banner->texts, source,
                                        APR_HASH_KEY_STRING);
        const char *lang = text ? ctx->lang : banner->first;
        gov_node_t *node = gov_node_add(root, "banner");

        if (!text)
            text = apr_hash_get(banner->texts, lang, APR_HASH_KEY_STRING);
        gov_node_set_int(node, "id", banner->emergency);
        gov_node_set(node, "lang", lang);
        if (column) {
            const gov_site_lang_t *there = gov_site_lang(column->site,
                                                         ctx->lang);
            const char *href = gov_document_href(
                column, banner->document,
                there ? ctx->lang : gov_site_source_lang(column->site, ""),
                view->pool);

            gov_node_set(node, "href", gov_view_href(view, gov_href_between(
                             ctx->site, column->site, href, view->pool)));
        }
        gov_node_text(node, text);
    }
}

static void
write_rels(gov_view_t *view, gov_node_t *root)
{
    const apr_array_header_t *languages = view->ctx->site->languages;
    const gov_site_lang_t *here = gov_site_lang(view->ctx->site,
                                                view->ctx->lang);
    int i;

    if (view->rest) {
        add_rel(view, "canonical", address_in(view, here, view->rest), NULL,
                NULL, NULL);
        for (i = 0; languages->nelts > 1 && i < languages->nelts; i++) {
            const gov_site_lang_t *lang =
                &APR_ARRAY_IDX(languages, i, gov_site_lang_t);

            if (has_lang(view, lang))
                add_rel(view, "alternate", address_in(view, lang, view->rest),
                        lang->lang, NULL, NULL);
        }
    }
    for (i = 0; i < view->rels->nelts; i++) {
        const rel_t *rel = &APR_ARRAY_IDX(view->rels, i, rel_t);
        gov_node_t *node = gov_node_add(root, "rel");

        gov_node_set(node, "rel", rel->rel);
        gov_node_set(node, "href", rel->href);
        gov_node_set(node, "hreflang", rel->hreflang);
        gov_node_set(node, "type", rel->type);
        gov_node_set(node, "title", rel->title);
    }
}

static void
write_pairs(gov_node_t *root, const char *element,
            const apr_array_header_t *pairs)
{
    int i;

    for (i = 0; i < pairs->nelts; i++) {
        const pair_t *pair = &APR_ARRAY_IDX(pairs, i, pair_t);
        gov_node_t *node = gov_node_add(root, element);

        gov_node_set(node, "name", pair->name);
        gov_node_set(node, "content", pair->value);
    }
}

static gov_json_t *
breadcrumb_jsonld(gov_view_t *view)
{
    gov_json_t *list = gov_json_object(view->pool);
    gov_json_t *elements = gov_json_array(view->pool);
    const char *origin = gov_site_origin(view->ctx->site, view->pool);
    int i;

    gov_json_set(list, "@type", "BreadcrumbList");
    for (i = 0; i < view->crumbs->nelts; i++) {
        const pair_t *crumb = &APR_ARRAY_IDX(view->crumbs, i, pair_t);
        gov_json_t *element = gov_json_object(view->pool);

        gov_json_set(element, "@type", "ListItem");
        gov_json_set_int(element, "position", i + 1);
        gov_json_set(element, "name", crumb->name);
        if (crumb->value)
            gov_json_set(element, "item",
                         apr_pstrcat(view->pool, origin, crumb->value, NULL));
        gov_json_add(elements, element);
    }
    gov_json_put(list, "itemListElement", elements);
    return list;
}

static void
write_jsonld(gov_view_t *view, gov_node_t *root)
{
    gov_json_t *whole;

    if (view->crumbs->nelts > 1)
        gov_json_add(view->graph, breadcrumb_jsonld(view));
    if (!gov_json_count(view->graph))
        return;
    whole = gov_json_object(view->pool);
    gov_json_set(whole, "@context", "https://schema.org");
    gov_json_put(whole, "@graph", view->graph);
    gov_node_text(gov_node_add(root, "jsonld"),
                  gov_json_dump(whole, true, view->pool));
}

static const char *
title(gov_view_t *view, const gov_site_lang_t *lang)
{
    const char *site = lang->title ? lang->title : view->ctx->site->slug;
    const char *column = view->column
        ? gov_column_name(view->column, view->ctx->lang) : NULL;

    if (!view->name)
        return site;
    if (!column || !strcmp(column, view->name))
        return apr_pstrcat(view->pool, view->name, " - ", site, NULL);
    return apr_pstrcat(view->pool, view->name, " - ", column, " - ", site,
                       NULL);
}

gov_node_t *
gov_view_body(gov_view_t *view)
{
    gov_node_t *root = gov_page_root(view->page);
    const gov_site_t *site = view->ctx->site;
    const gov_site_lang_t *lang = gov_site_lang(site, view->ctx->lang);
    const gov_site_lang_t *source =
        gov_site_lang(site, gov_site_source_lang(site, view->ctx->lang));
    const gov_column_t *top = view->column;
    gov_node_t *crumbs;
    int i;

    if (!lang->title && source)
        lang = source;
    while (top && top->parent)
        top = top->parent;
    gov_page_set_section(view->page, top ? top->slug : "");
    gov_host__page_attributes(root, view->ctx, view->req->view, view->pool);
    gov_host__site_node(root, view->ctx, top ? top->slug : "",
                        view->req->view, view->pool);
    gov_node_text(gov_node_add(root, "title"), title(view, lang));
    {
        gov_node_t *node = gov_node_add(root, "meta");

        gov_node_set(node, "name", "SiteName");
        gov_node_set(node, "content", lang->title);
        node = gov_node_add(root, "meta");
        gov_node_set(node, "name", "SiteDomain");
        gov_node_set(node, "content", site->host);
        if (site->code) {
            node = gov_node_add(root, "meta");
            gov_node_set(node, "name", "SiteIDCode");
            gov_node_set(node, "content", site->code);
        }
    }
    write_pairs(root, "meta", view->metas);
    write_pairs(root, "property", view->properties);
    write_rels(view, root);
    write_jsonld(view, root);
    if (view->rest)
        write_switch(view, root);
    write_banners(view, root);
    crumbs = gov_node_add(root, "breadcrumb");
    for (i = 0; i < view->crumbs->nelts; i++) {
        const pair_t *crumb = &APR_ARRAY_IDX(view->crumbs, i, pair_t);
        gov_node_t *node = gov_node_add(crumbs, "item");

        gov_node_set(node, "name", crumb->name);
        if (crumb->value && i + 1 < view->crumbs->nelts)
            gov_node_set(node, "href", gov_view_href(view, crumb->value));
    }
    return root;
}

const char *
gov_asset_href(const char *asset, const char *name, apr_pool_t *pool)
{
    return apr_pstrcat(pool, "/-/asset/", asset, "/", name, NULL);
}

const char *
gov_size_text(apr_int64_t bytes, apr_pool_t *pool)
{
    if (bytes < 1024)
        return apr_psprintf(pool, "%d B", (int)bytes);
    if (bytes < 1024 * 1024)
        return apr_psprintf(pool, "%d KB", (int)((bytes + 512) / 1024));
    return apr_psprintf(pool, "%.1f MB", (double)bytes / (1024 * 1024));
}

const char *
gov_word(const gov_ctx_t *ctx, const char *key)
{
    const char *word = gov_looks_word(gov_host__scene_of(ctx)->looks->looks,
                                      ctx->lang, key);

    return word ? word : key;
}

const char *
gov_view_item_href(gov_view_t *view, const gov_item_t *item)
{
    const gov_site_t *here = view->ctx->site;
    const gov_column_t *column = gov_column_by_id(view->ctx->group,
                                                  item->column);
    const char *path, *lang = view->ctx->lang;

    if (item->url)
        return item->url;
    if (!column)
        return gov_site_home(here, lang, view->pool);
    /* another site may not have this language */
    if (!gov_site_lang(column->site, lang))
        lang = item->lang;
    path = gov_document_href(column, item->document, lang, view->pool);
    return gov_href_between(here, column->site, gov_view_href(view, path),
                            view->pool);
}

/* Is HOST of this site, or a neighbour in its domain: does what stands beside
   www.example.gov.cn end in .example.gov.cn? */
static bool
of_site(const gov_site_t *site, const char *host, apr_size_t len)
{
    const char *domain = strncmp(site->host, "www.", 4) ? NULL
                                                        : site->host + 3;
    apr_size_t tail = domain ? strlen(domain) : 0;

    if (strlen(site->host) == len && !strncmp(site->host, host, len))
        return true;
    return tail && len > tail && !strncmp(host + len - tail, domain, tail);
}

/* Does the address leave the government's sites?  Paths and hosts in this
   group's own domains do not. */
static bool
leaves(gov_view_t *view, const char *href)
{
    const apr_array_header_t *sites = gov_group_sites(view->ctx->group);
    const char *host = strstr(href, "://"), *end;
    apr_size_t len;
    int i;

    if (!host)
        return false;
    host += 3;
    end = host + strcspn(host, "/:?#");
    len = (apr_size_t)(end - host);
    if (len > 7 && !strncmp(end - 7, ".gov.cn", 7))
        return false;
    for (i = 0; i < sites->nelts; i++) {
        if (of_site(APR_ARRAY_IDX(sites, i, const gov_site_t *), host, len))
            return false;
    }
    return true;
}

static void
item_fields(gov_view_t *view, gov_node_t *node, const gov_item_t *item)
{
    const gov_type_t *type = gov_type_get(gov_group_types(view->ctx->group),
                                          item->type);
    const char *post = NULL, *note = NULL, *icon = NULL;
    int i, k;

    for (i = 0; item->fields && i < item->fields->nelts; i++) {
        const gov_item_field_t *at =
            &APR_ARRAY_IDX(item->fields, i, gov_item_field_t);

        if (!strcmp(at->name, "post"))
            post = at->value;
        else if (!strcmp(at->name, "note"))
            note = at->value;
        else if (!strcmp(at->name, "icon"))
            icon = at->value;
    }
    gov_node_set(node, "icon", icon);
    gov_node_set(node, "post", post);
    gov_node_set(node, "note", note);
    /* in a table every entry has all list fields, in the same order */
    for (i = 0; type && i < type->fields->nelts; i++) {
        const gov_field_t *field = &APR_ARRAY_IDX(type->fields, i, gov_field_t);
        const char *value = "";
        gov_node_t *out;

        if (!field->in_list || strcmp(field->in_list, "yes"))
            continue;
        for (k = 0; item->fields && k < item->fields->nelts; k++) {
            const gov_item_field_t *at =
                &APR_ARRAY_IDX(item->fields, k, gov_item_field_t);

            if (!strcmp(at->name, field->name))
                value = at->value;
        }
        if (!*value && strcmp(type->list, "table"))
            continue;
        out = gov_node_add(node, "field");
        gov_node_set(out, "name", field->name);
        gov_node_set(out, "kind", field->kind);
        gov_node_set(out, "label", gov_label(field->labels, item->lang));
        gov_node_set(out, "value", value);
    }
}

void
gov_view_item(gov_view_t *view, gov_node_t *parent, const gov_item_t *item)
{
    gov_node_t *node = gov_node_add(parent, "item");
    const char *href = gov_view_item_href(view, item);

    gov_node_set(node, "title", item->title);
    gov_node_set(node, "href", href);
    gov_node_set(node, "date", gov_time_day(item->published, view->pool));
    gov_node_set(node, "type", item->type);
    gov_node_set(node, "summary", item->summary);
    if (item->picture && item->width > 0) {
        gov_node_set(node, "picture",
                     gov_asset_href(item->picture, item->picture_name,
                                    view->pool));
        gov_node_set_int(node, "width", item->width);
        gov_node_set_int(node, "height", item->height);
        gov_node_set(node, "alt", item->alt ? item->alt : "");
    }
    gov_node_set(node, "source", item->source);
    if (item->site != view->ctx->site->id) {
        const gov_site_t *other = gov_site_by_id(view->ctx->group, item->site);
        const gov_site_lang_t *lang =
            other ? gov_site_lang(other, view->ctx->lang) : NULL;

        if (lang && *lang->prefix && !lang->derived_from)
            gov_node_set(node, "site", lang->title);
        else if (other && other->unit) {
            const gov_unit_t *unit = other->unit;
            const char *name = gov_unit_name(unit, view->ctx->lang);

            /* short names are in the group's own language */
            gov_node_set(node, "site", name == unit->name && unit->short_name
                         ? unit->short_name : name);
        }
    }
    if (item->url && leaves(view, item->url))
        gov_node_set(node, "external", "yes");
    if (item->pinned)
        gov_node_set(node, "pinned", "yes");
    item_fields(view, node, item);
}

void
gov_view_items(gov_view_t *view, gov_node_t *parent,
               const apr_array_header_t *items, int max)
{
    int i;

    for (i = 0; i < items->nelts && i < max; i++)
        gov_view_item(view, parent, &APR_ARRAY_IDX(items, i, gov_item_t));
}

void
gov_view_sites(gov_node_t *parent, const gov_ctx_t *ctx, const char *view,
               apr_pool_t *pool)
{
    const apr_array_header_t *sites = gov_group_sites(ctx->group);
    gov_node_t *node = gov_node_add(parent, "sites");
    int i;

    for (i = 0; i < sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(sites, i, const gov_site_t *);
        const gov_site_lang_t *lang = gov_site_lang(
            site, gov_site_source_lang(site, ctx->lang));
        /* a site without this language is shown in its own */
        const char *code = gov_site_lang(site, ctx->lang) ? ctx->lang : NULL;
        gov_node_t *at = gov_node_add(node, "site");

        gov_node_set(at, "id", site->slug);
        gov_node_set(at, "kind", site->kind);
        gov_node_set(at, "name", lang->title ? lang->title : site->slug);
        gov_node_set(at, "href", gov_href_between(
                         ctx->site, site,
                         gov_host__with_view(gov_site_home(site, code, pool),
                                             view, pool), pool));
        gov_node_set(at, "current", site == ctx->site ? "yes" : "no");
    }
}
