/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/transform.c -- one transformation within its limits. */

#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>
#include <pthread.h>

#include "gov_xml.h"
#include "render_priv.h"

/* Our stylesheets need about 20 levels, some ten thousand instructions and steps of
   XPath, and one or two megabytes for results and what leads to them. */
#define MAX_DEPTH 250
#define MAX_INSTRUCTIONS 500000
#define MAX_STEPS 5000000
#define MAX_BYTES ((apr_size_t)24 * 1024 * 1024)

static pthread_once_t once = PTHREAD_ONCE_INIT;
static xsltSecurityPrefsPtr forbidden;

static void
forbid(void)
{
    forbidden = xsltNewSecurityPrefs();
    xsltSetSecurityPrefs(forbidden, XSLT_SECPREF_READ_FILE, xsltSecurityForbid);
    xsltSetSecurityPrefs(forbidden, XSLT_SECPREF_WRITE_FILE,
                         xsltSecurityForbid);
    xsltSetSecurityPrefs(forbidden, XSLT_SECPREF_CREATE_DIRECTORY,
                         xsltSecurityForbid);
    xsltSetSecurityPrefs(forbidden, XSLT_SECPREF_READ_NETWORK,
                         xsltSecurityForbid);
    xsltSetSecurityPrefs(forbidden, XSLT_SECPREF_WRITE_NETWORK,
                         xsltSecurityForbid);
}

typedef struct message_t {
    gov_buf_t *text;
} message_t;

static void
collect(void *baton, const char *fmt, ...)
{
    message_t *message = baton;
    va_list args;

    if (message->text->len > 1024)
        return;
    va_start(args, fmt);
    gov_buf_str(message->text, apr_pvsprintf(message->text->pool, fmt, args));
    va_end(args);
}

/* In an arena the result's dictionary must still be given back, before the arena
   is left: it counts as a user of the stylesheet's. */
static apr_status_t
free_dictionary(void *dict)
{
    xmlDictFree(dict);
    return APR_SUCCESS;
}

typedef struct running_t {
    xsltTransformContextPtr ctxt;
    bool too_large;
} running_t;

/* The libraries do not expect to be refused memory; they look at these by and
   by. */
static void
stop(void *baton)
{
    running_t *running = baton;

    running->too_large = true;
    running->ctxt->state = XSLT_STATE_STOPPED;
    if (running->ctxt->xpathCtxt)
        running->ctxt->xpathCtxt->opCount = MAX_STEPS;
}

gov_err_t *
gov_render__transform(xmlDocPtr *result, xsltStylesheetPtr style,
                      xmlDocPtr model, const char *what, apr_pool_t *pool)
{
    xsltTransformContextPtr ctxt = xsltNewTransformContext(style, model);
    running_t running = { ctxt, false };
    message_t message;
    xsltTransformState state;

    if (!ctxt)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "no transform context");
    pthread_once(&once, forbid);
    message.text = gov_buf_create(64, pool);
    xsltSetTransformErrorFunc(ctxt, &message, collect);
    xsltSetCtxtSecurityPrefs(forbidden, ctxt);
    ctxt->maxTemplateDepth = MAX_DEPTH;
    ctxt->opLimit = MAX_INSTRUCTIONS;
    if (ctxt->xpathCtxt)
        ctxt->xpathCtxt->opLimit = MAX_STEPS;
    gov_xml_arena_limit(MAX_BYTES, stop, &running);
    *result = xsltApplyStylesheetUser(style, model, NULL, NULL, NULL, ctxt);
    gov_xml_arena_limit(0, NULL, NULL);
    state = ctxt->state;
    xsltFreeTransformContext(ctxt);
    if (*result)
        gov_render__doc_own(*result, pool);
    if (*result && gov_xml_arena_on())
        apr_pool_cleanup_register(pool, (*result)->dict, free_dictionary,
                                  apr_pool_cleanup_null);
    if (running.too_large)
        return gov_err(GOV_E_INTERNAL, NULL, pool,
                       "%s: the transformation takes more than %d MB", what,
                       (int)(MAX_BYTES >> 20));
    if (!*result || state != XSLT_STATE_OK)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "%s: %s", what,
                       message.text->len ? gov_text_cut(message.text->data, 300,
                                                        pool)
                                         : "the transformation failed");
    return NULL;
}
