/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* file.c -- whole files into a pool. */

#include <apr_file_io.h>

#include "cli_priv.h"

gov_err_t *
gov_cli__read_file(gov_bytes_t *bytes, const char *file, apr_size_t max,
                   apr_pool_t *pool)
{
    apr_file_t *handle;
    apr_finfo_t info;
    apr_status_t rv;
    char *data = NULL;

    rv = apr_file_open(&handle, file, APR_FOPEN_READ, 0, pool);
    if (rv)
        return gov_err_apr(rv, pool, "%s", file);
    rv = apr_file_info_get(&info, APR_FINFO_SIZE | APR_FINFO_TYPE, handle);
    if (!rv && info.filetype != APR_REG)
        rv = APR_EINVAL;
    if (!rv && (apr_uint64_t)info.size > max) {
        apr_file_close(handle);
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s is larger than %" APR_SIZE_T_FMT " bytes", file,
                       max);
    }
    if (!rv) {
        data = apr_pcalloc(pool, (apr_size_t)info.size + 1);
        rv = apr_file_read_full(handle, data, (apr_size_t)info.size,
                                &bytes->len);
    }
    apr_file_close(handle);
    if (rv && !APR_STATUS_IS_EOF(rv))
        return gov_err_apr(rv, pool, "%s", file);
    bytes->data = data;
    return NULL;
}
