/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_audit.h
 *  @brief The audit: who did what, when, from where.  Floor: security.
 *
 *  Append-only and chained; nothing in the product changes or deletes a row.  A row
 *  carries a keyed digest from its insertion on (GOV_PURPOSE_AUDIT) and is put into
 *  the chain within a second of its commit, by one process of the group.  The end
 *  of the chain is written down outside the database as an anchor, hourly and when
 *  httpd ends.  (GB/T 22239-2019, 8.1.4.3: records are protected against deletion,
 *  change and overwriting; R104, R106.)
 */
#ifndef GOV_AUDIT_H
#define GOV_AUDIT_H

#include "gov_permit.h"

/** One audit row, in the transaction of the change itself.  The client's address is
 *  ctx->actor's, the request's id ctx's; without ctx->keys it has no digest.
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
    const char *address, *request;/**< or NULL */
    apr_int64_t seq;              /**< place in the chain; 0: not yet */
} gov_audit_entry_t;

/** The newest rows of a site (0: of all), oldest of them first, as an array of
 *  gov_audit_entry_t.  That a person read them is audited.
 *  @param permit  AUDIT on the group, or READ on the site */
GOV_API gov_err_t *gov_audit_tail(apr_array_header_t **entries,
                                  const gov_ctx_t *ctx, apr_int64_t site,
                                  int max, const gov_permit_t *permit,
                                  apr_pool_t *pool);

/** What to look for; NULL or 0 is any. */
typedef struct gov_audit_query_t {
    const char *actor;
    const char *action, *object;  /**< "edition.*": all that begin so */
    apr_int64_t site;
    apr_time_t from, to;          /**< to exclusive */
    int max;                      /**< of the newest; 0: 1000 */
    const char *outcome;          /**< "done" or "refused" */
    int skip;                     /**< so many newer ones are passed over */
} gov_audit_query_t;

/** Rows that fit, oldest first: gov_audit_entry_t.  That a person looked is
 *  audited.
 *  @param permit  AUDIT on the group, or READ on query->site */
GOV_API gov_err_t *gov_audit_search(apr_array_header_t **entries,
                                    const gov_ctx_t *ctx,
                                    const gov_audit_query_t *query,
                                    const gov_permit_t *permit,
                                    apr_pool_t *pool);
/** The rows of several objects of one site, oldest first: gov_audit_entry_t.
 *  @param objects  const char *
 *  @param permit   AUDIT on the group, or READ on @a site */
GOV_API gov_err_t *gov_audit_of(apr_array_header_t **entries,
                                const gov_ctx_t *ctx, apr_int64_t site,
                                const apr_array_header_t *objects,
                                const gov_permit_t *permit, apr_pool_t *pool);

/* --- the chain ------------------------------------------------------------ */

/** Put committed rows into the chain, if @a owner holds the lease "audit" or gets
 *  it now.  The place is the order of chaining, not of ids: a row that is committed
 *  late comes later, and none is passed over.
 *  @param chained  how many rows
 *  @param cut      rows at the chain's end are missing: an alarm */
GOV_API gov_err_t *gov_audit_chain(int *chained, bool *cut,
                                   const gov_ctx_t *ctx, const char *owner,
                                   apr_pool_t *pool);

/** The end of the chain at a moment. */
typedef struct gov_anchor_t {
    apr_int64_t seq;
    unsigned char chain[32];
    apr_time_t at;
} gov_anchor_t;

/** The present end of the chain. */
GOV_API gov_err_t *gov_audit_end(gov_anchor_t *anchor, const gov_ctx_t *ctx,
                                 apr_pool_t *pool);
/** How many rows have no place in the chain yet, and since when; 0: none. */
GOV_API gov_err_t *gov_audit_waiting(int *rows, apr_time_t *oldest,
                                     const gov_ctx_t *ctx, apr_pool_t *pool);
/** "17:0a1b...": what stands in the log and is told to govctl. */
GOV_API const char *gov_anchor_text(const gov_anchor_t *anchor,
                                    apr_pool_t *pool);
/** INVALID: it is no such text. */
GOV_API gov_err_t *gov_anchor_parse(gov_anchor_t *anchor, const char *text,
                                    apr_pool_t *pool);
/** Append a line to @a file, synced.  Nothing happens if its last line says the
 *  same. */
GOV_API gov_err_t *gov_anchor_keep(const gov_anchor_t *anchor,
                                   const char *file, apr_pool_t *pool);
/** All anchors of @a file, as an array of gov_anchor_t; none if it is not there.
 *  INVALID names the line. */
GOV_API gov_err_t *gov_anchors_read(apr_array_header_t **anchors,
                                    const char *file, apr_pool_t *pool);

/** Something that is not as it should be. */
typedef struct gov_audit_finding_t {
    const char *what;             /**< "changed", "link", "gap", "cut", "head",
                                       "anchor", "waiting", "plain", "key",
                                       "trigger" */
    apr_int64_t seq, id;          /**< the first row of it; 0: none in particular */
    const char *text;             /**< English, for the operator */
} gov_audit_finding_t;
typedef void (*gov_audit_finding_fn_t)(void *baton,
                                       const gov_audit_finding_t *finding);

typedef struct gov_audit_sum_t {
    apr_int64_t rows;             /**< of the chain */
    apr_int64_t before;           /**< leading ones without a digest: from before
                                       there was a key ring */
    apr_int64_t findings;
} gov_audit_sum_t;

/** Walk the chain: every row's digest, every link, gaps, rows that wait for longer
 *  than a minute, the head's row, the triggers, and @a anchors (gov_anchor_t).
 *  @param permit  AUDIT on the group */
GOV_API gov_err_t *gov_audit_verify(gov_audit_sum_t *sum, const gov_ctx_t *ctx,
                                    const apr_array_header_t *anchors,
                                    gov_audit_finding_fn_t fn, void *baton,
                                    const gov_permit_t *permit,
                                    apr_pool_t *pool);
/** The same of the last @a most rows alone, where the link of the first of them is
 *  taken for right: for who cannot wait. */
GOV_API gov_err_t *gov_audit_verify_end(gov_audit_sum_t *sum,
                                        const gov_ctx_t *ctx, int most,
                                        const apr_array_header_t *anchors,
                                        gov_audit_finding_fn_t fn, void *baton,
                                        const gov_permit_t *permit,
                                        apr_pool_t *pool);

/** With which key does the process that keeps the audit's chain sign?  Waits a few
 *  seconds for it to take up what is open.  0: none does, so no httpd runs. */
GOV_API gov_err_t *gov_audit_signer(int *key, const gov_ctx_t *ctx,
                                    apr_pool_t *pool);
/** Has @a key signed a row of the audit since @a since? */
GOV_API gov_err_t *gov_audit_key_used(bool *used, const gov_ctx_t *ctx,
                                      int key, apr_time_t since,
                                      apr_pool_t *pool);
#endif
