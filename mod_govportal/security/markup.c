/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup.c -- cleaning: the walk from gumbo's tree to ours. */

#include <string.h>

#include "markup_priv.h"

typedef struct walk_t {
    clean_t *clean;
    tree_t *tree;
    bool too_deep;
} walk_t;

static void walk(walk_t *w, const GumboNode *node, int depth);

static void
walk_children(walk_t *w, const GumboElement *element, int depth)
{
    unsigned i;

    for (i = 0; i < element->children.length; i++) {
        if (w->too_deep || gov_markup__failed(w->tree))
            return;
        walk(w, element->children.data[i], depth + 1);
    }
}

/* Character references may spell what must not be spelled. */
static void
walk_text(walk_t *w, const char *text)
{
    apr_pool_t *pool = w->clean->pool;
    apr_size_t len = strlen(text);
    char *line;

    if (!gov_text_valid(text, len))
        text = gov_text_repair(text, len, pool);
    if (strchr(text, '\r')) {
        text = line = apr_pstrdup(pool, text);
        while ((line = strchr(line, '\r')) != NULL)
            *line = '\n';
    }
    gov_markup__text(w->tree, apr_pstrdup(pool, text), strlen(text));
}

static void
walk_inline(walk_t *w, const GumboElement *element, el_t el, int depth)
{
    attrs_t *attrs = apr_palloc(w->clean->pool, sizeof(*attrs));
    bool begun;

    gov_markup__attrs(attrs, w->clean, el, element);
    if (el == EL_A && !gov_markup__attr(attrs, "href")) {
        gov_markup__unset(attrs, "title");
        el = EL_SPAN;
    }
    if (el == EL_TIME && !gov_markup__attr(attrs, "datetime"))
        el = EL_SPAN;
    begun = gov_markup__begin(w->tree, el, attrs);
    walk_children(w, element, depth);
    if (begun)
        gov_markup__end(w->tree);
}

/* The frame that our own output has around tables is made anew. */
static bool
is_frame(const GumboElement *element)
{
    const GumboAttribute *class;
    const GumboNode *only;

    class = gumbo_get_attribute(&element->attributes, "class");
    if (!class || strcmp(class->value, "gov-table") != 0
        || element->children.length != 1)
        return false;
    only = element->children.data[0];
    return only->type == GUMBO_NODE_ELEMENT
        && only->v.element.tag == GUMBO_TAG_TABLE;
}

static void
walk_block(walk_t *w, const GumboElement *element, el_t el, int depth)
{
    attrs_t *attrs = apr_palloc(w->clean->pool, sizeof(*attrs));
    node_t *block;

    if (el == EL_DIV && is_frame(element)) {
        walk_children(w, element, depth);
        return;
    }
    gov_markup__attrs(attrs, w->clean, el, element);
    block = gov_markup__open(w->tree, el, attrs);
    walk_children(w, element, depth);
    gov_markup__close(w->tree, block);
}

static void
walk_leaf(walk_t *w, const GumboElement *element, el_t el)
{
    attrs_t *attrs = apr_palloc(w->clean->pool, sizeof(*attrs));

    gov_markup__attrs(attrs, w->clean, el, element);
    if (el == EL_IMG && !gov_markup__attr(attrs, "src"))
        w->clean->dropped++;
    else
        gov_markup__leaf(w->tree, el, attrs);
}

static void
walk_element(walk_t *w, const GumboElement *element, int depth)
{
    el_t el = gov_markup__element(element);

    if (el == EL_DROP || el == EL_UNWRAP) {
        w->clean->dropped++;
        if (el == EL_UNWRAP)
            walk_children(w, element, depth);
        return;
    }
    switch (gov_markup__kind(el)) {
    case INLINE:
        walk_inline(w, element, el, depth);
        break;
    case LEAF:
        walk_leaf(w, element, el);
        break;
    default:
        walk_block(w, element, el, depth);
        break;
    }
}

/* Recursion ends long before the stack does. */
static void
walk(walk_t *w, const GumboNode *node, int depth)
{
    switch (node->type) {
    case GUMBO_NODE_ELEMENT:
        if (depth > MAX_SOURCE_DEPTH)
            w->too_deep = true;
        else
            walk_element(w, &node->v.element, depth);
        break;
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
        walk_text(w, node->v.text.text);
        break;
    case GUMBO_NODE_TEMPLATE:
        w->clean->dropped++;
        break;
    default:                      /* comments, a document in a document */
        break;
    }
}

static gov_err_t *
clean(gov_markup_t *out, const char *html, apr_size_t len, int top_heading,
      gov_markup_link_t link, void *baton, apr_pool_t *pool,
      apr_pool_t *scratch)
{
    clean_t c = { link, baton, apr_hash_make(scratch), 0, scratch };
    walk_t w = { &c, gov_markup__tree(len, scratch), false };
    gov_buf_t *xhtml, *text;
    const GumboOutput *source;
    node_t *root;

    GOV_TRY(gov_markup__parse(&source, html, len, false, scratch));
    walk_children(&w, &source->root->v.element, 0);
    if (w.too_deep || gov_markup__failed(w.tree))
        return gov_err(GOV_E_INVALID, NULL, scratch,
                       "markup is nested too deeply");
    root = gov_markup__finish(w.tree);
    gov_markup__settle(root, top_heading, scratch);
    xhtml = gov_buf_create(len + len / 8, scratch);
    gov_markup__write(xhtml, root);
    text = gov_buf_create(len, scratch);
    gov_markup__write_text(text, root);
    out->xhtml = apr_pstrmemdup(pool, xhtml->data, xhtml->len);
    out->text = apr_pstrmemdup(pool, text->data, text->len);
    out->dropped = c.dropped;
    return NULL;
}

gov_err_t *
gov_markup_clean(gov_markup_t *out, const char *html, apr_size_t len,
                 int top_heading, gov_markup_link_t link, void *baton,
                 apr_pool_t *pool)
{
    apr_pool_t *scratch;
    gov_err_t *err;

    if (len > MAX_MARKUP)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "markup has more than 4 MB");
    apr_pool_create(&scratch, pool);
    if (len >= 3 && !memcmp(html, "\xEF\xBB\xBF", 3)) {
        html += 3;
        len -= 3;
    }
    if (!gov_text_valid(html, len)) {
        html = gov_text_repair(html, len, scratch);
        len = strlen(html);
    }
    err = clean(out, html, len, top_heading, link, baton, pool, scratch);
    if (err)
        err = gov_err_dup(err, pool);
    apr_pool_destroy(scratch);
    return err;
}
