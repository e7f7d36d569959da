/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_test.h
 *  @brief What every C test uses: a fixture and a few assertions over cmocka.
 *
 *  A test file is one program:
 *
 *      #include "gov_test.h"
 *
 *      static void says_what_it_does(void **state)
 *      {
 *          gov_test_t *t = *state;
 *
 *          assert_ok(gov_thing_do(t->pool));
 *          assert_err(GOV_E_INVALID, gov_thing_do_badly(t->pool));
 *      }
 *
 *      static const struct CMUnitTest tests[] = {
 *          GOV_TEST(says_what_it_does),
 *      };
 *      GOV_TEST_MAIN(tests)
 *
 *  Each test gets a new gov_test_t.  A floor that needs more in it defines
 *  GOV_TEST_OPEN, before including this file, as the name of a function
 *  "void open(gov_test_t *t)" of its own, which fills t->ctx and t->own;
 *  whatever must be undone is undone by a cleanup of t->pool.
 */
#ifndef GOV_TEST_H
#define GOV_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <apr_file_io.h>
#include <stdlib.h>
#include <string.h>

#include "gov_base.h"
#include "gov_time.h"

typedef struct gov_test_t {
    apr_pool_t *pool;             /**< lives as long as the test */
    apr_time_t now;               /**< what the fake clock says; set freely */
    unsigned random;              /**< bytes the fake random source gave */
    gov_clock_t clock;            /**< the fake clock */
    gov_ctx_t ctx;                /**< pool, clock, "zh-CN", "test" */
    void *own;                    /**< of the floor, see GOV_TEST_OPEN */
    const char *dir;              /**< see gov_test_write() */
} gov_test_t;

#ifndef GOV_TEST_SRCDIR           /* the build says where the source is */
#define GOV_TEST_SRCDIR "."
#endif

#ifdef GOV_TEST_OPEN
static void GOV_TEST_OPEN(gov_test_t *t);
#endif

/* --- fixture ------------------------------------------------------------ */

static apr_time_t
gov_test__now(void *t)
{
    return ((gov_test_t *)t)->now;
}

/* Different bytes each time, the same in each run. */
static void
gov_test__random(void *t, unsigned char *out, apr_size_t len)
{
    for (; len > 0; len--) {
        unsigned n = ((gov_test_t *)t)->random++;
        unsigned x = n;

        /* after the first 256, which are easy to write down, well mixed */
        x = (x ^ x >> 16) * 0x7FEB352DU;
        x = (x ^ x >> 15) * 0x846CA68BU;
        *out++ = (unsigned char)(n < 256 ? n : x ^ x >> 16);
    }
}

static int
gov_test__setup(void **state)
{
    apr_pool_t *pool;
    gov_test_t *t;

    apr_pool_create(&pool, NULL);
    t = apr_pcalloc(pool, sizeof(*t));
    t->pool = pool;
    t->now = apr_time_from_sec(1793668320); /* 2026-11-03T09:12:00+08:00 */
    t->clock.now = gov_test__now;
    t->clock.random = gov_test__random;
    t->clock.baton = t;
    t->ctx.pool = pool;
    t->ctx.clock = &t->clock;
    t->ctx.lang = "zh-CN";
    t->ctx.request_id = "test";
    *state = t;
#ifdef GOV_TEST_OPEN
    GOV_TEST_OPEN(t);
#endif
    return 0;
}

static int
gov_test__teardown(void **state)
{
    apr_pool_destroy(((gov_test_t *)*state)->pool);
    return 0;
}

#define GOV_TEST(fn)                                                          \
    cmocka_unit_test_setup_teardown(fn, gov_test__setup, gov_test__teardown)

#define GOV_TEST_MAIN(tests)                                                  \
    int main(void)                                                            \
    {                                                                         \
        apr_pool_t *pool;                                                     \
        int failed;                                                           \
                                                                              \
        apr_initialize();                                                     \
        apr_pool_create(&pool, NULL);                                         \
        failed = gov_base_start(pool) != NULL                                 \
            || cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL) != 0; \
        apr_pool_destroy(pool);                                               \
        apr_terminate();                                                      \
        return failed;                                                        \
    }

/* --- assertions --------------------------------------------------------- */

static inline void
gov_test__ok(const gov_err_t *err, const char *expr, const char *file, int line)
{
    apr_pool_t *pool;

    if (!err)
        return;
    apr_pool_create(&pool, NULL);
    print_error("%s\n  expected no error, got %s: %s\n", expr,
                gov_err_name(err->code), gov_err_chain(err, pool));
    apr_pool_destroy(pool);
    _fail(file, line);
}

static inline const gov_err_t *
gov_test__err(gov_code_t code, const char *field, const gov_err_t *err,
              const char *expr, const char *file, int line)
{
    apr_pool_t *pool;

    if (err && err->code == code
        && (!field || (err->field && strcmp(err->field, field) == 0)))
        return err;
    apr_pool_create(&pool, NULL);
    print_error("%s\n  expected %s%s%s, got %s%s%s: %s\n", expr,
                gov_err_name(code), field ? " of field " : "",
                field ? field : "",
                err ? gov_err_name(err->code) : "no error",
                err && err->field ? " of field " : "",
                err && err->field ? err->field : "",
                err ? gov_err_chain(err, pool) : "");
    apr_pool_destroy(pool);
    _fail(file, line);
    return err;
}

/** @a expr returns no error; otherwise prints its chain. */
#define assert_ok(expr)                                                       \
    gov_test__ok((expr), #expr, __FILE__, __LINE__)

/** @a expr returns an error with @a code.  The value is the error. */
#define assert_err(code, expr)                                                \
    gov_test__err((code), NULL, (expr), #expr, __FILE__, __LINE__)

/** @a expr returns INVALID for the input field @a name. */
#define assert_err_field(name, expr)                                          \
    gov_test__err(GOV_E_INVALID, (name), (expr), #expr, __FILE__, __LINE__)

/** @a part occurs in @a text. */
#define assert_contains(text, part)                                           \
    gov_test__contains((text), (part), __FILE__, __LINE__)

static inline void
gov_test__contains(const char *text, const char *part, const char *file,
                   int line)
{
    if (text && strstr(text, part))
        return;
    print_error("'%s'\n  does not contain '%s'\n", text ? text : "(NULL)",
                part);
    _fail(file, line);
}

/* --- files -------------------------------------------------------------- */

/** A file of the source tree, wherever the build happens. */
static inline const char *
gov_test_source(gov_test_t *t, const char *name)
{
    const char *top = getenv("GOV_SRCDIR");

    return apr_pstrcat(t->pool, top ? top : GOV_TEST_SRCDIR, "/", name, NULL);
}

static inline apr_status_t
gov_test__remove_file(void *file)
{
    return apr_file_remove(file, NULL);
}

static inline apr_status_t
gov_test__remove_dir(void *test)
{
    gov_test_t *t = test;

    return apr_dir_remove(t->dir, t->pool);
}

/** An empty folder of this test; removed after it. */
static inline const char *
gov_test_dir(gov_test_t *t)
{
    const char *base;
    char *name;

    if (t->dir)
        return t->dir;
    assert_int_equal(apr_temp_dir_get(&base, t->pool), APR_SUCCESS);
    name = apr_pstrcat(t->pool, base, "/gov-test-XXXXXX", NULL);
    assert_non_null(mkdtemp(name));
    t->dir = name;
    apr_pool_cleanup_register(t->pool, t, gov_test__remove_dir,
                              apr_pool_cleanup_null);
    return t->dir;
}

/** Write @a data to the file @a name in the test's folder; returns its path. */
static inline const char *
gov_test_write_bytes(gov_test_t *t, const char *name, const void *data,
                     apr_size_t len)
{
    char *path = apr_pstrcat(t->pool, gov_test_dir(t), "/", name, NULL);
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, path,
                                   APR_FOPEN_WRITE | APR_FOPEN_CREATE
                                   | APR_FOPEN_TRUNCATE, APR_FPROT_OS_DEFAULT,
                                   t->pool), APR_SUCCESS);
    assert_int_equal(apr_file_write_full(file, data, len, NULL), APR_SUCCESS);
    apr_file_close(file);
    apr_pool_cleanup_register(t->pool, path, gov_test__remove_file,
                              apr_pool_cleanup_null);
    return path;
}

static inline const char *
gov_test_write(gov_test_t *t, const char *name, const char *text)
{
    return gov_test_write_bytes(t, name, text, strlen(text));
}

#endif
