/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* key_fixture.h -- key rings for tests. */
#ifndef KEY_FIXTURE_H
#define KEY_FIXTURE_H

#include "gov_key.h"
#include "gov_test.h"

#define HEX_A "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define HEX_B "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100"

/* A file of TEXT that only its owner may read. */
static inline const char *
ring_file(gov_test_t *t, const char *name, const char *text)
{
    const char *file = gov_test_write(t, name, text);

    assert_int_equal(apr_file_perms_set(file, APR_FPROT_UREAD
                                        | APR_FPROT_UWRITE), APR_SUCCESS);
    return file;
}

static inline const gov_keys_t *
ring(gov_test_t *t, const char *text)
{
    const gov_keys_t *keys = NULL;

    assert_ok(gov_keys_read(&keys, ring_file(t, "keys", text), t->pool));
    return keys;
}

#endif
