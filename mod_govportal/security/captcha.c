/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* captcha.c -- proof of work by ALTCHA's protocol. */

#include <sodium.h>
#include <string.h>

#include "gov_captcha.h"
#include "gov_json.h"
#include "gov_media.h"
#include "gov_policy.h"
#include "gov_time.h"
#include "security_priv.h"

#define FIELD "altcha"
#define ALGORITHM "SHA-256"
#define SALT 12                   /* random bytes */
#define PAYLOAD_MAX 2048          /* bytes, as it comes */
#define NUMBER_MAX 10000000       /* the most that the rule allows */
/* The number of the key, then the MAC. */
#define SIGNATURE (2 + GOV_MAC_SIZE)

void
gov_security__work(char hex[65], const char *salt, apr_int64_t number,
                   apr_pool_t *pool)
{
    const char *text = apr_psprintf(pool, "%s%" APR_INT64_T_FMT, salt, number);
    unsigned char digest[32];

    gov_digest(digest, text, strlen(text));
    sodium_bin2hex(hex, 65, digest, sizeof(digest));
}

/* The salt is signed beside the challenge: it says when both expire.  False: there
   is no key of that number. */
static bool
sign(unsigned char out[GOV_MAC_SIZE], const gov_keys_t *keys, int number,
     const char *challenge, const char *salt, apr_pool_t *pool)
{
    gov_mac_t *mac = gov_mac_begin(keys, number, GOV_PURPOSE_CAPTCHA, pool);

    if (!mac)
        return false;
    gov_mac_text(mac, FIELD);
    gov_mac_text(mac, challenge);
    gov_mac_text(mac, salt);
    gov_mac_end(out, mac);
    return true;
}

/* From 0 to MOST, each as likely as any other. */
apr_int64_t
gov_security__random_to(const gov_ctx_t *ctx, apr_int64_t most)
{
    const apr_uint64_t count = (apr_uint64_t)most + 1;
    const apr_uint64_t limit = APR_UINT64_MAX - APR_UINT64_MAX % count;
    apr_uint64_t value;

    do
        ctx->clock->random(ctx->clock->baton, (unsigned char *)&value,
                           sizeof(value));
    while (value >= limit);
    return (apr_int64_t)(value % count);
}

/* The salt ends with '&', so that no digit of the number can be read as one of the
   time (CVE-2025-68113). */
const char *
gov_captcha_make(const gov_ctx_t *ctx, apr_pool_t *pool)
{
    unsigned char random[SALT], signature[SIGNATURE];
    apr_int64_t most = ctx->policy->captcha_work;
    gov_json_t *json;
    const char *salt;
    char challenge[65];
    int number;

    if (!ctx->keys)
        return NULL;
    number = gov_keys_current(ctx->keys);
    ctx->clock->random(ctx->clock->baton, random, sizeof(random));
    salt = apr_psprintf(pool, "%s?expires=%" APR_TIME_T_FMT "&",
                        gov_hex(random, sizeof(random), pool),
                        apr_time_sec(gov_now(ctx->clock)
                                     + GOV_SECURITY_CAPTCHA_AGE));
    gov_security__work(challenge, salt, gov_security__random_to(ctx, most),
                       pool);
    signature[0] = (unsigned char)(number >> 8);
    signature[1] = (unsigned char)number;
    sign(signature + 2, ctx->keys, number, challenge, salt, pool);
    json = gov_json_object(pool);
    gov_json_set(json, "algorithm", ALGORITHM);
    gov_json_set(json, "challenge", challenge);
    gov_json_set_int(json, "maxnumber", most);
    gov_json_set(json, "salt", salt);
    gov_json_set(json, "signature", gov_hex(signature, sizeof(signature),
                                            pool));
    return gov_json_dump(json, false, pool);
}

typedef struct solution_t {
    const char *challenge, *salt, *signature;
    apr_int64_t number;
} solution_t;

/* Browsers write plain base64; some libraries leave the padding out. */
static bool
read_payload(solution_t *solution, const char *payload, apr_pool_t *pool)
{
    apr_size_t len = strlen(payload), found;
    const gov_json_t *json;
    const char *algorithm;
    unsigned char *text;

    if (len > PAYLOAD_MAX)
        return false;
    text = apr_palloc(pool, len + 1);
    if (sodium_base642bin(text, len + 1, payload, len, NULL, &found, NULL,
                          sodium_base64_VARIANT_ORIGINAL)
        && sodium_base642bin(text, len + 1, payload, len, NULL, &found, NULL,
                             sodium_base64_VARIANT_ORIGINAL_NO_PADDING))
        return false;
    if (gov_json_parse(&json, (const char *)text, found, pool))
        return false;
    algorithm = gov_json_str(json, "algorithm");
    solution->challenge = gov_json_str(json, "challenge");
    solution->salt = gov_json_str(json, "salt");
    solution->signature = gov_json_str(json, "signature");
    solution->number = gov_json_int(json, "number", -1);
    return algorithm && !strcmp(algorithm, ALGORITHM) && solution->challenge
        && solution->salt && solution->signature && solution->number >= 0
        && solution->number <= NUMBER_MAX;
}

static bool
is_ours(const solution_t *solution, const gov_keys_t *keys, apr_pool_t *pool)
{
    unsigned char signature[SIGNATURE], mac[GOV_MAC_SIZE];

    return gov_unhex(signature, sizeof(signature), solution->signature)
        && (signature[0] | signature[1])
        && sign(mac, keys, signature[0] << 8 | signature[1],
                solution->challenge, solution->salt, pool)
        && gov_same(mac, signature + 2, sizeof(mac));
}

/* Of a salt that we signed. */
static apr_time_t
expires(const char *salt)
{
    const char *at = strstr(salt, "?expires=");

    return at ? apr_time_from_sec(apr_atoi64(at + 9)) : 0;
}

void
gov_security__once(gov_bytes_t *once, const char *what, const void *data,
                   apr_size_t len, apr_pool_t *pool)
{
    apr_size_t head = strlen(what);
    char *text = apr_palloc(pool, head + len);
    unsigned char digest[32];

    memcpy(text, what, head);
    memcpy(text + head, data, len);
    gov_digest(digest, text, head + len);
    once->data = apr_pmemdup(pool, digest, 16);
    once->len = 16;
}

gov_err_t *
gov_captcha_check(gov_bytes_t *once, const gov_ctx_t *ctx, const char *payload,
                  apr_pool_t *pool)
{
    solution_t solution;
    char work[65];

    if (!ctx->keys)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "no key ring is configured (GovKeyFile)");
    if (!payload || !read_payload(&solution, payload, pool))
        return gov_err_field(FIELD, pool, GOV_CAPTCHA_WRONG);
    if (!is_ours(&solution, ctx->keys, pool))
        return gov_err(GOV_E_FORBIDDEN, NULL, pool, GOV_CAPTCHA_FORGED);
    if (gov_now(ctx->clock) > expires(solution.salt))
        return gov_err_field(FIELD, pool, GOV_CAPTCHA_LATE);
    gov_security__work(work, solution.salt, solution.number, pool);
    if (strcmp(work, solution.challenge))
        return gov_err_field(FIELD, pool, GOV_CAPTCHA_WRONG);
    gov_security__once(once, "captcha:", solution.challenge,
                       strlen(solution.challenge), pool);
    return NULL;
}
