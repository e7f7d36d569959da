/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* console/step.c -- the steps of an edition on its way to the public, and away. */

#include <stdio.h>
#include <string.h>

#include "console_priv.h"

#define REMARKS 1000
#define BASIS 500

static const gov_form_field_t no_fields[] = { { .name = NULL } };
static const gov_form_field_t remarks[] = {
    { .name = "remarks", .kind = GOV_FORM_TEXT, .most = REMARKS },
    { .name = NULL }
};
static const gov_form_field_t remarks_must[] = {
    { .name = "remarks", .kind = GOV_FORM_TEXT, .required = true,
      .most = REMARKS },
    { .name = NULL }
};
static const gov_form_choice_t verdicts[] = {
    { "pass", NULL }, { "deny", NULL }, { NULL, NULL }
};
static const gov_form_field_t clear_fields[] = {
    { .name = "verdict", .kind = GOV_FORM_CHOICE, .required = true,
      .choices = verdicts },
    { .name = "basis", .kind = GOV_FORM_LINE, .required = true,
      .most = BASIS },
    { .name = "remarks", .kind = GOV_FORM_TEXT, .most = REMARKS },
    { .name = NULL }
};
static const gov_form_field_t schedule_fields[] = {
    { .name = "day", .kind = GOV_FORM_DATE, .required = true },
    { .name = "time", .kind = GOV_FORM_LINE, .required = true, .least = 4,
      .most = 5 },
    { .name = NULL }
};

const gov_form_t gov_console__submit_form = { "step-submit", remarks };
const gov_form_t gov_console__return_form = { "step-return", remarks_must };
const gov_form_t gov_console__review_form = { "step-review", remarks };
const gov_form_t gov_console__clear_form = { "step-clear", clear_fields };
const gov_form_t gov_console__schedule_form = { "step-schedule",
                                                schedule_fields };
const gov_form_t gov_console__unschedule_form = { "step-unschedule",
                                                  no_fields };
const gov_form_t gov_console__publish_form = { "step-publish", no_fields };
const gov_form_t gov_console__withdraw_form = { "step-withdraw",
                                                remarks_must };
const gov_form_t gov_console__archive_form = { "step-archive", remarks };

const gov_console__step_t gov_console__steps[] = {
    { "submit", GOV_ACTION_WRITE, " draft returned ",
      &gov_console__submit_form, "send" },
    { "review", GOV_ACTION_REVIEW, " submitted ",
      &gov_console__review_form, "check-lg" },
    { "clear", GOV_ACTION_CLEAR, " reviewed ",
      &gov_console__clear_form, "shield-check" },
    { "publish", GOV_ACTION_PUBLISH, " cleared ",
      &gov_console__publish_form, "globe" },
    { "schedule", GOV_ACTION_PUBLISH, " cleared ",
      &gov_console__schedule_form, "clock" },
    { "unschedule", GOV_ACTION_PUBLISH, " scheduled ",
      &gov_console__unschedule_form, "x-lg" },
    { "return", GOV_ACTION_REVIEW, " submitted reviewed cleared ",
      &gov_console__return_form, "arrow-return-left" },
    { "withdraw", GOV_ACTION_PUBLISH, " live ",
      &gov_console__withdraw_form, "eye-slash" },
    { "archive", GOV_ACTION_PUBLISH,
      " draft returned denied superseded withdrawn ",
      &gov_console__archive_form, "archive" },
    { NULL, GOV_ACTION__COUNT, NULL, NULL, NULL }
};

static const gov_console__step_t *
step_of(const gov_form_t *form)
{
    const gov_console__step_t *step;

    for (step = gov_console__steps; step->name; step++)
        if (step->form == form)
            return step;
    return NULL;
}

/* Day and time of the form, in the group's time zone. */
static bool
moment(apr_time_t *due, gov_intake_t *in)
{
    unsigned hour, minute;
    gov_date_t day;
    char end;

    if (!gov_intake_date(&day, in, "day")
        || sscanf(gov_intake_text(in, "time"), "%2u:%2u%c", &hour, &minute,
                  &end) != 2
        || hour > 23 || minute > 59) {
        gov_intake_mistake(in, "time", "not-a-time", NULL);
        return false;
    }
    *due = gov_date_start(day)
        + apr_time_from_sec((apr_int64_t)hour * 3600 + minute * 60);
    return true;
}

static gov_err_t *
take(const gov_console__step_t *step, const gov_ctx_t *ctx, gov_intake_t *in,
     const gov_step_edition_t *at, apr_time_t due, const gov_permit_t *permit,
     apr_pool_t *pool)
{
    const char *seen = gov_intake_raw(in, "seen");
    const char *said = gov_form_field(step->form, "remarks")
        ? gov_intake_text(in, "remarks") : NULL;

    if (!seen)
        return gov_err_field("seen", pool, "is missing");
    if (!strcmp(step->name, "submit"))
        return gov_edition_submit(ctx, at->id, seen, said, permit, pool);
    if (!strcmp(step->name, "review"))
        return gov_edition_review(ctx, at->id, seen, said, permit, pool);
    if (!strcmp(step->name, "return"))
        return gov_edition_return(ctx, at->id, seen, said, permit, pool);
    if (!strcmp(step->name, "clear"))
        return gov_edition_clear(ctx, at->id, seen,
                                 !strcmp(gov_intake_text(in, "verdict"),
                                         "pass"),
                                 gov_intake_text(in, "basis"), said, permit,
                                 pool);
    if (!strcmp(step->name, "schedule"))
        return gov_edition_schedule(ctx, at->id, seen, due, permit, pool);
    if (!strcmp(step->name, "unschedule"))
        return gov_edition_unschedule(ctx, at->id, permit, pool);
    if (!strcmp(step->name, "withdraw"))
        return gov_document_withdraw(ctx, at->document, said, permit, pool);
    if (!strcmp(step->name, "archive"))
        return gov_edition_archive(ctx, at->id, said, permit, pool);
    /* what is published must be what its publisher has seen */
    if (strcmp(seen, at->digest))
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "edition %" APR_INT64_T_FMT " was changed meanwhile",
                       at->id);
    return gov_edition_publish(ctx, at->id, permit, pool);
}

/* What a person can mend, or must be told; anything else is an error page. */
static bool
tell(gov_intake_t *in, const gov_err_t *err)
{
    if (err->code != GOV_E_CONFLICT && err->code != GOV_E_FORBIDDEN
        && err->code != GOV_E_INVALID)
        return false;
    gov_intake_mistake(in, "", err->code == GOV_E_CONFLICT ? "step-conflict"
                       : err->code == GOV_E_FORBIDDEN ? "step-forbidden"
                       : "step-invalid", err->field);
    return true;
}

CONSOLE_HANDLER(step_post)
{
    const gov_site_t *site = gov_req_site(req);
    const gov_console__step_t *step = step_of(gov_intake_form(req->intake));
    apr_int64_t id = gov_console__id(req, "id");
    const gov_desk_edition_t *edition;
    const gov_permit_t *permit;
    apr_time_t due = 0;
    gov_err_t *err;

    GOV_TRY(gov_desk_edition(&edition, ctx, site, id, pool));
    GOV_TRY(gov_permit_get(&permit, ctx, step->action, site->id,
                           edition->at.column, pool));
    if (!strcmp(step->name, "schedule") && !moment(&due, req->intake)) {
        reply->status = 422;
        return gov_console__document(reply, ctx, req, pool);
    }
    err = take(step, ctx, req->intake, &edition->at, due, permit, pool);
    if (err) {
        if (!tell(req->intake, err))
            return err;
        reply->status = gov_status_of(err->code);
        return gov_console__document(reply, ctx, req, pool);
    }
    return gov_reply_redirect(
        reply, gov_console_path(ctx, site,
                                apr_psprintf(pool, "documents/%"
                                             APR_INT64_T_FMT,
                                             edition->at.document),
                                step->name, pool), false);
}
