/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* json_write.c -- building and printing JSON. */

#include <jansson.h>
#include <string.h>

#include "base_priv.h"

gov_json_t *
gov_json_object(apr_pool_t *pool)
{
    return gov_base__json_keep(json_object(), pool);
}

gov_json_t *
gov_json_array(apr_pool_t *pool)
{
    return gov_base__json_keep(json_array(), pool);
}

/* jansson refuses what is not UTF-8; then what can be read of it is better
   than nothing. */
static json_t *
string_of(const char *text)
{
    json_t *value = json_string(text);
    apr_pool_t *pool;

    if (!value) {
        apr_pool_create(&pool, NULL);
        value = json_string(gov_text_repair(text, strlen(text), pool));
        apr_pool_destroy(pool);
    }
    return value;
}

/* Steals VALUE.  Fails only for keys that are not UTF-8 and for values put
   into themselves: mistakes of ours. */
static void
set(gov_json_t *obj, const char *key, json_t *value)
{
    int failed = json_object_set_new(gov_base__json(obj), key, value);

    gov_assert(!failed);
}

void
gov_json_set(gov_json_t *obj, const char *key, const char *value)
{
    if (value)
        set(obj, key, string_of(value));
}

void
gov_json_set_int(gov_json_t *obj, const char *key, apr_int64_t v)
{
    set(obj, key, json_integer(v));
}

void
gov_json_set_bool(gov_json_t *obj, const char *key, bool v)
{
    set(obj, key, json_boolean(v));
}

void
gov_json_put(gov_json_t *obj, const char *key, gov_json_t *value)
{
    if (value)
        set(obj, key, json_incref(gov_base__json(value)));
}

static void
append(gov_json_t *array, json_t *value)
{
    int failed = json_array_append_new(gov_base__json(array), value);

    gov_assert(!failed);
}

void
gov_json_add(gov_json_t *array, gov_json_t *value)
{
    if (value)
        append(array, json_incref(gov_base__json(value)));
}

void
gov_json_add_str(gov_json_t *array, const char *value)
{
    if (value)
        append(array, string_of(value));
}

static int
print(const char *data, size_t len, void *baton)
{
    gov_buf_add(baton, data, len);
    return 0;
}

/* '<' occurs inside strings only, where an escape may stand for it.  Without it
   no "</script>" and no "<!--" can come about. */
static int
print_in_html(const char *data, size_t len, void *baton)
{
    const char *end = data + len, *at;

    while ((at = memchr(data, '<', end - data)) != NULL) {
        gov_buf_add(baton, data, at - data);
        gov_buf_str(baton, "\\u003c");
        data = at + 1;
    }
    gov_buf_add(baton, data, end - data);
    return 0;
}

const char *
gov_json_dump(const gov_json_t *value, bool in_html, apr_pool_t *pool)
{
    gov_buf_t *buf = gov_buf_create(256, pool);
    int failed = json_dump_callback(gov_base__json(value),
                                    in_html ? print_in_html : print, buf,
                                    JSON_COMPACT | JSON_ENCODE_ANY);

    gov_assert(!failed);
    return buf->data;
}
