/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Cookie headers: what is found stands in the header, is one cookie's, and the only
   one of that name. */

#include "fuzz.h"
#include "gov_text.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_open();
    const char *header = apr_pstrmemdup(pool, (const char *)data, size);
    const char *value = gov_url_cookie(header, "gov-session", pool);
    const char *twice;

    if (value) {
        gov_assert(!strchr(value, ';'));
        gov_assert(strstr(header, apr_pstrcat(pool, "gov-session=", value,
                                              NULL)));
        twice = apr_pstrcat(pool, header, ";gov-session=x", NULL);
        gov_assert(!gov_url_cookie(twice, "gov-session", pool));
    }
    return fuzz_close(pool);
}
