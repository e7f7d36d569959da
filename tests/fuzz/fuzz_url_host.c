/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Host headers. */

#include "fuzz.h"
#include "gov_text.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_open();
    const char *raw = apr_pstrmemdup(pool, (const char *)data, size);
    const char *host, *again;

    if (fuzz_ok(gov_url_host(&host, raw, pool), pool)) {
        gov_assert(*host && strlen(host) <= 253);
        gov_assert(strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789-.:[]")
                   == strlen(host));
        gov_assert(host[0] == '[' || !strchr(host, ':'));
        gov_assert(fuzz_ok(gov_url_host(&again, host, pool), pool));
        gov_assert(strcmp(host, again) == 0);
    }
    return fuzz_close(pool);
}
