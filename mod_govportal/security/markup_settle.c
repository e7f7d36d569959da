/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_settle.c -- finishes a tree: what can only be seen when all of it is
 * there.
 */

#include <string.h>

#include "markup_priv.h"

/* White space and the blanks that word processors put into empty lines: U+00A0,
   U+3000, and U+200B, U+FEFF, which have no width. */
static bool
has_letters(const char *text, apr_size_t len)
{
    static const char *const blanks[] = {
        " ", "\t", "\n", "\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\x8B",
        "\xEF\xBB\xBF"
    };
    const char *end = text + len;

    while (text < end) {
        apr_size_t i, n = sizeof(blanks) / sizeof(*blanks);

        for (i = 0; i < n; i++)
            if ((apr_size_t)(end - text) >= strlen(blanks[i])
                && !memcmp(text, blanks[i], strlen(blanks[i])))
                break;
        if (i == n)
            return true;
        text += strlen(blanks[i]);
    }
    return false;
}

/* Something to see, or an address that a link may lead to. */
static bool
is_visible(const node_t *node)
{
    const node_t *child;

    if (node->el == EL_IMG || gov_markup__attr(node->attrs, "id"))
        return true;
    if (node->el == EL_TEXT)
        return has_letters(node->text, node->len);
    for (child = node->first; child; child = child->next)
        if (is_visible(child))
            return true;
    return false;
}

static node_t *
child_of(const node_t *node, el_t el)
{
    node_t *child = node->first;

    while (child && child->el != el)
        child = child->next;
    return child;
}

static const node_t *
skip(const node_t *node, el_t el)
{
    return node && node->el == el ? node->next : NULL;
}

/* Bases, each with its annotation, which may have parentheses around it. */
static bool
is_ruby(const node_t *child)
{
    bool based;

    do {
        for (based = false; child && child->el != EL_RT && child->el != EL_RP;
             child = child->next)
            based = true;
        if (!based || !child)
            return false;
        if (child->el == EL_RP) {
            child = skip(child->next, EL_RT);
            if (!child || child->el != EL_RP)
                return false;
        }
        child = child->next;
    } while (child);
    return true;
}

static void
settle_ruby(node_t *ruby)
{
    node_t *child, *next;

    if (is_ruby(ruby->first))
        return;
    for (child = ruby->first; child; child = next) {
        next = child->next;
        if (child->el == EL_RT || child->el == EL_RP)
            gov_markup__unwrap(child);
    }
    gov_markup__unwrap(ruby);
}

static void
settle_details(node_t *details)
{
    node_t *summary = child_of(details, EL_SUMMARY);

    if (!summary)
        details->el = EL_DIV;
    else if (summary != details->first) {
        gov_markup__remove(summary);
        gov_markup__put_before(details->first, summary);
    }
}

static void
settle_figure(node_t *figure)
{
    node_t *caption = child_of(figure, EL_FIGCAPTION);

    if (caption && caption->prev && caption->next) {
        gov_markup__remove(caption);
        gov_markup__append(figure, caption);
    }
}

/* Is NODE, whose children are settled, worth keeping? */
static bool
is_wanted(const node_t *node)
{
    switch (gov_markup__kind(node->el)) {
    case PARAGRAPH:
    case LABEL:
        return is_visible(node);
    case BOX:
        if (node->el == EL_TD || node->el == EL_TH || node->el == EL_DD
            || (node->el == EL_LI && node->parent->el == EL_OL))
            return true;
        return node->first || gov_markup__attr(node->attrs, "id");
    case INLINE:
        return node->first || gov_markup__attr(node->attrs, "id");
    case LIST:
    case PAIRS:
    case TABLE:
        return node->first != NULL;
    default:
        return true;
    }
}

/* Terms and what they mean take turns; what does not is a plain list. */
static void
settle_pairs(node_t *dl)
{
    const node_t *child;
    node_t *item, *next;
    bool good = dl->first->el == EL_DT && dl->last->el == EL_DD;

    for (child = dl->first; child; child = child->next)
        good &= child->el == EL_DT || child->el == EL_DD;
    if (good)
        return;
    dl->el = EL_UL;
    for (item = dl->first; item; item = next) {
        next = item->next;
        item->el = EL_LI;
        if (!is_wanted(item))
            gov_markup__remove(item);
    }
    if (!is_wanted(dl))
        gov_markup__remove(dl);
}

/* Returns whether there is a heading in NODE; NODE may be gone then. */
static bool
settle(node_t *node, apr_pool_t *pool)
{
    bool headed = gov_markup__is_heading(node->el);
    node_t *child, *next;

    for (child = node->first; child; child = next) {
        next = child->next;
        headed |= settle(child, pool);
    }
    if (!is_wanted(node)) {
        gov_markup__remove(node);
        return headed && !gov_markup__is_heading(node->el);
    }
    switch (node->el) {
    case EL_SECTION:
        if (!headed)
            node->el = EL_DIV;
        break;
    case EL_RT:
    case EL_RP:
        if (node->parent->el != EL_RUBY)
            gov_markup__unwrap(node);
        break;
    case EL_RUBY:
        settle_ruby(node);
        break;
    case EL_DETAILS:
        settle_details(node);
        break;
    case EL_FIGURE:
        settle_figure(node);
        break;
    case EL_DL:
        settle_pairs(node);
        break;
    case EL_TABLE:
        gov_markup__settle_table(node, pool);
        break;
    default:
        break;
    }
    return headed;
}

/* The outline decides: a heading is one below the last one that was higher in
   the source. */
typedef struct outline_t {
    el_t open[6];
    int n_open;
    int top;
} outline_t;

static void
set_levels(node_t *node, outline_t *outline)
{
    node_t *child;
    int level;

    if (gov_markup__is_heading(node->el)) {
        while (outline->n_open > 0
               && outline->open[outline->n_open - 1] >= node->el)
            outline->n_open--;
        outline->open[outline->n_open] = node->el;
        level = outline->top + outline->n_open++;
        node->el = EL_H1 + (level < 6 ? level : 6) - 1;
    }
    for (child = node->first; child; child = child->next)
        set_levels(child, outline);
}

void
gov_markup__settle(node_t *root, int top_heading, apr_pool_t *pool)
{
    outline_t outline = { { EL_ROOT }, 0, 0 };
    node_t *child, *next;

    outline.top = top_heading < 1 ? 1 : top_heading > 6 ? 6 : top_heading;
    for (child = root->first; child; child = next) {
        next = child->next;
        settle(child, pool);
    }
    set_levels(root, &outline);
}
