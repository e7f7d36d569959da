/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* factor.c -- time-based one-time codes, and recovery codes. */

#include <liboath/oath.h>
#include <sodium.h>
#include <string.h>

#include "gov_factor.h"
#include "gov_text.h"
#include "gov_time.h"
#include "security_priv.h"

#define STEP 30
#define DIGITS 6
#define SECRET 20                 /* bytes, and in base32: */
#define LETTERS 32

/* RFC 4648.  liboath's own functions for it answer in malloc'ed memory. */
static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* Five bytes are eight letters. */
const char *
gov_factor_secret(const gov_ctx_t *ctx, apr_pool_t *pool)
{
    char *text = apr_palloc(pool, LETTERS + 1);
    unsigned char bytes[SECRET];
    apr_uint64_t group;
    int i, k;

    ctx->clock->random(ctx->clock->baton, bytes, sizeof(bytes));
    for (i = 0; i < SECRET / 5; i++) {
        for (group = 0, k = 0; k < 5; k++)
            group = group << 8 | bytes[5 * i + k];
        for (k = 0; k < 8; k++)
            text[8 * i + k] = base32[group >> (35 - 5 * k) & 31];
    }
    text[LETTERS] = '\0';
    sodium_memzero(bytes, sizeof(bytes));
    return text;
}

bool
gov_factor_is_secret(const char *text)
{
    return strlen(text) == LETTERS && strspn(text, base32) == LETTERS;
}

static bool
decode(unsigned char bytes[SECRET], const char *secret)
{
    apr_uint64_t group;
    int i, k;

    if (!gov_factor_is_secret(secret))
        return false;
    for (i = 0; i < SECRET / 5; i++) {
        for (group = 0, k = 0; k < 8; k++)
            group = group << 5
                | (apr_uint64_t)(strchr(base32, secret[8 * i + k]) - base32);
        for (k = 0; k < 5; k++)
            bytes[5 * i + k] = (unsigned char)(group >> (32 - 8 * k));
    }
    return true;
}

const char *
gov_factor_code(const char *secret, apr_time_t now, apr_pool_t *pool)
{
    unsigned char bytes[SECRET];
    char code[DIGITS + 1];

    gov_assert(decode(bytes, secret));
    gov_assert(oath_totp_generate((const char *)bytes, sizeof(bytes),
                                  (time_t)apr_time_sec(now), STEP, 0, DIGITS,
                                  code) == OATH_OK);
    sodium_memzero(bytes, sizeof(bytes));
    return apr_pstrdup(pool, code);
}

/* Exactly six digits: liboath takes the number of digits from the text. */
static bool
read_code(char digits[DIGITS + 1], const char *code)
{
    int len = 0;

    for (; *code; code++) {
        if (*code == ' ')
            continue;
        if (!apr_isdigit(*code) || len == DIGITS)
            return false;
        digits[len++] = *code;
    }
    digits[len] = '\0';
    return len == DIGITS;
}

bool
gov_factor_fits(apr_int64_t *step, const char *secret, const char *code,
                apr_time_t now, apr_int64_t last_step)
{
    unsigned char bytes[SECRET];
    char digits[DIGITS + 1];
    uint64_t counter = 0;
    int position, found;

    if (!read_code(digits, code) || !decode(bytes, secret))
        return false;
    found = oath_totp_validate3((const char *)bytes, sizeof(bytes),
                                (time_t)apr_time_sec(now), STEP, 0, 1,
                                &position, &counter, digits);
    sodium_memzero(bytes, sizeof(bytes));
    if (found < 0 || (apr_int64_t)counter <= last_step)
        return false;
    *step = (apr_int64_t)counter;
    return true;
}

/* A slash, too, is escaped; a colon parts issuer and label. */
static const char *
escape(const char *text, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(64, pool);

    for (text = gov_url_encode(text, pool); *text; text++)
        gov_buf_add(out, *text == '/' ? "%2F" : text, *text == '/' ? 3 : 1);
    return out->data;
}

const char *
gov_factor_uri(const char *secret, const char *issuer, const char *label,
               apr_pool_t *pool)
{
    const char *from = escape(issuer, pool);

    return apr_psprintf(pool, "otpauth://totp/%s:%s?secret=%s&issuer=%s"
                        "&algorithm=SHA1&digits=%d&period=%d", from,
                        escape(label, pool), secret, from, DIGITS, STEP);
}

/* --- recovery codes ------------------------------------------------------- */

#define GROUPS 3
#define GROUP 4

apr_array_header_t *
gov_recovery_codes(const gov_ctx_t *ctx, apr_pool_t *pool)
{
    apr_array_header_t *codes = apr_array_make(pool, GOV_RECOVERY_CODES,
                                               sizeof(const char *));
    int i;

    for (i = 0; i < GOV_RECOVERY_CODES; i++)
        APR_ARRAY_PUSH(codes, const char *) =
            gov_security__readable(ctx, GROUPS, GROUP, pool);
    return codes;
}

bool
gov_recovery_digest(unsigned char out[GOV_MAC_SIZE], const gov_ctx_t *ctx,
                    const char *code)
{
    char text[9 + GROUPS * GROUP] = "recovery:";
    const gov_bytes_t data = { text, sizeof(text) };
    gov_key_info_t first;
    int len = 0;

    for (; *code; code++) {
        if (*code == ' ' || *code == '-')
            continue;
        if (!apr_isalnum(*code) || len == GROUPS * GROUP)
            return false;
        text[9 + len++] = apr_tolower(*code);
    }
    return len == GROUPS * GROUP && ctx->keys
        && gov_key_info(&first, ctx->keys, 0)
        && gov_mac(out, ctx->keys, first.number, GOV_PURPOSE_FACTOR, data);
}
