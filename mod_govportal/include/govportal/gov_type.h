/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_type.h
 *  @brief Types: the XML descriptions of kinds of documents.  Floor: content.
 *
 *  Read once at start from <share>/types/ and each plugin's types/; checked
 *  against xslt/contract/type.rng.  See doc/howto/add-a-type.md.
 */
#ifndef GOV_TYPE_H
#define GOV_TYPE_H

#include "gov_base.h"

typedef struct gov_field_t {
    const char *name;
    const char *kind;             /**< text long date phone email url number */
    const char *in_list;          /**< NULL, "yes", or the part of an item:
                                   note post icon */
    bool required, facet, searchable;
    bool shown;                   /**< among the fields on the page */
    bool translated;              /**< each language has its own value */
    const char *meta;             /**< name of a meta tag, or NULL */
    const char *jsonld;           /**< property, or NULL */
    apr_hash_t *labels;           /**< language -> words */
} gov_field_t;

typedef struct gov_type_t {
    const char *name;
    const char *layout;           /**< article page gallery media person
                                   institution topic file link */
    const char *list;             /**< how columns list it: plain picture cards
                                   people tiles table files */
    bool single;                  /**< the column's address shows the document */
    bool external;                /**< layout "link": lists lead to its "url" */
    const char *order;            /**< a number field that orders lists, or NULL */
    const char *jsonld;           /**< schema.org type */
    const char *column_type;      /**< default of the ColumnType tag */
    const char *plugin;           /**< NULL: built in */
    apr_hash_t *labels;
    apr_array_header_t *fields;   /**< gov_field_t */
    apr_hash_t *uses;             /**< "body" -> "required" or "optional" */
} gov_type_t;

typedef struct gov_types_t gov_types_t;

GOV_API gov_types_t *gov_types_create(apr_pool_t *pool);
/** Add all *.xml of a directory.  INVALID: file, line and reason; CONFLICT: the
 *  name is taken. */
GOV_API gov_err_t *gov_types_load(gov_types_t *types, const char *dir,
                                  const char *rng_file, const char *plugin,
                                  apr_pool_t *pool);
GOV_API const gov_type_t *gov_type_get(const gov_types_t *types,
                                       const char *name);
/** All types by name; const gov_type_t *. */
GOV_API const apr_array_header_t *gov_types_all(const gov_types_t *types);
/** A label in @a lang, in zh-CN if there is none. */
GOV_API const char *gov_label(apr_hash_t *labels, const char *lang);

#endif
