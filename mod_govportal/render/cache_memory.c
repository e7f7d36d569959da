/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/cache_memory.c -- L1: the entries this process has at hand.

   Entries are shared by threads and outlive the requests that made or sent
   them, so they are counted references in blocks of an allocator of their own,
   not in pools.  A shard's lock is held for a look-up or a change of pointers
   only. */

#include <string.h>

#include <apr_allocator.h>
#include <apr_thread_mutex.h>

#include "cache_priv.h"

#define SHARDS_MAX 16u
#define SHARD_MIN (1u << 20)      /* a large page must fit in one */

typedef struct shard_t {
    _Alignas(64) apr_thread_mutex_t *mutex;
    gov_entry_t **buckets;
    gov_entry_t *newest, *oldest;
    apr_size_t bytes, entries;
} shard_t;

struct gov_render__memory_t {
    apr_allocator_t *allocator;
    apr_size_t budget;            /* of a shard */
    apr_uint64_t shard_mask, bucket_mask;
    shard_t *shards;
};

/* Shards and buckets take different bits of the hash. */
static shard_t *
shard_of(gov_render__memory_t *memory, apr_uint64_t hash)
{
    return &memory->shards[hash & memory->shard_mask];
}

static gov_entry_t **
bucket_of(gov_render__memory_t *memory, shard_t *shard, apr_uint64_t hash)
{
    return &shard->buckets[(hash >> 8) & memory->bucket_mask];
}

struct apr_memnode_t *
gov_render__memory_alloc(gov_render__memory_t *memory, apr_size_t size)
{
    return apr_allocator_alloc(memory->allocator, size);
}

void
gov_render__memory_free(gov_render__memory_t *memory,
                        struct apr_memnode_t *node)
{
    node->next = NULL;
    apr_allocator_free(memory->allocator, node);
}

static bool
is(const gov_entry_t *entry, apr_uint64_t hash, const char *key,
   apr_size_t key_len)
{
    return entry->hash == hash && entry->head.key == key_len
        && !memcmp(entry->key, key, key_len);
}

static void
link_newest(shard_t *shard, gov_entry_t *entry)
{
    entry->newer = NULL;
    entry->older = shard->newest;
    if (shard->newest)
        shard->newest->newer = entry;
    else
        shard->oldest = entry;
    shard->newest = entry;
}

static void
unlink_entry(shard_t *shard, gov_entry_t *entry)
{
    if (entry->newer)
        entry->newer->older = entry->older;
    else
        shard->newest = entry->older;
    if (entry->older)
        entry->older->newer = entry->newer;
    else
        shard->oldest = entry->newer;
}

/* Take ENTRY out; the shard's reference is the caller's now. */
static void
take_out(gov_render__memory_t *memory, shard_t *shard, gov_entry_t *entry)
{
    gov_entry_t **at = bucket_of(memory, shard, entry->hash);

    while (*at != entry)
        at = &(*at)->next;
    *at = entry->next;
    unlink_entry(shard, entry);
    shard->bytes -= entry->size;
    shard->entries--;
}

static apr_status_t
destroy(void *data)
{
    gov_render__memory_t *memory = data;
    apr_uint64_t i;

    for (i = 0; i <= memory->shard_mask; i++) {
        shard_t *shard = &memory->shards[i];

        while (shard->oldest) {
            gov_entry_t *entry = shard->oldest;

            take_out(memory, shard, entry);
            gov_entry_release(entry);
        }
    }
    apr_allocator_destroy(memory->allocator);
    return APR_SUCCESS;
}

static apr_uint64_t
power_of_two(apr_uint64_t n)
{
    apr_uint64_t power = 1;

    while (power * 2 <= n)
        power *= 2;
    return power;
}

gov_err_t *
gov_render__memory_create(gov_render__memory_t **result, apr_size_t budget,
                          apr_pool_t *pool)
{
    gov_render__memory_t *memory = apr_pcalloc(pool, sizeof(*memory));
    apr_thread_mutex_t *mutex;
    apr_uint64_t shards, buckets, i;
    apr_status_t rv;
    char *room;

    shards = power_of_two(budget / SHARD_MIN);
    if (shards > SHARDS_MAX)
        shards = SHARDS_MAX;
    memory->budget = budget / shards;
    buckets = power_of_two(memory->budget / 4096 + 1);
    memory->shard_mask = shards - 1;
    memory->bucket_mask = buckets - 1;
    room = apr_pcalloc(pool, shards * sizeof(shard_t) + _Alignof(shard_t));
    memory->shards = (shard_t *)APR_ALIGN((apr_uintptr_t)room,
                                          _Alignof(shard_t));
    for (i = 0; i < shards; i++) {
        shard_t *shard = &memory->shards[i];

        shard->buckets = apr_pcalloc(pool, buckets * sizeof(gov_entry_t *));
        rv = apr_thread_mutex_create(&shard->mutex, APR_THREAD_MUTEX_DEFAULT,
                                     pool);
        if (rv)
            return gov_err_apr(rv, pool, "the page cache's locks");
    }
    rv = apr_thread_mutex_create(&mutex, APR_THREAD_MUTEX_DEFAULT, pool);
    if (!rv)
        rv = apr_allocator_create(&memory->allocator);
    if (rv)
        return gov_err_apr(rv, pool, "the page cache's memory");
    apr_pool_cleanup_register(pool, memory, destroy, apr_pool_cleanup_null);
    apr_allocator_mutex_set(memory->allocator, mutex);
    /* blocks go back at once: their sizes differ, a hoard would only grow */
    apr_allocator_max_free_set(memory->allocator, 1);
    *result = memory;
    return NULL;
}

gov_entry_t *
gov_render__memory_find(gov_render__memory_t *memory, apr_uint64_t hash,
                        const char *key, apr_size_t key_len)
{
    shard_t *shard = shard_of(memory, hash);
    gov_entry_t *entry;

    apr_thread_mutex_lock(shard->mutex);
    entry = *bucket_of(memory, shard, hash);
    while (entry && !is(entry, hash, key, key_len))
        entry = entry->next;
    if (entry) {
        atomic_fetch_add_explicit(&entry->refs, 1, memory_order_relaxed);
        if (shard->newest != entry) {
            unlink_entry(shard, entry);
            link_newest(shard, entry);
        }
    }
    apr_thread_mutex_unlock(shard->mutex);
    return entry;
}

void
gov_render__memory_keep(gov_render__memory_t *memory, gov_entry_t *entry)
{
    shard_t *shard = shard_of(memory, entry->hash);
    gov_entry_t **bucket = bucket_of(memory, shard, entry->hash);
    gov_entry_t *old, *gone = NULL;

    if (entry->size > memory->budget)
        return;
    apr_thread_mutex_lock(shard->mutex);
    for (old = *bucket; old; old = old->next)
        if (is(old, entry->hash, entry->key, entry->head.key))
            break;
    if (entry->kept || (old && gov_render__entry_later(old, entry))) {
        apr_thread_mutex_unlock(shard->mutex);
        return;
    }
    if (old) {
        take_out(memory, shard, old);
        old->next = gone;
        gone = old;
    }
    while (shard->oldest && shard->bytes + entry->size > memory->budget) {
        gov_entry_t *last = shard->oldest;

        take_out(memory, shard, last);
        last->next = gone;
        gone = last;
    }
    atomic_fetch_add_explicit(&entry->refs, 1, memory_order_relaxed);
    entry->kept = true;
    entry->next = *bucket;
    *bucket = entry;
    link_newest(shard, entry);
    shard->bytes += entry->size;
    shard->entries++;
    apr_thread_mutex_unlock(shard->mutex);

    while (gone) {
        gov_entry_t *next = gone->next;

        gov_entry_release(gone);
        gone = next;
    }
}

void
gov_render__memory_stats(gov_cache_stats_t *stats,
                         gov_render__memory_t *memory)
{
    apr_uint64_t i;

    for (i = 0; i <= memory->shard_mask; i++) {
        shard_t *shard = &memory->shards[i];

        apr_thread_mutex_lock(shard->mutex);
        stats->l1_bytes += shard->bytes;
        stats->l1_entries += shard->entries;
        apr_thread_mutex_unlock(shard->mutex);
    }
}
