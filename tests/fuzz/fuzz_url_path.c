/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Request paths. */

#include "fuzz.h"
#include "gov_text.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_open();
    const char *raw = apr_pstrmemdup(pool, (const char *)data, size);
    const char *path, *again;

    if (fuzz_ok(gov_url_path(&path, raw, pool), pool)) {
        apr_size_t len = strlen(path);

        gov_assert(path[0] == '/' && len <= 1024);
        gov_assert(gov_text_valid(path, len));
        gov_assert(!strpbrk(path, "\\\r\n\t") && !strstr(path, "//"));
        gov_assert(!strstr(path, "/../") && !strstr(path, "/./"));
        gov_assert(len < 3 || strcmp(path + len - 3, "/..") != 0);
        gov_assert(fuzz_ok(gov_url_path(&again, gov_url_encode(path, pool),
                                        pool), pool));
        gov_assert(strcmp(path, again) == 0);
    }
    return fuzz_close(pool);
}
