/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* xml.c -- reading XML that nobody vouches for.
 *
 * Nothing here touches libxml2's process-wide switches: other modules of the
 * server use the same library.  A parser's limits and error handler are its
 * own; only while it runs, this thread's handler is ours, too, because a few
 * errors (of encodings, of schemas' parts) know no parser.
 */

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/SAX2.h>
#include <libxml/tree.h>
#include <limits.h>
#include <string.h>

#include "base_priv.h"
#include "gov_file.h"
#include "gov_xml.h"

#define DEPTH_MAX 64
#define SCHEMA_MAX (1024 * 1024)

/* An element is libxml2's own node; the type only keeps the library's header
   out of everybody's files. */
static const xmlNode *
node_of(const gov_xml_t *el)
{
    return (const xmlNode *)el;
}

static const gov_xml_t *
element_of(const xmlNode *node)
{
    return (const gov_xml_t *)node;
}

/* --- trouble ------------------------------------------------------------ */

/* What went wrong first; later complaints are mostly its consequences. */
typedef struct trouble_t {
    const char *name;             /* of the document */
    const char *what;             /* NULL while all is well */
    int line;
    apr_pool_t *pool;
} trouble_t;

static void
complain(trouble_t *trouble, int line, const char *what)
{
    if (trouble->what)
        return;
    trouble->what = gov_text_fold(gov_text_repair(what, strlen(what),
                                                  trouble->pool),
                                  trouble->pool);
    trouble->line = line > 0 ? line : 1;
}

static gov_err_t *
fail(const trouble_t *trouble, apr_pool_t *pool)
{
    return gov_err(GOV_E_INVALID, NULL, pool, "%s:%d: %s", trouble->name,
                   trouble->line,
                   trouble->what ? trouble->what : "cannot be read as XML");
}

static void
on_fault(void *baton, xmlErrorPtr error)
{
    int line = error->line;

    if (error->level < XML_ERR_ERROR)
        return;
    if (line <= 0 && error->node)
        line = (int)xmlGetLineNo(error->node);
    complain(baton, line, error->message ? error->message : "is malformed");
}

/* What this thread's handler was. */
typedef struct handler_t {
    xmlStructuredErrorFunc function;
    void *baton;
} handler_t;

static handler_t
listen_to(trouble_t *trouble)
{
    handler_t before = { xmlStructuredError, xmlStructuredErrorContext };

    xmlSetStructuredErrorFunc(trouble, on_fault);
    return before;
}

static void
restore(handler_t before)
{
    xmlSetStructuredErrorFunc(before.baton, before.function);
    xmlResetLastError();
}

/* --- parsing ------------------------------------------------------------ */

/* libxml2 hands the parser itself to these three. */
static void
on_error(void *baton, xmlErrorPtr error)
{
    xmlParserCtxtPtr parser = baton;

    on_fault(parser->_private, error);
}

static void
refuse(xmlParserCtxtPtr parser, const char *what)
{
    complain(parser->_private, xmlSAX2GetLineNumber(parser), what);
    xmlStopParser(parser);
}

static void
on_doctype(void *baton, const xmlChar *name, const xmlChar *public_id,
           const xmlChar *system_id)
{
    (void)name;
    (void)public_id;
    (void)system_id;
    refuse(baton, "a document type declaration is not allowed");
}

static void
on_start(void *baton, const xmlChar *name, const xmlChar *prefix,
         const xmlChar *uri, int n_namespaces, const xmlChar **namespaces,
         int n_attributes, int n_defaulted, const xmlChar **attributes)
{
    xmlParserCtxtPtr parser = baton;

    if (parser->nodeNr >= DEPTH_MAX)
        refuse(parser, "elements are nested too deeply");
    else
        xmlSAX2StartElementNs(baton, name, prefix, uri, n_namespaces,
                              namespaces, n_attributes, n_defaulted,
                              attributes);
}

static apr_status_t
free_doc(void *doc)
{
    xmlFreeDoc(doc);
    return APR_SUCCESS;
}

static gov_err_t *
parse(const gov_xml_t **root, const char *data, apr_size_t len,
      const char *name, apr_pool_t *pool)
{
    trouble_t trouble = { name, NULL, 1, pool };
    xmlParserCtxtPtr parser;
    handler_t before;
    xmlDocPtr doc;
    bool good;

    if (len > INT_MAX)
        return gov_err(GOV_E_INVALID, NULL, pool, "%s: too big", name);
    before = listen_to(&trouble);
    parser = xmlNewParserCtxt();
    gov_assert(parser != NULL);
    parser->_private = &trouble;
    parser->sax->serror = on_error;
    parser->sax->internalSubset = on_doctype;
    parser->sax->startElementNs = on_start;
    doc = xmlCtxtReadMemory(parser, data, (int)len, name, NULL,
                            XML_PARSE_NONET | XML_PARSE_NOCDATA
                            | XML_PARSE_COMPACT | XML_PARSE_BIG_LINES);
    good = doc && parser->wellFormed && parser->nsWellFormed && !trouble.what;
    xmlFreeParserCtxt(parser);
    restore(before);
    if (doc)
        apr_pool_cleanup_register(pool, doc, free_doc, apr_pool_cleanup_null);
    if (!good)
        return fail(&trouble, pool);
    *root = element_of(xmlDocGetRootElement(doc));
    return NULL;
}

gov_err_t *
gov_xml_parse(const gov_xml_t **root, const char *data, apr_size_t len,
              const char *name, apr_pool_t *pool)
{
    int depth = gov_base__arena_pause();
    gov_err_t *err = parse(root, data, len, name, pool);

    gov_base__arena_resume(depth);
    return err;
}

gov_err_t *
gov_xml_read(const gov_xml_t **root, const char *file, apr_size_t max,
             apr_pool_t *pool)
{
    gov_bytes_t bytes;

    GOV_TRY(gov_file_read(&bytes, file, max, pool));
    return gov_xml_parse(root, bytes.data, bytes.len, file, pool);
}

/* --- validating --------------------------------------------------------- */

static apr_status_t
free_schema(void *schema)
{
    xmlRelaxNGFree(schema);
    return APR_SUCCESS;
}

static gov_err_t *
read_schema(xmlRelaxNGPtr *schema, const char *rng_file, apr_pool_t *pool)
{
    trouble_t trouble = { rng_file, NULL, 1, pool };
    xmlRelaxNGParserCtxtPtr parser;
    const gov_xml_t *root;
    handler_t before;

    GOV_TRY(gov_xml_read(&root, rng_file, SCHEMA_MAX, pool));
    before = listen_to(&trouble);
    parser = xmlRelaxNGNewDocParserCtxt(node_of(root)->doc);
    gov_assert(parser != NULL);
    xmlRelaxNGSetParserStructuredErrors(parser, on_fault, &trouble);
    *schema = xmlRelaxNGParse(parser);
    xmlRelaxNGFreeParserCtxt(parser);
    restore(before);
    if (!*schema)
        return fail(&trouble, pool);
    apr_pool_cleanup_register(pool, *schema, free_schema,
                              apr_pool_cleanup_null);
    return NULL;
}

static gov_err_t *
validate(const gov_xml_t *root, const char *rng_file, apr_pool_t *pool)
{
    xmlDocPtr doc = node_of(root)->doc;
    trouble_t trouble = { doc->URL ? (const char *)doc->URL : "document", NULL,
                          gov_xml_line(root), pool };
    xmlRelaxNGValidCtxtPtr validator;
    xmlRelaxNGPtr schema;
    handler_t before;
    int outcome;

    GOV_TRY(read_schema(&schema, rng_file, pool));
    before = listen_to(&trouble);
    validator = xmlRelaxNGNewValidCtxt(schema);
    gov_assert(validator != NULL);
    xmlRelaxNGSetValidStructuredErrors(validator, on_fault, &trouble);
    outcome = xmlRelaxNGValidateDoc(validator, doc);
    xmlRelaxNGFreeValidCtxt(validator);
    restore(before);
    return outcome == 0 ? NULL : fail(&trouble, pool);
}

gov_err_t *
gov_xml_validate(const gov_xml_t *root, const char *rng_file, apr_pool_t *pool)
{
    int depth = gov_base__arena_pause();
    apr_pool_t *scratch;
    gov_err_t *err;

    apr_pool_create(&scratch, pool);
    err = gov_err_dup(validate(root, rng_file, scratch), pool);
    apr_pool_destroy(scratch);
    gov_base__arena_resume(depth);
    return err;
}

/* --- looking at elements ------------------------------------------------ */

const char *
gov_xml_name(const gov_xml_t *el)
{
    return (const char *)node_of(el)->name;
}

const char *
gov_xml_ns(const gov_xml_t *el)
{
    const xmlNs *ns = node_of(el)->ns;

    return ns && ns->href ? (const char *)ns->href : "";
}

int
gov_xml_line(const gov_xml_t *el)
{
    return (int)xmlGetLineNo(node_of(el));
}

/* Carry a string of libxml2's into POOL; XML allows more controls in it than
   our texts may have. */
static const char *
adopt(xmlChar *text, apr_pool_t *pool)
{
    const char *copy = (const char *)text;
    apr_size_t len;

    if (!text)
        return NULL;
    len = strlen(copy);
    copy = gov_text_valid(copy, len) ? apr_pstrmemdup(pool, copy, len)
                                     : gov_text_repair(copy, len, pool);
    xmlFree(text);
    return copy;
}

const char *
gov_xml_attr(const gov_xml_t *el, const char *name, apr_pool_t *pool)
{
    const xmlNode *node = node_of(el);

    if (strncmp(name, "xml:", 4) == 0)
        return adopt(xmlGetNsProp(node, BAD_CAST name + 4, XML_XML_NAMESPACE),
                     pool);
    return adopt(xmlGetNoNsProp(node, BAD_CAST name), pool);
}

const char *
gov_xml_text(const gov_xml_t *el, apr_pool_t *pool)
{
    const char *text = adopt(xmlNodeGetContent(node_of(el)), pool);

    return text ? text : "";
}

static const gov_xml_t *
first_from(const xmlNode *node, const char *name)
{
    for (; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE
            && (!name || strcmp((const char *)node->name, name) == 0))
            return element_of(node);
    return NULL;
}

const gov_xml_t *
gov_xml_child(const gov_xml_t *el, const char *name)
{
    return first_from(node_of(el)->children, name);
}

const gov_xml_t *
gov_xml_next(const gov_xml_t *el, const char *name)
{
    return first_from(node_of(el)->next, name);
}
