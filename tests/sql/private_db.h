/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* private_db.h -- a MariaDB of the test program's own.
 *
 *     #define GOV_TEST_OPEN open_store
 *     #include "private_db.h"
 *
 * gives each test a started store with all core migrations in t->ctx.store. */
#ifndef PRIVATE_DB_H
#define PRIVATE_DB_H

#include "gov_base.h"

/* "start", "stop", "kill", "pause" or "resume" the server; see db.sh. */
void private_db(const char *verb);
/* Run SQL as an administrator would, beside the store; the first value. */
const char *private_db_sql(const char *sql, apr_pool_t *pool);
/* How to get there beside the store. */
const char *private_db_socket(apr_pool_t *pool);
const char *private_db_user(apr_pool_t *pool);
/* A store with its own connections. */
gov_store_t *private_db_store(int connections, const gov_clock_t *clock,
                              apr_pool_t *pool);
/* The same, on a server that runs, with the core migrations applied. */
gov_store_t *private_db_ready(const gov_clock_t *clock, apr_pool_t *pool);
/* A file of the source tree. */
const char *private_db_source(const char *name, apr_pool_t *pool);
/* Monotonic seconds. */
double private_db_now(void);

#ifdef GOV_TEST_OPEN
#include "gov_test.h"

static void
GOV_TEST_OPEN(gov_test_t *t)
{
    t->ctx.store = private_db_ready(&t->clock, t->pool);
}
#endif
#endif
