/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* form.c -- forms as they are declared, and what came in for them. */

#include <string.h>

#include "form_priv.h"

#define LINE_MOST 200
#define TEXT_MOST 10000
#define EMAIL_MOST 254            /* RFC 5321 4.5.3.1.3, less the brackets */
#define PHONE_MOST 30
#define URL_MOST 2000
#define FILES_MOST 10
#define MB (1024 * 1024)
/* Bytes a character may take: as UTF-8, and that percent-encoded. */
#define UTF8_BYTES 4
#define ENCODED_BYTES 12

static const char *const words[] = {
#define WORD(name, word) word,
    GOV_FORM_KINDS(WORD)
#undef WORD
};

const char *
gov_form_kind_word(gov_form_kind_t kind)
{
    gov_assert((unsigned)kind < GOV_FORM__COUNT);
    return words[kind];
}

const gov_form_field_t *
gov_form_field(const gov_form_t *form, const char *name)
{
    const gov_form_field_t *field;

    for (field = form->fields; field->name; field++)
        if (!strcmp(field->name, name))
            return field;
    return NULL;
}

apr_int64_t
gov_form_most(const gov_form_field_t *field)
{
    switch (field->kind) {
    case GOV_FORM_LINE:
    case GOV_FORM_PASSWORD:
        return field->most ? field->most : LINE_MOST;
    case GOV_FORM_TEXT:
        return field->most ? field->most : TEXT_MOST;
    case GOV_FORM_EMAIL:
        return EMAIL_MOST;
    case GOV_FORM_PHONE:
        return PHONE_MOST;
    case GOV_FORM_URL:
        return field->most ? field->most : URL_MOST;
    default:
        return 0;
    }
}

gov_form_limits_t
gov_form_limits(const gov_form_t *form, const gov_policy_t *policy)
{
    gov_form_limits_t limits = { MB, 0, 512 * 1024, 100 };
    const gov_form_field_t *field;

    if (!policy)
        policy = gov_policy_default();
    limits.file = (apr_int64_t)policy->upload_size * MB;
    for (field = form->fields; field->name; field++) {
        apr_int64_t most = gov_form_most(field), files;

        limits.parts++;
        limits.body += most * ENCODED_BYTES;
        if (most * 2 * UTF8_BYTES > (apr_int64_t)limits.field)
            limits.field = (apr_size_t)most * 2 * UTF8_BYTES;
        if (field->kind == GOV_FORM_CHOICE && field->multiple)
            limits.parts += 100;
        if (field->kind != GOV_FORM_FILE)
            continue;
        files = !field->multiple ? 1 : field->most ? field->most : FILES_MOST;
        limits.parts += (int)files;
        limits.body += files * (field->bytes && field->bytes < limits.file
                                ? field->bytes : limits.file);
    }
    return limits;
}

/* --- an intake ------------------------------------------------------------ */

gov_intake_t *
gov_intake_blank(const gov_form_t *form, apr_pool_t *pool)
{
    gov_intake_t *intake = apr_pcalloc(pool, sizeof(*intake));
    int i;

    while (form->fields[intake->count].name)
        intake->count++;
    intake->pool = pool;
    intake->form = form;
    intake->values = apr_pcalloc(pool, sizeof(form_value_t)
                                 * (apr_size_t)(intake->count + 1));
    for (i = 0; i < intake->count; i++) {
        form_value_t *value = &intake->values[i];

        value->field = &form->fields[i];
        value->typed = apr_array_make(pool, 1, sizeof(const char *));
        value->files = apr_array_make(pool, 1, sizeof(gov_intake_file_t));
        value->mistakes = apr_array_make(pool, 1, sizeof(gov_mistake_t));
    }
    intake->mistakes = apr_array_make(pool, 1, sizeof(gov_mistake_t));
    intake->raw = apr_table_make(pool, 8);
    return intake;
}

form_value_t *
gov_form__value(const gov_intake_t *intake, const char *name)
{
    int i;

    for (i = 0; i < intake->count; i++)
        if (!strcmp(intake->values[i].field->name, name))
            return &intake->values[i];
    return NULL;
}

/* The field of the caller's own form. */
static form_value_t *
own(const gov_intake_t *intake, const char *name)
{
    form_value_t *value = gov_form__value(intake, name);

    gov_assert(value != NULL);
    return value;
}

static void
add_mistake(apr_array_header_t *list, const char *field, const char *code,
            const char *detail)
{
    gov_mistake_t *mistake = apr_array_push(list);

    mistake->field = field;
    mistake->code = code;
    mistake->detail = detail;
}

void
gov_form__mistake(form_value_t *value, const char *code, const char *detail,
                  apr_pool_t *pool)
{
    add_mistake(value->mistakes, value->field->name, code,
                detail ? apr_pstrdup(pool, detail) : NULL);
    value->text = NULL;
}

void
gov_intake_mistake(gov_intake_t *intake, const char *field, const char *code,
                   const char *detail)
{
    code = apr_pstrdup(intake->pool, code);
    if (*field)
        gov_form__mistake(own(intake, field), code, detail, intake->pool);
    else
        add_mistake(intake->mistakes, "", code,
                    apr_pstrdup(intake->pool, detail));
}

void
gov_intake_set(gov_intake_t *intake, const char *field, const char *text)
{
    form_value_t *value = own(intake, field);

    gov_assert(value->field->kind != GOV_FORM_FILE);
    if (!value->field->multiple)
        apr_array_clear(value->typed);
    APR_ARRAY_PUSH(value->typed, const char *) = apr_pstrdup(intake->pool,
                                                             text);
}

bool
gov_intake_ok(const gov_intake_t *intake)
{
    int i;

    for (i = 0; i < intake->count; i++)
        if (intake->values[i].mistakes->nelts)
            return false;
    return intake->mistakes->nelts == 0;
}

apr_array_header_t *
gov_intake_mistakes(const gov_intake_t *intake, apr_pool_t *pool)
{
    apr_array_header_t *all = apr_array_make(pool, 4, sizeof(gov_mistake_t));
    int i;

    for (i = 0; i < intake->count; i++)
        apr_array_cat(all, intake->values[i].mistakes);
    apr_array_cat(all, intake->mistakes);
    return all;
}

const gov_form_t *
gov_intake_form(const gov_intake_t *intake)
{
    return intake->form;
}

/* --- values --------------------------------------------------------------- */

const char *
gov_intake_text(const gov_intake_t *intake, const char *field)
{
    const form_value_t *value = own(intake, field);

    gov_assert(value->field->kind != GOV_FORM_FILE && !value->field->multiple);
    return value->text;
}

bool
gov_intake_number(apr_int64_t *number, const gov_intake_t *intake,
                  const char *field)
{
    const form_value_t *value = own(intake, field);

    gov_assert(value->field->kind == GOV_FORM_NUMBER);
    if (value->text)
        *number = value->number;
    return value->text != NULL;
}

bool
gov_intake_date(gov_date_t *date, const gov_intake_t *intake,
                const char *field)
{
    const form_value_t *value = own(intake, field);

    gov_assert(value->field->kind == GOV_FORM_DATE);
    if (value->text)
        *date = value->date;
    return value->text != NULL;
}

bool
gov_intake_flag(const gov_intake_t *intake, const char *field)
{
    const form_value_t *value = own(intake, field);

    gov_assert(value->field->kind == GOV_FORM_FLAG);
    return value->text != NULL;
}

const apr_array_header_t *
gov_intake_choices(const gov_intake_t *intake, const char *field)
{
    const form_value_t *value = own(intake, field);

    gov_assert(value->field->kind == GOV_FORM_CHOICE);
    return value->mistakes->nelts
        ? apr_array_make(intake->pool, 1, sizeof(const char *)) : value->typed;
}

const apr_array_header_t *
gov_intake_files(const gov_intake_t *intake, const char *field)
{
    const form_value_t *value = own(intake, field);

    gov_assert(value->field->kind == GOV_FORM_FILE);
    return value->files;
}

const gov_intake_file_t *
gov_intake_file(const gov_intake_t *intake, const char *field)
{
    const apr_array_header_t *files = gov_intake_files(intake, field);

    return files->nelts ? &APR_ARRAY_IDX(files, 0, gov_intake_file_t) : NULL;
}

const char *
gov_intake_raw(const gov_intake_t *intake, const char *name)
{
    return apr_table_get(intake->raw, name);
}

const char *
gov_intake_shown(const gov_intake_t *intake, const char *field)
{
    const form_value_t *value = own(intake, field);

    if (value->field->kind == GOV_FORM_PASSWORD || value->typed->nelts == 0)
        return NULL;
    return APR_ARRAY_IDX(value->typed, 0, const char *);
}

bool
gov_intake_chosen(const gov_intake_t *intake, const char *field,
                  const char *choice)
{
    const form_value_t *value = own(intake, field);
    int i;

    if (!choice)
        return value->typed->nelts > 0
            && *APR_ARRAY_IDX(value->typed, 0, const char *);
    for (i = 0; i < value->typed->nelts; i++)
        if (!strcmp(APR_ARRAY_IDX(value->typed, i, const char *), choice))
            return true;
    return false;
}
