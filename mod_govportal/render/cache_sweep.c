/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/cache_sweep.c -- old L2 files go.

   Two walks at most, with no list of files in memory: the first removes what is
   too old and counts bytes by age; if too many are left, it is known then how
   old is too old. */

#include <string.h>

#include <apr_file_info.h>
#include <apr_file_io.h>

#include "cache_priv.h"

#define TOTAL_MAX ((apr_off_t)512 << 20)
#define STEPS 128

typedef struct sweep_t {
    apr_time_t now;
    apr_interval_time_t age;      /* files older than this go */
    apr_interval_time_t step;
    apr_off_t bytes[STEPS];       /* of what stays, by age */
    apr_off_t total;
} sweep_t;

static void
sweep_file(sweep_t *sweep, const char *dir, const apr_finfo_t *info,
           apr_pool_t *pool)
{
    apr_interval_time_t age = sweep->now - info->mtime;
    apr_int64_t step;

    if (age < 0)
        age = 0;
    if (age > sweep->age) {
        /* that it is gone already is as good */
        apr_file_remove(apr_pstrcat(pool, dir, "/", info->name, NULL), pool);
        return;
    }
    step = age / sweep->step;
    sweep->bytes[step < STEPS ? step : STEPS - 1] += info->size;
    sweep->total += info->size;
}

/* Names of a folder's entries of one kind, one by one. */
static bool
next(apr_finfo_t *info, apr_dir_t *dir, apr_filetype_e type)
{
    apr_int32_t wanted = APR_FINFO_NAME | APR_FINFO_TYPE | APR_FINFO_MTIME
        | APR_FINFO_SIZE;
    apr_status_t rv;

    /* incomplete: removed while we looked */
    while ((rv = apr_dir_read(info, wanted, dir)) == APR_SUCCESS
           || rv == APR_INCOMPLETE) {
        if (rv == APR_SUCCESS && info->filetype == type
            && info->name[0] != '.')
            return true;
    }
    return false;
}

static gov_err_t *
walk(sweep_t *sweep, const char *top, apr_pool_t *pool)
{
    apr_pool_t *dir_pool, *file_pool;
    apr_finfo_t info;
    apr_dir_t *outer, *inner;
    apr_status_t rv;

    sweep->total = 0;
    memset(sweep->bytes, 0, sizeof(sweep->bytes));
    rv = apr_dir_open(&outer, top, pool);
    if (rv)
        return gov_err_apr(rv, pool, "cannot list %s", top);
    apr_pool_create(&dir_pool, pool);
    apr_pool_create(&file_pool, pool);
    while (next(&info, outer, APR_DIR)) {
        const char *name;

        apr_pool_clear(dir_pool);
        name = apr_pstrcat(dir_pool, top, "/", info.name, NULL);
        if (apr_dir_open(&inner, name, dir_pool))
            continue;
        while (next(&info, inner, APR_REG)) {
            apr_pool_clear(file_pool);
            sweep_file(sweep, name, &info, file_pool);
        }
        apr_dir_close(inner);
    }
    apr_dir_close(outer);
    apr_pool_destroy(file_pool);
    apr_pool_destroy(dir_pool);
    return NULL;
}

gov_err_t *
gov_cache_sweep(gov_cache_t *cache, apr_interval_time_t age, apr_pool_t *pool)
{
    apr_pool_t *scratch;
    sweep_t sweep;
    gov_err_t *err;
    int i;

    apr_pool_create(&scratch, pool);
    sweep.now = apr_time_now();
    sweep.age = age;
    sweep.step = age / STEPS + 1;
    err = walk(&sweep, cache->dir, scratch);
    if (!err && sweep.total > TOTAL_MAX) {
        apr_off_t kept = 0;

        for (i = 0; i < STEPS && kept + sweep.bytes[i] <= TOTAL_MAX; i++)
            kept += sweep.bytes[i];
        sweep.age = i * sweep.step;
        err = walk(&sweep, cache->dir, scratch);
    }
    if (err)
        return gov_err_dup(err, pool);
    apr_pool_destroy(scratch);
    return NULL;
}
