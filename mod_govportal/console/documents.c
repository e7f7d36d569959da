/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/documents.c -- a site's documents in whatever state. */

#include <string.h>

#include "console_priv.h"

static const char *const states[] = {
    "draft", "returned", "submitted", "reviewed", "cleared", "scheduled",
    "live", "denied", "withdrawn", "archived", NULL
};

static const gov_grid_column_t columns[] = {
    { "title", "title", true }, { "state", "state", true },
    { "column", "text", false }, { "lang", "text", false },
    { "author", "text", true }, { "published", "time", true },
    { "id", "time", true }, { NULL, NULL, false }
};

static void
add_columns(gov_grid_t *list, const apr_array_header_t *columns_of,
            const char *before, const gov_ctx_t *ctx, apr_pool_t *pool)
{
    int i;

    for (i = 0; i < columns_of->nelts; i++) {
        const gov_column_t *column = APR_ARRAY_IDX(columns_of, i,
                                                   const gov_column_t *);
        const char *name = apr_pstrcat(pool, before, gov_column_name(
                                           column, ctx->lang), NULL);

        if (gov_console__may(ctx, GOV_ACTION_READ, column->site, column->id,
                             pool))
            gov_grid_choice(list, apr_psprintf(pool, "%" APR_INT64_T_FMT,
                                               column->id), name);
        add_columns(list, column->children, apr_pstrcat(pool, name, " / ",
                                                        NULL), ctx, pool);
    }
}

static void
add_filters(gov_desk_query_t *query, gov_grid_t *list, const gov_ctx_t *ctx,
            const gov_site_t *site, apr_pool_t *pool)
{
    const char *value;
    int i;

    query->text = gov_grid_text(list, "q");
    query->state = gov_grid_choices(list, "state");
    for (i = 0; states[i]; i++)
        gov_grid_choice(list, states[i], gov_console__state(ctx, states[i],
                                                            pool));
    value = gov_grid_choices(list, "column");
    query->column = value ? apr_atoi64(value) : 0;
    add_columns(list, site->columns, "", ctx, pool);
    if (site->languages->nelts < 2)
        return;
    query->lang = gov_grid_choices(list, "lang");
    for (i = 0; i < site->languages->nelts; i++) {
        const gov_site_lang_t *lang = &APR_ARRAY_IDX(site->languages, i,
                                                     gov_site_lang_t);

        if (!lang->derived_from)
            gov_grid_choice(list, lang->lang, gov_word(
                                ctx, apr_pstrcat(pool, "console.lang.",
                                                 lang->lang, NULL)));
    }
}

CONSOLE_HANDLER(documents)
{
    const gov_site_t *site = gov_req_site(req);
    gov_desk_query_t query = { 0 };
    apr_array_header_t *entries;
    gov_console_t *console;
    gov_grid_t *list;
    gov_node_t *box;
    bool goes_on;
    int total, i;

    GOV_TRY(gov_console_create(&console, "documents", reply, ctx, req, pool));
    gov_console_name(console, gov_word(ctx, "console.entry.documents"));
    box = gov_console_box(console, "main", NULL);
    if (gov_console_may(ctx, "write", site))
        gov_console_action(box, "main", "pencil-square",
                           gov_word(ctx, "console.write"),
                           gov_console_href(console, "write"));
    list = gov_grid_create(console, box, req, "console.documents.", columns,
                           "documents/");
    add_filters(&query, list, ctx, site, pool);
    query.order = gov_grid_order(list, &query.up);
    query.offset = gov_grid_offset(list);
    query.limit = gov_grid_limit(list);
    GOV_TRY(gov_desk_list(&entries, &total, ctx, site, &query, pool));
    gov_grid_total(list, total, GOV_DESK_COUNTED);
    if (query.order && total > GOV_DESK_COUNTED)
        gov_console_note(box, "note", gov_word(ctx, "console.sorted"));
    for (i = 0; i < entries->nelts; i++) {
        const gov_desk_entry_t *e = &APR_ARRAY_IDX(entries, i,
                                                   gov_desk_entry_t);
        const gov_column_t *column = gov_column_by_id(ctx->group, e->column);

        gov_grid_row(list, gov_console_href(
                         console, apr_psprintf(pool, "documents/%"
                                               APR_INT64_T_FMT, e->document)));
        gov_grid_cell(list, e->title);
        gov_grid_state(list, gov_console__tone(e->state),
                       gov_console__state(ctx, e->state, pool));
        gov_grid_cell(list, column ? gov_column_name(column, ctx->lang) : NULL);
        gov_grid_cell(list, gov_word(ctx, apr_pstrcat(pool, "console.lang.",
                                                      e->lang, NULL)));
        gov_grid_cell(list, e->author);
        gov_grid_time(list, e->published);
        gov_grid_time(list, e->created);
    }
    GOV_TRY(gov_grid_end(&goes_on, reply, list));
    return goes_on ? gov_console_reply(reply, console) : NULL;
}
