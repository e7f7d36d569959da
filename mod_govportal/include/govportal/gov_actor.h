/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_actor.h
 *  @brief Who acts: a person signed in, a citizen, a job, the operator.
 *  Floor: security.
 */
#ifndef GOV_ACTOR_H
#define GOV_ACTOR_H

#include "gov_base.h"

typedef enum gov_actor_kind_t {
    GOV_ACTOR_PUBLIC,             /**< anybody */
    GOV_ACTOR_PERSON,             /**< signed in */
    GOV_ACTOR_JOB,                /**< the program itself: schedules, imports */
    GOV_ACTOR_OPERATOR            /**< who runs govctl on the machine */
} gov_actor_kind_t;

struct gov_actor_t {
    gov_actor_kind_t kind;
    const char *name;             /**< for the audit: "operator:root",
                                   "job:schedule" */
    apr_int64_t person;           /**< 0 unless GOV_ACTOR_PERSON */
    const char *address;          /**< of the client, for the audit; or NULL */
    const apr_array_header_t *grants; /**< gov_grant_t, of a person; or NULL */
};

GOV_API const gov_actor_t *gov_actor_public(void);
/** Anybody, who sends something from @a address (NULL: nowhere known). */
GOV_API const gov_actor_t *gov_actor_visitor(const char *address,
                                             apr_pool_t *pool);
GOV_API const gov_actor_t *gov_actor_job(const char *job, apr_pool_t *pool);
/** The operating system's user who runs this process. */
GOV_API gov_err_t *gov_actor_operator(const gov_actor_t **actor,
                                      apr_pool_t *pool);
#endif
