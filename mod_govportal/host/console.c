/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/console.c -- the frame of the console's pages: who, where, menu, boxes. */

#include <string.h>

#include "gov_xml.h"
#include "grid.h"

#define THEME_BYTES 65536         /* most of a theme's description */
/* Pictures in style sheets of the console's own libraries are data: addresses, and
   its editor moves things about by style attributes. */
#define CSP "default-src 'none'; script-src 'self'; style-src 'self'; "        \
            "style-src-attr 'unsafe-inline'; img-src 'self' data:; "          \
            "font-src 'self'; media-src 'self'; "                             \
            "connect-src 'self'; form-action 'self'; base-uri 'none'; "       \
            "frame-src 'self'; frame-ancestors 'self'"

/* --- addresses ------------------------------------------------------------ */

const char *
gov_console_path(const gov_ctx_t *ctx, const gov_site_t *site,
                 const char *path, const char *done, apr_pool_t *pool)
{
    return apr_pstrcat(pool, gov_site_home(ctx->site, ctx->lang, pool),
                       GOV_CONSOLE, site ? site->slug : "", site ? "/" : "",
                       path,
                       done ? strchr(path, '?') ? "&done=" : "?done=" : "",
                       done ? done : "", NULL);
}

const char *
gov_console_href(const gov_console_t *console, const char *path)
{
    return gov_console_path(console->ctx, console->site, path, NULL,
                            console->pool);
}

/* --- rights --------------------------------------------------------------- */

bool
gov_console_may(const gov_ctx_t *ctx, const char *permission,
                const gov_site_t *site)
{
    char word[GOV_HOST__WORD];
    gov_action_t action;

    if (!strcmp(permission, "signed-in"))
        return ctx->actor->kind == GOV_ACTOR_PERSON;
    while (gov_host__next_word(word, &permission))
        if (gov_host__action(&action, gov_host__of(ctx), word)
            && gov_permit_somewhere(ctx, action, site ? site->id : 0))
            return true;
    return false;
}

/* At the site, above it, or in a column of it: not only on a site below. */
static bool
works_on(const gov_ctx_t *ctx, const gov_site_t *site)
{
    const apr_array_header_t *grants = ctx->actor->grants;
    int i;

    for (i = 0; grants && i < grants->nelts; i++) {
        const gov_grant_t *grant = &APR_ARRAY_IDX(grants, i, gov_grant_t);

        if ((grant->role->actions & GOV_CAN(READ))
            && (grant->site == site->id
                || gov_grant_covers(grant, ctx->tree, site->id, 0)))
            return true;
    }
    return false;
}

apr_array_header_t *
gov_console_sites(const gov_ctx_t *ctx, apr_pool_t *pool)
{
    const apr_array_header_t *all = gov_group_sites(ctx->group);
    apr_array_header_t *mine = apr_array_make(pool, all->nelts,
                                              sizeof(const gov_site_t *));
    int i;

    for (i = 0; i < all->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(all, i, const gov_site_t *);

        if (works_on(ctx, site))
            APR_ARRAY_PUSH(mine, const gov_site_t *) = site;
    }
    return mine;
}

gov_err_t *
gov_console_tasks(apr_array_header_t *tasks, gov_ctx_t *ctx,
                  const gov_site_t *site, apr_pool_t *pool)
{
    const apr_array_header_t *plugins = gov_host__of(ctx)->plugins;
    int i;

    for (i = 0; i < plugins->nelts; i++) {
        gov_tasks_fn_t count = gov_plugin_tasks(
            APR_ARRAY_IDX(plugins, i, const gov_plugin_t *));

        if (count)
            GOV_TRY(count(tasks, ctx, site, pool));
    }
    return NULL;
}

/* --- the menu ------------------------------------------------------------- */

const char *
gov_host__site_title(const gov_site_t *site, const char *lang)
{
    const gov_site_lang_t *at = gov_site_lang(site, gov_site_source_lang(site,
                                                                         lang));

    if (!at || !at->title)
        at = &APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t);
    return at->title ? at->title : site->slug;
}

static gov_node_t *
section_node(gov_node_t *menu, apr_hash_t *sections, const gov_ctx_t *ctx,
             const char *name, apr_pool_t *pool)
{
    gov_node_t *node = apr_hash_get(sections, name, APR_HASH_KEY_STRING);

    if (node)
        return node;
    node = gov_node_add(menu, "section");
    gov_node_set(node, "name", gov_word(ctx, apr_pstrcat(
                                            pool, "console.section.", name,
                                            NULL)));
    apr_hash_set(sections, name, APR_HASH_KEY_STRING, node);
    return node;
}

static void
add_entry(gov_console_t *console, gov_node_t *menu, apr_hash_t *sections,
          const gov_console_entry_t *entry)
{
    const gov_ctx_t *ctx = console->ctx;
    const gov_site_t *site = entry->group ? NULL : console->site;
    apr_pool_t *pool = console->pool;
    gov_node_t *node;

    if ((!entry->group && !site)
        || !gov_console_may(ctx, entry->permission, site))
        return;
    node = gov_node_add(section_node(menu, sections, ctx, entry->section,
                                     pool), "entry");
    gov_node_set(node, "name", gov_word(ctx, apr_pstrcat(
                                            pool, "console.entry.",
                                            entry->name, NULL)));
    gov_node_set(node, "icon", entry->icon);
    gov_node_set(node, "href", gov_console_path(ctx, site, entry->path, NULL,
                                                pool));
    gov_node_set(node, "here", console->entry
                 && !strcmp(console->entry, entry->name) ? "yes" : "no");
}

static void
add_menu(gov_console_t *console, gov_node_t *frame)
{
    const apr_array_header_t *plugins = gov_host__of(console->ctx)->plugins;
    apr_hash_t *sections = apr_hash_make(console->pool);
    gov_node_t *menu = gov_node_add(frame, "menu");
    int i, k;

    for (i = 0; i < plugins->nelts; i++) {
        const gov_plugin_t *plugin = APR_ARRAY_IDX(plugins, i,
                                                   const gov_plugin_t *);
        const gov_console_entry_t *entries = gov_plugin_console(plugin);

        for (k = 0; entries && entries[k].name; k++)
            add_entry(console, menu, sections, &entries[k]);
    }
}

/* Where else there is something to do; the site of the page first. */
static void
add_places(gov_console_t *console, gov_node_t *frame)
{
    const gov_ctx_t *ctx = console->ctx;
    apr_array_header_t *sites = gov_console_sites(ctx, console->pool);
    int i;

    for (i = 0; i < sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(sites, i, const gov_site_t *);
        gov_node_t *node = gov_node_add(frame, "place");

        gov_node_set(node, "name", gov_host__site_title(site, ctx->lang));
        gov_node_set(node, "href", gov_console_path(ctx, site, "", NULL,
                                                    console->pool));
        gov_node_set(node, "here", site == console->site ? "yes" : "no");
    }
}

/* --- the page ------------------------------------------------------------- */

static void
add_languages(gov_console_t *console, gov_node_t *frame)
{
    const gov_ctx_t *ctx = console->ctx;
    const apr_array_header_t *languages = ctx->site->languages;
    int i;

    for (i = 0; languages->nelts > 1 && i < languages->nelts; i++) {
        const gov_site_lang_t *lang = &APR_ARRAY_IDX(languages, i,
                                                     gov_site_lang_t);
        gov_node_t *node = gov_node_add(frame, "language");

        gov_node_set(node, "code", lang->lang);
        gov_node_set(node, "name", gov_host__endonym(ctx, lang->lang));
        gov_node_set(node, "href", apr_pstrcat(
                         console->pool, ctx->site->base_path, lang->prefix,
                         console->req->rest, NULL));
    }
}

static const char *
site_address(const gov_console_t *console)
{
    const gov_ctx_t *ctx = console->ctx;
    const gov_site_t *site = console->site ? console->site : ctx->site;

    return gov_href_between(ctx->site, site,
                            gov_site_home(site, APR_ARRAY_IDX(
                                              site->languages, 0,
                                              gov_site_lang_t).lang,
                                          console->pool),
                            console->pool);
}

gov_err_t *
gov_console_create(gov_console_t **result, const char *entry,
                   gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                   apr_pool_t *pool)
{
    gov_console_t *console = apr_pcalloc(pool, sizeof(*console));
    gov_node_t *root, *frame;

    console->ctx = ctx;
    console->req = req;
    console->pool = pool;
    console->entry = entry;
    console->site = gov_req_site(req);
    console->view = gov_view_create("console", ctx, req, pool);
    root = gov_page_root(gov_view_page(console->view));
    gov_host__page_attributes(root, ctx, req->view, pool);
    console->root = root;
    console->title = gov_node_add(root, "title");

    frame = gov_node_add(root, "frame");
    gov_node_set(frame, "group", gov_group_name(ctx->group));
    gov_node_set(frame, "person", req->session->person->name);
    gov_node_set(frame, "home", gov_console_path(ctx, NULL, "", NULL, pool));
    gov_node_set(frame, "account", apr_pstrcat(
                     pool, gov_site_home(ctx->site, ctx->lang, pool),
                     "-/account/", NULL));
    gov_node_set(frame, "leave", apr_pstrcat(
                     pool, gov_site_home(ctx->site, ctx->lang, pool),
                     "-/sign-out", NULL));
    if (console->site)
        gov_node_set(frame, "site", gov_host__site_title(console->site,
                                                         ctx->lang));
    gov_node_set(frame, "public", site_address(console));
    add_languages(console, frame);
    add_places(console, frame);
    add_menu(console, frame);
    if (!reply->headers)
        reply->headers = apr_table_make(pool, 2);
    apr_table_setn(reply->headers, "Content-Security-Policy", CSP);
    *result = console;
    return NULL;
}

const gov_site_t *
gov_console_site(const gov_console_t *console)
{
    return console->site;
}

gov_view_t *
gov_console_view(const gov_console_t *console)
{
    return console->view;
}

void
gov_console_crumb(gov_console_t *console, const char *name, const char *href)
{
    gov_node_t *node = gov_node_add(console->root, "crumb");

    gov_node_set(node, "name", name);
    gov_node_set(node, "href", href);
}

void
gov_console_name(gov_console_t *console, const char *name)
{
    const char *done = gov_req_param(console->req, "done");
    const char *where = console->site
        ? gov_host__site_title(console->site, console->ctx->lang)
        : gov_group_name(console->ctx->group);
    gov_node_t *node = gov_node_add(console->root, "heading");

    gov_node_text(console->title, apr_pstrcat(console->pool, name, " - ",
                                              where, NULL));
    gov_node_text(node, name);
    if (done && gov_text_is_slug(done)) {
        const char *text = gov_looks_word(
            gov_host__scene_of(console->ctx)->looks->looks, console->ctx->lang,
            apr_pstrcat(console->pool, "console.done.", done, NULL));

        if (text)
            gov_console_note(console->root, "done", text);
    }
}

gov_node_t *
gov_console_box(gov_console_t *console, const char *place, const char *name)
{
    gov_node_t *box = gov_node_add(console->root, "box");

    gov_node_set(box, "place", place);
    gov_node_set(box, "name", name);
    return box;
}

void
gov_console_note(gov_node_t *box, const char *kind, const char *text)
{
    gov_node_t *node = gov_node_add(box, "note");

    gov_node_set(node, "kind", kind);
    gov_node_text(node, text);
}

void
gov_console_action(gov_node_t *box, const char *kind, const char *icon,
                   const char *name, const char *href)
{
    gov_node_t *node = gov_node_add(box, "action");

    gov_node_set(node, "kind", kind);
    gov_node_set(node, "icon", icon);
    gov_node_set(node, "name", name);
    gov_node_set(node, "href", href);
}

void
gov_console_fact(gov_node_t *box, const char *name, const char *text,
                 const char *href)
{
    gov_node_t *node = gov_node_add(box, "fact");

    gov_node_set(node, "name", name);
    gov_node_set(node, "href", href);
    gov_node_text(node, text ? text : "");
}

/* --- what its pages need of the host -------------------------------------- */

/* The title that the theme gives itself in LANG, or in its first language. */
static const char *
theme_title(const gov_xml_t *root, const char *lang, apr_pool_t *pool)
{
    const gov_xml_t *el = gov_xml_child(root, "title"), *first = el;

    for (; el; el = gov_xml_next(el, "title")) {
        const char *of = gov_xml_attr(el, "lang", pool);

        if (of && !strcmp(of, lang))
            return gov_xml_text(el, pool);
    }
    return first ? gov_xml_text(first, pool) : NULL;
}

static const char *
names_at(const apr_array_header_t *names, int i)
{
    return APR_ARRAY_IDX(names, i, const char *);
}

void
gov_console_themes(apr_array_header_t **themes, const gov_ctx_t *ctx,
                   apr_pool_t *pool)
{
    const gov_host_t *host = gov_host__of(ctx);
    const apr_array_header_t *names = gov_looks_themes(
        gov_host__scene_of(ctx)->looks->looks);
    int i;

    *themes = apr_array_make(pool, names->nelts, sizeof(gov_console_theme_t));
    for (i = 0; i < names->nelts; i++) {
        gov_console_theme_t *theme = apr_array_push(*themes);
        const gov_xml_t *root;
        const char *file = apr_pstrcat(pool, host->config->share_dir,
                                       "/xslt/themes/", names_at(names, i),
                                       "/theme.xml", NULL);

        theme->name = names_at(names, i);
        theme->title = NULL;
        /* what says nothing of itself goes by its name */
        if (!gov_xml_read(&root, file, THEME_BYTES, pool))
            theme->title = theme_title(root, ctx->lang, pool);
        if (!theme->title)
            theme->title = theme->name;
    }
}

void
gov_console_moved(const gov_ctx_t *ctx, const char *tags)
{
    gov_cache_bump(gov_host__of(ctx)->cache, tags);
}

gov_err_t *
gov_console_reply(gov_reply_t *reply, gov_console_t *console)
{
    gov_page_set_private(gov_view_page(console->view));
    return gov_reply_page(reply, gov_view_page(console->view));
}
