/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* flow.c -- govctl flow show|set: the rules of columns. */

#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_person.h"
#include "gov_text.h"
#include "gov_workflow.h"

/* "SITE", "SITE:PATH", or nothing for the group. */
static gov_err_t *
node(const gov_site_t **site, const gov_column_t **column, gov_cli__t *cli,
     const gov_ctx_t *ctx)
{
    const char *name = gov_cli__operand(cli, 0);

    *site = NULL;
    *column = NULL;
    if (!name)
        return NULL;
    if (!strchr(name, ':'))
        return gov_cli__site_named(site, ctx, name);
    GOV_TRY(gov_cli__column_named(column, ctx, name));
    *site = (*column)->site;
    return NULL;
}

static const char *
node_text(const gov_flow_t *flow, const gov_ctx_t *ctx, apr_pool_t *pool)
{
    const gov_column_t *column = gov_column_by_id(ctx->group, flow->column);
    const gov_site_t *site = gov_site_by_id(ctx->group, flow->site);

    if (column)
        return apr_pstrcat(pool, column->site->slug, ":", column->path, NULL);
    return site ? site->slug : "-";
}

static const char *
people_text(const gov_flow_t *flow, apr_pool_t *pool)
{
    const char *text = "";
    int i;

    for (i = 0; i < flow->people->nelts; i++) {
        const gov_flow_person_t *p = &APR_ARRAY_IDX(flow->people, i,
                                                    gov_flow_person_t);

        text = apr_pstrcat(pool, text, *text ? " " : "", p->step, "=",
                           p->login, NULL);
    }
    return text;
}

static gov_err_t *
show(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_object(cli->pool);
    const gov_column_t *column;
    gov_cli__table_t *table;
    const gov_flow_t *flow;
    const gov_site_t *site;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(node(&site, &column, cli, ctx));
    GOV_TRY(gov_flow_get(&flow, ctx, site, column, cli->pool));
    table = gov_cli__table("from reviews clearance publisher hours people",
                           cli->pool);
    gov_json_set(json, "from", node_text(flow, ctx, cli->pool));
    gov_json_set_int(json, "reviews", flow->reviews);
    gov_json_set(json, "clearance", "always");
    gov_json_set(json, "publisher", gov_publisher_word(flow->publisher));
    gov_json_set_int(json, "hours", flow->hours);
    gov_json_set(json, "people", people_text(flow, cli->pool));
    gov_cli__row(table, node_text(flow, ctx, cli->pool),
                 gov_cli__text(flow->reviews, cli->pool), "always",
                 gov_publisher_word(flow->publisher),
                 gov_cli__text(flow->hours, cli->pool),
                 people_text(flow, cli->pool));
    gov_cli__print(cli, table, json);
    return NULL;
}

/* "review=li.na review=wang.wei clear=zhao": who alone may do a step. */
static gov_err_t *
read_people(apr_array_header_t **people, const char *text,
            const gov_ctx_t *ctx, apr_pool_t *pool)
{
    apr_array_header_t *words = gov_text_split(text, " ", pool);
    int i;

    *people = apr_array_make(pool, words->nelts + 1,
                             sizeof(gov_flow_person_t));
    for (i = 0; i < words->nelts; i++) {
        const char *word = APR_ARRAY_IDX(words, i, const char *);
        const char *is = strchr(word, '=');
        const gov_person_t *person;
        gov_flow_person_t *to;

        if (!is)
            return gov_err_field("people", pool, "\"%s\": write STEP=LOGIN",
                                 word);
        GOV_TRY(gov_person_named(&person, ctx, is + 1, pool));
        to = apr_array_push(*people);
        to->step = apr_pstrmemdup(pool, word, (apr_size_t)(is - word));
        to->person = person->id;
        to->login = person->login;
    }
    return NULL;
}

/* What is not given stays as it is, or as it was inherited. */
static gov_err_t *
set(gov_cli__t *cli)
{
    const char *reviews = gov_cli__option(cli, "reviews");
    const char *publisher = gov_cli__option(cli, "publisher");
    const char *hours = gov_cli__option(cli, "hours");
    const char *people = gov_cli__option(cli, "people");
    const gov_column_t *column;
    const gov_permit_t *permit;
    const gov_flow_t *now;
    const gov_site_t *site;
    gov_flow_t flow;
    apr_int64_t number;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(node(&site, &column, cli, ctx));
    GOV_TRY(gov_cli__act(ctx, cli));
    GOV_TRY(gov_permit_get(&permit, ctx, GOV_ACTION_MANAGE,
                           site ? site->id : 0, column ? column->id : 0,
                           cli->pool));
    if (gov_cli__option(cli, "inherit"))
        return gov_flow_remove(ctx, site ? site->id : 0,
                               column ? column->id : 0, permit, cli->pool);
    GOV_TRY(gov_flow_get(&now, ctx, site, column, cli->pool));
    flow = *now;
    flow.site = site ? site->id : 0;
    flow.column = column ? column->id : 0;
    if (reviews) {
        GOV_TRY(gov_cli__number(&number, reviews, 0, 3, "--reviews",
                                cli->pool));
        flow.reviews = (int)number;
    }
    if (hours) {
        GOV_TRY(gov_cli__number(&number, hours, 0, 8760, "--hours",
                                cli->pool));
        flow.hours = (int)number;
    }
    if (publisher && !gov_publisher_named(&flow.publisher, publisher))
        return gov_err_field("publisher", cli->pool, "\"%s\" is none of any "
                             "other apart", publisher);
    if (people)
        GOV_TRY(read_people(&flow.people, people, ctx, cli->pool));
    return gov_flow_set(ctx, &flow, permit, cli->pool);
}

const gov_cli__verb_t gov_cli__flow[] = {
    { .name = "flow show", .operands = "[SITE|SITE:PATH]", .max = 1,
      .help = "Show the rule by which documents get to the public",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = show },
    { .name = "flow set", .operands = "[SITE|SITE:PATH]", .max = 1,
      .help = "Make a rule for a column, a site, or the group",
      .options = { { "reviews", "N", "how many people approve: 0 to 3" },
                   { "publisher", "WHO", "any, other than the authors, or "
                                         "apart from all who signed" },
                   { "hours", "N", "how long a step may take; 0: no limit" },
                   { "people", "LIST", "STEP=LOGIN ...: they alone do it" },
                   { "inherit", NULL, "have the rule from above again" },
                   { "as", "LOGIN", "in the name of this person, with their "
                                    "rights" } },
      .run = set },
    { .name = NULL }
};
