/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* form_priv.h -- what the files of form intake share.
 *
 * form_read.c or form_multipart.c cuts a body into values and files, form.c keeps
 * them by field, form_check.c looks at each value. */
#ifndef GOV_FORM_PRIV_H
#define GOV_FORM_PRIV_H

#include "gov_form.h"
#include "gov_text.h"

/* What came for one field. */
typedef struct form_value_t {
    const gov_form_field_t *field;
    apr_array_header_t *typed;    /* const char *: tidied, in order */
    apr_array_header_t *files;    /* gov_intake_file_t */
    apr_array_header_t *mistakes; /* gov_mistake_t */
    const char *text;             /* as it is kept; NULL: none, or wrong */
    apr_int64_t number;
    gov_date_t date;
    bool large;                   /* a file was above its limit */
    bool vacant;                  /* a file had no bytes */
} form_value_t;

struct gov_intake_t {
    apr_pool_t *pool;
    const gov_form_t *form;
    form_value_t *values;         /* in the order of the form */
    int count;
    apr_table_t *raw;             /* the first value of each name */
    apr_array_header_t *mistakes; /* gov_mistake_t: of the whole form */
};

/* --- form.c --- */

/* NULL: the form has no such field. */
form_value_t *gov_form__value(const gov_intake_t *intake, const char *name);
void gov_form__mistake(form_value_t *value, const char *code,
                       const char *detail, apr_pool_t *pool);

/* --- form_read.c --- */

/* Take a value in; DATA is valid text.  INVALID names the field. */
gov_err_t *gov_form__take(gov_intake_t *intake, const char *name,
                          const char *data);
/* Bytes that should be text: without controls; INVALID unless UTF-8. */
gov_err_t *gov_form__text(const char **text, const char *data, apr_size_t len,
                          apr_pool_t *pool);

/* A body on its way in, with its limit. */
typedef struct form_feed_t {
    const gov_body_t *body;
    apr_int64_t left;             /* bytes it may still have */
    bool ended;
} form_feed_t;

/* Up to *LEN bytes; TOO_LARGE beyond the limit. */
gov_err_t *gov_form__feed(form_feed_t *feed, char *buf, apr_size_t *len,
                          apr_pool_t *pool);

/* --- form_multipart.c --- */

gov_err_t *gov_form__multipart(gov_intake_t *intake, const char *content_type,
                               form_feed_t *feed,
                               const gov_form_limits_t *limits,
                               const char *dir);

/* --- form_check.c --- */

/* TYPED as the kind wants it: trimmed, one kind of line end, ASCII. */
const char *gov_form__tidy(const gov_form_field_t *field, const char *typed,
                           apr_pool_t *pool);
/* Find the mistakes of a value, or what it says. */
void gov_form__check(form_value_t *value, const gov_form_limits_t *limits,
                     apr_pool_t *pool);

#endif
