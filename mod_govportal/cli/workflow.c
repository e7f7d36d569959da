/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* workflow.c -- govctl document submit|return|review|clear|schedule|unschedule|
   publish|archive|steps. */

#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_history.h"
#include "gov_time.h"
#include "gov_workflow.h"

gov_err_t *
gov_cli__act(gov_ctx_t *ctx, gov_cli__t *cli)
{
    const char *login = gov_cli__option(cli, "as");
    const gov_person_t *person;

    if (!login)
        return NULL;
    GOV_TRY(gov_person_named(&person, ctx, login, cli->pool));
    return gov_person_actor(&ctx->actor, ctx, person, cli->pool);
}

/* One step on one edition. */
typedef gov_err_t *(*step_t)(gov_cli__t *cli, const gov_ctx_t *ctx,
                             apr_int64_t edition, const gov_permit_t *permit);

typedef struct plan_t {
    gov_action_t action;
    const char *states;           /* that it is for, blank-separated */
    const char *said;             /* "is submitted" */
    step_t step;
} plan_t;

static bool
is_for(const plan_t *plan, const char *state)
{
    const char *at = strstr(plan->states, state);

    return at != NULL;
}

/* An edition that a step is for. */
typedef struct found_t {
    apr_int64_t document, edition;
    const char *lang;
    int version;
} found_t;

static void
tell(const found_t *f, const char *said)
{
    printf("document %" APR_INT64_T_FMT ": version %d in %s %s\n", f->document,
           f->version, f->lang, said);
}

/* The newest edition of a document in each language that the step is for;
   --edition names one, whatever its state, and lets the step say what is wrong. */
static gov_err_t *
gather(apr_array_header_t *found, const plan_t *plan, gov_cli__t *cli,
       gov_ctx_t *ctx, apr_int64_t document)
{
    const char *lang = gov_cli__option(cli, "lang");
    const char *text = gov_cli__option(cli, "edition");
    apr_table_t *seen = apr_table_make(cli->pool, 4);
    const gov_history_t *history;
    const gov_permit_t *reader;
    apr_int64_t number = 0;
    const char *newest = NULL;
    const gov_site_t *site;
    int i, before = found->nelts;

    if (text)
        GOV_TRY(gov_cli__number(&number, text, 1, APR_INT64_MAX, "--edition",
                                cli->pool));
    GOV_TRY(gov_document_site(&site, ctx, document, cli->pool));
    /* which editions there are is the operator's to know; the step itself is done
       with the rights of whoever it is done as */
    GOV_TRY(gov_cli__permit(&reader, ctx, GOV_ACTION_READ, site));
    GOV_TRY(gov_document_history(&history, ctx, document, reader, cli->pool));
    for (i = 0; i < history->editions->nelts; i++) {
        const gov_edition_t *e = &APR_ARRAY_IDX(history->editions, i,
                                                gov_edition_t);
        found_t *f;

        if (number ? e->id != number
                   : apr_table_get(seen, e->lang)
                     || (lang && strcmp(lang, e->lang)))
            continue;
        if (!newest)
            newest = e->state;
        if (!number && !is_for(plan, e->state))
            continue;
        apr_table_setn(seen, e->lang, "");
        f = apr_array_push(found);
        f->document = document;
        f->edition = e->id;
        f->lang = e->lang;
        f->version = e->version;
    }
    if (found->nelts > before)
        return NULL;
    return gov_err(GOV_E_CONFLICT, NULL, cli->pool,
                   "document %" APR_INT64_T_FMT " has no edition for this "
                   "(%s); its newest is %s", document, plan->states,
                   newest ? newest : "missing");
}

/* Who does the step: known before anything is looked up, in force only after. */
static gov_err_t *
actor_of(const gov_actor_t **actor, gov_ctx_t *ctx, gov_cli__t *cli)
{
    const gov_actor_t *op = ctx->actor;

    GOV_TRY(gov_cli__act(ctx, cli));
    *actor = ctx->actor;
    ctx->actor = op;
    return NULL;
}

static gov_err_t *
take(const plan_t *plan, gov_cli__t *cli, gov_ctx_t *ctx, apr_int64_t edition)
{
    const gov_permit_t *permit;
    apr_int64_t site, column;

    GOV_TRY(gov_edition_place(&site, &column, ctx, edition, cli->pool));
    GOV_TRY(gov_permit_get(&permit, ctx, plan->action, site, column,
                           cli->pool));
    return plan->step(cli, ctx, edition, permit);
}

static gov_err_t *
walk(const plan_t *plan, gov_cli__t *cli)
{
    apr_array_header_t *found = apr_array_make(cli->pool, 4, sizeof(found_t));
    const gov_actor_t *actor;
    apr_int64_t document;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(actor_of(&actor, ctx, cli));
    GOV_TRY(gov_cli__document_named(&document, cli, ctx));
    GOV_TRY(gather(found, plan, cli, ctx, document));
    ctx->actor = actor;
    for (i = 0; i < found->nelts; i++) {
        const found_t *f = &APR_ARRAY_IDX(found, i, found_t);

        GOV_TRY(take(plan, cli, ctx, f->edition));
        tell(f, plan->said);
    }
    return NULL;
}

/* --- the steps ------------------------------------------------------------ */

static gov_err_t *
submit_one(gov_cli__t *cli, const gov_ctx_t *ctx, apr_int64_t edition,
           const gov_permit_t *permit)
{
    return gov_edition_submit(ctx, edition, NULL,
                              gov_cli__option(cli, "remarks"), permit,
                              cli->pool);
}

static gov_err_t *
submit(gov_cli__t *cli)
{
    static const plan_t plan = { GOV_ACTION_WRITE, "draft returned",
                                 "is submitted", submit_one };

    return walk(&plan, cli);
}

static gov_err_t *
return_one(gov_cli__t *cli, const gov_ctx_t *ctx, apr_int64_t edition,
           const gov_permit_t *permit)
{
    return gov_edition_return(ctx, edition, NULL,
                              gov_cli__option(cli, "remarks"), permit,
                              cli->pool);
}

static gov_err_t *
give_back(gov_cli__t *cli)
{
    static const plan_t plan = { GOV_ACTION_REVIEW,
                                 "submitted reviewed cleared", "is returned",
                                 return_one };

    return walk(&plan, cli);
}

static gov_err_t *
review_one(gov_cli__t *cli, const gov_ctx_t *ctx, apr_int64_t edition,
           const gov_permit_t *permit)
{
    return gov_edition_review(ctx, edition, NULL,
                              gov_cli__option(cli, "remarks"), permit,
                              cli->pool);
}

static gov_err_t *
review(gov_cli__t *cli)
{
    static const plan_t plan = { GOV_ACTION_REVIEW, "submitted", "is approved",
                                 review_one };

    return walk(&plan, cli);
}

static gov_err_t *
clear_one(gov_cli__t *cli, const gov_ctx_t *ctx, apr_int64_t edition,
          const gov_permit_t *permit)
{
    return gov_edition_clear(ctx, edition, NULL, !gov_cli__option(cli, "deny"),
                             gov_cli__option(cli, "basis"),
                             gov_cli__option(cli, "remarks"), permit,
                             cli->pool);
}

static gov_err_t *
clear(gov_cli__t *cli)
{
    static const plan_t pass = { GOV_ACTION_CLEAR, "reviewed", "is cleared",
                                 clear_one };
    static const plan_t deny = { GOV_ACTION_CLEAR, "reviewed", "is denied",
                                 clear_one };

    return walk(gov_cli__option(cli, "deny") ? &deny : &pass, cli);
}

static gov_err_t *
schedule_one(gov_cli__t *cli, const gov_ctx_t *ctx, apr_int64_t edition,
             const gov_permit_t *permit)
{
    const char *text = gov_cli__option(cli, "at");
    apr_time_t due;

    if (!text || gov_time_parse(&due, text, cli->pool))
        return gov_err_field("at", cli->pool, "--at is an RFC 3339 time, such "
                             "as 2026-11-03T09:00:00+08:00");
    return gov_edition_schedule(ctx, edition, NULL, due, permit, cli->pool);
}

static gov_err_t *
schedule(gov_cli__t *cli)
{
    static const plan_t plan = { GOV_ACTION_PUBLISH, "cleared",
                                 "is scheduled", schedule_one };

    return walk(&plan, cli);
}

static gov_err_t *
unschedule_one(gov_cli__t *cli, const gov_ctx_t *ctx, apr_int64_t edition,
               const gov_permit_t *permit)
{
    return gov_edition_unschedule(ctx, edition, permit, cli->pool);
}

static gov_err_t *
unschedule(gov_cli__t *cli)
{
    static const plan_t plan = { GOV_ACTION_PUBLISH, "scheduled",
                                 "is cleared, without a time", unschedule_one };

    return walk(&plan, cli);
}

static gov_err_t *
publish_one(gov_cli__t *cli, const gov_ctx_t *ctx, apr_int64_t edition,
            const gov_permit_t *permit)
{
    return gov_edition_publish(ctx, edition, permit, cli->pool);
}

/* Several at one go: all of them are looked at before the first is published. */
static gov_err_t *
publish_many(const plan_t *plan, gov_cli__t *cli)
{
    apr_array_header_t *found = apr_array_make(cli->pool, 8, sizeof(found_t));
    apr_array_header_t *editions = apr_array_make(cli->pool, 8,
                                                  sizeof(apr_int64_t));
    const gov_permit_t *permit;
    const gov_actor_t *actor;
    apr_int64_t site = 0;
    gov_ctx_t *ctx;
    gov_err_t *err;
    int i, done;

    if (gov_cli__option(cli, "external") || gov_cli__option(cli, "edition"))
        return gov_err(GOV_E_INVALID, NULL, cli->pool,
                       "--external and --edition stand for one document");
    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(actor_of(&actor, ctx, cli));
    for (i = 0; i < cli->operands->nelts; i++) {
        const gov_site_t *home;
        apr_int64_t document;

        GOV_TRY(gov_cli__number(&document, gov_cli__operand(cli, i), 1,
                                APR_INT64_MAX, "the document's number",
                                cli->pool));
        GOV_TRY(gather(found, plan, cli, ctx, document));
        GOV_TRY(gov_document_site(&home, ctx, document, cli->pool));
        site = i && site != home->id ? 0 : home->id;
    }
    for (i = 0; i < found->nelts; i++)
        APR_ARRAY_PUSH(editions, apr_int64_t) =
            APR_ARRAY_IDX(found, i, found_t).edition;
    ctx->actor = actor;
    GOV_TRY(gov_permit_get(&permit, ctx, plan->action, site, 0, cli->pool));
    err = gov_editions_publish(&done, ctx, editions, permit, cli->pool);
    for (i = 0; i < done; i++)
        tell(&APR_ARRAY_IDX(found, i, found_t), plan->said);
    return err;
}

static gov_err_t *
publish(gov_cli__t *cli)
{
    static const plan_t plan = { GOV_ACTION_PUBLISH, "cleared", "is live",
                                 publish_one };

    return cli->operands->nelts > 1 ? publish_many(&plan, cli)
                                    : walk(&plan, cli);
}

static gov_err_t *
archive_one(gov_cli__t *cli, const gov_ctx_t *ctx, apr_int64_t edition,
            const gov_permit_t *permit)
{
    return gov_edition_archive(ctx, edition, gov_cli__option(cli, "remarks"),
                               permit, cli->pool);
}

static gov_err_t *
archive(gov_cli__t *cli)
{
    static const plan_t plan = {
        GOV_ACTION_PUBLISH, "draft returned denied superseded withdrawn",
        "is archived", archive_one
    };

    return walk(&plan, cli);
}

/* --- who did what --------------------------------------------------------- */

/* The number in an address: ".../1042.html", whatever follows. */
static gov_err_t *
document_at(apr_int64_t *document, const char *url, gov_cli__t *cli)
{
    const char *end = url + strcspn(url, "?#"), *at = end;

    if (end - url < 6 || strncmp(end - 5, ".html", 5))
        return gov_err(GOV_E_INVALID, NULL, cli->pool,
                       "%s is not the address of a document", url);
    for (at = end - 5; at > url && apr_isdigit(at[-1]); at--)
        ;
    return gov_cli__number(document,
                           apr_pstrmemdup(cli->pool, at,
                                          (apr_size_t)(end - 5 - at)),
                           1, APR_INT64_MAX, "the number in the address",
                           cli->pool);
}

static gov_err_t *
steps(gov_cli__t *cli)
{
    const char *text = gov_cli__operand(cli, 0);
    gov_json_t *json = gov_json_array(cli->pool);
    const gov_permit_t *permit;
    apr_array_header_t *list;
    gov_cli__table_t *table;
    const gov_site_t *site;
    apr_int64_t document;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    if (text && strchr(text, '/'))
        GOV_TRY(document_at(&document, text, cli));
    else
        GOV_TRY(gov_cli__document_named(&document, cli, ctx));
    GOV_TRY(gov_document_site(&site, ctx, document, cli->pool));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_READ, site));
    GOV_TRY(gov_document_steps(&list, ctx, document, permit, cli->pool));
    table = gov_cli__table("at lang version step by address verdict basis "
                           "remarks valid", cli->pool);
    for (i = 0; i < list->nelts; i++) {
        const gov_step_t *s = &APR_ARRAY_IDX(list, i, gov_step_t);
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set_int(row, "edition", s->edition);
        gov_json_set(row, "lang", s->lang);
        gov_json_set_int(row, "version", s->version);
        gov_json_set(row, "step", s->what);
        gov_json_set(row, "at", gov_time_utc(s->at, cli->pool));
        gov_json_set(row, "by", s->actor);
        if (s->person)
            gov_json_set_int(row, "person", s->person);
        gov_json_set(row, "address", s->address);
        gov_json_set(row, "verdict", s->verdict);
        gov_json_set(row, "basis", s->basis);
        gov_json_set(row, "remarks", s->remarks);
        gov_json_set(row, "digest", s->digest);
        gov_json_set_bool(row, "valid", s->valid);
        gov_json_add(json, row);
        gov_cli__row(table, gov_time_rfc3339(s->at, cli->pool), s->lang,
                     gov_cli__text(s->version, cli->pool), s->what, s->actor,
                     s->address, s->verdict, s->basis, s->remarks,
                     s->valid ? "yes" : "no");
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

#define EXTERNAL { "external", "ID", "the id of its import, instead of DOCUMENT" }
#define LANG { "lang", "LANG", "in this language only" }
#define EDITION { "edition", "ID", "this edition only" }
#define AS { "as", "LOGIN", "in the name of this person, with their rights" }
#define REMARKS { "remarks", "TEXT", "what there is to say about it" }

const gov_cli__verb_t gov_cli__workflow[] = {
    { .name = "document submit", .operands = "[DOCUMENT]", .max = 1,
      .help = "Hand a draft in for review",
      .options = { EXTERNAL, LANG, EDITION, REMARKS, AS }, .run = submit },
    { .name = "document return", .operands = "[DOCUMENT]", .max = 1,
      .help = "Give it back to its author",
      .options = { EXTERNAL, LANG, EDITION, REMARKS, AS }, .run = give_back },
    { .name = "document review", .operands = "[DOCUMENT]", .max = 1,
      .help = "Approve what was handed in",
      .options = { EXTERNAL, LANG, EDITION, REMARKS, AS }, .run = review },
    { .name = "document clear", .operands = "[DOCUMENT]", .max = 1,
      .help = "Give the verdict on secrecy",
      .options = { EXTERNAL, LANG, EDITION, REMARKS, AS,
                   { "basis", "TEXT", "what the verdict stands on" },
                   { "deny", NULL, "it must not be published" } },
      .run = clear },
    { .name = "document schedule", .operands = "[DOCUMENT]", .max = 1,
      .help = "Let what is cleared go live at a time",
      .options = { EXTERNAL, LANG, EDITION, AS,
                   { "at", "TIME", "when: 2026-11-03T09:00:00+08:00" } },
      .run = schedule },
    { .name = "document unschedule", .operands = "[DOCUMENT]", .max = 1,
      .help = "Take the time away again",
      .options = { EXTERNAL, LANG, EDITION, AS }, .run = unschedule },
    { .name = "document publish", .operands = "[DOCUMENT...]", .max = -1,
      .help = "Make live what is reviewed and cleared",
      .options = { EXTERNAL, LANG, EDITION, AS }, .run = publish },
    { .name = "document archive", .operands = "[DOCUMENT]", .max = 1,
      .help = "Put away what is not public",
      .options = { EXTERNAL, LANG, EDITION, REMARKS, AS }, .run = archive },
    { .name = "document steps", .operands = "[DOCUMENT|ADDRESS]", .max = 1,
      .help = "Show who wrote, reviewed, cleared and published it",
      .options = { EXTERNAL,
                   { "json", NULL, "one JSON value instead of lines" } },
      .run = steps },
    { .name = NULL }
};
