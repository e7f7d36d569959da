/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* suite_standard.c -- XChaCha20-Poly1305 and keyed BLAKE2b-256. */

#include <sodium.h>
#include <string.h>

#include "security_priv.h"

#define TEXT(bytes) ((const unsigned char *)(bytes).data)

static void
mac(unsigned char out[GOV_MAC_SIZE], const unsigned char key[32],
    const void *data, apr_size_t len)
{
    crypto_generichash(out, GOV_MAC_SIZE, data, len, key, 32);
}

/* APR aligns to 8 bytes, libsodium's state wants 64. */
static void *
begin(const unsigned char key[32], apr_pool_t *pool)
{
    char *room = apr_palloc(pool, sizeof(crypto_generichash_state) + 63);
    void *state = room + (64 - ((apr_uintptr_t)room & 63)) % 64;

    crypto_generichash_init(state, key, 32, GOV_MAC_SIZE);
    return state;
}

static void
add(void *state, const void *data, apr_size_t len)
{
    crypto_generichash_update(state, data, len);
}

static void
end(unsigned char out[GOV_MAC_SIZE], void *state)
{
    crypto_generichash_final(state, out, GOV_MAC_SIZE);
    sodium_memzero(state, sizeof(crypto_generichash_state));
}

static void
seal(unsigned char *out, const gov_security__use_t *use,
     const unsigned char *nonce, gov_bytes_t head, gov_bytes_t plain)
{
    crypto_aead_xchacha20poly1305_ietf_encrypt(out, NULL, TEXT(plain),
                                               plain.len, TEXT(head), head.len,
                                               NULL, nonce, use->seal);
}

static bool
unseal(unsigned char *out, const gov_security__use_t *use,
       const unsigned char *nonce, gov_bytes_t head, gov_bytes_t sealed)
{
    return crypto_aead_xchacha20poly1305_ietf_decrypt(
        out, NULL, NULL, TEXT(sealed), sealed.len, TEXT(head), head.len, nonce,
        use->seal) == 0;
}

/* The first of the published BLAKE2b vectors with a key (blake2b-kat.txt): the
   key 00..3f, no text. */
static bool
test_blake2b(void)
{
    static const unsigned char expected[64] = {
        0x10, 0xeb, 0xb6, 0x77, 0x00, 0xb1, 0x86, 0x8e, 0xfb, 0x44, 0x17, 0x98,
        0x7a, 0xcf, 0x46, 0x90, 0xae, 0x9d, 0x97, 0x2f, 0xb7, 0xa5, 0x90, 0xc2,
        0xf0, 0x28, 0x71, 0x79, 0x9a, 0xaa, 0x47, 0x86, 0xb5, 0xe9, 0x96, 0xe8,
        0xf0, 0xf4, 0xeb, 0x98, 0x1f, 0xc2, 0x14, 0xb0, 0x05, 0xf4, 0x2d, 0x2f,
        0xf4, 0x23, 0x34, 0x99, 0x39, 0x16, 0x53, 0xdf, 0x7a, 0xef, 0xcb, 0xc1,
        0x3f, 0xc5, 0x15, 0x68
    };
    unsigned char key[64], out[64];
    unsigned i;

    for (i = 0; i < sizeof(key); i++)
        key[i] = (unsigned char)i;
    crypto_generichash(out, sizeof(out), NULL, 0, key, sizeof(key));
    return memcmp(out, expected, sizeof(out)) == 0;
}

/* draft-irtf-cfrg-xchacha, A.3.1: first and last bytes of the sealed text. */
static bool
test_xchacha(void)
{
    static const char text[] =
        "Ladies and Gentlemen of the class of '99: If I could offer you only "
        "one tip for the future, sunscreen would be it.";
    static const unsigned char about[12] = {
        0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7
    };
    static const unsigned char first[16] = {
        0xbd, 0x6d, 0x17, 0x9d, 0x3e, 0x83, 0xd4, 0x3b, 0x95, 0x76, 0x57, 0x94,
        0x93, 0xc0, 0xe9, 0x39
    };
    static const unsigned char last[16] = {
        0xc0, 0x87, 0x59, 0x24, 0xc1, 0xc7, 0x98, 0x79, 0x47, 0xde, 0xaf, 0xd8,
        0x78, 0x0a, 0xcf, 0x49
    };
    const gov_bytes_t plain = { text, sizeof(text) - 1 };
    const gov_bytes_t head = { (const char *)about, sizeof(about) };
    unsigned char nonce[24], out[sizeof(text) - 1 + 16];
    gov_security__use_t use;
    unsigned i;

    for (i = 0; i < sizeof(use.seal); i++)
        use.seal[i] = (unsigned char)(0x80 + i);
    for (i = 0; i < sizeof(nonce); i++)
        nonce[i] = (unsigned char)(0x40 + i);
    seal(out, &use, nonce, head, plain);
    return memcmp(out, first, sizeof(first)) == 0
        && memcmp(out + plain.len, last, sizeof(last)) == 0;
}

static bool
test(void)
{
    return test_blake2b() && test_xchacha();
}

const gov_security__suite_t gov_security__standard = {
    "standard", crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    crypto_aead_xchacha20poly1305_ietf_ABYTES, test, mac, begin, add, end, seal,
    unseal
};
