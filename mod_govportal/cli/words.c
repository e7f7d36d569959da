/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* words.c -- govctl words list|import|export|use|check|scan. */

#include <apr_file_info.h>
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_file.h"
#include "gov_markup.h"
#include "gov_text.h"
#include "gov_time.h"
#include "gov_words_scan.h"

#define FILE_MAX (16 * 1024 * 1024)
#define TEXT_MAX (4 * 1024 * 1024)

#define SITE { "site", "SITE", "of one site instead of the group" }
#define JSON { "json", NULL, "one JSON value instead of lines" }

/* Whose lists: the site that --site names, or the group. */
static gov_err_t *
place(const gov_site_t **site, const gov_permit_t **permit, gov_ctx_t **ctx,
      gov_cli__t *cli)
{
    const char *name = gov_cli__option(cli, "site");

    *site = NULL;
    GOV_TRY(gov_cli__ctx(ctx, cli));
    if (name)
        GOV_TRY(gov_cli__site_named(site, *ctx, name));
    return gov_cli__permit(permit, *ctx, *site ? GOV_ACTION_MANAGE
                                               : GOV_ACTION_SECURITY, *site);
}

static apr_int64_t
id_of(const gov_site_t *site)
{
    return site ? site->id : 0;
}

/* "KIND/NAME", or KIND-NAME of a file. */
static gov_err_t *
split_name(gov_word_kind_t *kind, const char **name, const char *text,
           char separator, apr_pool_t *pool)
{
    const char *at = strchr(text, separator);

    if (!at || !gov_word_kind_named(kind, apr_pstrmemdup(
                   pool, text, (apr_size_t)(at - text))))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "\"%s\": a list is written KIND%cNAME, and KIND is "
                       "sensitive, wrong, secrecy or personal", text,
                       separator);
    *name = at + 1;
    return NULL;
}

/* --- lists ---------------------------------------------------------------- */

static gov_err_t *
list(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_array(cli->pool);
    const gov_permit_t *permit;
    apr_array_header_t *lists;
    gov_cli__table_t *table;
    const gov_site_t *site;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(place(&site, &permit, &ctx, cli));
    GOV_TRY(gov_word_lists(&lists, ctx, id_of(site), permit, cli->pool));
    table = gov_cli__table("list version state words set by note", cli->pool);
    for (i = 0; i < lists->nelts; i++) {
        const gov_word_list_t *l = &APR_ARRAY_IDX(lists, i, gov_word_list_t);
        gov_json_t *row = gov_json_object(cli->pool);
        const char *kind = gov_word_kind_word(l->kind);

        gov_json_set(row, "kind", kind);
        gov_json_set(row, "name", l->name);
        gov_json_set_int(row, "version", l->version);
        gov_json_set_bool(row, "active", l->active);
        gov_json_set_int(row, "words", l->count);
        gov_json_set(row, "set_at", gov_time_utc(l->set_at, cli->pool));
        gov_json_set(row, "set_by", l->set_by);
        gov_json_set(row, "note", l->note);
        gov_json_add(json, row);
        gov_cli__row(table, apr_pstrcat(cli->pool, kind, "/", l->name, NULL),
                     gov_cli__text(l->version, cli->pool),
                     l->active ? "active" : "-",
                     gov_cli__text(l->count, cli->pool),
                     gov_cli__when(l->set_at, cli->pool), l->set_by, l->note);
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

/* What --list says, or the file's name: "wrong-starter.tsv". */
static gov_err_t *
list_of(gov_word_kind_t *kind, const char **name, const gov_cli__t *cli,
        const char *file)
{
    const char *text = gov_cli__option(cli, "list");
    const char *base = strrchr(file, '/');
    char *copy;

    if (text)
        return split_name(kind, name, text, '/', cli->pool);
    copy = apr_pstrdup(cli->pool, base ? base + 1 : file);
    if (gov_text_ends(copy, ".tsv"))
        copy[strlen(copy) - 4] = '\0';
    return split_name(kind, name, copy, '-', cli->pool);
}

static gov_err_t *
import_file(gov_cli__t *cli, const char *file, gov_ctx_t *ctx,
            const gov_site_t *site, const gov_permit_t *permit)
{
    apr_array_header_t *words;
    gov_word_kind_t kind;
    gov_bytes_t bytes;
    const char *name;
    int version;
    bool made;

    GOV_TRY(list_of(&kind, &name, cli, file));
    GOV_TRY(gov_file_read(&bytes, file, FILE_MAX, cli->pool));
    GOV_TRY(gov_words_parse(&words, bytes, kind, file, cli->pool));
    GOV_TRY(gov_word_list_put(&version, &made, ctx, id_of(site), kind, name,
                              words, gov_cli__option(cli, "note"), permit,
                              cli->pool));
    printf("%s/%s: version %d, %d words%s\n", gov_word_kind_word(kind), name,
           version, words->nelts, made ? "" : ", as before");
    return NULL;
}

static gov_err_t *
import(gov_cli__t *cli)
{
    const gov_permit_t *permit;
    const gov_site_t *site;
    gov_ctx_t *ctx;
    int i;

    if (gov_cli__option(cli, "list") && cli->operands->nelts > 1)
        return gov_err(GOV_E_INVALID, NULL, cli->pool,
                       "--list goes with one file");
    GOV_TRY(place(&site, &permit, &ctx, cli));
    for (i = 0; i < cli->operands->nelts; i++)
        GOV_TRY(import_file(cli, gov_cli__operand(cli, i), ctx, site, permit));
    return NULL;
}

static gov_err_t *
export(gov_cli__t *cli)
{
    const char *text = gov_cli__option(cli, "version"), *name;
    const gov_permit_t *permit;
    apr_array_header_t *words;
    apr_int64_t version = 0;
    const gov_site_t *site;
    gov_word_kind_t kind;
    gov_ctx_t *ctx;

    GOV_TRY(split_name(&kind, &name, gov_cli__operand(cli, 0), '/', cli->pool));
    if (text)
        GOV_TRY(gov_cli__number(&version, text, 1, APR_INT32_MAX, "--version",
                                cli->pool));
    GOV_TRY(place(&site, &permit, &ctx, cli));
    GOV_TRY(gov_word_list_words(&words, ctx, id_of(site), kind, name,
                                (int)version, permit, cli->pool));
    fputs(gov_words_format(words, cli->pool), stdout);
    return NULL;
}

static gov_err_t *
use(gov_cli__t *cli)
{
    const char *text = gov_cli__operand(cli, 1), *name;
    const gov_permit_t *permit;
    apr_int64_t version = 0;
    const gov_site_t *site;
    gov_word_kind_t kind;
    gov_ctx_t *ctx;

    GOV_TRY(split_name(&kind, &name, gov_cli__operand(cli, 0), '/', cli->pool));
    if (strcmp(text, "none"))
        GOV_TRY(gov_cli__number(&version, text, 1, APR_INT32_MAX, "VERSION",
                                cli->pool));
    GOV_TRY(place(&site, &permit, &ctx, cli));
    GOV_TRY(gov_word_list_use(ctx, id_of(site), kind, name, (int)version,
                              permit, cli->pool));
    printf("%s/%s: %s\n", gov_word_kind_word(kind), name,
           version ? apr_psprintf(cli->pool, "version %d", (int)version)
                   : "no version is active");
    return NULL;
}

/* --- findings ------------------------------------------------------------- */

static const char *
excerpt(const gov_finding_t *f, apr_pool_t *pool)
{
    return apr_pstrcat(pool, f->before, "[", f->hit, "]", f->after, NULL);
}

typedef struct load_t {
    const gov_words_t *words;
    apr_int64_t site;
    apr_pool_t *pool;
} load_t;

static gov_err_t *
load(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    load_t *l = baton;

    (void)scratch;
    return gov_words_load(&l->words, db, l->site, l->pool);
}

/* The text of a file: plain, or that of an HTML page. */
static gov_err_t *
text_of(const char **text, const char *file, apr_pool_t *pool)
{
    const char *title, *body;
    gov_markup_t markup;
    gov_bytes_t bytes;

    GOV_TRY(gov_file_read(&bytes, file, TEXT_MAX, pool));
    if (gov_text_ends(file, ".html") || gov_text_ends(file, ".htm")) {
        GOV_TRY(gov_markup_document(&title, &body, bytes.data, bytes.len,
                                    pool));
        GOV_TRY(gov_markup_clean(&markup, body, strlen(body), 1, NULL, NULL,
                                 pool));
        *text = apr_pstrcat(pool, title ? title : "", "\n",
                            gov_words_plain(markup.xhtml, pool), NULL);
        return NULL;
    }
    if (!gov_text_valid(bytes.data, bytes.len))
        return gov_err(GOV_E_INVALID, NULL, pool, "%s is not UTF-8 text", file);
    *text = bytes.data;
    return NULL;
}

static gov_err_t *
check(gov_cli__t *cli)
{
    const gov_findings_t *findings;
    gov_cli__table_t *table;
    load_t l = { .pool = cli->pool };
    const gov_site_t *site;
    const gov_permit_t *permit;
    gov_ctx_t *ctx;
    const char *text;
    int i;

    GOV_TRY(text_of(&text, gov_cli__operand(cli, 0), cli->pool));
    GOV_TRY(place(&site, &permit, &ctx, cli));
    l.site = id_of(site);
    GOV_TRY(gov_store_read(ctx->store, load, &l, cli->pool));
    findings = gov_words_check_text(l.words, text, cli->pool);
    table = gov_cli__table("position action kind rule word suggestion place",
                           cli->pool);
    for (i = 0; i < findings->list->nelts; i++) {
        const gov_finding_t *f = &APR_ARRAY_IDX(findings->list, i,
                                                gov_finding_t);

        gov_cli__row(table, gov_cli__text((apr_int64_t)f->position, cli->pool),
                     gov_word_action_word(f->action),
                     gov_word_kind_word(f->kind), f->rule, f->word,
                     f->suggestion, excerpt(f, cli->pool));
    }
    gov_cli__print(cli, table, gov_findings_json(findings, cli->pool));
    if (findings->blocks)
        cli->status = GOV_CLI_FINDINGS;
    return NULL;
}

typedef struct report_t {
    gov_cli__t *cli;
    gov_cli__table_t *table;
    gov_json_t *json;
} report_t;

/* Rows live to the end, so they are made in govctl's own pool. */
static gov_err_t *
report(void *baton, const gov_words_hit_t *hit, apr_pool_t *scratch)
{
    report_t *r = baton;
    apr_pool_t *pool = r->cli->pool;
    int i;

    (void)scratch;
    if (gov_cli__option(r->cli, "json")) {
        gov_json_t *row = gov_findings_json(hit->findings, pool);

        gov_json_set(row, "site", hit->site->slug);
        gov_json_set_int(row, "document", hit->document);
        gov_json_set(row, "lang", hit->lang);
        gov_json_set(row, "title", hit->title);
        gov_json_set(row, "column", hit->column ? hit->column->path : NULL);
        gov_json_set(row, "url", hit->url);
        gov_json_add(r->json, row);
        return NULL;
    }
    for (i = 0; i < hit->findings->list->nelts; i++) {
        const gov_finding_t *f = &APR_ARRAY_IDX(hit->findings->list, i,
                                                gov_finding_t);

        gov_cli__row(r->table, hit->site->slug,
                     gov_cli__text(hit->document, pool),
                     apr_pstrdup(pool, hit->lang), apr_pstrdup(pool, f->field),
                     gov_word_action_word(f->action),
                     gov_word_kind_word(f->kind), apr_pstrdup(pool, f->word),
                     apr_pstrdup(pool, f->suggestion), excerpt(f, pool),
                     apr_pstrdup(pool, hit->url));
    }
    return NULL;
}

static gov_err_t *
scan(gov_cli__t *cli)
{
    const char *name = gov_cli__option(cli, "site");
    report_t r = { .cli = cli };
    const gov_site_t *site = NULL;
    const gov_permit_t *permit;
    gov_words_sum_t sum;
    gov_json_t *json;
    gov_ctx_t *ctx;

    GOV_TRY(gov_cli__ctx(&ctx, cli));
    if (name)
        GOV_TRY(gov_cli__site_named(&site, ctx, name));
    GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_READ, site));
    r.table = gov_cli__table("site document lang field action kind word "
                             "suggestion place url", cli->pool);
    r.json = gov_json_array(cli->pool);
    GOV_TRY(gov_words_scan(&sum, ctx, site, gov_cli__option(cli, "blocking")
                           ? GOV_WORD_BLOCK : GOV_WORD_WARN, report, &r, permit,
                           cli->pool));
    json = gov_json_object(cli->pool);
    gov_json_set_int(json, "editions", sum.editions);
    gov_json_set_int(json, "hits", sum.hits);
    gov_json_set_int(json, "blocks", sum.blocks);
    gov_json_set_int(json, "warns", sum.warns);
    gov_json_put(json, "list", r.json);
    gov_cli__print(cli, r.table, json);
    fprintf(stderr, "%" APR_INT64_T_FMT " editions, %" APR_INT64_T_FMT
            " with findings: %" APR_INT64_T_FMT " that block, %"
            APR_INT64_T_FMT " that warn\n", sum.editions, sum.hits, sum.blocks,
            sum.warns);
    if (sum.blocks)
        cli->status = GOV_CLI_FINDINGS;
    return NULL;
}

const gov_cli__verb_t gov_cli__words[] = {
    { .name = "words list", .help = "Show the lists of words",
      .options = { SITE, JSON }, .run = list },
    { .name = "words import", .operands = "FILE.tsv...", .min = 1, .max = -1,
      .help = "Take in lists of words as new versions",
      .options = { SITE,
                   { "list", "KIND/NAME", "which list, if not the one that the "
                                          "file's name says" },
                   { "note", "TEXT", "why, for the list's history" } },
      .run = import },
    { .name = "words export", .operands = "KIND/NAME", .min = 1, .max = 1,
      .help = "Print a list as it can be imported",
      .options = { SITE, { "version", "N", "not the active one" } },
      .run = export },
    { .name = "words use", .operands = "KIND/NAME VERSION|none", .min = 2,
      .max = 2, .help = "Make another version the active one, or none",
      .options = { SITE }, .run = use },
    { .name = "words check", .operands = "FILE", .min = 1, .max = 1,
      .help = "Look through a text or an HTML file",
      .options = { SITE, JSON }, .run = check },
    { .name = "words scan", .help = "Look through all that is public",
      .options = { { "site", "SITE", "of one site only" },
                   { "blocking", NULL, "only what may not be published" },
                   JSON },
      .run = scan },
    { .name = NULL }
};
