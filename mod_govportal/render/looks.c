/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/looks.c -- all compiled stylesheets of an installation. */

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "gov_media.h"
#include "render_priv.h"

struct gov_looks_t {
    apr_pool_t *pool;
    char version[17];
    apr_hash_t *sheets;           /* "theme kind lang" -> xsltStylesheetPtr */
    apr_hash_t *kinds;            /* kind -> pages file */
    apr_array_header_t *themes, *languages; /* const char *, sorted */
    apr_hash_t *words;            /* language -> table */
};

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names in DIR that end with ENDING (cut off), or all; sorted. */
static apr_array_header_t *
list(const char *dir, const char *ending, apr_pool_t *pool)
{
    apr_array_header_t *names = apr_array_make(pool, 8, sizeof(const char *));
    apr_dir_t *handle;
    apr_finfo_t info;

    if (apr_dir_open(&handle, dir, pool))
        return names;
    while (apr_dir_read(&info, APR_FINFO_NAME | APR_FINFO_TYPE, handle)
           == APR_SUCCESS) {
        apr_size_t len = strlen(info.name), cut = ending ? strlen(ending) : 0;

        if (info.name[0] == '.' || len <= cut)
            continue;
        if (ending && strcmp(info.name + len - cut, ending))
            continue;
        APR_ARRAY_PUSH(names, const char *) =
            apr_pstrmemdup(pool, info.name, len - cut);
    }
    apr_dir_close(handle);
    qsort(names->elts, (size_t)names->nelts, sizeof(const char *), by_text);
    return names;
}

/* Fold name and contents of every file below DIR into DIGEST. */
static void
fold(unsigned char digest[32], const char *dir, apr_pool_t *pool)
{
    apr_array_header_t *names = list(dir, NULL, pool);
    apr_pool_t *iterpool;
    int i;

    apr_pool_create(&iterpool, pool);
    for (i = 0; i < names->nelts; i++) {
        const char *path, *name = APR_ARRAY_IDX(names, i, const char *);
        apr_finfo_t info;
        apr_file_t *file;
        apr_size_t len, head = 32 + strlen(name);
        char *bytes;

        apr_pool_clear(iterpool);
        path = apr_pstrcat(iterpool, dir, "/", name, NULL);
        if (apr_stat(&info, path, APR_FINFO_TYPE | APR_FINFO_SIZE, iterpool))
            continue;
        if (info.filetype == APR_DIR) {
            fold(digest, path, iterpool);
            continue;
        }
        if (apr_file_open(&file, path, APR_READ | APR_BINARY, 0, iterpool))
            continue;
        len = (apr_size_t)info.size;
        bytes = apr_palloc(iterpool, head + len);
        memcpy(bytes, digest, 32);
        memcpy(bytes + 32, name, strlen(name));
        apr_file_read_full(file, bytes + head, len, &len);
        apr_file_close(file);
        gov_digest(digest, bytes, head + len);
    }
    apr_pool_destroy(iterpool);
}

/* The themes of DIR: folders with a theme.xsl. */
static apr_array_header_t *
list_themes(const char *dir, apr_pool_t *pool)
{
    apr_array_header_t *all = list(dir, NULL, pool);
    apr_array_header_t *themes = apr_array_make(pool, all->nelts + 1,
                                                sizeof(const char *));
    int i;

    for (i = 0; i < all->nelts; i++) {
        const char *name = APR_ARRAY_IDX(all, i, const char *);
        apr_finfo_t info;

        if (apr_stat(&info, apr_pstrcat(pool, dir, "/", name, "/theme.xsl",
                                        NULL), APR_FINFO_TYPE, pool)
            == APR_SUCCESS)
            APR_ARRAY_PUSH(themes, const char *) = name;
    }
    return themes;
}

xsltStylesheetPtr
gov_render__sheet(const gov_looks_t *looks, const char *theme,
                  const char *kind, const char *lang)
{
    char key[200];
    int len = apr_snprintf(key, sizeof(key), "%s %s %s", theme, kind, lang);

    return apr_hash_get(looks->sheets, key, len);
}

/* libxslt fills some caches on first use: one transformation here makes the
   stylesheet read-only afterwards, and shows that it works at all. */
static gov_err_t *
warm_up(xsltStylesheetPtr style, const char *dir, const char *kind,
        apr_pool_t *pool)
{
    const char *example = apr_pstrcat(pool, dir, "/contract/examples/", kind,
                                      "/typical.xml", NULL);
    apr_pool_t *scratch;
    gov_page_t *page;
    xmlDocPtr result, model;
    apr_finfo_t info;
    gov_err_t *err;

    apr_pool_create(&scratch, pool);
    if (apr_stat(&info, example, APR_FINFO_TYPE, scratch) == APR_SUCCESS) {
        model = xmlReadFile(example, NULL, XML_PARSE_NONET
                            | XML_PARSE_NOBLANKS);
        if (!model)
            return gov_err(GOV_E_INVALID, NULL, pool, "%s is not well-formed",
                           example);
        err = gov_render__transform(&result, style, model, example, scratch);
        xmlFreeDoc(model);
    }
    else {
        page = gov_page_create(kind, scratch);
        err = gov_render__transform(&result, style, page->doc, kind, scratch);
    }
    if (err)
        return gov_err(GOV_E_INVALID, gov_err_dup(err, pool), pool,
                       "kind %s cannot be rendered", kind);
    apr_pool_destroy(scratch);
    return NULL;
}

static gov_err_t *
load_theme(gov_looks_t *looks, const gov_render__source_t *source,
           const char *core, const char *theme, apr_pool_t *pool)
{
    const char *file = apr_pstrcat(pool, core, "/themes/", theme,
                                   "/theme.xsl", NULL);
    apr_hash_index_t *kind;
    int i;

    for (kind = apr_hash_first(pool, looks->kinds); kind;
         kind = apr_hash_next(kind)) {
        const void *name;
        void *page_file;

        apr_hash_this(kind, &name, NULL, &page_file);
        for (i = 0; i < looks->languages->nelts; i++) {
            const char *lang = APR_ARRAY_IDX(looks->languages, i, const char *);
            const char *dir = apr_pstrmemdup(
                pool, page_file,
                strlen(page_file) - strlen(name) - strlen("/pages/.xsl"));
            xsltStylesheetPtr style;

            GOV_TRY(gov_render__compile(&style, source, file, page_file, lang,
                                        looks->pool));
            GOV_TRY(warm_up(style, dir, name, pool));
            apr_hash_set(looks->sheets,
                         apr_pstrcat(looks->pool, theme, " ",
                                     (const char *)name, " ", lang, NULL),
                         APR_HASH_KEY_STRING, style);
        }
    }
    return NULL;
}

/* Each language must have each word of the first one. */
static gov_err_t *
check_words(const gov_looks_t *looks, apr_pool_t *pool)
{
    apr_hash_t *first = apr_hash_get(looks->words, "zh-CN",
                                     APR_HASH_KEY_STRING);
    apr_hash_index_t *word;
    int i;

    if (!first)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "there is no zh-CN catalogue");
    for (i = 0; i < looks->languages->nelts; i++) {
        const char *lang = APR_ARRAY_IDX(looks->languages, i, const char *);
        apr_hash_t *table = apr_hash_get(looks->words, lang,
                                         APR_HASH_KEY_STRING);

        for (word = apr_hash_first(pool, first); word;
             word = apr_hash_next(word)) {
            const void *key;

            apr_hash_this(word, &key, NULL, NULL);
            if (!apr_hash_get(table, key, APR_HASH_KEY_STRING))
                return gov_err(GOV_E_INVALID, NULL, pool,
                               "the %s catalogue has no \"%s\"", lang,
                               (const char *)key);
        }
    }
    return NULL;
}

gov_err_t *
gov_looks_load(gov_looks_t **result, const apr_array_header_t *dirs,
               apr_pool_t *pool)
{
    gov_looks_t *looks = apr_pcalloc(pool, sizeof(*looks));
    unsigned char digest[32] = { 0 };
    gov_render__source_t source;
    const char *core = APR_ARRAY_IDX(dirs, 0, gov_look_dir_t).dir;
    apr_hash_index_t *lang;
    apr_pool_t *scratch;
    int i, k;

    apr_pool_create(&scratch, pool);
    looks->pool = pool;
    looks->sheets = apr_hash_make(pool);
    looks->kinds = apr_hash_make(pool);
    looks->words = apr_hash_make(pool);
    looks->languages = apr_array_make(pool, 4, sizeof(const char *));
    for (i = 0; i < dirs->nelts; i++) {
        const char *dir = APR_ARRAY_IDX(dirs, i, gov_look_dir_t).dir;
        const char *pages = apr_pstrcat(pool, dir, "/pages", NULL);
        apr_array_header_t *kinds = list(pages, ".xsl", pool);

        GOV_TRY(gov_render__words_read(
            looks->words, apr_pstrcat(pool, dir, "/lang", NULL), pool));
        for (k = 0; k < kinds->nelts; k++) {
            const char *kind = APR_ARRAY_IDX(kinds, k, const char *);

            if (apr_hash_get(looks->kinds, kind, APR_HASH_KEY_STRING))
                return gov_err(GOV_E_CONFLICT, NULL, pool,
                               "%s/%s.xsl: page kind %s exists already", pages,
                               kind, kind);
            apr_hash_set(looks->kinds, kind, APR_HASH_KEY_STRING,
                         apr_pstrcat(pool, pages, "/", kind, ".xsl", NULL));
        }
        fold(digest, dir, scratch);
    }
    apr_cpystrn(looks->version, gov_hex(digest, 8, scratch),
                sizeof(looks->version));
    for (lang = apr_hash_first(scratch, looks->words); lang;
         lang = apr_hash_next(lang)) {
        const void *name;

        apr_hash_this(lang, &name, NULL, NULL);
        APR_ARRAY_PUSH(looks->languages, const char *) = name;
    }
    qsort(looks->languages->elts, (size_t)looks->languages->nelts,
          sizeof(const char *), by_text);
    GOV_TRY(check_words(looks, scratch));
    source.dirs = dirs;
    source.words = looks->words;
    looks->themes = list_themes(apr_pstrcat(pool, core, "/themes", NULL), pool);
    if (!looks->themes->nelts || !apr_hash_count(looks->kinds))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s has no themes or no pages", core);
    for (i = 0; i < looks->themes->nelts; i++)
        GOV_TRY(load_theme(looks, &source, core,
                           APR_ARRAY_IDX(looks->themes, i, const char *),
                           scratch));
    apr_pool_destroy(scratch);
    *result = looks;
    return NULL;
}

const char *
gov_looks_version(const gov_looks_t *looks)
{
    return looks->version;
}

bool
gov_looks_has_kind(const gov_looks_t *looks, const char *kind)
{
    return apr_hash_get(looks->kinds, kind, APR_HASH_KEY_STRING) != NULL;
}

const apr_array_header_t *
gov_looks_themes(const gov_looks_t *looks)
{
    return looks->themes;
}

const apr_array_header_t *
gov_looks_languages(const gov_looks_t *looks)
{
    return looks->languages;
}

const char *
gov_looks_word(const gov_looks_t *looks, const char *lang, const char *key)
{
    apr_hash_t *table;

    if (!strcmp(lang, "zh-Hant"))
        lang = "zh-CN";
    table = apr_hash_get(looks->words, lang, APR_HASH_KEY_STRING);
    return table ? apr_hash_get(table, key, APR_HASH_KEY_STRING) : NULL;
}
