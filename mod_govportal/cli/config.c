/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* config.c -- govctl config check: will httpd find what it needs? */

#include <apr_file_info.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli_priv.h"
#include "gov_key.h"
#include "gov_plugin.h"
#include "gov_schema.h"
#include "gov_text.h"

/* One line of the report; EXPLAIN is the reason of a failure. */
static void
line(gov_cli__t *cli, gov_json_t *json, const char *what, const char *explain)
{
    gov_json_t *row = gov_json_object(cli->pool);

    gov_json_set(row, "check", what);
    gov_json_set_bool(row, "ok", !explain);
    gov_json_set(row, "reason", explain);
    gov_json_add(json, row);
    if (explain)
        cli->status = GOV_CLI_FINDINGS;
    if (gov_cli__option(cli, "json"))
        return;
    if (explain)
        printf("fail  %s: %s\n", what, gov_text_fold(explain, cli->pool));
    else
        printf("ok    %s\n", what);
}

static const char *
reason(const gov_err_t *err, apr_pool_t *pool)
{
    const char *text;

    if (!err)
        return NULL;
    text = err->message;
    while ((err = err->cause) != NULL)
        text = apr_pstrcat(pool, text, ": ", err->message, NULL);
    return text;
}

static void
outcome(gov_cli__t *cli, gov_json_t *json, const char *what,
        const gov_err_t *err)
{
    line(cli, json, what, reason(err, cli->pool));
}

static void
check_dir(gov_cli__t *cli, gov_json_t *json, const char *directive,
          const char *dir, bool writable)
{
    const char *what = apr_psprintf(cli->pool, "%s %s", directive, dir);
    apr_finfo_t info;

    if (apr_stat(&info, dir, APR_FINFO_TYPE, cli->pool))
        line(cli, json, what, "there is no such folder");
    else if (info.filetype != APR_DIR)
        line(cli, json, what, "it is no folder");
    else if (access(dir, writable ? W_OK | X_OK : R_OK | X_OK))
        line(cli, json, what, writable ? "this user may not write there"
                                       : "this user may not read there");
    else
        line(cli, json, what, NULL);
}

static void
check_files(gov_cli__t *cli, gov_json_t *json)
{
    const gov_config_t *config = cli->config;
    const char *secret = config->database_password_file;

    check_dir(cli, json, "GovStateDir", config->state_dir, true);
    check_dir(cli, json, "GovShareDir", config->share_dir, false);
    check_dir(cli, json, "static files",
              apr_pstrcat(cli->pool, config->share_dir, "/static", NULL),
              false);
    if (config->plugins->nelts)
        check_dir(cli, json, "GovPluginDir", config->plugin_dir, false);
    if (config->key_file) {
        const gov_keys_t *keys;

        outcome(cli, json, apr_pstrcat(cli->pool, "GovKeyFile ",
                                       config->key_file, NULL),
                gov_keys_read(&keys, config->key_file, cli->pool));
    }
    if (secret)
        line(cli, json, apr_pstrcat(cli->pool, "GovDatabasePasswordFile ",
                                    secret, NULL),
             access(secret, R_OK) ? "this user may not read it" : NULL);
}

/* Also tells what version of its tables each plugin wants. */
static void
check_plugins(gov_cli__t *cli, gov_json_t *json, apr_hash_t *wanted)
{
    const gov_config_t *config = cli->config;
    int i;

    for (i = 0; i < config->plugins->nelts; i++) {
        const char *name = APR_ARRAY_IDX(config->plugins, i, const char *);
        const gov_plugin_t *plugin;
        gov_err_t *err = gov_plugin_open(
            &plugin, apr_pstrcat(cli->pool, config->plugin_dir, "/", name,
                                 ".so", NULL), name, cli->pool);

        outcome(cli, json, apr_pstrcat(cli->pool, "plugin ", name, NULL), err);
        if (!err)
            apr_hash_set(wanted, name, APR_HASH_KEY_STRING, plugin);
    }
}

static void
check_schema(gov_cli__t *cli, gov_json_t *json, gov_store_t *store,
             apr_hash_t *wanted)
{
    const char *what = "schema of the core";
    apr_hash_index_t *i;
    gov_err_t *err;
    int version;

    outcome(cli, json, what, gov_schema_check(store, cli->pool));
    for (i = apr_hash_first(cli->pool, wanted); i; i = apr_hash_next(i)) {
        const gov_plugin_t *plugin = apr_hash_this_val(i);

        if (!plugin->schema)
            continue;
        what = apr_pstrcat(cli->pool, "schema of ", plugin->name, NULL);
        err = gov_schema_version(&version, store, plugin->name, cli->pool);
        if (err)
            outcome(cli, json, what, err);
        else
            line(cli, json, what, version >= plugin->schema ? NULL
                 : apr_psprintf(cli->pool, "version %d, the plugin needs %d; "
                                "run govctl schema apply", version,
                                plugin->schema));
    }
}

/* Each site has a theme that is there. */
static void
check_sites(gov_cli__t *cli, gov_json_t *json, const gov_looks_t *looks)
{
    const apr_array_header_t *sites, *themes = gov_looks_themes(looks);
    gov_ctx_t *ctx;
    gov_err_t *err = gov_cli__ctx(&ctx, cli);
    int i, k;

    outcome(cli, json, "site map", err);
    if (err)
        return;
    sites = gov_group_sites(ctx->group);
    for (i = 0; i < sites->nelts; i++) {
        const gov_site_t *site = APR_ARRAY_IDX(sites, i, const gov_site_t *);

        for (k = 0; k < themes->nelts; k++)
            if (!strcmp(APR_ARRAY_IDX(themes, k, const char *), site->theme))
                break;
        line(cli, json, apr_pstrcat(cli->pool, "theme of site ", site->slug,
                                    NULL),
             k < themes->nelts ? NULL
             : apr_psprintf(cli->pool, "there is no theme \"%s\"",
                            site->theme));
    }
}

static gov_err_t *
check(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_array(cli->pool);
    apr_hash_t *wanted = apr_hash_make(cli->pool);
    const gov_config_t *config;
    const gov_types_t *types;
    gov_looks_t *looks = NULL;
    gov_store_t *store;
    gov_err_t *err;
    gov_db_t *db;

    /* without it there is nothing else to check */
    GOV_TRY(gov_cli__config(&config, cli));
    line(cli, json, apr_pstrcat(cli->pool, "configuration ", cli->conf, NULL),
         NULL);
    check_files(cli, json);
    outcome(cli, json, "types", gov_cli__types(&types, cli));
    outcome(cli, json, "stylesheets and words", gov_cli__looks(&looks, cli));
    check_plugins(cli, json, wanted);
    err = gov_cli__store(&store, cli);
    if (!err) {
        err = gov_store_borrow(&db, store, cli->pool);
        if (!err)
            gov_store_return(db);
    }
    outcome(cli, json, apr_pstrcat(cli->pool, "database ", config->database,
                                   NULL), err);
    if (!err) {
        check_schema(cli, json, store, wanted);
        if (looks)
            check_sites(cli, json, looks);
    }
    if (gov_cli__option(cli, "json"))
        gov_cli__print_json(json, cli->pool);
    return NULL;
}

const gov_cli__verb_t gov_cli__conf[] = {
    { .name = "config check",
      .help = "Check the configuration and everything it names",
      .options = { { "json", NULL, "one JSON value instead of lines" } },
      .run = check },
    { .name = NULL }
};
