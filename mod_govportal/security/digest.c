/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* digest.c -- SHA-256 and hexadecimal. */

#include <sodium.h>
#include <string.h>

#include "gov_media.h"

/* Hashing needs no sodium_init(): that sets up random numbers and picks fast
   ciphers. */
void
gov_digest(unsigned char out[32], const void *data, apr_size_t len)
{
    crypto_hash_sha256(out, data, len);
}

const char *
gov_hex(const void *data, apr_size_t len, apr_pool_t *pool)
{
    char *hex = apr_palloc(pool, 2 * len + 1);

    return sodium_bin2hex(hex, 2 * len + 1, data, len);
}

bool
gov_unhex(unsigned char *out, apr_size_t len, const char *hex)
{
    apr_size_t digits = strlen(hex), written;
    const char *end;

    return digits == 2 * len
        && sodium_hex2bin(out, len, hex, digits, NULL, &written, &end) == 0
        && written == len && end == hex + digits;
}
