/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* emergency.c -- govctl emergency publish|list|review|clear|end. */

#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_history.h"
#include "gov_text.h"
#include "gov_time.h"
#include "gov_workflow.h"

#define LIST_MAX 500

/* --- publish --- */

/* Operands after the document: "zh-CN=text". */
static gov_err_t *
read_texts(apr_array_header_t **texts, gov_cli__t *cli)
{
    int i = gov_cli__option(cli, "external") ? 0 : 1;

    *texts = apr_array_make(cli->pool, 2, sizeof(gov_banner_text_t));
    for (; i < cli->operands->nelts; i++) {
        const char *word = gov_cli__operand(cli, i);
        const char *is = strchr(word, '=');
        gov_banner_text_t *text;

        if (!is || is == word || is - word > 20)
            return gov_err_field("banner", cli->pool,
                                 "\"%s\": write LANG=TEXT", word);
        text = apr_array_push(*texts);
        text->lang = apr_pstrmemdup(cli->pool, word, (apr_size_t)(is - word));
        text->text = gov_text_fold(is + 1, cli->pool);
    }
    return NULL;
}

static gov_err_t *
read_sites(apr_array_header_t **sites, const gov_ctx_t *ctx, gov_cli__t *cli)
{
    const char *text = gov_cli__option(cli, "sites");
    apr_array_header_t *names;
    int i;

    *sites = NULL;
    if (!text)
        return NULL;
    names = gov_text_split(text, " ", cli->pool);
    *sites = apr_array_make(cli->pool, names->nelts + 1,
                            sizeof(const gov_site_t *));
    for (i = 0; i < names->nelts; i++) {
        const gov_site_t *site;

        GOV_TRY(gov_cli__site_named(&site, ctx,
                                    APR_ARRAY_IDX(names, i, const char *)));
        APR_ARRAY_PUSH(*sites, const gov_site_t *) = site;
    }
    return NULL;
}

/* The newest edition in a language that is not public. */
static gov_err_t *
newest(apr_int64_t *edition, apr_int64_t document, gov_cli__t *cli,
       gov_ctx_t *ctx)
{
    const char *lang = gov_cli__option(cli, "lang");
    const gov_history_t *history;
    const gov_permit_t *reader;
    const gov_site_t *site;
    int i;

    GOV_TRY(gov_document_site(&site, ctx, document, cli->pool));
    GOV_TRY(gov_cli__permit(&reader, ctx, GOV_ACTION_READ, site));
    GOV_TRY(gov_document_history(&history, ctx, document, reader, cli->pool));
    if (!lang)
        lang = gov_site_source_lang(site, "");
    for (i = 0; i < history->editions->nelts; i++) {
        const gov_edition_t *e = &APR_ARRAY_IDX(history->editions, i,
                                                gov_edition_t);

        if (!strcmp(e->lang, lang)) {
            *edition = e->id;
            return NULL;
        }
    }
    return gov_err(GOV_E_NOT_FOUND, NULL, cli->pool,
                   "document %" APR_INT64_T_FMT " has no edition in %s",
                   document, lang);
}

static gov_err_t *
publish(gov_cli__t *cli)
{
    const char *until = gov_cli__option(cli, "until");
    apr_array_header_t *texts, *sites;
    apr_int64_t document, edition, emergency;
    const gov_permit_t *permit;
    gov_ctx_t *ctx;
    apr_time_t ends;

    if (!until || gov_time_parse(&ends, until, cli->pool))
        return gov_err_field("until", cli->pool, "--until is an RFC 3339 time, "
                             "such as 2026-11-03T09:00:00+08:00");
    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_cli__document_named(&document, cli, ctx));
    GOV_TRY(read_texts(&texts, cli));
    GOV_TRY(read_sites(&sites, ctx, cli));
    GOV_TRY(newest(&edition, document, cli, ctx));
    GOV_TRY(gov_cli__act(ctx, cli));
    GOV_TRY(gov_permit_get(&permit, ctx, GOV_ACTION_EMERGENCY, 0, 0,
                           cli->pool));
    GOV_TRY(gov_emergency_publish(&emergency, ctx, edition, texts, sites, ends,
                                  permit, cli->pool));
    printf("emergency %" APR_INT64_T_FMT ": document %" APR_INT64_T_FMT
           " is live; it must be reviewed and cleared afterwards\n", emergency,
           document);
    return NULL;
}

/* --- list --- */

static const char *
standing(const gov_emergency_t *e, apr_time_t now)
{
    if (e->settled)
        return e->verdict;
    return e->due <= now ? "overdue" : "waits";
}

static gov_err_t *
list(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_array(cli->pool);
    apr_array_header_t *emergencies;
    const gov_permit_t *permit;
    gov_cli__table_t *table;
    gov_ctx_t *ctx;
    apr_time_t now;
    int i;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_READ, NULL));
    GOV_TRY(gov_emergency_list(&emergencies, ctx, LIST_MAX, permit,
                               cli->pool));
    now = gov_now(ctx->clock);
    table = gov_cli__table("emergency at by document edition banner-until "
                           "review-until review", cli->pool);
    for (i = 0; i < emergencies->nelts; i++) {
        const gov_emergency_t *e = &APR_ARRAY_IDX(emergencies, i,
                                                  gov_emergency_t);
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set_int(row, "emergency", e->id);
        gov_json_set(row, "at", gov_time_rfc3339(e->at, cli->pool));
        gov_json_set(row, "by", e->actor);
        gov_json_set_int(row, "document", e->document);
        gov_json_set_int(row, "edition", e->edition);
        gov_json_set(row, "banner_until", gov_time_rfc3339(e->ends,
                                                           cli->pool));
        gov_json_set(row, "review_until", gov_time_rfc3339(e->due, cli->pool));
        gov_json_set(row, "review", standing(e, now));
        gov_json_add(json, row);
        gov_cli__row(table, gov_cli__text(e->id, cli->pool),
                     gov_cli__when(e->at, cli->pool), e->actor,
                     gov_cli__text(e->document, cli->pool),
                     gov_cli__text(e->edition, cli->pool),
                     gov_cli__when(e->ends, cli->pool),
                     gov_cli__when(e->due, cli->pool), standing(e, now));
        if (!e->settled && e->due <= now)
            cli->status = GOV_CLI_FINDINGS;
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

/* --- afterwards --- */

/* The edition that the emergency of the first operand made live. */
static gov_err_t *
named(apr_int64_t *emergency, const gov_emergency_t **found, gov_ctx_t **ctx,
      gov_cli__t *cli)
{
    apr_array_header_t *emergencies;
    const gov_permit_t *permit;
    int i;

    GOV_TRY(gov_cli__number(emergency, gov_cli__operand(cli, 0), 1,
                            APR_INT64_MAX, "the emergency's number",
                            cli->pool));
    GOV_TRY(gov_cli__ctx(ctx, cli));
    GOV_TRY(gov_cli__permit(&permit, *ctx, GOV_ACTION_READ, NULL));
    GOV_TRY(gov_emergency_list(&emergencies, *ctx, LIST_MAX, permit,
                               cli->pool));
    GOV_TRY(gov_cli__act(*ctx, cli));
    for (i = 0; i < emergencies->nelts; i++) {
        *found = &APR_ARRAY_IDX(emergencies, i, gov_emergency_t);
        if ((*found)->id == *emergency)
            return NULL;
    }
    return gov_err(GOV_E_NOT_FOUND, NULL, cli->pool,
                   "there is no emergency %" APR_INT64_T_FMT, *emergency);
}

static gov_err_t *
place(const gov_permit_t **permit, gov_action_t action,
      const gov_emergency_t *emergency, const gov_ctx_t *ctx, apr_pool_t *pool)
{
    apr_int64_t site, column;

    GOV_TRY(gov_edition_place(&site, &column, ctx, emergency->edition, pool));
    return gov_permit_get(permit, ctx, action, site, column, pool);
}

static gov_err_t *
review(gov_cli__t *cli)
{
    const gov_emergency_t *found;
    const gov_permit_t *permit;
    apr_int64_t emergency;
    gov_ctx_t *ctx;

    GOV_TRY(named(&emergency, &found, &ctx, cli));
    GOV_TRY(place(&permit, GOV_ACTION_REVIEW, found, ctx, cli->pool));
    GOV_TRY(gov_edition_review(ctx, found->edition, NULL,
                               gov_cli__option(cli, "remarks"), permit,
                               cli->pool));
    printf("emergency %" APR_INT64_T_FMT " is reviewed\n", emergency);
    return NULL;
}

static gov_err_t *
clear(gov_cli__t *cli)
{
    bool pass = !gov_cli__option(cli, "deny");
    const gov_emergency_t *found;
    const gov_permit_t *permit;
    apr_int64_t emergency;
    gov_ctx_t *ctx;

    GOV_TRY(named(&emergency, &found, &ctx, cli));
    GOV_TRY(place(&permit, GOV_ACTION_CLEAR, found, ctx, cli->pool));
    GOV_TRY(gov_edition_clear(ctx, found->edition, NULL, pass,
                              gov_cli__option(cli, "basis"),
                              gov_cli__option(cli, "remarks"), permit,
                              cli->pool));
    printf("emergency %" APR_INT64_T_FMT " is %s\n", emergency,
           pass ? "cleared" : "denied: its document is withdrawn");
    return NULL;
}

static gov_err_t *
end(gov_cli__t *cli)
{
    const gov_emergency_t *found;
    const gov_permit_t *permit;
    apr_int64_t emergency;
    gov_ctx_t *ctx;

    GOV_TRY(named(&emergency, &found, &ctx, cli));
    GOV_TRY(gov_permit_get(&permit, ctx, GOV_ACTION_EMERGENCY, 0, 0,
                           cli->pool));
    GOV_TRY(gov_emergency_end(ctx, emergency, permit, cli->pool));
    printf("emergency %" APR_INT64_T_FMT ": its banner is gone\n", emergency);
    return NULL;
}

#define AS { "as", "LOGIN", "in the name of this person, with their rights" }
#define REMARKS { "remarks", "TEXT", "what there is to say about it" }

const gov_cli__verb_t gov_cli__emergency[] = {
    { .name = "emergency publish", .operands = "[DOCUMENT] LANG=TEXT...",
      .min = 1, .max = -1,
      .help = "Make a draft live at once, with a banner on the sites",
      .options = { { "external", "ID", "the id of its import, instead of "
                                       "DOCUMENT" },
                   { "lang", "LANG", "the edition in this language" },
                   { "sites", "LIST", "blank-separated; all if not given" },
                   { "until", "TIME", "when the banner ends" }, AS },
      .run = publish },
    { .name = "emergency list",
      .help = "Show emergencies; those not reviewed yet come first",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = list },
    { .name = "emergency review", .operands = "EMERGENCY", .min = 1, .max = 1,
      .help = "Approve afterwards", .options = { REMARKS, AS },
      .run = review },
    { .name = "emergency clear", .operands = "EMERGENCY", .min = 1, .max = 1,
      .help = "Give the verdict on secrecy afterwards",
      .options = { { "basis", "TEXT", "what the verdict stands on" },
                   { "deny", NULL, "withdraw it" }, REMARKS, AS },
      .run = clear },
    { .name = "emergency end", .operands = "EMERGENCY", .min = 1, .max = 1,
      .help = "Take the banner away before its time", .options = { AS },
      .run = end },
    { .name = NULL }
};
