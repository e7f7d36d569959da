/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_history.h
 *  @brief A document as those see it who keep it: every edition, whatever its
 *  state.  Floor: content.
 *
 *  Nothing here is public: see gov_document.h for what is.
 */
#ifndef GOV_HISTORY_H
#define GOV_HISTORY_H

#include "gov_group.h"
#include "gov_permit.h"

typedef struct gov_edition_t {
    apr_int64_t id, document;
    const char *lang;
    int version;                  /**< counts from 1 in its language */
    const char *state;            /**< "draft", "live", "superseded", ... */
    const char *title;
    apr_time_t created, published; /**< published 0: never was */
    const char *created_by;
} gov_edition_t;

/** A column that shows a document besides its own. */
typedef struct gov_place_t {
    apr_int64_t site, column;
    const char *how;              /**< "share" or "rule" */
} gov_place_t;

typedef struct gov_history_t {
    apr_int64_t document, site, column;
    const char *type;
    const char *external;         /**< id of its import, or NULL */
    bool pinned;
    apr_time_t created, gone;     /**< gone 0: not withdrawn */
    apr_array_header_t *editions; /**< gov_edition_t, newest first */
    apr_array_header_t *places;   /**< gov_place_t */
} gov_history_t;

/** The document that an import knew as @a external; NOT_FOUND. */
GOV_API gov_err_t *gov_document_find(apr_int64_t *document,
                                     const gov_ctx_t *ctx,
                                     const char *external, apr_pool_t *pool);
/** The site that a document belongs to; NOT_FOUND. */
GOV_API gov_err_t *gov_document_site(const gov_site_t **site,
                                     const gov_ctx_t *ctx, apr_int64_t document,
                                     apr_pool_t *pool);
/** The same, and its column. */
GOV_API gov_err_t *gov_document_place(const gov_site_t **site,
                                      apr_int64_t *column,
                                      const gov_ctx_t *ctx,
                                      apr_int64_t document, apr_pool_t *pool);
/** @param permit  READ on the document's column */
GOV_API gov_err_t *gov_document_history(const gov_history_t **history,
                                        const gov_ctx_t *ctx,
                                        apr_int64_t document,
                                        const gov_permit_t *permit,
                                        apr_pool_t *pool);
/** Drafts of a site, newest first, as an array of gov_edition_t.
 *  @param permit  READ on the site */
GOV_API gov_err_t *gov_site_drafts(apr_array_header_t **editions,
                                   const gov_ctx_t *ctx, const gov_site_t *site,
                                   int max, const gov_permit_t *permit,
                                   apr_pool_t *pool);
#endif
