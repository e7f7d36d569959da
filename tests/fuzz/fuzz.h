/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* fuzz.h -- what every fuzz target uses.
 *
 * A target is a file fuzz_<what>.c with LLVMFuzzerTestOneInput(); it aborts
 * when a promise of the tested header is broken.  Its seeds are the files of
 * corpus/<what>/.
 */
#ifndef GOV_FUZZ_H
#define GOV_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gov_base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An empty pool for one input; made new each time, so that the sanitizers see
   what is used after its end. */
static inline apr_pool_t *
fuzz_open(void)
{
    static bool started;
    apr_pool_t *pool;

    if (!started) {
        apr_initialize();
        apr_pool_create(&pool, NULL);
        if (gov_base_start(pool))
            abort();
        started = true;
    }
    apr_pool_create(&pool, NULL);
    return pool;
}

static inline int
fuzz_close(apr_pool_t *pool)
{
    apr_pool_destroy(pool);
    return 0;
}

/* A failed call says why; its result counts only if it did not fail. */
static inline bool
fuzz_ok(const gov_err_t *err, apr_pool_t *pool)
{
    if (!err)
        return true;
    gov_assert(err->code == GOV_E_INVALID && *gov_err_chain(err, pool));
    return false;
}

#endif
