/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_preview.h
 *  @brief Links to what is not public yet, for people without an account.
 *  Floor: content.
 *
 *  A link names an edition and the moment until which it is good, and is signed.
 *  It shows what the edition says when it is opened; whoever has it may look, so it
 *  is short-lived, and a change of keys ends it.
 */
#ifndef GOV_PREVIEW_H
#define GOV_PREVIEW_H

#include "gov_document.h"
#include "gov_permit.h"

typedef struct gov_preview_t {
    const gov_site_t *site;
    apr_int64_t edition;
} gov_preview_t;

/** The signed part of an address: digits, letters and '-'.  UNAVAILABLE: there is
 *  no key ring.
 *  @param permit  READ on the edition's site and column */
GOV_API gov_err_t *gov_preview_token(const char **token, const gov_ctx_t *ctx,
                                     const gov_site_t *site,
                                     apr_int64_t edition, apr_int64_t column,
                                     apr_time_t until,
                                     const gov_permit_t *permit,
                                     apr_pool_t *pool);
/** NOT_FOUND: it is none of ours; GONE: its time is over. */
GOV_API gov_err_t *gov_preview_open(gov_preview_t *preview,
                                    const gov_ctx_t *ctx, const char *token,
                                    apr_pool_t *pool);
/** As it would be public; it has no neighbours. */
GOV_API gov_err_t *gov_preview_document(const gov_document_t **document,
                                        const gov_ctx_t *ctx,
                                        const gov_preview_t *preview,
                                        apr_pool_t *pool);
/** NOT_FOUND unless the edition shows the asset. */
GOV_API gov_err_t *gov_preview_asset(const char **name, const gov_ctx_t *ctx,
                                     const gov_preview_t *preview,
                                     const char *asset, apr_pool_t *pool);
#endif
