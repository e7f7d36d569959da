/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_trace.h
 *  @brief From a public address to those who answer for what it shows (R104).
 *  Floor: content.
 */
#ifndef GOV_TRACE_H
#define GOV_TRACE_H

#include "gov_group.h"
#include "gov_permit.h"

typedef struct gov_trace_t {
    const gov_site_t *site;
    const char *what;             /**< "document", "asset", "column", "site" */
    apr_int64_t document;         /**< or 0; of an asset the newest that has it */
    apr_int64_t edition;          /**< live in the address's language, or 0 */
    const char *lang;
    apr_array_header_t *objects;  /**< const char *, for gov_audit_of() */
} gov_trace_t;

/** Find out what @a url shows: a document's page (under its present or a former
 *  address), a file, a column, a site.  A withdrawn document is found, too.
 *  @return NOT_FOUND  no site has the host, or nothing is or was there
 *  @param permit  AUDIT on the group, or READ on the site */
GOV_API gov_err_t *gov_trace_url(gov_trace_t *trace, const gov_ctx_t *ctx,
                                 const char *url, const gov_permit_t *permit,
                                 apr_pool_t *pool);
#endif
