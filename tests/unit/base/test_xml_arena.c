/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The memory of pages in the making. */

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>
#include <apr_thread_proc.h>
#include <libxml/xmlmemory.h>
#include <stdio.h>
#include <unistd.h>

#include "gov_test.h"
#include "gov_xml.h"

#define CROWD 48
#define MB ((apr_size_t)1024 * 1024)
#define PAGE (2 * MB - 4096)      /* no larger than what an idle stretch keeps */

typedef struct crowd_t {
    apr_thread_mutex_t *lock;
    apr_thread_cond_t *all_in;
    int in;
    apr_size_t most;              /* resident memory when all were in */
} crowd_t;

static apr_size_t
resident(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    unsigned long pages = 0;

    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*u %lu", &pages), 1);
    fclose(file);
    return pages * (apr_size_t)sysconf(_SC_PAGESIZE);
}

/* Nobody leaves before all are in. */
static void *APR_THREAD_FUNC
enter_together(apr_thread_t *thread, void *baton)
{
    crowd_t *crowd = baton;

    (void)thread;
    if (!gov_xml_arena_enter())
        return NULL;
    memset(xmlMalloc(PAGE), 'x', PAGE);
    apr_thread_mutex_lock(crowd->lock);
    if (++crowd->in == CROWD) {
        crowd->most = resident();
        apr_thread_cond_broadcast(crowd->all_in);
    }
    while (crowd->in < CROWD)
        apr_thread_cond_wait(crowd->all_in, crowd->lock);
    apr_thread_mutex_unlock(crowd->lock);
    gov_xml_arena_leave();
    return NULL;
}

static void gives_back_what_a_crowd_took(void **state)
{
    gov_test_t *t = *state;
    long keeps = sysconf(_SC_NPROCESSORS_ONLN) * 4;
    apr_thread_t *threads[CROWD];
    crowd_t crowd = { 0 };
    apr_status_t status;
    int i;

    gov_xml_arena_install(t->pool);
    apr_thread_mutex_create(&crowd.lock, APR_THREAD_MUTEX_DEFAULT, t->pool);
    apr_thread_cond_create(&crowd.all_in, t->pool);
    for (i = 0; i < CROWD; i++)
        assert_int_equal(apr_thread_create(&threads[i], NULL, enter_together,
                                           &crowd, t->pool), 0);
    for (i = 0; i < CROWD; i++)
        apr_thread_join(&status, threads[i]);
    assert_int_equal(crowd.in, CROWD);
    if (keeps > 32)
        keeps = 32;
    /* half of it, at least: what else the process took meanwhile is not known */
    assert_in_range(resident(), 0,
                    crowd.most - (CROWD - (apr_size_t)keeps) * PAGE / 2);
}

static void
note(void *baton)
{
    ++*(int *)baton;
}

static void tells_once_when_the_limit_is_passed(void **state)
{
    gov_test_t *t = *state;
    int told = 0;

    gov_xml_arena_install(t->pool);
    assert_true(gov_xml_arena_enter());
    gov_xml_arena_limit(4 * MB, note, &told);
    xmlMalloc(3 * MB);
    assert_int_equal(told, 0);
    xmlMalloc(2 * MB);
    xmlMalloc(2 * MB);
    assert_int_equal(told, 1);
    gov_xml_arena_limit(0, NULL, NULL);
    xmlMalloc(12 * MB);
    assert_int_equal(told, 1);
    gov_xml_arena_leave();
}

/* Large ones have memory of their own, which goes with the arena, too: the leak
   checkers would find it. */
static void keeps_what_grows_beyond_a_stretch(void **state)
{
    gov_test_t *t = *state;
    apr_size_t len = MB;
    char *piece;
    int told = 0;

    gov_xml_arena_install(t->pool);
    assert_true(gov_xml_arena_enter());
    gov_xml_arena_limit(20 * MB, note, &told);
    piece = xmlMalloc(len);
    memcpy(piece, "begin", 6);
    for (; len <= 32 * MB; len *= 2) {
        piece = xmlRealloc(piece, len);
        assert_string_equal(piece, "begin");
        piece[len - 1] = 'x';
    }
    assert_int_equal(told, 1);
    xmlMalloc(10 * MB);
    xmlFree(xmlMalloc(10 * MB));
    gov_xml_arena_leave();
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(gives_back_what_a_crowd_took),
    GOV_TEST(tells_once_when_the_limit_is_passed),
    GOV_TEST(keeps_what_grows_beyond_a_stretch),
};
GOV_TEST_MAIN(tests)
