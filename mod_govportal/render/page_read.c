/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/page_read.c -- a page model out of XML text: what gov_page_xml() wrote,
   or an example of a contract. */

#include <libxml/parser.h>
#include <limits.h>

#include "render_priv.h"

static gov_err_t *
parse(xmlDocPtr *doc, gov_bytes_t xml, const char *name, apr_pool_t *pool)
{
    xmlParserCtxtPtr ctxt;
    xmlErrorPtr error;
    gov_err_t *err = NULL;

    if (xml.len > INT_MAX)
        return gov_err(GOV_E_INVALID, NULL, pool, "%s is too large", name);
    ctxt = xmlNewParserCtxt();
    if (!ctxt)
        return gov_err(GOV_E_INTERNAL, NULL, pool, "no parser context");
    *doc = xmlCtxtReadMemory(ctxt, xml.data, (int)xml.len, name, NULL,
                             XML_PARSE_NONET | XML_PARSE_NOBLANKS
                             | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
                             | XML_PARSE_NOCDATA);
    error = xmlCtxtGetLastError(ctxt);
    if (!*doc)
        err = gov_err(GOV_E_INVALID, NULL, pool, "%s:%d: %s", name,
                      error ? error->line : 0,
                      gov_text_fold(error && error->message
                                    ? error->message : "cannot be read", pool));
    xmlFreeParserCtxt(ctxt);
    return err;
}

gov_err_t *
gov_page_read(gov_page_t **result, gov_bytes_t xml, const char *name,
              apr_pool_t *pool)
{
    gov_page_t *page;
    xmlNodePtr root;
    xmlChar *kind;
    xmlDocPtr doc;

    GOV_TRY(parse(&doc, xml, name, pool));
    gov_render__doc_own(doc, pool);
    root = xmlDocGetRootElement(doc);
    kind = root ? xmlGetNoNsProp(root, BAD_CAST "kind") : NULL;
    if (!kind || !xmlStrEqual(root->name, BAD_CAST "page")) {
        xmlFree(kind);
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s is no page model: its root is not <page kind>",
                       name);
    }
    /* a model that was built has its names in the document's dictionary, too */
    if (!doc->dict)
        doc->dict = xmlDictCreate();
    page = apr_pcalloc(pool, sizeof(*page));
    page->kind = apr_pstrdup(pool, (const char *)kind);
    xmlFree(kind);
    page->section = "";
    page->pool = pool;
    page->doc = doc;
    page->tags = apr_array_make(pool, 1, sizeof(const char *));
    root->_private = page;
    *result = page;
    return NULL;
}

/* The element after NODE in document order, within the document. */
static xmlNodePtr
after(xmlNodePtr node)
{
    if (node->children)
        return node->children;
    while (node && !node->next)
        node = node->parent && node->parent->type == XML_ELEMENT_NODE
            ? node->parent : NULL;
    return node ? node->next : NULL;
}

apr_array_header_t *
gov_page_refs(gov_page_t *page, apr_pool_t *pool)
{
    apr_array_header_t *refs = apr_array_make(pool, 4, sizeof(const char *));
    xmlNodePtr node;

    for (node = xmlDocGetRootElement(page->doc); node; node = after(node)) {
        xmlChar *ref;

        if (node->type != XML_ELEMENT_NODE
            || !xmlStrEqual(node->name, BAD_CAST "markup"))
            continue;
        ref = xmlGetNoNsProp(node, BAD_CAST "ref");
        if (ref)
            APR_ARRAY_PUSH(refs, const char *) =
                apr_pstrdup(pool, (const char *)ref);
        xmlFree(ref);
    }
    return refs;
}

void
gov_page_set_markup(gov_page_t *page, const char *ref, const char *xhtml)
{
    if (!page->markup)
        page->markup = apr_hash_make(page->pool);
    apr_hash_set(page->markup, apr_pstrdup(page->pool, ref),
                 APR_HASH_KEY_STRING, xhtml);
}

void
gov_page_change(gov_page_t *page, const char *element, const char *name,
                const char *value)
{
    xmlNodePtr node;

    for (node = xmlDocGetRootElement(page->doc); node; node = after(node))
        if (node->type == XML_ELEMENT_NODE
            && xmlStrEqual(node->name, BAD_CAST element)) {
            xmlSetProp(node, BAD_CAST name, BAD_CAST value);
            return;
        }
}
