/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* role.c -- actions, roles, and where a role holds. */

#include <string.h>

#include "gov_permit.h"

/* Deeper than any tree of columns; a ring in the data must not hang us. */
#define DEPTH_MAX 64

static const char *const words[] = {
#define ACTION_WORD(name, word) word,
    GOV_ACTIONS(ACTION_WORD)
#undef ACTION_WORD
};

static const gov_role_t roles[] = {
#define ROLE(name, word, class_, actions) { word, class_, actions },
    GOV_ROLES(ROLE)
#undef ROLE
};

#define COUNT ((int)(sizeof(roles) / sizeof(roles[0])))

const char *
gov_action_word(gov_action_t action)
{
    gov_assert((unsigned)action < GOV_ACTION__COUNT);
    return words[action];
}

bool
gov_action_named(gov_action_t *action, const char *word)
{
    int i;

    for (i = 0; i < GOV_ACTION__COUNT; i++)
        if (!strcmp(words[i], word)) {
            *action = i;
            return true;
        }
    return false;
}

const gov_role_t *
gov_role(int i)
{
    return i >= 0 && i < COUNT ? &roles[i] : NULL;
}

const gov_role_t *
gov_role_named(const char *word)
{
    int i;

    for (i = 0; i < COUNT; i++)
        if (!strcmp(roles[i].word, word))
            return &roles[i];
    return NULL;
}

static bool
site_below(const gov_tree_t *tree, apr_int64_t site, apr_int64_t top)
{
    int depth;

    for (depth = 0; site && depth < DEPTH_MAX; depth++) {
        if (site == top)
            return true;
        site = tree ? tree->parent_site(tree->baton, site) : 0;
    }
    return false;
}

static bool
column_below(const gov_tree_t *tree, apr_int64_t column, apr_int64_t top)
{
    int depth;

    for (depth = 0; column && depth < DEPTH_MAX; depth++) {
        if (column == top)
            return true;
        column = tree ? tree->parent_column(tree->baton, column) : 0;
    }
    return false;
}

/* A column that is said to be of a site but is not is nobody's. */
bool
gov_grant_covers(const gov_grant_t *grant, const gov_tree_t *tree,
                 apr_int64_t site, apr_int64_t column)
{
    if (column && tree && tree->site_of(tree->baton, column) != site)
        return false;
    if (!grant->site)
        return true;
    if (grant->column)
        return grant->site == site && column_below(tree, column, grant->column);
    return site_below(tree, site, grant->site);
}
