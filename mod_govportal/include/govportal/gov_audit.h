/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_audit.h
 *  @brief The audit: who did what, when, from where.  Floor: security.
 *
 *  Append-only and hash-chained; nothing in the product changes or deletes a row.
 */
#ifndef GOV_AUDIT_H
#define GOV_AUDIT_H

#include "gov_permit.h"

/** One audit row, in the transaction of the change itself.
 *  @param object "document:1042", "site:3" */
GOV_API gov_err_t *gov_audit_add(gov_db_t *db, const gov_ctx_t *ctx,
                                 const char *action, apr_int64_t site,
                                 const char *object, bool done,
                                 const char *detail, apr_pool_t *pool);

/** One row of the audit. */
typedef struct gov_audit_entry_t {
    apr_int64_t id, site;         /**< site 0: the group */
    apr_time_t at;
    const char *actor, *action, *object;
    bool done;                    /**< false: it was refused */
    const char *detail;           /**< or NULL */
} gov_audit_entry_t;

/** The newest rows of a site (0: of all), oldest of them first, as an array of
 *  gov_audit_entry_t.
 *  @param permit  AUDIT on the group, or READ on the site */
GOV_API gov_err_t *gov_audit_tail(apr_array_header_t **entries,
                                  const gov_ctx_t *ctx, apr_int64_t site,
                                  int max, const gov_permit_t *permit,
                                  apr_pool_t *pool);
#endif
