/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* host/form.c -- forms: from a request's body, and into a page. */

#include <string.h>

#include "gate.h"
#include "gov_captcha.h"
#include "gov_file.h"
#include "gov_upload.h"
#include "gov_json.h"
#include "host_priv.h"

/* What a killed process left is nobody's after this long. */
#define LEFT_OVER apr_time_from_sec(24 * 3600)

/* --- from a request ------------------------------------------------------- */

const char *
gov_host__intake_dir(const gov_host_t *host, apr_pool_t *pool)
{
    return apr_pstrcat(pool, host->config->state_dir, "/intake", NULL);
}

gov_err_t *
gov_host__intake_open(const gov_host_t *host, apr_pool_t *pool)
{
    apr_time_t now = gov_now(host->clock);
    const char *dir;
    apr_pool_t *scratch;
    apr_array_header_t *names;
    apr_status_t rv;
    int i;

    if (!host->config->state_dir)
        return NULL;
    dir = gov_host__intake_dir(host, pool);
    rv = apr_dir_make_recursive(dir, APR_FPROT_UREAD | APR_FPROT_UWRITE
                                | APR_FPROT_UEXECUTE, pool);
    if (rv)
        return gov_err_apr(rv, pool, "%s", dir);
    apr_pool_create(&scratch, pool);
    if (!gov_file_list(&names, dir, NULL, scratch))
        for (i = 0; i < names->nelts; i++) {
            const char *file = apr_pstrcat(
                scratch, dir, "/", APR_ARRAY_IDX(names, i, const char *), NULL);
            apr_finfo_t info;

            if (!apr_stat(&info, file, APR_FINFO_MTIME, scratch)
                && now - info.mtime > LEFT_OVER)
                apr_file_remove(file, scratch);
        }
    apr_pool_destroy(scratch);
    return NULL;
}

gov_err_t *
gov_host__take_form(gov_intake_t **intake, const gov_ctx_t *ctx,
                    const gov_form_t *form, const gov_body_t *body,
                    apr_pool_t *pool)
{
    gov_form_limits_t limits = gov_form_limits(form, ctx->policy);

    return gov_form_read(intake, form, body, &limits,
                         gov_host__intake_dir(gov_host__of(ctx), pool), pool);
}

gov_err_t *
gov_req_upload(const gov_asset_t **asset, const gov_ctx_t *ctx,
               gov_intake_t *intake, const char *field,
               const gov_intake_file_t *file, apr_pool_t *pool)
{
    const gov_host_t *host = gov_host__of(ctx);
    const char *address = host->config->virus_scanner;
    gov_upload_rules_t rules = { ctx->policy, NULL, false,
                                 gov_host__intake_dir(host, pool) };
    gov_scanner_t scanner;
    gov_upload_t upload;
    gov_err_t *err;

    *asset = NULL;
    if (address) {
        GOV_TRY(gov_scanner_parse(&scanner, address, pool));
        rules.scanner = &scanner;
    }
    err = gov_upload_take(&upload, file->path, file->name, &rules, pool);
    if (err && gov_upload_mistake(err)) {
        gov_intake_mistake(intake, field, gov_upload_mistake(err), file->name);
        return NULL;
    }
    if (err)
        return err;
    GOV_TRY(gov_asset_put(ctx->store, &upload.asset, upload.file, pool));
    *asset = apr_pmemdup(pool, &upload.asset, sizeof(upload.asset));
    return NULL;
}

/* --- into a page ---------------------------------------------------------- */

typedef struct showing_t {
    const gov_ctx_t *ctx;
    const gov_intake_t *intake;
    const char *form;             /* its name */
    apr_pool_t *pool;
} showing_t;

/* The word of the first key that has one, or NULL. */
static const char *
word_of(const gov_ctx_t *ctx, const char *key, const char *other)
{
    gov_looks_t *looks = gov_host__scene_of(ctx)->looks->looks;
    const char *word = gov_looks_word(looks, ctx->lang, key);

    return word || !other ? word : gov_looks_word(looks, ctx->lang, other);
}

static const char *
with_detail(const char *word, const char *detail, apr_pool_t *pool)
{
    const char *at = detail ? strstr(word, "{1}") : NULL;

    return at ? apr_pstrcat(pool, apr_pstrmemdup(pool, word,
                                                 (apr_size_t)(at - word)),
                            detail, at + 3, NULL)
              : word;
}

static const char *
field_key(const showing_t *s, const char *field, const char *rest)
{
    return apr_pstrcat(s->pool, "form.", s->form, *field ? "." : "", field,
                       rest ? "." : "", rest ? rest : "", NULL);
}

static void
add_mistakes(const showing_t *s, gov_node_t *parent, const char *field)
{
    apr_array_header_t *all = gov_intake_mistakes(s->intake, s->pool);
    int i;

    for (i = 0; i < all->nelts; i++) {
        const gov_mistake_t *at = &APR_ARRAY_IDX(all, i, gov_mistake_t);
        const char *word;
        gov_node_t *node;

        if (strcmp(at->field, field))
            continue;
        word = word_of(s->ctx, field_key(s, field, at->code),
                       apr_pstrcat(s->pool, "form.mistake.", at->code, NULL));
        node = gov_node_add(parent, "mistake");
        gov_node_set(node, "code", at->code);
        gov_node_set(node, "text", with_detail(word ? word : at->code,
                                               at->detail, s->pool));
    }
}

static void
add_choices(const showing_t *s, gov_node_t *node,
            const gov_form_field_t *field)
{
    const gov_form_choice_t *choice;

    for (choice = field->choices; choice && choice->value; choice++) {
        gov_node_t *at = gov_node_add(node, "choice");
        const char *label = choice->label;

        if (!label)
            label = gov_word(s->ctx, field_key(s, field->name, choice->value));
        gov_node_set(at, "value", choice->value);
        gov_node_set(at, "label", label);
        gov_node_set(at, "chosen", gov_intake_chosen(
                         s->intake, field->name, choice->value) ? "yes" : "no");
    }
}

/* Days as YYYY-MM-DD, all else as numbers. */
static const char *
bound(const gov_form_field_t *field, apr_int64_t n, apr_pool_t *pool)
{
    if (field->kind == GOV_FORM_DATE)
        return n ? apr_psprintf(pool, "%04d-%02d-%02d", (int)(n / 10000),
                                (int)(n / 100 % 100), (int)(n % 100)) : NULL;
    if (field->kind == GOV_FORM_NUMBER)
        return field->least || field->most
            ? apr_psprintf(pool, "%" APR_INT64_T_FMT, n) : NULL;
    return n ? apr_psprintf(pool, "%" APR_INT64_T_FMT, n) : NULL;
}

static void
add_field(const showing_t *s, gov_node_t *parent,
          const gov_form_field_t *field)
{
    gov_node_t *node = gov_node_add(parent, "field");
    apr_int64_t most = gov_form_most(field);

    gov_node_set(node, "name", field->name);
    gov_node_set(node, "kind", gov_form_kind_word(field->kind));
    gov_node_set(node, "label", field->label ? field->label
                 : gov_word(s->ctx, field_key(s, field->name, NULL)));
    gov_node_set(node, "hint", word_of(s->ctx, field_key(s, field->name,
                                                         "hint"), NULL));
    gov_node_set(node, "required", field->required ? "yes" : "no");
    if (field->multiple)
        gov_node_set(node, "multiple", "yes");
    gov_node_set(node, "least", bound(field, field->least, s->pool));
    gov_node_set(node, "most", bound(field, most ? most : field->most,
                                     s->pool));
    gov_node_set(node, "autocomplete", field->autocomplete);
    if (field->kind == GOV_FORM_FLAG)
        gov_node_set(node, "chosen", gov_intake_chosen(s->intake, field->name,
                                                       NULL) ? "yes" : "no");
    else if (field->kind == GOV_FORM_CHOICE)
        add_choices(s, node, field);
    else if (field->kind != GOV_FORM_FILE)
        gov_node_set(node, "value", gov_intake_shown(s->intake, field->name));
    add_mistakes(s, node, field->name);
}

gov_node_t *
gov_view_form(gov_view_t *view, gov_node_t *parent, const gov_intake_t *intake,
              const char *key, const char *action)
{
    const gov_form_t *form = gov_intake_form(intake);
    showing_t s = { gov_host__view_ctx(view), intake, form->name,
                    gov_host__view_pool(view) };
    gov_node_t *node = gov_node_add(parent, "form");
    const gov_form_field_t *field;
    const char *submit = word_of(s.ctx, field_key(&s, "", "submit"),
                                 "form.submit");
    bool files = false;

    for (field = form->fields; field->name; field++)
        files |= field->kind == GOV_FORM_FILE;
    gov_node_set(node, "name", form->name);
    gov_node_set(node, "action", gov_view_href(view, action));
    gov_node_set(node, "submit", submit ? submit : "form.submit");
    gov_node_set(node, "files", files ? "yes" : "no");
    if (key) {
        gov_view_hidden(node, "_key", key);
        gov_page_set_private(gov_view_page(view));
    }
    for (field = form->fields; field->name; field++)
        add_field(&s, node, field);
    add_mistakes(&s, node, "");
    return node;
}

/* The widget's own words, which it wants as JSON. */
static const char *
captcha_strings(const gov_ctx_t *ctx, apr_pool_t *pool)
{
    static const char *const words[] = { "label", "verifying", "verified", "error",
                                         "expired", "waitAlert", "ariaLinkLabel" };
    gov_json_t *json = gov_json_object(pool);
    unsigned i;

    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        gov_json_set(json, words[i], gov_word(
                         ctx, apr_pstrcat(pool, "captcha.", words[i], NULL)));
    return gov_json_dump(json, false, pool);
}

void
gov_view_captcha(gov_view_t *view, gov_node_t *form)
{
    const gov_ctx_t *ctx = gov_host__view_ctx(view);
    apr_pool_t *pool = gov_host__view_pool(view);
    gov_node_t *node = gov_node_add(form, "captcha");
    gov_sum_t sum;

    gov_sum_make(&sum, ctx, pool);
    gov_node_set(node, "challenge", gov_captcha_make(ctx, pool));
    gov_node_set(node, "strings", captcha_strings(ctx, pool));
    gov_node_set_int(node, "first", sum.first);
    gov_node_set_int(node, "second", sum.second);
    gov_node_set(node, "token", sum.token);
}

void
gov_view_hidden(gov_node_t *form, const char *name, const char *value)
{
    gov_node_t *node = gov_node_add(form, "hidden");

    gov_node_set(node, "name", name);
    gov_node_set(node, "value", value);
}

gov_node_t *
gov_view_sheet(gov_view_t *view, const char *key)
{
    const gov_ctx_t *ctx = gov_host__view_ctx(view);
    const char *name = gov_word(ctx, key);
    gov_node_t *node;

    gov_view_name(view, name);
    gov_view_crumb(view, name, NULL);
    node = gov_node_add(gov_view_body(view), "sheet");
    gov_node_set(node, "name", name);
    gov_node_set(node, "intro", word_of(
                     ctx, apr_pstrcat(gov_host__view_pool(view), key, ".intro",
                                      NULL), NULL));
    return node;
}

void
gov_view_outcome(gov_view_t *view, gov_node_t *sheet, const char *kind,
                 const char *key, const char *detail)
{
    const gov_ctx_t *ctx = gov_host__view_ctx(view);
    apr_pool_t *pool = gov_host__view_pool(view);
    const char *text = word_of(ctx, apr_pstrcat(pool, key, ".text", NULL),
                               NULL);
    gov_node_t *node = gov_node_add(sheet, "outcome");

    gov_node_set(node, "kind", kind);
    gov_node_set(node, "title", with_detail(gov_word(ctx, key), detail, pool));
    if (text)
        gov_node_set(node, "text", with_detail(text, detail, pool));
}
