/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* seal.c -- values that only the ring opens. */

#include <sodium.h>
#include <string.h>

#include "security_priv.h"

#define FORMAT 1
#define HEAD 3                    /* the format and the key's number */
#define PLAIN_MAX (64 * 1024 * 1024)

/* What is authenticated beside the text: HEAD bytes and ABOUT. */
static gov_bytes_t
head_of(const unsigned char *sealed, const char *about, apr_pool_t *pool)
{
    apr_size_t len = strlen(about);
    char *data = apr_palloc(pool, HEAD + len);
    const gov_bytes_t head = { data, HEAD + len };

    memcpy(data, sealed, HEAD);
    memcpy(data + HEAD, about, len);
    return head;
}

gov_err_t *
gov_seal(gov_bytes_t *sealed, const gov_keys_t *keys, gov_purpose_t purpose,
         const char *about, gov_bytes_t plain, apr_pool_t *pool)
{
    const gov_security__key_t *key = gov_security__key(keys, 0);
    apr_size_t len;
    unsigned char *out;

    if (!key)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "%s: no key ring is configured (GovKeyFile)", about);
    if (plain.len > PLAIN_MAX)
        return gov_err(GOV_E_INVALID, NULL, pool, "%s: too long to be sealed",
                       about);
    len = HEAD + key->suite->nonce + plain.len + key->suite->tag;
    out = apr_palloc(pool, len);
    out[0] = FORMAT;
    out[1] = (unsigned char)(key->number >> 8);
    out[2] = (unsigned char)key->number;
    randombytes_buf(out + HEAD, key->suite->nonce);
    key->suite->seal(out + HEAD + key->suite->nonce, &key->use[purpose],
                     out + HEAD, head_of(out, about, pool), plain);
    sealed->data = (const char *)out;
    sealed->len = len;
    return NULL;
}

int
gov_sealed_key(gov_bytes_t sealed)
{
    const unsigned char *in = (const unsigned char *)sealed.data;

    if (sealed.len < HEAD || in[0] != FORMAT)
        return 0;
    return in[1] << 8 | in[2];
}

gov_err_t *
gov_unseal(gov_bytes_t *plain, const gov_keys_t *keys, gov_purpose_t purpose,
           const char *about, gov_bytes_t sealed, apr_pool_t *pool)
{
    const unsigned char *in = (const unsigned char *)sealed.data;
    int number = gov_sealed_key(sealed);
    const gov_security__key_t *key;
    gov_bytes_t body;
    unsigned char *out;

    if (!keys)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "%s: no key ring is configured (GovKeyFile)", about);
    if (!number)
        return gov_err(GOV_E_INVALID, NULL, pool, "%s: not a sealed value",
                       about);
    key = gov_security__key(keys, number);
    if (!key)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s: sealed by key %d, which the ring has not", about,
                       number);
    if (key->retired)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s: sealed by key %d, which is retired", about, number);
    if (sealed.len < HEAD + key->suite->nonce + key->suite->tag)
        return gov_err(GOV_E_INVALID, NULL, pool, "%s: a sealed value is cut",
                       about);
    body.data = sealed.data + HEAD + key->suite->nonce;
    body.len = sealed.len - HEAD - key->suite->nonce;
    out = apr_palloc(pool, body.len - key->suite->tag + 1);
    if (!key->suite->unseal(out, &key->use[purpose], in + HEAD,
                            head_of(in, about, pool), body))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s: a sealed value was changed or is another's", about);
    out[body.len - key->suite->tag] = '\0';
    plain->data = (const char *)out;
    plain->len = body.len - key->suite->tag;
    return NULL;
}
