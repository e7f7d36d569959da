/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/frame.c -- a site's header and footer: rendered once for each language,
   view and section, and kept as long as the scene. */

#include <string.h>

#include "host_priv.h"

apr_time_t
gov_host__new_year(const gov_ctx_t *ctx)
{
    gov_date_t first = { gov_date_of(gov_now(ctx->clock)).year + 1, 1, 1 };

    return gov_date_start(first);
}

void
gov_host__page_attributes(gov_node_t *page, const gov_ctx_t *ctx,
                          const char *view, apr_pool_t *pool)
{
    const char *version =
        gov_looks_version(gov_host__scene_of(ctx)->looks->looks);
    apr_time_t changes;

    gov_node_set(page, "lang", ctx->lang);
    gov_node_set(page, "dir", strcmp(ctx->lang, "ug") && strcmp(ctx->lang, "ar")
                 ? "ltr" : "rtl");
    gov_node_set(page, "view", view);
    gov_node_set(page, "grey", gov_site_is_grey(ctx->site, gov_now(ctx->clock),
                                                &changes) ? "yes" : "no");
    gov_node_set(page, "base", gov_host__with_view(
                     gov_site_home(ctx->site, ctx->lang, pool), view, pool));
    gov_node_set_int(page, "year", gov_date_of(gov_now(ctx->clock)).year);
    gov_node_set(page, "static", apr_pstrcat(pool, "/-/static/", version,
                                             NULL));
}

void
gov_host__site_node(gov_node_t *parent, const gov_ctx_t *ctx,
                    const char *section, const char *view, apr_pool_t *pool)
{
    const gov_site_t *site = ctx->site;
    const gov_site_lang_t *lang =
        gov_site_lang(site, gov_site_source_lang(site, ctx->lang));
    const gov_site_lang_t *first =
        &APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t);
    gov_node_t *node = gov_node_add(parent, "site");
    char *accent = apr_pstrdup(pool, site->accent), *at;

    for (at = accent; *at; at++)
        *at = (char)apr_tolower(*at);
    gov_node_set(node, "id", site->slug);
    gov_node_set(node, "kind", site->kind);
    gov_node_set(node, "theme", site->theme);
    gov_node_set(node, "accent", accent);
    gov_node_set(node, "name", lang->title ? lang->title : first->title);
    gov_node_set(node, "legal-name", lang->legal_name ? lang->legal_name
                                                      : first->legal_name);
    gov_node_set(node, "slogan", lang->slogan);
    gov_node_set(node, "href", gov_host__with_view(
                     gov_site_home(site, ctx->lang, pool), view, pool));
    if (site->logo_asset) {
        gov_node_set(node, "logo", gov_asset_href(site->logo_asset,
                                                  site->logo_name, pool));
        gov_node_set(node, "logo-alt", lang->logo_alt ? lang->logo_alt : "");
    }
    gov_node_set(node, "section", section);
}

static void
add_nav(gov_node_t *root, const gov_ctx_t *ctx, const char *section,
        const char *view, apr_pool_t *pool)
{
    const char *home = gov_looks_word(gov_host__scene_of(ctx)->looks->looks,
                                      ctx->lang, "nav.home");
    gov_node_t *nav = gov_node_add(root, "nav");
    gov_node_t *first = gov_node_add(nav, "item");
    int i, k;

    gov_node_set(first, "name", home ? home : ctx->site->slug);
    gov_node_set(first, "href", gov_host__with_view(
                     gov_site_home(ctx->site, ctx->lang, pool), view, pool));
    gov_node_set(first, "slug", "home");
    gov_node_set(first, "current", *section ? "no" : "yes");

    for (i = 0; i < ctx->site->columns->nelts; i++) {
        const gov_column_t *column =
            APR_ARRAY_IDX(ctx->site->columns, i, gov_column_t *);
        gov_node_t *item;

        if (!column->in_nav)
            continue;
        item = gov_node_add(nav, "item");
        gov_node_set(item, "name", gov_column_name(column, ctx->lang));
        gov_node_set(item, "href", gov_host__with_view(
                         gov_column_href(column, ctx->lang, pool), view, pool));
        gov_node_set(item, "slug", column->slug);
        gov_node_set(item, "current", strcmp(column->slug, section) ? "no"
                                                                    : "yes");
        for (k = 0; k < column->children->nelts; k++) {
            const gov_column_t *child =
                APR_ARRAY_IDX(column->children, k, gov_column_t *);
            gov_node_t *below;

            if (!child->in_nav)
                continue;
            below = gov_node_add(item, "item");
            gov_node_set(below, "name", gov_column_name(child, ctx->lang));
            gov_node_set(below, "href", gov_host__with_view(
                             gov_column_href(child, ctx->lang, pool), view,
                             pool));
        }
    }
}

static void
link_column(gov_node_t *node, const char *name, const gov_ctx_t *ctx,
            const char *path, const char *view, apr_pool_t *pool)
{
    const gov_column_t *column = gov_column_at(ctx->site, path);

    if (column)
        gov_node_set(node, name, gov_host__with_view(
                         gov_column_href(column, ctx->lang, pool), view, pool));
}

static void
add_identity(gov_node_t *root, const gov_ctx_t *ctx, const char *view,
             apr_pool_t *pool)
{
    const gov_site_t *site = ctx->site;
    const gov_site_lang_t *lang =
        gov_site_lang(site, gov_site_source_lang(site, ctx->lang));
    gov_node_t *node = gov_node_add(root, "identity");

    gov_node_set(node, "code", site->code);
    gov_node_set(node, "icp", site->icp);
    gov_node_set(node, "police", site->police);
    gov_node_set(node, "sponsor", lang->sponsor);
    gov_node_set(node, "operator", lang->operator_);
    gov_node_set(node, "phone", lang->phone);
    gov_node_set(node, "email", site->email);
    gov_node_set(node, "address", lang->address);
    gov_node_set(node, "postcode", site->postcode);
    gov_node_set(node, "error-report", site->error_report);
    gov_node_set(node, "sitemap", gov_host__with_view(
                     apr_pstrcat(pool, gov_site_home(site, ctx->lang, pool),
                                 "sitemap.html", NULL), view, pool));
    link_column(node, "contact", ctx, "about/contact", view, pool);
    link_column(node, "statement", ctx, "about/statement", view, pool);
    link_column(node, "accessibility", ctx, "about/accessibility", view, pool);
}

gov_err_t *
gov_host__frame(const apr_array_header_t **fragments, gov_ctx_t *ctx,
                const char *view, const char *section, apr_pool_t *pool)
{
    gov_host__scene_t *scene = gov_host__scene_of(ctx);
    const char *key = apr_pstrcat(pool, ctx->site->slug, " ", ctx->lang, " ",
                                  view, " ", section, NULL);
    apr_array_header_t *made;
    gov_page_t *page;
    gov_node_t *root;
    int i;

    apr_thread_mutex_lock(scene->frames_lock);
    *fragments = apr_hash_get(scene->frames, key, APR_HASH_KEY_STRING);
    apr_thread_mutex_unlock(scene->frames_lock);
    if (*fragments)
        return NULL;
    page = gov_page_create("frame", pool);
    root = gov_page_root(page);
    gov_host__page_attributes(root, ctx, view, pool);
    gov_host__site_node(root, ctx, section, view, pool);
    add_nav(root, ctx, section, view, pool);
    add_identity(root, ctx, view, pool);
    gov_view_sites(root, ctx, view, pool);
    GOV_TRY(gov_render_frame(&made, scene->looks->looks, ctx->site->theme,
                             ctx->lang, page, pool));

    /* two threads may make the same frame; the first one in is kept */
    apr_thread_mutex_lock(scene->frames_lock);
    *fragments = apr_hash_get(scene->frames, key, APR_HASH_KEY_STRING);
    if (!*fragments) {
        apr_array_header_t *kept = apr_array_make(scene->pool, made->nelts,
                                                  sizeof(gov_fragment_t));

        for (i = 0; i < made->nelts; i++) {
            const gov_fragment_t *from = &APR_ARRAY_IDX(made, i,
                                                        gov_fragment_t);
            gov_fragment_t *to = apr_array_push(kept);

            to->name = apr_pstrdup(scene->pool, from->name);
            to->bytes.len = from->bytes.len;
            to->bytes.data = apr_pmemdup(scene->pool, from->bytes.data,
                                         from->bytes.len + 1);
        }
        apr_hash_set(scene->frames, apr_pstrdup(scene->pool, key),
                     APR_HASH_KEY_STRING, kept);
        *fragments = kept;
    }
    apr_thread_mutex_unlock(scene->frames_lock);
    return NULL;
}
