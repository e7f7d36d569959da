/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* plugin_new.c -- govctl plugin new: the example under another name. */

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <apr_lib.h>
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_file.h"
#include "gov_text.h"

#define WORD "example"
#define WORD_LEN (sizeof(WORD) - 1)
#define FILE_MAX (8 * 1024 * 1024)
#define NAME_MAX_LEN 30

/* Domain names that are reserved for documents keep their word. */
static bool
is_domain(const char *after)
{
    static const char *const endings[] = { ".com", ".org", ".net", ".gov",
                                           ".cn", ".test", ".localhost" };
    size_t i;

    for (i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (!strncmp(after, endings[i], strlen(endings[i]))
            && !apr_isalpha(after[strlen(endings[i])]))
            return true;
    return false;
}

/* Does the word stand at AT, by itself or as a part of a name in C? */
static bool
is_word(const char *text, const char *at)
{
    const char *after = at + WORD_LEN;

    if (at > text && apr_isalpha(at[-1]))
        return false;
    if (apr_isalpha(*after) || is_domain(after))
        return false;
    return at - text < 4 || strncmp(at - 4, "for ", 4) != 0;
}

const char *
gov_cli__rename(const char *text, const char *name, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(strlen(text) + 64, pool);
    char *big = apr_pstrdup(pool, name), *first = apr_pstrdup(pool, name);
    const char *at = text;
    char *p;

    for (p = big; *p; p++)
        *p = (char)apr_toupper(*p);
    *first = (char)apr_toupper(*first);
    while (*at) {
        const char *instead = !strncmp(at, WORD, WORD_LEN) ? name
            : !strncmp(at, "EXAMPLE", WORD_LEN) ? big
            : !strncmp(at, "Example", WORD_LEN) ? first : NULL;

        if (instead && is_word(text, at)) {
            gov_buf_str(out, instead);
            at += WORD_LEN;
        }
        else
            gov_buf_add(out, at++, 1);
    }
    return out->data;
}

/* What a build leaves behind is not copied. */
static bool
is_made(const char *name)
{
    static const char *const endings[] = { ".o", ".so", ".lo", ".la", "~" };
    size_t i;

    for (i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (gov_text_ends(name, endings[i]))
            return true;
    return name[0] == '.';
}

static gov_err_t *
copy_file(const char *from, const char *to, const char *name, apr_pool_t *pool)
{
    gov_bytes_t bytes;
    apr_file_t *file;
    apr_finfo_t info;
    apr_status_t rv;

    GOV_TRY(gov_file_read(&bytes, from, FILE_MAX, pool));
    rv = apr_stat(&info, from, APR_FINFO_PROT, pool);
    if (rv)
        return gov_err_apr(rv, pool, "%s", from);
    if (bytes.len == strlen(bytes.data)) {  /* text */
        bytes.data = gov_cli__rename(bytes.data, name, pool);
        bytes.len = strlen(bytes.data);
    }
    rv = apr_file_open(&file, to, APR_FOPEN_WRITE | APR_FOPEN_CREATE
                       | APR_FOPEN_EXCL, info.protection | APR_FPROT_UWRITE,
                       pool);
    if (rv)
        return gov_err_apr(rv, pool, "%s", to);
    rv = apr_file_write_full(file, bytes.data, bytes.len, NULL);
    if (!rv)
        rv = apr_file_close(file);
    else
        apr_file_close(file);
    return rv ? gov_err_apr(rv, pool, "%s", to) : NULL;
}

static gov_err_t *
copy_tree(int *count, const char *from, const char *to, const char *name,
          apr_pool_t *parent)
{
    apr_pool_t *pool, *iterpool;
    apr_finfo_t info;
    apr_status_t rv;
    apr_dir_t *dir;

    apr_pool_create(&pool, parent);
    apr_pool_create(&iterpool, pool);
    rv = apr_dir_make(to, APR_FPROT_OS_DEFAULT, pool);
    if (rv)
        return gov_err_apr(rv, parent, "%s", to);
    rv = apr_dir_open(&dir, from, pool);
    if (rv)
        return gov_err_apr(rv, parent, "%s", from);
    while (!apr_dir_read(&info, APR_FINFO_NAME | APR_FINFO_TYPE, dir)) {
        const char *source, *target;
        gov_err_t *err = NULL;

        if (is_made(info.name))
            continue;
        apr_pool_clear(iterpool);
        source = apr_pstrcat(iterpool, from, "/", info.name, NULL);
        target = apr_pstrcat(iterpool, to, "/",
                             gov_cli__rename(info.name, name, iterpool), NULL);
        if (info.filetype == APR_DIR)
            err = copy_tree(count, source, target, name, iterpool);
        else if (info.filetype == APR_REG) {
            err = copy_file(source, target, name, iterpool);
            ++*count;
        }
        if (err)
            return gov_err_dup(err, parent);
    }
    apr_dir_close(dir);
    apr_pool_destroy(pool);
    return NULL;
}

/* A word of C, of a file name and of an address at once. */
static bool
is_plugin_name(const char *name)
{
    return gov_text_is_slug(name) && apr_isalpha(*name) && !strchr(name, '-')
        && strlen(name) <= NAME_MAX_LEN;
}

gov_err_t *
gov_cli__plugin_new(gov_cli__t *cli)
{
    const char *name = gov_cli__operand(cli, 0);
    const char *parent = gov_cli__operand(cli, 1);
    const gov_config_t *config;
    const char *from, *to;
    apr_finfo_t info;
    int count = 0;

    if (!is_plugin_name(name) || !strcmp(name, WORD))
        return gov_err(GOV_E_INVALID, NULL, cli->pool,
                       "\"%s\": a plugin's name is a word of small letters and "
                       "digits, at most %d", name, NAME_MAX_LEN);
    GOV_TRY(gov_cli__config(&config, cli));
    from = apr_pstrcat(cli->pool, config->share_dir, "/plugins/" WORD, NULL);
    if (apr_stat(&info, apr_pstrcat(cli->pool, from, "/" WORD ".c", NULL),
                 APR_FINFO_TYPE, cli->pool))
        return gov_err(GOV_E_NOT_FOUND, NULL, cli->pool,
                       "the example plugin's source is not installed in %s",
                       from);
    to = parent ? apr_pstrcat(cli->pool, parent, "/", name, NULL) : name;
    if (!apr_stat(&info, to, APR_FINFO_TYPE, cli->pool))
        return gov_err(GOV_E_CONFLICT, NULL, cli->pool,
                       "%s exists; nothing was written", to);
    GOV_TRY(copy_tree(&count, from, to, name, cli->pool));
    printf("%s: %d files\n\n"
           "next:\n"
           "  cd %s && make && make install\n"
           "  write \"GovPlugin %s\" into %s\n"
           "  govctl schema apply\n"
           "  restart httpd\n"
           "%s/README.md says what is where.\n",
           to, count, to, name, cli->conf, to);
    return NULL;
}
