/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* table.c -- rows for people (aligned, with headings) or for programs (tabs). */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli_priv.h"
#include "gov_text.h"
#include "gov_time.h"

struct gov_cli__table_t {
    apr_pool_t *pool;
    int columns;
    bool aligned;
    apr_array_header_t *cells;    /* const char *, row after row */
};

/* How many places a text takes on a terminal: East Asian characters take two. */
static int
width_of(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    int width = 0;

    for (; *p; p++) {
        if ((*p & 0xC0) == 0x80)
            continue;
        /* U+1100 to U+115F, U+2E80 to U+FFxx but for what lies between in
           halves, and all beyond the basic plane: near enough for a table */
        width += (*p == 0xE1 && p[1] == 0x84)
                 || (*p == 0xE2 && p[1] >= 0xBA)
                 || (*p >= 0xE3 && *p <= 0xED)
                 || (*p == 0xEF && p[1] >= 0xA4)
                 || *p >= 0xF0 ? 2 : 1;
    }
    return width;
}

gov_cli__table_t *
gov_cli__table(const char *headings, apr_pool_t *pool)
{
    gov_cli__table_t *table = apr_pcalloc(pool, sizeof(*table));
    char *rest = apr_pstrdup(pool, headings), *state, *word;

    table->pool = pool;
    table->aligned = isatty(STDOUT_FILENO);
    table->cells = apr_array_make(pool, 64, sizeof(const char *));
    for (word = apr_strtok(rest, " ", &state); word;
         word = apr_strtok(NULL, " ", &state)) {
        table->columns++;
        if (table->aligned)
            APR_ARRAY_PUSH(table->cells, const char *) = word;
    }
    return table;
}

void
gov_cli__row(gov_cli__table_t *table, ...)
{
    va_list args;
    int i;

    va_start(args, table);
    for (i = 0; i < table->columns; i++) {
        const char *text = va_arg(args, const char *);

        /* a title may hold a tab or a line end, a cell may not */
        APR_ARRAY_PUSH(table->cells, const char *) =
            text ? gov_text_fold(text, table->pool) : "";
    }
    va_end(args);
}

void
gov_cli__table_end(gov_cli__table_t *table)
{
    int *widths = apr_pcalloc(table->pool,
                              sizeof(int) * (apr_size_t)table->columns);
    const char *const *cells = (const char *const *)table->cells->elts;
    int i;

    for (i = 0; i < table->cells->nelts; i++) {
        int *most = &widths[i % table->columns], width = width_of(cells[i]);

        if (width > *most)
            *most = width;
    }
    for (i = 0; i < table->cells->nelts; i++) {
        int column = i % table->columns;
        bool last = column == table->columns - 1;

        fputs(cells[i], stdout);
        if (last)
            putchar('\n');
        else if (table->aligned)
            printf("%*s", widths[column] - width_of(cells[i]) + 2, "");
        else
            putchar('\t');
    }
}

void
gov_cli__print_json(const gov_json_t *value, apr_pool_t *pool)
{
    puts(gov_json_dump(value, false, pool));
}

void
gov_cli__print(const gov_cli__t *cli, gov_cli__table_t *table,
               const gov_json_t *json)
{
    if (gov_cli__option(cli, "json"))
        gov_cli__print_json(json, cli->pool);
    else
        gov_cli__table_end(table);
}

const char *
gov_cli__text(apr_int64_t number, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%" APR_INT64_T_FMT, number);
}

const char *
gov_cli__when(apr_time_t t, apr_pool_t *pool)
{
    return t ? gov_time_minute(t, pool) : "";
}
