/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* file.c -- whole files into a pool. */

#include <apr_file_io.h>

#include "base_priv.h"

gov_err_t *
gov_base__read_file(gov_bytes_t *bytes, const char *file, apr_size_t max,
                    apr_pool_t *pool)
{
    apr_file_t *handle;
    apr_finfo_t info;
    apr_status_t rv;
    apr_size_t len = 0;
    char *data;

    rv = apr_file_open(&handle, file, APR_FOPEN_READ | APR_FOPEN_BINARY, 0,
                       pool);
    if (rv != APR_SUCCESS)
        return gov_err_apr(rv, pool, "cannot open %s", file);
    rv = apr_file_info_get(&info, APR_FINFO_SIZE | APR_FINFO_TYPE, handle);
    if (rv == APR_SUCCESS && info.filetype != APR_REG)
        rv = APR_EINVAL;
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
