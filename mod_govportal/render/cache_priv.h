/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared by render/cache*.c: the page cache. */
#ifndef CACHE_PRIV_H
#define CACHE_PRIV_H

#include <stdatomic.h>

#include "gov_cache.h"

#define GOV_RENDER__SLOTS (1u << 20)   /* powers of two, all of them */
#define GOV_RENDER__LOCKS 4096u
#define GOV_RENDER__CELLS 256u

typedef atomic_uint_least64_t gov_render__atomic_t;

/* Counters of one process and shard: a cache line of their own, so that
   counting a hit never waits for another processor. */
typedef struct gov_render__cell_t {
    _Alignas(64) gov_render__atomic_t hits;
    gov_render__atomic_t misses, stale, renders;
} gov_render__cell_t;

/* The file <state>/shared.cache, mapped by every process.  Only atomics: a
   process may be killed at any instruction and leaves nothing locked.  What is
   in here is never taken for a pointer or a length. */
typedef struct gov_render__shared_t {
    apr_uint64_t magic, size;     /* of this layout */
    apr_uint64_t boot;            /* the kernel's boot id, hashed */
    apr_uint64_t epoch;           /* random; L2 files carry it */
    /* see the reasoning in cache_shared.c */
    _Alignas(64) gov_render__atomic_t begun;
    gov_render__atomic_t ended;
    atomic_int_least64_t last_seq, fed_at;
    _Alignas(64) gov_render__atomic_t failures, told;
    gov_render__cell_t cells[GOV_RENDER__CELLS];
    gov_render__atomic_t locks[GOV_RENDER__LOCKS];
    gov_render__atomic_t slots[GOV_RENDER__SLOTS];
} gov_render__shared_t;

typedef struct gov_render__memory_t gov_render__memory_t;

struct gov_cache_t {
    const char *dir;              /* <state>/pages */
    bool on;                      /* GovPageCache */
    apr_size_t budget;            /* of L1 */
    gov_render__shared_t *shared;
    gov_render__atomic_t version; /* hashed */
    gov_render__memory_t *memory; /* L1, NULL before gov_cache_start() */
    apr_uint64_t pid;             /* set by gov_cache_start() */
};

/* How an entry begins, in memory and in its file.  Behind it: the numbers of
   its tags' slots, then key, content type and headers, each with a zero byte,
   then the body and its gzip twin.  In the machine's byte order: a file stays
   on its node. */
typedef struct gov_render__head_t {
    apr_uint64_t magic;
    apr_uint64_t sum;             /* hash of all that follows it */
    apr_uint64_t epoch, version, generation;
    apr_int64_t modified, until;
    apr_uint64_t etag;            /* hash of the body */
    apr_uint32_t status, tags, key, type, headers, body, gzip, zero;
} gov_render__head_t;

struct gov_entry_t {
    gov_entry_view_t view;
    atomic_uint refs;
    gov_render__atomic_t checked; /* shared->ended at its last good walk */
    apr_uint64_t hash;            /* of the key */
    apr_uint64_t stamp;           /* of the file it is in; 0: none */
    bool kept;                    /* given to L1 once */
    gov_render__memory_t *memory; /* who frees it */
    struct apr_memnode_t *node;
    apr_size_t size;              /* of the node */
    gov_entry_t *next;            /* in its bucket */
    gov_entry_t *newer, *older;   /* in its shard's order of use */
    const apr_uint32_t *slots;
    const char *key;
    char etag[24], etag_gzip[24], length[12], length_gzip[12];
    char modified[APR_RFC822_DATE_LEN];
    apr_size_t image_len;
    gov_render__head_t head;      /* last: the image begins here */
};

/* --- cache_shared.c --- */

gov_err_t *gov_render__shared_open(gov_render__shared_t **shared,
                                   const char *state_dir, apr_pool_t *pool);
/* Did one of the slots move after GENERATION? */
bool gov_render__slots_moved(const gov_render__shared_t *shared,
                             const apr_uint32_t *slots, apr_uint32_t count,
                             apr_uint64_t generation);
apr_uint32_t gov_render__slot(const char *tag, apr_size_t len);
/* New files in the state directory are its owner's, whoever makes them. */
void gov_render__give(const char *file, const char *state_dir);

/* --- cache_entry.c --- */

/* 64 bits, well mixed, no secret: for slots, file names, entity tags. */
apr_uint64_t gov_render__hash(const void *data, apr_size_t len);

typedef struct gov_render__parts_t {
    const char *key, *type, *headers;
    gov_bytes_t body, gzip;
    const apr_uint32_t *slots;
    apr_uint32_t count;
} gov_render__parts_t;

/* Largest image that is made or read. */
#define GOV_RENDER__IMAGE_MAX (32u << 20)

/* A block for an image of LEN bytes, one reference, nothing in it; NULL: no
   memory. */
gov_entry_t *gov_render__entry_alloc(gov_render__memory_t *memory,
                                     apr_size_t len);
/* An entry from parts.  HEAD says epoch, version, generation, modified, until
   and status.  NULL: too large, or no memory. */
gov_entry_t *gov_render__entry_make(gov_render__memory_t *memory,
                                    const gov_render__head_t *head,
                                    const gov_render__parts_t *parts);
/* Check an image that was read from a file, and fill in the rest. */
bool gov_render__entry_open(gov_entry_t *entry);
/* Made from the present data, as far as epoch, version and tags say. */
bool gov_render__entry_current(gov_cache_t *cache, gov_entry_t *entry);
/* A was made later than B, from what can be compared. */
bool gov_render__entry_later(const gov_entry_t *a, const gov_entry_t *b);

/* --- cache_memory.c: L1 --- */

gov_err_t *gov_render__memory_create(gov_render__memory_t **memory,
                                     apr_size_t budget, apr_pool_t *pool);
/* A new reference, or NULL. */
gov_entry_t *gov_render__memory_find(gov_render__memory_t *memory,
                                     apr_uint64_t hash, const char *key,
                                     apr_size_t key_len);
/* Keep ENTRY instead of an older one of its key. */
void gov_render__memory_keep(gov_render__memory_t *memory, gov_entry_t *entry);
void gov_render__memory_stats(gov_cache_stats_t *stats,
                              gov_render__memory_t *memory);
/* Blocks that threads share and that outlive any pool of a request. */
struct apr_memnode_t *gov_render__memory_alloc(gov_render__memory_t *memory,
                                               apr_size_t size);
void gov_render__memory_free(gov_render__memory_t *memory,
                             struct apr_memnode_t *node);

/* --- cache_disk.c: L2 --- */

/* What KEY's file holds, as a new reference.  NULL: there is none, or it is the
   file that OLD (or NULL) came from. */
gov_entry_t *gov_render__disk_read(gov_cache_t *cache, apr_uint64_t hash,
                                   const char *key, apr_size_t key_len,
                                   const gov_entry_t *old);
gov_err_t *gov_render__disk_write(gov_cache_t *cache, gov_entry_t *entry,
                                  apr_pool_t *pool);

#endif
