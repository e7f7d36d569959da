/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/group.c -- reading the site map into memory. */

#include <stdlib.h>
#include <string.h>

#include "content_priv.h"
#include "sql_content.h"
#include "sql_workflow.h"

#define ID_KEY(id) (id), sizeof(apr_int64_t)

typedef struct load_t {
    gov_group_t *group;
    const gov_types_t *types;
    const gov_config_t *config;
    apr_pool_t *pool;
} load_t;

static const char *
lang_prefix(const char *lang, apr_pool_t *pool)
{
    char *prefix = apr_pstrcat(pool, "/", lang, NULL), *at;

    for (at = prefix; *at; at++)
        *at = (char)apr_tolower(*at);
    return prefix;
}

static gov_err_t *
load_units(gov_group_t *group, gov_db_t *db, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_units(&rows, db, pool));
    for (i = 0; i < rows->nelts; i++) {
        gov_row_units_t *row = &APR_ARRAY_IDX(rows, i, gov_row_units_t);
        gov_unit_t *unit = apr_palloc(pool, sizeof(*unit));

        unit->id = row->id;
        unit->parent_id = row->parent_id;
        unit->slug = row->slug;
        unit->name = row->name;
        unit->name_en = row->name_en;
        unit->short_name = row->short_name;
        unit->code = row->code;
        unit->address = row->address;
        unit->phone = row->phone;
        apr_hash_set(group->units, ID_KEY(&unit->id), unit);
    }
    return NULL;
}

static void
read_record(gov_site_t *site, gov_group_t *group, const gov_row_sites_t *row,
            apr_pool_t *pool)
{
    site->id = row->id;
    site->group = group;
    site->unit = apr_hash_get(group->units, ID_KEY(&row->unit_id));
    site->slug = row->slug;
    site->kind = row->kind;
    site->theme = row->theme;
    site->accent = row->accent;
    site->state = row->state;
    site->base_path = row->base_path ? row->base_path : "";
    site->code = row->code;
    site->icp = row->icp;
    site->police = row->police;
    site->sponsor = row->sponsor;
    site->operator_ = row->operator_;
    site->phone = row->phone;
    site->email = row->email;
    site->address = row->address;
    site->postcode = row->postcode;
    site->error_report = row->error_report;
    if (row->logo_asset.data) {
        site->logo_asset = gov_hex(row->logo_asset.data, row->logo_asset.len,
                                   pool);
        site->logo_name = row->logo_name;
        site->logo_alt = row->logo_alt;
    }
}

static gov_err_t *
load_hosts(gov_site_t *site, gov_db_t *db, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_site_hosts(&rows, db, site->id, pool));
    site->hosts = apr_array_make(pool, rows->nelts + 1, sizeof(const char *));
    for (i = 0; i < rows->nelts; i++)
        APR_ARRAY_PUSH(site->hosts, const char *) =
            APR_ARRAY_IDX(rows, i, gov_row_site_hosts_t).host;
    return NULL;
}

static void
add_language(gov_site_t *site, const gov_row_site_langs_t *row,
             apr_pool_t *pool)
{
    bool first = !site->languages->nelts;
    gov_site_lang_t *lang = apr_array_push(site->languages);

    lang->lang = row->lang;
    lang->derived_from = row->derived_from;
    lang->prefix = first ? "" : lang_prefix(row->lang, pool);
    lang->title = row->title;
    lang->legal_name = row->legal_name;
    lang->slogan = row->slogan;
    lang->description = row->description;
    lang->keywords = row->keywords;
#define OWN(field) lang->field = row->field ? row->field : site->field
    OWN(sponsor);
    OWN(operator_);
    OWN(phone);
    OWN(address);
    OWN(logo_alt);
#undef OWN
}

static gov_err_t *
load_languages(gov_site_t *site, gov_db_t *db, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_site_langs(&rows, db, site->id, pool));
    if (!rows->nelts)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "site %s has no language",
                       site->slug);
    site->languages = apr_array_make(pool, rows->nelts,
                                     sizeof(gov_site_lang_t));
    for (i = 0; i < rows->nelts; i++)
        add_language(site, &APR_ARRAY_IDX(rows, i, gov_row_site_langs_t),
                     pool);
    return NULL;
}

static gov_err_t *
load_greyscale(gov_site_t *site, gov_db_t *db, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_site_greyscale(&rows, db, site->id, pool));
    site->grey = apr_array_make(pool, rows->nelts + 1,
                                sizeof(gov_greyscale_t));
    site->banners = apr_array_make(pool, 1, sizeof(gov_banner_t *));
    for (i = 0; i < rows->nelts; i++) {
        gov_row_site_greyscale_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_site_greyscale_t);
        gov_greyscale_t *grey = apr_array_push(site->grey);
        gov_date_t from, to;

        GOV_TRY(gov_date_parse(&from, row->from_day, pool));
        GOV_TRY(gov_date_parse(&to, row->to_day, pool));
        grey->from = gov_date_start(from);
        grey->to = gov_date_start(to);
    }
    return NULL;
}

/* The site itself; its columns and blocks come when all sites are there. */
static gov_err_t *
load_site(gov_site_t **result, gov_group_t *group, const gov_row_sites_t *row,
          gov_db_t *db, apr_pool_t *pool)
{
    gov_site_t *site = apr_pcalloc(pool, sizeof(*site));

    read_record(site, group, row, pool);
    site->columns = apr_array_make(pool, 8, sizeof(gov_column_t *));
    site->blocks = apr_array_make(pool, 8, sizeof(gov_block_t));
    GOV_TRY(load_hosts(site, db, pool));
    GOV_TRY(load_languages(site, db, pool));
    GOV_TRY(load_greyscale(site, db, pool));
    *result = site;
    return NULL;
}

static void
add_column(gov_group_t *group, gov_site_t *site,
           const gov_row_site_columns_t *row, apr_pool_t *pool)
{
    gov_column_t *column = apr_pcalloc(pool, sizeof(*column));

    column->id = row->id;
    column->site = site;
    column->slug = row->slug;
    column->path = row->path;
    column->type_name = row->type;
    column->type = gov_type_get(group->types, row->type);
    column->column_type = row->column_type;
    column->supply = row->supply;
    column->update_days = (int)row->update_days;
    column->page_size = row->page_size > 0 ? (int)row->page_size : 20;
    column->unit = row->unit_id
        ? apr_hash_get(group->units, ID_KEY(&row->unit_id)) : NULL;
    column->in_nav = row->in_nav;
    column->open = !strcmp(row->state, "open");
    column->children = apr_array_make(pool, 4, sizeof(gov_column_t *));
    column->names = apr_hash_make(pool);
    column->descriptions = apr_hash_make(pool);
    column->keywords = apr_hash_make(pool);
    apr_hash_set(group->columns_by_id, ID_KEY(&column->id), column);
    if (column->open)
        apr_hash_set(group->columns_by_path,
                     apr_psprintf(pool, "%s/%s", site->slug, column->path),
                     APR_HASH_KEY_STRING, column);
}

static gov_err_t *
load_columns(gov_group_t *group, gov_site_t *site, gov_db_t *db,
             apr_pool_t *pool)
{
    apr_array_header_t *rows, *more;
    int i;

    GOV_TRY(gov_sql_site_columns(&rows, db, site->id, pool));
    for (i = 0; i < rows->nelts; i++)
        add_column(group, site,
                   &APR_ARRAY_IDX(rows, i, gov_row_site_columns_t), pool);
    for (i = 0; i < rows->nelts; i++) {
        gov_row_site_columns_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_site_columns_t);
        gov_column_t *column = apr_hash_get(group->columns_by_id,
                                            ID_KEY(&row->id));
        gov_column_t *parent = row->parent_id
            ? apr_hash_get(group->columns_by_id, ID_KEY(&row->parent_id))
            : NULL;
        const char *slash;

        column->parent = parent;
        column->depth = 1;
        for (slash = strchr(column->path, '/'); slash;
             slash = strchr(slash + 1, '/'))
            column->depth++;
        if (column->open)
            APR_ARRAY_PUSH(parent ? parent->children : site->columns,
                           gov_column_t *) = column;
    }
    GOV_TRY(gov_sql_site_column_langs(&more, db, site->id, pool));
    for (i = 0; i < more->nelts; i++) {
        gov_row_site_column_langs_t *l =
            &APR_ARRAY_IDX(more, i, gov_row_site_column_langs_t);
        gov_column_t *column = apr_hash_get(group->columns_by_id,
                                            ID_KEY(&l->column_id));

        apr_hash_set(column->names, l->lang, APR_HASH_KEY_STRING, l->name);
        apr_hash_set(column->descriptions, l->lang, APR_HASH_KEY_STRING,
                     l->description);
        apr_hash_set(column->keywords, l->lang, APR_HASH_KEY_STRING,
                     l->keywords);
    }
    GOV_TRY(gov_sql_site_column_rules(&more, db, site->id, pool));
    for (i = 0; i < more->nelts; i++) {
        gov_row_site_column_rules_t *r =
            &APR_ARRAY_IDX(more, i, gov_row_site_column_rules_t);
        gov_column_t *column = apr_hash_get(group->columns_by_id,
                                            ID_KEY(&r->column_id));
        gov_column_rule_t *rule;

        if (!column->rules) {
            column->rules = apr_array_make(pool, 2, sizeof(gov_column_rule_t));
            if (column->open)
                APR_ARRAY_PUSH(group->rule_columns, const gov_column_t *) =
                    column;
        }
        rule = apr_array_push(column->rules);
        rule->sites = r->sites;
        rule->columns = r->columns;
        rule->types = r->types;
        rule->keyword = r->keyword;
    }
    return NULL;
}

static gov_err_t *
load_blocks(gov_group_t *group, gov_site_t *site, gov_db_t *db,
            apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i, k;

    GOV_TRY(gov_sql_site_blocks(&rows, db, site->id, pool));
    for (i = 0; i < rows->nelts; i++) {
        gov_row_site_blocks_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_site_blocks_t);
        gov_block_t *block = apr_array_push(site->blocks);
        apr_array_header_t *paths = gov_text_split(row->columns, " ", pool);

        block->position = (int)row->position;
        block->area = row->area;
        block->kind = row->kind;
        block->style = row->style;
        block->title = row->title;
        block->title_en = row->title_en;
        block->items = (int)row->items;
        block->columns = apr_array_make(pool, paths->nelts + 1,
                                        sizeof(gov_column_t *));
        /* a closed column simply is not there any more */
        for (k = 0; k < paths->nelts; k++) {
            const gov_column_t *column =
                gov_column_at(site, APR_ARRAY_IDX(paths, k, const char *));

            if (column)
                APR_ARRAY_PUSH(block->columns, const gov_column_t *) = column;
        }
    }
    (void)group;
    return NULL;
}

/* One row for each site, emergency and language. */
static gov_err_t *
load_banners(gov_group_t *group, gov_db_t *db, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i, k;

    GOV_TRY(gov_sql_banners(&rows, db, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_banners_t *row = &APR_ARRAY_IDX(rows, i,
                                                      gov_row_banners_t);
        const gov_site_t *site = apr_hash_get(group->sites_by_id,
                                              ID_KEY(&row->site_id));
        gov_banner_t *banner = NULL;

        if (!site)
            continue;
        for (k = 0; k < site->banners->nelts && !banner; k++) {
            banner = APR_ARRAY_IDX(site->banners, k, gov_banner_t *);
            if (banner->emergency != row->emergency_id)
                banner = NULL;
        }
        if (!banner) {
            banner = apr_pcalloc(pool, sizeof(*banner));
            banner->emergency = row->emergency_id;
            banner->texts = apr_hash_make(pool);
            banner->first = row->lang;
            banner->from = row->at;
            banner->to = row->ends_at;
            banner->column = row->column_id;
            banner->document = row->document_id;
            APR_ARRAY_PUSH(site->banners, gov_banner_t *) = banner;
        }
        apr_hash_set(banner->texts, row->lang, APR_HASH_KEY_STRING, row->text);
    }
    return NULL;
}

static int
by_base_length(const void *a, const void *b)
{
    size_t x = strlen((*(gov_site_t *const *)a)->base_path);
    size_t y = strlen((*(gov_site_t *const *)b)->base_path);

    return x < y ? 1 : x > y ? -1 : 0;
}

static void
add_host(gov_group_t *group, const char *host, gov_site_t *site)
{
    apr_array_header_t *sites =
        apr_hash_get(group->hosts, host, APR_HASH_KEY_STRING);

    if (!sites) {
        sites = apr_array_make(group->pool, 2, sizeof(gov_site_t *));
        apr_hash_set(group->hosts, host, APR_HASH_KEY_STRING, sites);
    }
    APR_ARRAY_PUSH(sites, gov_site_t *) = site;
    qsort(sites->elts, (size_t)sites->nelts, sizeof(gov_site_t *),
          by_base_length);
}

/* A site without hosts of its own lives under those of its nearest ancestor that
   has some. */
static gov_err_t *
place_hosts(gov_group_t *group, gov_site_t *site)
{
    const gov_site_t *owner = site;
    int i;

    while (owner && !owner->hosts->nelts)
        owner = owner->parent;
    if (!owner)
        return gov_err(GOV_E_INTERNAL, NULL, group->pool,
                       "site %s has neither a host nor a parent with one",
                       site->slug);
    if (owner != site && !*site->base_path)
        return gov_err(GOV_E_INTERNAL, NULL, group->pool,
                       "site %s has neither a host nor a base path",
                       site->slug);
    site->host = APR_ARRAY_IDX(owner->hosts, 0, const char *);
    for (i = 0; i < owner->hosts->nelts; i++)
        add_host(group, APR_ARRAY_IDX(owner->hosts, i, const char *), site);
    return NULL;
}

gov_err_t *
gov_content__group_read(gov_group_t **result, gov_db_t *db,
                        const gov_types_t *types, const gov_config_t *config,
                        apr_pool_t *pool)
{
    gov_group_t *group = apr_pcalloc(pool, sizeof(*group));
    gov_row_group_name_t name;
    apr_array_header_t *rows;
    gov_err_t *err;
    int i;

    group->pool = pool;
    group->types = types;
    group->config = config;
    err = gov_sql_group_name(&name, db, pool);
    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    group->name = err ? "" : name.name;
    group->sites = apr_array_make(pool, 16, sizeof(gov_site_t *));
    group->sites_by_id = apr_hash_make(pool);
    group->sites_by_slug = apr_hash_make(pool);
    group->hosts = apr_hash_make(pool);
    group->columns_by_id = apr_hash_make(pool);
    group->columns_by_path = apr_hash_make(pool);
    group->units = apr_hash_make(pool);
    group->rule_columns = apr_array_make(pool, 4, sizeof(const gov_column_t *));

    GOV_TRY(load_units(group, db, pool));
    GOV_TRY(gov_sql_sites(&rows, db, pool));
    for (i = 0; i < rows->nelts; i++) {
        gov_site_t *site;

        GOV_TRY(load_site(&site, group,
                          &APR_ARRAY_IDX(rows, i, gov_row_sites_t), db, pool));
        APR_ARRAY_PUSH(group->sites, gov_site_t *) = site;
        apr_hash_set(group->sites_by_id, ID_KEY(&site->id), site);
        apr_hash_set(group->sites_by_slug, site->slug, APR_HASH_KEY_STRING,
                     site);
    }
    for (i = 0; i < rows->nelts; i++) {
        gov_row_sites_t *row = &APR_ARRAY_IDX(rows, i, gov_row_sites_t);
        gov_site_t *site = APR_ARRAY_IDX(group->sites, i, gov_site_t *);

        if (row->parent_id)
            site->parent = apr_hash_get(group->sites_by_id,
                                        ID_KEY(&row->parent_id));
    }
    for (i = 0; i < group->sites->nelts; i++) {
        gov_site_t *site = APR_ARRAY_IDX(group->sites, i, gov_site_t *);

        GOV_TRY(place_hosts(group, site));
        GOV_TRY(load_columns(group, site, db, pool));
        GOV_TRY(load_blocks(group, site, db, pool));
    }
    GOV_TRY(load_banners(group, db, pool));
    *result = group;
    return NULL;
}

static gov_err_t *
load(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    load_t *load = baton;

    (void)scratch;
    return gov_content__group_read(&load->group, db, load->types, load->config,
                                   load->pool);
}

gov_err_t *
gov_group_load(gov_group_t **group, gov_store_t *store,
               const gov_types_t *types, const gov_config_t *config,
               apr_pool_t *pool)
{
    load_t baton = { NULL, types, config, pool };

    GOV_TRY(gov_store_read(store, load, &baton, pool));
    *group = baton.group;
    return NULL;
}
