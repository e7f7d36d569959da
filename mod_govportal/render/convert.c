/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/convert.c -- script conversion (OpenCC) and compression (libdeflate). */

#include <libdeflate.h>
#include <opencc.h>
#include <pthread.h>
#include <string.h>

#include "render_priv.h"

/* One dictionary for the process, opened on first use; it is read-only afterwards,
   but OpenCC promises nothing about threads, and pages are cached. */
static pthread_mutex_t converting = PTHREAD_MUTEX_INITIALIZER;
static opencc_t converter = (opencc_t)-1;

const char *
gov_to_hant(const char *text, apr_pool_t *pool)
{
    const char *result = text;
    char *converted = NULL;

    pthread_mutex_lock(&converting);
    if (converter == (opencc_t)-1)
        converter = opencc_open("s2t.json");
    if (converter != (opencc_t)-1)
        converted = opencc_convert_utf8(converter, text, strlen(text));
    pthread_mutex_unlock(&converting);
    if (converted) {
        result = apr_pstrdup(pool, converted);
        opencc_convert_utf8_free(converted);
    }
    return result;
}

static apr_status_t
free_compressor(void *compressor)
{
    libdeflate_free_compressor(compressor);
    return APR_SUCCESS;
}

gov_err_t *
gov_gzip(gov_bytes_t *out, gov_bytes_t in, int level, apr_pool_t *pool)
{
    struct libdeflate_compressor *compressor =
        libdeflate_alloc_compressor(level);
    apr_size_t bound;
    apr_pool_t *scratch;
    char *data;

    if (!compressor)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "no compressor");
    apr_pool_create(&scratch, pool);
    apr_pool_cleanup_register(scratch, compressor, free_compressor,
                              apr_pool_cleanup_null);
    bound = libdeflate_gzip_compress_bound(compressor, in.len);
    data = apr_palloc(pool, bound);
    out->len = libdeflate_gzip_compress(compressor, in.data, in.len, data,
                                        bound);
    out->data = data;
    apr_pool_destroy(scratch);
    if (!out->len)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "compression failed");
    return NULL;
}
