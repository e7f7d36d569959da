/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* password.c -- hashing passwords, a few at a time.

   The turns are counted for the whole process, whatever hosts it has, because it
   has only one memory; hence the one static counter and its lock. */

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
/* Longer ones were never taken. */
#define BYTES_MAX (4 * GOV_PASSWORD_MAX)

/* Of a random password that nobody knows, at the cost above. */
static const char dummy[] =
    "$argon2id$v=19$m=65536,t=2,p=1$auSHXIxFjpoTHDekMpQd/A$"
    "+pJqcvefkSCBry97MU8P+TKyZxeeLRhhctlY/sooPPU";

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t freed = PTHREAD_COND_INITIALIZER;
static int running;

int
gov_security__turns(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    return processors < 1 ? 1 : processors > TURNS_MAX ? TURNS_MAX
        : (int)processors;
}

bool
gov_security__turn(apr_interval_time_t wait)
{
    struct timespec until;
    bool mine;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += apr_time_sec(wait);
    until.tv_nsec += 1000 * (long)apr_time_usec(wait);
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&lock);
    while (running >= gov_security__turns()
           && pthread_cond_clockwait(&freed, &lock, CLOCK_MONOTONIC,
                                     &until) == 0)
        ;
    mine = running < gov_security__turns();
    running += mine;
    pthread_mutex_unlock(&lock);
    return mine;
}

void
gov_security__turn_end(void)
{
    pthread_mutex_lock(&lock);
    running--;
    pthread_cond_signal(&freed);
    pthread_mutex_unlock(&lock);
}

static gov_err_t *
begin(apr_pool_t *pool)
{
    GOV_TRY(gov_security__sodium(pool));
    if (!gov_security__turn(WAIT))
        return gov_err(GOV_E_TOO_MANY, NULL, pool,
                       "too many passwords are being checked");
    return NULL;
}

gov_err_t *
gov_password_hash(const char **hash, const char *password, apr_pool_t *pool)
{
    char text[crypto_pwhash_STRBYTES];
    int failed;

    GOV_TRY(begin(pool));
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
gov_password_check(bool *right, const char *hash, const char *password,
                   apr_pool_t *pool)
{
    apr_size_t len = strlen(password);
    bool known = hash && !strncmp(hash, "$argon2id$", 10) && len <= BYTES_MAX;
    int failed;

    GOV_TRY(begin(pool));
    failed = crypto_pwhash_str_verify(known ? hash : dummy, password,
                                      len <= BYTES_MAX ? len : BYTES_MAX);
    gov_security__turn_end();
    *right = known && !failed;
    return NULL;
}

bool
gov_password_stale(const char *hash)
{
    return crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY) != 0;
}
