/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */

#include <apr_user.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gov_schema.h"
#include "gov_store.h"
#include "private_db.h"

static const char *folder;

const char *
private_db_source(const char *name, apr_pool_t *pool)
{
    const char *top = getenv("GOV_SRCDIR");

    return apr_pstrcat(pool, top ? top : GOV_TEST_SRCDIR, "/", name, NULL);
}

double
private_db_now(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* Without its database a test program has nothing to say. */
static void
give_up(const char *what, const gov_err_t *err, apr_pool_t *pool)
{
    printf("not ok - %s: %s\n", what, err ? gov_err_chain(err, pool) : "");
    exit(1);
}

/* The first line that db.sh says. */
static const char *
run(const char *verb, const char *rest, apr_pool_t *pool)
{
    const char *line = apr_psprintf(pool, "'%s' %s '%s' %s",
                                    private_db_source("tests/lib/db.sh", pool),
                                    verb, folder, rest);
    char text[4000] = "";
    FILE *in = popen(line, "r");

    if (!in)
        give_up(line, NULL, pool);
    if (!fgets(text, sizeof(text), in))
        text[0] = '\0';
    if (pclose(in) != 0)
        give_up(line, NULL, pool);
    text[strcspn(text, "\n")] = '\0';
    return apr_pstrdup(pool, text);
}

void
private_db(const char *verb)
{
    apr_pool_t *pool;

    apr_pool_create(&pool, NULL);
    run(verb, "", pool);
    apr_pool_destroy(pool);
}

/* At the end of the program APR is gone already. */
static void
drop(void)
{
    char line[2000];
    const char *top = getenv("GOV_SRCDIR");

    snprintf(line, sizeof(line), "'%s/tests/lib/db.sh' drop '%s'",
             top ? top : GOV_TEST_SRCDIR, folder);
    if (system(line) != 0)
        printf("# the database in %s stays\n", folder);
}

const char *
private_db_sql(const char *sql, apr_pool_t *pool)
{
    return run("sql", apr_psprintf(pool, "-Ne \"%s\"", sql), pool);
}

const char *
private_db_socket(apr_pool_t *pool)
{
    return run("socket", "", pool);
}

const char *
private_db_user(apr_pool_t *pool)
{
    apr_uid_t uid;
    apr_gid_t gid;
    char *name = NULL;

    apr_uid_current(&uid, &gid, pool);
    apr_uid_name_get(&name, uid, pool);
    return name;
}

gov_store_t *
private_db_store(int connections, const gov_clock_t *clock, apr_pool_t *pool)
{
    gov_config_t *config = gov_config_create(pool);
    gov_store_t *store = NULL;
    gov_err_t *err;

    config->database = apr_psprintf(pool, "unix:%s", private_db_socket(pool));
    config->database_name = "govportal";
    config->database_user = NULL;
    config->database_password_file = NULL;
    config->database_connections = connections;
    config->state_dir = apr_pstrcat(pool, folder, "/node", NULL);
    err = gov_store_create(&store, config, clock, pool);
    if (!err)
        err = gov_store_start(store, pool);
    if (err)
        give_up("the store starts", err, pool);
    return store;
}

/* The first test starts the server, the end of the program drops it.  What a
   program that crashed has left is dropped first. */
static void
start_once(apr_pool_t *pool)
{
    static char name[500];
    const char *var = getenv("GOVPORTAL_VAR");

    if (folder)
        return;
    snprintf(name, sizeof(name), "%s/test/sql-%s",
             var ? var : private_db_source("var", pool),
             program_invocation_short_name);
    folder = name;
    drop();
    atexit(drop);
    run("start", "", pool);
}

gov_store_t *
private_db_ready(const gov_clock_t *clock, apr_pool_t *pool)
{
    gov_store_t *store;
    gov_err_t *err;

    start_once(pool);
    store = private_db_store(8, clock, pool);
    err = gov_schema_apply(store, "core",
                           private_db_source("sql/migrations", pool), "test",
                           NULL, NULL, pool);
    if (err)
        give_up("the migrations apply", err, pool);
    return store;
}
