/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Query strings and form bodies. */

#include "fuzz.h"
#include "gov_text.h"

#define MAX 100

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_open();
    apr_table_t *pairs;
    int i;

    if (fuzz_ok(gov_url_query(&pairs, (const char *)data, size, MAX, pool),
                pool)) {
        const apr_array_header_t *all = apr_table_elts(pairs);

        gov_assert(all->nelts <= MAX);
        for (i = 0; i < all->nelts; i++) {
            const apr_table_entry_t *e = (apr_table_entry_t *)all->elts + i;

            gov_assert(gov_text_valid(e->key, strlen(e->key)));
            gov_assert(gov_text_valid(e->val, strlen(e->val)));
        }
    }
    return fuzz_close(pool);
}
