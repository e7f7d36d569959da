/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_event.h
 *  @brief The change feed.  Floor: store.
 *
 *  A writer adds events in its own transaction.  Locally they are handed to the
 *  listener right after COMMIT; every node (this one too) also reads them in
 *  order from the feed, so applying an event must be idempotent.
 *  Tags are words such as "document:1042", "column:17", "site:3", "sites".
 */
#ifndef GOV_EVENT_H
#define GOV_EVENT_H

#include "gov_store.h"

typedef struct gov_event_t {
    apr_int64_t seq;              /**< 0 when handed over locally */
    const char *kind;             /**< "edition.live", "document.withdrawn", ...;
                                   doc/architecture.md has them all */
    apr_int64_t site;             /**< 0: the group */
    apr_int64_t ref;              /**< id of what changed */
    const char *tags;             /**< blank-separated */
    apr_time_t at;
} gov_event_t;

/** Add an event to the running transaction. */
GOV_API gov_err_t *gov_event_add(gov_db_t *db, const char *kind,
                                 apr_int64_t site, apr_int64_t ref,
                                 const char *tags, apr_pool_t *pool);

typedef void (*gov_event_fn_t)(void *baton, const gov_event_t *event);
/** Who hears of events committed by this process, in the committing thread. */
GOV_API void gov_store_listen(gov_store_t *store, gov_event_fn_t fn,
                              void *baton);

/** Number waiting events (only the holder of the lease "feed"); gapless. */
GOV_API gov_err_t *gov_event_number(int *numbered, gov_store_t *store,
                                    const char *owner, apr_pool_t *pool);
/** Events after @a last in order, at most 500. */
GOV_API gov_err_t *gov_event_since(apr_array_header_t **events,
                                   gov_store_t *store, apr_int64_t last,
                                   apr_pool_t *pool);
/** Remove numbered events from before @a before, a few thousand at a time.  A
 *  node that was away for longer sees the gap in the numbers. */
GOV_API gov_err_t *gov_event_purge(gov_store_t *store, apr_time_t before,
                                   apr_pool_t *pool);
/** The last number given, 0 if none. */
GOV_API gov_err_t *gov_event_last(apr_int64_t *seq, gov_store_t *store,
                                  apr_pool_t *pool);

/** Leases: one runner in the whole installation.  Take @a name or hold it longer;
 *  ask again before @a length is over.  @a held: @a owner has it now.  It is
 *  taken to be lost after four fifths of @a length, by this machine's own clock
 *  that nobody sets, so two never hold it at once. */
GOV_API gov_err_t *gov_lease_take(bool *held, gov_store_t *store,
                                  const char *name, const char *owner,
                                  apr_interval_time_t length, apr_pool_t *pool);
/** Let go of a lease before its end, so that another node takes over at once.
 *  Nothing happens if @a owner does not hold it. */
GOV_API gov_err_t *gov_lease_give(gov_store_t *store, const char *name,
                                  const char *owner, apr_pool_t *pool);
/** In the transaction of the work that the lease is for, first of all: what was
 *  begun under a lease that is lost meanwhile is not committed.
 *  @return CONFLICT  it is lost */
GOV_API gov_err_t *gov_lease_fence(gov_db_t *db, const char *name,
                                   const char *owner, apr_pool_t *pool);

#endif
