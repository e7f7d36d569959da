/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* config.c -- govctl config check: will httpd find what it needs? */

#include <apr_file_info.h>
#include <string.h>
#include <unistd.h>

#include "cli_priv.h"
#include "gov_key.h"
#include "gov_plugin.h"
#include "gov_schema.h"
#include "gov_time.h"

static void
check_dir(gov_cli__report_t *report, const char *directive, const char *dir,
          bool writable)
{
    apr_pool_t *pool = report->cli->pool;
    const char *what = apr_psprintf(pool, "%s %s", directive, dir);
    apr_finfo_t info;

    if (apr_stat(&info, dir, APR_FINFO_TYPE, pool))
        gov_cli__line(report, what, "there is no such folder");
    else if (info.filetype != APR_DIR)
        gov_cli__line(report, what, "it is no folder");
    else if (access(dir, writable ? W_OK | X_OK : R_OK | X_OK))
        gov_cli__line(report, what, writable ? "this user may not write there"
                                             : "this user may not read there");
    else
        gov_cli__line(report, what, NULL);
}

static void
check_files(gov_cli__report_t *report)
{
    const gov_config_t *config = report->cli->config;
    const char *secret = config->database_password_file;
    apr_pool_t *pool = report->cli->pool;

    check_dir(report, "GovStateDir", config->state_dir, true);
    check_dir(report, "GovShareDir", config->share_dir, false);
    check_dir(report, "static files",
              apr_pstrcat(pool, config->share_dir, "/static", NULL), false);
    if (config->plugins->nelts)
        check_dir(report, "GovPluginDir", config->plugin_dir, false);
    if (config->key_file)
        gov_keys_check(config->key_file, gov_clock_real(), &report->check,
                       pool);
    if (secret)
        gov_cli__line(report, apr_pstrcat(pool, "GovDatabasePasswordFile ",
                                          secret, NULL),
                      access(secret, R_OK) ? "this user may not read it"
                                           : NULL);
}

/* Also tells what version of its tables each plugin wants. */
static void
check_plugins(gov_cli__report_t *report, apr_hash_t *wanted)
{
    const gov_config_t *config = report->cli->config;
    apr_pool_t *pool = report->cli->pool;
    int i;

    for (i = 0; i < config->plugins->nelts; i++) {
        const char *name = APR_ARRAY_IDX(config->plugins, i, const char *);
        const gov_plugin_t *plugin;
        gov_err_t *err = gov_plugin_open(
            &plugin, apr_pstrcat(pool, config->plugin_dir, "/", name, ".so",
                                 NULL), name, pool);

        gov_cli__outcome(report, apr_pstrcat(pool, "plugin ", name, NULL),
                         err);
        if (!err)
            apr_hash_set(wanted, name, APR_HASH_KEY_STRING, plugin);
    }
}

static void
check_schema(gov_cli__report_t *report, gov_store_t *store,
             apr_hash_t *wanted)
{
    apr_pool_t *pool = report->cli->pool;
    const char *what = "schema of the core";
    apr_hash_index_t *i;
    gov_err_t *err;
    int version;

    gov_cli__outcome(report, what, gov_schema_check(store, pool));
    for (i = apr_hash_first(pool, wanted); i; i = apr_hash_next(i)) {
        const gov_plugin_t *plugin = apr_hash_this_val(i);

        if (!plugin->schema)
            continue;
        what = apr_pstrcat(pool, "schema of ", plugin->name, NULL);
        err = gov_schema_version(&version, store, plugin->name, pool);
        if (err)
            gov_cli__outcome(report, what, err);
        else
            gov_cli__line(report, what, version >= plugin->schema ? NULL
                          : apr_psprintf(pool, "version %d, the plugin needs "
                                         "%d; run govctl schema apply",
                                         version, plugin->schema));
    }
}

/* Each site has a theme that is there. */
static void
check_sites(gov_cli__report_t *report, const gov_looks_t *looks)
{
    const apr_array_header_t *sites, *themes = gov_looks_themes(looks);
    apr_pool_t *pool = report->cli->pool;
    gov_ctx_t *ctx;
    gov_err_t *err = gov_cli__ctx(&ctx, report->cli);
    int i, k;

    gov_cli__outcome(report, "site map", err);
    if (err)
        return;
    sites = gov_group_sites(ctx->group);
    for (i = 0; i < sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(sites, i, const gov_site_t *);

        for (k = 0; k < themes->nelts; k++)
            if (!strcmp(APR_ARRAY_IDX(themes, k, const char *), site->theme))
                break;
        gov_cli__line(report, apr_pstrcat(pool, "theme of site ", site->slug,
                                          NULL),
                      k < themes->nelts ? NULL
                      : apr_psprintf(pool, "there is no theme \"%s\"",
                                     site->theme));
    }
}

gov_err_t *
gov_cli__config_report(gov_cli__report_t *report)
{
    gov_cli__t *cli = report->cli;
    apr_hash_t *wanted = apr_hash_make(cli->pool);
    const gov_config_t *config;
    const gov_types_t *types;
    gov_looks_t *looks = NULL;
    gov_store_t *store;
    gov_err_t *err;
    gov_db_t *db;

    /* without it there is nothing else to check */
    GOV_TRY(gov_cli__config(&config, cli));
    gov_cli__line(report, apr_pstrcat(cli->pool, "configuration ", cli->conf,
                                      NULL), NULL);
    check_files(report);
    gov_cli__outcome(report, "types", gov_cli__types(&types, cli));
    gov_cli__outcome(report, "stylesheets and words",
                     gov_cli__looks(&looks, cli));
    check_plugins(report, wanted);
    err = gov_cli__store(&store, cli);
    if (!err) {
        err = gov_store_borrow(&db, store, cli->pool);
        if (!err)
            gov_store_return(db);
    }
    gov_cli__outcome(report, apr_pstrcat(cli->pool, "database ",
                                         config->database, NULL), err);
    if (!err) {
        check_schema(report, store, wanted);
        if (looks)
            check_sites(report, looks);
    }
    return NULL;
}

static gov_err_t *
check(gov_cli__t *cli)
{
    gov_cli__report_t *report = gov_cli__report(cli);

    GOV_TRY(gov_cli__config_report(report));
    gov_cli__report_end(report);
    return NULL;
}

const gov_cli__verb_t gov_cli__conf[] = {
    { .name = "config check",
      .help = "Check the configuration and everything it names",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = check },
    { .name = NULL }
};
