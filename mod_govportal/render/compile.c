/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/compile.c -- from files to a compiled stylesheet.

   Imports inside our stylesheets have addresses "govlook://<lang>/abs/path": the
   loader below answers those, refuses files outside of the look directories, and
   puts the language's words in.  Any other address goes to whatever loader the
   process had: the hook is process-wide and other modules share the process. */

#include <libxml/parser.h>
#include <libxslt/imports.h>
#include <libxslt/documents.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>
#include <pthread.h>
#include <string.h>

#include "render_priv.h"

#define SCHEME "govlook://"
#define XSL_NS "http://www.w3.org/1999/XSL/Transform"

/* The compilation that runs now: libxslt's loader and error hooks carry no
   argument of ours, so compiling is one at a time. */
static pthread_mutex_t compiling = PTHREAD_MUTEX_INITIALIZER;
static struct {
    const gov_render__source_t *source;
    const char *lang;
    gov_err_t *err;
    gov_buf_t *messages;
    apr_pool_t *pool;
} now;
static xsltDocLoaderFunc other_loader;

static void
collect(void *baton, const char *fmt, ...)
{
    va_list args;

    (void)baton;
    if (!now.messages || now.messages->len > 4096)
        return;
    va_start(args, fmt);
    gov_buf_str(now.messages, apr_pvsprintf(now.pool, fmt, args));
    va_end(args);
}

static void
collect_xml(void *baton, xmlErrorPtr error)
{
    (void)baton;
    if (now.messages && error->message && now.messages->len < 4096)
        gov_buf_str(now.messages, error->file
                    ? apr_psprintf(now.pool, "%s:%d: %s", error->file,
                                   error->line, error->message)
                    : error->message);
}

/* Messages as a reader wants them: "file govlook://en/x.xsl line 9" and
   "govlook://en/x.xsl:9" are both "/x.xsl:9". */
static const char *
plain(const char *text, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(256, pool);
    const char *at;

    while ((at = strstr(text, SCHEME)) != NULL) {
        apr_size_t before = (apr_size_t)(at - text), len;

        if (before >= 5 && !strncmp(at - 5, "file ", 5))
            before -= 5;
        gov_buf_add(out, text, before);
        text = at + sizeof(SCHEME) - 1;
        text += strcspn(text, "/");
        len = strcspn(text, " :\n");
        gov_buf_add(out, text, len);
        text += len;
        if (!strncmp(text, " line ", 6)) {
            text += 6;
            len = strspn(text, "0123456789");
            gov_buf_str(out, ":");
            gov_buf_add(out, text, len);
            gov_buf_str(out, ":");
            text += len;
        }
    }
    gov_buf_str(out, text);
    return out->data;
}

static bool
inside(const char *path)
{
    int i;

    if (strstr(path, "/../"))
        return false;
    for (i = 0; i < now.source->dirs->nelts; i++) {
        const char *dir =
            APR_ARRAY_IDX(now.source->dirs, i, gov_look_dir_t).dir;
        apr_size_t len = strlen(dir);

        if (!strncmp(path, dir, len) && path[len] == '/')
            return true;
    }
    return false;
}

/* XSLT 1.0, sorted; libxslt finds a misspelt instruction only when a page runs into
   it, and knows some of its own that write files. */
static const char *const instructions[] = {
    "apply-imports", "apply-templates", "attribute", "attribute-set",
    "call-template", "choose", "comment", "copy", "copy-of", "decimal-format",
    "element", "fallback", "for-each", "if", "import", "include", "key",
    "message", "namespace-alias", "number", "otherwise", "output", "param",
    "preserve-space", "processing-instruction", "sort", "strip-space",
    "stylesheet", "template", "text", "transform", "value-of", "variable",
    "when", "with-param"
};

static bool
is_instruction(const char *name)
{
    apr_size_t i;

    for (i = 0; i < sizeof(instructions) / sizeof(instructions[0]); i++)
        if (!strcmp(instructions[i], name))
            return true;
    return false;
}

static bool
is_xsl(xmlNodePtr node)
{
    return node->ns && xmlStrEqual(node->ns->href, BAD_CAST XSL_NS);
}

/* What a theme may not do, found before anything is compiled. */
static gov_err_t *
check(xmlNodePtr node, const char *file)
{
    for (; node; node = node->next) {
        xmlAttrPtr attr;

        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (is_xsl(node) && !is_instruction((const char *)node->name))
            return gov_err(GOV_E_INVALID, NULL, now.pool,
                           "%s:%ld: there is no instruction xsl:%s", file,
                           xmlGetLineNo(node), (const char *)node->name);
        for (attr = node->properties; attr; attr = attr->next) {
            const char *value = attr->children && attr->children->content
                ? (const char *)attr->children->content : "";

            if (xmlStrEqual(attr->name, BAD_CAST "disable-output-escaping"))
                return gov_err(GOV_E_INVALID, NULL, now.pool,
                               "%s:%ld: disable-output-escaping is not "
                               "allowed", file, xmlGetLineNo(node));
            if (strstr(value, "document("))
                return gov_err(GOV_E_INVALID, NULL, now.pool,
                               "%s:%ld: document() is not allowed", file,
                               xmlGetLineNo(node));
            if (xmlStrEqual(attr->name,
                            BAD_CAST "extension-element-prefixes"))
                return gov_err(GOV_E_INVALID, NULL, now.pool,
                               "%s:%ld: extension elements are not allowed",
                               file, xmlGetLineNo(node));
            if (xmlStrEqual(attr->name, BAD_CAST "href") && is_xsl(node)
                && (strstr(value, ":") || value[0] == '/'))
                return gov_err(GOV_E_INVALID, NULL, now.pool,
                               "%s:%ld: an import must be a relative path",
                               file, xmlGetLineNo(node));
        }
        GOV_TRY(check(node->children, file));
    }
    return NULL;
}

/* libxslt compares names of all parts of a stylesheet by address: they must share
   its dictionary. */
static xmlDocPtr
read_file(const char *path, xmlDictPtr dict)
{
    xmlParserCtxtPtr ctxt = xmlNewParserCtxt();
    xmlDocPtr doc;

    if (!ctxt)
        return NULL;
    if (dict) {
        xmlDictFree(ctxt->dict);
        ctxt->dict = dict;
        xmlDictReference(dict);
    }
    doc = xmlCtxtReadFile(ctxt, path, NULL, XSLT_PARSE_OPTIONS
                          | XML_PARSE_NONET);
    xmlFreeParserCtxt(ctxt);
    return doc;
}

static xmlDocPtr
load_file(const char *path, xmlDictPtr dict)
{
    xmlDocPtr doc = read_file(path, dict);

    if (!doc)
        return NULL;
    now.err = check(xmlDocGetRootElement(doc), path);
    if (!now.err)
        now.err = gov_render__words_put(doc, path, now.source->words, now.lang,
                                        now.pool);
    if (now.err) {
        xmlFreeDoc(doc);
        return NULL;
    }
    return doc;
}

static xmlDocPtr
loader(const xmlChar *uri, xmlDictPtr dict, int options, void *context,
       xsltLoadType type)
{
    const char *path;
    xmlDocPtr doc;

    if (strncmp((const char *)uri, SCHEME, sizeof(SCHEME) - 1))
        return other_loader(uri, dict, options, context, type);
    path = strchr((const char *)uri + sizeof(SCHEME) - 1, '/');
    if (!now.source || !path || !inside(path)) {
        if (now.source && !now.err)
            now.err = gov_err(GOV_E_INVALID, NULL, now.pool,
                              "an import leads outside of the look "
                              "directories: %s", (const char *)uri);
        return NULL;
    }
    doc = load_file(path, dict);
    if (doc) {
        /* relative imports in it resolve against this address */
        xmlFree((xmlChar *)doc->URL);
        doc->URL = xmlStrdup(uri);
    }
    return doc;
}

static void
install_loader(void)
{
    other_loader = xsltDocDefaultLoader;
    xsltSetLoaderFunc(loader);
}

/* httpd unloads this library when it restarts; libxslt stays if another module
   has it, and must not call what is gone. */
__attribute__((destructor)) static void
remove_loader(void)
{
    if (other_loader)
        xsltSetLoaderFunc(other_loader);
}

static apr_status_t
free_style(void *style)
{
    xsltFreeStylesheet(style);
    return APR_SUCCESS;
}

static const char *
first_line(const char *text, apr_pool_t *pool)
{
    return gov_text_cut(text, 400, pool);
}

gov_err_t *
gov_render__compile(xsltStylesheetPtr *style,
                    const gov_render__source_t *source, const char *theme_file,
                    const char *kind_file, const char *lang, apr_pool_t *pool)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    xmlGenericErrorFunc old_error;
    void *old_error_context;
    xmlDocPtr doc;
    const char *main_xsl;
    gov_err_t *err;

    main_xsl = apr_psprintf(
        pool,
        "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"" XSL_NS "\">"
        "<xsl:import href=\"" SCHEME "%s%s\"/>"
        "<xsl:import href=\"" SCHEME "%s%s\"/></xsl:stylesheet>",
        lang, gov_text_xml(theme_file, pool), lang,
        gov_text_xml(kind_file, pool));
    pthread_once(&once, install_loader);
    pthread_mutex_lock(&compiling);
    now.source = source;
    now.lang = lang;
    now.err = NULL;
    now.pool = pool;
    now.messages = gov_buf_create(256, pool);
    xmlSetStructuredErrorFunc(NULL, collect_xml);
    old_error = xsltGenericError;
    old_error_context = xsltGenericErrorContext;
    xsltSetGenericErrorFunc(NULL, collect);

    *style = NULL;
    doc = xmlReadMemory(main_xsl, (int)strlen(main_xsl), SCHEME "main", NULL,
                        XSLT_PARSE_OPTIONS | XML_PARSE_NONET);
    if (doc) {
        *style = xsltParseStylesheetDoc(doc);
        if (!*style)
            xmlFreeDoc(doc);
    }
    if (*style && ((*style)->errors || now.err)) {
        xsltFreeStylesheet(*style);
        *style = NULL;
    }
    xsltSetGenericErrorFunc(old_error_context, old_error);
    xmlSetStructuredErrorFunc(NULL, NULL);
    err = now.err;
    if (!*style && !err)
        err = gov_err(GOV_E_INVALID, NULL, pool, "%s with %s: %s", kind_file,
                      theme_file, first_line(plain(now.messages->data, pool),
                                             pool));
    now.source = NULL;
    now.messages = NULL;
    pthread_mutex_unlock(&compiling);
    if (*style)
        apr_pool_cleanup_register(pool, *style, free_style,
                                  apr_pool_cleanup_null);
    return err;
}
