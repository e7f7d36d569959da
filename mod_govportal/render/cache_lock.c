/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/cache_lock.c -- one render per key at a time.

   A lock is one word in shared memory that says whose it is, so that it can be
   taken, given back and taken away with one compare-and-set, and a process that
   is killed leaves nothing but a word with its id:

       63       44 43       22 21        0
       key's hash  process id  since when      0: free

   Two keys may want the same word.  Then the second renders without a lock,
   rather than wait for a page that is not its own. */

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "cache_priv.h"

#define FIELD ((1u << 22) - 1)    /* Linux's process ids end there, too */
#define TICKS_PER_SEC 16
#define LOST_AFTER (10 * TICKS_PER_SEC)

#define NAP_FIRST 200             /* microseconds */
#define NAP_LONGEST 2000

static apr_int64_t
monotonic(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (apr_int64_t)now.tv_sec * APR_USEC_PER_SEC + now.tv_nsec / 1000;
}

static apr_uint64_t
ticks(apr_int64_t at)
{
    return (apr_uint64_t)at * TICKS_PER_SEC / APR_USEC_PER_SEC & FIELD;
}

static gov_render__atomic_t *
word_of(gov_cache_t *cache, apr_uint64_t hash)
{
    return &cache->shared->locks[hash & (GOV_RENDER__LOCKS - 1)];
}

static bool
same_key(apr_uint64_t word, apr_uint64_t hash)
{
    return word >> 44 == hash >> 44;
}

/* Its holder is dead, or has held it for too long. */
static bool
lost(apr_uint64_t word, apr_int64_t now)
{
    pid_t pid = (pid_t)(word >> 22 & FIELD);
    apr_uint64_t held = (ticks(now) - word) & FIELD;

    /* the upper half is a little less than nothing: taken since NOW was read */
    if (held > LOST_AFTER && held <= FIELD / 2)
        return true;
    return kill(pid, 0) && errno == ESRCH;
}

void
gov_cache_lock(bool *mine, gov_cache_t *cache, const char *key,
               apr_size_t key_len, apr_interval_time_t patience)
{
    apr_uint64_t hash = gov_render__hash(key, key_len), word, seen = 0;
    gov_render__atomic_t *lock = word_of(cache, hash);
    apr_int64_t now = monotonic(), until = now + patience;
    apr_interval_time_t nap = NAP_FIRST;

    gov_assert(cache->memory);
    *mine = true;
    if (!cache->on)
        return;
    for (;; now = monotonic()) {
        word = atomic_load(lock);
        if (seen && word != seen)
            break;                /* given back, and perhaps taken again */
        if (!word || (same_key(word, hash) && lost(word, now))) {
            if (atomic_compare_exchange_strong(
                    lock, &word, (hash >> 44) << 44 | cache->pid << 22
                    | ticks(now)))
                return;
            if (!word)
                continue;
        }
        if (!same_key(word, hash))
            return;
        seen = word;
        if (now >= until)
            break;
        apr_sleep(nap < until - now ? nap : until - now);
        nap = nap * 3 / 2 < NAP_LONGEST ? nap * 3 / 2 : NAP_LONGEST;
    }
    *mine = false;
}

void
gov_cache_unlock(gov_cache_t *cache, const char *key, apr_size_t key_len)
{
    apr_uint64_t hash = gov_render__hash(key, key_len);
    gov_render__atomic_t *lock = word_of(cache, hash);
    apr_uint64_t word = atomic_load(lock);

    /* not ours: we had none because of another key, or it was taken away */
    if (same_key(word, hash) && (word >> 22 & FIELD) == cache->pid)
        atomic_compare_exchange_strong(lock, &word, 0);
}
