/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/cache.c -- the page cache: shared memory, L1 and L2 together. */

#include <string.h>
#include <unistd.h>

#include <apr_file_io.h>

#include "cache_priv.h"
#include "gov_log.h"
#include "gov_theme.h"

#define GZIP_LEVEL 6
#define TELL_EVERY apr_time_from_sec(60)

gov_err_t *
gov_cache_open(gov_cache_t **result, const gov_config_t *config,
               apr_pool_t *pool)
{
    gov_cache_t *cache = apr_pcalloc(pool, sizeof(*cache));
    apr_status_t rv;

    cache->dir = apr_pstrcat(pool, config->state_dir, "/pages", NULL);
    cache->on = config->page_cache;
    cache->budget = config->page_cache_size;
    rv = apr_dir_make_recursive(cache->dir, APR_FPROT_UREAD | APR_FPROT_UWRITE
                                | APR_FPROT_UEXECUTE | APR_FPROT_GREAD
                                | APR_FPROT_GEXECUTE, pool);
    if (rv)
        return gov_err_apr(rv, pool, "cannot make %s", cache->dir);
    gov_render__give(cache->dir, config->state_dir);
    GOV_TRY(gov_render__shared_open(&cache->shared, config->state_dir, pool));
    *result = cache;
    return NULL;
}

gov_err_t *
gov_cache_start(gov_cache_t *cache, apr_pool_t *pool)
{
    cache->pid = (apr_uint64_t)getpid();
    return gov_render__memory_create(&cache->memory, cache->budget, pool);
}

void
gov_cache_version_set(gov_cache_t *cache, const char *version)
{
    atomic_store(&cache->version, gov_render__hash(version, strlen(version)));
}

/* Neighbours in one process, and processes made one after the other, count in
   cells of their own. */
static gov_render__cell_t *
cell(gov_cache_t *cache, apr_uint64_t hash)
{
    return &cache->shared->cells[(cache->pid * 16 + (hash & 15))
                                 & (GOV_RENDER__CELLS - 1)];
}

static void
count(gov_render__atomic_t *counter)
{
    atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

static bool
is_fresh(gov_cache_t *cache, gov_entry_t *entry, apr_time_t now)
{
    return (!entry->head.until || now < entry->head.until)
        && gov_render__entry_current(cache, entry);
}

void
gov_cache_find(gov_entry_t **result, bool *fresh, gov_cache_t *cache,
               const char *key, apr_size_t key_len, apr_time_t now)
{
    apr_uint64_t hash = gov_render__hash(key, key_len);
    gov_entry_t *entry, *other;

    *result = NULL;
    *fresh = false;
    gov_assert(cache->memory);
    if (!cache->on)
        return;
    entry = gov_render__memory_find(cache->memory, hash, key, key_len);
    if (entry && is_fresh(cache, entry, now)) {
        *result = entry;
        *fresh = true;
        count(&cell(cache, hash)->hits);
        return;
    }
    /* another process may have made it, or made it anew */
    other = gov_render__disk_read(cache, hash, key, key_len, entry);
    if (other && entry && gov_render__entry_later(entry, other)) {
        gov_entry_release(other);
        other = NULL;
    }
    if (other) {
        if (entry)
            gov_entry_release(entry);
        entry = other;
        gov_render__memory_keep(cache->memory, entry);
        *fresh = is_fresh(cache, entry, now);
    }
    *result = entry;
    count(*fresh ? &cell(cache, hash)->hits
          : entry ? &cell(cache, hash)->stale : &cell(cache, hash)->misses);
}

/* L1 will do for now; but somebody should look at the disk. */
static void
tell_failure(gov_cache_t *cache, const gov_err_t *err)
{
    gov_render__shared_t *shared = cache->shared;
    apr_uint64_t now = (apr_uint64_t)apr_time_now();
    apr_uint64_t told = atomic_load(&shared->told);

    count(&shared->failures);
    if (now - told > TELL_EVERY
        && atomic_compare_exchange_strong(&shared->told, &told, now))
        gov_log_err(GOV_LOG_WARNING, 331, err,
                    "pages are kept in memory only");
}

static void
keep(gov_cache_t *cache, gov_entry_t *entry, apr_pool_t *pool)
{
    gov_err_t *err = gov_render__disk_write(cache, entry, pool);

    if (err)
        tell_failure(cache, err);
    gov_render__memory_keep(cache->memory, entry);
}

static gov_err_t *
make(gov_entry_t **entry, gov_cache_t *cache, const gov_render__head_t *head,
     const gov_render__parts_t *parts, apr_pool_t *pool)
{
    gov_assert(cache->memory);
    *entry = gov_render__entry_make(cache->memory, head, parts);
    if (!*entry)
        return gov_err(GOV_E_INTERNAL, NULL, pool,
                       "no room for a page of %" APR_SIZE_T_FMT " bytes",
                       parts->body.len);
    return NULL;
}

gov_err_t *
gov_cache_put(gov_entry_t **result, gov_cache_t *cache,
              const gov_stored_t *page, gov_snapshot_t snapshot,
              apr_pool_t *pool)
{
    gov_render__head_t head;
    gov_render__parts_t parts;
    gov_entry_t *entry;
    apr_uint32_t *slots;
    int i;

    memset(&head, 0, sizeof(head));
    head.epoch = cache->shared->epoch;
    head.version = snapshot.version;
    head.generation = snapshot.generation;
    head.modified = page->modified;
    head.until = page->until;
    head.status = (apr_uint32_t)page->status;

    parts.count = page->tags ? (apr_uint32_t)page->tags->nelts : 0;
    slots = apr_palloc(pool, (parts.count + 1) * sizeof(*slots));
    for (i = 0; i < (int)parts.count; i++) {
        const char *tag = APR_ARRAY_IDX(page->tags, i, const char *);

        slots[i] = gov_render__slot(tag, strlen(tag));
    }
    parts.slots = slots;
    parts.key = page->key;
    parts.type = page->content_type;
    parts.headers = page->headers;
    parts.body = page->body;
    parts.gzip = page->gzip;
    GOV_TRY(make(&entry, cache, &head, &parts, pool));
    count(&cell(cache, entry->hash)->renders);
    if (cache->on && gov_render__entry_current(cache, entry)) {
        if (page->local)
            gov_render__memory_keep(cache->memory, entry);
        else
            keep(cache, entry, pool);
    }
    *result = entry;
    return NULL;
}

gov_err_t *
gov_entry_gzip(gov_entry_t **result, gov_cache_t *cache, gov_entry_t *entry,
               apr_pool_t *pool)
{
    gov_render__parts_t parts;
    gov_entry_t *twin;

    if (entry->view.gzip.data) {
        atomic_fetch_add_explicit(&entry->refs, 1, memory_order_relaxed);
        *result = entry;
        return NULL;
    }
    parts.key = entry->key;
    parts.type = entry->view.content_type;
    parts.headers = entry->view.headers;
    parts.body = entry->view.body;
    parts.slots = entry->slots;
    parts.count = entry->head.tags;
    GOV_TRY(gov_gzip(&parts.gzip, parts.body, GZIP_LEVEL, pool));
    GOV_TRY(make(&twin, cache, &entry->head, &parts, pool));
    if (cache->on && gov_render__entry_current(cache, twin))
        keep(cache, twin, pool);
    else if (entry->kept)
        /* it is what is served while the database is away */
        gov_render__memory_keep(cache->memory, twin);
    *result = twin;
    return NULL;
}

gov_cache_stats_t
gov_cache_stats(const gov_cache_t *cache)
{
    const gov_render__shared_t *shared = cache->shared;
    gov_cache_stats_t stats;
    unsigned i;

    memset(&stats, 0, sizeof(stats));
    for (i = 0; i < GOV_RENDER__CELLS; i++) {
        const gov_render__cell_t *from = &shared->cells[i];

        stats.hits += atomic_load(&from->hits);
        stats.misses += atomic_load(&from->misses);
        stats.stale += atomic_load(&from->stale);
        stats.renders += atomic_load(&from->renders);
    }
    stats.bumps = atomic_load(&shared->begun);
    stats.failures = atomic_load(&shared->failures);
    if (cache->memory)
        gov_render__memory_stats(&stats, cache->memory);
    return stats;
}
