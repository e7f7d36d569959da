/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/manage.c -- what the pages that change a site have in common. */

#include <string.h>

#include "console_priv.h"

/* --- forms with choices that the gate does not know ------------------------ */

static int
count(const gov_form_t *form)
{
    int n = 0;

    while (form->fields[n].name)
        n++;
    return n;
}

gov_form_t *
gov_console__form(const gov_form_t *form, apr_pool_t *pool)
{
    gov_form_t *copy = apr_pmemdup(pool, form, sizeof(*form));

    copy->fields = apr_pmemdup(pool, form->fields, (apr_size_t)(count(form) + 1)
                               * sizeof(*form->fields));
    return copy;
}

void
gov_console__offer(gov_form_t *form, const char *field,
                   apr_array_header_t *choices, apr_pool_t *pool)
{
    int n = count(form), i;
    gov_form_field_t *fields = apr_pmemdup(pool, form->fields,
                                           (apr_size_t)(n + 1)
                                           * sizeof(*fields));
    gov_form_choice_t end = { NULL, NULL };

    APR_ARRAY_PUSH(choices, gov_form_choice_t) = end;
    for (i = 0; i < n; i++)
        if (!strcmp(fields[i].name, field)) {
            fields[i].kind = GOV_FORM_CHOICE;
            fields[i].least = fields[i].most = 0;
            fields[i].choices = (const gov_form_choice_t *)choices->elts;
        }
    form->fields = fields;
}

apr_array_header_t *
gov_console__choices(apr_pool_t *pool)
{
    return apr_array_make(pool, 16, sizeof(gov_form_choice_t));
}

void
gov_console__choice(apr_array_header_t *choices, const char *value,
                    const char *label)
{
    gov_form_choice_t choice = { value, label };

    APR_ARRAY_PUSH(choices, gov_form_choice_t) = choice;
}

/* --- what they show ------------------------------------------------------- */

void
gov_console__set(gov_intake_t *in, const char *field, const char *value)
{
    if (value && *value)
        gov_intake_set(in, field, value);
}

void
gov_console__set_int(gov_intake_t *in, const char *field, int value,
                     apr_pool_t *pool)
{
    gov_intake_set(in, field, apr_itoa(pool, value));
}

gov_intake_t *
gov_console__intake(bool *again, const gov_form_t *shown, const gov_req_t *req,
                    apr_pool_t *pool)
{
    const gov_intake_t *sent = req->intake;
    gov_intake_t *in = gov_intake_blank(shown, pool);
    const gov_form_field_t *field;
    apr_array_header_t *mistakes;
    int i;

    *again = sent && !strcmp(gov_intake_form(sent)->name, shown->name);
    if (!*again)
        return in;
    for (field = shown->fields; field->name; field++)
        if (field->kind == GOV_FORM_FLAG) {
            if (gov_intake_chosen(sent, field->name, NULL))
                gov_intake_set(in, field->name, "yes");
        }
        else
            gov_console__set(in, field->name, gov_intake_raw(sent,
                                                             field->name));
    mistakes = gov_intake_mistakes(sent, pool);
    for (i = 0; i < mistakes->nelts; i++) {
        const gov_mistake_t *m = &APR_ARRAY_IDX(mistakes, i, gov_mistake_t);

        gov_intake_mistake(in, m->field, m->code, m->detail);
    }
    return in;
}

gov_node_t *
gov_console__add_form(gov_console_t *console, gov_node_t *box,
                      gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
                      const gov_intake_t *in, const char *action,
                      apr_pool_t *pool)
{
    return gov_view_form(gov_console_view(console), box, in,
                         gov_req_form_key(reply, ctx, req, gov_intake_form(in),
                                          pool),
                         gov_console_href(console, action));
}

/* --- what comes of them --------------------------------------------------- */

bool
gov_console__tell(gov_intake_t *in, const gov_err_t *err)
{
    if (err->code == GOV_E_CONFLICT)
        gov_intake_mistake(in, err->field && gov_form_field(
                               gov_intake_form(in), err->field)
                           ? err->field : "", "manage-conflict", NULL);
    else if (err->code == GOV_E_INVALID && err->field)
        gov_intake_mistake(in, gov_form_field(gov_intake_form(in), err->field)
                           ? err->field : "", "refused", err->field);
    else
        return false;
    return true;
}

gov_err_t *
gov_console__goes_on(gov_reply_t *reply, const gov_ctx_t *ctx,
                     const gov_site_t *site, const char *path,
                     const char *done, apr_pool_t *pool)
{
    gov_console_moved(ctx, "structure");
    return gov_reply_redirect(reply, gov_console_path(ctx, site, path, done,
                                                      pool), false);
}

gov_err_t *
gov_console__permit(const gov_permit_t **permit, const gov_ctx_t *ctx,
                    const gov_req_t *req, apr_pool_t *pool)
{
    return gov_permit_get(permit, ctx, GOV_ACTION_MANAGE,
                          gov_req_site(req)->id, 0, pool);
}
