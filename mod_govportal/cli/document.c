/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* document.c -- govctl document list|show|withdraw|move|share|pin. */

#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_history.h"
#include "gov_time.h"

#define LIST_MAX 500

/* --- list --- */

static gov_err_t *
print_items(gov_cli__t *cli, const gov_ctx_t *ctx,
            const apr_array_header_t *items)
{
    gov_json_t *json = gov_json_array(cli->pool);
    gov_cli__table_t *table;
    int i;

    table = gov_cli__table("document published column type title", cli->pool);
    for (i = 0; i < items->nelts; i++) {
        const gov_item_t *item = &APR_ARRAY_IDX(items, i, gov_item_t);
        const gov_column_t *column = gov_column_by_id(ctx->group, item->column);
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set_int(row, "document", item->document);
        gov_json_set(row, "published", gov_time_rfc3339(item->published,
                                                        cli->pool));
        gov_json_set(row, "column", column ? column->path : NULL);
        gov_json_set(row, "type", item->type);
        gov_json_set(row, "lang", item->lang);
        gov_json_set(row, "title", item->title);
        gov_json_add(json, row);
        gov_cli__row(table, gov_cli__text(item->document, cli->pool),
                     gov_cli__when(item->published, cli->pool),
                     column ? column->path : "", item->type, item->title);
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

static gov_err_t *
print_drafts(gov_cli__t *cli, const apr_array_header_t *drafts)
{
    gov_json_t *json = gov_json_array(cli->pool);
    gov_cli__table_t *table;
    int i;

    table = gov_cli__table("document created lang version by title", cli->pool);
    for (i = 0; i < drafts->nelts; i++) {
        const gov_edition_t *draft = &APR_ARRAY_IDX(drafts, i, gov_edition_t);
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set_int(row, "document", draft->document);
        gov_json_set(row, "created", gov_time_rfc3339(draft->created,
                                                      cli->pool));
        gov_json_set(row, "lang", draft->lang);
        gov_json_set_int(row, "version", draft->version);
        gov_json_set(row, "created_by", draft->created_by);
        gov_json_set(row, "title", draft->title);
        gov_json_add(json, row);
        gov_cli__row(table, gov_cli__text(draft->document, cli->pool),
                     gov_cli__when(draft->created, cli->pool), draft->lang,
                     gov_cli__text(draft->version, cli->pool),
                     draft->created_by, draft->title);
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

typedef struct listed_t {
    const gov_site_t *site;
    const char *lang;
    int max;
    apr_array_header_t *items;
    apr_pool_t *pool;
} listed_t;

static gov_err_t *
newest(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    listed_t *l = baton;

    (void)scratch;
    return gov_site_newest(&l->items, db, l->site, l->lang, l->max, l->pool);
}

typedef struct column_page_t {
    const gov_column_t *column;
    const char *lang;
    int page;
    gov_list_t list;
    apr_pool_t *pool;
} column_page_t;

static gov_err_t *
one_page(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    column_page_t *p = baton;

    (void)scratch;
    return gov_column_list(&p->list, db, p->column, p->page, p->lang, p->pool);
}

/* "SITE" lists its newest documents, "SITE:PATH" a page of a column. */
static gov_err_t *
list(gov_cli__t *cli)
{
    const char *where = gov_cli__operand(cli, 0);
    const char *lang = gov_cli__option(cli, "lang");
    const char *text = gov_cli__option(cli, "page");
    const gov_permit_t *permit;
    apr_array_header_t *drafts;
    apr_int64_t page = 0;
    gov_ctx_t *ctx;

    if (text)
        GOV_TRY(gov_cli__number(&page, text, 1, 1000000, "--page", cli->pool));
    GOV_TRY(gov_cli__ctx(&ctx, cli));
    if (strchr(where, ':')) {
        column_page_t p = { .page = (int)page, .pool = cli->pool };

        GOV_TRY(gov_cli__column_named(&p.column, ctx, where));
        p.lang = lang ? lang : gov_site_source_lang(p.column->site, "");
        GOV_TRY(gov_store_read(ctx->store, one_page, &p, cli->pool));
        return print_items(cli, ctx, p.list.items);
    }
    else {
        listed_t l = { .max = LIST_MAX, .pool = cli->pool };

        GOV_TRY(gov_cli__site_named(&l.site, ctx, where));
        if (gov_cli__option(cli, "drafts")) {
            GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_READ, l.site));
            GOV_TRY(gov_site_drafts(&drafts, ctx, l.site, LIST_MAX, permit,
                                    cli->pool));
            return print_drafts(cli, drafts);
        }
        l.lang = lang ? lang : gov_site_source_lang(l.site, "");
        GOV_TRY(gov_store_read(ctx->store, newest, &l, cli->pool));
        return print_items(cli, ctx, l.items);
    }
}

/* --- show --- */

static const char *
column_text(const gov_ctx_t *ctx, apr_int64_t id, apr_pool_t *pool)
{
    const gov_column_t *column = gov_column_by_id(ctx->group, id);

    if (!column)
        return gov_cli__text(id, pool);
    return apr_pstrcat(pool, column->site->slug, ":", column->path, NULL);
}

static const char *
url_of(const gov_ctx_t *ctx, const gov_history_t *history, apr_pool_t *pool)
{
    const gov_column_t *column = gov_column_by_id(ctx->group, history->column);

    if (!column)
        return NULL;
    return apr_pstrcat(pool, gov_site_origin(column->site, pool),
                       gov_document_href(column, history->document, NULL, pool),
                       NULL);
}

static void
show_json(gov_cli__t *cli, const gov_ctx_t *ctx, const gov_history_t *history)
{
    apr_pool_t *pool = cli->pool;
    gov_json_t *json = gov_json_object(pool), *list = gov_json_array(pool);
    int i;

    gov_json_set_int(json, "document", history->document);
    gov_json_set(json, "column", column_text(ctx, history->column, pool));
    gov_json_set(json, "url", url_of(ctx, history, pool));
    gov_json_set(json, "type", history->type);
    gov_json_set(json, "external", history->external);
    gov_json_set_bool(json, "pinned", history->pinned);
    gov_json_set(json, "created", gov_time_utc(history->created, pool));
    if (history->gone)
        gov_json_set(json, "withdrawn", gov_time_utc(history->gone, pool));
    for (i = 0; i < history->editions->nelts; i++) {
        const gov_edition_t *e = &APR_ARRAY_IDX(history->editions, i,
                                                gov_edition_t);
        gov_json_t *row = gov_json_object(pool);

        gov_json_set_int(row, "edition", e->id);
        gov_json_set(row, "lang", e->lang);
        gov_json_set_int(row, "version", e->version);
        gov_json_set(row, "state", e->state);
        gov_json_set(row, "created", gov_time_utc(e->created, pool));
        gov_json_set(row, "created_by", e->created_by);
        if (e->published)
            gov_json_set(row, "published", gov_time_utc(e->published, pool));
        gov_json_set(row, "title", e->title);
        gov_json_add(list, row);
    }
    gov_json_put(json, "editions", list);
    list = gov_json_array(pool);
    for (i = 0; i < history->places->nelts; i++) {
        const gov_place_t *place = &APR_ARRAY_IDX(history->places, i,
                                                  gov_place_t);
        gov_json_t *row = gov_json_object(pool);

        gov_json_set(row, "column", column_text(ctx, place->column, pool));
        gov_json_set(row, "how", place->how);
        gov_json_add(list, row);
    }
    gov_json_put(json, "shown", list);
    gov_cli__print_json(json, pool);
}

static void
show_text(gov_cli__t *cli, const gov_ctx_t *ctx, const gov_history_t *history)
{
    apr_pool_t *pool = cli->pool;
    gov_cli__table_t *table;
    int i;

    printf("document  %" APR_INT64_T_FMT "%s\n", history->document,
           history->pinned ? " (pinned)" : "");
    printf("type      %s\n", history->type);
    printf("column    %s\n", column_text(ctx, history->column, pool));
    printf("address   %s\n", url_of(ctx, history, pool)
           ? url_of(ctx, history, pool) : "none");
    if (history->external)
        printf("external  %s\n", history->external);
    if (history->gone)
        printf("withdrawn %s\n", gov_cli__when(history->gone, pool));
    for (i = 0; i < history->places->nelts; i++) {
        const gov_place_t *place = &APR_ARRAY_IDX(history->places, i,
                                                  gov_place_t);

        printf("shown in  %s (%s)\n", column_text(ctx, place->column, pool),
               place->how);
    }
    putchar('\n');
    table = gov_cli__table("lang version state created published by title",
                           pool);
    for (i = 0; i < history->editions->nelts; i++) {
        const gov_edition_t *e = &APR_ARRAY_IDX(history->editions, i,
                                                gov_edition_t);

        gov_cli__row(table, e->lang, gov_cli__text(e->version, pool), e->state,
                     gov_cli__when(e->created, pool),
                     gov_cli__when(e->published, pool), e->created_by,
                     e->title);
    }
    gov_cli__table_end(table);
}

/* The document that the command names, its site, and a permit for that site. */
static gov_err_t *
named(apr_int64_t *document, const gov_site_t **site,
      const gov_permit_t **permit, gov_ctx_t **ctx, gov_action_t action,
      gov_cli__t *cli)
{
    GOV_TRY(gov_cli__ctx(ctx, cli));
    GOV_TRY(gov_cli__document_named(document, cli, *ctx));
    GOV_TRY(gov_document_site(site, *ctx, *document, cli->pool));
    return gov_cli__permit(permit, *ctx, action, *site);
}

static gov_err_t *
show(gov_cli__t *cli)
{
    const gov_history_t *history;
    const gov_permit_t *permit;
    const gov_site_t *site;
    apr_int64_t document;
    gov_ctx_t *ctx;

    GOV_TRY(named(&document, &site, &permit, &ctx, GOV_ACTION_READ, cli));
    GOV_TRY(gov_document_history(&history, ctx, document, permit, cli->pool));
    if (gov_cli__option(cli, "json"))
        show_json(cli, ctx, history);
    else
        show_text(cli, ctx, history);
    return NULL;
}

/* --- changes --- */

static gov_err_t *
withdraw(gov_cli__t *cli)
{
    const char *reason = gov_cli__option(cli, "reason");
    const gov_permit_t *permit;
    const gov_site_t *site;
    apr_int64_t document;
    gov_ctx_t *ctx;

    if (!reason || !*reason)
        return gov_err(GOV_E_INVALID, NULL, cli->pool,
                       "--reason is missing: the audit must know why");
    GOV_TRY(named(&document, &site, &permit, &ctx, GOV_ACTION_PUBLISH, cli));
    GOV_TRY(gov_document_withdraw(ctx, document, reason, permit, cli->pool));
    printf("document %" APR_INT64_T_FMT " is withdrawn\n", document);
    return NULL;
}

/* With --external the column is the only operand. */
static gov_err_t *
target(const gov_column_t **column, gov_cli__t *cli, const gov_ctx_t *ctx)
{
    const char *text =
        gov_cli__operand(cli, gov_cli__option(cli, "external") ? 0 : 1);

    if (!text)
        return gov_err(GOV_E_INVALID, NULL, cli->pool,
                       "which column? write SITE:PATH");
    return gov_cli__column_named(column, ctx, text);
}

static gov_err_t *
move(gov_cli__t *cli)
{
    const gov_permit_t *permit;
    const gov_column_t *column;
    const gov_site_t *site;
    apr_int64_t document;
    gov_ctx_t *ctx;

    GOV_TRY(named(&document, &site, &permit, &ctx, GOV_ACTION_PUBLISH, cli));
    GOV_TRY(target(&column, cli, ctx));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_PUBLISH, column->site));
    GOV_TRY(gov_document_move(ctx, document, column, permit, cli->pool));
    printf("document %" APR_INT64_T_FMT " is in %s:%s\n", document,
           column->site->slug, column->path);
    return NULL;
}

static gov_err_t *
share(gov_cli__t *cli)
{
    bool off = gov_cli__option(cli, "off") != NULL;
    const gov_permit_t *permit;
    const gov_column_t *column;
    apr_int64_t document;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    GOV_TRY(gov_cli__document_named(&document, cli, ctx));
    GOV_TRY(target(&column, cli, ctx));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_SHARE, column->site));
    if (off)
        GOV_TRY(gov_document_unshare(ctx, document, column, permit,
                                     cli->pool));
    else
        GOV_TRY(gov_document_share(ctx, document, column, permit, cli->pool));
    printf(off ? "document %" APR_INT64_T_FMT " is not shared to %s:%s\n"
               : "document %" APR_INT64_T_FMT " is shown in %s:%s, too\n",
           document, column->site->slug, column->path);
    return NULL;
}

static gov_err_t *
pin(gov_cli__t *cli)
{
    bool pinned = !gov_cli__option(cli, "off");
    const gov_permit_t *permit;
    const gov_site_t *site;
    apr_int64_t document;
    gov_ctx_t *ctx;

    GOV_TRY(named(&document, &site, &permit, &ctx, GOV_ACTION_PUBLISH, cli));
    GOV_TRY(gov_document_pin(ctx, document, pinned, permit, cli->pool));
    printf("document %" APR_INT64_T_FMT " is %s\n", document,
           pinned ? "pinned" : "not pinned");
    return NULL;
}

#define JSON { "json", NULL, "one JSON value instead of lines" }
#define EXTERNAL { "external", "ID", "the id of its import, instead of DOCUMENT" }

const gov_cli__verb_t gov_cli__document[] = {
    { .name = "document list", .operands = "SITE|SITE:PATH", .min = 1,
      .max = 1, .help = "List live documents, newest first",
      .options = { { "lang", "LANG", "in this language" },
                   { "page", "N", "this page of a column" },
                   { "drafts", NULL, "drafts of the site instead" }, JSON },
      .run = list },
    { .name = "document show", .operands = "[DOCUMENT]", .max = 1,
      .help = "Show a document's editions and places",
      .options = { EXTERNAL, JSON }, .run = show },
    { .name = "document withdraw", .operands = "[DOCUMENT]", .max = 1,
      .help = "Take a document away from the public",
      .options = { EXTERNAL, { "reason", "TEXT", "why, for the audit" } },
      .run = withdraw },
    { .name = "document move", .operands = "[DOCUMENT] SITE:PATH", .min = 1,
      .max = 2, .help = "Move a document to another column of its site",
      .options = { EXTERNAL }, .run = move },
    { .name = "document share", .operands = "[DOCUMENT] SITE:PATH", .min = 1,
      .max = 2, .help = "Show a document in a column of any site, too",
      .options = { EXTERNAL, { "off", NULL, "no longer" } }, .run = share },
    { .name = "document pin", .operands = "[DOCUMENT]", .max = 1,
      .help = "Keep a document first in its column",
      .options = { EXTERNAL, { "off", NULL, "no longer" } }, .run = pin },
    { .name = NULL }
};
