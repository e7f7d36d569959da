/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared by the workflow's files. */
#ifndef WORKFLOW_PRIV_H
#define WORKFLOW_PRIV_H

#include "content_priv.h"
#include "gov_workflow.h"
#include "sql_content.h"
#include "sql_workflow.h"

/* --- flow.c --- */

/* The rule in force at COLUMN of SITE (0 0: the group's), read within DB's
   transaction; its people are those of STEP. */
gov_err_t *gov_content__flow(gov_flow_t *flow, gov_db_t *db,
                             const gov_ctx_t *ctx, apr_int64_t site,
                             apr_int64_t column, const char *step,
                             apr_pool_t *pool);
/* FORBIDDEN if FLOW names people for its step and the permit's actor is none of
   them. */
gov_err_t *gov_content__flow_allows(const gov_flow_t *flow, const char *step,
                                    const gov_permit_t *permit,
                                    apr_pool_t *pool);

/* --- step.c --- */

/* One row of gov_edition_step. */
typedef struct gov_content__step_t {
    apr_int64_t site, document, edition;
    const char *what;
    gov_bytes_t digest;
    bool signs;                   /* must be a person who has not signed yet */
    bool posts;                   /* must be nobody who has written it */
    bool anew;                    /* whatever the actor signed before is void */
    const char *verdict, *basis, *remarks; /* or NULL */
    const char *actor;            /* in whose name; NULL: the permit's actor */
} gov_content__step_t;

/* CONFLICT: the actor has signed this edition already. */
gov_err_t *gov_content__step(apr_int64_t *id, gov_db_t *db,
                             const gov_ctx_t *ctx,
                             const gov_content__step_t *step,
                             const gov_permit_t *permit, apr_pool_t *pool);
/* The step "write": the actor is an author of this edition from now on. */
gov_err_t *gov_content__step_write(apr_int64_t *id, gov_db_t *db,
                                   const gov_ctx_t *ctx, apr_int64_t site,
                                   apr_int64_t document, apr_int64_t edition,
                                   gov_bytes_t digest, bool again,
                                   const char *remarks,
                                   const gov_permit_t *permit,
                                   apr_pool_t *pool);

/* Where an edition belongs, read in one go; NOT_FOUND. */
typedef struct gov_content__where_t {
    apr_int64_t edition;          /* given */
    apr_int64_t document, site, column;
} gov_content__where_t;

gov_err_t *gov_content__where(gov_content__where_t *where,
                              const gov_ctx_t *ctx, apr_pool_t *pool);

/* --- draft.c --- */

/* The digest that an edition with this content has. */
gov_bytes_t gov_content__digest(const gov_draft_t *draft, apr_pool_t *pool);

/* --- publish.c --- */

typedef enum gov_content__way_t {
    GOV_CONTENT__SIGNED,          /* reviewed and cleared */
    GOV_CONTENT__IMPORTED,        /* cleared outside */
    GOV_CONTENT__URGENT           /* an emergency */
} gov_content__way_t;

typedef struct gov_content__go_t {
    apr_int64_t site, document, edition;
    gov_content__way_t way;
    const char *seen;             /* digest in hexadecimal, or NULL */
    apr_time_t published;         /* 0: now */
    const gov_clearance_t *clearance; /* of IMPORTED */
} gov_content__go_t;

/* Make an edition live within the transaction of DB. */
gov_err_t *gov_content__go_live(gov_content__go_t *go, gov_db_t *db,
                                const gov_ctx_t *ctx,
                                const gov_permit_t *permit, apr_pool_t *pool);
/* Take a document away from the public within the transaction of DB. */
gov_err_t *gov_content__withdraw(gov_db_t *db, const gov_ctx_t *ctx,
                                 apr_int64_t site, apr_int64_t document,
                                 const char *reason,
                                 const gov_permit_t *permit,
                                 apr_pool_t *pool);

/* --- emergency.c --- */

/* Called after a review or a clearance of a live edition: is the emergency settled
   now?  A verdict "deny" withdraws the document and ends the banner. */
gov_err_t *gov_content__settle(gov_db_t *db, const gov_ctx_t *ctx,
                               apr_int64_t emergency, bool denied,
                               const char *basis, const gov_permit_t *permit,
                               apr_pool_t *pool);
#endif
