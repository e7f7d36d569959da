/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_site_change.h
 *  @brief Changing what a site is like.
 *  Floor: content.  Each call is one transaction with audit and event rows; every
 *  node then reads its site map anew (event tag "structure").
 */
#ifndef GOV_SITE_CHANGE_H
#define GOV_SITE_CHANGE_H

#include "gov_group.h"
#include "gov_permit.h"
#include "gov_time.h"

/** Dress a site in another theme.  Whether there is such a theme is for the caller
 *  to know (gov_looks_themes): themes stand on a neighbour floor.
 *  @param permit  MANAGE on the site
 *  @return INVALID  @a theme cannot be the name of a theme */
GOV_API gov_err_t *gov_site_set_theme(const gov_ctx_t *ctx,
                                      const gov_site_t *site,
                                      const char *theme,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
/** The same with its colour.
 *  @param accent  "#1f4e8c"
 *  @return INVALID  "theme"; "accent": no colour, or white letters cannot be read
 *                   on it (less than 4.5 to 1, WCAG 2.1, 1.4.3) */
GOV_API gov_err_t *gov_site_set_look(const gov_ctx_t *ctx,
                                     const gov_site_t *site, const char *theme,
                                     const char *accent,
                                     const gov_permit_t *permit,
                                     apr_pool_t *pool);

/** What a site says of itself whatever the language, for its footer and its page
 *  tags (GB/T 国办发〔2019〕19号: identification code, filings, sponsor, operator).
 *  NULL or blank: nothing. */
typedef struct gov_site_record_t {
    const char *code;             /**< ten digits; only a topic may be without */
    const char *icp, *police;     /**< filing numbers */
    const char *sponsor, *operator_, *phone, *email, *address;
    const char *postcode;         /**< digits */
    const char *error_report;     /**< http or https: where mistakes are told */
} gov_site_record_t;

/** As it stands in the store. */
GOV_API gov_err_t *gov_site_record(gov_site_record_t *record,
                                   const gov_ctx_t *ctx,
                                   const gov_site_t *site, apr_pool_t *pool);
/** All of it anew; the audit row says what changed.  Nothing happens if nothing
 *  did.
 *  @param permit  MANAGE on the site
 *  @return INVALID   the field ("code", "error-report" ...): missing, too long, or
 *                    not what it is said to be above
 *          CONFLICT  the site is frozen */
GOV_API gov_err_t *gov_site_set_record(const gov_ctx_t *ctx,
                                       const gov_site_t *site,
                                       const gov_site_record_t *record,
                                       const gov_permit_t *permit,
                                       apr_pool_t *pool);

/** What it says in one language.  The last five: instead of the record's; NULL: as
 *  the record has them. */
typedef struct gov_site_words_t {
    const char *title;            /**< must be */
    const char *legal_name;       /**< must be in the site's first language */
    const char *slogan, *description, *keywords;
    const char *sponsor, *operator_, *phone, *address, *logo_alt;
} gov_site_words_t;

/** NOT_FOUND: no language of the site's own (zh-Hant is derived). */
GOV_API gov_err_t *gov_site_words(gov_site_words_t *words,
                                  const gov_ctx_t *ctx, const gov_site_t *site,
                                  const char *lang, apr_pool_t *pool);
/** As gov_site_set_record(). */
GOV_API gov_err_t *gov_site_set_words(const gov_ctx_t *ctx,
                                      const gov_site_t *site, const char *lang,
                                      const gov_site_words_t *words,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);

/** Days on which the site is shown without colours. */
typedef struct gov_grey_t {
    gov_date_t from, to;          /**< to exclusive */
    const char *reason;
} gov_grey_t;

/** All that are written down, latest first: gov_grey_t. */
GOV_API gov_err_t *gov_site_greys(apr_array_header_t **greys,
                                  const gov_ctx_t *ctx, const gov_site_t *site,
                                  apr_pool_t *pool);
/** Another stretch instead of what begins on the same day.
 *  @param permit  MANAGE on the site
 *  @return INVALID  "to": not after from; "reason": missing or too long */
GOV_API gov_err_t *gov_site_grey_set(const gov_ctx_t *ctx,
                                     const gov_site_t *site,
                                     const gov_grey_t *grey,
                                     const gov_permit_t *permit,
                                     apr_pool_t *pool);
/** NOT_FOUND: none begins on that day. */
GOV_API gov_err_t *gov_site_grey_remove(const gov_ctx_t *ctx,
                                        const gov_site_t *site,
                                        gov_date_t from,
                                        const gov_permit_t *permit,
                                        apr_pool_t *pool);

/** Freeze a site (R101) or thaw it: its pages stay, and nothing of it is written,
 *  published, withdrawn or placed; entries that other sites' documents leave in its
 *  gathering columns still come.  When it returns, no write is under way.
 *  @param permit  SYSTEM on the group
 *  @return CONFLICT  it is so already */
GOV_API gov_err_t *gov_site_freeze(const gov_ctx_t *ctx, const gov_site_t *site,
                                   bool freeze, const char *reason,
                                   const gov_permit_t *permit,
                                   apr_pool_t *pool);
/** Tell all nodes that themes or catalogues changed on disk; each compiles its
 *  own and keeps the old ones if there is a mistake.
 *  @param permit  MANAGE on the group */
GOV_API gov_err_t *gov_looks_announce(const gov_ctx_t *ctx,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
#endif
