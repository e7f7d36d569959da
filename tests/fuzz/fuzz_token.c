/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Everything signed that comes back from browsers, and sealed values: garbage is
   refused with the codes that the headers name, whatever the suite. */

#include <apr_file_io.h>

#include "fuzz.h"
#include "gov_captcha.h"
#include "gov_factor.h"
#include "gov_password.h"
#include "gov_time.h"

/* Two keys, the digits of which are no secret. */
static const char ring[] =
    "1 standard "
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"
    "2 sm "
    "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100\n";

static const gov_keys_t *
keys(void)
{
    static const gov_keys_t *made;
    char name[] = "/tmp/gov-fuzz-XXXXXX";
    apr_file_t *file;
    apr_pool_t *pool;

    if (made)
        return made;
    apr_pool_create(&pool, NULL);
    gov_assert(apr_file_mktemp(&file, name, APR_FOPEN_CREATE | APR_FOPEN_WRITE,
                               pool) == APR_SUCCESS);
    gov_assert(apr_file_write_full(file, ring, strlen(ring), NULL)
               == APR_SUCCESS);
    gov_assert(!gov_keys_read(&made, name, pool));
    apr_file_remove(name, pool);
    return made;
}

static void
refused(const gov_err_t *err)
{
    gov_assert(err && (err->code == GOV_E_INVALID
                       || err->code == GOV_E_FORBIDDEN));
}

/* Nobody guesses a MAC, so nothing is ever taken. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_open();
    const gov_bytes_t bytes = { (const char *)data, size };
    const char *text = apr_pstrmemdup(pool, bytes.data, size);
    gov_ctx_t ctx = { .pool = pool, .clock = gov_clock_real(), .keys = keys(),
                      .policy = gov_policy_default() };
    unsigned char digest[GOV_MAC_SIZE];
    gov_bytes_t out;
    apr_int64_t step;
    gov_err_t *err;
    gov_sum_t sum;
    gov_qr_t qr;

    refused(gov_form_key_check(&out, &ctx, text, "form",
                               apr_time_from_sec(3600), pool));
    refused(gov_captcha_check(&out, &ctx, text, pool));
    refused(gov_sum_check(&out, &ctx, text, text, pool));
    refused(gov_unseal(&out, ctx.keys, GOV_PURPOSE_PERSONAL, "a", bytes, pool));
    gov_sum_make(&sum, &ctx, pool);
    refused(gov_sum_check(&out, &ctx, sum.token, text, pool)); /* too soon */
    gov_factor_fits(&step, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", text,
                    gov_now(ctx.clock), 0);
    gov_factor_is_secret(text);
    gov_recovery_digest(digest, &ctx, text);
    err = gov_password_fits(ctx.policy, "li.na", "Li Na", text, pool);
    gov_assert(!err || (err->code == GOV_E_INVALID && err->field));
    err = gov_qr_make(&qr, text, pool);
    gov_assert(!err || err->code == GOV_E_INVALID);
    return fuzz_close(pool);
}
