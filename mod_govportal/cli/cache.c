/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* cache.c -- govctl cache stats|clear|sweep. */

#include <stddef.h>
#include <stdio.h>

#include "cli_priv.h"

static gov_err_t *
open_cache(gov_cache_t **cache, gov_cli__t *cli)
{
    const gov_config_t *config;

    GOV_TRY(gov_cli__config(&config, cli));
    return gov_cache_open(cache, config, cli->pool);
}

/* What the processes of a node count together; L1 is each one's own. */
static const struct {
    const char *name;
    size_t offset;
} figures[] = {
    { "hits", offsetof(gov_cache_stats_t, hits) },
    { "misses", offsetof(gov_cache_stats_t, misses) },
    { "stale", offsetof(gov_cache_stats_t, stale) },
    { "renders", offsetof(gov_cache_stats_t, renders) },
    { "bumps", offsetof(gov_cache_stats_t, bumps) },
    { "failures", offsetof(gov_cache_stats_t, failures) },
};

static gov_err_t *
stats(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_object(cli->pool);
    gov_cli__table_t *table;
    gov_cache_stats_t s;
    gov_cache_t *cache;
    size_t i;

    GOV_TRY(open_cache(&cache, cli));
    s = gov_cache_stats(cache);
    table = gov_cli__table("figure value", cli->pool);
    for (i = 0; i < sizeof(figures) / sizeof(figures[0]); i++) {
        apr_int64_t value = (apr_int64_t)*(const apr_uint64_t *)
            ((const char *)&s + figures[i].offset);

        gov_json_set_int(json, figures[i].name, value);
        gov_cli__row(table, figures[i].name, gov_cli__text(value, cli->pool));
    }
    gov_json_set_int(json, "feed", gov_cache_last_seq(cache));
    gov_cli__row(table, "feed", gov_cli__text(gov_cache_last_seq(cache),
                                              cli->pool));
    gov_cli__print(cli, table, json);
    return NULL;
}

/* Every page is made from the site map. */
static gov_err_t *
clear(gov_cli__t *cli)
{
    gov_cache_t *cache;

    GOV_TRY(open_cache(&cache, cli));
    gov_cache_bump(cache, "structure");
    GOV_TRY(gov_cache_sweep(cache, 0, cli->pool));
    puts("every page is made anew when it is asked for");
    return NULL;
}

static gov_err_t *
sweep(gov_cli__t *cli)
{
    const char *text = gov_cli__option(cli, "age");
    apr_int64_t hours = 24;
    gov_cache_t *cache;

    if (text)
        GOV_TRY(gov_cli__number(&hours, text, 0, 24 * 366, "--age", cli->pool));
    GOV_TRY(open_cache(&cache, cli));
    return gov_cache_sweep(cache, apr_time_from_sec(hours * 3600), cli->pool);
}

const gov_cli__verb_t gov_cli__cache[] = {
    { .name = "cache stats", .help = "Count what the page cache of this node did",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = stats },
    { .name = "cache clear",
      .help = "Make every page of this node anew", .run = clear },
    { .name = "cache sweep",
      .help = "Remove files of pages that nobody asked for in a while",
      .options = { { "age", "HOURS", "how long a while is (24)" } },
      .run = sweep },
    { .name = NULL }
};
