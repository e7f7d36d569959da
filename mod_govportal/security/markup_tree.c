/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_tree.c -- builds a tree that keeps HTML's content model, whatever
 * comes in: text outside of a paragraph gets one, blocks end paragraphs, parts
 * of lists and tables get what they belong in, and inline elements around
 * blocks go into each of them.
 *
 * So the tree, written down, is parsed to itself: there is nothing for a parser
 * to repair, which is what attacks by "mutation" live on.
 */

#include <string.h>

#include "markup_priv.h"

#define MAX_INLINE 24             /* one within the other */

typedef struct inline_t {
    el_t el;
    const attrs_t *attrs;
    node_t *node;                 /* NULL until text comes */
    bool used;                    /* was written at least once */
} inline_t;

struct tree_t {
    apr_pool_t *pool;
    node_t *root;
    node_t *at;                   /* innermost open block */
    inline_t wanted[MAX_INLINE];  /* inline elements open in the source... */
    int n_wanted;
    int n_open;                   /* ...and how many of them in the tree */
    const char *id;               /* of an anchor before the next block */
    bool blank;                   /* white space here would not be seen */
    bool line_start;              /* of preformatted text */
    node_t *last_text;            /* if it ends in a blank */
    apr_size_t nodes_left;
    bool failed;                  /* too deep or too many */
};

/* --- nodes ---------------------------------------------------------------- */

void
gov_markup__append(node_t *parent, node_t *node)
{
    node->parent = parent;
    node->next = NULL;
    node->prev = parent->last;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
}

void
gov_markup__remove(node_t *node)
{
    node_t *parent = node->parent;

    if (node->prev)
        node->prev->next = node->next;
    else
        parent->first = node->next;
    if (node->next)
        node->next->prev = node->prev;
    else
        parent->last = node->prev;
    node->parent = node->prev = node->next = NULL;
}

void
gov_markup__unwrap(node_t *node)
{
    node_t *parent = node->parent, *child;

    for (child = node->first; child; child = child->next)
        child->parent = parent;
    if (node->first) {
        node->first->prev = node->prev;
        node->last->next = node->next;
        if (node->prev)
            node->prev->next = node->first;
        else
            parent->first = node->first;
        if (node->next)
            node->next->prev = node->last;
        else
            parent->last = node->last;
    }
    else
        gov_markup__remove(node);
}

void
gov_markup__put_before(node_t *place, node_t *node)
{
    node->parent = place->parent;
    node->next = place;
    node->prev = place->prev;
    if (place->prev)
        place->prev->next = node;
    else
        place->parent->first = node;
    place->prev = node;
}

bool
gov_markup__is_blank(const char *text, apr_size_t len)
{
    apr_size_t i;

    for (i = 0; i < len; i++)
        if (!strchr(" \t\n\r\f", text[i]))
            return false;
    return true;
}

static bool
has_id(const attrs_t *attrs)
{
    return gov_markup__attr(attrs, "id") != NULL;
}

/* Attributes as they are from the second time on: an id names one element. */
static const attrs_t *
without_id(const attrs_t *attrs, apr_pool_t *pool)
{
    attrs_t *copy;

    if (!has_id(attrs))
        return attrs;
    copy = apr_pmemdup(pool, attrs, sizeof(*attrs));
    gov_markup__unset(copy, "id");
    return copy;
}

static node_t *
create(tree_t *t, node_t *parent, el_t el, const attrs_t *attrs)
{
    node_t *node = apr_pcalloc(t->pool, sizeof(*node));

    node->el = el;
    node->attrs = attrs && attrs->count ? attrs : NULL;
    node->depth = parent->depth + 1;
    if (node->depth > MAX_DEPTH || t->nodes_left == 0)
        t->failed = true;
    else
        t->nodes_left--;
    gov_markup__append(parent, node);
    return node;
}

/* ATTRS with the id of the anchor that stood before. */
static const attrs_t *
with_anchor(tree_t *t, const attrs_t *attrs)
{
    attrs_t *copy;

    if (!t->id || has_id(attrs))
        return attrs;
    copy = apr_pcalloc(t->pool, sizeof(*copy));
    if (attrs)
        *copy = *attrs;
    gov_markup__set(copy, "id", t->id);
    t->id = NULL;
    return copy;
}

/* --- inline --------------------------------------------------------------- */

static node_t *
innermost(tree_t *t)
{
    return t->n_open ? t->wanted[t->n_open - 1].node : t->at;
}

/* White space before the end of a block is not seen; nor is it kept. */
static void
trim(tree_t *t)
{
    node_t *text = t->last_text;

    if (text && --text->len == 0)
        gov_markup__remove(text);
    t->last_text = NULL;
    t->blank = true;
}

static void
leave_inline(tree_t *t)
{
    t->n_open = 0;
    trim(t);
}

/* Without attributes, an EL within the first N wanted ones says nothing. */
static bool
is_idle(const tree_t *t, el_t el, int n)
{
    if (el == EL_SPAN)
        return true;
    while (n-- > 0)
        if (t->wanted[n].el == el)
            return true;
    return false;
}

static void
enter_inline(tree_t *t)
{
    while (t->n_open < t->n_wanted) {
        inline_t *in = &t->wanted[t->n_open];
        const attrs_t *attrs = in->used ? without_id(in->attrs, t->pool)
                                        : in->attrs;

        in->node = innermost(t);
        if (attrs->count > 0 || !is_idle(t, in->el, t->n_open))
            in->node = create(t, in->node, in->el, attrs);
        in->used = true;
        t->n_open++;
    }
}

/* Text comes, no block: the anchor before it is an element of its own. */
static void
place_anchor(tree_t *t)
{
    if (t->id)
        create(t, innermost(t), EL_SPAN, with_anchor(t, NULL));
}

/* --- blocks --------------------------------------------------------------- */

static node_t *
push(tree_t *t, el_t el, const attrs_t *attrs, bool implied)
{
    leave_inline(t);
    t->at = create(t, t->at, el, with_anchor(t, attrs));
    t->at->implied = implied;
    t->line_start = true;
    return t->at;
}

static void
pop(tree_t *t)
{
    leave_inline(t);
    t->at = t->at->parent;
}

/* Go on in the last child if it is an EL, else in a new one. */
static void
into(tree_t *t, el_t el)
{
    if (t->at->last && t->at->last->el == el) {
        leave_inline(t);
        t->at = t->at->last;
    }
    else
        push(t, el, NULL, true);
}

static bool
within(const tree_t *t, el_t el)
{
    const node_t *node;

    for (node = t->at; node; node = node->parent)
        if (node->el == el)
            return true;
    return false;
}

static bool
has_child(const node_t *node, el_t el)
{
    const node_t *child;

    for (child = node->first; child; child = child->next)
        if (child->el == el)
            return true;
    return false;
}

/* What an element is in this place: some have a meaning in one place only. */
static el_t
in_place(const tree_t *t, el_t el)
{
    switch (el) {
    case EL_FIGCAPTION:
        return t->at->el == EL_FIGURE && !has_child(t->at, el) ? el : EL_DIV;
    case EL_SUMMARY:
        return t->at->el == EL_DETAILS && !has_child(t->at, el) ? el : EL_DIV;
    case EL_CAPTION:
        return t->at->el == EL_TABLE ? el : EL_DIV;
    case EL_SECTION:
        return within(t, EL_TH) ? EL_DIV : el;
    default:
        return gov_markup__is_heading(el) && within(t, EL_TH) ? EL_P : el;
    }
}

/* The part of a structure that stands directly in CONTAINER and leads to an EL,
   or to text (EL_TEXT); EL_ROOT if there is none. */
static el_t
part_for(kind_t container, el_t el)
{
    switch (container) {
    case LIST:
        return EL_LI;
    case PAIRS:
        return el == EL_DT || el == EL_DD ? el : EL_DD;
    case TABLE:
        if (el == EL_CAPTION || gov_markup__kind(el) == ROWS)
            return el;
        return el == EL_TR || el == EL_TD || el == EL_TH ? EL_TBODY : EL_ROOT;
    case ROWS:
        return el == EL_TR || el == EL_TD || el == EL_TH ? EL_TR : EL_ROOT;
    case ROW:
        return el == EL_TD || el == EL_TH ? el : EL_ROOT;
    default:
        return EL_ROOT;
    }
}

/* The structure that a part needs around it, when it stands alone. */
static el_t
whole_for(el_t el)
{
    switch (el) {
    case EL_LI:
        return EL_UL;
    case EL_DT:
    case EL_DD:
        return EL_DL;
    default:
        return EL_ROOT;
    }
}

static bool
is_table_part(el_t el)
{
    kind_t kind = gov_markup__kind(el);

    return kind == ROWS || kind == ROW || el == EL_TD || el == EL_TH;
}

/* Makes t->at a place where EL (or EL_TEXT) may stand; false if there is none,
   then EL is unwrapped. */
static bool
make_room(tree_t *t, el_t el)
{
    for (;;) {
        kind_t kind = gov_markup__kind(t->at->el);
        el_t part;

        switch (kind) {
        case PARAGRAPH:
            if (el == EL_TEXT)
                return true;
            pop(t);
            break;
        case LABEL:
            if (el == EL_TEXT)
                return true;
            kind = gov_markup__kind(el);
            if (!gov_markup__is_heading(t->at->el)
                || (kind != LIST && kind != PAIRS && kind != TABLE
                    && kind != RULE && el != EL_FIGURE && el != EL_DETAILS))
                return false;
            pop(t);
            break;
        case LIST:
        case PAIRS:
        case TABLE:
        case ROWS:
        case ROW:
            part = part_for(kind, el);
            if (part == el && el != EL_TEXT)
                return true;
            if (part == EL_ROOT)
                pop(t);
            else if (el == EL_TEXT)
                push(t, part, NULL, true);
            else
                into(t, part);
            break;
        case ROOT:
            if (el == EL_TEXT) {
                push(t, EL_P, NULL, true);
                return true;
            }
            /* fall through */
        default:
            if (is_table_part(el))
                return false;
            if (whole_for(el) == EL_ROOT)
                return true;
            if (t->at->implied
                && part_for(gov_markup__kind(t->at->parent->el), el) == el)
                pop(t);
            else if (t->at->last && t->at->last->implied
                && t->at->last->el == whole_for(el)) {
                leave_inline(t);
                t->at = t->at->last;
            }
            else
                push(t, whole_for(el), NULL, true);
            break;
        }
    }
}

/* Where a block is unwrapped, its text must not run into its neighbours'. */
static void
separate(tree_t *t)
{
    if (t->at->el != EL_PRE)
        gov_markup__text(t, " ", 1);
    else if (!t->line_start)
        gov_markup__text(t, "\n", 1);
}

node_t *
gov_markup__open(tree_t *t, el_t el, const attrs_t *attrs)
{
    if (t->at->el == EL_DL && el == EL_DIV)
        return NULL;
    if (gov_markup__kind(t->at->el) == PARAGRAPH)
        pop(t);
    el = in_place(t, el);
    if (!make_room(t, el)) {
        separate(t);
        return NULL;
    }
    push(t, el, attrs, false);
    if (gov_markup__kind(el) == RULE) {
        pop(t);
        return NULL;
    }
    return t->at;
}

void
gov_markup__close(tree_t *t, node_t *node)
{
    kind_t kind;
    node_t *at;

    if (!node) {
        if (gov_markup__kind(t->at->el) == LABEL)
            separate(t);
        return;
    }
    for (at = t->at; at && at != node; at = at->parent)
        ;
    if (!at)
        return;                   /* something within ended it */
    leave_inline(t);
    t->at = node->parent;
    kind = gov_markup__kind(t->at->el);
    if (t->at->implied && (kind == LIST || kind == PAIRS))
        pop(t);
}

/* --- inline content ------------------------------------------------------- */

bool
gov_markup__begin(tree_t *t, el_t el, const attrs_t *attrs)
{
    bool bare = !attrs || attrs->count == 0;
    inline_t *in;

    if (t->n_wanted == MAX_INLINE
        || ((bare || el == EL_A) && is_idle(t, el, t->n_wanted)))
        return false;
    in = &t->wanted[t->n_wanted++];
    in->el = el;
    in->attrs = attrs;
    in->node = NULL;
    in->used = false;
    return true;
}

/* Does a text go on here? */
static bool
is_in_text(const tree_t *t)
{
    kind_t kind;

    if (!t->at->last)
        return false;
    kind = gov_markup__kind(t->at->last->el);
    return kind == TEXT || kind == INLINE || kind == LEAF;
}

/* An anchor without text in it marks the text that goes on here, or else what
   comes next. */
void
gov_markup__end(tree_t *t)
{
    inline_t *in = &t->wanted[t->n_wanted - 1];

    if (!in->used && has_id(in->attrs)) {
        if (is_in_text(t))
            enter_inline(t);
        else
            t->id = gov_markup__attr(in->attrs, "id");
    }
    t->n_wanted--;
    if (t->n_open > t->n_wanted)
        t->n_open = t->n_wanted;
}

/* White space is folded as browsers show it. */
static const char *
fold(apr_size_t *len, tree_t *t, const char *text)
{
    char *folded = apr_palloc(t->pool, *len + 1);
    apr_size_t i, n = 0;

    for (i = 0; i < *len; i++)
        if (!strchr(" \t\n\r\f", text[i])) {
            folded[n++] = text[i];
            t->blank = false;
        }
        else if (!t->blank) {
            folded[n++] = ' ';
            t->blank = true;
        }
    folded[n] = '\0';
    *len = n;
    return folded;
}

void
gov_markup__text(tree_t *t, const char *text, apr_size_t len)
{
    bool white = gov_markup__is_blank(text, len);
    kind_t kind = gov_markup__kind(t->at->el);
    node_t *node;

    if (len == 0 || (white && kind != BOX && kind != PARAGRAPH
                     && kind != LABEL))
        return;
    if (white && kind != LABEL && t->blank)
        return;
    if (!make_room(t, EL_TEXT))
        return;
    if (t->at->el != EL_PRE)
        text = fold(&len, t, text);
    else if (t->blank) {          /* a parser skips the first line end */
        while (len > 0 && *text == '\n') {
            text++;
            len--;
        }
        t->blank = len == 0;
    }
    if (len == 0)
        return;
    t->line_start = text[len - 1] == '\n';
    enter_inline(t);
    place_anchor(t);
    node = create(t, innermost(t), EL_TEXT, NULL);
    node->text = text;
    node->len = len;
    t->last_text = t->at->el != EL_PRE && text[len - 1] == ' ' ? node : NULL;
}

void
gov_markup__leaf(tree_t *t, el_t el, const attrs_t *attrs)
{
    if (!make_room(t, EL_TEXT))
        return;
    if (el == EL_BR && t->at->el == EL_PRE) {
        gov_markup__text(t, "\n", 1);
        return;
    }
    enter_inline(t);
    if (el == EL_BR)
        trim(t);
    place_anchor(t);
    create(t, innermost(t), el, attrs);
    t->last_text = NULL;
    t->blank = el == EL_BR;
}

/* --- the whole ------------------------------------------------------------ */

tree_t *
gov_markup__tree(apr_size_t source_len, apr_pool_t *pool)
{
    tree_t *t = apr_pcalloc(pool, sizeof(*t));

    t->pool = pool;
    t->root = t->at = apr_pcalloc(pool, sizeof(*t->root));
    t->blank = true;
    /* "<b>x" is the shortest source of two; inline elements may be repeated
       in some blocks, but not without end */
    t->nodes_left = 10000 + source_len / 2;
    return t;
}

bool
gov_markup__failed(const tree_t *t)
{
    return t->failed;
}

node_t *
gov_markup__finish(tree_t *t)
{
    leave_inline(t);
    return t->root;
}
