/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/tree.c -- what lies below what, for those who look at rights. */

#include "content_priv.h"

static apr_int64_t
parent_site(const void *baton, apr_int64_t id)
{
    const gov_site_t *site = gov_site_by_id(baton, id);

    return site && site->parent ? site->parent->id : 0;
}

static apr_int64_t
parent_column(const void *baton, apr_int64_t id)
{
    const gov_column_t *column = gov_column_by_id(baton, id);

    return column && column->parent ? column->parent->id : 0;
}

static apr_int64_t
site_of(const void *baton, apr_int64_t id)
{
    const gov_column_t *column = gov_column_by_id(baton, id);

    return column ? column->site->id : 0;
}

gov_tree_t *
gov_group_tree(const gov_group_t *group, apr_pool_t *pool)
{
    gov_tree_t *tree = apr_palloc(pool, sizeof(*tree));

    tree->baton = group;
    tree->parent_site = parent_site;
    tree->parent_column = parent_column;
    tree->site_of = site_of;
    return tree;
}
