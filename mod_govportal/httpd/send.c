/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* httpd/send.c -- answers onto the wire. */

#include <apr_strings.h>
#include <http_core.h>
#include <http_protocol.h>
#include <http_request.h>
#include <string.h>

#include "httpd_priv.h"

/* Nothing inline, nothing from elsewhere: a hostile text that slipped through
   every other gate still cannot run. */
#define CSP "default-src 'none'; script-src 'self'; style-src 'self'; "        \
            "img-src 'self'; font-src 'self'; media-src 'self'; "             \
            "connect-src 'self'; form-action 'self'; base-uri 'none'; "       \
            "frame-ancestors 'self'"

/* Browsers may keep a page but must ask: a withdrawal reaches everybody at the
   next look. */
#define CACHE_PAGE "no-cache"

/* What no page of a portal needs; a plugin that does says so in its own reply. */
#define PERMISSIONS "camera=(), display-capture=(), geolocation=(), "          \
                    "microphone=(), payment=(), usb=()"

/* RFC 6797, a year.  Not for names below: the operator knows whether they all
   speak https. */
#define HSTS "max-age=31536000"

/* Last-Modified counts seconds: until one has surely passed, the next version
   could have the same (RFC 9110, 8.8.2.2). */
#define SETTLED apr_time_from_sec(2)

static void
guard(request_rec *r)
{
    apr_table_t *out = r->headers_out;

    if (!apr_table_get(out, "Content-Security-Policy"))
        apr_table_setn(out, "Content-Security-Policy", CSP);
    apr_table_setn(out, "X-Content-Type-Options", "nosniff");
    /* frame-ancestors for browsers that do not know it (RFC 7034) */
    apr_table_setn(out, "X-Frame-Options", "SAMEORIGIN");
    apr_table_setn(out, "Referrer-Policy", "strict-origin-when-cross-origin");
    if (!apr_table_get(out, "Permissions-Policy"))
        apr_table_setn(out, "Permissions-Policy", PERMISSIONS);
    if (gov_httpd__config()->https) {
        apr_table_setn(out, "Strict-Transport-Security", HSTS);
        /* browsers ignore it, loudly, where the transport is not safe */
        apr_table_setn(out, "Cross-Origin-Opener-Policy", "same-origin");
    }
}

/* RFC 9110 12.5.3, for the one coding that is stored. */
static bool
takes_gzip(request_rec *r)
{
    const char *accept = apr_table_get(r->headers_in, "Accept-Encoding"), *at;

    if (!accept)
        return false;
    at = strstr(accept, "gzip");
    if (!at)
        return false;
    at += 4;
    while (*at == ' ')
        at++;
    if (*at != ';')
        return *at == '\0' || *at == ',';
    at++;
    while (*at == ' ')
        at++;
    return strncmp(at, "q=0", 3)
        || (at[3] == '.' && strspn(at + 4, "0") != strcspn(at + 4, ", "));
}

static apr_status_t
release(void *entry)
{
    gov_entry_release(entry);
    return APR_SUCCESS;
}

static int
pass(request_rec *r, const char *data, apr_size_t len)
{
    conn_rec *c = r->connection;
    apr_bucket_brigade *bb = apr_brigade_create(r->pool, c->bucket_alloc);

    /* immortal is true as long as the request's pool, which httpd destroys
       after the last byte was written (the end-of-request bucket) */
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_immortal_create(data, len,
                                                           c->bucket_alloc));
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_eos_create(c->bucket_alloc));
    return ap_pass_brigade(r->output_filters, bb) == APR_SUCCESS
        ? OK : AP_FILTER_ERROR;
}

/* "Name: value" lines that were kept with the answer. */
static void
add_headers(request_rec *r, const char *lines)
{
    char *copy = apr_pstrdup(r->pool, lines), *state, *line;

    for (line = apr_strtok(copy, "\r\n", &state); line;
         line = apr_strtok(NULL, "\r\n", &state)) {
        char *colon = strchr(line, ':');

        if (!colon)
            continue;
        *colon = '\0';
        apr_table_setn(r->headers_out, line, colon + 2);
    }
}

int
gov_httpd__send_entry(request_rec *r, gov_entry_t *entry)
{
    const gov_entry_view_t *view = gov_entry_view(entry);
    bool gzip = takes_gzip(r);
    gov_bytes_t body;
    int rc;

    apr_pool_cleanup_register(r->pool, entry, release, apr_pool_cleanup_null);
    if (gzip && !view->gzip.data) {
        gov_entry_t *twin;

        if (!gov_entry_gzip(&twin, gov_host_cache(gov_httpd__host), entry,
                            r->pool)) {
            apr_pool_cleanup_register(r->pool, twin, release,
                                      apr_pool_cleanup_null);
            view = gov_entry_view(twin);
        }
        gzip = view->gzip.data != NULL;
    }
    body = gzip ? view->gzip : view->body;
    r->status = view->status;
    ap_set_content_type(r, view->content_type);
    apr_table_setn(r->headers_out, "ETag", gzip ? view->etag_gzip : view->etag);
    apr_table_setn(r->headers_out, "Vary", "Accept-Encoding");
    apr_table_setn(r->headers_out, "Cache-Control", CACHE_PAGE);
    if (view->last_modified && r->request_time - view->modified > SETTLED)
        apr_table_setn(r->headers_out, "Last-Modified", view->last_modified);
    guard(r);
    if (*view->headers)
        add_headers(r, view->headers);
    if (gzip)
        apr_table_setn(r->headers_out, "Content-Encoding", "gzip");
    rc = ap_meets_conditions(r);
    if (rc != OK) {
        r->status = rc;
        return rc == HTTP_NOT_MODIFIED ? pass(r, "", 0) : rc;
    }
    r->clength = (apr_off_t)body.len;
    apr_table_setn(r->headers_out, "Content-Length",
                   gzip ? view->length_gzip : view->length);
    return pass(r, body.data, body.len);
}

static int
send_file(request_rec *r, const gov_answer_t *answer)
{
    apr_bucket_brigade *bb;
    apr_file_t *file;
    apr_status_t rv;
    int rc;

    rv = apr_stat(&r->finfo, answer->file, APR_FINFO_NORM, r->pool);
    if (!rv)
        rv = apr_file_open(&file, answer->file, APR_READ | APR_BINARY
                           | APR_SENDFILE_ENABLED, 0, r->pool);
    if (rv)
        return HTTP_NOT_FOUND;
    r->filename = (char *)answer->file;
    ap_set_content_type(r, answer->content_type);
    ap_update_mtime(r, r->finfo.mtime);
    ap_set_last_modified(r);
    ap_set_etag(r);
    ap_set_accept_ranges(r);
    ap_set_content_length(r, r->finfo.size);
    apr_table_setn(r->headers_out, "Cache-Control", answer->max_age < 0
                   ? "public, max-age=31536000, immutable"
                   : apr_psprintf(r->pool, "public, max-age=%d",
                                  (int)apr_time_sec(answer->max_age)));
    rc = ap_meets_conditions(r);
    if (rc != OK)
        return rc;
    bb = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    apr_brigade_insert_file(bb, file, 0, r->finfo.size, r->pool);
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_eos_create(
                                    r->connection->bucket_alloc));
    return ap_pass_brigade(r->output_filters, bb) == APR_SUCCESS
        ? OK : AP_FILTER_ERROR;
}

int
gov_httpd__send_answer(request_rec *r, gov_answer_t *answer)
{
    apr_table_overlap(r->headers_out, answer->headers, APR_OVERLAP_TABLES_SET);
    if (answer->entry)
        return gov_httpd__send_entry(r, answer->entry);
    guard(r);
    if (answer->file)
        return send_file(r, answer);
    r->status = answer->status;
    ap_set_content_type(r, answer->content_type);
    if (answer->max_age < 0)
        apr_table_setn(r->headers_out, "Cache-Control",
                       "public, max-age=31536000, immutable");
    else if (!apr_table_get(r->headers_out, "Cache-Control"))
        apr_table_setn(r->headers_out, "Cache-Control", CACHE_PAGE);
    if (answer->modified && answer->status == 200) {
        int rc;

        ap_update_mtime(r, answer->modified);
        ap_set_last_modified(r);
        rc = ap_meets_conditions(r);
        if (rc != OK)
            return rc;
    }
    ap_set_content_length(r, (apr_off_t)answer->bytes.len);
    return pass(r, answer->bytes.data, answer->bytes.len);
}
