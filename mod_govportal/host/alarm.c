/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/alarm.c -- alarms about changed rows: from whoever reads, to the log at
   once, and to the database by the watcher.

   The reader who finds one has a connection borrowed and a visitor waiting, so it
   only leaves a note here. */

#include <apr_file_io.h>
#include <string.h>

#include "gov_file.h"
#include "host_priv.h"

#define PLACES 64                 /* objects that wait; more are one "others" */
#define LOG_EVERY apr_time_from_sec(60)

typedef struct note_t {
    char object[100], what[200];
    apr_int64_t site, count;      /* count 0: nothing waits */
    apr_time_t logged;
} note_t;

struct gov_host__alarms_t {
    apr_thread_mutex_t *lock;
    note_t notes[PLACES];
    volatile int waiting;
};

gov_err_t *
gov_host__alarms(gov_host_t *host, apr_pool_t *pool)
{
    apr_status_t rv;

    host->alarms = apr_pcalloc(pool, sizeof(*host->alarms));
    rv = apr_thread_mutex_create(&host->alarms->lock, APR_THREAD_MUTEX_DEFAULT,
                                 pool);
    return rv ? gov_err_apr(rv, pool, "the lock of alarms") : NULL;
}

/* The object's place, or a new one, or the last one, which all others share. */
static note_t *
place(gov_host__alarms_t *alarms, const char *object, apr_time_t now)
{
    int i;

    for (i = 0; i < PLACES; i++)
        if (!strncmp(alarms->notes[i].object, object,
                     sizeof(alarms->notes[i].object) - 1))
            return &alarms->notes[i];
    for (i = 0; i < PLACES - 1; i++)
        if (!alarms->notes[i].count
            && now - alarms->notes[i].logged > LOG_EVERY)
            break;
    if (!alarms->notes[i].count)
        memset(&alarms->notes[i], 0, sizeof(alarms->notes[i]));
    return &alarms->notes[i];
}

void
gov_host__alarm(void *baton, const gov_alarm_t *alarm)
{
    gov_host_t *host = baton;
    gov_host__alarms_t *alarms = host->alarms;
    apr_time_t now = apr_time_now();
    bool tell;
    note_t *note;

    if (!alarms)
        return;
    apr_thread_mutex_lock(alarms->lock);
    note = place(alarms, alarm->object, now);
    if (!note->object[0] || note < &alarms->notes[PLACES - 1])
        apr_cpystrn(note->object, alarm->object, sizeof(note->object));
    else
        apr_cpystrn(note->object, "others", sizeof(note->object));
    apr_cpystrn(note->what, alarm->what, sizeof(note->what));
    note->site = alarm->site;
    note->count++;
    tell = now - note->logged > LOG_EVERY;
    if (tell)
        note->logged = now;
    alarms->waiting = 1;
    apr_thread_mutex_unlock(alarms->lock);
    if (tell)
        gov_log(GOV_LOG_ERROR, 420, "ALARM %s: %s; it is not served",
                alarm->object, alarm->what);
}

/* Take a note away, one at a time: the lock is not held while the database
   works. */
static bool
take(note_t *taken, gov_host__alarms_t *alarms)
{
    int i;

    apr_thread_mutex_lock(alarms->lock);
    for (i = 0; i < PLACES && !alarms->notes[i].count; i++)
        ;
    if (i < PLACES) {
        *taken = alarms->notes[i];
        alarms->notes[i].count = 0;
    }
    else
        alarms->waiting = 0;
    apr_thread_mutex_unlock(alarms->lock);
    return i < PLACES;
}

static void
put_back(gov_host__alarms_t *alarms, const note_t *note)
{
    note_t *at;

    apr_thread_mutex_lock(alarms->lock);
    at = place(alarms, note->object, apr_time_now());
    if (!at->count) {
        apr_int64_t count = note->count;

        *at = *note;
        at->count = count;
    }
    else
        at->count += note->count;
    alarms->waiting = 1;
    apr_thread_mutex_unlock(alarms->lock);
}

gov_err_t *
gov_host__alarms_keep(gov_host_t *host, apr_pool_t *pool)
{
    note_t note;
    gov_ctx_t *ctx;

    if (!host->alarms->waiting)
        return NULL;
    GOV_TRY(gov_host_ctx(&ctx, host, gov_actor_job("integrity", pool), pool));
    while (take(&note, host->alarms)) {
        gov_alarm_t alarm = { .site = note.site, .object = note.object,
                              .what = note.what };
        gov_err_t *err = gov_alarm_keep(ctx, &alarm, note.count, pool);

        if (err) {
            put_back(host->alarms, &note);
            return err;
        }
    }
    return NULL;
}

/* --- how a site map is guarded -------------------------------------------- */

/* Once a node has seen that everything must have a tag, it remembers: whoever takes
   the mark out of the database gains nothing here. */
static const char *
memory(const gov_host_t *host, apr_pool_t *pool)
{
    return apr_pstrcat(pool, host->config->state_dir, "/integrity-since",
                       NULL);
}

static void
remember(const gov_host_t *host, apr_time_t since, apr_pool_t *pool)
{
    const char *name = memory(host, pool), *text;
    apr_file_t *file;

    if (apr_file_open(&file, name, APR_FOPEN_WRITE | APR_FOPEN_CREATE
                      | APR_FOPEN_EXCL, APR_FPROT_OS_DEFAULT, pool))
        return;
    text = apr_pstrcat(pool, gov_time_utc(since, pool), "\n", NULL);
    apr_file_write_full(file, text, strlen(text), NULL);
    apr_file_close(file);
}

gov_err_t *
gov_host__guard(gov_group_t *group, gov_host_t *host, apr_pool_t *pool)
{
    gov_guard_t guard = { .keys = host->keys, .alarm = gov_host__alarm,
                          .baton = host };
    apr_time_t since = 0;
    gov_err_t *err;

    if (!host->keys)
        return NULL;
    err = gov_integrity_since(&since, host->store, host->keys, pool);
    if (err && err->code != GOV_E_INVALID)
        return err;
    if (since)
        remember(host, since, pool);
    guard.strict = since || err || gov_file_is(memory(host, pool), pool);
    if (guard.strict && !since) {
        gov_alarm_t alarm = { .object = "group", .what = "the mark since when "
                              "everything must have a tag was changed or taken "
                              "away" };

        gov_host__alarm(host, &alarm);
    }
    gov_group_guard(group, &guard);
    return NULL;
}
