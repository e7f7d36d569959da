/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_write.c -- a finished tree as XHTML that HTML's parsers read alike, and
 * as plain text.
 */

#include <string.h>

#include "markup_priv.h"

static void
open_tag(gov_buf_t *out, const char *name, const attrs_t *attrs, bool empty)
{
    int i;

    gov_buf_str(out, "<");
    gov_buf_str(out, name);
    for (i = 0; attrs && i < attrs->count; i++)
        gov_buf_printf(out, " %s=\"%s\"", attrs->list[i].name,
                       gov_text_xml(attrs->list[i].value, out->pool));
    gov_buf_str(out, empty ? "/>" : ">");
}

static void
close_tag(gov_buf_t *out, const char *name)
{
    gov_buf_str(out, "</");
    gov_buf_str(out, name);
    gov_buf_str(out, ">");
}

/* Only what HTML calls void may be written as empty. */
static void
write_node(gov_buf_t *out, const node_t *node)
{
    static const attrs_t frame = { 1, { { "class", "gov-table" } } };
    const char *name = gov_markup__name(node->el), *box;
    kind_t kind = gov_markup__kind(node->el);
    const node_t *child;

    if (kind == TEXT) {
        gov_buf_str(out, gov_text_xml(apr_pstrmemdup(out->pool, node->text,
                                                     node->len), out->pool));
        return;
    }
    if (kind == LEAF || kind == RULE) {
        open_tag(out, name, node->attrs, true);
        return;
    }
    box = node->el == EL_TABLE ? gov_markup__name(EL_DIV) : NULL;
    if (box)
        open_tag(out, box, &frame, false);
    open_tag(out, name, node->attrs, false);
    for (child = node->first; child; child = child->next)
        write_node(out, child);
    close_tag(out, name);
    if (box)
        close_tag(out, box);
}

void
gov_markup__write(gov_buf_t *out, const node_t *root)
{
    const node_t *child;

    for (child = root->first; child; child = child->next) {
        write_node(out, child);
        gov_buf_str(out, "\n");
    }
}

static void
break_line(gov_buf_t *out, char with)
{
    while (out->len > 0 && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
    if (out->len > 0 && out->data[out->len - 1] != '\n')
        gov_buf_add(out, &with, 1);
}

void
gov_markup__write_text(gov_buf_t *out, const node_t *node)
{
    kind_t kind = gov_markup__kind(node->el);
    bool block = kind != TEXT && kind != INLINE && kind != LEAF;
    bool cell = node->el == EL_TD || node->el == EL_TH;
    const node_t *child;

    if (kind == TEXT) {
        gov_buf_add(out, node->text, node->len);
        return;
    }
    if (node->el == EL_BR || (block && !cell))
        break_line(out, '\n');
    for (child = node->first; child; child = child->next)
        gov_markup__write_text(out, child);
    if (block)
        break_line(out, cell && node->next ? ' ' : '\n');
    if (kind == ROOT && out->len > 0)
        out->data[--out->len] = '\0';
}
