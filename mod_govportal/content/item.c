/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/item.c -- a list entry as compact text.

   A home page reads some eighty entries; a format that is split in place costs
   a tenth of parsing JSON.  The entry's tag stands behind it, so it goes wherever
   the entry is copied: into heads, to neighbours. */

#include <stdlib.h>
#include <string.h>

#include "content_priv.h"

#define US '\x1f'
#define RS '\x1e'
#define GS '\x1d'
#define TAG_BYTES 16              /* of the digest */

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
gov_content__item_decode(char *text, apr_pool_t *pool)
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

/* What a tag covers: the entry and where it stands. */
static bool
entry_mac(unsigned char mac[GOV_MAC_SIZE], const gov_keys_t *keys, int key,
          const gov_content__bind_t *bind, const char *text, apr_size_t len,
          apr_pool_t *pool)
{
    gov_buf_t *all = gov_buf_create(len + 64, pool);
    gov_bytes_t bytes;

    gov_buf_printf(all, "entry\n%" APR_INT64_T_FMT "\n%" APR_INT64_T_FMT "\n",
                   bind->site, bind->column);
    gov_buf_add(all, text, len);
    bytes.data = all->data;
    bytes.len = all->len;
    return gov_mac(mac, keys, key, GOV_PURPOSE_EDITION, bytes);
}

const char *
gov_content__item_seal(const char *text, const gov_keys_t *keys,
                       const gov_content__bind_t *bind, apr_pool_t *pool)
{
    int key = keys ? gov_keys_current(keys) : 0;
    unsigned char mac[GOV_MAC_SIZE];

    if (!key || !entry_mac(mac, keys, key, bind, text, strlen(text), pool))
        return text;
    return apr_psprintf(pool, "%s\x1d%d:%s", text, key,
                        gov_hex(mac, TAG_BYTES, pool));
}

/* An entry of a home column stands where it says itself. */
static gov_content__bind_t
at_home(const gov_content__bind_t *bind, const char *text)
{
    gov_content__bind_t found = *bind;
    char *end;

    if (found.column == GOV_CONTENT__HOME) {
        (void)apr_strtoi64(text, &end, 10);
        found.site = *end == US ? apr_strtoi64(end + 1, &end, 10) : 0;
        found.column = *end == US ? apr_strtoi64(end + 1, &end, 10) : 0;
    }
    return found;
}

const char *
gov_content__item_wrong(bool *untagged, const gov_keys_t *keys, bool strict,
                        const gov_content__bind_t *bind, const char *text,
                        apr_pool_t *pool)
{
    const char *tag = strrchr(text, GS), *hex;
    gov_content__bind_t place = at_home(bind, text);
    unsigned char mac[GOV_MAC_SIZE], said[TAG_BYTES];

    *untagged = !tag;
    if (!tag)
        return strict ? "an entry has no tag" : NULL;
    hex = strchr(tag, ':');
    if (!hex || !gov_unhex(said, TAG_BYTES, hex + 1))
        return "an entry's tag is damaged";
    if (!entry_mac(mac, keys, atoi(tag + 1), &place, text,
                   (apr_size_t)(tag - text), pool))
        return "an entry's tag has a key that the ring has not";
    return gov_same(mac, said, TAG_BYTES) ? NULL : "an entry was changed";
}

int
gov_content__item_key(const char *text)
{
    const char *tag = strrchr(text, GS);

    return tag ? atoi(tag + 1) : 0;
}

const char *
gov_content__item_retag(const char *text, const gov_keys_t *keys,
                        const gov_content__bind_t *bind, apr_pool_t *pool)
{
    gov_content__bind_t place = at_home(bind, text);
    const char *tag = strrchr(text, GS);
    bool untagged;

    if (!tag || gov_content__item_wrong(&untagged, keys, true, bind, text,
                                        pool))
        return NULL;
    return gov_content__item_seal(apr_pstrmemdup(pool, text,
                                                 (apr_size_t)(tag - text)),
                                  keys, &place, pool);
}

gov_err_t *
gov_content__item_read(gov_item_t **item, const gov_content__bind_t *bind,
                       char *text, apr_pool_t *pool)
{
    const gov_guard_t *guard = bind->guard;

    if (guard && guard->keys) {
        bool untagged;
        const char *wrong = gov_content__item_wrong(&untagged, guard->keys,
                                                    guard->strict, bind, text,
                                                    pool);

        if (wrong) {
            gov_content__bind_t place = at_home(bind, text);

            return gov_content__alarm(
                guard, place.site, place.column
                    ? apr_psprintf(pool, "column:%" APR_INT64_T_FMT,
                                   place.column)
                    : "keywords", wrong, untagged, pool);
        }
    }
    *item = gov_content__item_decode(text, pool);
    return NULL;
}

/* The next line of a head: *AT moves behind it; NULL after the last. */
static char *
next_line(const char **at, apr_pool_t *pool)
{
    const char *end = strchr(*at, '\n');
    apr_size_t len = end ? (apr_size_t)(end - *at) : strlen(*at);
    char *line;

    if (!**at)
        return NULL;
    line = apr_pstrmemdup(pool, *at, len);
    *at += len + (end != NULL);
    return line;
}

bool
gov_content__head_mac(unsigned char mac[GOV_MAC_SIZE], const gov_keys_t *keys,
                      int key, const gov_content__head_t *head,
                      apr_pool_t *pool)
{
    gov_buf_t *all = gov_buf_create(2048, pool);
    const char *at = head->items, *end, *tag;
    gov_bytes_t bytes;

    gov_buf_printf(all, "head\n%" APR_INT64_T_FMT "\n%" APR_INT64_T_FMT
                   "\n%s\n%" APR_INT64_T_FMT "\n%" APR_INT64_T_FMT "\n%"
                   APR_INT64_T_FMT "\n", head->site, head->column, head->lang,
                   head->open_page, head->open_count, head->total);
    for (; *at; at = *end ? end + 1 : end) {
        end = at + strcspn(at, "\n");
        for (tag = end; tag > at && tag[-1] != GS; tag--)
            ;
        gov_buf_add(all, tag, tag > at ? (apr_size_t)(end - tag) : 0);
        gov_buf_add(all, "\n", 1);
    }
    bytes.data = all->data;
    bytes.len = all->len;
    return gov_mac(mac, keys, key, GOV_PURPOSE_EDITION, bytes);
}

const char *
gov_content__head_wrong(bool *untagged, const gov_keys_t *keys, bool strict,
                        const gov_content__head_t *head, apr_pool_t *pool)
{
    unsigned char mac[GOV_MAC_SIZE];

    *untagged = !head->tag.data;
    if (!head->tag.data)
        return strict ? "a column's head has no tag" : NULL;
    if (!gov_content__head_mac(mac, keys, head->tag_key, head, pool))
        return "a column's head has a key that the ring has not";
    return head->tag.len == sizeof(mac)
           && gov_same(mac, head->tag.data, sizeof(mac))
        ? NULL : "a column's head was changed";
}

gov_err_t *
gov_content__items_read(apr_array_header_t **result,
                        const gov_content__bind_t *bind, const char *text,
                        int max, apr_pool_t *pool)
{
    apr_array_header_t *items = apr_array_make(pool, max ? max : 1,
                                               sizeof(gov_item_t));
    const char *at = text;
    char *line;

    while (items->nelts < max && (line = next_line(&at, pool)) != NULL) {
        gov_item_t *item;

        GOV_TRY(gov_content__item_read(&item, bind, line, pool));
        APR_ARRAY_PUSH(items, gov_item_t) = *item;
    }
    *result = items;
    return NULL;
}

gov_err_t *
gov_content__head_read(apr_array_header_t **items, const gov_guard_t *guard,
                       const gov_content__head_t *head, int max,
                       apr_pool_t *pool)
{
    gov_content__bind_t bind = { guard, head->site, head->column };

    if (guard && guard->keys) {
        bool untagged;
        const char *wrong = gov_content__head_wrong(&untagged, guard->keys,
                                                    guard->strict, head, pool);

        if (wrong)
            return gov_content__alarm(
                guard, head->site, apr_psprintf(pool, "column:%"
                                                APR_INT64_T_FMT, head->column),
                wrong, untagged, pool);
    }
    return gov_content__items_read(items, &bind, head->items, max, pool);
}
