/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Shared by console/edit.c and console/draft.c. */
#ifndef EDIT_PRIV_H
#define EDIT_PRIV_H

#include "console_priv.h"

/* A document that is being written. */
typedef struct gov_console__edit_t {
    gov_ctx_t *ctx;
    const gov_site_t *site;
    const gov_column_t *column;
    const gov_type_t *type;
    const char *lang;
    const gov_draft_t *before;    /* what is changed; NULL: a new one */
    const char *seen;             /* its digest; NULL: a new edition */
} gov_console__edit_t;

/* Does the type use it ("body", "subtitle")?  A title and a picture for lists all
   have. */
bool gov_console__uses(const gov_console__edit_t *edit, const char *field);
/* What the form calls the I-th field of the type. */
const char *gov_console__field_name(int i, apr_pool_t *pool);
/* What IN says; mistakes are added to it, and DRAFT is not to be used then. */
gov_err_t *gov_console__draft(gov_draft_t *draft, gov_console__edit_t *edit,
                              gov_intake_t *in, apr_pool_t *pool);

#endif
