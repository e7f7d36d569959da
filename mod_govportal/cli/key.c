/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* key.c -- govctl key create|add|list|reseal|retire: the key ring. */

#include <stdio.h>

#include "cli_priv.h"
#include "gov_plugin.h"
#include "gov_rekey.h"
#include "gov_time.h"

#define SUITE { "suite", "SUITE", "standard (the default) or sm" }

/* GovKeyFile. */
static gov_err_t *
key_file(const char **file, gov_cli__t *cli)
{
    const gov_config_t *config;

    GOV_TRY(gov_cli__config(&config, cli));
    if (!config->key_file)
        return gov_err(GOV_E_INVALID, NULL, cli->pool,
                       "the configuration has no GovKeyFile");
    *file = config->key_file;
    return NULL;
}

static const char *
suite_of(const gov_cli__t *cli)
{
    const char *suite = gov_cli__option(cli, "suite");

    return suite ? suite : "standard";
}

static gov_err_t *
create(gov_cli__t *cli)
{
    const char *file;

    GOV_TRY(key_file(&file, cli));
    GOV_TRY(gov_keys_create(file, suite_of(cli), cli->pool));
    printf("made %s; copy it to every node and to a safe place apart from the "
           "database's backup\n", file);
    return NULL;
}

static gov_err_t *
add(gov_cli__t *cli)
{
    const gov_permit_t *permit;
    const char *file;
    gov_ctx_t *ctx;
    gov_err_t *err;
    int number;

    GOV_TRY(key_file(&file, cli));
    err = gov_cli__ctx(&ctx, cli);
    if (!err) {
        GOV_TRY(gov_cli__permit(&permit, ctx, GOV_ACTION_SYSTEM, NULL));
        GOV_TRY(gov_key_add(&number, ctx, file, suite_of(cli), permit,
                            cli->pool));
    }
    else if (err->code == GOV_E_UNAVAILABLE) {
        /* a ring that was stolen is changed whether the database is there or
           not */
        GOV_TRY(gov_keys_add(&number, file, suite_of(cli), cli->pool));
        fprintf(stderr, "govctl: the database is away; the audit does not say "
                "that a key was added\n");
    }
    else
        return err;
    printf("key %d is current; copy %s to every node and reload httpd there\n",
           number, file);
    return NULL;
}

static gov_err_t *
list(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_array(cli->pool);
    gov_cli__table_t *table;
    const gov_keys_t *keys;
    gov_key_info_t key;
    const char *file;
    int i;

    GOV_TRY(key_file(&file, cli));
    GOV_TRY(gov_keys_read(&keys, file, cli->pool));
    table = gov_cli__table("key suite state made", cli->pool);
    for (i = 0; gov_key_info(&key, keys, i); i++) {
        gov_json_t *row = gov_json_object(cli->pool);
        const char *state = key.current ? "current"
            : key.retired ? "retired" : "older";

        gov_json_set_int(row, "key", key.number);
        gov_json_set(row, "suite", key.suite);
        gov_json_set_bool(row, "current", key.current);
        gov_json_set(row, "state", state);
        if (key.made)
            gov_json_set(row, "made", gov_time_utc(key.made, cli->pool));
        gov_json_add(json, row);
        gov_cli__row(table, gov_cli__text(key.number, cli->pool), key.suite,
                     state, key.made ? apr_pstrmemdup(
                         cli->pool, gov_time_utc(key.made, cli->pool), 10)
                         : "-");
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

/* All that is kept sealed: the program's own, and that of configured plugins. */
static gov_err_t *
kinds(apr_array_header_t **result, gov_cli__t *cli)
{
    apr_array_header_t *list = apr_array_make(cli->pool, 8,
                                              sizeof(const gov_sealed_t *));
    const gov_config_t *config = cli->config;
    const gov_sealed_t *kind;
    const gov_plugin_t *plugin;
    int i;

    for (kind = gov_sealed_own(); kind->name; kind++)
        APR_ARRAY_PUSH(list, const gov_sealed_t *) = kind;
    for (i = 0; i < config->plugins->nelts; i++) {
        const char *name = APR_ARRAY_IDX(config->plugins, i, const char *);

        GOV_TRY(gov_plugin_open(&plugin, apr_pstrcat(
                                    cli->pool, config->plugin_dir, "/", name,
                                    ".so", NULL), name, cli->pool));
        for (kind = gov_plugin_sealed(plugin); kind && kind->name; kind++)
            APR_ARRAY_PUSH(list, const gov_sealed_t *) = kind;
    }
    *result = list;
    return NULL;
}

static gov_err_t *
begin(gov_ctx_t **ctx, const gov_permit_t **permit,
      apr_array_header_t **sealed, gov_cli__t *cli)
{
    GOV_TRY(gov_cli__ctx(ctx, cli));
    GOV_TRY(gov_cli__permit(permit, *ctx, GOV_ACTION_SYSTEM, NULL));
    return kinds(sealed, cli);
}

static gov_err_t *
reseal(gov_cli__t *cli)
{
    gov_cli__table_t *table = gov_cli__table("what renewed left reason",
                                             cli->pool);
    gov_json_t *json = gov_json_array(cli->pool);
    apr_array_header_t *sealed, *counts;
    const gov_permit_t *permit;
    gov_ctx_t *ctx;
    int i;

    GOV_TRY(begin(&ctx, &permit, &sealed, cli));
    GOV_TRY(gov_rekey(&counts, ctx, sealed, permit, cli->pool));
    for (i = 0; i < counts->nelts; i++) {
        const gov_rekey_count_t *count = &APR_ARRAY_IDX(counts, i,
                                                        gov_rekey_count_t);
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set(row, "what", count->what);
        gov_json_set_int(row, "renewed", count->sum.done);
        gov_json_set_int(row, "left", count->sum.left);
        gov_json_set(row, "reason", count->sum.first);
        gov_json_add(json, row);
        gov_cli__row(table, count->what,
                     gov_cli__text(count->sum.done, cli->pool),
                     gov_cli__text(count->sum.left, cli->pool),
                     count->sum.first ? count->sum.first : "-");
        if (count->sum.left)
            cli->status = GOV_CLI_FINDINGS;
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

static gov_err_t *
retire(gov_cli__t *cli)
{
    apr_array_header_t *sealed;
    const gov_permit_t *permit;
    apr_int64_t number;
    const char *file;
    gov_ctx_t *ctx;

    GOV_TRY(key_file(&file, cli));
    GOV_TRY(gov_cli__number(&number, gov_cli__operand(cli, 0), 1, 65535,
                            "the key's number", cli->pool));
    GOV_TRY(begin(&ctx, &permit, &sealed, cli));
    GOV_TRY(gov_key_retire(ctx, file, (int)number,
                           gov_cli__option(cli, "at-once") != NULL, sealed,
                           permit, cli->pool));
    printf("key %d is retired; copy %s to every node and reload httpd there\n",
           (int)number, file);
    return NULL;
}

const gov_cli__verb_t gov_cli__key[] = {
    { .name = "key create", .help = "Make the key ring's file, with one key",
      .options = { SUITE }, .run = create },
    { .name = "key add",
      .help = "Add a key, which seals from then on; older ones stay to read",
      .options = { SUITE }, .run = add },
    { .name = "key list", .help = "List the keys: number, suite, state, day",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = list },
    { .name = "key reseal",
      .help = "Seal and tag everything anew with the current key",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = reseal },
    { .name = "key retire", .operands = "NUMBER", .min = 1, .max = 1,
      .help = "Throw an old key away that nothing is sealed with any more",
      .options = { { "at-once", NULL, "though forms signed with it may be open" } },
      .run = retire },
    { .name = NULL }
};
