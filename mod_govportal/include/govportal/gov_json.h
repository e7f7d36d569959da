/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_json.h
 *  @brief JSON values.  Floor: base, owner of jansson.
 *
 *  Values made here live as long as the pool they were made in.
 */
#ifndef GOV_JSON_H
#define GOV_JSON_H

#include "gov_base.h"

typedef struct gov_json_t gov_json_t;

/** Parse one value of at most 32 levels and 1024 members an object; duplicate
 *  keys refused.  INVALID with line and column.  Strings are repaired where
 *  they are not valid text. */
GOV_API gov_err_t *gov_json_parse(const gov_json_t **value, const char *data,
                                  apr_size_t len, apr_pool_t *pool);
/** Looking into a value of another kind, or into NULL, finds nothing.
 *  Member as text (numbers and booleans are not converted); NULL if absent. */
GOV_API const char *gov_json_str(const gov_json_t *obj, const char *key);
GOV_API bool gov_json_bool(const gov_json_t *obj, const char *key, bool dflt);
GOV_API apr_int64_t gov_json_int(const gov_json_t *obj, const char *key,
                                 apr_int64_t dflt);
GOV_API const gov_json_t *gov_json_get(const gov_json_t *obj, const char *key);
GOV_API apr_size_t gov_json_count(const gov_json_t *array_or_object);
GOV_API const gov_json_t *gov_json_at(const gov_json_t *array, apr_size_t i);
/** The value itself as text, or NULL. */
GOV_API const char *gov_json_text(const gov_json_t *value);
/** Walk an object: key and value of member @a i in insertion order. */
GOV_API const char *gov_json_key(const gov_json_t *obj, apr_size_t i,
                                 const gov_json_t **value);
typedef enum { GOV_JSON_OTHER, GOV_JSON_OBJECT, GOV_JSON_ARRAY,
               GOV_JSON_STRING, GOV_JSON_NUMBER, GOV_JSON_BOOL } gov_json_kind_t;
GOV_API gov_json_kind_t gov_json_kind(const gov_json_t *value);

/** Building.  NULL values are left out. */
GOV_API gov_json_t *gov_json_object(apr_pool_t *pool);
GOV_API gov_json_t *gov_json_array(apr_pool_t *pool);
GOV_API void gov_json_set(gov_json_t *obj, const char *key, const char *value);
GOV_API void gov_json_set_int(gov_json_t *obj, const char *key, apr_int64_t v);
GOV_API void gov_json_set_bool(gov_json_t *obj, const char *key, bool v);
GOV_API void gov_json_put(gov_json_t *obj, const char *key, gov_json_t *value);
GOV_API void gov_json_add(gov_json_t *array, gov_json_t *value);
/** Another object or array with the same members, that can be changed. */
GOV_API gov_json_t *gov_json_copy(const gov_json_t *value, apr_pool_t *pool);
GOV_API void gov_json_add_str(gov_json_t *array, const char *value);
/** Compact bytes; @a in_html escapes '<' as \u003c so that the text may stand
 *  inside a script element. */
GOV_API const char *gov_json_dump(const gov_json_t *value, bool in_html,
                                  apr_pool_t *pool);

#endif
