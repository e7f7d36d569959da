/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* sum.c -- a sum and a wait, for those who cannot do proof of work. */

#include <sodium.h>
#include <string.h>

#include "gov_captcha.h"
#include "gov_time.h"
#include "security_priv.h"

#define FIELD "sum"
#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define WAIT apr_time_from_sec(10)
#define LEAST 2
#define MOST 19
#define RANDOM 16

/* The number of the key, the moment in microseconds, random bytes, a MAC of these
   and the sum. */
#define AT_TIME 2
#define AT_RANDOM (AT_TIME + 8)
#define AT_MAC (AT_RANDOM + RANDOM)
#define SIZE (AT_MAC + GOV_MAC_SIZE)

static bool
sign(unsigned char out[GOV_MAC_SIZE], const gov_keys_t *keys, int number,
     const unsigned char *data, int sum, apr_pool_t *pool)
{
    gov_mac_t *mac = gov_mac_begin(keys, number, GOV_PURPOSE_CAPTCHA, pool);
    const unsigned char answer = (unsigned char)sum;

    if (!mac)
        return false;
    gov_mac_text(mac, FIELD);
    gov_mac_add(mac, data, AT_MAC);
    gov_mac_add(mac, &answer, 1);
    gov_mac_end(out, mac);
    return true;
}

void
gov_sum_make(gov_sum_t *sum, const gov_ctx_t *ctx, apr_pool_t *pool)
{
    apr_uint64_t now = (apr_uint64_t)gov_now(ctx->clock);
    apr_size_t size = sodium_base64_encoded_len(SIZE, BASE64);
    unsigned char data[SIZE];
    int i, number;

    sum->first = LEAST + (int)gov_security__random_to(ctx, MOST - LEAST);
    sum->second = LEAST + (int)gov_security__random_to(ctx, MOST - LEAST);
    sum->token = NULL;
    if (!ctx->keys)
        return;
    number = gov_keys_current(ctx->keys);
    data[0] = (unsigned char)(number >> 8);
    data[1] = (unsigned char)number;
    for (i = 0; i < 8; i++)
        data[AT_TIME + i] = (unsigned char)(now >> (56 - 8 * i));
    ctx->clock->random(ctx->clock->baton, data + AT_RANDOM, RANDOM);
    sign(data + AT_MAC, ctx->keys, number, data, sum->first + sum->second,
         pool);
    sum->token = sodium_bin2base64(apr_palloc(pool, size), size, data, SIZE,
                                   BASE64);
}

/* Digits of either width, as input methods write them; -1: it is no such number. */
static int
read_answer(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    int value = 0, digits = 0;

    while (*p == ' ')
        p++;
    for (; digits < 3; digits++) {
        if (apr_isdigit(*p))
            value = 10 * value + *p++ - '0';
        else if (p[0] == 0xef && p[1] == 0xbc && p[2] >= 0x90 && p[2] <= 0x99) {
            value = 10 * value + p[2] - 0x90;
            p += 3;
        }
        else
            break;
    }
    while (*p == ' ')
        p++;
    return digits && !*p && value <= 2 * MOST ? value : -1;
}

static bool
decode(unsigned char data[SIZE], const char *token)
{
    apr_size_t len = strlen(token), found;

    return len == sodium_base64_encoded_len(SIZE, BASE64) - 1
        && sodium_base642bin(data, SIZE, token, len, NULL, &found, NULL,
                             BASE64) == 0
        && found == SIZE && (data[0] | data[1]);
}

/* Which of the few possible sums is the token's?  -1: of none, it is not ours. */
static int
signed_sum(const gov_keys_t *keys, const unsigned char *data, apr_pool_t *pool)
{
    unsigned char mac[GOV_MAC_SIZE];
    int sum;

    for (sum = 2 * LEAST; sum <= 2 * MOST; sum++)
        if (!sign(mac, keys, data[0] << 8 | data[1], data, sum, pool))
            return -1;
        else if (gov_same(mac, data + AT_MAC, sizeof(mac)))
            return sum;
    return -1;
}

gov_err_t *
gov_sum_check(gov_bytes_t *once, const gov_ctx_t *ctx, const char *token,
              const char *answer, apr_pool_t *pool)
{
    unsigned char data[SIZE];
    apr_uint64_t made = 0;
    apr_time_t age;
    int i, sum;

    if (!ctx->keys)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "no key ring is configured (GovKeyFile)");
    sum = token && decode(data, token) ? signed_sum(ctx->keys, data, pool) : -1;
    if (sum < 0)
        return gov_err(GOV_E_FORBIDDEN, NULL, pool, GOV_CAPTCHA_FORGED);
    for (i = 0; i < 8; i++)
        made = made << 8 | data[AT_TIME + i];
    age = gov_now(ctx->clock) - (apr_time_t)made;
    if (age > GOV_SECURITY_CAPTCHA_AGE)
        return gov_err_field(FIELD, pool, GOV_CAPTCHA_LATE);
    if (!answer || read_answer(answer) != sum)
        return gov_err_field(FIELD, pool, GOV_CAPTCHA_WRONG);
    if (age < WAIT)
        return gov_err_field(FIELD, pool, GOV_CAPTCHA_SOON);
    gov_security__once(once, "sum:", data + AT_RANDOM, RANDOM, pool);
    return NULL;
}
