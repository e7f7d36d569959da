/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* token.c -- random tokens, and the keys of forms. */

#include <sodium.h>
#include <string.h>

#include "gov_time.h"
#include "security_priv.h"

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING
/* How much nodes' clocks may differ. */
#define SKEW apr_time_from_sec(10)

#define ONCE 16
/* The number of the key, the moment in microseconds, random bytes, a MAC of all
   of it and the binding. */
#define AT_TIME 2
#define AT_ONCE (AT_TIME + 8)
#define AT_MAC (AT_ONCE + ONCE)
#define SIZE (AT_MAC + GOV_MAC_SIZE)

static const char *
encode(const unsigned char *data, apr_size_t len, apr_pool_t *pool)
{
    apr_size_t size = sodium_base64_encoded_len(len, BASE64);

    return sodium_bin2base64(apr_palloc(pool, size), size, data, len, BASE64);
}

const char *
gov_token(const gov_ctx_t *ctx, apr_size_t bytes, apr_pool_t *pool)
{
    unsigned char *data = apr_palloc(pool, bytes);
    const char *text;

    ctx->clock->random(ctx->clock->baton, data, bytes);
    text = encode(data, bytes, pool);
    sodium_memzero(data, bytes);
    return text;
}

/* False: the ring has no key of that number. */
static bool
sign(unsigned char out[GOV_MAC_SIZE], const gov_keys_t *keys, int number,
     const unsigned char *data, const char *binding, apr_pool_t *pool)
{
    gov_mac_t *mac = gov_mac_begin(keys, number, GOV_PURPOSE_TOKEN, pool);

    if (!mac)
        return false;
    gov_mac_text(mac, "form");
    gov_mac_add(mac, data, AT_MAC);
    gov_mac_text(mac, binding);
    gov_mac_end(out, mac);
    return true;
}

const char *
gov_form_key(const gov_ctx_t *ctx, const char *binding, apr_pool_t *pool)
{
    apr_uint64_t now = (apr_uint64_t)gov_now(ctx->clock);
    unsigned char data[SIZE];
    int i, number;

    if (!ctx->keys)
        return NULL;
    number = gov_keys_current(ctx->keys);
    data[0] = (unsigned char)(number >> 8);
    data[1] = (unsigned char)number;
    for (i = 0; i < 8; i++)
        data[AT_TIME + i] = (unsigned char)(now >> (56 - 8 * i));
    ctx->clock->random(ctx->clock->baton, data + AT_ONCE, ONCE);
    sign(data + AT_MAC, ctx->keys, number, data, binding, pool);
    return encode(data, SIZE, pool);
}

/* base64url has several spellings of the same bytes; only ours is taken. */
static bool
decode(unsigned char data[SIZE], const char *key)
{
    apr_size_t len = strlen(key), found;

    return len == sodium_base64_encoded_len(SIZE, BASE64) - 1
        && sodium_base642bin(data, SIZE, key, len, NULL, &found, NULL,
                             BASE64) == 0
        && found == SIZE;
}

gov_err_t *
gov_form_key_check(gov_bytes_t *once, const gov_ctx_t *ctx, const char *key,
                   const char *binding, apr_interval_time_t max_age,
                   apr_pool_t *pool)
{
    unsigned char data[SIZE], mac[GOV_MAC_SIZE];
    apr_uint64_t made = 0;
    apr_time_t age;
    int i;

    if (!ctx->keys)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "no key ring is configured (GovKeyFile)");
    if (!key || !decode(data, key) || !(data[0] | data[1])
        || !sign(mac, ctx->keys, data[0] << 8 | data[1], data, binding, pool)
        || !gov_same(mac, data + AT_MAC, sizeof(mac)))
        return gov_err(GOV_E_FORBIDDEN, NULL, pool,
                       "the form's key is not ours or is another's");
    for (i = 0; i < 8; i++)
        made = made << 8 | data[AT_TIME + i];
    age = gov_now(ctx->clock) - (apr_time_t)made;
    if (age > max_age)
        return gov_err(GOV_E_FORBIDDEN, NULL, pool,
                       "the form is older than %" APR_TIME_T_FMT " seconds",
                       apr_time_sec(max_age));
    if (age < -SKEW)
        return gov_err(GOV_E_FORBIDDEN, NULL, pool,
                       "the form's key is from the future");
    once->data = apr_pmemdup(pool, data + AT_ONCE, ONCE);
    once->len = ONCE;
    return NULL;
}
