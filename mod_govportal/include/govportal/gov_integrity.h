/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_integrity.h
 *  @brief Keyed digests (tags) over what the public reads: a row that was changed
 *  behind the program's back is not served, and raises an alarm (R101, R106).
 *  Floor: content.
 *
 *  Tags are made in the transaction that writes (ctx->keys) and checked whenever
 *  something public is read, and in the background by a walk over all of it.  What
 *  does not hold is UNAVAILABLE for the caller: the host then shows the last good
 *  page, or the 503 page.  What is covered: doc/model.md.  Without a key ring
 *  nothing is made or checked.
 */
#ifndef GOV_INTEGRITY_H
#define GOV_INTEGRITY_H

#include "gov_edition.h"
#include "gov_key.h"

/** Something public is not as the program wrote it. */
typedef struct gov_alarm_t {
    apr_int64_t site;             /**< 0: the group */
    const char *object;           /**< "document:17", "column:3", "redirect:2" */
    const char *what;             /**< English, for the log and the operator */
    bool untagged;                /**< it has no tag at all */
    apr_int64_t count;            /**< how often it was met; of a kept one */
    apr_time_t first, last;       /**< of a kept one */
} gov_alarm_t;
/** May be called with a connection borrowed, by any thread; takes what it wants to
 *  keep with it. */
typedef void (*gov_alarm_fn_t)(void *baton, const gov_alarm_t *alarm);

/** How readers of a site map check. */
typedef struct gov_guard_t {
    const gov_keys_t *keys;       /**< NULL: no checks */
    bool strict;                  /**< what has no tag is refused, too */
    gov_alarm_fn_t alarm;         /**< or NULL */
    void *baton;
} gov_guard_t;
/** Before the site map is shared; whatever @a guard points to outlives it. */
GOV_API void gov_group_guard(gov_group_t *group, const gov_guard_t *guard);

/** Since when everything must have a tag; 0: not yet.  INVALID: the mark in the
 *  database is not ours. */
GOV_API gov_err_t *gov_integrity_since(apr_time_t *since, gov_store_t *store,
                                       const gov_keys_t *keys,
                                       apr_pool_t *pool);
/** From now on everything must have a tag.  Nothing happens if it is so already.
 *  @param permit  SYSTEM on the group */
GOV_API gov_err_t *gov_integrity_begin(const gov_ctx_t *ctx,
                                       const gov_permit_t *permit,
                                       apr_pool_t *pool);

/* --- alarms --------------------------------------------------------------- */

/** Remember an alarm that was met @a count times, with an audit row
 *  ("integrity.alarm") at most once a minute for each object. */
GOV_API gov_err_t *gov_alarm_keep(const gov_ctx_t *ctx,
                                  const gov_alarm_t *alarm, apr_int64_t count,
                                  apr_pool_t *pool);
/** Alarms that nobody has ended, newest first: gov_alarm_t.
 *  @param permit  SYSTEM or AUDIT on the group */
GOV_API gov_err_t *gov_alarms(apr_array_header_t **alarms,
                              const gov_ctx_t *ctx, const gov_permit_t *permit,
                              apr_pool_t *pool);
/** End the alarms last met before @a before; audited.
 *  @param ended   how many; may be NULL
 *  @param permit  SYSTEM on the group */
GOV_API gov_err_t *gov_alarms_end(apr_int64_t *ended, const gov_ctx_t *ctx,
                                  apr_time_t before,
                                  const gov_permit_t *permit,
                                  apr_pool_t *pool);

/* --- the walk ------------------------------------------------------------- */

/** A walk over everything public of a group, in small steps. */
typedef struct gov_walk_t gov_walk_t;
/** @param site  only this one; 0: all.  Lives in @a pool. */
GOV_API gov_walk_t *gov_walk_create(apr_int64_t site, apr_pool_t *pool);
/** One step: a slice of some dozens of documents or a few hundred entries of lists.
 *  @param done  it was the last one; the next begins anew */
GOV_API gov_err_t *gov_walk_step(bool *done, gov_walk_t *walk,
                                 const gov_ctx_t *ctx, gov_alarm_fn_t fn,
                                 void *baton, apr_pool_t *pool);
/** Of the walk so far, or of the last whole one right after its end. */
typedef struct gov_walk_sum_t {
    apr_int64_t documents, entries, untagged, wrong;
} gov_walk_sum_t;
GOV_API gov_walk_sum_t gov_walk_sum(const gov_walk_t *walk);

/* --- mending -------------------------------------------------------------- */

/** Give tags to what has none: rows from before there was a key ring, or written
 *  by a bulk loader.  What has a wrong one is left as it is.  Audited.
 *  @param site    only this one; 0: all
 *  @param permit  SYSTEM on the group */
GOV_API gov_err_t *gov_integrity_accept(apr_int64_t *rows,
                                        const gov_ctx_t *ctx,
                                        apr_int64_t site,
                                        const gov_permit_t *permit,
                                        apr_pool_t *pool);

typedef enum gov_repair_t {
    GOV_REPAIR_ACCEPT,            /**< what stands in the rows now is right */
    GOV_REPAIR_RESTORE            /**< the newest edition whose tag holds is */
} gov_repair_t;

/** Mend a document and its entries everywhere, by the operator's decision.
 *  @param editions  what is public afterwards: "zh-CN 17", const char *
 *  @return NOT_FOUND  RESTORE: no edition of a language holds; take a backup
 *          INVALID    there is no key ring
 *  @param permit  SYSTEM on the group */
GOV_API gov_err_t *gov_document_repair(apr_array_header_t **editions,
                                       const gov_ctx_t *ctx,
                                       apr_int64_t document, gov_repair_t how,
                                       const char *reason,
                                       const gov_permit_t *permit,
                                       apr_pool_t *pool);

/* --- what an operator's check tells ----------------------------------------- */

/** Tell whether tags are in force, which alarms nobody has ended, what a walk of at
 *  most @a budget found, which sites are frozen and which editions should be live
 *  by their schedule and are not.  Ends no alarm.
 *  @param permit  SYSTEM on the group */
GOV_API gov_err_t *gov_integrity_look(const gov_ctx_t *ctx,
                                      apr_interval_time_t budget,
                                      const gov_check_t *check,
                                      const gov_permit_t *permit,
                                      apr_pool_t *pool);
#endif
