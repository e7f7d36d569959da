/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* xml_write.c -- writing XML that is always well-formed. */

#include <apr_lib.h>
#include <string.h>

#include "base_priv.h"
#include "gov_xml.h"

/* An open element, by the place of its name in what was written. */
typedef struct open_t {
    apr_size_t name, len;
} open_t;

struct gov_xmlw_t {
    gov_buf_t *out;
    apr_array_header_t *open;
    bool in_tag;                  /* "<name ..." still lacks its '>' */
};

gov_xmlw_t *
gov_xmlw_create(gov_buf_t *out, apr_pool_t *pool)
{
    gov_xmlw_t *w = apr_palloc(pool, sizeof(*w));

    w->out = out;
    w->open = apr_array_make(pool, 16, sizeof(open_t));
    w->in_tag = false;
    return w;
}

/* Names come from our code and our type files, so a bad one is a mistake of
   ours, not of a visitor. */
static bool
is_name(const char *name)
{
    if (!apr_isalpha(*name) && *name != '_')
        return false;
    while (*++name)
        if (!apr_isalnum(*name) && !strchr("_-.:", *name))
            return false;
    return true;
}

static void
end_tag(gov_xmlw_t *w)
{
    if (w->in_tag)
        gov_buf_add(w->out, ">", 1);
    w->in_tag = false;
}

void
gov_xmlw_open(gov_xmlw_t *w, const char *name)
{
    open_t *open;

    gov_assert(is_name(name));
    end_tag(w);
    gov_buf_add(w->out, "<", 1);
    open = apr_array_push(w->open);
    open->name = w->out->len;
    open->len = strlen(name);
    gov_buf_add(w->out, name, open->len);
    w->in_tag = true;
}

void
gov_xmlw_attr(gov_xmlw_t *w, const char *name, const char *value)
{
    gov_assert(w->in_tag && is_name(name));
    if (!value)
        return;
    gov_buf_add(w->out, " ", 1);
    gov_buf_str(w->out, name);
    gov_buf_add(w->out, "=\"", 2);
    gov_base__xml_escape(w->out, value, true);
    gov_buf_add(w->out, "\"", 1);
}

void
gov_xmlw_text(gov_xmlw_t *w, const char *text)
{
    gov_assert(w->open->nelts > 0);
    if (!text || !*text)
        return;
    end_tag(w);
    gov_base__xml_escape(w->out, text, false);
}

void
gov_xmlw_close(gov_xmlw_t *w)
{
    const open_t *open = apr_array_pop(w->open);

    gov_assert(open != NULL);
    if (w->in_tag) {
        gov_buf_add(w->out, "/>", 2);
        w->in_tag = false;
        return;
    }
    gov_buf_room(w->out, open->len + 3);
    gov_buf_add(w->out, "</", 2);
    gov_buf_add(w->out, w->out->data + open->name, open->len);
    gov_buf_add(w->out, ">", 1);
}

void
gov_xmlw_leaf(gov_xmlw_t *w, const char *name, const char *text)
{
    gov_xmlw_open(w, name);
    gov_xmlw_text(w, text);
    gov_xmlw_close(w);
}
