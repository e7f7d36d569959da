/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/page.c -- building page models.

   Names are interned in the document's dictionary and nodes are linked without
   libxml2's checks for what cannot happen here (IDs, entities, adjacent texts):
   a home page has some eighty entries of eight attributes. */

#include <stdarg.h>
#include <string.h>

#include "gov_xml.h"
#include "render_priv.h"

static apr_status_t
free_doc(void *doc)
{
    xmlFreeDoc(doc);
    return APR_SUCCESS;
}

void
gov_render__doc_own(xmlDocPtr doc, apr_pool_t *pool)
{
    /* a tree in an arena goes with the arena: maybe long before the pool, and that
       in another thread */
    if (!gov_xml_arena_on())
        apr_pool_cleanup_register(pool, doc, free_doc, apr_pool_cleanup_null);
}

gov_page_t *
gov_page_create(const char *kind, apr_pool_t *pool)
{
    gov_page_t *page = apr_palloc(pool, sizeof(*page));
    xmlNodePtr root;

    page->kind = kind;
    page->pool = pool;
    page->doc = xmlNewDoc(BAD_CAST "1.0");
    gov_render__doc_own(page->doc, pool);
    page->doc->dict = xmlDictCreate();
    page->section = "";
    page->markup = NULL;
    page->tags = apr_array_make(pool, 16, sizeof(const char *));
    page->until = 0;
    page->is_private = false;
    root = xmlNewDocRawNode(page->doc, NULL, BAD_CAST "page", NULL);
    xmlDocSetRootElement(page->doc, root);
    gov_node_set((gov_node_t *)root, "kind", kind);
    return page;
}

gov_node_t *
gov_page_root(gov_page_t *page)
{
    return (gov_node_t *)xmlDocGetRootElement(page->doc);
}

/* Link CHILD as the last child without the checks of xmlAddChild(). */
static void
append(xmlNodePtr parent, xmlNodePtr child)
{
    child->parent = parent;
    child->prev = parent->last;
    if (parent->last)
        parent->last->next = child;
    else
        parent->children = child;
    parent->last = child;
}

gov_node_t *
gov_node_add(gov_node_t *node, const char *name)
{
    xmlNodePtr parent = (xmlNodePtr)node;
    xmlNodePtr child = xmlNewDocRawNode(parent->doc, NULL, BAD_CAST name, NULL);

    append(parent, child);
    return (gov_node_t *)child;
}

static xmlNodePtr
text_node(xmlDocPtr doc, const char *value)
{
    return xmlNewDocText(doc, BAD_CAST value);
}

void
gov_node_set(gov_node_t *node, const char *name, const char *value)
{
    xmlNodePtr element = (xmlNodePtr)node;
    xmlAttrPtr attr, last;
    xmlNodePtr text;

    if (!value)
        return;
    attr = xmlMalloc(sizeof(*attr));
    memset(attr, 0, sizeof(*attr));
    attr->type = XML_ATTRIBUTE_NODE;
    attr->doc = element->doc;
    attr->parent = element;
    attr->name = xmlDictLookup(element->doc->dict, BAD_CAST name, -1);
    text = text_node(element->doc, value);
    text->parent = (xmlNodePtr)attr;
    attr->children = attr->last = text;
    if (!element->properties) {
        element->properties = attr;
        return;
    }
    for (last = element->properties; last->next; last = last->next)
        ;
    last->next = attr;
    attr->prev = last;
}

void
gov_node_set_int(gov_node_t *node, const char *name, apr_int64_t value)
{
    char number[32];

    apr_snprintf(number, sizeof(number), "%" APR_INT64_T_FMT, value);
    gov_node_set(node, name, number);
}

void
gov_node_text(gov_node_t *node, const char *text)
{
    xmlNodePtr element = (xmlNodePtr)node;

    if (text)
        append(element, text_node(element->doc, text));
}

void
gov_node_markup(gov_page_t *page, gov_node_t *parent, const char *ref,
                const char *xhtml)
{
    gov_node_t *node;

    if (!xhtml)
        return;
    node = gov_node_add(parent, "markup");
    gov_node_set(node, "ref", ref);
    if (!page->markup)
        page->markup = apr_hash_make(page->pool);
    apr_hash_set(page->markup, apr_pstrdup(page->pool, ref),
                 APR_HASH_KEY_STRING, xhtml);
}

void
gov_page_tag(gov_page_t *page, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    APR_ARRAY_PUSH(page->tags, const char *) =
        apr_pvsprintf(page->pool, fmt, args);
    va_end(args);
}

void
gov_page_set_private(gov_page_t *page)
{
    page->is_private = true;
}

bool
gov_page_is_private(const gov_page_t *page)
{
    return page->is_private;
}

void
gov_page_until(gov_page_t *page, apr_time_t t)
{
    if (t && (!page->until || t < page->until))
        page->until = t;
}

void
gov_page_set_section(gov_page_t *page, const char *section)
{
    page->section = section;
}

const char *
gov_page_section(const gov_page_t *page)
{
    return page->section;
}

const char *
gov_page_kind(const gov_page_t *page)
{
    return page->kind;
}

apr_array_header_t *
gov_page_tags(const gov_page_t *page)
{
    return page->tags;
}

apr_time_t
gov_page_valid_until(const gov_page_t *page)
{
    return page->until;
}

const char *
gov_page_xml(gov_page_t *page, apr_pool_t *pool)
{
    xmlChar *bytes = NULL;
    int len = 0;
    const char *copy;

    xmlDocDumpFormatMemoryEnc(page->doc, &bytes, &len, "UTF-8", 1);
    copy = apr_pstrmemdup(pool, bytes ? (const char *)bytes : "",
                          bytes ? (apr_size_t)len : 0);
    xmlFree(bytes);
    return copy;
}
