/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_route.h
 *  @brief Routes: which handler answers what, and who may ask.  Floor: host.
 */
#ifndef GOV_ROUTE_H
#define GOV_ROUTE_H

#include "gov_req.h"

/** Add what answers @a req to @a reply.  Errors become error pages. */
typedef gov_err_t *(*gov_handler_t)(gov_reply_t *reply, gov_ctx_t *ctx,
                                    const gov_req_t *req, apr_pool_t *pool);

/** path is inside site and language: literal segments, {name} for (a part of) one
 *  segment, {id} and {n} for digits, and as the first segment {column} for the path
 *  of an open column (any depth).  Of several routes that fit, the one with the
 *  most literal segments answers.  A route of a type answers only in columns of
 *  that type.  permission: "public" or a permission word; a route without one does
 *  not load. */
typedef struct gov_route_t {
    const char *method;           /**< "GET" or "POST" */
    const char *path;
    const char *permission;
    gov_handler_t handler;
    const char *type;             /**< or NULL: whatever the column's type */
    const char *params;           /**< query parameters that change the answer,
                                       blank-separated; others are ignored */
} gov_route_t;

/** The column a {column} route matched, or NULL. */
GOV_API const gov_column_t *gov_req_column(const gov_req_t *req);
/** Value of {name}, or NULL. */
GOV_API const char *gov_req_part(const gov_req_t *req, const char *name);
GOV_API const char *gov_req_param(const gov_req_t *req, const char *name);
/** Read the body as @a form, within the group's limits and with temporary files
 *  that go with @a pool.  Once a request.  Errors as of gov_form_read(). */
GOV_API gov_err_t *gov_req_form(gov_intake_t **intake, gov_ctx_t *ctx,
                                const gov_req_t *req, const gov_form_t *form,
                                apr_pool_t *pool);

#endif
