/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/sheet.c -- a list as a spreadsheet. */

#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "grid.h"
#include "gov_file.h"

#define LARGEST (64 * 1024 * 1024)

/* Characters; a guess that shows most of what is there. */
static double
width_of(const char *kind)
{
    return !strcmp(kind, "title") ? 60 : !strcmp(kind, "time") ? 18 : 16;
}

/* What a spreadsheet program would take for a formula stays text: cells are written
   as strings, which no program evaluates. */
static void
write_cell(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
           const gov_host__cell_t *cell, const char *kind, lxw_format *time)
{
    if (!strcmp(kind, "number") && cell->text)
        worksheet_write_number(sheet, row, col, (double)cell->number, NULL);
    else if (!strcmp(kind, "time") && cell->time) {
        lxw_datetime stamp = { 0 };

        if (sscanf(cell->text, "%d-%d-%d %d:%d", &stamp.year, &stamp.month,
                   &stamp.day, &stamp.hour, &stamp.min) == 5)
            worksheet_write_datetime(sheet, row, col, &stamp, time);
    }
    else if (cell->text && *cell->text)
        worksheet_write_string(sheet, row, col, cell->text, NULL);
}

static lxw_error
write_book(const char *file, const char *name, const apr_array_header_t *heads,
           const gov_grid_column_t *columns, const apr_array_header_t *rows)
{
    lxw_workbook *book = workbook_new(file);
    lxw_worksheet *sheet = workbook_add_worksheet(book, name);
    lxw_format *bold = workbook_add_format(book);
    lxw_format *time = workbook_add_format(book);
    int i, k;

    format_set_bold(bold);
    format_set_num_format(time, "yyyy-mm-dd hh:mm");
    for (k = 0; k < heads->nelts; k++) {
        worksheet_set_column(sheet, (lxw_col_t)k, (lxw_col_t)k,
                             width_of(columns[k].kind), NULL);
        worksheet_write_string(sheet, 0, (lxw_col_t)k,
                               APR_ARRAY_IDX(heads, k, const char *), bold);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    for (i = 0; i < rows->nelts; i++)
        for (k = 0; k < heads->nelts; k++)
            write_cell(sheet, (lxw_row_t)i + 1, (lxw_col_t)k,
                       &APR_ARRAY_IDX(rows, i, gov_host__row_t).cells[k],
                       columns[k].kind, time);
    return workbook_close(book);
}

gov_err_t *
gov_host__sheet(gov_bytes_t *bytes, const gov_host_t *host, const char *name,
                const apr_array_header_t *heads,
                const gov_grid_column_t *columns,
                const apr_array_header_t *rows, apr_pool_t *pool)
{
    char *file = apr_pstrcat(pool, gov_host__intake_dir(host, pool),
                             "/sheet.XXXXXX", NULL);
    apr_file_t *handle;
    apr_status_t rv = apr_file_mktemp(&handle, file, 0, pool);
    lxw_error failed;
    gov_err_t *err;

    if (rv)
        return gov_err_apr(rv, pool, "no room for a spreadsheet in %s", file);
    apr_file_close(handle);
    failed = write_book(file, name, heads, columns, rows);
    err = failed ? gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                           "cannot write a spreadsheet: %s",
                           lxw_strerror(failed))
                 : gov_file_read(bytes, file, LARGEST, pool);
    apr_file_remove(file, pool);
    return err;
}
