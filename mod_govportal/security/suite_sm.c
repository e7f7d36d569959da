/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* suite_sm.c -- SM4-CTR and HMAC-SM3 by libcrypto.

   Every object of libcrypto lives as long as one call (or one gov_mac_t): a ring
   lives as long as httpd's process, which libcrypto's own end may come before.
   libcrypto fails at what is asked of it here only without memory, and then goes
   on as little as APR does; that the algorithms are there was tried by test(). */

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <string.h>

#include "security_priv.h"

#define TEXT(bytes) ((const unsigned char *)(bytes).data)

static EVP_MAC_CTX *
mac_create(const unsigned char key[32])
{
    static char digest[] = "SM3";
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end()
    };
    EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *ctx = hmac ? EVP_MAC_CTX_new(hmac) : NULL;

    EVP_MAC_free(hmac);
    if (ctx && EVP_MAC_init(ctx, key, 32, params) == 1)
        return ctx;
    EVP_MAC_CTX_free(ctx);
    return NULL;
}

static bool
mac_finish(unsigned char out[GOV_MAC_SIZE], EVP_MAC_CTX *ctx)
{
    size_t len;

    return EVP_MAC_final(ctx, out, &len, GOV_MAC_SIZE) == 1
        && len == GOV_MAC_SIZE;
}

/* The parts in turn; a part without data is left out. */
static bool
mac_parts(unsigned char out[GOV_MAC_SIZE], const unsigned char key[32],
          const gov_bytes_t *parts, int count)
{
    EVP_MAC_CTX *ctx = mac_create(key);
    bool fine = ctx != NULL;
    int i;

    for (i = 0; fine && i < count; i++)
        fine = !parts[i].len
            || EVP_MAC_update(ctx, TEXT(parts[i]), parts[i].len) == 1;
    fine = fine && mac_finish(out, ctx);
    EVP_MAC_CTX_free(ctx);
    return fine;
}

static void
mac(unsigned char out[GOV_MAC_SIZE], const unsigned char key[32],
    const void *data, apr_size_t len)
{
    const gov_bytes_t part = { data, len };

    gov_assert(mac_parts(out, key, &part, 1));
}

typedef struct state_t {
    EVP_MAC_CTX *ctx;
    apr_pool_t *pool;
} state_t;

static apr_status_t
free_mac(void *ctx)
{
    EVP_MAC_CTX_free(ctx);
    return APR_SUCCESS;
}

static void *
begin(const unsigned char key[32], apr_pool_t *pool)
{
    state_t *state = apr_palloc(pool, sizeof(*state));

    state->pool = pool;
    state->ctx = mac_create(key);
    gov_assert(state->ctx);
    apr_pool_cleanup_register(pool, state->ctx, free_mac,
                              apr_pool_cleanup_null);
    return state;
}

static void
add(void *baton, const void *data, apr_size_t len)
{
    state_t *state = baton;

    if (len)
        gov_assert(EVP_MAC_update(state->ctx, data, len) == 1);
}

static void
end(unsigned char out[GOV_MAC_SIZE], void *baton)
{
    state_t *state = baton;

    gov_assert(mac_finish(out, state->ctx));
    apr_pool_cleanup_run(state->pool, state->ctx, free_mac);
}

/* Counter mode is its own inverse. */
static bool
counter(unsigned char *out, const unsigned char key[16],
        const unsigned char nonce[16], const void *data, apr_size_t len)
{
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int done = 0;
    bool fine = ctx && len <= INT_MAX
        && EVP_EncryptInit_ex(ctx, EVP_sm4_ctr(), NULL, key, nonce) == 1
        && (!len || (EVP_EncryptUpdate(ctx, out, &done, data, (int)len) == 1
                     && done == (int)len));

    EVP_CIPHER_CTX_free(ctx);
    return fine;
}

/* Over all that decides what comes out; the length keeps HEAD and nonce apart. */
static bool
tag(unsigned char out[GOV_MAC_SIZE], const gov_security__use_t *use,
    const unsigned char *nonce, gov_bytes_t head, gov_bytes_t sealed)
{
    unsigned char length[8];
    const gov_bytes_t parts[] = {
        { (const char *)length, sizeof(length) }, head,
        { (const char *)nonce, 16 }, sealed
    };
    int i;

    for (i = 0; i < 8; i++)
        length[i] = (unsigned char)((apr_uint64_t)head.len >> (56 - 8 * i));
    return mac_parts(out, use->tag, parts, 4);
}

static void
seal(unsigned char *out, const gov_security__use_t *use,
     const unsigned char *nonce, gov_bytes_t head, gov_bytes_t plain)
{
    const gov_bytes_t sealed = { (const char *)out, plain.len };

    gov_assert(counter(out, use->seal, nonce, plain.data, plain.len));
    gov_assert(tag(out + plain.len, use, nonce, head, sealed));
}

static bool
unseal(unsigned char *out, const gov_security__use_t *use,
       const unsigned char *nonce, gov_bytes_t head, gov_bytes_t sealed)
{
    unsigned char expected[GOV_MAC_SIZE];
    const unsigned char *found;

    sealed.len -= GOV_MAC_SIZE;
    found = TEXT(sealed) + sealed.len;
    gov_assert(tag(expected, use, nonce, head, sealed));
    if (sodium_memcmp(expected, found, GOV_MAC_SIZE) != 0)
        return false;
    gov_assert(counter(out, use->seal, nonce, sealed.data, sealed.len));
    return true;
}

/* GB/T 32905, A.1: the digest of "abc". */
static bool
test_sm3(void)
{
    static const unsigned char expected[32] = {
        0x66, 0xc7, 0xf0, 0xf4, 0x62, 0xee, 0xed, 0xd9, 0xd1, 0xf2, 0xd4, 0x6b,
        0xdc, 0x10, 0xe4, 0xe2, 0x41, 0x67, 0xc4, 0x87, 0x5c, 0xf2, 0xf7, 0xa2,
        0x29, 0x7d, 0xa0, 0x2b, 0x8f, 0x4b, 0xa8, 0xe0
    };
    unsigned char out[32];
    unsigned len = 0;

    return EVP_Digest("abc", 3, out, &len, EVP_sm3(), NULL) == 1
        && len == sizeof(out) && memcmp(out, expected, sizeof(out)) == 0;
}

/* GM/T 0042, D.3: the key 01..20. */
static bool
test_hmac(void)
{
    static const char half[] =
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    static const unsigned char expected[32] = {
        0xca, 0x05, 0xe1, 0x44, 0xed, 0x05, 0xd1, 0x85, 0x78, 0x40, 0xd1, 0xf3,
        0x18, 0xa4, 0xa8, 0x66, 0x9e, 0x55, 0x9f, 0xc8, 0x39, 0x1f, 0x41, 0x44,
        0x85, 0xbf, 0xdf, 0x7b, 0xb4, 0x08, 0x96, 0x3a
    };
    const gov_bytes_t parts[] = { { half, sizeof(half) - 1 },
                                  { half, sizeof(half) - 1 } };
    unsigned char key[32], out[GOV_MAC_SIZE];
    unsigned i;

    for (i = 0; i < sizeof(key); i++)
        key[i] = (unsigned char)(i + 1);
    return mac_parts(out, key, parts, 2)
        && memcmp(out, expected, sizeof(out)) == 0;
}

/* GB/T 32907, A.1: the block that is its own key.  As first counter with a text of
   zeros, what comes out is that block encrypted. */
static bool
test_sm4(void)
{
    static const unsigned char block[16] = {
        0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0xfe, 0xdc, 0xba, 0x98,
        0x76, 0x54, 0x32, 0x10
    };
    static const unsigned char expected[16] = {
        0x68, 0x1e, 0xdf, 0x34, 0xd2, 0x06, 0x96, 0x5e, 0x86, 0xb3, 0xe9, 0x4f,
        0x53, 0x6e, 0x42, 0x46
    };
    static const unsigned char zeros[16];
    unsigned char out[16];

    return counter(out, block, block, zeros, sizeof(zeros))
        && memcmp(out, expected, sizeof(out)) == 0;
}

static bool
test(void)
{
    return test_sm3() && test_hmac() && test_sm4();
}

const gov_security__suite_t gov_security__sm = {
    "sm", 16, GOV_MAC_SIZE, test, mac, begin, add, end, seal, unseal
};
