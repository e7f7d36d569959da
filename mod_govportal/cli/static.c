/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* static.c -- govctl static on|off|status. */

#include <stdio.h>

#include "cli_priv.h"
#include "gov_host.h"

static gov_err_t *
set(gov_cli__t *cli, bool on)
{
    const gov_config_t *config;

    GOV_TRY(gov_cli__config(&config, cli));
    GOV_TRY(gov_static_only_set(config, on, cli->pool));
    puts(on ? "this node shows pages from its cache only"
            : "this node makes pages and takes forms again");
    return NULL;
}

static gov_err_t *
on(gov_cli__t *cli)
{
    return set(cli, true);
}

static gov_err_t *
off(gov_cli__t *cli)
{
    return set(cli, false);
}

static gov_err_t *
status(gov_cli__t *cli)
{
    const gov_config_t *config;
    bool is_on;

    GOV_TRY(gov_cli__config(&config, cli));
    is_on = gov_static_only(config, cli->pool);
    puts(is_on ? "static only" : "normal");
    if (is_on)
        cli->status = GOV_CLI_FINDINGS;
    return NULL;
}

const gov_cli__verb_t gov_cli__static[] = {
    { .name = "static on",
      .help = "Show pages from this node's cache only, take no forms",
      .run = on },
    { .name = "static off", .help = "Back to normal service", .run = off },
    { .name = "static status", .help = "Say which of the two it is",
      .run = status },
    { .name = NULL }
};
