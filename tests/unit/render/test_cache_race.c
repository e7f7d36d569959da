/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The page cache's promise: once a bump has returned, nobody on the node finds
   an entry fresh that was made from older data.  Editors and readers in several
   processes and threads try to break it.

   A "database" of numbers in shared memory stands for documents.  An editor
   raises a number (commits), bumps the document's tag, and then writes down the
   number that readers have been promised.  A page shows two documents; a reader
   notes what was promised, looks, and compares. */

#include <apr_thread_proc.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cache_fixture.h"
#include "gov_log.h"

#define DOCUMENTS 4
#define PROCESSES 3
#define THREADS 2
#define LOOKS 100000              /* of all together, or until... */
#define TIME_MAX apr_time_from_sec(1)

typedef struct world_t {
    atomic_ulong committed[DOCUMENTS], promised[DOCUMENTS];
    atomic_ulong looks, fresh, broken;
    atomic_int over;
} world_t;

typedef struct worker_t {
    world_t *world;
    gov_cache_t *cache;
    unsigned seed;
} worker_t;

static unsigned
chance(worker_t *w, unsigned limit)
{
    w->seed = w->seed * 1103515245 + 12345;
    return (w->seed >> 16) % limit;
}

static void
edit(worker_t *w)
{
    unsigned d = chance(w, DOCUMENTS);
    unsigned long number = atomic_fetch_add(&w->world->committed[d], 1) + 1;
    unsigned long was = atomic_load(&w->world->promised[d]);
    char tags[64];

    snprintf(tags, sizeof(tags), "event:%lu document:%u", number % 100, d);
    gov_cache_bump(w->cache, tags);
    while (was < number
           && !atomic_compare_exchange_weak(&w->world->promised[d], &was,
                                            number))
        ;
}

/* Make a page as a render does: snapshot, then data, some time, then put. */
static void
render(worker_t *w, const char *key, const unsigned d[2], apr_pool_t *pool)
{
    gov_snapshot_t snapshot = gov_cache_snapshot(w->cache);
    apr_array_header_t *tags = apr_array_make(pool, 2, sizeof(char *));
    gov_stored_t page;
    gov_entry_t *entry;
    int i;

    memset(&page, 0, sizeof(page));
    page.key = key;
    page.status = 200;
    page.body.data = apr_psprintf(pool, "%lu %lu",
                                  atomic_load(&w->world->committed[d[0]]),
                                  atomic_load(&w->world->committed[d[1]]));
    page.body.len = strlen(page.body.data);
    page.tags = tags;
    for (i = 0; i < 2; i++)
        APR_ARRAY_PUSH(tags, const char *) =
            apr_psprintf(pool, "document:%u", d[i]);
    if (chance(w, 2))
        sched_yield();
    if (gov_cache_put(&entry, w->cache, &page, snapshot, pool))
        atomic_fetch_add(&w->world->broken, 1);
    else
        gov_entry_release(entry);
}

static void
look_once(worker_t *w, apr_pool_t *pool)
{
    unsigned d[2] = { chance(w, DOCUMENTS), chance(w, DOCUMENTS) };
    unsigned long promised[2], shown[2];
    char key[32], body[64];
    gov_entry_t *entry;
    bool fresh;
    int i;

    snprintf(key, sizeof(key), "page %u %u", d[0], d[1]);
    for (i = 0; i < 2; i++)
        promised[i] = atomic_load(&w->world->promised[d[i]]);
    gov_cache_find(&entry, &fresh, w->cache, key, strlen(key), 1);
    if (entry && fresh) {
        const gov_entry_view_t *view = gov_entry_view(entry);

        apr_cpystrn(body, view->body.data, view->body.len + 1);
        if (sscanf(body, "%lu %lu", &shown[0], &shown[1]) != 2
            || shown[0] < promised[0] || shown[1] < promised[1])
            atomic_fetch_add(&w->world->broken, 1);
        atomic_fetch_add(&w->world->fresh, 1);
    }
    if (entry)
        gov_entry_release(entry);
    if (!fresh)
        render(w, key, d, pool);
    atomic_fetch_add(&w->world->looks, 1);
}

static void *APR_THREAD_FUNC
read_and_edit(apr_thread_t *thread, void *baton)
{
    worker_t *w = baton;
    apr_pool_t *pool;

    (void)thread;
    apr_pool_create_unmanaged_ex(&pool, NULL, NULL);
    while (!atomic_load(&w->world->over)) {
        apr_pool_clear(pool);
        look_once(w, pool);
        if (chance(w, 16) == 0)
            edit(w);
    }
    apr_pool_destroy(pool);
    return NULL;
}

/* THREADS workers of one process, until the world is over. */
static void
work(world_t *world, gov_cache_t *cache, unsigned seed, apr_pool_t *pool)
{
    apr_thread_t *threads[THREADS];
    worker_t workers[THREADS];
    apr_status_t rv;
    int i;

    for (i = 0; i < THREADS; i++) {
        workers[i].world = world;
        workers[i].cache = cache;
        workers[i].seed = seed * 77 + (unsigned)i;
        apr_thread_create(&threads[i], NULL, read_and_edit, &workers[i], pool);
    }
    for (i = 0; i < THREADS; i++)
        apr_thread_join(&rv, threads[i]);
}

static world_t *
new_world(void)
{
    world_t *world = mmap(NULL, sizeof(*world), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    assert_ptr_not_equal(world, MAP_FAILED);
    return world;
}

static void
wait_for_the_end(world_t *world)
{
    apr_time_t start = apr_time_now();

    while (atomic_load(&world->looks) < LOOKS
           && apr_time_now() - start < TIME_MAX)
        apr_sleep(5000);
    atomic_store(&world->over, 1);
}

static void
judge(world_t *world)
{
    print_message("%lu looks, %lu fresh\n", atomic_load(&world->looks),
                  atomic_load(&world->fresh));
    assert_int_equal(atomic_load(&world->broken), 0);
    assert_true(atomic_load(&world->fresh) > 100);
    assert_true(atomic_load(&world->looks) > atomic_load(&world->fresh));
    munmap(world, sizeof(*world));
}

static void *APR_THREAD_FUNC
watch_the_end(apr_thread_t *thread, void *world)
{
    (void)thread;
    wait_for_the_end(world);
    return NULL;
}

static void
say_nothing(void *baton, gov_log_level_t level, int number, const char *text)
{
    (void)baton;
    (void)level;
    (void)number;
    (void)text;
}

/* Without files to write there is more time for close encounters. */
static void keeps_its_promise_among_threads(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    world_t *world = new_world();
    apr_thread_t *watch;
    apr_status_t rv;

    gov_log_to(say_nothing, NULL);
    apr_dir_remove(apr_pstrcat(t->pool, t->dir, "/pages", NULL), t->pool);
    gov_test_write(t, "pages", "no folder");
    apr_thread_create(&watch, NULL, watch_the_end, world, t->pool);
    work(world, f->cache, 1, t->pool);
    apr_thread_join(&rv, watch);
    gov_log_to(NULL, NULL);
    judge(world);
}

/* Each child opens the cache as httpd's children have it: mapped before fork,
   its L1 after. */
static pid_t
start_child(gov_test_t *t, world_t *world, unsigned seed)
{
    fixture_t *f = t->own;
    pid_t child = fork();

    if (child)
        return child;
    if (gov_cache_start(f->cache, t->pool))
        _exit(1);
    work(world, f->cache, seed, t->pool);
    _exit(0);
}

static void keeps_its_promise_among_processes(void **state)
{
    gov_test_t *t = *state;
    world_t *world = new_world();
    int i, status;

    for (i = 0; i < PROCESSES; i++)
        assert_true(start_child(t, world, (unsigned)i + 1) > 0);
    wait_for_the_end(world);
    for (i = 0; i < PROCESSES; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    judge(world);
}

/* An editor that is killed between commit and the end of its bump promised
   nothing; but what it left behind must not hurt the others. */
static void survives_processes_that_are_killed(void **state)
{
    gov_test_t *t = *state;
    fixture_t *f = t->own;
    world_t *world = new_world();
    pid_t steady = start_child(t, world, 99);
    int i, status;

    for (i = 0; i < 30; i++) {
        pid_t victim = start_child(t, world, (unsigned)i + 1);

        apr_sleep(5000 + i * 700);
        kill(victim, SIGKILL);
        assert_int_equal(waitpid(victim, &status, 0), victim);
    }
    atomic_store(&world->over, 1);
    assert_int_equal(waitpid(steady, &status, 0), steady);
    assert_int_equal(status, 0);
    judge(world);
    put(t, f->cache, "page", "body", "document:1");
    assert_int_equal(look(NULL, t, another_cache(t), "page"), FRESH);
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(keeps_its_promise_among_threads),
    GOV_TEST(keeps_its_promise_among_processes),
    GOV_TEST(survives_processes_that_are_killed),
};
GOV_TEST_MAIN(tests)
