/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/site.c -- asking the site map, and the addresses of things. */

#include <stdlib.h>
#include <string.h>

#include "content_priv.h"

const gov_types_t *
gov_group_types(const gov_group_t *group)
{
    return group->types;
}

const char *
gov_group_name(const gov_group_t *group)
{
    return group->name;
}

const apr_array_header_t *
gov_group_sites(const gov_group_t *group)
{
    return group->sites;
}

const apr_array_header_t *
gov_group_rule_columns(const gov_group_t *group)
{
    return group->rule_columns;
}

const gov_site_t *
gov_group_portal(const gov_group_t *group)
{
    int i;

    for (i = 0; i < group->sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(group->sites, i, gov_site_t *);

        if (!strcmp(site->kind, "portal"))
            return site;
    }
    return NULL;
}

const gov_site_t *
gov_site_by_id(const gov_group_t *group, apr_int64_t id)
{
    return apr_hash_get(group->sites_by_id, &id, sizeof(id));
}

const gov_site_t *
gov_site_by_slug(const gov_group_t *group, const char *slug)
{
    return apr_hash_get(group->sites_by_slug, slug, APR_HASH_KEY_STRING);
}

/* Does PATH lie under PREFIX ("/en")?  Returns what is left, from the slash. */
static const char *
under(const char *path, const char *prefix)
{
    apr_size_t len = strlen(prefix);

    if (strncmp(path, prefix, len))
        return NULL;
    return path[len] == '/' ? path + len : path[len] ? NULL : "/";
}

const gov_site_t *
gov_site_for(const gov_group_t *group, const char *host, const char *path,
             const gov_site_lang_t **lang, const char **rest)
{
    const apr_array_header_t *sites =
        apr_hash_get(group->hosts, host, APR_HASH_KEY_STRING);
    int i, k;

    for (i = 0; sites && i < sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(sites, i, gov_site_t *);
        const char *inside = under(path, site->base_path);

        if (!inside)
            continue;
        *lang = &APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t);
        *rest = inside;
        for (k = 1; k < site->languages->nelts; k++) {
            const gov_site_lang_t *at =
                &APR_ARRAY_IDX(site->languages, k, gov_site_lang_t);
            const char *within = under(inside, at->prefix);

            if (within) {
                *lang = at;
                *rest = within;
                break;
            }
        }
        return site;
    }
    return NULL;
}

const gov_site_lang_t *
gov_site_lang(const gov_site_t *site, const char *lang)
{
    int i;

    for (i = 0; i < site->languages->nelts; i++) {
        const gov_site_lang_t *at =
            &APR_ARRAY_IDX(site->languages, i, gov_site_lang_t);

        if (!strcmp(at->lang, lang))
            return at;
    }
    return NULL;
}

const char *
gov_unit_name(const gov_unit_t *unit, const char *lang)
{
    bool english = !strncmp(lang, "en", 2) && (!lang[2] || lang[2] == '-');

    return english && unit->name_en ? unit->name_en : unit->name;
}

const char *
gov_site_source_lang(const gov_site_t *site, const char *lang)
{
    const gov_site_lang_t *at = gov_site_lang(site, lang);

    if (!at)
        return APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t).lang;
    return at->derived_from ? at->derived_from : at->lang;
}

bool
gov_site_is_grey(const gov_site_t *site, apr_time_t now, apr_time_t *changes)
{
    bool grey = false;
    int i;

    *changes = 0;
    for (i = 0; i < site->grey->nelts; i++) {
        const gov_greyscale_t *at =
            &APR_ARRAY_IDX(site->grey, i, gov_greyscale_t);
        apr_time_t next = now < at->from ? at->from
                        : now < at->to ? at->to : 0;

        if (now >= at->from && now < at->to)
            grey = true;
        if (next && (!*changes || next < *changes))
            *changes = next;
    }
    return grey;
}

apr_array_header_t *
gov_site_banners(const gov_site_t *site, apr_time_t now, apr_time_t *changes,
                 apr_pool_t *pool)
{
    apr_array_header_t *shown = apr_array_make(pool, 1,
                                               sizeof(gov_banner_t *));
    int i;

    *changes = 0;
    for (i = 0; i < site->banners->nelts; i++) {
        gov_banner_t *banner = APR_ARRAY_IDX(site->banners, i, gov_banner_t *);

        /* this node's clock may be a little behind that of the writer: a banner is
           there as soon as it is known */
        if (now >= banner->to)
            continue;
        APR_ARRAY_PUSH(shown, gov_banner_t *) = banner;
        if (!*changes || banner->to < *changes)
            *changes = banner->to;
    }
    return shown;
}

const gov_column_t *
gov_column_at(const gov_site_t *site, const char *path)
{
    char key[400];
    int len = apr_snprintf(key, sizeof(key), "%s/%s", site->slug, path);

    if (len < 0 || len >= (int)sizeof(key) - 1)
        return NULL;
    return apr_hash_get(site->group->columns_by_path, key, len);
}

const gov_column_t *
gov_column_by_id(const gov_group_t *group, apr_int64_t id)
{
    return apr_hash_get(group->columns_by_id, &id, sizeof(id));
}

const gov_unit_t *
gov_unit_by_id(const gov_group_t *group, apr_int64_t id)
{
    return apr_hash_get(group->units, &id, sizeof(id));
}

static int
by_name(const void *a, const void *b)
{
    return strcmp((*(const gov_unit_t *const *)a)->name,
                  (*(const gov_unit_t *const *)b)->name);
}

apr_array_header_t *
gov_units(const gov_group_t *group, apr_pool_t *pool)
{
    apr_array_header_t *units = apr_array_make(
        pool, (int)apr_hash_count(group->units) + 1,
        sizeof(const gov_unit_t *));
    apr_hash_index_t *at;

    for (at = apr_hash_first(pool, group->units); at; at = apr_hash_next(at)) {
        void *value;

        apr_hash_this(at, NULL, NULL, &value);
        APR_ARRAY_PUSH(units, const gov_unit_t *) = value;
    }
    qsort(units->elts, (size_t)units->nelts, sizeof(const gov_unit_t *),
          by_name);
    return units;
}

static int
by_path(const void *a, const void *b)
{
    return strcmp((*(const gov_column_t *const *)a)->path,
                  (*(const gov_column_t *const *)b)->path);
}

apr_array_header_t *
gov_columns_closed(const gov_site_t *site, apr_pool_t *pool)
{
    apr_array_header_t *found = apr_array_make(pool, 8,
                                               sizeof(const gov_column_t *));
    apr_hash_index_t *at;

    for (at = apr_hash_first(pool, site->group->columns_by_id); at;
         at = apr_hash_next(at)) {
        void *value;
        const gov_column_t *column;

        apr_hash_this(at, NULL, NULL, &value);
        column = value;
        if (column->site == site && !column->open)
            APR_ARRAY_PUSH(found, const gov_column_t *) = column;
    }
    qsort(found->elts, (size_t)found->nelts, sizeof(const gov_column_t *),
          by_path);
    return found;
}

const char *
gov_column_name(const gov_column_t *column, const char *lang)
{
    const char *source = gov_site_source_lang(column->site, lang);
    const char *name = apr_hash_get(column->names, source,
                                    APR_HASH_KEY_STRING);
    const gov_site_lang_t *first =
        &APR_ARRAY_IDX(column->site->languages, 0, gov_site_lang_t);

    if (!name)
        name = apr_hash_get(column->names, first->lang, APR_HASH_KEY_STRING);
    return name ? name : column->slug;
}

gov_err_t *
gov_content__column(const gov_column_t **column, const gov_ctx_t *ctx,
                    apr_int64_t id, apr_pool_t *pool)
{
    *column = gov_column_by_id(ctx->group, id);
    if (!*column)
        return gov_err(GOV_E_INTERNAL, NULL, pool,
                       "column %" APR_INT64_T_FMT " is not in the site map",
                       id);
    return NULL;
}

const char *
gov_site_origin(const gov_site_t *site, apr_pool_t *pool)
{
    const gov_config_t *config = site->group->config;
    const char *scheme = config->https ? "https" : "http";
    int usual = config->https ? 443 : 80;

    if (!config->port || config->port == usual)
        return apr_pstrcat(pool, scheme, "://", site->host, NULL);
    return apr_psprintf(pool, "%s://%s:%d", scheme, site->host, config->port);
}

static const char *
prefix_of(const gov_site_t *site, const char *lang)
{
    const gov_site_lang_t *at = lang ? gov_site_lang(site, lang) : NULL;

    return at ? at->prefix : "";
}

const char *
gov_site_home(const gov_site_t *site, const char *lang, apr_pool_t *pool)
{
    return apr_pstrcat(pool, site->base_path, prefix_of(site, lang), "/", NULL);
}

const char *
gov_column_href(const gov_column_t *column, const char *lang, apr_pool_t *pool)
{
    const gov_site_t *site = column->site;

    return apr_pstrcat(pool, site->base_path, prefix_of(site, lang), "/",
                       column->path, "/", NULL);
}

const char *
gov_document_href(const gov_column_t *column, apr_int64_t id, const char *lang,
                  apr_pool_t *pool)
{
    const gov_site_t *site = column->site;
    char number[32];

    apr_snprintf(number, sizeof(number), "%" APR_INT64_T_FMT ".html", id);
    return apr_pstrcat(pool, site->base_path, prefix_of(site, lang), "/",
                       column->path, "/", number, NULL);
}

const char *
gov_href_between(const gov_site_t *from, const gov_site_t *to,
                 const char *path, apr_pool_t *pool)
{
    if (from == to || !strcmp(from->host, to->host))
        return path;
    return apr_pstrcat(pool, gov_site_origin(to, pool), path, NULL);
}
