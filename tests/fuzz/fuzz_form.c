/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Form bodies: the first line is the content type, the rest the body.  However it
   comes in pieces, it says the same. */

#include "fuzz.h"
#include "gov_form.h"
#include "gov_text.h"

static const gov_form_choice_t choices[] = {
    { "a", NULL }, { "b", NULL }, { NULL, NULL }
};
static const gov_form_field_t fields[] = {
    { .name = "a", .kind = GOV_FORM_LINE, .required = true },
    { .name = "b", .kind = GOV_FORM_TEXT, .most = 20 },
    { .name = "c", .kind = GOV_FORM_EMAIL },
    { .name = "d", .kind = GOV_FORM_PHONE },
    { .name = "e", .kind = GOV_FORM_NUMBER },
    { .name = "f", .kind = GOV_FORM_DATE },
    { .name = "g", .kind = GOV_FORM_CHOICE, .choices = choices,
      .multiple = true },
    { .name = "h", .kind = GOV_FORM_FLAG },
    { .name = "i", .kind = GOV_FORM_PASSWORD },
    { .name = "j", .kind = GOV_FORM_ID_NUMBER },
    { .name = "k", .kind = GOV_FORM_URL },
    { .name = "l", .kind = GOV_FORM_FILE, .multiple = true, .bytes = 50 },
    { .name = NULL }
};
static const gov_form_t form = { "fuzz", fields };

typedef struct pieces_t {
    const char *data;
    size_t len, step;
} pieces_t;

static gov_err_t *
read_piece(void *baton, char *buf, apr_size_t *len)
{
    pieces_t *p = baton;

    *len = *len < p->step ? *len : p->step;
    *len = *len < p->len ? *len : p->len;
    memcpy(buf, p->data, *len);
    p->data += *len;
    p->len -= *len;
    return NULL;
}

/* All that the body says, or the code of its error. */
static const char *
told(const char *type, const char *data, size_t len, size_t step,
     apr_pool_t *pool)
{
    static const gov_form_limits_t limits = { 10000, 200, 500, 20 };
    pieces_t pieces = { data, len, step };
    gov_body_t body = { type, -1, read_piece, &pieces };
    gov_buf_t *all = gov_buf_create(256, pool);
    const gov_form_field_t *field;
    apr_array_header_t *mistakes;
    gov_intake_t *in;
    gov_err_t *err = gov_form_read(&in, &form, &body, &limits, "/tmp", pool);
    int i;

    if (err) {
        gov_assert(err->code == GOV_E_INVALID || err->code == GOV_E_TOO_LARGE);
        return gov_err_name(err->code);
    }
    for (field = fields; field->name; field++) {
        const char *shown = gov_intake_shown(in, field->name);

        gov_assert(field->kind != GOV_FORM_PASSWORD || !shown);
        gov_assert(!shown || gov_text_valid(shown, strlen(shown)));
        gov_buf_printf(all, "%s=%s\n", field->name, shown ? shown : "");
    }
    mistakes = gov_intake_mistakes(in, pool);
    gov_assert(gov_intake_ok(in) == (mistakes->nelts == 0));
    for (i = 0; i < mistakes->nelts; i++)
        gov_buf_printf(all, "%s %s\n",
                       APR_ARRAY_IDX(mistakes, i, gov_mistake_t).field,
                       APR_ARRAY_IDX(mistakes, i, gov_mistake_t).code);
    for (i = 0; i < gov_intake_files(in, "l")->nelts; i++) {
        const gov_intake_file_t *file =
            &APR_ARRAY_IDX(gov_intake_files(in, "l"), i, gov_intake_file_t);

        gov_assert(file->size > 0 && file->size <= 50);
        gov_assert(*file->name && *file->name != '.');
        gov_assert(!strpbrk(file->name, "/\\"));
        gov_buf_printf(all, "%s %s\n", file->name, file->digest);
    }
    return all->data;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    apr_pool_t *pool = fuzz_open();
    const char *eol = memchr(data, '\n', size);

    if (eol) {
        const char *type = apr_pstrmemdup(pool, (const char *)data,
                                          (size_t)(eol - (const char *)data));
        const char *body = eol + 1;
        size_t len = size - (size_t)(body - (const char *)data);
        const char *whole = told(type, body, len, 1 << 20, pool);

        gov_assert(!strcmp(whole, told(type, body, len, 1, pool)));
        gov_assert(!strcmp(whole, told(type, body, len, 13, pool)));
    }
    return fuzz_close(pool);
}
