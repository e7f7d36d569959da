/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_document.c -- title and body of a whole HTML file. */

#include <string.h>

#include "markup_priv.h"

/* The first element of that tag, in the order of the text. */
static const GumboElement *
find(const GumboNode *node, GumboTag tag, int depth)
{
    const GumboElement *element = &node->v.element, *found = NULL;
    unsigned i;

    if (node->type != GUMBO_NODE_ELEMENT || depth > MAX_SOURCE_DEPTH
        || element->tag_namespace != GUMBO_NAMESPACE_HTML)
        return NULL;
    if (element->tag == tag)
        return element;
    for (i = 0; !found && i < element->children.length; i++)
        found = find(element->children.data[i], tag, depth + 1);
    return found;
}

static void
add_text(gov_buf_t *out, const GumboElement *element, int depth)
{
    unsigned i;

    for (i = 0; i < element->children.length; i++) {
        const GumboNode *child = element->children.data[i];

        if (child->type == GUMBO_NODE_ELEMENT) {
            if (depth < MAX_SOURCE_DEPTH)
                add_text(out, &child->v.element, depth + 1);
        }
        else if (child->type == GUMBO_NODE_TEXT
                 || child->type == GUMBO_NODE_WHITESPACE)
            gov_buf_str(out, child->v.text.text);
    }
}

static const char *
text_of(const GumboNode *root, GumboTag tag, apr_pool_t *pool)
{
    const GumboElement *element = find(root, tag, 0);
    gov_buf_t *out;
    const char *text;

    if (!element)
        return NULL;
    out = gov_buf_create(64, pool);
    add_text(out, element, 0);
    text = gov_text_fold(gov_text_repair(out->data, out->len, pool), pool);
    return *text ? text : NULL;
}

static gov_err_t *
document(const char **title, const char **body, const char *html,
         apr_size_t len, apr_pool_t *pool, apr_pool_t *scratch)
{
    const GumboElement *element;
    const GumboOutput *source;
    const char *begin = html;

    GOV_TRY(gov_markup__parse(&source, html, len, true, scratch));
    *title = text_of(source->root, GUMBO_TAG_TITLE, pool);
    if (!*title)
        *title = text_of(source->root, GUMBO_TAG_H1, pool);
    /* Up to the very end: what follows the end tag belongs to the body, too.
       A body whose tag nobody wrote begins somewhere in the file; the cleaner
       drops what belongs in a head. */
    element = find(source->root, GUMBO_TAG_BODY, 0);
    if (element && element->original_tag.length > 0)
        begin = element->original_tag.data + element->original_tag.length;
    *body = apr_pstrmemdup(pool, begin, html + len - begin);
    return NULL;
}

gov_err_t *
gov_markup_document(const char **title, const char **body, const char *html,
                    apr_size_t len, apr_pool_t *pool)
{
    apr_pool_t *scratch;
    gov_err_t *err;

    if (len > MAX_MARKUP)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "markup has more than 4 MB");
    apr_pool_create(&scratch, pool);
    if (!gov_text_valid(html, len)) {
        html = gov_text_repair(html, len, scratch);
        len = strlen(html);
    }
    err = document(title, body, html, len, pool, scratch);
    if (err)
        err = gov_err_dup(err, pool);
    apr_pool_destroy(scratch);
    return err;
}
