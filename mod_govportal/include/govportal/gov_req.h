/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_req.h
 *  @brief A request and the answer to it, without httpd.  Floor: host.
 */
#ifndef GOV_REQ_H
#define GOV_REQ_H

#include "gov_asset.h"
#include "gov_form.h"
#include "gov_group.h"
#include "gov_page.h"
#include "gov_session.h"

typedef struct gov_req_t {
    const char *method;           /**< "GET"; HEAD arrives as GET with head true */
    bool head;
    const char *host;             /**< lower case, without port */
    const char *raw_path;         /**< as sent */
    const char *path;             /**< decoded and checked; whole */
    const char *rest;             /**< inside site and language, begins with '/' */
    const char *query;            /**< as sent, or NULL */
    const apr_table_t *params;    /**< decoded query; never NULL */
    const apr_table_t *headers;   /**< request headers */
    const char *address;          /**< of the client */
    const char *view;             /**< standard elder text print */
    const gov_session_t *session; /**< or NULL; public pages never look for one */
    gov_intake_t *intake;         /**< of a POST: what its route's form took in,
                                       with or without mistakes */
    gov_bytes_t once;             /**< of a POST: its form's key; see
                                       gov_once_tx() */
    const char *vouched;          /**< who the server's own authentication says it
                                       is, see GovSignIn; or NULL */
    const char *vouched_by;       /**< its source: "certificate" */
} gov_req_t;

typedef enum gov_reply_kind_t {
    GOV_REPLY_NONE,
    GOV_REPLY_PAGE,               /**< a model; the host renders and caches it */
    GOV_REPLY_BYTES,              /**< ready bytes (feeds, JSON, calendars) */
    GOV_REPLY_FILE,               /**< a file of this node (assets, static) */
    GOV_REPLY_REDIRECT
} gov_reply_kind_t;

typedef struct gov_reply_t {
    gov_reply_kind_t kind;
    int status;
    gov_page_t *page;
    gov_bytes_t bytes;
    const char *content_type;
    const char *file;
    const char *location;
    const char *disposition;      /**< file name for a download, or NULL */
    apr_time_t modified;
    apr_interval_time_t max_age;  /**< of FILE replies; -1: for ever (immutable) */
    bool cacheable;               /**< BYTES: may the page cache keep it? */
    apr_array_header_t *tags;     /**< of cacheable BYTES: const char * */
    apr_time_t until;             /**< cacheable BYTES: not valid after; 0: none */
    apr_table_t *headers;         /**< further response headers, or NULL */
} gov_reply_t;

/** The key of a form that is about to be shown: a hidden field "_key".  It
 *  guards the form against forged requests and double posts; a visitor without a
 *  session gets a cookie that it is bound to.  Pages with a form are never kept. */
GOV_API const char *gov_req_form_key(gov_reply_t *reply, const gov_ctx_t *ctx,
                                     const gov_req_t *req,
                                     const gov_form_t *form, apr_pool_t *pool);
/** Did the POST bring a proof of work (gov_captcha.h)?  It is spent by asking, and
 *  counts again only for the same form.  Routes with GOV_ROUTE_CAPTCHA need not
 *  ask. */
GOV_API gov_err_t *gov_req_worked(bool *worked, const gov_ctx_t *ctx,
                                  const gov_req_t *req, apr_pool_t *pool);
/** Take in a file of a form: looked at, scanned, cleaned, stored.  @a asset NULL:
 *  it was refused, and @a field of the intake has a mistake that says why.
 *  @a file->name tells what people call it. */
GOV_API gov_err_t *gov_req_upload(const gov_asset_t **asset,
                                  const gov_ctx_t *ctx, gov_intake_t *intake,
                                  const char *field,
                                  const gov_intake_file_t *file,
                                  apr_pool_t *pool);
/** The ways of GovSignIn: const char *, "source=VARIABLE". */
GOV_API const apr_array_header_t *gov_sign_in_sources(const gov_ctx_t *ctx);
/** Give the browser a session, or with NULL take it away. */
GOV_API void gov_reply_session(gov_reply_t *reply, const gov_ctx_t *ctx,
                               const gov_session_t *session, apr_pool_t *pool);

/** @a page is rendered in the site's clothes and cached. */
GOV_API gov_err_t *gov_reply_page(gov_reply_t *reply, gov_page_t *page);
GOV_API gov_err_t *gov_reply_bytes(gov_reply_t *reply, const char *content_type,
                                   gov_bytes_t bytes);
/** What a cacheable BYTES reply was made from. */
GOV_API void gov_reply_tag(gov_reply_t *reply, apr_pool_t *pool,
                           const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/** @param permanent 301 or (see other) 303 */
GOV_API gov_err_t *gov_reply_redirect(gov_reply_t *reply, const char *location,
                                      bool permanent);
#endif
