/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* The console: a site's events and how many come, with a menu entry and a task.

   What a plugin does that people work with: everything stands in tables that the
   host reads, and the page is made of the same parts as the console's own. */

#include "example_priv.h"
#include "gov_console.h"
#include "sql_example.h"

#define EVENTS "events/"

static const gov_grid_column_t columns[] = {
    { "title", "title", false }, { "starts", "time", false },
    { "place", "text", false }, { "persons", "number", false },
    { NULL, NULL, false }
};

const gov_console_entry_t example__console[] = {
    { "example-events", "content", "calendar-event", EVENTS,
      "example.registrations", false },
    GOV_CONSOLE_END
};

typedef struct look_t {
    apr_int64_t site;
    apr_time_t since;
    const char *lang;
    int most, offset;
    apr_array_header_t *rows;
    apr_int64_t total, fresh;
    apr_pool_t *pool;             /* of the answer */
} look_t;

static gov_err_t *
read_events(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    look_t *look = baton;
    gov_row_example_desk_count_t count;

    GOV_TRY(gov_sql_example_desk(&look->rows, db, look->site, look->lang,
                                 look->most, look->offset, look->pool));
    GOV_TRY(gov_sql_example_desk_count(&count, db, look->site, look->lang,
                                       scratch));
    look->total = count.total;
    return NULL;
}

gov_err_t *
example__desk(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
              apr_pool_t *pool)
{
    const gov_site_t *site = gov_req_site(req);
    look_t look = { .site = site->id, .pool = pool,
                    .lang = gov_site_source_lang(site, ctx->lang) };
    gov_console_t *console;
    gov_grid_t *grid;
    bool goes_on;
    int i;

    GOV_TRY(gov_console_create(&console, "example-events", reply, ctx, req,
                               pool));
    gov_console_name(console, gov_word(ctx, "console.entry.example-events"));
    grid = gov_grid_create(console, gov_console_box(console, "main", NULL),
                           req, "console.example-events.", columns, EVENTS);
    look.most = gov_grid_limit(grid);
    look.offset = gov_grid_offset(grid);
    GOV_TRY(gov_store_read(ctx->store, read_events, &look, pool));
    gov_grid_total(grid, (int)look.total, (int)look.total);
    for (i = 0; i < look.rows->nelts; i++) {
        const gov_row_example_desk_t *row =
            &APR_ARRAY_IDX(look.rows, i, gov_row_example_desk_t);

        gov_grid_row(grid, gov_console_href(
                         console, apr_psprintf(pool, "documents/%"
                                               APR_INT64_T_FMT,
                                               row->document_id)));
        gov_grid_cell(grid, row->title);
        gov_grid_time(grid, row->starts_at);
        gov_grid_cell(grid, row->place);
        gov_grid_number(grid, row->persons);
    }
    GOV_TRY(gov_grid_end(&goes_on, reply, grid));
    return goes_on ? gov_console_reply(reply, console) : NULL;
}

static gov_err_t *
read_fresh(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    look_t *look = baton;
    gov_row_example_fresh_t row;

    GOV_TRY(gov_sql_example_fresh(&row, db, look->site, look->since, scratch));
    look->fresh = row.persons;
    return NULL;
}

/* Who has registered since yesterday. */
gov_err_t *
example__tasks(apr_array_header_t *tasks, gov_ctx_t *ctx,
               const gov_site_t *site, apr_pool_t *pool)
{
    look_t look = { .site = site->id, .since = gov_now(ctx->clock)
                                               - apr_time_from_sec(86400) };
    gov_task_t *task;

    if (!gov_console_may(ctx, "example.registrations", site))
        return NULL;
    GOV_TRY(gov_store_read(ctx->store, read_fresh, &look, pool));
    if (!look.fresh)
        return NULL;
    task = apr_array_push(tasks);
    task->entry = "example-events";
    task->name = "example-fresh";
    task->path = EVENTS;
    task->permission = "example.registrations";
    task->count = (int)look.fresh;
    return NULL;
}
