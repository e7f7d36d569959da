/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* digest.c -- SHA-256 and hexadecimal. */

#include <apr_file_io.h>
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

gov_err_t *
gov_digest_file(unsigned char out[32], const char *file, apr_pool_t *pool)
{
    crypto_hash_sha256_state state;
    apr_size_t size = 65536, len;
    char *buffer = apr_palloc(pool, size);
    apr_file_t *in;
    apr_status_t rv;

    rv = apr_file_open(&in, file, APR_FOPEN_READ | APR_FOPEN_BINARY,
                       APR_FPROT_OS_DEFAULT, pool);
    if (rv)
        return gov_err_apr(rv, pool, "opening %s", file);
    crypto_hash_sha256_init(&state);
    do {
        len = size;
        rv = apr_file_read(in, buffer, &len);
        if (!rv)
            crypto_hash_sha256_update(&state, (unsigned char *)buffer, len);
    } while (!rv);
    apr_file_close(in);
    crypto_hash_sha256_final(&state, out);
    return rv == APR_EOF ? NULL : gov_err_apr(rv, pool, "reading %s", file);
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
