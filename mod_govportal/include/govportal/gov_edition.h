/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_edition.h
 *  @brief Writing: drafts, publication, correction, withdrawal.
 *  Floor: content.  Each call is one transaction with audit and event rows.
 */
#ifndef GOV_EDITION_H
#define GOV_EDITION_H

#include "gov_document.h"
#include "gov_permit.h"

/** What an author gives.  Texts are checked here (lengths, required fields of
 *  the type); body must come from gov_markup_clean(). */
typedef struct gov_draft_t {
    const char *lang;
    const char *title, *subtitle, *summary, *source, *source_url, *author;
    const char *body;             /**< cleaned XHTML */
    const char *text;             /**< its plain text; makes a summary if none */
    const gov_json_t *keywords, *fields, *picture, *gallery, *attachments,
        *media, *related;
    apr_array_header_t *assets;   /**< gov_asset_use_t: all assets it shows */
    const char *note;             /**< what a correction corrects, or NULL */
    gov_bytes_t once;             /**< key of the form it came with, gov_req_t.once:
                                       sent twice, it is written once; or empty */
} gov_draft_t;

typedef struct gov_asset_use_t {
    const char *asset;            /**< id */
    const char *name;             /**< file name in addresses */
} gov_asset_use_t;

/** A new document with its first draft.  INVALID names the field. */
GOV_API gov_err_t *gov_document_create(apr_int64_t *document,
                                       apr_int64_t *edition,
                                       const gov_ctx_t *ctx,
                                       const gov_column_t *column,
                                       const char *type,
                                       const gov_draft_t *draft,
                                       const gov_permit_t *permit,
                                       apr_pool_t *pool);
/** A further draft (a correction, or another language). */
GOV_API gov_err_t *gov_edition_draft(apr_int64_t *edition, const gov_ctx_t *ctx,
                                     apr_int64_t document,
                                     const gov_draft_t *draft,
                                     const gov_permit_t *permit,
                                     apr_pool_t *pool);
/** Make an edition live and supersede what was live: one that is cleared (or
 *  scheduled and due), with as many reviews as the rule of its column asks for and
 *  the clearance, all for the content it has now.  CONFLICT names its state, or
 *  what is missing; no call makes a draft live without them (but see
 *  gov_emergency_publish() and the import).  FORBIDDEN: the rule does not let this
 *  publisher.
 *  @param permit  PUBLISH */
GOV_API gov_err_t *gov_edition_publish(const gov_ctx_t *ctx,
                                       apr_int64_t edition,
                                       const gov_permit_t *permit,
                                       apr_pool_t *pool);

/** A verdict on secrecy that was given elsewhere, before an import. */
typedef struct gov_clearance_t {
    const char *by;               /**< who is responsible for it */
    const char *basis;            /**< what it stands on */
    apr_time_t at;                /**< when it was given; 0: not known */
} gov_clearance_t;

/** Make an imported draft live on the strength of @a clearance, which is recorded
 *  with it.  CONFLICT: it is no draft, or its author has cleared it.
 *  @param published  0: now
 *  @param permit     IMPORT */
GOV_API gov_err_t *gov_edition_import(const gov_ctx_t *ctx, apr_int64_t edition,
                                      apr_time_t published,
                                      const gov_clearance_t *clearance,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
/** Make many editions live, now: some 25 in each transaction, so that lists, feeds
 *  and readers meet each change of a column once and not once a document.  @a done,
 *  which is set in any case, is how many of @a editions (apr_int64_t), from the
 *  first on, are live; the error is about one of the next.
 *  CONFLICT: it is not a draft any more; nothing of its transaction was done. */
GOV_API gov_err_t *gov_editions_publish(int *done, const gov_ctx_t *ctx,
                                        const apr_array_header_t *editions,
                                        const gov_permit_t *permit,
                                        apr_pool_t *pool);
/** Take a document away from the public, in all languages: 410 from now on. */
GOV_API gov_err_t *gov_document_withdraw(const gov_ctx_t *ctx,
                                         apr_int64_t document,
                                         const char *reason,
                                         const gov_permit_t *permit,
                                         apr_pool_t *pool);
/** Show a live document in another column too (of any site of the group); needs
 *  a SHARE permit for the target column. */
GOV_API gov_err_t *gov_document_share(const gov_ctx_t *ctx,
                                      apr_int64_t document,
                                      const gov_column_t *target,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
/** Show it there no longer; nothing happens where it was not shared.  With the
 *  same permit. */
GOV_API gov_err_t *gov_document_unshare(const gov_ctx_t *ctx,
                                        apr_int64_t document,
                                        const gov_column_t *target,
                                        const gov_permit_t *permit,
                                        apr_pool_t *pool);
/** Move to another column of the same site; the old address answers 301. */
GOV_API gov_err_t *gov_document_move(const gov_ctx_t *ctx, apr_int64_t document,
                                     const gov_column_t *target,
                                     const gov_permit_t *permit,
                                     apr_pool_t *pool);
GOV_API gov_err_t *gov_document_pin(const gov_ctx_t *ctx, apr_int64_t document,
                                    bool pinned, const gov_permit_t *permit,
                                    apr_pool_t *pool);
/** Forget the keys of writes from before @a before (a day is plenty). */
GOV_API gov_err_t *gov_keys_purge(gov_store_t *store, apr_time_t before,
                                  apr_pool_t *pool);
/** Give page numbers anew by time of publication: after an import of old
 *  documents, never in daily work (addresses of pages change). */
GOV_API gov_err_t *gov_column_renumber(const gov_ctx_t *ctx,
                                       const gov_column_t *column,
                                       const gov_permit_t *permit,
                                       apr_pool_t *pool);
#endif
