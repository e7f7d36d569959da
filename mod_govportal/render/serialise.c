/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/serialise.c -- a result tree as HTML5 (WHATWG, 13.3 "Serializing HTML
   fragments").

   libxml2's own serialiser knows HTML 4 and is seven times slower.  What comes
   here was made by our stylesheets, so names are taken as they are; texts and
   values are always escaped. */

#include <string.h>

#include "render_priv.h"

/* A template may put a body in more than once, which costs it nothing: no limit of
   the transformation sees it. */
#define MAX_BYTES ((apr_size_t)32 * 1024 * 1024)

typedef struct out_t {
    gov_buf_t *buf;
    const gov_page_t *page;
    const apr_array_header_t *fragments;
} out_t;

/* Elements without an end tag, sorted. */
static const char *const voids[] = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
    "source", "track", "wbr"
};

static bool
is_void(const char *name)
{
    apr_size_t i;

    for (i = 0; i < sizeof(voids) / sizeof(voids[0]); i++) {
        int cmp = strcmp(name, voids[i]);

        if (cmp == 0)
            return true;
        if (cmp < 0)
            return false;
    }
    return false;
}

/* What cannot stand in a text or a value as it is, and the end. */
static const bool stops[256] = {
    ['\0'] = true, ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true
};

/* Copies runs of harmless bytes; IN_ATTR: inside double quotes. */
static void
escape(gov_buf_t *buf, const char *text, bool in_attr)
{
    apr_size_t run;

    for (;;) {
        for (run = 0; !stops[(unsigned char)text[run]]
                      || (text[run] == '"' && !in_attr); run++)
            ;
        if (run)
            gov_buf_add(buf, text, run);
        text += run;
        switch (*text++) {
        case '\0':
            return;
        case '&':
            gov_buf_add(buf, "&amp;", 5);
            break;
        case '<':
            gov_buf_add(buf, "&lt;", 4);
            break;
        case '>':
            gov_buf_add(buf, "&gt;", 4);
            break;
        default:
            gov_buf_add(buf, "&quot;", 6);
        }
    }
}

static const char *
attr_text(xmlNodePtr element, const char *name)
{
    xmlAttrPtr attr;

    for (attr = element->properties; attr; attr = attr->next)
        if (!strcmp((const char *)attr->name, name))
            return attr->children && attr->children->content
                ? (const char *)attr->children->content : "";
    return "";
}

static gov_err_t *
splice(out_t *out, xmlNodePtr element)
{
    apr_pool_t *pool = out->buf->pool;
    int i;

    if (out->buf->len > MAX_BYTES)
        return gov_err(GOV_E_INTERNAL, NULL, pool,
                       "the page is larger than %d MB", (int)(MAX_BYTES >> 20));

    if (!strcmp((const char *)element->name, "markup")) {
        const char *ref = attr_text(element, "ref");
        const char *bytes = out->page->markup
            ? apr_hash_get(out->page->markup, ref, APR_HASH_KEY_STRING) : NULL;

        if (!bytes)
            return gov_err(GOV_E_INTERNAL, NULL, pool,
                           "the page has no markup \"%s\"", ref);
        gov_buf_str(out->buf, bytes);
        return NULL;
    }
    if (!strcmp((const char *)element->name, "fragment")) {
        const char *name = attr_text(element, "name");

        for (i = 0; out->fragments && i < out->fragments->nelts; i++) {
            const gov_fragment_t *fragment =
                &APR_ARRAY_IDX(out->fragments, i, gov_fragment_t);

            if (!strcmp(fragment->name, name)) {
                gov_buf_add(out->buf, fragment->bytes.data,
                            fragment->bytes.len);
                return NULL;
            }
        }
        /* a page may be rendered without its frame (previews, tests) */
        return NULL;
    }
    return gov_err(GOV_E_INTERNAL, NULL, pool, "unknown element g:%s",
                   (const char *)element->name);
}

/* Text inside script cannot be escaped, only kept from ending it. */
static gov_err_t *
raw_text(out_t *out, xmlNodePtr element)
{
    xmlNodePtr child;

    for (child = element->children; child; child = child->next) {
        const char *text = (const char *)child->content;

        if ((child->type != XML_TEXT_NODE
             && child->type != XML_CDATA_SECTION_NODE) || !text)
            continue;
        if (strstr(text, "</") || strstr(text, "<!--"))
            return gov_err(GOV_E_INTERNAL, NULL, out->buf->pool,
                           "text that cannot stand in <%s>",
                           (const char *)element->name);
        gov_buf_str(out->buf, text);
    }
    return NULL;
}

static gov_err_t *write_nodes(out_t *out, xmlNodePtr node);

static gov_err_t *
write_element(out_t *out, xmlNodePtr element)
{
    const char *name = (const char *)element->name;
    apr_size_t len = strlen(name);
    gov_buf_t *buf = out->buf;
    xmlAttrPtr attr;

    if (element->ns && element->ns->href
        && !strcmp((const char *)element->ns->href, GOV_TEMPLATE_NS))
        return splice(out, element);
    gov_buf_add(buf, "<", 1);
    gov_buf_add(buf, name, len);
    for (attr = element->properties; attr; attr = attr->next) {
        gov_buf_add(buf, " ", 1);
        if (attr->ns && attr->ns->prefix) {
            gov_buf_str(buf, (const char *)attr->ns->prefix);
            gov_buf_add(buf, ":", 1);
        }
        gov_buf_str(buf, (const char *)attr->name);
        gov_buf_add(buf, "=\"", 2);
        if (attr->children && attr->children->content)
            escape(buf, (const char *)attr->children->content, true);
        gov_buf_add(buf, "\"", 1);
    }
    gov_buf_add(buf, ">", 1);
    if (is_void(name))
        return NULL;
    if (!strcmp(name, "script") || !strcmp(name, "style"))
        GOV_TRY(raw_text(out, element));
    else
        GOV_TRY(write_nodes(out, element->children));
    gov_buf_add(buf, "</", 2);
    gov_buf_add(buf, name, len);
    gov_buf_add(buf, ">", 1);
    return NULL;
}

static gov_err_t *
write_nodes(out_t *out, xmlNodePtr node)
{
    for (; node; node = node->next) {
        if (node->type == XML_ELEMENT_NODE)
            GOV_TRY(write_element(out, node));
        else if ((node->type == XML_TEXT_NODE
                  || node->type == XML_CDATA_SECTION_NODE) && node->content)
            escape(out->buf, (const char *)node->content, false);
    }
    return NULL;
}

gov_err_t *
gov_render__html(gov_buf_t *out, xmlNodePtr first, const gov_page_t *page,
                 const apr_array_header_t *fragments)
{
    out_t baton = { out, page, fragments };

    return write_nodes(&baton, first);
}
