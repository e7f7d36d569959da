/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/grid.c -- lists of the console: filters, order, pages, a spreadsheet. */

#include <stdlib.h>
#include <string.h>

#include "grid.h"

#define PAGES_MAX 100000

struct gov_grid_t {
    gov_console_t *console;
    const gov_req_t *req;
    gov_node_t *node, *filter;
    const char *name, *filtered;  /* name of the filter that choices go to */
    const gov_grid_column_t *columns;
    int width;                    /* columns */
    int page, total, counted, at; /* at: the next cell */
    bool sheet;
    const char *path;
    apr_table_t *asked;           /* filters that are set */
    apr_array_header_t *heads;    /* const char * */
    apr_array_header_t *rows;     /* gov_host__row_t */
    apr_pool_t *pool;
};

static const char *
word(const gov_grid_t *list, const char *words, const char *name)
{
    return gov_word(list->console->ctx, apr_pstrcat(list->pool, words, name,
                                                    NULL));
}

/* "documents" of "documents/" */
static const char *
name_of(const char *path, apr_pool_t *pool)
{
    return apr_pstrmemdup(pool, path, strcspn(path, "/?"));
}

/* --- addresses of the same list, otherwise --------------------------------- */

static int
add_param(void *baton, const char *name, const char *value)
{
    gov_buf_t *out = baton;

    gov_buf_str(out, strchr(out->data, '?') ? "&" : "?");
    gov_buf_str(out, name);
    gov_buf_str(out, "=");
    gov_buf_str(out, value);
    return 1;
}

/* With the filters that are set; SORT, UP and PAGE as given. */
static const char *
address(const gov_grid_t *list, const char *sort, bool up, int page,
        const char *format)
{
    gov_buf_t *out = gov_buf_create(128, list->pool);

    gov_buf_str(out, gov_console_href(list->console, list->path));
    apr_table_do(add_param, out, list->asked, NULL);
    if (sort)
        add_param(out, "sort", sort);
    if (up)
        add_param(out, "up", "yes");
    if (page > 1)
        add_param(out, "page", apr_itoa(list->pool, page));
    if (format)
        add_param(out, "format", format);
    return out->data;
}

/* --- making it ------------------------------------------------------------ */

static const char *
sort_of(const gov_grid_t *list)
{
    const char *wanted = gov_req_param(list->req, "sort");
    int i;

    for (i = 0; wanted && i < list->width; i++)
        if (list->columns[i].sorts && !strcmp(list->columns[i].name, wanted))
            return list->columns[i].name;
    return NULL;
}

static bool
is_up(const gov_grid_t *list)
{
    const char *up = gov_req_param(list->req, "up");

    return up && !strcmp(up, "yes");
}

gov_grid_t *
gov_grid_create(gov_console_t *console, gov_node_t *box, const gov_req_t *req,
                const char *words, const gov_grid_column_t *columns,
                const char *path)
{
    gov_grid_t *list = apr_pcalloc(console->pool, sizeof(*list));
    const char *page = gov_req_param(req, "page");
    const char *format = gov_req_param(req, "format");

    list->console = console;
    list->req = req;
    list->pool = console->pool;
    list->name = name_of(path, console->pool);
    list->columns = columns;
    list->path = path;
    list->page = page ? atoi(page) : 1;
    if (list->page < 1 || list->page > PAGES_MAX)
        list->page = 1;
    list->sheet = format && !strcmp(format, "xlsx");
    list->asked = apr_table_make(list->pool, 4);
    list->heads = apr_array_make(list->pool, 8, sizeof(const char *));
    list->rows = apr_array_make(list->pool, GOV_GRID_ROWS,
                                sizeof(gov_host__row_t));
    for (; columns[list->width].name; list->width++)
        APR_ARRAY_PUSH(list->heads, const char *) = word(
            list, words, columns[list->width].name);
    list->node = gov_node_add(box, "list");
    gov_node_set(list->node, "name", list->name);
    gov_node_set(list->node, "action", gov_console_href(console, path));
    return list;
}

/* --- filters -------------------------------------------------------------- */

static const char *
add_filter(gov_grid_t *list, const char *kind, const char *name)
{
    const char *value = gov_req_param(list->req, name);

    if (value && (!*value || !gov_text_valid(value, strlen(value))))
        value = NULL;
    list->filter = gov_node_add(list->node, "filter");
    list->filtered = name;
    gov_node_set(list->filter, "name", name);
    gov_node_set(list->filter, "kind", kind);
    gov_node_set(list->filter, "label", word(list, "console.filter.", name));
    gov_node_set(list->filter, "value", value);
    if (value)
        apr_table_set(list->asked, name, gov_url_encode(value, list->pool));
    return value;
}

const char *
gov_grid_text(gov_grid_t *list, const char *name)
{
    return add_filter(list, "text", name);
}

const char *
gov_grid_choices(gov_grid_t *list, const char *name)
{
    return add_filter(list, "choice", name);
}

void
gov_grid_choice(gov_grid_t *list, const char *value, const char *label)
{
    const char *asked = gov_req_param(list->req, list->filtered);
    gov_node_t *node = gov_node_add(list->filter, "choice");

    gov_node_set(node, "value", value);
    gov_node_set(node, "label", label);
    gov_node_set(node, "chosen", asked && !strcmp(asked, value) ? "yes" : "no");
}

/* --- order and pages ------------------------------------------------------ */

const char *
gov_grid_order(const gov_grid_t *list, bool *up)
{
    *up = is_up(list);
    return sort_of(list);
}

int
gov_grid_offset(const gov_grid_t *list)
{
    return list->sheet ? 0 : (list->page - 1) * GOV_GRID_ROWS;
}

int
gov_grid_limit(const gov_grid_t *list)
{
    return list->sheet ? GOV_GRID_EXPORTED : GOV_GRID_ROWS;
}

void
gov_grid_total(gov_grid_t *list, int total, int counted)
{
    list->total = total;
    list->counted = counted;
}

/* --- rows ----------------------------------------------------------------- */

void
gov_grid_row(gov_grid_t *list, const char *href)
{
    gov_host__row_t *row = apr_array_push(list->rows);

    row->href = href;
    row->cells = apr_pcalloc(list->pool, (apr_size_t)list->width
                             * sizeof(*row->cells));
    list->at = 0;
}

static gov_host__cell_t *
next_cell(gov_grid_t *list)
{
    gov_assert(list->rows->nelts && list->at < list->width);
    return &APR_ARRAY_IDX(list->rows, list->rows->nelts - 1,
                          gov_host__row_t).cells[list->at++];
}

void
gov_grid_cell(gov_grid_t *list, const char *text)
{
    next_cell(list)->text = text;
}

void
gov_grid_number(gov_grid_t *list, apr_int64_t number)
{
    gov_host__cell_t *cell = next_cell(list);

    cell->number = number;
    cell->text = apr_psprintf(list->pool, "%" APR_INT64_T_FMT, number);
}

void
gov_grid_time(gov_grid_t *list, apr_time_t time)
{
    gov_host__cell_t *cell = next_cell(list);

    cell->time = time;
    cell->text = time ? gov_time_minute(time, list->pool) : NULL;
}

void
gov_grid_state(gov_grid_t *list, const char *tone, const char *text)
{
    gov_host__cell_t *cell = next_cell(list);

    cell->text = text;
    cell->tone = tone;
}

/* --- the end -------------------------------------------------------------- */

static void
write_heads(const gov_grid_t *list)
{
    const char *sort = sort_of(list);
    int i;

    for (i = 0; i < list->width; i++) {
        const gov_grid_column_t *column = &list->columns[i];
        bool here = sort && !strcmp(sort, column->name);
        gov_node_t *node = gov_node_add(list->node, "head");

        gov_node_set(node, "kind", column->kind);
        gov_node_set(node, "name", APR_ARRAY_IDX(list->heads, i,
                                                 const char *));
        if (!column->sorts)
            continue;
        gov_node_set(node, "href", address(list, column->name,
                                           here && !is_up(list), 1, NULL));
        gov_node_set(node, "sorted", !here ? "no" : is_up(list) ? "up"
                     : "down");
    }
}

static void
write_rows(const gov_grid_t *list)
{
    int i, k;

    for (i = 0; i < list->rows->nelts; i++) {
        const gov_host__row_t *row = &APR_ARRAY_IDX(list->rows, i,
                                                    gov_host__row_t);
        gov_node_t *node = gov_node_add(list->node, "row");

        gov_node_set(node, "href", row->href);
        for (k = 0; k < list->width; k++) {
            gov_node_t *cell = gov_node_add(node, "cell");

            gov_node_set(cell, "kind", list->columns[k].kind);
            gov_node_set(cell, "tone", row->cells[k].tone);
            if (row->cells[k].text)
                gov_node_text(cell, row->cells[k].text);
        }
    }
}

static void
write_pages(const gov_grid_t *list)
{
    const char *sort = sort_of(list);
    bool up = is_up(list);
    int pages = (list->total + GOV_GRID_ROWS - 1) / GOV_GRID_ROWS;

    gov_node_set_int(list->node, "total", list->total > list->counted
                     ? list->counted : list->total);
    gov_node_set(list->node, "more", list->total > list->counted ? "yes"
                 : "no");
    gov_node_set_int(list->node, "page", list->page);
    gov_node_set_int(list->node, "pages", pages ? pages : 1);
    if (list->page > 1)
        gov_node_set(list->node, "prev", address(list, sort, up,
                                                 list->page - 1, NULL));
    if (list->page < pages)
        gov_node_set(list->node, "next", address(list, sort, up,
                                                 list->page + 1, NULL));
    gov_node_set(list->node, "sheet", address(list, sort, up, 1, "xlsx"));
    if (!apr_is_empty_table(list->asked))
        gov_node_set(list->node, "all", gov_console_href(list->console,
                                                         list->path));
}

gov_err_t *
gov_grid_end(bool *goes_on, gov_reply_t *reply, gov_grid_t *list)
{
    gov_bytes_t bytes;

    *goes_on = !list->sheet;
    if (list->sheet) {
        GOV_TRY(gov_host__sheet(&bytes, gov_host__of(list->console->ctx),
                                list->name, list->heads, list->columns,
                                list->rows, list->pool));
        reply->disposition = apr_pstrcat(list->pool, list->name, ".xlsx",
                                         NULL);
        return gov_reply_bytes(reply, "application/vnd.openxmlformats-"
                               "officedocument.spreadsheetml.sheet", bytes);
    }
    write_heads(list);
    write_rows(list);
    write_pages(list);
    return NULL;
}
