/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* render/words.c -- language catalogues, and words put into stylesheets.

   Words are put in before a stylesheet is compiled: a page then costs no look-up,
   and a missing word is found when the server starts, not by a reader. */

#include <string.h>

#include "gov_file.h"
#include "gov_xml.h"
#include "render_priv.h"

#define XSL_NS "http://www.w3.org/1999/XSL/Transform"

static gov_err_t *
read_catalogue(apr_hash_t *words, const char *file, apr_pool_t *pool)
{
    const gov_xml_t *root, *el;
    const char *lang;
    apr_hash_t *table;

    GOV_TRY(gov_xml_read(&root, file, 4 * 1024 * 1024, pool));
    lang = gov_xml_attr(root, "lang", pool);
    if (!lang)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%s:%d: the catalogue has no lang", file,
                       gov_xml_line(root));
    table = apr_hash_get(words, lang, APR_HASH_KEY_STRING);
    if (!table) {
        table = apr_hash_make(pool);
        apr_hash_set(words, lang, APR_HASH_KEY_STRING, table);
    }
    for (el = gov_xml_child(root, "word"); el; el = gov_xml_next(el, "word")) {
        const char *key = gov_xml_attr(el, "key", pool);

        if (!key)
            return gov_err(GOV_E_INVALID, NULL, pool,
                           "%s:%d: a word without key", file,
                           gov_xml_line(el));
        if (apr_hash_get(table, key, APR_HASH_KEY_STRING))
            return gov_err(GOV_E_INVALID, NULL, pool,
                           "%s:%d: \"%s\" stands twice", file,
                           gov_xml_line(el), key);
        apr_hash_set(table, key, APR_HASH_KEY_STRING, gov_xml_text(el, pool));
    }
    return NULL;
}

gov_err_t *
gov_render__words_read(apr_hash_t *words, const char *dir, apr_pool_t *pool)
{
    apr_array_header_t *names;
    gov_err_t *err = gov_file_list(&names, dir, ".xml", pool);
    int i;

    if (err && err->code == GOV_E_NOT_FOUND)
        return NULL;              /* a plugin need not have words */
    if (err)
        return err;
    for (i = 0; i < names->nelts; i++)
        GOV_TRY(read_catalogue(words, apr_pstrcat(
                                   pool, dir, "/",
                                   APR_ARRAY_IDX(names, i, const char *),
                                   NULL), pool));
    return NULL;
}

typedef struct put_t {
    const char *file;
    const char *lang;
    apr_hash_t *table;
    apr_pool_t *pool;
} put_t;

static gov_err_t *
find(const char **word, const put_t *put, const char *key, xmlNodePtr at)
{
    *word = apr_hash_get(put->table, key, APR_HASH_KEY_STRING);
    if (!*word)
        return gov_err(GOV_E_INVALID, NULL, put->pool,
                       "%s:%ld: \"%s\" has no word in the %s catalogue",
                       put->file, xmlGetLineNo(at), key, put->lang);
    return NULL;
}

/* Is the text an attribute value template, where braces mean something? */
typedef enum where_t { IN_TEXT, IN_TEMPLATE, IN_EXPRESSION } where_t;

static gov_err_t *
add_word(gov_buf_t *out, const put_t *put, const char *key, where_t where,
         xmlNodePtr at)
{
    const char *word, *p;

    GOV_TRY(find(&word, put, key, at));
    if (where == IN_EXPRESSION && strpbrk(word, "'\""))
        return gov_err(GOV_E_INVALID, NULL, put->pool,
                       "%s:%ld: the word of \"%s\" has a quotation mark and "
                       "cannot stand in an expression", put->file,
                       xmlGetLineNo(at), key);
    for (p = word; *p; p++) {
        gov_buf_add(out, p, 1);
        if (where == IN_TEMPLATE && (*p == '{' || *p == '}'))
            gov_buf_add(out, p, 1);
    }
    return NULL;
}

/* TEXT with its [[keys]] replaced; NULL if it has none. */
static gov_err_t *
replace(const char **result, const put_t *put, const char *text, where_t where,
        xmlNodePtr at)
{
    const char *open = strstr(text, "[[");
    gov_buf_t *out;

    *result = NULL;
    if (!open)
        return NULL;
    out = gov_buf_create(128, put->pool);
    while (open) {
        const char *close = strstr(open, "]]");

        if (!close)
            return gov_err(GOV_E_INVALID, NULL, put->pool,
                           "%s:%ld: \"[[\" without \"]]\"", put->file,
                           xmlGetLineNo(at));
        gov_buf_add(out, text, (apr_size_t)(open - text));
        GOV_TRY(add_word(out, put,
                         apr_pstrmemdup(put->pool, open + 2,
                                        (apr_size_t)(close - open - 2)),
                         where, at));
        text = close + 2;
        open = strstr(text, "[[");
    }
    gov_buf_str(out, text);
    *result = out->data;
    return NULL;
}

static bool
is_xsl(xmlNodePtr node)
{
    return node->ns && xmlStrEqual(node->ns->href, BAD_CAST XSL_NS);
}

static gov_err_t *
put_attributes(const put_t *put, xmlNodePtr element)
{
    xmlAttrPtr attr;

    for (attr = element->properties; attr; attr = attr->next) {
        const char *text;
        xmlChar *value;

        if (!attr->children || !attr->children->content
            || !strstr((const char *)attr->children->content, "[["))
            continue;
        value = xmlNodeListGetString(element->doc, attr->children, 1);
        text = apr_pstrdup(put->pool, (const char *)value);
        xmlFree(value);
        GOV_TRY(replace(&text, put, text,
                        is_xsl(element) ? IN_EXPRESSION : IN_TEMPLATE,
                        element));
        if (text) {
            xmlChar *escaped = xmlEncodeSpecialChars(element->doc,
                                                     BAD_CAST text);

            xmlNodeSetContent((xmlNodePtr)attr, escaped);
            xmlFree(escaped);
        }
    }
    return NULL;
}

static void
add_xsl_text(xmlNodePtr before, xmlNsPtr xsl, const char *text, apr_size_t len,
             apr_pool_t *pool)
{
    xmlNodePtr node;

    if (!len)
        return;
    node = xmlNewDocNode(before->doc, xsl, BAD_CAST "text", NULL);
    xmlAddChild(node, xmlNewDocText(before->doc, BAD_CAST apr_pstrmemdup(
                                                     pool, text, len)));
    xmlAddPrevSibling(before, node);
}

/* <g:say key="k"><g:arg select="x"/></g:say> becomes text and value-of. */
static gov_err_t *
say(const put_t *put, xmlNodePtr element)
{
    xmlNodePtr root = xmlDocGetRootElement(element->doc);
    xmlNsPtr xsl = xmlSearchNsByHref(element->doc, root, BAD_CAST XSL_NS);
    const char *args[9] = { NULL }, *word, *at, *open;
    xmlChar *key = xmlGetNoNsProp(element, BAD_CAST "key");
    xmlNodePtr child;
    int count = 0;

    if (!key)
        return gov_err(GOV_E_INVALID, NULL, put->pool,
                       "%s:%ld: g:say without key", put->file,
                       xmlGetLineNo(element));
    word = apr_pstrdup(put->pool, (const char *)key);
    xmlFree(key);
    GOV_TRY(find(&word, put, word, element));
    for (child = element->children; child && count < 9; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) {
            xmlChar *select = xmlGetNoNsProp(child, BAD_CAST "select");

            args[count++] = apr_pstrdup(put->pool,
                                        select ? (const char *)select : ".");
            xmlFree(select);
        }
    }
    for (at = word; (open = strchr(at, '{')); at = open + 3) {
        xmlNodePtr value;
        int n = open[1] - '1';

        if (n < 0 || n >= count || open[2] != '}')
            return gov_err(GOV_E_INVALID, NULL, put->pool,
                           "%s:%ld: the word \"%s\" asks for an argument that "
                           "g:say does not give", put->file,
                           xmlGetLineNo(element), word);
        add_xsl_text(element, xsl, at, (apr_size_t)(open - at), put->pool);
        value = xmlNewDocNode(element->doc, xsl, BAD_CAST "value-of", NULL);
        xmlNewProp(value, BAD_CAST "select", BAD_CAST args[n]);
        xmlAddPrevSibling(element, value);
    }
    add_xsl_text(element, xsl, at, strlen(at), put->pool);
    xmlUnlinkNode(element);
    xmlFreeNode(element);
    return NULL;
}

static gov_err_t *
put_below(const put_t *put, xmlNodePtr parent)
{
    xmlNodePtr node, next;

    for (node = parent->children; node; node = next) {
        next = node->next;
        if (node->type == XML_ELEMENT_NODE) {
            if (node->ns && xmlStrEqual(node->name, BAD_CAST "say")
                && xmlStrEqual(node->ns->href, BAD_CAST GOV_TEMPLATE_NS)) {
                GOV_TRY(say(put, node));
                continue;
            }
            GOV_TRY(put_attributes(put, node));
            GOV_TRY(put_below(put, node));
        }
        else if (node->type == XML_TEXT_NODE && node->content) {
            const char *text;

            GOV_TRY(replace(&text, put, (const char *)node->content, IN_TEXT,
                            parent));
            if (text) {
                xmlChar *escaped = xmlEncodeSpecialChars(node->doc,
                                                         BAD_CAST text);

                xmlNodeSetContent(node, escaped);
                xmlFree(escaped);
            }
        }
    }
    return NULL;
}

gov_err_t *
gov_render__words_put(xmlDocPtr doc, const char *file, apr_hash_t *words,
                      const char *lang, apr_pool_t *pool)
{
    put_t put = { file, lang, NULL, pool };

    put.table = apr_hash_get(words, lang, APR_HASH_KEY_STRING);
    gov_assert(put.table != NULL);
    GOV_TRY(put_attributes(&put, xmlDocGetRootElement(doc)));
    return put_below(&put, xmlDocGetRootElement(doc));
}
