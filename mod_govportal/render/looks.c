/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/looks.c -- all compiled stylesheets of an installation. */

#include <apr_file_info.h>
#include <libxml/parser.h>
#include <string.h>

#include "gov_file.h"
#include "gov_media.h"
#include "render_priv.h"

/* What a file of a look may weigh: pictures of themes are among them. */
#define LARGEST (64 * 1024 * 1024)

/* The clothes that no site chooses and no theme changes. */
#define CONSOLE "console"

struct gov_looks_t {
    apr_pool_t *pool;
    char version[17];
    apr_hash_t *sheets;           /* "theme kind lang" -> xsltStylesheetPtr */
    apr_hash_t *kinds;            /* kind -> pages file */
    apr_hash_t *console;          /* likewise, of those in the console's clothes */
    apr_array_header_t *themes, *languages; /* const char *, sorted */
    apr_hash_t *words;            /* language -> table */
};

/* The names of a folder that need not be there. */
static gov_err_t *
list(apr_array_header_t **names, const char *dir, const char *ending,
     apr_pool_t *pool)
{
    gov_err_t *err = gov_file_list(names, dir, ending, pool);

    if (!err || err->code != GOV_E_NOT_FOUND)
        return err;
    *names = apr_array_make(pool, 1, sizeof(const char *));
    return NULL;
}

static bool
is_folder(const char *path, apr_pool_t *pool)
{
    apr_finfo_t info;

    return apr_stat(&info, path, APR_FINFO_TYPE, pool) == APR_SUCCESS
        && info.filetype == APR_DIR;
}

/* Fold name and contents of every file below DIR into DIGEST. */
static gov_err_t *
fold(unsigned char digest[32], const char *dir, apr_pool_t *pool)
{
    apr_array_header_t *names;
    apr_pool_t *iterpool;
    int i;

    GOV_TRY(gov_file_list(&names, dir, NULL, pool));
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < names->nelts; i++) {
        const char *path, *name = APR_ARRAY_IDX(names, i, const char *);
        gov_bytes_t bytes;
        gov_buf_t *all;

        apr_pool_clear(iterpool);
        path = apr_pstrcat(iterpool, dir, "/", name, NULL);
        if (is_folder(path, iterpool)) {
            GOV_TRY(fold(digest, path, iterpool));
            continue;
        }
        GOV_TRY(gov_file_read(&bytes, path, LARGEST, iterpool));
        all = gov_buf_create(32 + strlen(name) + bytes.len + 1, iterpool);
        gov_buf_add(all, (const char *)digest, 32);
        gov_buf_str(all, name);
        gov_buf_add(all, bytes.data, bytes.len);
        gov_digest(digest, all->data, all->len);
    }
    apr_pool_destroy(iterpool);
    return NULL;
}

/* The themes of DIR: folders with a theme.xsl. */
static gov_err_t *
list_themes(apr_array_header_t **themes, const char *dir, apr_pool_t *pool)
{
    apr_array_header_t *all;
    int i;

    GOV_TRY(list(&all, dir, NULL, pool));
    *themes = apr_array_make(pool, all->nelts + 1, sizeof(const char *));
    for (i = 0; i < all->nelts; i++) {
        const char *name = APR_ARRAY_IDX(all, i, const char *);

        if (gov_file_is(apr_pstrcat(pool, dir, "/", name, "/theme.xsl", NULL),
                        pool))
            APR_ARRAY_PUSH(*themes, const char *) = name;
    }
    return NULL;
}

static bool
has(apr_hash_t *kinds, const char *kind)
{
    return apr_hash_get(kinds, kind, APR_HASH_KEY_STRING) != NULL;
}

/* The page kinds in DIR/PAGES of a look directory. */
static gov_err_t *
add_kinds(gov_looks_t *looks, apr_hash_t *kinds, const char *dir,
          const char *below, apr_pool_t *pool)
{
    const char *pages = apr_pstrcat(pool, dir, below, NULL);
    apr_array_header_t *files;
    int i;

    GOV_TRY(list(&files, pages, ".xsl", pool));
    for (i = 0; i < files->nelts; i++) {
        const char *file = APR_ARRAY_IDX(files, i, const char *);
        const char *kind = apr_pstrmemdup(pool, file, strlen(file) - 4);

        if (has(looks->kinds, kind) || has(looks->console, kind))
            return gov_err(GOV_E_CONFLICT, NULL, pool,
                           "%s/%s: page kind %s exists already", pages, file,
                           kind);
        apr_hash_set(kinds, kind, APR_HASH_KEY_STRING,
                     apr_pstrcat(pool, pages, "/", file, NULL));
    }
    return NULL;
}

xsltStylesheetPtr
gov_render__sheet(const gov_looks_t *looks, const char *theme,
                  const char *kind, const char *lang)
{
    char key[200];
    int len;

    if (has(looks->console, kind))
        theme = CONSOLE;
    len = apr_snprintf(key, sizeof(key), "%s %s %s", theme, kind, lang);

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
    gov_err_t *err;

    apr_pool_create(&scratch, pool);
    if (gov_file_is(example, scratch)) {
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

/* Every stylesheet of KINDS with the theme's FILE. */
static gov_err_t *
load_theme(gov_looks_t *looks, const gov_render__source_t *source,
           const char *file, const char *theme, apr_hash_t *kinds,
           apr_pool_t *pool)
{
    apr_hash_index_t *kind;
    int i;

    for (kind = apr_hash_first(pool, kinds); kind;
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
    gov_err_t *err;
    int i;

    apr_pool_create(&scratch, pool);
    looks->pool = pool;
    looks->sheets = apr_hash_make(pool);
    looks->kinds = apr_hash_make(pool);
    looks->console = apr_hash_make(pool);
    looks->words = apr_hash_make(pool);
    looks->languages = apr_array_make(pool, 4, sizeof(const char *));
    for (i = 0; i < dirs->nelts; i++) {
        const char *dir = APR_ARRAY_IDX(dirs, i, gov_look_dir_t).dir;

        GOV_TRY(gov_render__words_read(
            looks->words, apr_pstrcat(pool, dir, "/lang", NULL), pool));
        GOV_TRY(add_kinds(looks, looks->kinds, dir, "/pages", pool));
        GOV_TRY(add_kinds(looks, looks->console, dir, "/console/pages", pool));
        err = fold(digest, dir, scratch);
        if (err)
            return gov_err_dup(err, pool);
    }
    apr_cpystrn(looks->version, gov_hex(digest, 8, scratch),
                sizeof(looks->version));
    for (lang = apr_hash_first(scratch, looks->words); lang;
         lang = apr_hash_next(lang)) {
        const void *name;

        apr_hash_this(lang, &name, NULL, NULL);
        APR_ARRAY_PUSH(looks->languages, const char *) = name;
    }
    gov_text_sort(looks->languages);
    GOV_TRY(check_words(looks, scratch));
    source.dirs = dirs;
    source.words = looks->words;
    GOV_TRY(list_themes(&looks->themes,
                        apr_pstrcat(pool, core, "/themes", NULL), pool));
    if (!looks->themes->nelts || !apr_hash_count(looks->kinds))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s has no themes or no pages", core);
    for (i = 0; i < looks->themes->nelts; i++) {
        const char *theme = APR_ARRAY_IDX(looks->themes, i, const char *);

        GOV_TRY(load_theme(looks, &source,
                           apr_pstrcat(scratch, core, "/themes/", theme,
                                       "/theme.xsl", NULL),
                           theme, looks->kinds, scratch));
    }
    GOV_TRY(load_theme(looks, &source,
                       apr_pstrcat(scratch, core, "/console/theme.xsl", NULL),
                       CONSOLE, looks->console, scratch));
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
    return has(looks->kinds, kind) || has(looks->console, kind);
}

bool
gov_looks_in_console(const gov_looks_t *looks, const char *kind)
{
    return has(looks->console, kind);
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
