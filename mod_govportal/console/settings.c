/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/settings.c -- what a site says of itself, how it looks, when it is
   grey. */

#include <string.h>

#include "console_priv.h"

static const gov_form_field_t record_fields[] = {
    { .name = "code", .kind = GOV_FORM_LINE, .least = 10, .most = 10 },
    { .name = "icp", .kind = GOV_FORM_LINE, .most = 60 },
    { .name = "police", .kind = GOV_FORM_LINE, .most = 60 },
    { .name = "sponsor", .kind = GOV_FORM_LINE, .most = 200 },
    { .name = "operator", .kind = GOV_FORM_LINE, .most = 200 },
    { .name = "phone", .kind = GOV_FORM_LINE, .most = 60 },
    { .name = "email", .kind = GOV_FORM_EMAIL },
    { .name = "address", .kind = GOV_FORM_LINE, .most = 300 },
    { .name = "postcode", .kind = GOV_FORM_LINE, .most = 20 },
    { .name = "error-report", .kind = GOV_FORM_URL, .most = 500 },
    { .name = NULL }
};
static const gov_form_field_t words_fields[] = {
    { .name = "title", .kind = GOV_FORM_LINE, .required = true, .most = 200 },
    { .name = "legal-name", .kind = GOV_FORM_LINE, .most = 200 },
    { .name = "slogan", .kind = GOV_FORM_LINE, .most = 300 },
    { .name = "description", .kind = GOV_FORM_TEXT, .most = 1000 },
    { .name = "keywords", .kind = GOV_FORM_LINE, .most = 500 },
    { .name = "sponsor", .kind = GOV_FORM_LINE, .most = 200 },
    { .name = "operator", .kind = GOV_FORM_LINE, .most = 200 },
    { .name = "phone", .kind = GOV_FORM_LINE, .most = 60 },
    { .name = "address", .kind = GOV_FORM_LINE, .most = 300 },
    { .name = "logo-alt", .kind = GOV_FORM_LINE, .most = 300 },
    { .name = NULL }
};
/* which themes there are the page knows */
static const gov_form_field_t look_fields[] = {
    { .name = "theme", .kind = GOV_FORM_LINE, .required = true, .most = 60 },
    { .name = "accent", .kind = GOV_FORM_LINE, .required = true, .most = 7 },
    { .name = NULL }
};
static const gov_form_field_t grey_fields[] = {
    { .name = "from", .kind = GOV_FORM_DATE, .required = true },
    { .name = "to", .kind = GOV_FORM_DATE, .required = true },
    { .name = "reason", .kind = GOV_FORM_LINE, .required = true, .most = 200 },
    { .name = NULL }
};
static const gov_form_field_t ungrey_fields[] = {
    { .name = "day", .kind = GOV_FORM_DATE, .required = true },
    { .name = NULL }
};

const gov_form_t gov_console__record_form = { "site-record", record_fields };
const gov_form_t gov_console__site_words_form = { "site-words", words_fields };
const gov_form_t gov_console__look_form = { "site-look", look_fields };
const gov_form_t gov_console__grey_form = { "site-grey", grey_fields };
const gov_form_t gov_console__ungrey_form = { "site-ungrey", ungrey_fields };

typedef struct page_t {
    gov_console_t *console;
    gov_reply_t *reply;
    gov_ctx_t *ctx;
    const gov_req_t *req;
    const gov_site_t *site;
    apr_pool_t *pool;
} page_t;

static gov_node_t *
form_box(const page_t *p, const char *word)
{
    return gov_console_box(p->console, "form", gov_word(p->ctx, word));
}

static void
add(const page_t *p, gov_node_t *box, const gov_intake_t *in,
    const char *action)
{
    gov_console__add_form(p->console, box, p->reply, p->ctx, p->req, in, action,
                          p->pool);
}

/* --- the record ----------------------------------------------------------- */

static gov_err_t *
add_record(const page_t *p)
{
    gov_site_record_t r;
    gov_intake_t *in;
    bool again;

    in = gov_console__intake(&again, &gov_console__record_form, p->req,
                             p->pool);
    if (!again) {
        GOV_TRY(gov_site_record(&r, p->ctx, p->site, p->pool));
        gov_console__set(in, "code", r.code);
        gov_console__set(in, "icp", r.icp);
        gov_console__set(in, "police", r.police);
        gov_console__set(in, "sponsor", r.sponsor);
        gov_console__set(in, "operator", r.operator_);
        gov_console__set(in, "phone", r.phone);
        gov_console__set(in, "email", r.email);
        gov_console__set(in, "address", r.address);
        gov_console__set(in, "postcode", r.postcode);
        gov_console__set(in, "error-report", r.error_report);
    }
    add(p, form_box(p, "console.settings.record"), in, "settings");
    return NULL;
}

/* --- the look ------------------------------------------------------------- */

static void
add_look(const page_t *p)
{
    gov_form_t *form = gov_console__form(&gov_console__look_form, p->pool);
    apr_array_header_t *choices = gov_console__choices(p->pool), *themes;
    gov_intake_t *in;
    bool again;
    int i;

    gov_console_themes(&themes, p->ctx, p->pool);
    for (i = 0; i < themes->nelts; i++) {
        const gov_console_theme_t *theme = &APR_ARRAY_IDX(themes, i,
                                                          gov_console_theme_t);

        gov_console__choice(choices, theme->name, theme->title);
    }
    gov_console__offer(form, "theme", choices, p->pool);
    in = gov_console__intake(&again, form, p->req, p->pool);
    if (!again) {
        gov_console__set(in, "theme", p->site->theme);
        gov_console__set(in, "accent", p->site->accent);
    }
    add(p, form_box(p, "console.settings.look"), in, "settings/look");
}

/* --- grey days ------------------------------------------------------------ */

static const char *
day_text(gov_date_t day, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static gov_err_t *
add_greys(const page_t *p)
{
    gov_node_t *box = form_box(p, "console.settings.grey");
    gov_form_t *form = gov_console__form(&gov_console__ungrey_form, p->pool);
    apr_array_header_t *choices = gov_console__choices(p->pool), *greys;
    bool again;
    int i;

    GOV_TRY(gov_site_greys(&greys, p->ctx, p->site, p->pool));
    for (i = 0; i < greys->nelts; i++) {
        const gov_grey_t *grey = &APR_ARRAY_IDX(greys, i, gov_grey_t);
        const char *from = day_text(grey->from, p->pool);
        const char *days = apr_pstrcat(
            p->pool, from, " – ", day_text(gov_date_add(grey->to, -1),
                                           p->pool), NULL);

        gov_console_fact(box, days, grey->reason, NULL);
        gov_console__choice(choices, from, days);
    }
    if (!greys->nelts)
        gov_console_note(box, "note", gov_word(p->ctx,
                                               "console.settings.no-grey"));
    add(p, box, gov_console__intake(&again, &gov_console__grey_form, p->req,
                                    p->pool), "settings/grey");
    if (!greys->nelts)
        return NULL;
    gov_console__offer(form, "day", choices, p->pool);
    add(p, form_box(p, "console.settings.ungrey"),
        gov_console__intake(&again, form, p->req, p->pool),
        "settings/ungrey");
    return NULL;
}

/* --- the page ------------------------------------------------------------- */

static void
add_languages(const page_t *p)
{
    gov_node_t *box = gov_console_box(p->console, "side", gov_word(
                                          p->ctx, "console.settings.words"));
    int i;

    for (i = 0; i < p->site->languages->nelts; i++) {
        const gov_site_lang_t *lang = &APR_ARRAY_IDX(p->site->languages, i,
                                                     gov_site_lang_t);
        const char *word = apr_pstrcat(p->pool, "console.lang.", lang->lang,
                                       NULL);

        if (!lang->derived_from)
            gov_console_fact(box, gov_word(p->ctx, word), lang->title
                             ? lang->title : lang->lang,
                             gov_console_href(p->console, apr_pstrcat(
                                 p->pool, "settings/words/", lang->lang,
                                 NULL)));
    }
}

/* What cannot be changed here. */
static void
add_facts(const page_t *p)
{
    gov_node_t *box = gov_console_box(p->console, "side", NULL);
    int i;

    gov_console_fact(box, gov_word(p->ctx, "console.settings.id"),
                     p->site->slug, NULL);
    gov_console_fact(box, gov_word(p->ctx, "console.settings.kind"),
                     gov_word(p->ctx, apr_pstrcat(
                                  p->pool, "console.settings.kind.",
                                  p->site->kind, NULL)), NULL);
    if (p->site->unit)
        gov_console_fact(box, gov_word(p->ctx, "console.settings.unit"),
                         gov_unit_name(p->site->unit, p->ctx->lang), NULL);
    for (i = 0; i < p->site->hosts->nelts; i++)
        gov_console_fact(box, gov_word(p->ctx, "console.settings.host"),
                         APR_ARRAY_IDX(p->site->hosts, i, const char *), NULL);
    if (*p->site->base_path)
        gov_console_fact(box, gov_word(p->ctx, "console.settings.base"),
                         p->site->base_path, NULL);
}

CONSOLE_HANDLER(settings)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), pool };
    const gov_permit_t *permit;

    GOV_TRY(gov_console__permit(&permit, ctx, req, pool));
    GOV_TRY(gov_console_create(&p.console, "settings", reply, ctx, req, pool));
    gov_console_name(p.console, gov_word(ctx, "console.entry.settings"));
    if (!strcmp(p.site->state, "frozen"))
        gov_console_note(gov_console_box(p.console, "main", NULL), "warning",
                         gov_word(ctx, "console.frozen"));
    add_languages(&p);
    add_facts(&p);
    GOV_TRY(add_record(&p));
    add_look(&p);
    GOV_TRY(add_greys(&p));
    return gov_console_reply(reply, p.console);
}

CONSOLE_HANDLER(site_words)
{
    page_t p = { NULL, reply, ctx, req, gov_req_site(req), pool };
    const char *lang = gov_req_part(req, "lang");
    const gov_permit_t *permit;
    gov_site_words_t w;
    gov_intake_t *in;
    bool again;

    GOV_TRY(gov_console__permit(&permit, ctx, req, pool));
    GOV_TRY(gov_site_words(&w, ctx, p.site, lang, pool));
    GOV_TRY(gov_console_create(&p.console, "settings", reply, ctx, req, pool));
    gov_console_crumb(p.console, gov_word(ctx, "console.entry.settings"),
                      gov_console_href(p.console, "settings"));
    gov_console_name(p.console, apr_pstrcat(
                         pool, gov_word(ctx, "console.settings.words"),
                         gov_word(ctx, "form.colon"),
                         gov_word(ctx, apr_pstrcat(pool, "console.lang.", lang,
                                                   NULL)), NULL));
    in = gov_console__intake(&again, &gov_console__site_words_form, req, pool);
    if (!again) {
        gov_console__set(in, "title", w.title);
        gov_console__set(in, "legal-name", w.legal_name);
        gov_console__set(in, "slogan", w.slogan);
        gov_console__set(in, "description", w.description);
        gov_console__set(in, "keywords", w.keywords);
        gov_console__set(in, "sponsor", w.sponsor);
        gov_console__set(in, "operator", w.operator_);
        gov_console__set(in, "phone", w.phone);
        gov_console__set(in, "address", w.address);
        gov_console__set(in, "logo-alt", w.logo_alt);
    }
    add(&p, gov_console_box(p.console, "form", NULL), in,
        apr_pstrcat(pool, "settings/words/", lang, NULL));
    return gov_console_reply(reply, p.console);
}

/* --- changes -------------------------------------------------------------- */

/* What came of a form of the page. */
static gov_err_t *
settle(gov_reply_t *reply, gov_ctx_t *ctx, const gov_req_t *req,
       gov_err_t *err, gov_handler_t page, const char *path, apr_pool_t *pool)
{
    if (!err && gov_intake_ok(req->intake))
        return gov_console__goes_on(reply, ctx, gov_req_site(req), path,
                                    "saved", pool);
    if (err && !gov_console__tell(req->intake, err))
        return err;
    reply->status = err && err->code == GOV_E_CONFLICT ? 409 : 422;
    return page(reply, ctx, req, pool);
}

#define SENT(field) gov_intake_text(req->intake, field)

CONSOLE_HANDLER(record_post)
{
    gov_site_record_t r = {
        .code = SENT("code"), .icp = SENT("icp"), .police = SENT("police"),
        .sponsor = SENT("sponsor"), .operator_ = SENT("operator"),
        .phone = SENT("phone"), .email = SENT("email"),
        .address = SENT("address"), .postcode = SENT("postcode"),
        .error_report = SENT("error-report")
    };
    const gov_permit_t *permit;

    GOV_TRY(gov_console__permit(&permit, ctx, req, pool));
    return settle(reply, ctx, req,
                  gov_site_set_record(ctx, gov_req_site(req), &r, permit,
                                      pool),
                  gov_console__settings, "settings", pool);
}

CONSOLE_HANDLER(site_words_post)
{
    const char *lang = gov_req_part(req, "lang");
    gov_site_words_t w = {
        .title = SENT("title"), .legal_name = SENT("legal-name"),
        .slogan = SENT("slogan"), .description = SENT("description"),
        .keywords = SENT("keywords"), .sponsor = SENT("sponsor"),
        .operator_ = SENT("operator"), .phone = SENT("phone"),
        .address = SENT("address"), .logo_alt = SENT("logo-alt")
    };
    const gov_permit_t *permit;

    GOV_TRY(gov_console__permit(&permit, ctx, req, pool));
    return settle(reply, ctx, req,
                  gov_site_set_words(ctx, gov_req_site(req), lang, &w, permit,
                                     pool),
                  gov_console__site_words,
                  apr_pstrcat(pool, "settings/words/", lang, NULL), pool);
}

static bool
is_theme(const char *name, const gov_ctx_t *ctx, apr_pool_t *pool)
{
    apr_array_header_t *themes;
    int i;

    gov_console_themes(&themes, ctx, pool);
    for (i = 0; i < themes->nelts; i++)
        if (!strcmp(APR_ARRAY_IDX(themes, i, gov_console_theme_t).name, name))
            return true;
    return false;
}

CONSOLE_HANDLER(look_post)
{
    const gov_permit_t *permit;
    gov_err_t *err = NULL;

    GOV_TRY(gov_console__permit(&permit, ctx, req, pool));
    if (!is_theme(SENT("theme"), ctx, pool))
        gov_intake_mistake(req->intake, "theme", "not-a-choice", NULL);
    else
        err = gov_site_set_look(ctx, gov_req_site(req), SENT("theme"),
                                SENT("accent"), permit, pool);
    return settle(reply, ctx, req, err, gov_console__settings, "settings",
                  pool);
}

CONSOLE_HANDLER(grey_post)
{
    gov_grey_t grey = { .reason = SENT("reason") };
    const gov_permit_t *permit;

    GOV_TRY(gov_console__permit(&permit, ctx, req, pool));
    gov_intake_date(&grey.from, req->intake, "from");
    gov_intake_date(&grey.to, req->intake, "to");
    /* people name the last day, not the one after it */
    grey.to = gov_date_add(grey.to, 1);
    return settle(reply, ctx, req,
                  gov_site_grey_set(ctx, gov_req_site(req), &grey, permit,
                                    pool),
                  gov_console__settings, "settings", pool);
}

CONSOLE_HANDLER(ungrey_post)
{
    const gov_permit_t *permit;
    gov_date_t day;
    gov_err_t *err;

    GOV_TRY(gov_console__permit(&permit, ctx, req, pool));
    gov_intake_date(&day, req->intake, "day");
    err = gov_site_grey_remove(ctx, gov_req_site(req), day, permit, pool);
    if (err && err->code == GOV_E_NOT_FOUND) {
        gov_intake_mistake(req->intake, "day", "not-a-choice", NULL);
        err = NULL;
    }
    return settle(reply, ctx, req, err, gov_console__settings, "settings",
                  pool);
}
