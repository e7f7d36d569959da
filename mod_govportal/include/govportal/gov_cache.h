/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_cache.h
 *  @brief The page cache and the tags that make its entries invalid.
 *  Floor: render.
 *
 *  Shared memory (<state>/shared.cache, mapped by every process of the node,
 *  govctl too) says for each tag when it last moved (tags are hashed; a
 *  collision only invalidates too much).  An entry remembers its tags and the
 *  moment before its data was read; it is fresh while none of them moved later.
 *  L2: immutable files under <state>/pages; L1: a sharded least-recently-used
 *  table in each process, of counted references.
 *
 *  From the moment gov_cache_bump() returns, no process of the node finds an
 *  entry fresh that was made from older data.  Entries outlive a restart; after
 *  a reboot or when the shared memory was lost they are still found, but not
 *  fresh.
 */
#ifndef GOV_CACHE_H
#define GOV_CACHE_H

#include "gov_config.h"

typedef struct gov_cache_t gov_cache_t;
typedef struct gov_entry_t gov_entry_t;       /**< a counted reference */

/** Map the shared memory; make it if it is not there or not ours.  In the
 *  parent before fork (httpd) or once (govctl, tests).  If root does it, new
 *  files belong to the owner of the state directory. */
GOV_API gov_err_t *gov_cache_open(gov_cache_t **cache,
                                  const gov_config_t *config, apr_pool_t *pool);
/** After fork: this process's L1.  Needed before entries are found, put or
 *  locked; all references are given back before @a pool goes. */
GOV_API gov_err_t *gov_cache_start(gov_cache_t *cache, apr_pool_t *pool);

/** What else pages are made from: gov_looks_version and the plugins' versions.
 *  Entries of another version are not fresh.  Any thread may set it, at any
 *  time, once what pages are made from has changed. */
GOV_API void gov_cache_version_set(gov_cache_t *cache, const char *version);

/** Blank-separated tags moved: everything made from them is stale from now on.
 *  Call it after the change is committed. */
GOV_API void gov_cache_bump(gov_cache_t *cache, const char *tags);

/** What the change feed's reader tells: numbers up to @a seq are applied; the
 *  feed was reachable at @a at.  Kept in the shared memory over restarts. */
GOV_API void gov_cache_fed(gov_cache_t *cache, apr_int64_t seq, apr_time_t at);
/** -1: the shared memory is new; what was stored before is not fresh. */
GOV_API apr_int64_t gov_cache_last_seq(const gov_cache_t *cache);
/** 0: never. */
GOV_API apr_time_t gov_cache_fed_at(const gov_cache_t *cache);

/** One moment: taken before anything that a page is made from is read or looked
 *  up, the site map and the looks too. */
typedef struct gov_snapshot_t {
    apr_uint64_t generation, version;
} gov_snapshot_t;
GOV_API gov_snapshot_t gov_cache_snapshot(const gov_cache_t *cache);
/** Did one of the blank-separated tags move since? */
GOV_API bool gov_cache_moved(const gov_cache_t *cache, const char *tags,
                             gov_snapshot_t since);

typedef struct gov_stored_t {
    const char *key;
    int status;
    const char *content_type;
    const char *headers;          /**< lines "Name: value\r\n", or NULL */
    gov_bytes_t body;             /**< identity */
    gov_bytes_t gzip;             /**< or data NULL: made on first demand */
    apr_time_t modified, until;   /**< 0: none */
    const apr_array_header_t *tags; /**< const char *; NULL: none */
    bool local;                   /**< in this process only: no file */
} gov_stored_t;

/** Look up.  @a entry NULL: not there.  @a fresh false: it is there but a tag
 *  moved or its time is over (serve it only if no better can be made).  A fresh
 *  entry of L1 costs no system call and no allocation. */
GOV_API void gov_cache_find(gov_entry_t **entry, bool *fresh,
                            gov_cache_t *cache, const char *key,
                            apr_size_t key_len, apr_time_t now);
/** Keep a page.  Not kept (entry still made) if a tag moved since @a snapshot.
 *  A full disk is no error: the page is in L1 then, and gov_cache_stats_t
 *  counts it. */
GOV_API gov_err_t *gov_cache_put(gov_entry_t **entry, gov_cache_t *cache,
                                 const gov_stored_t *page,
                                 gov_snapshot_t snapshot, apr_pool_t *pool);
GOV_API void gov_entry_release(gov_entry_t *entry);

/** A stored answer's parts; live as long as the reference. */
typedef struct gov_entry_view_t {
    int status;
    const char *content_type;     /**< NULL: none */
    const char *headers;          /**< never NULL */
    const char *etag, *etag_gzip; /**< quoted */
    const char *last_modified;    /**< RFC 9110 date or NULL */
    apr_time_t modified;          /**< the same, 0: none */
    gov_bytes_t body, gzip;       /**< gzip.data NULL: not made yet */
    const char *length, *length_gzip;
} gov_entry_view_t;
GOV_API const gov_entry_view_t *gov_entry_view(const gov_entry_t *entry);
/** Make the gzip twin of an entry that has none, and keep it.  A reference of
 *  its own: the caller still has, and releases, @a entry. */
GOV_API gov_err_t *gov_entry_gzip(gov_entry_t **with_gzip, gov_cache_t *cache,
                                  gov_entry_t *entry, apr_pool_t *pool);

/** One render per key at a time over all processes of the node.  @a mine:
 *  render it, then call gov_cache_unlock(); otherwise someone else did while we
 *  waited, or took longer than @a patience: look again, and if nothing is
 *  there, render without the lock.  Whoever died, or holds it for more than 10
 *  seconds, loses it. */
GOV_API void gov_cache_lock(bool *mine, gov_cache_t *cache, const char *key,
                            apr_size_t key_len, apr_interval_time_t patience);
/** Only the thread that was told "mine". */
GOV_API void gov_cache_unlock(gov_cache_t *cache, const char *key,
                              apr_size_t key_len);

/** Of the node since the shared memory was made; l1_ of this process. */
typedef struct gov_cache_stats_t {
    apr_uint64_t hits, misses, stale, renders, l1_bytes, l1_entries, bumps;
    apr_uint64_t failures;        /**< pages that could not be written to L2 */
} gov_cache_stats_t;
GOV_API gov_cache_stats_t gov_cache_stats(const gov_cache_t *cache);
/** Remove L2 files not used for @a age (written or, to the hour, read; L1 hits
 *  do not count), the oldest ones of more than 512 MB, and what died
 *  half-written.  Stale ones stay until then: they are what is served while the
 *  database is away. */
GOV_API gov_err_t *gov_cache_sweep(gov_cache_t *cache, apr_interval_time_t age,
                                   apr_pool_t *pool);
#endif
