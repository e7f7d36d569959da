/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* limit.c -- rate limits in memory that the node's processes share.

   A cell is the hash of a key and the time at which the key's bucket is empty
   again, changed by compare-and-swap.  A key may lie in one of WAYS cells; when
   all are taken the one that empties first gives way, so a flood of addresses
   makes limits forgetful, never wrong for those who are quiet. */

#include <apr_shm.h>
#include <arpa/inet.h>
#include <sodium.h>
#include <string.h>

#include "gov_limit.h"

#define CELLS 65536               /* 1 MB */
#define WAYS 8

typedef struct cell_t {
    apr_uint64_t key;
    apr_int64_t empty;            /* microseconds since 1970 */
} cell_t;

struct gov_limits_t {
    cell_t *cells;
    unsigned char secret[crypto_shorthash_KEYBYTES]; /* nobody picks his cell */
};

gov_err_t *
gov_limits_create(gov_limits_t **limits, apr_pool_t *pool)
{
    gov_limits_t *l = apr_pcalloc(pool, sizeof(*l));
    apr_shm_t *shm;
    apr_status_t rv = apr_shm_create(&shm, CELLS * sizeof(cell_t), NULL, pool);

    if (rv)
        return gov_err_apr(rv, pool, "memory for rate limits");
    l->cells = apr_shm_baseaddr_get(shm);
    memset(l->cells, 0, CELLS * sizeof(cell_t));
    if (sodium_init() < 0)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "libsodium does not start");
    randombytes_buf(l->secret, sizeof(l->secret));
    *limits = l;
    return NULL;
}

/* The key's cell, or the one that it may take over. */
static cell_t *
find(gov_limits_t *limits, apr_uint64_t key)
{
    cell_t *set = limits->cells + key % (CELLS / WAYS) * WAYS, *worst = set;
    int i;

    for (i = 0; i < WAYS; i++) {
        if (__atomic_load_n(&set[i].key, __ATOMIC_ACQUIRE) == key)
            return &set[i];
        if (__atomic_load_n(&set[i].empty, __ATOMIC_RELAXED)
            < __atomic_load_n(&worst->empty, __ATOMIC_RELAXED))
            worst = &set[i];
    }
    return worst;
}

static apr_uint64_t
hash(const gov_limits_t *limits, const char *kind, const char *key,
     apr_pool_t *pool)
{
    const char *text = apr_pstrcat(pool, kind, "\n", key, NULL);
    apr_uint64_t h;

    crypto_shorthash((unsigned char *)&h, (const unsigned char *)text,
                     strlen(text), limits->secret);
    return h ? h : 1;
}

gov_err_t *
gov_limit_take(gov_limits_t *limits, const char *kind, const char *key,
               int most, apr_interval_time_t per, apr_time_t now,
               apr_pool_t *pool)
{
    apr_interval_time_t step = per / most;
    apr_uint64_t h;
    cell_t *cell;
    apr_int64_t empty, next;
    int tries;

    if (!limits)
        return NULL;
    h = hash(limits, kind, key, pool);
    cell = find(limits, h);
    if (__atomic_exchange_n(&cell->key, h, __ATOMIC_ACQ_REL) != h)
        __atomic_store_n(&cell->empty, now, __ATOMIC_RELEASE);
    for (tries = 0; tries < 100; tries++) {
        empty = __atomic_load_n(&cell->empty, __ATOMIC_ACQUIRE);
        next = (empty > now ? empty : now) + step;
        if (next - now > per)
            return gov_err(GOV_E_TOO_MANY, NULL, pool,
                           "wait %d s: more than %d %s from %s",
                           (int)((next - now - per) / APR_USEC_PER_SEC) + 1,
                           most, kind, key);
        if (__atomic_compare_exchange_n(&cell->empty, &empty, next, false,
                                        __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
            return NULL;
    }
    return gov_err(GOV_E_TOO_MANY, NULL, pool, "wait 1 s: a crowd of %s", kind);
}

const char *
gov_limit_address(const char *address, apr_pool_t *pool)
{
    struct in6_addr in;
    const unsigned char *b = (const unsigned char *)&in;

    if (!address)
        return "";
    if (!strchr(address, ':') || inet_pton(AF_INET6, address, &in) != 1
        || IN6_IS_ADDR_V4MAPPED(&in))
        return address;
    return apr_psprintf(pool, "%x:%x:%x:%x::/64", b[0] << 8 | b[1],
                        b[2] << 8 | b[3], b[4] << 8 | b[5], b[6] << 8 | b[7]);
}

int
gov_limit_used(gov_limits_t *limits, const char *kind, const char *key,
               int most, apr_interval_time_t per, apr_time_t now,
               apr_pool_t *pool)
{
    apr_interval_time_t step = per / most;
    apr_int64_t empty;
    apr_uint64_t h;
    cell_t *cell;

    if (!limits)
        return 0;
    h = hash(limits, kind, key, pool);
    cell = find(limits, h);
    if (__atomic_load_n(&cell->key, __ATOMIC_ACQUIRE) != h)
        return 0;
    empty = __atomic_load_n(&cell->empty, __ATOMIC_ACQUIRE);
    return empty <= now ? 0 : (int)((empty - now + step - 1) / step);
}

int
gov_limit_wait(const gov_err_t *err)
{
    return err && err->code == GOV_E_TOO_MANY
        && !strncmp(err->message, "wait ", 5)
        ? (int)apr_atoi64(err->message + 5) : 0;
}
