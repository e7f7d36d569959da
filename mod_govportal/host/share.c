/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/share.c -- the last good copy of types, words and stylesheets.

   httpd unloads everything when it restarts gracefully, so what was in memory
   cannot be kept.  After each load that went well the files are copied to the
   node's state; a load that fails uses that copy, and the sites go on as they
   were while the log tells the mistake. */

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <string.h>

#include "host_priv.h"

static gov_err_t *
copy_tree(const char *from, const char *to, apr_pool_t *parent)
{
    apr_pool_t *pool;
    apr_dir_t *dir;
    apr_finfo_t info;
    apr_status_t rv;

    apr_pool_create(&pool, parent);
    rv = apr_dir_make_recursive(to, APR_OS_DEFAULT, pool);
    if (rv)
        return gov_err_apr(rv, parent, "cannot make %s", to);
    rv = apr_dir_open(&dir, from, pool);
    if (rv)
        return gov_err_apr(rv, parent, "%s", from);
    while (apr_dir_read(&info, APR_FINFO_NAME | APR_FINFO_TYPE, dir)
           == APR_SUCCESS) {
        const char *source, *target;

        if (info.name[0] == '.')
            continue;
        source = apr_pstrcat(pool, from, "/", info.name, NULL);
        target = apr_pstrcat(pool, to, "/", info.name, NULL);
        if (info.filetype == APR_DIR)
            GOV_TRY(copy_tree(source, target, pool));
        else {
            rv = apr_file_copy(source, target, APR_FILE_SOURCE_PERMS, pool);
            if (rv)
                return gov_err_apr(rv, parent, "cannot copy %s", source);
        }
    }
    apr_pool_destroy(pool);
    return NULL;
}

static void
remove_tree(const char *path, apr_pool_t *parent)
{
    apr_pool_t *pool;
    apr_dir_t *dir;
    apr_finfo_t info;

    apr_pool_create(&pool, parent);
    if (apr_dir_open(&dir, path, pool) == APR_SUCCESS) {
        while (apr_dir_read(&info, APR_FINFO_NAME | APR_FINFO_TYPE, dir)
               == APR_SUCCESS) {
            const char *below;

            if (!strcmp(info.name, ".") || !strcmp(info.name, ".."))
                continue;
            below = apr_pstrcat(pool, path, "/", info.name, NULL);
            if (info.filetype == APR_DIR)
                remove_tree(below, pool);
            else
                apr_file_remove(below, pool);
        }
        apr_dir_close(dir);
        apr_dir_remove(path, pool);
    }
    apr_pool_destroy(pool);
}

const char *
gov_host__good_share(const gov_config_t *config, apr_pool_t *pool)
{
    return apr_pstrcat(pool, config->state_dir, "/good", NULL);
}

/* The copy is made beside and renamed, so that it is whole or not there. */
gov_err_t *
gov_host__keep_share(const gov_config_t *config, const char *version,
                     apr_pool_t *pool)
{
    static const char *const parts[] = { "xslt", "types", "plugins", NULL };
    const char *good = gov_host__good_share(config, pool);
    const char *fresh = apr_pstrcat(pool, good, ".new", NULL);
    const char *mark = apr_pstrcat(pool, good, "/version-", version, NULL);
    apr_finfo_t info;
    apr_file_t *file;
    apr_status_t rv;
    int i;

    if (apr_stat(&info, mark, APR_FINFO_TYPE, pool) == APR_SUCCESS)
        return NULL;
    remove_tree(fresh, pool);
    for (i = 0; parts[i]; i++) {
        const char *from = apr_pstrcat(pool, config->share_dir, "/", parts[i],
                                       NULL);

        if (apr_stat(&info, from, APR_FINFO_TYPE, pool) == APR_SUCCESS)
            GOV_TRY(copy_tree(from, apr_pstrcat(pool, fresh, "/", parts[i],
                                                NULL), pool));
    }
    rv = apr_file_open(&file, apr_pstrcat(pool, fresh, "/version-", version,
                                          NULL),
                       APR_FOPEN_CREATE | APR_FOPEN_WRITE, APR_OS_DEFAULT,
                       pool);
    if (rv)
        return gov_err_apr(rv, pool, "cannot write %s", fresh);
    apr_file_close(file);
    remove_tree(good, pool);
    rv = apr_file_rename(fresh, good, pool);
    if (rv)
        return gov_err_apr(rv, pool, "cannot rename %s", fresh);
    return NULL;
}
