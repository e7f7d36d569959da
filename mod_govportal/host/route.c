/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/route.c -- which handler answers what.

   Routes are few (some dozens) and sorted once, the most literal first; matching
   is a walk over segments, without a query and without allocation but for
   values. */

#include <stdlib.h>
#include <string.h>

#include "host_priv.h"

static int
more_literal_first(const void *a, const void *b)
{
    const gov_host__route_t *x = a, *y = b;

    if (x->literals != y->literals)
        return y->literals - x->literals;
    /* a route for one type before the one for all */
    if (!x->route->type != !y->route->type)
        return x->route->type ? -1 : 1;
    return strcmp(x->route->path, y->route->path);
}

bool
gov_host__next_word(char *word, const char **words)
{
    apr_size_t len;

    *words += strspn(*words, " ");
    len = strcspn(*words, " ");
    if (!len || len >= GOV_HOST__WORD)
        return false;
    memcpy(word, *words, len);
    word[len] = '\0';
    *words += len;
    return true;
}

static bool
knows_action(const gov_plugin_t *plugin, const char *word)
{
    const gov_permission_t *own = plugin->permissions;
    gov_action_t action;

    for (; own && own->word; own++)
        if (!strcmp(own->word, word))
            return true;
    return gov_action_named(&action, word);
}

/* Is WORDS something that routes of PLUGIN may name? */
static bool
knows_permission(const gov_plugin_t *plugin, const char *words)
{
    char word[GOV_HOST__WORD];
    bool some = false;

    if (!strcmp(words, "public") || !strcmp(words, "session")
        || !strcmp(words, "signed-in"))
        return true;
    for (; gov_host__next_word(word, &words); some = true)
        if (!knows_action(plugin, word))
            return false;
    return some && !*words;
}

gov_err_t *
gov_host__check_route(const gov_plugin_t *plugin, const gov_route_t *route,
                      apr_pool_t *pool)
{
    if (!route->permission || !*route->permission)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "plugin %s: route %s %s names no permission; write "
                       "\"public\" if everybody may", plugin->name,
                       route->method, route->path);
    if (route->path[0] != '/' || !route->handler
        || (strcmp(route->method, "GET") && strcmp(route->method, "POST")))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "plugin %s: route %s %s needs GET or POST, a path "
                       "from '/', and a handler", plugin->name, route->method,
                       route->path);
    if (!knows_permission(plugin, route->permission))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "plugin %s: route %s %s names \"%s\", which is neither "
                       "an action nor among the plugin's permissions",
                       plugin->name, route->method, route->path,
                       route->permission);
    if (!strcmp(route->method, "POST") != (route->form && route->refill))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "plugin %s: route %s %s: a POST, and only a POST, has a "
                       "form and a refill", plugin->name, route->method,
                       route->path);
    return NULL;
}

static gov_err_t *
add(gov_host_t *host, int number, const gov_route_t *route, apr_pool_t *pool)
{
    const gov_plugin_t *plugin = APR_ARRAY_IDX(host->plugins, number,
                                               const gov_plugin_t *);
    gov_host__route_t *entry;
    int i, k;

    GOV_TRY(gov_host__check_route(plugin, route, pool));
    entry = apr_array_push(host->routes);
    entry->route = route;
    entry->plugin = number;
    entry->parts = gov_text_split(route->path, "/", host->pool);
    entry->params = gov_text_split(route->params ? route->params : "", " ",
                                   host->pool);
    entry->literals = 0;
    for (i = 0; i < entry->parts->nelts; i++)
        if (!strchr(APR_ARRAY_IDX(entry->parts, i, const char *), '{'))
            entry->literals++;
    if (entry->parts->nelts > 8)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "plugin %s: route %s has more than eight segments",
                       plugin->name, route->path);
    for (i = 0; i < entry->params->nelts; i++) {
        const char *name = APR_ARRAY_IDX(entry->params, i, const char *);
        bool known = false;

        for (k = 0; k < host->params->nelts && !known; k++)
            known = !strcmp(APR_ARRAY_IDX(host->params, k, const char *), name);
        if (!known)
            APR_ARRAY_PUSH(host->params, const char *) = name;
    }
    return NULL;
}

gov_err_t *
gov_host__routes(gov_host_t *host, apr_pool_t *pool)
{
    int i, k;

    host->routes = apr_array_make(host->pool, 32, sizeof(gov_host__route_t));
    host->params = apr_array_make(host->pool, 8, sizeof(const char *));
    for (i = 0; i < host->plugins->nelts; i++) {
        const gov_plugin_t *plugin =
            APR_ARRAY_IDX(host->plugins, i, const gov_plugin_t *);

        for (k = 0; plugin->routes && plugin->routes[k].method; k++)
            GOV_TRY(add(host, i, &plugin->routes[k], pool));
    }
    qsort(host->routes->elts, (size_t)host->routes->nelts,
          sizeof(gov_host__route_t), more_literal_first);
    return NULL;
}

const apr_array_header_t *
gov_host_routes(const gov_host_t *host)
{
    apr_array_header_t *list = apr_array_make(host->pool, host->routes->nelts,
                                              sizeof(const gov_route_t *));
    int i;

    for (i = 0; i < host->routes->nelts; i++)
        APR_ARRAY_PUSH(list, const gov_route_t *) =
            APR_ARRAY_IDX(host->routes, i, gov_host__route_t).route;
    return list;
}

/* "{id}.html" or "page-{n}.html" against one segment; {id} and {n} take digits
   without a leading zero, so that one thing has one address. */
static bool
match_segment(gov_host__match_t *m, const char *pattern, const char *segment,
              apr_pool_t *pool)
{
    const char *open = strchr(pattern, '{'), *close, *value, *at;
    apr_size_t len = strlen(segment), head, tail, name;

    if (!open)
        return !strcmp(pattern, segment);
    close = strchr(open, '}');
    head = (apr_size_t)(open - pattern);
    tail = strlen(close + 1);
    name = (apr_size_t)(close - open - 1);
    if (len <= head + tail || strncmp(segment, pattern, head)
        || strcmp(segment + len - tail, close + 1))
        return false;
    value = apr_pstrmemdup(pool, segment + head, len - head - tail);
    if (!strncmp(open, "{id}", 4) || !strncmp(open, "{n}", 3)) {
        for (at = value; apr_isdigit(*at); at++)
            ;
        if (*at || *value == '0' || at - value > 18)
            return false;
    }
    m->names[m->count] = apr_pstrmemdup(pool, open + 1, name);
    m->values[m->count++] = value;
    return true;
}

static bool
try(gov_host__match_t *m, const gov_host__route_t *entry,
    const gov_site_t *site, const apr_array_header_t *segments,
    apr_pool_t *pool)
{
    const apr_array_header_t *parts = entry->parts;
    int from = 0, part = 0, i;

    m->count = 0;
    m->column = NULL;
    m->place = NULL;
    if (parts->nelts
        && !strcmp(APR_ARRAY_IDX(parts, 0, const char *), "{column}")) {
        gov_buf_t *path = gov_buf_create(64, pool);

        from = segments->nelts - (parts->nelts - 1);
        part = 1;
        if (from < 1)
            return false;
        for (i = 0; i < from; i++) {
            if (i)
                gov_buf_add(path, "/", 1);
            gov_buf_str(path, APR_ARRAY_IDX(segments, i, const char *));
        }
        m->column = site ? gov_column_at(site, path->data) : NULL;
        if (!m->column)
            return false;
    }
    else if (parts->nelts != segments->nelts)
        return false;
    for (i = from; i < segments->nelts; i++, part++)
        if (!match_segment(m, APR_ARRAY_IDX(parts, part, const char *),
                           APR_ARRAY_IDX(segments, i, const char *), pool))
            return false;
    for (i = 0; i < m->count; i++)
        if (!strcmp(m->names[i], "site")) {
            m->place = site ? gov_site_by_slug(site->group, m->values[i])
                : NULL;
            if (!m->place)
                return false;
        }
    if (entry->route->type)
        return m->column && !strcmp(m->column->type_name, entry->route->type);
    return true;
}

gov_err_t *
gov_host__match(gov_host__match_t *match, const gov_host_t *host,
                const gov_site_t *site, const char *method, apr_pool_t *pool)
{
    const char *rest = match->req.rest;
    apr_array_header_t *segments = gov_text_split(rest, "/", pool);
    bool directory = rest[strlen(rest) - 1] == '/';
    int i;

    match->allow = NULL;
    for (i = 0; i < host->routes->nelts; i++) {
        const gov_host__route_t *entry =
            &APR_ARRAY_IDX(host->routes, i, gov_host__route_t);
        const char *path = entry->route->path;

        if ((path[strlen(path) - 1] == '/') != directory
            || !try(match, entry, site, segments, pool))
            continue;
        if (strcmp(entry->route->method, method)) {
            match->allow = entry->route->method;
            continue;
        }
        match->route = entry;
        return NULL;
    }
    if (match->allow)
        return gov_err(GOV_E_UNSUPPORTED, NULL, pool, "%s %s", method, rest);
    return gov_err(GOV_E_NOT_FOUND, NULL, pool, "no route for %s", rest);
}

const gov_column_t *
gov_req_column(const gov_req_t *req)
{
    return ((const gov_host__match_t *)req)->column;
}

const gov_site_t *
gov_req_site(const gov_req_t *req)
{
    return ((const gov_host__match_t *)req)->place;
}

const char *
gov_req_part(const gov_req_t *req, const char *name)
{
    const gov_host__match_t *match = (const gov_host__match_t *)req;
    int i;

    for (i = 0; i < match->count; i++)
        if (!strcmp(match->names[i], name))
            return match->values[i];
    return NULL;
}

const char *
gov_req_param(const gov_req_t *req, const char *name)
{
    return apr_table_get(req->params, name);
}
