/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* httpd/mod_govportal.c -- hooks: where httpd meets the portal. */

#include <ap_mpm.h>
#include <apr_atomic.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>
#include <unistd.h>

#include "gov_log.h"
#include "gov_console_pages.h"
#include "gov_portal.h"
#include "gov_text.h"
#include "gov_time.h"
#include "httpd_priv.h"

GOV_API extern module AP_MODULE_DECLARE_DATA govportal_module;
APLOG_USE_MODULE(govportal);

#define HANDLER "govportal"

gov_host_t *gov_httpd__host;
static bool quick;
static apr_uint32_t requests;

static const gov_plugin_t *const builtin[] = { &gov_portal_plugin,
                                               &gov_console_plugin, NULL };

static void
sink(void *baton, gov_log_level_t level, int number, const char *text)
{
    static const int levels[] = {
        [GOV_LOG_ERROR] = APLOG_ERR, [GOV_LOG_WARNING] = APLOG_WARNING,
        [GOV_LOG_INFO] = APLOG_NOTICE, [GOV_LOG_DEBUG] = APLOG_DEBUG
    };

    ap_log_error(APLOG_MARK, levels[level], 0, baton, "GOV%04d: %s", number,
                 text);
}

static int
pre_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp)
{
    (void)plog;
    (void)ptemp;
    gov_httpd__host = NULL;
    gov_httpd__config_begin(pconf);
    return OK;
}

/* httpd reads its configuration twice when it starts; the work is done the second
   time.  Only a server that has GovDatabase is a portal. */
static int
post_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp,
            server_rec *s)
{
    const gov_config_t *config = gov_httpd__config();
    gov_err_t *err;

    (void)plog;
    (void)ptemp;
    if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG)
        return OK;
    if (!config || !config->database)
        return OK;
    gov_log_to(sink, s);
    err = gov_host_create(&gov_httpd__host, config, builtin, gov_clock_real(),
                          pconf);
    if (err) {
        gov_log_err(GOV_LOG_ERROR, 601, err, "the portal cannot start");
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    quick = config->quick;
    return OK;
}

/* Making a page takes large blocks and leaves them again; the C library would give
   each back to the kernel and ask for it anew with the next page. */
static void
keep_memory(void)
{
#ifdef M_TRIM_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
    mallopt(M_TOP_PAD, 256 << 10);
#endif
}

static void
child_init(apr_pool_t *pchild, server_rec *s)
{
    gov_err_t *err;

    if (!gov_httpd__host)
        return;
    keep_memory();
    gov_log_to(sink, s);
    err = gov_host_start(gov_httpd__host, true, pchild);
    if (err) {
        gov_log_err(GOV_LOG_ERROR, 602, err, "a child cannot start");
        gov_httpd__host = NULL;
    }
}

static bool
ours(const request_rec *r)
{
    return gov_httpd__host && !r->main && !r->proxyreq;
}

static bool
hit(gov_entry_t **entry, request_rec *r)
{
    return r->method_number == M_GET && r->parsed_uri.path
        && gov_host_hit(entry, gov_httpd__host, r->hostname,
                        r->parsed_uri.path, r->args, r->request_time);
}

/* A page that is in the cache, before any other hook has worked.  Access rules of
   <Location> do not apply here: sites that have some set GovPageCacheHook
   handler. */
static int
quick_handler(request_rec *r, int lookup)
{
    gov_entry_t *entry;

    if (!quick || lookup || !ours(r) || !hit(&entry, r))
        return DECLINED;
    ap_run_insert_filter(r);
    return gov_httpd__send_entry(r, entry);
}

/* Our addresses are no files.  SetHandler in a <Location> still wins: core puts
   it over ours later. */
static int
translate_name(request_rec *r)
{
    if (!gov_httpd__host || r->proxyreq)
        return DECLINED;
    ap_set_module_config(r->request_config, &govportal_module,
                         gov_httpd__host);
    r->handler = HANDLER;
    r->filename = "";
    return OK;
}

static int
map_to_storage(request_rec *r)
{
    return ap_get_module_config(r->request_config, &govportal_module)
        ? OK : DECLINED;
}

static const char *
request_id(request_rec *r)
{
    return apr_psprintf(r->pool, "%" APR_UINT64_T_HEX_FMT "-%x-%x",
                        (apr_uint64_t)r->request_time, (unsigned)getpid(),
                        apr_atomic_inc32(&requests));
}

/* Slow bodies are mod_reqtimeout's business (RequestReadTimeout), sizes the
   form's; after a failed read the connection is of no use. */
static gov_err_t *
read_body(void *baton, char *buf, apr_size_t *len)
{
    request_rec *r = baton;
    long got = ap_get_client_block(r, buf, *len);

    if (got < 0) {
        r->connection->keepalive = AP_CONN_CLOSE;
        return gov_err(GOV_E_INVALID, NULL, r->pool,
                       "the body did not come whole");
    }
    *len = (apr_size_t)got;
    return NULL;
}

/* Nothing is read yet, and a client that waits for 100 (Continue) is not told to
   go on: that comes with the first read.  What nobody read httpd throws away. */
static void
take_body(gov_body_t *body, request_rec *r)
{
    body->content_type = apr_table_get(r->headers_in, "Content-Type");
    body->baton = r;
    body->read = NULL;
    body->length = 0;
    if (r->method_number == M_GET
        || ap_setup_client_block(r, REQUEST_CHUNKED_DECHUNK) != OK
        || !ap_should_client_block(r))
        return;
    body->read = read_body;
    body->length = r->read_chunked ? -1 : (apr_int64_t)r->remaining;
}

static int
handler(request_rec *r)
{
    gov_answer_t answer;
    gov_entry_t *entry;
    gov_ask_t ask = { 0 };

    if (!ours(r) || strcmp(r->handler, HANDLER))
        return DECLINED;
    if (!quick && hit(&entry, r))
        return gov_httpd__send_entry(r, entry);
    ask.method = r->method;
    ask.host = r->hostname;
    /* httpd has decoded it; asked as it came it would be decoded twice */
    ask.path = gov_url_encode(r->uri, r->pool);
    ask.query = r->args;
    ask.headers = r->headers_in;
    ask.address = r->useragent_ip;
    ask.request_id = request_id(r);
    take_body(&ask.body, r);
    if (r->header_only)
        ask.method = "HEAD";
    gov_httpd__vouch(&ask, r);
    gov_host_answer(&answer, gov_httpd__host, &ask, r->pool);
    return gov_httpd__send_answer(r, &answer);
}

static void
register_hooks(apr_pool_t *pool)
{
    (void)pool;
    ap_hook_pre_config(pre_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_post_config(post_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_child_init(child_init, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_quick_handler(quick_handler, NULL, NULL, APR_HOOK_MIDDLE);
    /* after mod_alias and mod_rewrite, before the document root */
    ap_hook_translate_name(translate_name, NULL, NULL, APR_HOOK_LAST);
    ap_hook_map_to_storage(map_to_storage, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_handler(handler, NULL, NULL, APR_HOOK_MIDDLE);
}

module AP_MODULE_DECLARE_DATA govportal_module = {
    STANDARD20_MODULE_STUFF,
    NULL, NULL, NULL, NULL,
    gov_httpd__directives,
    register_hooks,
    0
};
