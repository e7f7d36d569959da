/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the page cache share: a state directory of the test's own,
   and caches in it as several processes would have them. */
#ifndef CACHE_FIXTURE_H
#define CACHE_FIXTURE_H

#define GOV_TEST_OPEN open_fixture

#include "gov_cache.h"
#include "gov_test.h"

typedef struct fixture_t {
    gov_config_t *config;
    gov_cache_t *cache;           /* open and started */
} fixture_t;

/* Remove what is in DIR, and folders in it. */
static inline void
empty_dir(const char *name, apr_pool_t *pool)
{
    apr_dir_t *dir;
    apr_finfo_t info;

    if (apr_dir_open(&dir, name, pool))
        return;
    while (!apr_dir_read(&info, APR_FINFO_NAME | APR_FINFO_TYPE, dir)) {
        const char *path = apr_pstrcat(pool, name, "/", info.name, NULL);

        if (!strcmp(info.name, ".") || !strcmp(info.name, ".."))
            continue;
        if (info.filetype == APR_DIR) {
            empty_dir(path, pool);
            apr_dir_remove(path, pool);
        }
        else
            apr_file_remove(path, pool);
    }
    apr_dir_close(dir);
}

static inline apr_status_t
clean_up(void *data)
{
    gov_test_t *t = data;

    empty_dir(t->dir, t->pool);
    return APR_SUCCESS;
}

/* One more process's view of the same state directory. */
static inline gov_cache_t *
another_cache(gov_test_t *t)
{
    fixture_t *f = t->own;
    gov_cache_t *cache;

    assert_ok(gov_cache_open(&cache, f->config, t->pool));
    assert_ok(gov_cache_start(cache, t->pool));
    gov_cache_version_set(cache, "1");
    return cache;
}

static void
open_fixture(gov_test_t *t)
{
    fixture_t *f = apr_pcalloc(t->pool, sizeof(*f));

    t->own = f;
    f->config = apr_pcalloc(t->pool, sizeof(*f->config));
    f->config->state_dir = gov_test_dir(t);
    apr_pool_cleanup_register(t->pool, t, clean_up, apr_pool_cleanup_null);
    f->config->page_cache = true;
    f->config->page_cache_size = 8 << 20;
    f->cache = another_cache(t);
}

/* The only file under a folder of the state directory, or NULL. */
static inline const char *
only_file(gov_test_t *t, const char *folder)
{
    const char *found = NULL;
    apr_dir_t *dir;
    apr_finfo_t info;

    assert_int_equal(apr_dir_open(&dir, folder, t->pool), APR_SUCCESS);
    while (!apr_dir_read(&info, APR_FINFO_NAME | APR_FINFO_TYPE, dir)) {
        const char *path = apr_pstrcat(t->pool, folder, "/", info.name, NULL);

        if (info.name[0] == '.')
            continue;
        if (info.filetype == APR_DIR)
            path = only_file(t, path);
        if (path) {
            assert_null(found);
            found = path;
        }
    }
    apr_dir_close(dir);
    return found;
}

static inline const char *
only_page(gov_test_t *t)
{
    return only_file(t, apr_pstrcat(t->pool, t->dir, "/pages", NULL));
}

/* --- pages ---------------------------------------------------------------- */

static inline gov_stored_t
page_of(gov_test_t *t, const char *key, const char *body, const char *tags)
{
    gov_stored_t page;
    char *words = apr_pstrdup(t->pool, tags), *last, *word;
    apr_array_header_t *list = apr_array_make(t->pool, 4, sizeof(char *));

    for (word = apr_strtok(words, " ", &last); word;
         word = apr_strtok(NULL, " ", &last))
        APR_ARRAY_PUSH(list, const char *) = word;
    memset(&page, 0, sizeof(page));
    page.key = key;
    page.status = 200;
    page.content_type = "text/html; charset=utf-8";
    page.body.data = body;
    page.body.len = strlen(body);
    page.tags = list;
    return page;
}

/* Put a page made from the present data. */
static inline void
put(gov_test_t *t, gov_cache_t *cache, const char *key, const char *body,
    const char *tags)
{
    gov_stored_t page = page_of(t, key, body, tags);
    gov_entry_t *entry;

    assert_ok(gov_cache_put(&entry, cache, &page, gov_cache_snapshot(cache),
                            t->pool));
    gov_entry_release(entry);
}

typedef enum found_t { NOTHING, STALE, FRESH } found_t;

/* Look up, and say what was found.  BODY (or NULL) gets a copy. */
static inline found_t
look(const char **body, gov_test_t *t, gov_cache_t *cache, const char *key)
{
    gov_entry_t *entry;
    bool fresh;

    gov_cache_find(&entry, &fresh, cache, key, strlen(key), t->now);
    if (!entry) {
        assert_false(fresh);
        return NOTHING;
    }
    if (body) {
        const gov_entry_view_t *view = gov_entry_view(entry);

        *body = apr_pstrmemdup(t->pool, view->body.data, view->body.len);
    }
    gov_entry_release(entry);
    return fresh ? FRESH : STALE;
}

#define assert_found(what, t, cache, key)                                     \
    assert_int_equal((what), look(NULL, (t), (cache), (key)))

#endif
