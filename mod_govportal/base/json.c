/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* json.c -- reading JSON. */

#include <jansson.h>
#include <string.h>

#include "base_priv.h"

#define DEPTH_MAX 32
/* gov_json_key() walks from the first member each time; this bounds what a
   hostile object can make a caller's loop cost. */
#define MEMBERS_MAX 1024

json_t *
gov_base__json(const gov_json_t *value)
{
    return (json_t *)value;
}

static apr_status_t
release(void *value)
{
    json_decref(value);
    return APR_SUCCESS;
}

gov_json_t *
gov_base__json_keep(json_t *value, apr_pool_t *pool)
{
    gov_assert(value != NULL);
    apr_pool_cleanup_register(pool, value, release, apr_pool_cleanup_null);
    return (gov_json_t *)value;
}

/* --- parsing ------------------------------------------------------------ */

/* Where in DATA nesting passes the limit, or NULL.  Asked before parsing,
   because the parser calls itself for each level and threads' stacks are
   small. */
static const char *
too_deep(const char *data, apr_size_t len)
{
    const char *end = data + len;
    bool in_text = false;
    int depth = 0;

    for (; data < end; data++)
        switch (*data) {
        case '"':
            in_text = !in_text;
            break;
        case '\\':
            data += in_text;
            break;
        case '[':
        case '{':
            if (!in_text && ++depth > DEPTH_MAX)
                return data;
            break;
        case ']':
        case '}':
            depth -= !in_text;
            break;
        }
    return NULL;
}

static gov_err_t *
fail_at(const char *data, const char *place, const char *what,
        apr_pool_t *pool)
{
    int line = 1, column = 1;

    for (; data < place; data++) {
        column++;
        if (*data == '\n') {
            line++;
            column = 1;
        }
    }
    return gov_err(GOV_E_INVALID, NULL, pool, "JSON, line %d, column %d: %s",
                   line, column, what);
}

/* What the parser lets pass and we do not: names what is wrong with VALUE, or
   makes its strings valid text and returns NULL. */
static const char *
settle(json_t *value, apr_pool_t *pool)
{
    const char *text, *fault;
    json_t *member;
    size_t i;

    if (json_is_string(value)) {
        text = json_string_value(value);
        i = json_string_length(value);
        if (!gov_text_valid(text, i))
            json_string_set(value, gov_text_repair(text, i, pool));
    }
    else if (json_is_array(value)) {
        json_array_foreach(value, i, member)
            if ((fault = settle(member, pool)) != NULL)
                return fault;
    }
    else if (json_is_object(value)) {
        if (json_object_size(value) > MEMBERS_MAX)
            return "an object has too many members";
        json_object_foreach(value, text, member) {
            if (!gov_text_valid(text, strlen(text)))
                return "a key has control characters";
            if ((fault = settle(member, pool)) != NULL)
                return fault;
        }
    }
    return NULL;
}

gov_err_t *
gov_json_parse(const gov_json_t **value, const char *data, apr_size_t len,
               apr_pool_t *pool)
{
    const char *deep = too_deep(data, len), *fault;
    const gov_json_t *kept;
    json_error_t error;
    json_t *parsed;

    if (deep)
        return fail_at(data, deep, "nested too deeply", pool);
    parsed = json_loadb(data, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
                        &error);
    if (!parsed)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "JSON, line %d, column %d: %s", error.line,
                       error.column, error.text);
    kept = gov_base__json_keep(parsed, pool);
    fault = settle(parsed, pool);
    if (fault)
        return gov_err(GOV_E_INVALID, NULL, pool, "JSON: %s", fault);
    *value = kept;
    return NULL;
}

/* --- looking ------------------------------------------------------------ */

const gov_json_t *
gov_json_get(const gov_json_t *obj, const char *key)
{
    return (const gov_json_t *)json_object_get(gov_base__json(obj), key);
}

const char *
gov_json_text(const gov_json_t *value)
{
    return json_string_value(gov_base__json(value));
}

const char *
gov_json_str(const gov_json_t *obj, const char *key)
{
    return gov_json_text(gov_json_get(obj, key));
}

bool
gov_json_bool(const gov_json_t *obj, const char *key, bool dflt)
{
    const json_t *value = gov_base__json(gov_json_get(obj, key));

    return json_is_boolean(value) ? json_is_true(value) : dflt;
}

apr_int64_t
gov_json_int(const gov_json_t *obj, const char *key, apr_int64_t dflt)
{
    const json_t *value = gov_base__json(gov_json_get(obj, key));

    return json_is_integer(value) ? json_integer_value(value) : dflt;
}

apr_size_t
gov_json_count(const gov_json_t *array_or_object)
{
    const json_t *value = gov_base__json(array_or_object);

    return json_is_array(value) ? json_array_size(value)
                                : json_object_size(value);
}

const gov_json_t *
gov_json_at(const gov_json_t *array, apr_size_t i)
{
    return (const gov_json_t *)json_array_get(gov_base__json(array), i);
}

const char *
gov_json_key(const gov_json_t *obj, apr_size_t i, const gov_json_t **value)
{
    json_t *object = gov_base__json(obj);
    void *at = json_object_iter(object);

    while (at && i-- > 0)
        at = json_object_iter_next(object, at);
    if (!at)
        return NULL;
    if (value)
        *value = (const gov_json_t *)json_object_iter_value(at);
    return json_object_iter_key(at);
}

gov_json_kind_t
gov_json_kind(const gov_json_t *value)
{
    if (!value)
        return GOV_JSON_OTHER;
    switch (json_typeof(gov_base__json(value))) {
    case JSON_OBJECT:
        return GOV_JSON_OBJECT;
    case JSON_ARRAY:
        return GOV_JSON_ARRAY;
    case JSON_STRING:
        return GOV_JSON_STRING;
    case JSON_INTEGER:
    case JSON_REAL:
        return GOV_JSON_NUMBER;
    case JSON_TRUE:
    case JSON_FALSE:
        return GOV_JSON_BOOL;
    default:
        return GOV_JSON_OTHER;
    }
}
