/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_redirect.h
 *  @brief Redirects: what old addresses of a site lead to.  Floor: content.
 *
 *  Paths are inside the site and without a language.  An address that is something
 *  is never looked up here: a column or a document comes first.  A path that ends
 *  with a star stands for a folder (the old one of a column that was moved); if the
 *  target ends with one too, what follows is kept: from "/old/" and "*" to "/new/"
 *  and "*", "/old/12.html" leads to "/new/12.html".
 */
#ifndef GOV_REDIRECT_H
#define GOV_REDIRECT_H

#include "gov_group.h"
#include "gov_permit.h"

typedef struct gov_redirect_t {
    const char *id;               /**< 32 hex digits */
    const char *path;
    const char *target;           /**< a path, or http or https; NULL: gone */
    apr_int64_t document;         /**< it leads to, wherever that is; or 0 */
    apr_time_t created;
} gov_redirect_t;

/** Where a path moved: target set (301) or NULL (410); NOT_FOUND otherwise.
 *  @param lang  the language of the address that was asked for */
GOV_API gov_err_t *gov_site_redirect(const char **target, gov_db_t *db,
                                     const gov_site_t *site, const char *lang,
                                     const char *path, apr_pool_t *pool);

/** By path: gov_redirect_t.
 *  @param text  part of the path or target, or NULL */
GOV_API gov_err_t *gov_redirect_list(apr_array_header_t **redirects,
                                     int *total, const gov_ctx_t *ctx,
                                     const gov_site_t *site, const char *text,
                                     int offset, int limit, apr_pool_t *pool);
/** NOT_FOUND */
GOV_API gov_err_t *gov_redirect_get(gov_redirect_t *redirect,
                                    const gov_ctx_t *ctx,
                                    const gov_site_t *site, const char *id,
                                    apr_pool_t *pool);
/** Make or replace the redirect of @a path.
 *  @param target  a path of something on the site, http or https, or NULL: gone
 *  @param permit  MANAGE on the site
 *  @return INVALID   "path": is no path of the site, or there is something;
 *                    "target": is no address, there is nothing, or it leads back
 *          CONFLICT  the site is frozen */
GOV_API gov_err_t *gov_redirect_set(const gov_ctx_t *ctx,
                                    const gov_site_t *site, const char *path,
                                    const char *target,
                                    const gov_permit_t *permit,
                                    apr_pool_t *pool);
/** NOT_FOUND.  @param permit  MANAGE on the site */
GOV_API gov_err_t *gov_redirect_remove(const gov_ctx_t *ctx,
                                       const gov_site_t *site, const char *id,
                                       const gov_permit_t *permit,
                                       apr_pool_t *pool);
#endif
