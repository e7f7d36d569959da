/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_document.h
 *  @brief Documents as the public sees them, and lists of them.
 *  Floor: content.
 *
 *  The visibility predicate: an edition is public if and only if gov_live names
 *  it.  Everything here reads through that table or through gov_listing, which is
 *  changed only together with it.
 */
#ifndef GOV_DOCUMENT_H
#define GOV_DOCUMENT_H

#include "gov_group.h"
#include "gov_json.h"

/** A document in a list. */
typedef struct gov_item_t {
    apr_int64_t document, site, column;
    const char *type, *lang;
    apr_time_t published, updated;
    bool pinned;
    const char *title, *summary, *source;
    const char *picture, *picture_name, *alt;  /**< asset id, file name */
    int width, height;
    const char *url;              /**< where a link leads, or NULL */
    apr_array_header_t *fields;   /**< gov_item_field_t: the type's list fields */
} gov_item_t;

typedef struct gov_item_field_t {
    const char *name, *value;
} gov_item_field_t;

/** The live edition of a document. */
typedef struct gov_document_t {
    const gov_group_t *group;     /**< that it was read for */
    apr_int64_t id, site, column, edition;
    const char *type, *lang;
    bool translated;              /**< false: not in the language asked for */
    apr_time_t published, updated;
    apr_int64_t sort_key;
    const char *title, *subtitle, *summary, *source, *source_url, *author;
    const char *body;             /**< cleaned XHTML or NULL */
    const gov_json_t *keywords;   /**< list of text */
    const gov_json_t *fields;     /**< object */
    const gov_json_t *picture, *gallery, *attachments, *media, *related;
    const gov_item_t *older, *newer;  /**< for gov_document_around() */
    apr_array_header_t *langs;
} gov_document_t;

/** NOT_FOUND, GONE (was public, was withdrawn). @a lang: the language of the
 *  page; falls back to the site's first language (translated = false). */
GOV_API gov_err_t *gov_document_live(const gov_document_t **document,
                                     gov_db_t *db, const gov_site_t *site,
                                     apr_int64_t id, const char *lang,
                                     apr_pool_t *pool);
/** The newest live document of a column (types with single="yes"). */
GOV_API gov_err_t *gov_document_single(const gov_document_t **document,
                                       gov_db_t *db,
                                       const gov_column_t *column,
                                       const char *lang, apr_pool_t *pool);
/** What stands around a document on its page. */
typedef struct gov_around_t {
    const gov_item_t *older, *newer;  /**< in the home column; NULL at the ends */
    const apr_array_header_t *langs;  /**< const char *: where it is public in */
} gov_around_t;

/** Without a statement: gov_document_live() has read it. */
GOV_API gov_err_t *gov_document_around(gov_around_t *around, gov_db_t *db,
                                       const gov_document_t *document,
                                       apr_pool_t *pool);
/** Says what gov_keyword_list() says, or said before and nothing has changed. */
typedef gov_err_t *(*gov_keyword_fn_t)(const char **text, gov_db_t *db,
                                       const char *lang, const char *keyword,
                                       void *baton);
/** Related documents (gov_item_t): an editor's choice, then those with the first
 *  two keywords, as @a list has them. */
GOV_API gov_err_t *gov_document_related(apr_array_header_t **related,
                                        gov_db_t *db,
                                        const gov_document_t *document,
                                        int max, gov_keyword_fn_t list,
                                        void *baton, apr_pool_t *pool);
/** The newest @a max live documents with a keyword, as text to be kept.
 *  @param documents  their ids (apr_int64_t) are added */
GOV_API gov_err_t *gov_keyword_list(const char **text,
                                    apr_array_header_t *documents, gov_db_t *db,
                                    const gov_site_t *site, const char *lang,
                                    const char *keyword, int max,
                                    apr_pool_t *pool);
/** Live documents with a keyword, newest first. */
GOV_API gov_err_t *gov_document_by_keyword(apr_array_header_t **items,
                                           gov_db_t *db,
                                           const gov_site_t *site,
                                           const char *lang,
                                           const char *keyword, bool group,
                                           int max, apr_pool_t *pool);

/** The tag of pages that list a keyword's documents; @a site NULL: of the group. */
GOV_API const char *gov_keyword_tag(const gov_site_t *site,
                                    const char *keyword, apr_pool_t *pool);

typedef struct gov_head_t {
    apr_int64_t column;
    int open_page, open_count, total;
    apr_array_header_t *items;    /**< gov_item_t, pinned first, newest first */
} gov_head_t;

#define GOV_HEAD_ITEMS 30         /**< newest entries kept in a column's head */
#define GOV_HEADS_MAX 24          /**< columns in one gov_heads() call */

/** The heads of several columns of one site in one statement, as a table from
 *  column id (apr_int64_t *) to gov_head_t; columns without documents are missing.
 *  @param per_column  decode at most this many items each */
GOV_API gov_err_t *gov_heads(apr_hash_t **heads, gov_db_t *db,
                             const gov_site_t *site,
                             const apr_array_header_t *columns, int per_column,
                             const char *lang, apr_pool_t *pool);

/** One page of a column, newest first.  @a page 0: the column's own address (the
 *  open page, with the one before it while it is short). */
typedef struct gov_list_t {
    apr_array_header_t *items;    /**< gov_item_t */
    int page;                     /**< the oldest one shown; 0: nothing was ever
                                   published here */
    int pages;                    /**< number of the newest page, the open one */
    int total;
} gov_list_t;
GOV_API gov_err_t *gov_column_list(gov_list_t *list, gov_db_t *db,
                                   const gov_column_t *column, int page,
                                   const char *lang, apr_pool_t *pool);
/** Newest live documents of a whole site, for feeds. */
GOV_API gov_err_t *gov_site_newest(apr_array_header_t **items, gov_db_t *db,
                                   const gov_site_t *site, const char *lang,
                                   int max, apr_pool_t *pool);
/** Every live document of a site in order of id, in slices, for sitemaps:
 *  documents after @a last. */
GOV_API gov_err_t *gov_site_documents(apr_array_header_t **items, gov_db_t *db,
                                      const gov_site_t *site, const char *lang,
                                      apr_int64_t last, int max,
                                      apr_pool_t *pool);
GOV_API gov_err_t *gov_site_count(apr_int64_t *total, gov_db_t *db,
                                  const gov_site_t *site, const char *lang,
                                  apr_pool_t *pool);

/** An asset that is public on this site now; NOT_FOUND otherwise.
 *  @param name  what a document calls it: @a wanted, if one does */
GOV_API gov_err_t *gov_site_asset(const char **name, gov_db_t *db,
                                  const gov_site_t *site, const char *asset_id,
                                  const char *wanted, apr_pool_t *pool);
#endif
