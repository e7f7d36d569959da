/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The page cache: one render per key at a time. */

#include <apr_thread_proc.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../../mod_govportal/render/cache_priv.h"
#include "cache_fixture.h"

#define KEY "a page"

static bool
lock(gov_cache_t *cache, const char *key, apr_interval_time_t patience)
{
    bool mine;

    gov_cache_lock(&mine, cache, key, strlen(key), patience);
    return mine;
}

static void
unlock(gov_cache_t *cache, const char *key)
{
    gov_cache_unlock(cache, key, strlen(key));
}

static void is_held_by_one_at_a_time(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;

    assert_true(lock(f->cache, KEY, 0));
    assert_false(lock(f->cache, KEY, 0));
    assert_false(lock(another_cache(t), KEY, 1000));
    unlock(f->cache, KEY);
    assert_true(lock(f->cache, KEY, 0));
}

static void does_not_hold_up_other_pages(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    int i;

    /* twice as many as there are words: some share one */
    for (i = 0; i < 8192; i++)
        assert_true(lock(f->cache, apr_itoa(t->pool, i), 0));
    for (i = 0; i < 8192; i++)
        unlock(f->cache, apr_itoa(t->pool, i));
    for (i = 0; i < 8192; i++)
        assert_true(lock(f->cache, apr_itoa(t->pool, i), 0));
}

static void ends_when_patience_does(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    apr_time_t start = apr_time_now();

    assert_true(lock(f->cache, KEY, 0));
    assert_false(lock(f->cache, KEY, 30000));
    assert_in_range(apr_time_now() - start, 25000, 2000000);
}

static void *APR_THREAD_FUNC
give_back(apr_thread_t *thread, void *cache)
{
    (void)thread;
    apr_sleep(20000);
    unlock(cache, KEY);
    return NULL;
}

static void tells_a_waiter_to_look_again(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    apr_time_t start = apr_time_now();
    apr_thread_t *thread;
    apr_status_t rv;

    assert_true(lock(f->cache, KEY, 0));
    apr_thread_create(&thread, NULL, give_back, f->cache, t->pool);
    assert_false(lock(f->cache, KEY, apr_time_from_sec(9)));
    assert_true(apr_time_now() - start < apr_time_from_sec(5));
    apr_thread_join(&rv, thread);
    assert_true(lock(f->cache, KEY, 0));
}

static void is_taken_from_the_dead(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    pid_t child = fork();
    int status;

    if (!child) {
        f->cache->pid = (apr_uint64_t)getpid();
        _exit(lock(f->cache, KEY, 0) ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_true(lock(f->cache, KEY, 0));
    assert_false(lock(f->cache, KEY, 0));
}

static void is_taken_from_who_holds_it_for_too_long(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    gov_render__shared_t *shared = f->cache->shared;
    const apr_uint64_t ticks = (1 << 22) - 1;
    int i;

    assert_true(lock(f->cache, KEY, 0));
    for (i = 0; !shared->locks[i]; i++)
        ;
    /* eleven seconds earlier, in sixteenths */
    shared->locks[i] = (shared->locks[i] & ~ticks)
        | ((shared->locks[i] - 11 * 16) & ticks);
    assert_true(lock(f->cache, KEY, 0));
    assert_false(lock(f->cache, KEY, 0));
    /* a word from the other processor's future is not old */
    shared->locks[i] = (shared->locks[i] & ~ticks)
        | ((shared->locks[i] + 2) & ticks);
    assert_false(lock(f->cache, KEY, 0));
}

static void is_given_back_by_its_holder_only(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    pid_t child = fork();
    int status;

    if (!child) {
        f->cache->pid = (apr_uint64_t)getpid();
        lock(f->cache, KEY, 0);
        pause();
        _exit(0);
    }
    while (lock(f->cache, KEY, 0)) {
        unlock(f->cache, KEY);
        apr_sleep(1000);
    }
    unlock(f->cache, KEY);
    assert_false(lock(f->cache, KEY, 0));
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(lock(f->cache, KEY, 0));
}

/* What four processes of two threads each see of one another. */
typedef struct crowd_t {
    gov_cache_t *cache;
    atomic_int *inside, *renders, *crashes;
    int turns;
} crowd_t;

static void *APR_THREAD_FUNC
render_often(apr_thread_t *thread, void *baton)
{
    crowd_t *crowd = baton;
    int i;

    (void)thread;
    for (i = 0; i < crowd->turns; i++) {
        if (!lock(crowd->cache, KEY, apr_time_from_sec(5)))
            continue;
        if (atomic_fetch_add(crowd->inside, 1))
            atomic_fetch_add(crowd->crashes, 1);
        apr_sleep(100);
        atomic_fetch_sub(crowd->inside, 1);
        atomic_fetch_add(crowd->renders, 1);
        unlock(crowd->cache, KEY);
    }
    return NULL;
}

static void keeps_a_crowd_of_processes_in_order(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    atomic_int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    crowd_t crowd = { f->cache, shared, shared + 1, shared + 2, 100 };
    int i, status;

    for (i = 0; i < 4; i++) {
        apr_thread_t *thread;

        if (fork())
            continue;
        f->cache->pid = (apr_uint64_t)getpid();
        apr_thread_create(&thread, NULL, render_often, &crowd, t->pool);
        render_often(NULL, &crowd);
        apr_thread_join(&(apr_status_t){ 0 }, thread);
        _exit(0);
    }
    for (i = 0; i < 4; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    assert_int_equal(*crowd.crashes, 0);
    assert_in_range(*crowd.renders, 1, 800);
    munmap(shared, 4096);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(is_held_by_one_at_a_time),
    GOV_TEST(does_not_hold_up_other_pages),
    GOV_TEST(ends_when_patience_does),
    GOV_TEST(tells_a_waiter_to_look_again),
    GOV_TEST(is_taken_from_the_dead),
    GOV_TEST(is_taken_from_who_holds_it_for_too_long),
    GOV_TEST(is_given_back_by_its_holder_only),
    GOV_TEST(keeps_a_crowd_of_processes_in_order),
};
GOV_TEST_MAIN(tests)
