/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/import_columns.c -- is the tree of columns in a group description one
   that a visitor can find his way in (R085)? */

#include <string.h>

#include "gov_xml.h"
#include "import_priv.h"

/* Columns below one parent, by what must tell them apart. */
typedef struct siblings_t {
    apr_hash_t *slugs, *names, *alike; /* -> const char *: the slug that has it */
} siblings_t;

/* What is left of a name when its spelling does not count: ASCII letters in one
   case, no blanks or marks between. */
static const char *
loose(const char *name, apr_pool_t *pool)
{
    char *key = apr_palloc(pool, strlen(name) + 1), *to = key;

    for (; *name; name++)
        if (*name & 0x80 || apr_isalnum(*name))
            *to++ = (char)apr_tolower(*name);
    *to = '\0';
    return key;
}

static gov_err_t *
wrong(gov_import__place_t *at, const gov_xml_t *el, const char *field,
      const char *text, apr_pool_t *pool)
{
    at->line = gov_xml_line(el);
    return gov_import__failed(at, gov_err_field(field, pool, "%s", text),
                              pool);
}

/* Keep KEY for SLUG; the slug that has it already, or NULL. */
static const char *
take(apr_hash_t *taken, const char *key, const char *slug)
{
    const char *other = apr_hash_get(taken, key, APR_HASH_KEY_STRING);

    if (!other)
        apr_hash_set(taken, key, APR_HASH_KEY_STRING, slug);
    return other;
}

static gov_err_t *
check_name(gov_import__place_t *at, const gov_xml_t *el, siblings_t *siblings,
           const char *field, const char *slug, apr_pool_t *pool)
{
    const char *name = gov_xml_attr(el, field, pool), *other, *key;

    if (!name)
        return NULL;
    name = gov_text_fold(name, pool);
    if (!*name)
        return wrong(at, el, field, "a column's name is blank", pool);
    /* a name in one language does not stand in the other's way */
    key = apr_pstrcat(pool, field, " ", name, NULL);
    other = take(siblings->names, key, slug);
    if (other)
        return wrong(at, el, field, apr_psprintf(
                         pool, "\"%s\" is the name of the column \"%s\" beside "
                         "it", name, other), pool);
    other = take(siblings->alike,
                 apr_pstrcat(pool, field, " ", loose(name, pool), NULL), slug);
    if (other) {
        at->line = gov_xml_line(el);
        gov_import__note(at, false, field, apr_psprintf(
                             pool, "\"%s\" looks like the name of the column "
                             "\"%s\" beside it", name, other));
    }
    return NULL;
}

static gov_err_t *
check_below(gov_import__place_t *at, const gov_xml_t *parent, int depth,
            apr_pool_t *pool)
{
    siblings_t siblings = { apr_hash_make(pool), apr_hash_make(pool),
                            apr_hash_make(pool) };
    const gov_xml_t *el;

    for (el = gov_xml_child(parent, "column"); el;
         el = gov_xml_next(el, "column")) {
        const char *slug = gov_xml_attr(el, "slug", pool);

        if (depth > GOV_COLUMN_DEPTH) {
            GOV_TRY(wrong(at, el, "column", apr_psprintf(
                              pool, "\"%s\" lies on level %d, %d are enough",
                              slug, depth, GOV_COLUMN_DEPTH), pool));
            continue;
        }
        if (take(siblings.slugs, slug, slug))
            GOV_TRY(wrong(at, el, "slug", apr_psprintf(
                              pool, "there is a column \"%s\" beside it", slug),
                          pool));
        GOV_TRY(check_name(at, el, &siblings, "name", slug, pool));
        GOV_TRY(check_name(at, el, &siblings, "name-en", slug, pool));
        GOV_TRY(check_below(at, el, depth + 1, pool));
    }
    return NULL;
}

gov_err_t *
gov_import__check_columns(gov_import__place_t *at, const gov_xml_t *group,
                          apr_pool_t *pool)
{
    const gov_xml_t *site;

    for (site = gov_xml_child(group, "site"); site;
         site = gov_xml_next(site, "site"))
        GOV_TRY(check_below(at, site, 1, pool));
    return NULL;
}
