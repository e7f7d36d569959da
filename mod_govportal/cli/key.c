/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* key.c -- govctl key create|add|list: the key ring's file. */

#include <stdio.h>

#include "cli_priv.h"
#include "gov_key.h"

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
    const char *file;
    int number;

    GOV_TRY(key_file(&file, cli));
    GOV_TRY(gov_keys_add(&number, file, suite_of(cli), cli->pool));
    printf("key %d is current; copy %s to every node and reload httpd there\n",
           number, file);
    return NULL;
}

static gov_err_t *
list(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_array(cli->pool);
    gov_cli__table_t *table;
    const char *file, *suite;
    const gov_keys_t *keys;
    int i, number;

    GOV_TRY(key_file(&file, cli));
    GOV_TRY(gov_keys_read(&keys, file, cli->pool));
    table = gov_cli__table("key suite current", cli->pool);
    for (i = 0; gov_keys_at(&number, &suite, keys, i); i++) {
        gov_json_t *row = gov_json_object(cli->pool);
        bool current = number == gov_keys_current(keys);

        gov_json_set_int(row, "key", number);
        gov_json_set(row, "suite", suite);
        gov_json_set_bool(row, "current", current);
        gov_json_add(json, row);
        gov_cli__row(table, gov_cli__text(number, cli->pool), suite,
                     current ? "yes" : "no");
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

const gov_cli__verb_t gov_cli__key[] = {
    { .name = "key create", .help = "Make the key ring's file, with one key",
      .options = { SUITE }, .run = create },
    { .name = "key add",
      .help = "Add a key, which seals from then on; older ones stay to read",
      .options = { SUITE }, .run = add },
    { .name = "key list", .help = "List the keys: number, suite, which is current",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = list },
    { .name = NULL }
};
