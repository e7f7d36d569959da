/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* password.c -- hashing passwords, a few at a time.

   The turns are counted for the whole process, whatever hosts it has, because it
   has only one memory; hence the static counters and their lock.  Who waits for a
   turn stands in a queue by rank: a flood of guesses must not keep those out who
   are known. */

#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "gov_password.h"
#include "security_priv.h"

#define PASSES 2
#define MEMORY (64 * 1024 * 1024)
#define TURNS_MAX 4
#define WAIT apr_time_from_sec(2)
/* Who is at home or has worked for it is not sent away so soon. */
#define WAIT_LONG apr_time_from_sec(5)
/* Threads are needed for other things, too. */
#define WAITING_MAX 32
/* Longer ones were never taken. */
#define BYTES_MAX (4 * GOV_PASSWORD_MAX)

/* Of a random password that nobody knows, at the cost above. */
static const char dummy[] =
    "$argon2id$v=19$m=65536,t=2,p=1$auSHXIxFjpoTHDekMpQd/A$"
    "+pJqcvefkSCBry97MU8P+TKyZxeeLRhhctlY/sooPPU";

typedef struct waiter_t {
    struct waiter_t *next;
    int rank;
    bool served, mine;            /* served but not mine: a better one came */
    pthread_cond_t called;
} waiter_t;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static waiter_t *queue;           /* the best first, equals as they came */
static int running, waiting;

int
gov_security__turns(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    return processors < 1 ? 1 : processors > TURNS_MAX ? TURNS_MAX
        : (int)processors;
}

int
gov_security__turns_waiting(void)
{
    int count;

    pthread_mutex_lock(&lock);
    count = waiting;
    pthread_mutex_unlock(&lock);
    return count;
}

/* These four with the lock held. */

/* Is there a turn for RANK?  The last one is for those whom nobody lets wait. */
static bool
has_turn(int rank)
{
    int turns = gov_security__turns();

    return running < turns - (rank > 0 && turns > 1);
}

static void
leave(const waiter_t *w)
{
    waiter_t **at = &queue;

    while (*at != w)
        at = &(*at)->next;
    *at = w->next;
    waiting--;
}

static void
call(waiter_t *w, bool mine)
{
    leave(w);
    w->served = true;
    w->mine = mine;
    pthread_cond_signal(&w->called);
}

/* False: the queue is full of others that go before. */
static bool
join(waiter_t *w)
{
    waiter_t **at = &queue, *last = queue;

    while (last && last->next)
        last = last->next;
    if (waiting >= WAITING_MAX) {
        if (last->rank <= w->rank)
            return false;
        call(last, false);
    }
    while (*at && (*at)->rank <= w->rank)
        at = &(*at)->next;
    w->next = *at;
    *at = w;
    waiting++;
    return true;
}

bool
gov_security__turn(apr_interval_time_t wait, int rank)
{
    waiter_t w = { .rank = rank };
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += apr_time_sec(wait);
    until.tv_nsec += 1000 * (long)apr_time_usec(wait);
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&lock);
    if (has_turn(rank)) {
        running++;
        w.mine = true;
    }
    else {
        pthread_cond_init(&w.called, NULL);
        if (join(&w)) {
            while (!w.served
                   && pthread_cond_clockwait(&w.called, &lock, CLOCK_MONOTONIC,
                                             &until) == 0)
                ;
            if (!w.served)
                leave(&w);
        }
        pthread_cond_destroy(&w.called);
    }
    pthread_mutex_unlock(&lock);
    return w.mine;
}

/* The turn goes to the first in the queue, not to whoever wakes up first. */
void
gov_security__turn_end(void)
{
    pthread_mutex_lock(&lock);
    running--;
    if (queue && has_turn(queue->rank)) {
        call(queue, true);
        running++;
    }
    pthread_mutex_unlock(&lock);
}

static gov_err_t *
begin(int rank, apr_interval_time_t wait, apr_pool_t *pool)
{
    GOV_TRY(gov_security__sodium(pool));
    if (!gov_security__turn(wait, rank))
        return gov_err(GOV_E_TOO_MANY, NULL, pool,
                       "wait %d s: too many passwords are being checked",
                       (int)apr_time_sec(wait));
    return NULL;
}

gov_err_t *
gov_password_hash(const char **hash, const char *password, apr_pool_t *pool)
{
    char text[crypto_pwhash_STRBYTES];
    int failed;

    GOV_TRY(begin(0, WAIT, pool));
    failed = crypto_pwhash_str_alg(text, password, strlen(password), PASSES,
                                   MEMORY, crypto_pwhash_ALG_ARGON2ID13);
    gov_security__turn_end();
    if (failed)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "no memory to hash a password");
    *hash = apr_pstrdup(pool, text);
    return NULL;
}

gov_err_t *
gov_security__password_check(bool *right, const char *hash,
                             const char *password, int rank, apr_pool_t *pool)
{
    apr_size_t len = strlen(password);
    bool known = hash && !strncmp(hash, "$argon2id$", 10) && len <= BYTES_MAX;
    int failed;

    GOV_TRY(begin(rank, rank > 1 ? WAIT : WAIT_LONG, pool));
    failed = crypto_pwhash_str_verify(known ? hash : dummy, password,
                                      len <= BYTES_MAX ? len : BYTES_MAX);
    gov_security__turn_end();
    *right = known && !failed;
    return NULL;
}

gov_err_t *
gov_password_check(bool *right, const char *hash, const char *password,
                   apr_pool_t *pool)
{
    return gov_security__password_check(right, hash, password, 0, pool);
}

bool
gov_password_stale(const char *hash)
{
    return crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY) != 0;
}
