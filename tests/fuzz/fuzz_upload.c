/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Uploaded files: the first line is the file's name, the rest the file.  What is
   cleaned is of the same kind, and clean: cleaning it again takes nothing out. */

#include <apr_file_io.h>

#include "fuzz.h"
#include "gov_upload.h"

static const char *
write_file(const char *data, size_t len, apr_pool_t *pool)
{
    char *path = apr_pstrdup(pool, "/tmp/fuzz-upload-XXXXXX");
    apr_file_t *file;

    gov_assert(!apr_file_mktemp(&file, path, APR_FOPEN_CREATE | APR_FOPEN_EXCL
                                | APR_FOPEN_WRITE | APR_FOPEN_DELONCLOSE,
                                pool));
    gov_assert(!apr_file_write_full(file, data, len, NULL));
    return path;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gov_upload_rules_t rules = { .old_office = true, .dir = "/tmp" };
    apr_pool_t *pool = fuzz_open();
    const char *eol = memchr(data, '\n', size);
    gov_upload_t first, second;

    if (eol) {
        const char *name = apr_pstrmemdup(pool, (const char *)data,
                                          (size_t)(eol - (const char *)data));
        size_t rest = size - (size_t)(eol + 1 - (const char *)data);
        const char *file = write_file(eol + 1, rest, pool);
        gov_err_t *err = gov_upload_take(&first, file, name, &rules, pool);

        if (err)
            gov_assert(err->code == GOV_E_INVALID && gov_upload_mistake(err));
        else {
            gov_assert(!gov_upload_take(&second, first.file, name, &rules,
                                        pool));
            gov_assert(second.removed == 0);
            gov_assert(!strcmp(second.asset.id, first.asset.id));
            gov_assert(!strcmp(second.asset.media_type,
                               first.asset.media_type));
        }
    }
    return fuzz_close(pool);
}
