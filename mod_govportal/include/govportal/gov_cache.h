/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_cache.h
 *  @brief The page cache and the tags that make its entries invalid.
 *  Floor: render.
 *
 *  Shared memory (a file mapped by every process of the node, govctl too) holds
 *  one counter a tag (hashed; a collision only invalidates too much).  An entry
 *  remembers its tags and their counters as they were before its data was read;
 *  it is fresh while none moved.  L2: immutable files under <state>/pages; L1: a
 *  sharded least-recently-used table in each process, of counted references.
 */
#ifndef GOV_CACHE_H
#define GOV_CACHE_H

#include "gov_config.h"

typedef struct gov_cache_t gov_cache_t;
typedef struct gov_entry_t gov_entry_t;       /**< a counted reference */

/** Map the shared memory and make the tables.  In the parent before fork (httpd) or
 *  once (govctl, tests). @a version: gov_looks_version and plugin versions. */
GOV_API gov_err_t *gov_cache_open(gov_cache_t **cache,
                                  const gov_config_t *config, apr_pool_t *pool);
/** After fork: this process's L1. */
GOV_API gov_err_t *gov_cache_start(gov_cache_t *cache, apr_pool_t *pool);

/** Move the counters of blank-separated tags: everything made from them is stale
 *  from now on. */
GOV_API void gov_cache_bump(gov_cache_t *cache, const char *tags);

/** What the change feed's reader tells: numbers up to @a seq are applied; the feed
 *  was reachable at @a at.  Kept in the shared memory over restarts. */
GOV_API void gov_cache_fed(gov_cache_t *cache, apr_int64_t seq, apr_time_t at);
GOV_API apr_int64_t gov_cache_last_seq(const gov_cache_t *cache);

/** Counters at one moment: taken before the data of a page is read. */
typedef struct gov_snapshot_t {
    apr_uint64_t generation;
} gov_snapshot_t;
GOV_API gov_snapshot_t gov_cache_snapshot(const gov_cache_t *cache);

typedef struct gov_stored_t {
    const char *key;
    int status;
    const char *content_type;
    const char *headers;          /**< further header lines "Name: value\r\n" */
    gov_bytes_t body;             /**< identity */
    gov_bytes_t gzip;             /**< or data NULL: made on first demand */
    apr_time_t modified, until;   /**< 0: none */
    const apr_array_header_t *tags; /**< const char * */
} gov_stored_t;

/** Look up.  @a entry NULL: not there.  @a fresh false: it is there but a tag moved or its
 *  time is over (serve it only if no better can be made). */
GOV_API void gov_cache_find(gov_entry_t **entry, bool *fresh,
                            gov_cache_t *cache, const char *key,
                            apr_size_t key_len, apr_time_t now);
/** Keep a page.  Not kept (entry still made) if a tag moved since @a snapshot. */
GOV_API gov_err_t *gov_cache_put(gov_entry_t **entry, gov_cache_t *cache,
                                 const gov_stored_t *page,
                                 gov_snapshot_t snapshot, apr_pool_t *pool);
GOV_API void gov_entry_release(gov_entry_t *entry);

/** A stored answer's parts; live as long as the reference. */
typedef struct gov_entry_view_t {
    int status;
    const char *content_type, *headers;
    const char *etag, *etag_gzip; /**< quoted */
    const char *last_modified;    /**< RFC 9110 date or NULL */
    gov_bytes_t body, gzip;       /**< gzip.data NULL: not made yet */
    const char *length, *length_gzip;
} gov_entry_view_t;
GOV_API const gov_entry_view_t *gov_entry_view(const gov_entry_t *entry);
/** Make the gzip twin of an entry that has none, and keep it. */
GOV_API gov_err_t *gov_entry_gzip(gov_entry_t **with_gzip, gov_cache_t *cache,
                                  gov_entry_t *entry, apr_pool_t *pool);

/** One render per key at a time over all processes of the node.  @a mine: render it, then call
 *  gov_cache_unlock(); otherwise someone else did while we waited (look again), or
 *  took longer than @a patience. */
GOV_API void gov_cache_lock(bool *mine, gov_cache_t *cache, const char *key,
                            apr_size_t key_len, apr_interval_time_t patience);
GOV_API void gov_cache_unlock(gov_cache_t *cache, const char *key,
                              apr_size_t key_len);

typedef struct gov_cache_stats_t {
    apr_uint64_t hits, misses, stale, renders, l1_bytes, l1_entries, bumps;
} gov_cache_stats_t;
GOV_API gov_cache_stats_t gov_cache_stats(const gov_cache_t *cache);
/** Remove L2 files not used for @a age. */
GOV_API gov_err_t *gov_cache_sweep(gov_cache_t *cache, apr_interval_time_t age,
                                   apr_pool_t *pool);
#endif
