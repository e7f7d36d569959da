/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/reply.c -- what handlers say. */

#include <stdarg.h>

#include "host_priv.h"

gov_err_t *
gov_reply_page(gov_reply_t *reply, gov_page_t *page)
{
    reply->kind = GOV_REPLY_PAGE;
    reply->page = page;
    if (!reply->status)
        reply->status = 200;
    return NULL;
}

gov_err_t *
gov_reply_bytes(gov_reply_t *reply, const char *content_type,
                gov_bytes_t bytes)
{
    reply->kind = GOV_REPLY_BYTES;
    reply->content_type = content_type;
    reply->bytes = bytes;
    if (!reply->status)
        reply->status = 200;
    return NULL;
}

void
gov_reply_tag(gov_reply_t *reply, apr_pool_t *pool, const char *fmt, ...)
{
    va_list args;

    if (!reply->tags)
        reply->tags = apr_array_make(pool, 8, sizeof(const char *));
    va_start(args, fmt);
    APR_ARRAY_PUSH(reply->tags, const char *) = apr_pvsprintf(pool, fmt, args);
    va_end(args);
    reply->cacheable = true;
}

gov_err_t *
gov_reply_redirect(gov_reply_t *reply, const char *location, bool permanent)
{
    reply->kind = GOV_REPLY_REDIRECT;
    reply->status = permanent ? 301 : 303;
    reply->location = location;
    return NULL;
}

int
gov_status_of(gov_code_t code)
{
    static const int status[GOV_E__COUNT] = {
        [GOV_E_NONE] = 200,
        [GOV_E_NOT_FOUND] = 404,
        [GOV_E_GONE] = 410,
        [GOV_E_FORBIDDEN] = 403,
        [GOV_E_SIGN_IN] = 403,
        [GOV_E_INVALID] = 400,
        [GOV_E_CONFLICT] = 409,
        [GOV_E_TOO_MANY] = 429,
        [GOV_E_TOO_LARGE] = 413,
        [GOV_E_UNAVAILABLE] = 503,
        [GOV_E_UNSUPPORTED] = 405,
        [GOV_E_INTERNAL] = 500
    };

    return code < GOV_E__COUNT && status[code] ? status[code] : 500;
}
