/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The page cache's files: what others, or a crash, may have left in them. */

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../../mod_govportal/render/cache_priv.h"
#include "cache_fixture.h"
#include "gov_log.h"

#define KEY "www.example.gov.cn\n/\nstandard"

typedef struct bytes_t {
    char *data;
    apr_size_t len;
} bytes_t;

static bytes_t
contents(gov_test_t *t, const char *name)
{
    bytes_t bytes;
    apr_file_t *file;
    apr_finfo_t info;

    assert_int_equal(apr_file_open(&file, name, APR_FOPEN_READ, 0, t->pool), 0);
    assert_int_equal(apr_file_info_get(&info, APR_FINFO_SIZE, file), 0);
    bytes.len = (apr_size_t)info.size;
    bytes.data = apr_palloc(t->pool, bytes.len);
    assert_int_equal(apr_file_read_full(file, bytes.data, bytes.len, NULL), 0);
    apr_file_close(file);
    return bytes;
}

static void
overwrite(gov_test_t *t, const char *name, const char *data, apr_size_t len)
{
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, name, APR_FOPEN_WRITE
                                   | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE,
                                   APR_FPROT_OS_DEFAULT, t->pool), 0);
    assert_int_equal(apr_file_write_full(file, data, len, NULL), 0);
    apr_file_close(file);
}

static bool
there(gov_test_t *t, const char *name)
{
    apr_finfo_t info;

    return apr_stat(&info, name, APR_FINFO_TYPE, t->pool) == APR_SUCCESS;
}

/* A page's file, and a cache that has not read it yet. */
static const char *
one_page(gov_test_t *t, bytes_t *bytes)
{
    fixture_t *f = t->own;
    const char *name;

    put(t, f->cache, KEY, "<p>a page of the city</p>", "site:1 column:7");
    name = only_page(t);
    assert_non_null(name);
    *bytes = contents(t, name);
    f->cache = another_cache(t);
    return name;
}

static void ignores_cut_files(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    bytes_t whole;
    const char *name = one_page(t, &whole);
    apr_size_t len;

    for (len = 0; len < whole.len; len++) {
        overwrite(t, name, whole.data, len);
        assert_found(NOTHING, t, f->cache, KEY);
    }
    overwrite(t, name, whole.data, whole.len);
    assert_found(FRESH, t, f->cache, KEY);
}

static void ignores_files_with_something_behind(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    bytes_t whole;
    const char *name = one_page(t, &whole);
    char *longer = apr_pcalloc(t->pool, whole.len + 9);

    memcpy(longer, whole.data, whole.len);
    overwrite(t, name, longer, whole.len + 9);
    assert_found(NOTHING, t, f->cache, KEY);
    put(t, f->cache, KEY, "anew", "site:1");
    assert_found(FRESH, t, another_cache(t), KEY);
}

static void notices_every_changed_byte(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    bytes_t whole;
    const char *name = one_page(t, &whole);
    apr_size_t at;

    for (at = 0; at < whole.len; at++) {
        whole.data[at] ^= 0x20;
        overwrite(t, name, whole.data, whole.len);
        whole.data[at] ^= 0x20;
        assert_found(NOTHING, t, f->cache, KEY);
    }
}

/* As someone would write them who knows how the sum is made. */
static void believes_no_length_in_a_file(void **state)
{
    static const apr_uint32_t lengths[] = {
        0, 1, 2, 0x7f, 0x7fff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff,
    };
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    bytes_t whole;
    const char *name = one_page(t, &whole);
    gov_render__head_t *head = (gov_render__head_t *)whole.data, good = *head;
    apr_uint32_t *const fields[] = {
        &head->status, &head->tags, &head->key, &head->type, &head->headers,
        &head->body, &head->gzip,
    };
    unsigned i, k, other;

    for (i = 0; i < sizeof(fields) / sizeof(*fields); i++)
        for (k = 0; k < sizeof(lengths) / sizeof(*lengths); k++)
            /* also one more here and one less there */
            for (other = 0; other < 2; other++) {
                *head = good;
                if (*fields[i] == lengths[k])
                    continue;
                if (other && i)
                    head->body -= lengths[k] - *fields[i];
                *fields[i] = lengths[k];
                head->sum = gov_render__hash(
                    &head->epoch,
                    whole.len - offsetof(gov_render__head_t, epoch));
                overwrite(t, name, whole.data, whole.len);
                /* a byte more of the twin and one less of the body is sound;
                   the sanitizers see whether more was touched than there is */
                look(NULL, t, f->cache, KEY);
                if (!other && lengths[k] != 0x7f) /* 127 may be a status */
                    assert_found(NOTHING, t, f->cache, KEY);
                f->cache = another_cache(t);
            }
}

static void is_not_misled_by_what_is_no_file(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    bytes_t whole;
    const char *name = one_page(t, &whole);
    const char *aside = gov_test_write_bytes(t, "aside", whole.data, whole.len);

    apr_file_remove(name, t->pool);
    assert_int_equal(symlink(aside, name), 0);
    assert_found(NOTHING, t, f->cache, KEY);
    apr_file_remove(name, t->pool);
    assert_int_equal(mkfifo(name, 0600), 0);
    assert_found(NOTHING, t, f->cache, KEY);
    apr_file_remove(name, t->pool);
    assert_int_equal(mkdir(name, 0700), 0);
    assert_found(NOTHING, t, f->cache, KEY);
    apr_dir_remove(name, t->pool);
    put(t, f->cache, KEY, "again", "site:1");
    assert_found(FRESH, t, another_cache(t), KEY);
}

/* A page that is longer, and one that is shorter, than what is in its file. */
static void writes_over_what_was_there(void **state)
{
    static const char *const bodies[] = { "a", "a page of the city", "page" };
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    int i;

    for (i = 0; i < 3; i++) {
        gov_entry_t *entry;
        bool fresh;

        put(t, f->cache, KEY, bodies[i], "site:1");
        gov_cache_find(&entry, &fresh, another_cache(t), KEY, sizeof(KEY) - 1,
                       apr_time_now());
        assert_non_null(entry);
        assert_true(fresh);
        assert_int_equal(gov_entry_view(entry)->body.len, strlen(bodies[i]));
        assert_memory_equal(gov_entry_view(entry)->body.data, bodies[i],
                            strlen(bodies[i]));
        gov_entry_release(entry);
        assert_non_null(only_page(t));
    }
}

static void
forget_log(void *baton, gov_log_level_t level, int number, const char *text)
{
    (void)level;
    (void)text;
    *(int *)baton = number;
}

static void goes_on_in_memory_when_the_disk_is_full(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    const char *pages = apr_pstrcat(t->pool, t->dir, "/pages", NULL);
    int number = 0;

    /* root may write anywhere, so the folder itself is in the way */
    apr_dir_remove(pages, t->pool);
    gov_test_write(t, "pages", "no folder");
    gov_log_to(forget_log, &number);
    put(t, f->cache, KEY, "body", "site:1");
    assert_int_equal(number, 331);
    number = 0;
    put(t, f->cache, "other", "body", "site:1");
    assert_int_equal(number, 0);  /* once a minute is enough */
    gov_log_to(NULL, NULL);
    assert_int_equal(gov_cache_stats(f->cache).failures, 2);
    assert_found(FRESH, t, f->cache, KEY);
    assert_found(NOTHING, t, another_cache(t), KEY);
}

static void cannot_be_opened_without_a_place(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_cache_t *cache;

    f->config->state_dir = gov_test_write(t, "file", "no folder");
    assert_non_null(gov_cache_open(&cache, f->config, t->pool));
}

static void makes_damaged_shared_memory_anew(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    const char *name = apr_pstrcat(t->pool, t->dir, "/shared.cache", NULL);
    bytes_t good, bytes;
    int i;

    gov_cache_fed(f->cache, 7, t->now);
    put(t, f->cache, KEY, "body", "site:1");
    good = contents(t, name);
    /* none of these is written into what is mapped: always another file */
    for (i = 0; i < 4; i++) {
        bytes = contents(t, name);
        apr_file_remove(name, t->pool);
        switch (i) {
        case 0: bytes.len = 0; break;
        case 1: bytes.len -= 1; break;
        case 2: bytes.data[0] ^= 1; break; /* another layout */
        case 3: bytes.data[16] ^= 1; break; /* another boot */
        }
        overwrite(t, name, bytes.data, bytes.len);
        overwrite(t, apr_pstrcat(t->pool, name, ".new", NULL), "rest", 4);
        f->cache = another_cache(t);
        assert_int_equal(gov_cache_last_seq(f->cache), -1);
        assert_found(STALE, t, f->cache, KEY);
        gov_cache_fed(f->cache, 7, t->now);
    }
    apr_file_remove(name, t->pool);
    overwrite(t, name, good.data, good.len);
    assert_found(FRESH, t, another_cache(t), KEY);
}

static void is_made_once_by_many_at_a_time(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    int i, k, status;

    apr_file_remove(apr_pstrcat(t->pool, t->dir, "/shared.cache", NULL),
                    t->pool);
    for (i = 0; i < 8; i++) {
        gov_cache_t *cache;

        if (fork())
            continue;
        if (gov_cache_open(&cache, f->config, t->pool))
            _exit(1);
        for (k = 0; k < 500; k++)
            gov_cache_bump(cache, "site:1 column:7");
        _exit(0);
    }
    for (i = 0; i < 8; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    assert_int_equal(gov_cache_stats(another_cache(t)).bumps, 4000);
}

/* --- sweeping ------------------------------------------------------------- */

static void
make_older(gov_test_t *t, const char *name, apr_interval_time_t age)
{
    assert_int_equal(apr_file_mtime_set(name, apr_time_now() - age, t->pool),
                     0);
}

static void removes_files_that_nobody_used(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    bytes_t whole;
    const char *name = one_page(t, &whole);

    put(t, f->cache, "young", "body", "site:1");
    make_older(t, name, apr_time_from_sec(86400 + 100));
    assert_ok(gov_cache_sweep(f->cache, apr_time_from_sec(86400 + 200),
                              t->pool));
    assert_true(there(t, name));
    assert_ok(gov_cache_sweep(f->cache, apr_time_from_sec(86400), t->pool));
    assert_false(there(t, name));
    assert_non_null(only_page(t));
    assert_found(NOTHING, t, another_cache(t), KEY);
    assert_found(FRESH, t, another_cache(t), "young");
}

static void keeps_files_that_were_read(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    bytes_t whole;
    const char *name = one_page(t, &whole);

    make_older(t, name, apr_time_from_sec(86400 + 100));
    assert_found(FRESH, t, f->cache, KEY);
    assert_ok(gov_cache_sweep(f->cache, apr_time_from_sec(86400), t->pool));
    assert_true(there(t, name));
}

static void keeps_the_youngest_of_too_many(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    const char *dir, *names[6];
    bytes_t whole;
    int i;

    /* six holes of 100 MB: they take no room */
    dir = apr_pstrcat(t->pool, t->dir, "/pages/00", NULL);
    one_page(t, &whole);
    apr_dir_make(dir, APR_FPROT_OS_DEFAULT, t->pool);
    for (i = 0; i < 6; i++) {
        names[i] = apr_psprintf(t->pool, "%s/%014d", dir, i);
        overwrite(t, names[i], "x", 1);
        assert_int_equal(truncate(names[i], (off_t)100 << 20), 0);
        make_older(t, names[i], apr_time_from_sec(7200 * (i + 1)));
    }
    assert_ok(gov_cache_sweep(f->cache, apr_time_from_sec(86400), t->pool));
    for (i = 0; i < 6; i++)
        assert_int_equal(there(t, names[i]), i < 5);
    assert_found(FRESH, t, f->cache, KEY);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(ignores_cut_files),
    GOV_TEST(ignores_files_with_something_behind),
    GOV_TEST(notices_every_changed_byte),
    GOV_TEST(believes_no_length_in_a_file),
    GOV_TEST(is_not_misled_by_what_is_no_file),
    GOV_TEST(writes_over_what_was_there),
    GOV_TEST(goes_on_in_memory_when_the_disk_is_full),
    GOV_TEST(cannot_be_opened_without_a_place),
    GOV_TEST(makes_damaged_shared_memory_anew),
    GOV_TEST(is_made_once_by_many_at_a_time),
    GOV_TEST(removes_files_that_nobody_used),
    GOV_TEST(keeps_files_that_were_read),
    GOV_TEST(keeps_the_youngest_of_too_many),
};
GOV_TEST_MAIN(tests)
