/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* file.c -- whole files into a pool, and what is in a folder. */

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <string.h>

#include "base_priv.h"
#include "gov_file.h"

gov_err_t *
gov_file_read(gov_bytes_t *bytes, const char *file, apr_size_t max,
              apr_pool_t *pool)
{
    apr_file_t *handle;
    apr_finfo_t info;
    apr_status_t rv;
    apr_size_t len = 0;
    char *data;

    /* first, because to open a named pipe may take for ever */
    rv = apr_stat(&info, file, APR_FINFO_TYPE, pool);
    if (rv == APR_SUCCESS && info.filetype != APR_REG)
        return gov_err(GOV_E_INVALID, NULL, pool, "%s is no file", file);
    if (rv == APR_SUCCESS)
        rv = apr_file_open(&handle, file, APR_FOPEN_READ | APR_FOPEN_BINARY, 0,
                           pool);
    if (rv != APR_SUCCESS)
        return gov_err_apr(rv, pool, "cannot open %s", file);
    rv = apr_file_info_get(&info, APR_FINFO_SIZE, handle);
    if (rv == APR_SUCCESS && (apr_uint64_t)info.size > max) {
        apr_file_close(handle);
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s has %" APR_OFF_T_FMT " bytes, at most %"
                       APR_SIZE_T_FMT " are read", file, info.size, max);
    }
    if (rv == APR_SUCCESS) {
        data = apr_palloc(pool, (apr_size_t)info.size + 1);
        rv = apr_file_read_full(handle, data, (apr_size_t)info.size, &len);
        if (rv == APR_EOF)        /* cut shorter meanwhile */
            rv = APR_SUCCESS;
    }
    apr_file_close(handle);
    if (rv != APR_SUCCESS)
        return gov_err_apr(rv, pool, "cannot read %s", file);
    data[len] = '\0';
    bytes->data = data;
    bytes->len = len;
    return NULL;
}

gov_err_t *
gov_file_list(apr_array_header_t **names, const char *dir, const char *ending,
              apr_pool_t *pool)
{
    apr_array_header_t *found = apr_array_make(pool, 16, sizeof(const char *));
    apr_dir_t *handle;
    apr_finfo_t info;
    apr_status_t rv = apr_dir_open(&handle, dir, pool);

    if (rv != APR_SUCCESS)
        return gov_err_apr(rv, pool, "cannot list %s", dir);
    while (apr_dir_read(&info, APR_FINFO_NAME, handle) == APR_SUCCESS)
        if (info.name[0] != '.'
            && (!ending || gov_text_ends(info.name, ending)))
            APR_ARRAY_PUSH(found, const char *) = apr_pstrdup(pool, info.name);
    apr_dir_close(handle);
    gov_text_sort(found);
    *names = found;
    return NULL;
}

bool
gov_file_is(const char *file, apr_pool_t *pool)
{
    apr_finfo_t info;

    return apr_stat(&info, file, APR_FINFO_TYPE, pool) == APR_SUCCESS;
}
