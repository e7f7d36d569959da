/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* markup_table.c -- tables whose grid comes out even.
 *
 * Word processors leave cells that span rows and columns which do not exist.
 * Browsers cope; screen readers, which say "column 3 of 5", do not.
 */

#include <stdlib.h>
#include <string.h>

#include "markup_priv.h"

#define MAX_COLUMNS 4000          /* wider ones keep their cells, but no spans */
#define MAX_FILLED 60             /* wider ones keep their short rows */

typedef struct cell_t {
    node_t *node;
    int column, columns, rows;
} cell_t;

typedef struct grid_t {
    apr_array_header_t *cells;    /* of all rows */
    apr_array_header_t *until;    /* int by column: taken up to that row */
    apr_array_header_t *begins;   /* bool by column: some cell begins there */
    apr_hash_t *heads;            /* ids of header cells */
    apr_pool_t *pool;
} grid_t;

/* --- the order of parts --------------------------------------------------- */

static void
order_parts(node_t *table)
{
    node_t *child, *next, *caption = NULL, *head = NULL, *foot = NULL;

    for (child = table->first; child; child = next) {
        next = child->next;
        if (child->el == EL_CAPTION && caption) {
            gov_markup__remove(child);
            child->el = EL_DIV;
            gov_markup__put_before(table, child);
        }
        else if (child->el == EL_CAPTION)
            caption = child;
        else if (!child->first)
            gov_markup__remove(child);
        else if (child->el == EL_THEAD && head)
            child->el = EL_TBODY;
        else if (child->el == EL_THEAD)
            head = child;
        else if (child->el == EL_TFOOT) {
            if (foot)
                foot->el = EL_TBODY;
            foot = child;
        }
    }
    if (foot && foot->next) {
        gov_markup__remove(foot);
        gov_markup__append(table, foot);
    }
    if (head && head->prev) {
        gov_markup__remove(head);
        gov_markup__put_before(table->first, head);
    }
    if (caption && caption->prev) {
        gov_markup__remove(caption);
        gov_markup__put_before(table->first, caption);
    }
}

/* --- spans ---------------------------------------------------------------- */

static int
span_of(const node_t *cell, const char *name)
{
    const char *value = gov_markup__attr(cell->attrs, name);
    int span = value ? atoi(value) : 1;

    return span > 0 ? span : 1;
}

static void
change(node_t *node, const char *name, const char *value, apr_pool_t *pool)
{
    attrs_t *attrs;

    if (!node->attrs)
        return;
    attrs = apr_pmemdup(pool, node->attrs, sizeof(*attrs));
    if (value)
        gov_markup__set(attrs, name, value);
    else
        gov_markup__unset(attrs, name);
    node->attrs = attrs->count ? attrs : NULL;
}

static void
set_span(node_t *cell, const char *name, int span, apr_pool_t *pool)
{
    if (span != span_of(cell, name))
        change(cell, name, span > 1 ? apr_itoa(pool, span) : NULL, pool);
}

static int *
int_at(apr_array_header_t *array, int i)
{
    while (array->nelts <= i)
        APR_ARRAY_PUSH(array, int) = 0;
    return &APR_ARRAY_IDX(array, i, int);
}

/* --- the grid ------------------------------------------------------------- */

/* Rows without cells go; what spans them gets shorter, and nothing reaches
   behind the last row of its group. */
static void
settle_rows(node_t *group, apr_pool_t *pool)
{
    apr_array_header_t *before = apr_array_make(pool, 16, sizeof(int));
    node_t *row, *cell, *next;
    int filled = 0, i;

    for (row = group->first; row; row = row->next) {
        APR_ARRAY_PUSH(before, int) = filled;
        filled += row->first != NULL;
    }
    APR_ARRAY_PUSH(before, int) = filled;
    for (row = group->first, i = 0; row; row = next, i++) {
        next = row->next;
        for (cell = row->first; cell; cell = cell->next) {
            int end = i + span_of(cell, "rowspan");

            if (end > before->nelts - 1)
                end = before->nelts - 1;
            set_span(cell, "rowspan", APR_ARRAY_IDX(before, end, int)
                     - APR_ARRAY_IDX(before, i, int), pool);
        }
        if (!row->first)
            gov_markup__remove(row);
    }
}

/* Give each cell of ROW, the N-th of its group, its column; cells do not reach
   into columns that one from above has taken. */
static void
place(grid_t *grid, const node_t *row, int n)
{
    node_t *node;
    int column = 0;

    for (node = row->first; node; node = node->next) {
        cell_t *cell = apr_array_push(grid->cells);
        const char *id = gov_markup__attr(node->attrs, "id");
        int most;

        while (*int_at(grid->until, column) > n)
            column++;
        cell->node = node;
        cell->column = column;
        cell->rows = span_of(node, "rowspan");
        most = span_of(node, "colspan");
        if (column + most > MAX_COLUMNS)
            most = 1;
        *int_at(grid->begins, column) = true;
        for (cell->columns = 0; cell->columns < most; cell->columns++) {
            int *until = int_at(grid->until, column);

            if (*until > n)
                break;
            *until = n + cell->rows;
            column++;
        }
        if (node->el == EL_TH && id)
            apr_hash_set(grid->heads, id, APR_HASH_KEY_STRING, id);
    }
}

/* A cell spans no column that no other cell makes real.  Returns how many
   columns are. */
static int
settle_columns(grid_t *grid)
{
    apr_array_header_t *real = apr_array_make(grid->pool, 16, sizeof(int));
    int i, count = 0;

    for (i = 0; i < grid->until->nelts; i++) {
        APR_ARRAY_PUSH(real, int) = count;
        count += *int_at(grid->begins, i) != 0;
    }
    APR_ARRAY_PUSH(real, int) = count;
    for (i = 0; i < grid->cells->nelts; i++) {
        cell_t *cell = &APR_ARRAY_IDX(grid->cells, i, cell_t);

        set_span(cell->node, "colspan",
                 APR_ARRAY_IDX(real, cell->column + cell->columns, int)
                 - APR_ARRAY_IDX(real, cell->column, int), grid->pool);
    }
    return count;
}

/* Short rows get empty cells, for as many columns as the widest has.  Cells take
   the first free column, so what is free behind the last one stays free. */
static void
fill(grid_t *grid, node_t *row, int n, int columns)
{
    int column, run;

    for (column = 0; column < columns; column += run + 1) {
        node_t *cell;

        for (run = 0; column + run < columns
                      && *int_at(grid->until, column + run) <= n; run++)
            ;
        if (run == 0)
            continue;
        cell = apr_pcalloc(grid->pool, sizeof(*cell));
        cell->el = EL_TD;
        cell->depth = row->depth + 1;
        if (run > 1) {
            attrs_t *attrs = apr_pcalloc(grid->pool, sizeof(*attrs));

            gov_markup__set(attrs, "colspan", apr_itoa(grid->pool, run));
            cell->attrs = attrs;
        }
        gov_markup__append(row, cell);
    }
}

/* "headers" names header cells of this table, or nothing. */
static void
settle_headers(grid_t *grid)
{
    int i;

    for (i = 0; i < grid->cells->nelts; i++) {
        node_t *node = APR_ARRAY_IDX(grid->cells, i, cell_t).node;
        const char *value = gov_markup__attr(node->attrs, "headers");
        gov_buf_t *kept;
        char *rest, *word;

        if (!value)
            continue;
        kept = gov_buf_create(32, grid->pool);
        rest = apr_pstrdup(grid->pool, value);
        while ((word = strsep(&rest, " ")) != NULL)
            if (apr_hash_get(grid->heads, word, APR_HASH_KEY_STRING))
                gov_buf_printf(kept, "%s%s", kept->len ? " " : "", word);
        change(node, "headers", kept->len ? kept->data : NULL, grid->pool);
    }
}

/* Walk over the rows of all groups; spans end with their group.  With COLUMNS,
   short rows are filled. */
static void
lay_out(grid_t *grid, node_t *table, int columns)
{
    node_t *group, *row;
    int n;

    grid->cells->nelts = 0;
    for (group = table->first; group; group = group->next) {
        if (gov_markup__kind(group->el) != ROWS)
            continue;
        memset(grid->until->elts, 0, grid->until->nelts * sizeof(int));
        for (row = group->first, n = 0; row; row = row->next, n++) {
            place(grid, row, n);
            if (columns > 0)
                fill(grid, row, n, columns);
        }
    }
}

void
gov_markup__settle_table(node_t *table, apr_pool_t *pool)
{
    grid_t grid = {
        apr_array_make(pool, 64, sizeof(cell_t)),
        apr_array_make(pool, 16, sizeof(int)),
        apr_array_make(pool, 16, sizeof(int)),
        apr_hash_make(pool), pool
    };
    node_t *group, *next;
    int columns;

    for (group = table->first; group; group = next) {
        next = group->next;
        if (gov_markup__kind(group->el) != ROWS)
            continue;
        settle_rows(group, pool);
        if (!group->first)
            gov_markup__remove(group);
    }
    order_parts(table);
    lay_out(&grid, table, 0);
    if (grid.cells->nelts > 0) {
        columns = settle_columns(&grid);
        settle_headers(&grid);
        if (columns <= MAX_FILLED)
            lay_out(&grid, table, columns);
    }
    else if (table->first) {      /* only a caption */
        table->first->el = EL_DIV;
        gov_markup__unwrap(table);
    }
    else
        gov_markup__remove(table);
}
