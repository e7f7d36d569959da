/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* key.c -- the key ring in memory. */

#include <apr_file_io.h>
#include <sodium.h>
#include <string.h>

#include "gov_media.h"
#include "gov_time.h"
#include "security_priv.h"

#define FILE_MAX 65536
#define NUMBER_MAX 65535
#define RETIRED "retired:"

struct gov_keys_t {
    int count;
    gov_security__key_t *keys;    /* of libsodium's guarded memory */
};

static const gov_security__suite_t *const suites[] = {
    &gov_security__standard, &gov_security__sm
};

/* What the derived keys are named after: never to be changed. */
static const char *const purposes[GOV_PURPOSE__COUNT] = {
    [GOV_PURPOSE_PERSONAL] = "personal",
    [GOV_PURPOSE_FACTOR] = "factor",
    [GOV_PURPOSE_AUDIT] = "audit",
    [GOV_PURPOSE_EDITION] = "edition",
    [GOV_PURPOSE_TOKEN] = "token",
    [GOV_PURPOSE_CAPTCHA] = "captcha",
};

gov_err_t *
gov_security__sodium(apr_pool_t *pool)
{
    if (sodium_init() < 0)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "libsodium does not start");
    return NULL;
}

const gov_security__suite_t *
gov_security__suite(const char *name)
{
    unsigned i;

    for (i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
        if (!strcmp(suites[i]->name, name))
            return suites[i];
    return NULL;
}

const gov_security__key_t *
gov_security__key(const gov_keys_t *keys, int number)
{
    int i;

    if (!keys)
        return NULL;
    if (!number)
        return &keys->keys[keys->count - 1];
    for (i = keys->count - 1; i >= 0; i--)
        if (keys->keys[i].number == number)
            return &keys->keys[i];
    return NULL;
}

bool
gov_security__outlives(gov_purpose_t purpose)
{
    return purpose == GOV_PURPOSE_AUDIT || purpose == GOV_PURPOSE_FACTOR;
}

int
gov_keys_current(const gov_keys_t *keys)
{
    return gov_security__key(keys, 0)->number;
}

bool
gov_key_info(gov_key_info_t *info, const gov_keys_t *keys, int i)
{
    if (i < 0 || i >= keys->count)
        return false;
    info->number = keys->keys[i].number;
    info->suite = keys->keys[i].suite->name;
    info->made = keys->keys[i].made;
    info->current = i == keys->count - 1;
    info->retired = keys->keys[i].retired;
    return true;
}

/* --- reading -------------------------------------------------------------- */

gov_err_t *
gov_security__key_text(gov_bytes_t *text, apr_finfo_t *owner,
                       const char *file, apr_pool_t *pool)
{
    const apr_fileperms_t others = APR_FPROT_GREAD | APR_FPROT_GWRITE
        | APR_FPROT_WREAD | APR_FPROT_WWRITE;
    apr_finfo_t info;
    apr_file_t *handle;
    apr_size_t len = 0;
    apr_status_t rv;
    char *data;

    /* before it is opened, because to open a named pipe may take for ever */
    rv = apr_stat(&info, file, APR_FINFO_TYPE, pool);
    if (rv == APR_SUCCESS && info.filetype != APR_REG)
        return gov_err(GOV_E_INVALID, NULL, pool, "%s is no file", file);
    if (rv == APR_SUCCESS)
        rv = apr_file_open(&handle, file, APR_FOPEN_READ | APR_FOPEN_BINARY, 0,
                           pool);
    if (APR_STATUS_IS_EACCES(rv))
        return gov_err(GOV_E_FORBIDDEN, NULL, pool,
                       "this user may not read the key ring %s", file);
    if (rv != APR_SUCCESS)
        return gov_err_apr(rv, pool, "cannot open the key ring %s", file);
    rv = apr_file_info_get(&info, APR_FINFO_PROT | APR_FINFO_SIZE
                           | APR_FINFO_OWNER, handle);
    if (rv == APR_SUCCESS && (info.protection & others)) {
        apr_file_close(handle);
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s:1: others than its owner may read the key ring; "
                       "give it mode 0600", file);
    }
    if (rv == APR_SUCCESS && info.size > FILE_MAX) {
        apr_file_close(handle);
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s:1: too long for a key ring", file);
    }
    if (rv == APR_SUCCESS) {
        data = apr_palloc(pool, (apr_size_t)info.size + 1);
        rv = apr_file_read_full(handle, data, (apr_size_t)info.size, &len);
        if (rv == APR_EOF)        /* cut shorter meanwhile */
            rv = APR_SUCCESS;
    }
    apr_file_close(handle);
    if (rv != APR_SUCCESS)
        return gov_err_apr(rv, pool, "cannot read the key ring %s", file);
    data[len] = '\0';
    text->data = data;
    text->len = len;
    if (owner)
        *owner = info;
    return NULL;
}

/* Derived by the suite's own keyed digest, which is a pseudo-random function. */
static void
derive(unsigned char out[32], const gov_security__suite_t *suite,
       const unsigned char root[32], const char *purpose, const char *use)
{
    char label[64];
    int len = apr_snprintf(label, sizeof(label), "govportal/%s/%s/%s",
                           suite->name, purpose, use);

    suite->mac(out, root, label, (apr_size_t)len);
}

static void
derive_all(gov_security__key_t *key, const unsigned char root[32])
{
    int i;

    for (i = 0; i < GOV_PURPOSE__COUNT; i++) {
        derive(key->use[i].seal, key->suite, root, purposes[i], "seal");
        derive(key->use[i].tag, key->suite, root, purposes[i], "tag");
        derive(key->use[i].mac, key->suite, root, purposes[i], "mac");
    }
}

/* Of a retired key, these are all that is kept; the rest stays zero and is never
   used. */
static bool
read_retired(gov_security__key_t *key, const char *hex)
{
    unsigned char kept[2][GOV_MAC_SIZE];
    bool fine = gov_unhex(kept[0], sizeof(kept), hex);

    memset(key->use, 0, sizeof(key->use));
    if (fine) {
        memcpy(key->use[GOV_PURPOSE_AUDIT].mac, kept[0], GOV_MAC_SIZE);
        memcpy(key->use[GOV_PURPOSE_FACTOR].mac, kept[1], GOV_MAC_SIZE);
    }
    sodium_memzero(kept, sizeof(kept));
    return fine;
}

char *
gov_security__retired_text(const gov_security__key_t *key, apr_pool_t *pool)
{
    unsigned char kept[2][GOV_MAC_SIZE];
    char *text = apr_palloc(pool, sizeof(RETIRED) + 2 * sizeof(kept));

    memcpy(kept[0], key->use[GOV_PURPOSE_AUDIT].mac, GOV_MAC_SIZE);
    memcpy(kept[1], key->use[GOV_PURPOSE_FACTOR].mac, GOV_MAC_SIZE);
    memcpy(text, RETIRED, sizeof(RETIRED));
    sodium_bin2hex(text + sizeof(RETIRED) - 1, 2 * sizeof(kept) + 1, kept[0],
                   sizeof(kept));
    sodium_memzero(kept, sizeof(kept));
    return text;
}

static bool
read_root(gov_security__key_t *key, const char *hex)
{
    unsigned char root[32];
    bool fine = gov_unhex(root, sizeof(root), hex);

    if (fine)
        derive_all(key, root);
    sodium_memzero(root, sizeof(root));
    return fine;
}

static bool
read_number(int *number, const char *word)
{
    apr_size_t digits = strspn(word, "0123456789");

    if (!digits || digits > 5 || word[digits])
        return false;
    *number = (int)apr_atoi64(word);
    return *number > 0 && *number <= NUMBER_MAX;
}

/* "2026-11-28" is the midnight that begins it, in UTC: all nodes say the same. */
static bool
read_day(apr_time_t *made, const char *word, apr_pool_t *pool)
{
    gov_err_t *err = gov_time_parse(made, apr_pstrcat(pool, word, "T00:00:00Z",
                                                      NULL), pool);

    return !err;
}

/* One line, which is cut into words; KEYS has room for what it says.  What is
   wrong never repeats the line: it may hold a key. */
static gov_err_t *
read_line(gov_keys_t *keys, char *line, apr_pool_t *pool)
{
    gov_security__key_t *key = &keys->keys[keys->count];
    const char *number, *suite, *hex, *day, *more;
    char *rest;
    bool fine;

    number = apr_strtok(line, " \t\r", &rest);
    if (!number || number[0] == '#')
        return NULL;
    suite = apr_strtok(NULL, " \t\r", &rest);
    hex = suite ? apr_strtok(NULL, " \t\r", &rest) : NULL;
    day = hex ? apr_strtok(NULL, " \t\r", &rest) : NULL;
    more = day ? apr_strtok(NULL, " \t\r", &rest) : NULL;
    key->made = 0;
    if (!hex || more || (day && !read_day(&key->made, day, pool)))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "a line is a number, a suite, a key and a day");
    if (!read_number(&key->number, number))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the number is not from 1 to %d", NUMBER_MAX);
    if (keys->count && gov_security__key(keys, key->number))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "there are two keys of number %d", key->number);
    key->suite = gov_security__suite(suite);
    if (!key->suite)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the suite is neither standard nor sm");
    if (!key->suite->test())
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the suite %s fails its self-test", key->suite->name);
    key->retired = !strncmp(hex, RETIRED, sizeof(RETIRED) - 1);
    fine = key->retired ? read_retired(key, hex + sizeof(RETIRED) - 1)
                        : read_root(key, hex);
    if (!fine)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the key is not 64 hexadecimal digits%s",
                       key->retired ? " and 64 more" : "");
    keys->count++;
    return NULL;
}

static apr_status_t
free_keys(void *keys)
{
    sodium_free(keys);            /* wipes, too */
    return APR_SUCCESS;
}

static gov_err_t *
read_text(const gov_keys_t **result, char *text, const char *file,
          apr_pool_t *pool)
{
    gov_keys_t *keys = apr_pcalloc(pool, sizeof(*keys));
    int lines = 1, line = 1;
    const char *p;
    char *next;

    for (p = text; *p; p++)
        lines += *p == '\n';
    keys->keys = sodium_allocarray((size_t)lines, sizeof(*keys->keys));
    if (!keys->keys)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "%s: no memory for the key ring", file);
    apr_pool_cleanup_register(pool, keys->keys, free_keys,
                              apr_pool_cleanup_null);
    for (; text; text = next, line++) {
        gov_err_t *err;

        next = strchr(text, '\n');
        if (next)
            *next++ = '\0';
        err = read_line(keys, text, pool);
        if (err)
            return gov_err(GOV_E_INVALID, err, pool, "%s:%d", file, line);
    }
    if (!keys->count)
        return gov_err(GOV_E_INVALID, NULL, pool, "%s:1: there is no key in it",
                       file);
    if (keys->keys[keys->count - 1].retired)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s: the last key is retired; nothing can be sealed",
                       file);
    sodium_mprotect_readonly(keys->keys);
    *result = keys;
    return NULL;
}

gov_err_t *
gov_keys_read(const gov_keys_t **keys, const char *file, apr_pool_t *pool)
{
    gov_bytes_t text;
    gov_err_t *err;

    GOV_TRY(gov_security__sodium(pool));
    GOV_TRY(gov_security__key_text(&text, NULL, file, pool));
    err = read_text(keys, (char *)text.data, file, pool);
    sodium_memzero((char *)text.data, text.len);
    return err;
}
