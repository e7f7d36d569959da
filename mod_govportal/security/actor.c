/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* actor.c -- who acts. */

#include <apr_user.h>

#include "gov_actor.h"

const gov_actor_t *
gov_actor_public(void)
{
    static const gov_actor_t anybody = { .kind = GOV_ACTOR_PUBLIC,
                                          .name = "public" };

    return &anybody;
}

const gov_actor_t *
gov_actor_visitor(const char *address, apr_pool_t *pool)
{
    gov_actor_t *actor = apr_pmemdup(pool, gov_actor_public(), sizeof(*actor));

    actor->address = address;
    return actor;
}

const gov_actor_t *
gov_actor_job(const char *job, apr_pool_t *pool)
{
    gov_actor_t *actor = apr_pcalloc(pool, sizeof(*actor));

    actor->kind = GOV_ACTOR_JOB;
    actor->name = apr_pstrcat(pool, "job:", job, NULL);
    return actor;
}

/* A container may run under a number that no passwd file names; the audit then
   shows the number. */
gov_err_t *
gov_actor_operator(const gov_actor_t **actor, apr_pool_t *pool)
{
    gov_actor_t *a = apr_pcalloc(pool, sizeof(*a));
    char *name;
    apr_status_t rv;
    apr_uid_t uid;
    apr_gid_t gid;

    rv = apr_uid_current(&uid, &gid, pool);
    if (rv)
        return gov_err_apr(rv, pool, "who runs this process");
    if (apr_uid_name_get(&name, uid, pool) != APR_SUCCESS)
        name = apr_psprintf(pool, "%lu", (unsigned long)uid);
    a->kind = GOV_ACTOR_OPERATOR;
    a->name = apr_pstrcat(pool, "operator:", name, NULL);
    *actor = a;
    return NULL;
}
