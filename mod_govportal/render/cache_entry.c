/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/cache_entry.c -- one stored answer: a single block that holds what its
   file holds, and pointers into it. */

#include <stddef.h>
#include <string.h>

#include <apr_allocator.h>

#include "cache_priv.h"
#include "gov_theme.h"

/* "GovPage" and the layout's number. */
#define MAGIC APR_UINT64_C(0x476f765061676501)
#define NEVER (~APR_UINT64_C(0))

/* MurmurHash64A (Austin Appleby, public domain): eight bytes a stride. */
apr_uint64_t
gov_render__hash(const void *data, apr_size_t len)
{
    const apr_uint64_t m = APR_UINT64_C(0xc6a4a7935bd1e995);
    const unsigned char *p = data;
    apr_uint64_t h = len * m, k;

    for (; len >= 8; p += 8, len -= 8) {
        memcpy(&k, p, 8);
        k *= m;
        k ^= k >> 47;
        k *= m;
        h = (h ^ k) * m;
    }
    if (len > 0) {
        k = 0;
        memcpy(&k, p, len);
        h = (h ^ k) * m;
    }
    h ^= h >> 47;
    h *= m;
    return h ^ h >> 47;
}

static apr_uint64_t
sum_of(const gov_entry_t *entry)
{
    const char *from = (const char *)&entry->head.epoch;
    const char *end = (const char *)&entry->head + entry->image_len;

    return gov_render__hash(from, (apr_size_t)(end - from));
}

/* How long the image is that HEAD begins. */
static apr_uint64_t
image_len(const gov_render__head_t *head)
{
    return sizeof(*head) + (apr_uint64_t)head->tags * sizeof(apr_uint32_t)
        + (apr_uint64_t)head->key + 1 + (apr_uint64_t)head->type + 1
        + (apr_uint64_t)head->headers + 1 + head->body + head->gzip;
}

gov_entry_t *
gov_render__entry_alloc(gov_render__memory_t *memory, apr_size_t len)
{
    apr_size_t size = offsetof(gov_entry_t, head) + len;
    apr_memnode_t *node;
    gov_entry_t *entry;

    if (size < sizeof(*entry))
        size = sizeof(*entry);
    node = gov_render__memory_alloc(memory, size);
    if (!node)
        return NULL;
    entry = (gov_entry_t *)node->first_avail;
    memset(entry, 0, sizeof(*entry));
    atomic_init(&entry->refs, 1);
    atomic_init(&entry->checked, NEVER);
    entry->memory = memory;
    entry->node = node;
    entry->size = (apr_size_t)(node->endp - (char *)node);
    entry->image_len = len;
    return entry;
}

/* Point the view into an image that is known to be sound. */
static void
point(gov_entry_t *entry)
{
    const gov_render__head_t *head = &entry->head;
    gov_entry_view_t *view = &entry->view;
    const char *at = (const char *)(head + 1);

    entry->slots = (const apr_uint32_t *)(head + 1);
    at += head->tags * sizeof(apr_uint32_t);
    entry->key = at;
    at += head->key + 1;
    view->content_type = head->type ? at : NULL;
    at += head->type + 1;
    view->headers = at;
    at += head->headers + 1;
    view->body.data = at;
    view->body.len = head->body;
    view->gzip.data = head->gzip ? at + head->body : NULL;
    view->gzip.len = head->gzip;
    view->status = (int)head->status;

    apr_snprintf(entry->etag, sizeof(entry->etag),
                 "\"%016" APR_UINT64_T_HEX_FMT "\"", head->etag);
    apr_snprintf(entry->etag_gzip, sizeof(entry->etag_gzip),
                 "\"%016" APR_UINT64_T_HEX_FMT "-gz\"", head->etag);
    apr_snprintf(entry->length, sizeof(entry->length), "%u", head->body);
    apr_snprintf(entry->length_gzip, sizeof(entry->length_gzip), "%u",
                 head->gzip);
    view->etag = entry->etag;
    view->etag_gzip = entry->etag_gzip;
    view->length = entry->length;
    view->length_gzip = entry->length_gzip;
    if (head->modified) {
        apr_rfc822_date(entry->modified, head->modified);
        view->last_modified = entry->modified;
        view->modified = head->modified;
    }
    entry->hash = gov_render__hash(entry->key, head->key);
}

static char *
append(char *at, const void *data, apr_size_t len)
{
    if (len)
        memcpy(at, data, len);
    return at + len;
}

gov_entry_t *
gov_render__entry_make(gov_render__memory_t *memory,
                       const gov_render__head_t *like,
                       const gov_render__parts_t *parts)
{
    const char *type = parts->type ? parts->type : "";
    const char *headers = parts->headers ? parts->headers : "";
    gov_render__head_t head = *like;
    apr_size_t key_len = strlen(parts->key), type_len = strlen(type);
    apr_size_t headers_len = strlen(headers), rest = GOV_RENDER__IMAGE_MAX / 8;
    gov_entry_t *entry;
    char *at;

    /* each by itself first, so that no sum can overflow */
    if (key_len > rest || type_len > rest || headers_len > rest
        || parts->count > rest || parts->body.len > GOV_RENDER__IMAGE_MAX
        || parts->gzip.len > GOV_RENDER__IMAGE_MAX)
        return NULL;
    head.magic = MAGIC;
    head.sum = 0;
    head.etag = gov_render__hash(parts->body.data, parts->body.len);
    head.tags = parts->count;
    head.key = (apr_uint32_t)key_len;
    head.type = (apr_uint32_t)type_len;
    head.headers = (apr_uint32_t)headers_len;
    head.body = (apr_uint32_t)parts->body.len;
    head.gzip = parts->gzip.data ? (apr_uint32_t)parts->gzip.len : 0;
    head.zero = 0;
    if (image_len(&head) > GOV_RENDER__IMAGE_MAX)
        return NULL;
    entry = gov_render__entry_alloc(memory, (apr_size_t)image_len(&head));
    if (!entry)
        return NULL;

    entry->head = head;
    at = (char *)(&entry->head + 1);
    at = append(at, parts->slots, parts->count * sizeof(*parts->slots));
    at = append(at, parts->key, key_len + 1);
    at = append(at, type, type_len + 1);
    at = append(at, headers, headers_len + 1);
    at = append(at, parts->body.data, parts->body.len);
    append(at, parts->gzip.data, head.gzip);
    entry->head.sum = sum_of(entry);
    point(entry);
    return entry;
}

bool
gov_render__entry_open(gov_entry_t *entry)
{
    const gov_render__head_t *head = &entry->head;
    const char *at = (const char *)(head + 1);

    if (entry->image_len < sizeof(*head) || head->magic != MAGIC
        || image_len(head) != entry->image_len || head->sum != sum_of(entry))
        return false;
    if (head->status < 100 || head->status > 599)
        return false;
    at += head->tags * sizeof(apr_uint32_t) + head->key;
    if (*at)
        return false;
    at += 1 + head->type;
    if (*at)
        return false;
    at += 1 + head->headers;
    if (*at)
        return false;
    point(entry);
    return true;
}

bool
gov_render__entry_current(gov_cache_t *cache, gov_entry_t *entry)
{
    const gov_render__shared_t *shared = cache->shared;
    apr_uint64_t ended;

    if (entry->head.epoch != shared->epoch
        || entry->head.version != atomic_load_explicit(&cache->version,
                                                       memory_order_acquire))
        return false;
    ended = atomic_load_explicit(&shared->ended, memory_order_acquire);
    if (atomic_load_explicit(&entry->checked, memory_order_relaxed) == ended)
        return true;
    if (gov_render__slots_moved(shared, entry->slots, entry->head.tags,
                                entry->head.generation))
        return false;
    /* another thread may have stored a later number: one walk more */
    atomic_store_explicit(&entry->checked, ended, memory_order_relaxed);
    return true;
}

bool
gov_render__entry_later(const gov_entry_t *a, const gov_entry_t *b)
{
    return a->head.epoch == b->head.epoch && a->head.version == b->head.version
        && a->head.generation > b->head.generation;
}

void
gov_entry_release(gov_entry_t *entry)
{
    if (atomic_fetch_sub_explicit(&entry->refs, 1, memory_order_acq_rel) == 1)
        gov_render__memory_free(entry->memory, entry->node);
}

const gov_entry_view_t *
gov_entry_view(const gov_entry_t *entry)
{
    return &entry->view;
}
