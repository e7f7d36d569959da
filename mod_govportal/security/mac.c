/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* mac.c -- keyed digests. */

#include <sodium.h>
#include <string.h>

#include "security_priv.h"

struct gov_mac_t {
    const gov_security__suite_t *suite;
    void *state;
};

bool
gov_mac(unsigned char out[GOV_MAC_SIZE], const gov_keys_t *keys, int number,
        gov_purpose_t purpose, gov_bytes_t data)
{
    const gov_security__key_t *key = gov_security__key(keys, number);

    if (!key || (key->retired && !gov_security__outlives(purpose)))
        return false;
    key->suite->mac(out, key->use[purpose].mac, data.data, data.len);
    return true;
}

gov_mac_t *
gov_mac_begin(const gov_keys_t *keys, int number, gov_purpose_t purpose,
              apr_pool_t *pool)
{
    const gov_security__key_t *key = gov_security__key(keys, number);
    gov_mac_t *mac;

    if (!key || (key->retired && !gov_security__outlives(purpose)))
        return NULL;
    mac = apr_palloc(pool, sizeof(*mac));
    mac->suite = key->suite;
    mac->state = key->suite->begin(key->use[purpose].mac, pool);
    return mac;
}

void
gov_mac_add(gov_mac_t *mac, const void *data, apr_size_t len)
{
    mac->suite->add(mac->state, data, len);
}

/* Eight bytes, highest first, that are one more than the length, or 0 for NULL. */
void
gov_mac_text(gov_mac_t *mac, const char *text)
{
    apr_size_t len = text ? strlen(text) : 0;
    apr_uint64_t count = text ? (apr_uint64_t)len + 1 : 0;
    unsigned char head[8];
    int i;

    for (i = 0; i < 8; i++)
        head[i] = (unsigned char)(count >> (56 - 8 * i));
    gov_mac_add(mac, head, sizeof(head));
    if (len)
        gov_mac_add(mac, text, len);
}

void
gov_mac_end(unsigned char out[GOV_MAC_SIZE], gov_mac_t *mac)
{
    mac->suite->end(out, mac->state);
}

bool
gov_same(const void *a, const void *b, apr_size_t len)
{
    return sodium_memcmp(a, b, len) == 0;
}
