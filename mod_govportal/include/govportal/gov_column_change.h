/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_column_change.h
 *  @brief Changing the tree of columns.  Floor: content.
 *
 *  Each call is one transaction with audit and event rows; every node then reads
 *  its site map anew (event tag "structure").  Changes of one site wait for each
 *  other.
 *  CONFLICT: the site is frozen.  INVALID names the field.  NOT_FOUND: the column
 *  is gone.
 */
#ifndef GOV_COLUMN_CHANGE_H
#define GOV_COLUMN_CHANGE_H

#include "gov_group.h"
#include "gov_permit.h"

#define GOV_COLUMN_CLOSE_MOST 500 /**< documents that move when one is closed */

/** What a column is like whatever the language. */
typedef struct gov_column_traits_t {
    bool in_nav;
    int page_size;                /**< 5 to 100: of pages that begin from now on */
    int update_days;              /**< working days; 0: none asked; at most 366 */
    apr_int64_t unit;             /**< or 0 */
} gov_column_traits_t;

/** @return INVALID  "page-size", "interval", "unit"
 *  @param permit  MANAGE on the column */
GOV_API gov_err_t *gov_column_set(const gov_ctx_t *ctx,
                                  const gov_column_t *column,
                                  const gov_column_traits_t *traits,
                                  const gov_permit_t *permit,
                                  apr_pool_t *pool);

typedef struct gov_column_words_t {
    const char *name;             /**< must be in the site's first language; none in
                                       another: that of the first */
    const char *description, *keywords;
} gov_column_words_t;

/** @param lang  one of the site's own
 *  @return INVALID  "name": missing, or another open column beside it is called so
 *                   (R085); "description", "keywords": too long
 *  @param permit  MANAGE on the column */
GOV_API gov_err_t *gov_column_set_words(const gov_ctx_t *ctx,
                                        const gov_column_t *column,
                                        const char *lang,
                                        const gov_column_words_t *words,
                                        const gov_permit_t *permit,
                                        apr_pool_t *pool);
/** One place up or down among the open columns beside it; nothing happens at the
 *  end.
 *  @param permit  MANAGE on the column */
GOV_API gov_err_t *gov_column_shift(const gov_ctx_t *ctx,
                                    const gov_column_t *column, bool up,
                                    const gov_permit_t *permit,
                                    apr_pool_t *pool);

/** What a new column is made from. */
typedef struct gov_column_new_t {
    const gov_column_t *parent;   /**< or NULL: at the top */
    const char *slug, *type;
    const char *name;             /**< in the site's first language */
    gov_bytes_t once;             /**< a key: sent twice, made once; or empty */
} gov_column_new_t;

/** A column with its own documents, last among those beside it, in navigation.
 *  Redirects of what was at its path are gone.
 *  @return INVALID  "slug": is none, or there is or was a column of that path;
 *                   "type": is not loaded; "name"; "parent": has no level below
 *  @param permit  MANAGE on @a made->parent, or on the site */
GOV_API gov_err_t *gov_column_add(apr_int64_t *column, const gov_ctx_t *ctx,
                                  const gov_site_t *site,
                                  const gov_column_new_t *made,
                                  const gov_permit_t *permit,
                                  apr_pool_t *pool);
/** Give a column another path: another slug, another column above it, or both.
 *  What is below moves with it.  Old addresses, with all that is below, lead to the
 *  new ones (301); redirects that led there, and blocks that show it, follow.
 *  Rules of gathering columns name paths of many sites and stay as they are.
 *  @param parent  of the same site; NULL: to the top
 *  @param permit  MANAGE on the column
 *  @param there   MANAGE on @a parent, or on the site
 *  @return INVALID  "slug": is none, or there is or was a column of that path;
 *                   "parent": is below the column, or too deep; "name": is taken
 *                   there */
GOV_API gov_err_t *gov_column_move(const gov_ctx_t *ctx,
                                   const gov_column_t *column,
                                   const gov_column_t *parent,
                                   const char *slug,
                                   const gov_permit_t *permit,
                                   const gov_permit_t *there,
                                   apr_pool_t *pool);
/** Close a column: its documents, in whatever state, move to @a target, and its
 *  addresses lead there (301); without a target to the column above or to the home
 *  page.  It can be opened again; documents do not come back.
 *  @param target  an open column of the site and the same type; may be NULL if
 *                 there is no document
 *  @param permit  MANAGE on the column
 *  @param there   MANAGE on @a target; or NULL
 *  @return INVALID  "column": there are open ones below it; "target": missing or
 *                   does not fit; "documents": more than GOV_COLUMN_CLOSE_MOST */
GOV_API gov_err_t *gov_column_close(const gov_ctx_t *ctx,
                                    const gov_column_t *column,
                                    const gov_column_t *target,
                                    const gov_permit_t *permit,
                                    const gov_permit_t *there,
                                    apr_pool_t *pool);
/** INVALID: "parent": the column above is closed; "name": is taken.
 *  @param permit  MANAGE on the column */
GOV_API gov_err_t *gov_column_reopen(const gov_ctx_t *ctx,
                                     const gov_column_t *column,
                                     const gov_permit_t *permit,
                                     apr_pool_t *pool);
#endif
