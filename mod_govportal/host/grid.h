/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared by host/console.c, host/grid.c and host/sheet.c: pages of the console. */
#ifndef GRID_H
#define GRID_H

#include "gov_console.h"
#include "host_priv.h"

struct gov_console_t {
    gov_ctx_t *ctx;
    const gov_req_t *req;
    apr_pool_t *pool;
    const char *entry;
    const gov_site_t *site;       /* or NULL */
    gov_view_t *view;
    gov_node_t *root, *title;
};

/* --- sheet.c --- */

/* A cell of a spreadsheet. */
typedef struct gov_host__cell_t {
    const char *text;             /* or NULL */
    apr_int64_t number;           /* of "number" */
    apr_time_t time;              /* of "time"; 0: none */
    const char *tone;
} gov_host__cell_t;

typedef struct gov_host__row_t {
    const char *href;
    gov_host__cell_t *cells;
} gov_host__row_t;

/* A workbook (ECMA-376) with one sheet: HEADS (const char *) above ROWS
   (gov_host__row_t), columns by KINDS.  UNAVAILABLE: no room for it. */
gov_err_t *gov_host__sheet(gov_bytes_t *bytes, const gov_host_t *host,
                           const char *name, const apr_array_header_t *heads,
                           const gov_grid_column_t *columns,
                           const apr_array_header_t *rows, apr_pool_t *pool);

#endif
