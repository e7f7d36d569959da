/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* key_file.c -- making and changing the file of a key ring. */

#include <apr_file_io.h>
#include <apr_portable.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "gov_file.h"
#include "security_priv.h"

/* "NUMBER SUITE HEX DATE\n" */
#define LINE_SIZE 128

static void
make_line(char line[LINE_SIZE], int number, const char *suite)
{
    unsigned char root[32];
    char hex[2 * sizeof(root) + 1];
    apr_time_exp_t day;

    apr_time_exp_gmt(&day, apr_time_now());
    randombytes_buf(root, sizeof(root));
    sodium_bin2hex(hex, sizeof(hex), root, sizeof(root));
    apr_snprintf(line, LINE_SIZE, "%d %s %s %04d-%02d-%02d\n", number, suite,
                 hex, day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
    sodium_memzero(root, sizeof(root));
    sodium_memzero(hex, sizeof(hex));
}

/* A renamed file is there after a power cut only once its folder is written. */
static bool
sync_dir(const char *file, apr_pool_t *pool)
{
    const char *slash = strrchr(file, '/');
    const char *dir = !slash ? "." : slash == file ? "/"
        : apr_pstrmemdup(pool, file, (apr_size_t)(slash - file));
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return fine;
}

/* Open FILE.new, which nobody else has open. */
static gov_err_t *
open_new(apr_file_t **handle, const char **name, const char *file,
         apr_pool_t *pool)
{
    apr_status_t rv;

    *name = apr_pstrcat(pool, file, ".new", NULL);
    rv = apr_file_open(handle, *name, APR_FOPEN_WRITE | APR_FOPEN_CREATE
                       | APR_FOPEN_EXCL | APR_FOPEN_BINARY,
                       APR_FPROT_UREAD | APR_FPROT_UWRITE, pool);
    if (APR_STATUS_IS_EEXIST(rv))
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "somebody else changes the key ring; if not, remove %s",
                       *name);
    if (rv)
        return gov_err_apr(rv, pool, "cannot write %s", *name);
    return NULL;
}

/* Write TEXT and LINE there, give it to OWNER (NULL: leave it ours), and put it in
   the place of FILE. */
static gov_err_t *
put_new(apr_file_t *handle, const char *name, const char *file,
        const apr_finfo_t *owner, gov_bytes_t old, const char *line,
        apr_pool_t *pool)
{
    apr_status_t rv;
    apr_os_file_t fd;

    apr_os_file_get(&fd, handle);
    rv = apr_file_write_full(handle, old.data, old.len, NULL);
    if (!rv && old.len && old.data[old.len - 1] != '\n')
        rv = apr_file_write_full(handle, "\n", 1, NULL);
    if (!rv)
        rv = apr_file_write_full(handle, line, strlen(line), NULL);
    if (!rv && owner && fchown(fd, owner->user, owner->group))
        rv = APR_FROM_OS_ERROR(errno);
    if (!rv)
        rv = apr_file_sync(handle);
    if (!rv)
        rv = apr_file_close(handle);
    else
        apr_file_close(handle);
    if (!rv)
        rv = apr_file_rename(name, file, pool);
    if (rv) {
        apr_file_remove(name, pool);
        return gov_err_apr(rv, pool, "cannot write the key ring %s", file);
    }
    if (!sync_dir(file, pool))
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "%s is written, but its folder cannot be synced", file);
    return NULL;
}

static gov_err_t *
check_suite(const char *name, apr_pool_t *pool)
{
    const gov_security__suite_t *suite = gov_security__suite(name);

    GOV_TRY(gov_security__sodium(pool));
    if (!suite)
        return gov_err_field("suite", pool, "there is no suite \"%s\"; there "
                             "are: standard sm", name);
    if (!suite->test())
        return gov_err_field("suite", pool, "the suite %s fails its self-test",
                             name);
    return NULL;
}

gov_err_t *
gov_keys_create(const char *file, const char *suite, apr_pool_t *pool)
{
    const gov_bytes_t nothing = { "", 0 };
    char line[LINE_SIZE];
    apr_file_t *handle;
    const char *name;
    gov_err_t *err;

    GOV_TRY(check_suite(suite, pool));
    GOV_TRY(open_new(&handle, &name, file, pool));
    if (gov_file_is(file, pool)) {
        apr_file_close(handle);
        apr_file_remove(name, pool);
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "there is a key ring %s already", file);
    }
    make_line(line, 1, suite);
    err = put_new(handle, name, file, NULL, nothing, line, pool);
    sodium_memzero(line, sizeof(line));
    return err;
}

/* One more than the highest: a number is never used twice. */
static int
next_number(const gov_keys_t *keys)
{
    gov_key_info_t key;
    int i, highest = 0;

    for (i = 0; gov_key_info(&key, keys, i); i++)
        if (key.number > highest)
            highest = key.number;
    return highest + 1;
}

/* Begin a change of FILE: what it says now, and whose it is. */
static gov_err_t *
begin(const gov_keys_t **keys, gov_bytes_t *old, apr_finfo_t *owner,
      apr_file_t **handle, const char **name, const char *file,
      apr_pool_t *pool)
{
    gov_err_t *err;

    GOV_TRY(open_new(handle, name, file, pool));
    err = gov_keys_read(keys, file, pool);
    if (!err)
        err = gov_security__key_text(old, owner, file, pool);
    if (err) {
        apr_file_close(*handle);
        apr_file_remove(*name, pool);
    }
    return err;
}

gov_err_t *
gov_keys_add(int *number, const char *file, const char *suite,
             apr_pool_t *pool)
{
    const gov_keys_t *keys;
    char line[LINE_SIZE];
    apr_finfo_t owner;
    apr_file_t *handle;
    const char *name;
    gov_bytes_t old;
    gov_err_t *err;
    int next;

    GOV_TRY(check_suite(suite, pool));
    GOV_TRY(begin(&keys, &old, &owner, &handle, &name, file, pool));
    next = next_number(keys);
    make_line(line, next, suite);
    err = put_new(handle, name, file, &owner, old, line, pool);
    sodium_memzero(line, sizeof(line));
    sodium_memzero((char *)old.data, old.len);
    if (!err)
        *number = next;
    return err;
}

/* The line of key NUMBER in TEXT, from its first character to before its end. */
static const char *
line_of(apr_size_t *len, const char *text, int number)
{
    while (*text) {
        const char *at = text + strspn(text, " \t\r");
        apr_size_t digits = strspn(at, "0123456789");

        *len = strcspn(text, "\n");
        if (digits && digits < 6 && apr_atoi64(at) == number)
            return text;
        text += *len + (text[*len] == '\n');
    }
    return NULL;
}

/* "NUMBER SUITE retired:HEX DATE\n", then what stood behind the key's line. */
static char *
rest_without(const gov_security__key_t *key, const char *after,
             apr_pool_t *pool)
{
    char *kept = gov_security__retired_text(key, pool), *text;
    apr_time_exp_t day;

    apr_time_exp_gmt(&day, key->made);
    text = apr_psprintf(pool, "%d %s %s", key->number, key->suite->name, kept);
    if (key->made) {
        char *dated = apr_psprintf(pool, "%s %04d-%02d-%02d", text,
                                   day.tm_year + 1900, day.tm_mon + 1,
                                   day.tm_mday);

        sodium_memzero(text, strlen(text));
        text = dated;
    }
    sodium_memzero(kept, strlen(kept));
    kept = apr_pstrcat(pool, text, after, NULL);
    sodium_memzero(text, strlen(text));
    return kept;
}

gov_err_t *
gov_keys_retire(const char *file, int number, apr_pool_t *pool)
{
    const gov_security__key_t *key;
    const gov_keys_t *keys;
    apr_finfo_t owner;
    apr_file_t *handle;
    const char *name, *line;
    gov_bytes_t old, before;
    apr_size_t len;
    gov_err_t *err = NULL;
    char *rest;

    GOV_TRY(gov_security__sodium(pool));
    GOV_TRY(begin(&keys, &old, &owner, &handle, &name, file, pool));
    key = number > 0 ? gov_security__key(keys, number) : NULL;
    line = line_of(&len, old.data, number);
    if (!key || !line)
        err = gov_err(GOV_E_NOT_FOUND, NULL, pool, "the ring has no key %d",
                      number);
    else if (number == gov_keys_current(keys))
        err = gov_err(GOV_E_CONFLICT, NULL, pool, "key %d is the current one",
                      number);
    else if (key->retired)
        err = gov_err(GOV_E_CONFLICT, NULL, pool, "key %d is retired already",
                      number);
    if (err) {
        apr_file_close(handle);
        apr_file_remove(name, pool);
        sodium_memzero((char *)old.data, old.len);
        return err;
    }
    before.data = old.data;
    before.len = (apr_size_t)(line - old.data);
    rest = rest_without(key, line + len, pool);
    err = put_new(handle, name, file, &owner, before, rest, pool);
    sodium_memzero(rest, strlen(rest));
    sodium_memzero((char *)old.data, old.len);
    return err;
}
