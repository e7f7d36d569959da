/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* upload.c -- the one way in for files. */

#include <apr_file_io.h>
#include <apr_mmap.h>
#include <string.h>

#include "gov_media.h"
#include "security_priv.h"
#include "upload_priv.h"

#define MB (1024 * 1024)
#define PIXELS (1000 * 1000)

static const char *const mistakes[] = {
#define MISTAKE(code) code,
    GOV_UPLOAD_MISTAKES(MISTAKE)
#undef MISTAKE
};

const char *
gov_upload_mistake(const gov_err_t *err)
{
    apr_size_t i;

    for (; err; err = err->cause)
        for (i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
            apr_size_t len = strlen(mistakes[i]);

            if (err->code == GOV_E_INVALID
                && !strncmp(err->message, mistakes[i], len)
                && err->message[len] == ':')
                return mistakes[i];
        }
    return NULL;
}

gov_err_t *
gov_upload__map(gov_bytes_t *bytes, const char *file, apr_pool_t *pool)
{
    apr_file_t *handle;
    apr_finfo_t info;
    apr_mmap_t *map;
    apr_status_t rv;

    rv = apr_file_open(&handle, file, APR_FOPEN_READ | APR_FOPEN_BINARY,
                       APR_FPROT_OS_DEFAULT, pool);
    if (!rv)
        rv = apr_file_info_get(&info, APR_FINFO_SIZE, handle);
    if (!rv)
        rv = apr_mmap_create(&map, handle, 0, (apr_size_t)info.size,
                             APR_MMAP_READ, pool);
    if (rv)
        return gov_err_apr(rv, pool, "%s", file);
    bytes->data = map->mm;
    bytes->len = map->size;
    return NULL;
}

/* --- the steps ------------------------------------------------------------ */

static gov_err_t *
check_size(const char *file, const gov_policy_t *policy, apr_pool_t *pool)
{
    apr_finfo_t info;
    apr_status_t rv = apr_stat(&info, file, APR_FINFO_SIZE | APR_FINFO_TYPE,
                               pool);

    if (rv)
        return gov_err_apr(rv, pool, "cannot be opened");
    if (info.filetype == APR_REG
        && info.size > (apr_off_t)policy->upload_size * MB)
        return gov_upload__refuse("file-too-large", pool,
                                  "%" APR_OFF_T_FMT " bytes; the limit is %d "
                                  "MB", info.size, policy->upload_size);
    return NULL;
}

static gov_err_t *
look(gov_asset_t *asset, const char *file, const char *name,
     const gov_policy_t *policy, apr_pool_t *pool)
{
    gov_err_t *err = gov_security__look(asset, file, name, pool);

    if (err && err->code == GOV_E_INVALID)
        return gov_err(GOV_E_INVALID, NULL, pool, "file-type: %s",
                       err->message);
    if (err)
        return err;
    if (asset->width
        && asset->width > (apr_int64_t)policy->picture_pixels * PIXELS
                              / asset->height)
        return gov_upload__refuse("file-pixels", pool,
                                  "%" APR_INT64_T_FMT " x %" APR_INT64_T_FMT
                                  " pixels; the limit is %d million",
                                  asset->width, asset->height,
                                  policy->picture_pixels);
    return NULL;
}

static gov_err_t *
scan(const gov_scanner_t *scanner, const char *file, apr_pool_t *pool)
{
    const char *virus;

    if (!scanner)
        return NULL;
    GOV_TRY(gov_scan(&virus, scanner, file, pool));
    return virus ? gov_upload__refuse("file-infected", pool, "%s", virus)
                 : NULL;
}

static bool
is_old_office(const char *type)
{
    return !strcmp(type, "application/msword")
        || !strncmp(type, "application/vnd.ms-", 19);
}

static gov_err_t *
clean(cleaning_t *c, const gov_upload_rules_t *rules)
{
    const char *type = c->type;

    if (!strncmp(type, "image/", 6))
        return gov_upload__clean_picture(c);
    if (!strcmp(type, "application/pdf"))
        return gov_upload__clean_pdf(c);
    if (strstr(type, "officedocument") || strstr(type, "opendocument"))
        return gov_upload__clean_office(c);
    if (!strcmp(type, "application/zip") || !strcmp(type, "application/ofd"))
        return gov_upload__check_zip(c);
    if (!is_old_office(type))
        return NULL;
    if (!rules->old_office)
        return gov_upload__refuse("file-old", c->pool,
                                  "what it hides cannot be taken out");
    return gov_upload__check_old(c);
}

static apr_status_t
remove_file(void *path)
{
    apr_file_remove(path, NULL);
    return APR_SUCCESS;
}

/* A name for the cleaned copy.  The empty file is made so that nobody else can
   have the name; cleaners write over it. */
static gov_err_t *
make_target(const char **target, const char *dir, apr_pool_t *pool)
{
    char *path = apr_pstrcat(pool, dir, "/intake-XXXXXX", NULL);
    apr_file_t *file;
    apr_status_t rv = apr_file_mktemp(&file, path, APR_FOPEN_CREATE
                                      | APR_FOPEN_EXCL | APR_FOPEN_WRITE,
                                      pool);

    if (rv)
        return gov_err(GOV_E_UNAVAILABLE, gov_err_apr(rv, pool, "%s", path),
                       pool, "no temporary file");
    apr_pool_cleanup_register(pool, path, remove_file, apr_pool_cleanup_null);
    apr_file_close(file);
    *target = path;
    return NULL;
}

static gov_err_t *
take(gov_upload_t *upload, const char *file, const char *name,
     const gov_upload_rules_t *rules, apr_pool_t *pool, apr_pool_t *scratch)
{
    const gov_policy_t *policy = rules->policy ? rules->policy
                                               : gov_policy_default();
    cleaning_t c = { .source = file, .pool = scratch };

    GOV_TRY(check_size(file, policy, scratch));
    /* before anything of it is parsed */
    GOV_TRY(scan(rules->scanner, file, scratch));
    GOV_TRY(look(&upload->asset, file, name, policy, scratch));
    upload->original = upload->asset.id;
    upload->file = file;
    c.type = upload->asset.media_type;
    GOV_TRY(make_target(&c.target, rules->dir, pool));
    GOV_TRY(clean(&c, rules));
    upload->removed = c.removed;
    upload->uncleaned = c.uncleaned;
    if (c.removed) {
        upload->file = c.target;
        GOV_TRY(look(&upload->asset, c.target, name, policy, scratch));
    }
    return NULL;
}

gov_err_t *
gov_upload_take(gov_upload_t *upload, const char *file, const char *name,
                const gov_upload_rules_t *rules, apr_pool_t *pool)
{
    gov_upload_t taken = { .file = NULL };
    apr_pool_t *scratch;
    gov_err_t *err;

    apr_pool_create(&scratch, pool);
    err = take(&taken, file, name, rules, pool, scratch);
    if (err)
        err = gov_err_dup(err, pool);
    else {
        *upload = taken;
        upload->file = apr_pstrdup(pool, taken.file);
        upload->original = apr_pstrdup(pool, taken.original);
        upload->asset.id = apr_pstrdup(pool, taken.asset.id);
    }
    apr_pool_destroy(scratch);
    return err;
}
