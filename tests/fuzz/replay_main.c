/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* replay_main.c -- runs a target on files instead of under libFuzzer:
 * fuzz_<what> FILE-OR-FOLDER...
 */

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <stdio.h>

#include "fuzz.h"

/* The bytes are handed over in a block of exactly their size, so that the
   sanitizers notice a read behind them. */
static int
replay_file(const char *name, apr_pool_t *pool)
{
    apr_size_t len = 0;
    apr_finfo_t info;
    apr_file_t *file;
    uint8_t *data;

    if (apr_file_open(&file, name, APR_FOPEN_READ, 0, pool) != APR_SUCCESS
        || apr_file_info_get(&info, APR_FINFO_SIZE, file) != APR_SUCCESS) {
        fprintf(stderr, "cannot read %s\n", name);
        return -1;
    }
    data = malloc((size_t)info.size + (info.size == 0));
    gov_assert(data != NULL);
    if (apr_file_read_full(file, data, (apr_size_t)info.size, &len)
        != APR_SUCCESS && info.size > 0)
        len = 0;
    apr_file_close(file);
    LLVMFuzzerTestOneInput(data, len);
    free(data);
    return 1;
}

/* How many inputs were run, or -1. */
static int
replay(const char *name, apr_pool_t *parent)
{
    apr_finfo_t info;
    apr_pool_t *pool;
    apr_dir_t *dir;
    int count = 0;

    apr_pool_create(&pool, parent);
    if (apr_dir_open(&dir, name, pool) != APR_SUCCESS)
        count = replay_file(name, pool);
    else {
        while (apr_dir_read(&info, APR_FINFO_NAME, dir) == APR_SUCCESS) {
            const char *path = apr_pstrcat(pool, name, "/", info.name, NULL);
            int more;

            if (info.name[0] == '.')
                continue;
            more = replay(path, pool);
            if (more < 0) {
                count = -1;
                break;
            }
            count += more;
        }
        apr_dir_close(dir);
    }
    apr_pool_destroy(pool);
    return count;
}

int
main(int argc, char **argv)
{
    apr_pool_t *pool;
    int total = 0, i;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    for (i = 1; i < argc; i++) {
        int count = replay(argv[i], pool);

        if (count <= 0) {
            fprintf(stderr, "nothing to replay in %s\n", argv[i]);
            return 1;
        }
        total += count;
    }
    apr_pool_destroy(pool);
    printf("ok 1 - %d inputs do no harm\n", total);
    return total > 0 ? 0 : 1;
}
