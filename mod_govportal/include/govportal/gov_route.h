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
 *  most literal segments answers.  {site} is the short name of any site of the
 *  group: the permission is asked for there, and not on the site whose host it is.
 *  A route of a type answers only in columns of that type.  A route without a
 *  permission does not load.  permission is
 *
 *    "public"      anybody; on GET no session is looked for
 *    "session"     a session at whatever step
 *    "signed-in"   an open session
 *    an action     the word of a gov_action_t or of the plugin's permissions: a
 *                  role that gives it at the column of the path, else somewhere
 *                  on the site, for the console's pages without {site} somewhere
 *                  in the group.  Several with blanks between: any of them.  The
 *                  handler asks for its permit all the same. */
typedef struct gov_route_t {
    const char *method;           /**< "GET" or "POST" */
    const char *path;
    const char *permission;
    gov_handler_t handler;
    const char *type;             /**< or NULL: whatever the column's type */
    const char *params;           /**< query parameters that change the answer,
                                       blank-separated; others are ignored */
    /** Of POST: what it takes, and what shows the form again, with what was
     *  typed and its mistakes, when the gate does not let it pass (status 422).
     *  The handler sees only what passed. */
    const gov_form_t *form;
    gov_handler_t refill;
    unsigned flags;               /**< GOV_ROUTE_... */
} gov_route_t;

/** A row of a route table: GET, with .type, .params or .flags behind if need be. */
#define GOV_GET(path_, permission_, ...)                                      \
    { .method = "GET", .path = (path_), .permission = (permission_),          \
      .handler = __VA_ARGS__ }
/** POST: "path", "permission", &form, handler, .refill = ..., and perhaps more. */
#define GOV_POST(path_, permission_, form_, ...)                              \
    { .method = "POST", .path = (path_), .permission = (permission_),         \
      .form = (form_), .handler = __VA_ARGS__ }
#define GOV_ROUTES_END { .method = NULL }

/** Where people sign in, inside site and language; ?to= is where they go then. */
#define GOV_SIGN_IN "-/sign-in/"

#define GOV_ROUTE_FRESH 1u        /**< a public page that is never kept */
#define GOV_ROUTE_CAPTCHA 2u      /**< a POST that must bring a proof of work */
#define GOV_ROUTE_INSIDE 4u       /**< only from GovConsoleAddresses, as every
                                       route that is not public */

/** The column a {column} route matched, or NULL. */
GOV_API const gov_column_t *gov_req_column(const gov_req_t *req);
/** The site that {site} named, or NULL. */
GOV_API const gov_site_t *gov_req_site(const gov_req_t *req);
/** Value of {name}, or NULL. */
GOV_API const char *gov_req_part(const gov_req_t *req, const char *name);
GOV_API const char *gov_req_param(const gov_req_t *req, const char *name);

#endif
