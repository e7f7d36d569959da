/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_words_scan.h
 *  @brief The word check over documents: a draft, and the whole stock.
 *  Floor: content.  See gov_words.h.
 */
#ifndef GOV_WORDS_SCAN_H
#define GOV_WORDS_SCAN_H

#include "gov_edition.h"
#include "gov_words.h"

/** Look through all that a draft says: title, texts, keywords, body, the fields of
 *  its type, what stands at pictures, attachments and media.  Fields are named as
 *  in imports: "title", "body", "fields.address", "gallery.2.alt".
 *  @param type  may be NULL: then no field is known to hold a telephone number */
GOV_API const gov_findings_t *gov_draft_words(const gov_words_t *words,
                                              const gov_draft_t *draft,
                                              const gov_type_t *type,
                                              apr_pool_t *pool);

/** A live edition that something was found in. */
typedef struct gov_words_hit_t {
    const gov_site_t *site;
    const gov_column_t *column;   /**< NULL: the column is closed */
    apr_int64_t document, edition;
    const char *lang, *title;
    const char *url;              /**< or NULL without a column */
    const gov_findings_t *findings;
} gov_words_hit_t;

typedef struct gov_words_sum_t {
    apr_int64_t editions;         /**< looked through */
    apr_int64_t hits;             /**< with findings */
    apr_int64_t blocks, warns;    /**< findings */
} gov_words_sum_t;

/** Called for each edition with findings; @a hit lives until it returns.  No
 *  connection is held meanwhile.  An error ends the scan. */
typedef gov_err_t *(*gov_words_fn_t)(void *baton, const gov_words_hit_t *hit,
                                     apr_pool_t *scratch);

/** Look through all live editions of @a site (NULL: of all sites) with the words in
 *  force there, in slices, outside of any transaction.
 *  @param least   only findings at least as grave are told and counted
 *  @param fn      may be NULL
 *  @param permit  READ on the site, or on the group */
GOV_API gov_err_t *gov_words_scan(gov_words_sum_t *sum, const gov_ctx_t *ctx,
                                  const gov_site_t *site,
                                  gov_word_action_t least, gov_words_fn_t fn,
                                  void *baton, const gov_permit_t *permit,
                                  apr_pool_t *pool);
#endif
