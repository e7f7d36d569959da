/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/item.c -- a list entry as compact text.

   A home page reads some eighty entries; a format that is split in place costs
   a tenth of parsing JSON. */

#include <string.h>

#include "content_priv.h"

#define US '\x1f'
#define RS '\x1e'

static void
put(gov_buf_t *out, const char *text)
{
    if (text) {
        const char *at;

        for (at = text; *at; at++) {
            if ((unsigned char)*at < 0x20) {
                /* never in checked text; keeps the format safe regardless */
                gov_buf_add(out, text, (apr_size_t)(at - text));
                gov_buf_add(out, " ", 1);
                text = at + 1;
            }
        }
        gov_buf_add(out, text, (apr_size_t)(at - text));
    }
    gov_buf_add(out, "\x1f", 1);
}

const char *
gov_content__item_text(const gov_item_t *item, apr_pool_t *pool)
{
    gov_buf_t *out = gov_buf_create(512, pool);
    int i;

    gov_buf_printf(out, "%" APR_INT64_T_FMT "\x1f%" APR_INT64_T_FMT "\x1f%"
                   APR_INT64_T_FMT "\x1f", item->document, item->site,
                   item->column);
    put(out, item->type);
    put(out, item->lang);
    gov_buf_printf(out, "%" APR_INT64_T_FMT "\x1f%" APR_INT64_T_FMT
                   "\x1f%d\x1f", item->published, item->updated,
                   item->pinned ? 1 : 0);
    put(out, item->title);
    put(out, item->summary);
    put(out, item->source);
    put(out, item->picture);
    put(out, item->picture_name);
    gov_buf_printf(out, "%d\x1f%d\x1f", item->width, item->height);
    put(out, item->alt);
    put(out, item->url);
    for (i = 0; item->fields && i < item->fields->nelts; i++) {
        const gov_item_field_t *field =
            &APR_ARRAY_IDX(item->fields, i, gov_item_field_t);

        gov_buf_add(out, "\x1e", 1);
        put(out, field->name);
        put(out, field->value);
    }
    return out->data;
}

/* The next field: cuts it off at its separator. */
static char *
next(char **at)
{
    char *field = *at;
    char *end = strchr(field, US);

    if (end) {
        *end = '\0';
        *at = end + 1;
    }
    else
        *at = field + strlen(field);
    return field;
}

static const char *
text_or_null(char **at)
{
    char *field = next(at);

    return *field ? field : NULL;
}

/* The next field as a number; what item_text() wrote needs no more care. */
static apr_int64_t
number(char **at)
{
    apr_int64_t value = 0;

    while (apr_isdigit(**at))
        value = value * 10 + (*(*at)++ - '0');
    if (**at == US)
        (*at)++;
    return value;
}

gov_item_t *
gov_content__item_read(char *text, apr_pool_t *pool)
{
    gov_item_t *item = apr_palloc(pool, sizeof(*item));
    char *at = text;

    item->document = number(&at);
    item->site = number(&at);
    item->column = number(&at);
    item->type = next(&at);
    item->lang = next(&at);
    item->published = number(&at);
    item->updated = number(&at);
    item->pinned = number(&at) == 1;
    item->title = next(&at);
    item->summary = text_or_null(&at);
    item->source = text_or_null(&at);
    item->picture = text_or_null(&at);
    item->picture_name = text_or_null(&at);
    item->width = (int)number(&at);
    item->height = (int)number(&at);
    item->alt = text_or_null(&at);
    item->url = text_or_null(&at);
    item->fields = NULL;
    while (*at == RS) {
        gov_item_field_t *field;

        at++;
        if (!item->fields)
            item->fields = apr_array_make(pool, 4, sizeof(gov_item_field_t));
        field = apr_array_push(item->fields);
        field->name = next(&at);
        field->value = next(&at);
    }
    return item;
}

apr_array_header_t *
gov_content__items_read(const char *text, int max, apr_pool_t *pool)
{
    apr_array_header_t *items = apr_array_make(pool, max ? max : 1,
                                               sizeof(gov_item_t));
    const char *at = text;

    while (*at && items->nelts < max) {
        const char *end = strchr(at, '\n');
        apr_size_t len = end ? (apr_size_t)(end - at) : strlen(at);

        APR_ARRAY_PUSH(items, gov_item_t) =
            *gov_content__item_read(apr_pstrmemdup(pool, at, len), pool);
        at += len + (end != NULL);
    }
    return items;
}
