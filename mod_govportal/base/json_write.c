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

/* Bytes that cannot stand in a string as they are.  '<' occurs inside strings only,
   where an escape may stand for it: without it no "</script>" and no "<!--" can
   come about. */
static bool
is_plain(unsigned char byte, bool in_html)
{
    return byte >= 0x20 && byte != '"' && byte != '\\'
        && (byte != '<' || !in_html);
}

static void
print_string(gov_buf_t *buf, const char *text, apr_size_t len, bool in_html)
{
    static const char controls[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *end = text + len, *at;

    gov_buf_add(buf, "\"", 1);
    for (;; text = at + 1) {
        const char *named;
        char escape[8];

        for (at = text; at < end && is_plain((unsigned char)*at, in_html); at++)
            ;
        gov_buf_add(buf, text, (apr_size_t)(at - text));
        if (at == end)
            break;
        named = strchr(controls, *at);
        if (named && *named) {
            escape[0] = '\\';
            escape[1] = letters[named - controls];
            gov_buf_add(buf, escape, 2);
        }
        else {
            apr_snprintf(escape, sizeof(escape), "\\u%04x",
                         (unsigned)(unsigned char)*at);
            gov_buf_add(buf, escape, 6);
        }
    }
    gov_buf_add(buf, "\"", 1);
}

static void
print_number(gov_buf_t *buf, const json_t *value)
{
    char digits[64];
    size_t len = json_dumpb(value, digits, sizeof(digits), JSON_ENCODE_ANY);

    gov_assert(len > 0 && len <= sizeof(digits));
    gov_buf_add(buf, digits, len);
}

/* jansson's own printer decodes every character and calls back for every word: a
   tenth of an article's time went there. */
static void
print(gov_buf_t *buf, json_t *value, bool in_html)
{
    const char *key;
    json_t *member;
    size_t i;
    void *at;

    switch (json_typeof(value)) {
    case JSON_OBJECT:
        gov_buf_add(buf, "{", 1);
        for (at = json_object_iter(value); at;) {
            key = json_object_iter_key(at);
            print_string(buf, key, strlen(key), in_html);
            gov_buf_add(buf, ":", 1);
            print(buf, json_object_iter_value(at), in_html);
            at = json_object_iter_next(value, at);
            if (at)
                gov_buf_add(buf, ",", 1);
        }
        gov_buf_add(buf, "}", 1);
        break;
    case JSON_ARRAY:
        gov_buf_add(buf, "[", 1);
        json_array_foreach(value, i, member) {
            if (i)
                gov_buf_add(buf, ",", 1);
            print(buf, member, in_html);
        }
        gov_buf_add(buf, "]", 1);
        break;
    case JSON_STRING:
        print_string(buf, json_string_value(value), json_string_length(value),
                     in_html);
        break;
    case JSON_TRUE:
        gov_buf_add(buf, "true", 4);
        break;
    case JSON_FALSE:
        gov_buf_add(buf, "false", 5);
        break;
    case JSON_NULL:
        gov_buf_add(buf, "null", 4);
        break;
    default:
        print_number(buf, value);
    }
}

const char *
gov_json_dump(const gov_json_t *value, bool in_html, apr_pool_t *pool)
{
    gov_buf_t *buf = gov_buf_create(2048, pool);

    print(buf, gov_base__json(value), in_html);
    return buf->data;
}

gov_json_t *
gov_json_copy(const gov_json_t *value, apr_pool_t *pool)
{
    return gov_base__json_keep(json_copy(gov_base__json(value)), pool);
}
