/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/type.c -- reading type descriptors.

   Shape is checked by the RELAX NG schema; here only what a schema cannot say:
   names that are taken, a file named otherwise than its type. */

#include <stdlib.h>
#include <string.h>

#include "content_priv.h"
#include "gov_file.h"
#include "gov_xml.h"

gov_types_t *
gov_types_create(apr_pool_t *pool)
{
    gov_types_t *types = apr_palloc(pool, sizeof(*types));

    types->pool = pool;
    types->by_name = apr_hash_make(pool);
    types->all = apr_array_make(pool, 16, sizeof(const gov_type_t *));
    return types;
}

const gov_type_t *
gov_type_get(const gov_types_t *types, const char *name)
{
    return apr_hash_get(types->by_name, name, APR_HASH_KEY_STRING);
}

const apr_array_header_t *
gov_types_all(const gov_types_t *types)
{
    return types->all;
}

const char *
gov_label(apr_hash_t *labels, const char *lang)
{
    const char *label = apr_hash_get(labels, lang, APR_HASH_KEY_STRING);

    if (!label)
        label = apr_hash_get(labels, "zh-CN", APR_HASH_KEY_STRING);
    return label ? label : "";
}

static apr_hash_t *
read_labels(const gov_xml_t *el, apr_pool_t *pool)
{
    apr_hash_t *labels = apr_hash_make(pool);
    const gov_xml_t *at;

    for (at = gov_xml_child(el, "label"); at; at = gov_xml_next(at, "label")) {
        apr_hash_set(labels, gov_xml_attr(at, "lang", pool),
                     APR_HASH_KEY_STRING,
                     gov_text_fold(gov_xml_text(at, pool), pool));
    }
    return labels;
}

static bool
is_yes(const gov_xml_t *el, const char *name, apr_pool_t *pool)
{
    const char *value = gov_xml_attr(el, name, pool);

    return value && !strcmp(value, "yes");
}

static void
read_field(gov_field_t *field, const gov_xml_t *el, apr_pool_t *pool)
{
    field->name = gov_xml_attr(el, "name", pool);
    field->kind = gov_xml_attr(el, "kind", pool);
    field->required = is_yes(el, "required", pool);
    field->in_list = gov_xml_attr(el, "list", pool);
    if (field->in_list && !strcmp(field->in_list, "no"))
        field->in_list = NULL;
    field->shown = !gov_xml_attr(el, "show", pool)
        || is_yes(el, "show", pool);
    field->translated = is_yes(el, "translate", pool);
    field->facet = is_yes(el, "facet", pool);
    field->searchable = is_yes(el, "search", pool);
    field->meta = gov_xml_attr(el, "meta", pool);
    field->jsonld = gov_xml_attr(el, "jsonld", pool);
    field->labels = read_labels(el, pool);
}

static gov_err_t *
read_type(gov_types_t *types, const char *file, const char *rng_file,
          const char *plugin, apr_pool_t *scratch)
{
    apr_pool_t *pool = types->pool;
    gov_type_t *type = apr_pcalloc(pool, sizeof(*type));
    const gov_xml_t *root, *el;
    const char *stem;

    GOV_TRY(gov_xml_read(&root, file, 256 * 1024, scratch));
    GOV_TRY(gov_xml_validate(root, rng_file, scratch));
    type->name = gov_xml_attr(root, "name", pool);
    stem = apr_pstrcat(scratch, "/", type->name, ".xml", NULL);
    if (!gov_text_ends(file, stem))
        return gov_err(GOV_E_INVALID, NULL, scratch,
                       "%s:%d: the type is named %s; name the file so too",
                       file, gov_xml_line(root), type->name);
    if (gov_type_get(types, type->name))
        return gov_err(GOV_E_CONFLICT, NULL, scratch,
                       "%s:%d: type %s exists already", file,
                       gov_xml_line(root), type->name);
    type->layout = gov_xml_attr(root, "layout", pool);
    type->list = gov_xml_attr(root, "list", pool);
    if (!type->list)
        type->list = "plain";
    type->single = is_yes(root, "single", pool);
    type->external = !strcmp(type->layout, "link");
    type->order = gov_xml_attr(root, "order", pool);
    type->jsonld = gov_xml_attr(root, "jsonld", pool);
    type->column_type = gov_xml_attr(root, "column-type", pool);
    type->plugin = plugin ? apr_pstrdup(pool, plugin) : NULL;
    type->labels = read_labels(root, pool);
    type->fields = apr_array_make(pool, 8, sizeof(gov_field_t));
    type->uses = apr_hash_make(pool);
    for (el = gov_xml_child(root, NULL); el; el = gov_xml_next(el, NULL)) {
        if (!strcmp(gov_xml_name(el), "field"))
            read_field(apr_array_push(type->fields), el, pool);
        else if (!strcmp(gov_xml_name(el), "use"))
            apr_hash_set(type->uses, gov_xml_attr(el, "field", pool),
                         APR_HASH_KEY_STRING,
                         is_yes(el, "required", pool) ? "required"
                                                      : "optional");
    }
    apr_hash_set(types->by_name, type->name, APR_HASH_KEY_STRING, type);
    APR_ARRAY_PUSH(types->all, const gov_type_t *) = type;
    return NULL;
}

static int
by_name(const void *a, const void *b)
{
    return strcmp((*(const gov_type_t *const *)a)->name,
                  (*(const gov_type_t *const *)b)->name);
}

gov_err_t *
gov_types_load(gov_types_t *types, const char *dir, const char *rng_file,
               const char *plugin, apr_pool_t *pool)
{
    apr_array_header_t *names;
    gov_err_t *err = gov_file_list(&names, dir, ".xml", pool);
    int i;

    if (err && err->code == GOV_E_NOT_FOUND && plugin)
        return NULL;              /* a plugin need not have types */
    if (err)
        return err;
    for (i = 0; i < names->nelts; i++)
        GOV_TRY(read_type(types, apr_pstrcat(pool, dir, "/",
                                             APR_ARRAY_IDX(names, i,
                                                           const char *),
                                             NULL),
                          rng_file, plugin, pool));
    qsort(types->all->elts, (size_t)types->all->nelts,
          sizeof(const gov_type_t *), by_name);
    return NULL;
}
