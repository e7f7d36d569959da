/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/overview.c -- what waits for me: on all sites, and on one. */

#include <string.h>

#include "console_priv.h"

#define LATEST 10

/* What a state of an edition waits for, and who can do it. */
static const struct { const char *state, *permission; } waiting[] = {
    { "draft", "write" }, { "returned", "write" }, { "denied", "write" },
    { "submitted", "review" }, { "reviewed", "clear" },
    { "cleared", "publish" }, { "scheduled", "publish" }
};

static void
add_tasks(apr_array_header_t *tasks, const gov_ctx_t *ctx,
          const gov_site_t *site, apr_hash_t *counts, apr_pool_t *pool)
{
    apr_size_t i;

    for (i = 0; counts && i < sizeof(waiting) / sizeof(waiting[0]); i++) {
        const int *count = apr_hash_get(counts, waiting[i].state,
                                        APR_HASH_KEY_STRING);
        gov_task_t *task;

        if (!count || !gov_console_may(ctx, waiting[i].permission, site))
            continue;
        task = apr_array_push(tasks);
        task->entry = "documents";
        task->name = waiting[i].state;
        task->path = apr_pstrcat(pool, "documents/?state=", waiting[i].state,
                                 NULL);
        task->permission = waiting[i].permission;
        task->count = *count;
    }
}

gov_err_t *
gov_console__tasks(apr_array_header_t *tasks, gov_ctx_t *ctx,
                   const gov_site_t *site, apr_pool_t *pool)
{
    apr_hash_t *counts;

    if (!gov_console_may(ctx, "read", site))
        return NULL;
    GOV_TRY(gov_desk_waiting(&counts, ctx, site, pool));
    add_tasks(tasks, ctx, site, counts, pool);
    return NULL;
}

static void
write_tasks(gov_node_t *box, const gov_ctx_t *ctx, const gov_site_t *site,
            const apr_array_header_t *tasks, apr_pool_t *pool)
{
    int i;

    for (i = 0; i < tasks->nelts; i++) {
        const gov_task_t *task = &APR_ARRAY_IDX(tasks, i, gov_task_t);
        gov_node_t *node = gov_node_add(box, "task");

        gov_node_set(node, "name", gov_word(ctx, apr_pstrcat(
                                                pool, "console.task.",
                                                task->name, NULL)));
        gov_node_set(node, "href", gov_console_path(ctx, site, task->path, NULL,
                                                    pool));
        gov_node_set_int(node, "count", task->count);
    }
}

/* --- all sites ------------------------------------------------------------ */

static const char *
title_of(const gov_site_t *site, const char *lang)
{
    const gov_site_lang_t *at = gov_site_lang(site, gov_site_source_lang(site,
                                                                         lang));

    return at && at->title ? at->title : site->slug;
}

CONSOLE_HANDLER(overview)
{
    apr_array_header_t *sites = gov_console_sites(ctx, pool);
    gov_console_t *console;
    apr_hash_t *waits;
    gov_node_t *box;
    int i;

    GOV_TRY(gov_console_create(&console, "overview", reply, ctx, req, pool));
    gov_console_name(console, gov_word(ctx, "console.entry.overview"));
    GOV_TRY(gov_desk_waiting_everywhere(&waits, ctx, pool));
    if (!sites->nelts)
        gov_console_note(gov_console_box(console, "main", NULL), "note",
                         gov_word(ctx, "console.nothing-to-do"));
    for (i = 0; i < sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(sites, i, const gov_site_t *);
        apr_array_header_t *tasks = apr_array_make(pool, 8,
                                                   sizeof(gov_task_t));

        add_tasks(tasks, ctx, site, apr_hash_get(waits, &site->id,
                                                 sizeof(site->id)), pool);
        box = gov_console_box(console, "card", title_of(site, ctx->lang));
        gov_node_set(box, "href", gov_console_path(ctx, site, "", NULL, pool));
        if (!strcmp(site->state, "frozen"))
            gov_console_note(box, "warning", gov_word(ctx, "console.frozen"));
        write_tasks(box, ctx, site, tasks, pool);
    }
    return gov_console_reply(reply, console);
}

/* --- one site ------------------------------------------------------------- */

static gov_err_t *
collect_tasks(apr_array_header_t **tasks, gov_ctx_t *ctx,
              const gov_site_t *site, apr_pool_t *pool)
{
    *tasks = apr_array_make(pool, 8, sizeof(gov_task_t));
    return gov_console_tasks(*tasks, ctx, site, pool);
}

static gov_err_t *
add_latest(gov_console_t *console, gov_ctx_t *ctx, const gov_site_t *site,
           apr_pool_t *pool)
{
    gov_desk_query_t query = { .limit = LATEST };
    apr_array_header_t *entries;
    gov_node_t *box;
    int total, i;

    GOV_TRY(gov_desk_list(&entries, &total, ctx, site, &query, pool));
    box = gov_console_box(console, "main", gov_word(ctx, "console.latest"));
    for (i = 0; i < entries->nelts; i++) {
        const gov_desk_entry_t *e = &APR_ARRAY_IDX(entries, i,
                                                   gov_desk_entry_t);
        gov_node_t *node = gov_node_add(box, "work");

        gov_node_set(node, "name", e->title);
        gov_node_set(node, "href", gov_console_href(
                         console, apr_psprintf(pool, "documents/%"
                                               APR_INT64_T_FMT, e->document)));
        gov_node_set(node, "state", gov_console__state(ctx, e->state, pool));
        gov_node_set(node, "tone", gov_console__tone(e->state));
        gov_node_set(node, "time", gov_time_minute(e->created, pool));
        gov_node_set(node, "author", e->author);
    }
    if (!entries->nelts)
        gov_console_note(box, "note", gov_word(ctx, "console.no-documents"));
    return NULL;
}

CONSOLE_HANDLER(site)
{
    const gov_site_t *site = gov_req_site(req);
    apr_array_header_t *tasks;
    gov_console_t *console;
    gov_node_t *box;

    GOV_TRY(gov_console_create(&console, "site", reply, ctx, req, pool));
    gov_console_name(console, title_of(site, ctx->lang));
    if (!strcmp(site->state, "frozen"))
        gov_console_note(gov_console_box(console, "main", NULL), "warning",
                         gov_word(ctx, "console.frozen"));
    GOV_TRY(collect_tasks(&tasks, ctx, site, pool));
    box = gov_console_box(console, "main", gov_word(ctx, "console.tasks"));
    write_tasks(box, ctx, site, tasks, pool);
    if (!tasks->nelts)
        gov_console_note(box, "note", gov_word(ctx, "console.no-tasks"));
    if (gov_console_may(ctx, "write", site))
        gov_console_action(box, "main", "pencil-square",
                           gov_word(ctx, "console.write"),
                           gov_console_href(console, "write"));
    if (gov_console_may(ctx, "read", site))
        GOV_TRY(add_latest(console, ctx, site, pool));
    return gov_console_reply(reply, console);
}
