/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_group.h
 *  @brief The site map in memory: sites, hosts, languages, columns, blocks.
 *  Floor: content.
 *
 *  Loaded as a whole, then read-only and shared by threads; a change of
 *  structure (event tag "structure") makes a new one.  Everything lives in the
 *  group's own pool.
 */
#ifndef GOV_GROUP_H
#define GOV_GROUP_H

#include "gov_permit.h"
#include "gov_store.h"
#include "gov_type.h"

typedef struct gov_unit_t {
    apr_int64_t id;
    const char *slug, *name, *name_en, *short_name, *code, *address, *phone;
    apr_int64_t parent_id;
} gov_unit_t;

typedef struct gov_site_lang_t {
    const char *lang;
    const char *derived_from;     /**< "zh-CN" for zh-Hant, or NULL */
    const char *prefix;           /**< "" for the first language, else "/en" */
    const char *title, *legal_name, *slogan, *description, *keywords;
    /** For this language, or else as the site has them; NULL: not at all. */
    const char *sponsor, *operator_, *phone, *address, *logo_alt;
} gov_site_lang_t;

typedef struct gov_column_rule_t {
    const char *sites, *columns, *types, *keyword;
} gov_column_rule_t;

typedef struct gov_column_t {
    apr_int64_t id;
    const gov_site_t *site;
    const struct gov_column_t *parent;
    apr_array_header_t *children; /**< gov_column_t *, in order, open ones */
    const char *slug;
    const char *path;             /**< "news/city" */
    const gov_type_t *type;       /**< NULL: the type's plugin is not loaded */
    const char *type_name, *column_type, *supply;
    apr_hash_t *names;            /**< language -> name */
    apr_hash_t *descriptions, *keywords;
    apr_array_header_t *rules;    /**< gov_column_rule_t; may be NULL */
    const gov_unit_t *unit;
    int update_days, page_size, depth;
    bool in_nav, open;
} gov_column_t;

#define GOV_COLUMN_DEPTH 4        /**< levels of columns (R085) */

typedef struct gov_block_t {
    int position;
    const char *area, *kind, *style;
    apr_array_header_t *columns;  /**< gov_column_t * */
    const char *title, *title_en; /**< or NULL: the column's name */
    int items;
} gov_block_t;

typedef struct gov_greyscale_t {
    apr_time_t from, to;          /**< local midnights; to exclusive */
} gov_greyscale_t;

/** What stands on top of every page of a site in an emergency. */
typedef struct gov_banner_t {
    apr_int64_t emergency;
    apr_hash_t *texts;            /**< language -> text */
    const char *first;            /**< a language that has one */
    apr_time_t from, to;          /**< to exclusive */
    apr_int64_t column, document; /**< what it leads to; column 0: nothing */
} gov_banner_t;

struct gov_site_t {
    apr_int64_t id;
    const gov_group_t *group;
    const gov_site_t *parent;
    const gov_unit_t *unit;
    const char *slug, *kind, *theme, *accent, *state;
    const char *host;             /**< canonical host: its own or the parent's */
    const char *base_path;        /**< "" or "/qingyuan" */
    apr_array_header_t *hosts;    /**< const char * */
    apr_array_header_t *languages;/**< gov_site_lang_t, first is the default */
    apr_array_header_t *columns;  /**< gov_column_t *, top level, in order */
    apr_array_header_t *blocks;   /**< gov_block_t, in order */
    apr_array_header_t *grey;     /**< gov_greyscale_t */
    const char *code, *icp, *police, *sponsor, *operator_, *phone, *email,
        *address, *postcode, *error_report;
    const char *logo_asset, *logo_name, *logo_alt;
    apr_array_header_t *banners;  /**< gov_banner_t *, newest first */
};

/** Read the whole structure. */
GOV_API gov_err_t *gov_group_load(gov_group_t **group, gov_store_t *store,
                                  const gov_types_t *types,
                                  const gov_config_t *config, apr_pool_t *pool);

/** The tree of sites and columns for gov_ctx_t; @a group must outlive it. */
GOV_API gov_tree_t *gov_group_tree(const gov_group_t *group, apr_pool_t *pool);
GOV_API const gov_types_t *gov_group_types(const gov_group_t *group);
GOV_API const char *gov_group_name(const gov_group_t *group);
/** In order of position; const gov_site_t *. */
GOV_API const apr_array_header_t *gov_group_sites(const gov_group_t *group);
GOV_API const gov_site_t *gov_group_portal(const gov_group_t *group);
GOV_API const gov_site_t *gov_site_by_id(const gov_group_t *group,
                                         apr_int64_t id);
GOV_API const gov_site_t *gov_site_by_slug(const gov_group_t *group,
                                           const char *slug);
/** Which site answers for @a host and @a path; @a rest is the path inside the
 *  site and language (begins with '/'), @a lang its language.  NULL: no site has
 *  this host (421). */
GOV_API const gov_site_t *gov_site_for(const gov_group_t *group,
                                       const char *host, const char *path,
                                       const gov_site_lang_t **lang,
                                       const char **rest);
GOV_API const gov_site_lang_t *gov_site_lang(const gov_site_t *site,
                                             const char *lang);
/** NULL: there is none. */
GOV_API const gov_unit_t *gov_unit_by_id(const gov_group_t *group,
                                         apr_int64_t id);
/** Those of the group by name: const gov_unit_t *. */
GOV_API apr_array_header_t *gov_units(const gov_group_t *group,
                                      apr_pool_t *pool);
/** A unit's name; English in English, if it has one. */
GOV_API const char *gov_unit_name(const gov_unit_t *unit, const char *lang);
/** The language whose editions are read for @a lang: zh-CN for zh-Hant. */
GOV_API const char *gov_site_source_lang(const gov_site_t *site,
                                         const char *lang);
/** Is it a day of mourning?  @a changes: when the answer will be another; 0:
 *  never. */
GOV_API bool gov_site_is_grey(const gov_site_t *site, apr_time_t now,
                              apr_time_t *changes);
/** The banners that show at @a now: gov_banner_t *, newest first.  @a changes: when
 *  they will be others by themselves; 0: never. */
GOV_API apr_array_header_t *gov_site_banners(const gov_site_t *site,
                                             apr_time_t now,
                                             apr_time_t *changes,
                                             apr_pool_t *pool);
/** The column at @a path ("news/city"), or NULL. */
GOV_API const gov_column_t *gov_column_at(const gov_site_t *site,
                                          const char *path);
GOV_API const gov_column_t *gov_column_by_id(const gov_group_t *group,
                                             apr_int64_t id);
/** Closed ones of a site by path: const gov_column_t *. */
GOV_API apr_array_header_t *gov_columns_closed(const gov_site_t *site,
                                               apr_pool_t *pool);
GOV_API const char *gov_column_name(const gov_column_t *column,
                                    const char *lang);
/** Rule columns of all sites: const gov_column_t *. */
GOV_API const apr_array_header_t *gov_group_rule_columns(
    const gov_group_t *group);

/** "http://www.example.gov.cn" without a slash at the end. */
GOV_API const char *gov_site_origin(const gov_site_t *site, apr_pool_t *pool);
/** Path of the site's home in a language: "/", "/en/", "/qingyuan/". */
GOV_API const char *gov_site_home(const gov_site_t *site, const char *lang,
                                  apr_pool_t *pool);
/** Path of a column: "/qingyuan/en/news/". */
GOV_API const char *gov_column_href(const gov_column_t *column,
                                    const char *lang, apr_pool_t *pool);
GOV_API const char *gov_document_href(const gov_column_t *column,
                                      apr_int64_t id, const char *lang,
                                      apr_pool_t *pool);
/** Path from one site to another's address: with the origin if the hosts
 *  differ. */
GOV_API const char *gov_href_between(const gov_site_t *from,
                                     const gov_site_t *to, const char *path,
                                     apr_pool_t *pool);
#endif
