/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* session.c -- what commands work on, made when first asked for.

   A command takes only what it needs: a broken theme must not keep an operator
   from withdrawing a document, nor a missing database from checking a theme. */

#include <apr_file_info.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_event.h"
#include "gov_history.h"
#include "gov_key.h"
#include "gov_policy.h"
#include "gov_schema.h"
#include "gov_time.h"

gov_err_t *
gov_cli__config(const gov_config_t **result, gov_cli__t *cli)
{
    gov_config_t *config;

    if (!cli->config) {
        if (!cli->conf || !*cli->conf)
            return gov_err(GOV_E_INVALID, NULL, cli->pool,
                           "no configuration: give -C FILE or set "
                           "GOVPORTAL_CONF to the file with the Gov... "
                           "directives");
        config = gov_config_create(cli->pool);
        GOV_TRY(gov_config_read(config, cli->conf, cli->pool));
        GOV_TRY(gov_zone_set(config->zone, cli->pool));
        cli->config = config;
    }
    *result = cli->config;
    return NULL;
}

gov_err_t *
gov_cli__store(gov_store_t **result, gov_cli__t *cli)
{
    const gov_config_t *config;
    gov_store_t *store;

    if (!cli->store) {
        GOV_TRY(gov_cli__config(&config, cli));
        GOV_TRY(gov_store_create(&store, config, gov_clock_real(), cli->pool));
        GOV_TRY(gov_store_start(store, cli->pool));
        cli->store = store;
    }
    *result = cli->store;
    return NULL;
}

const char *
gov_cli__plugin_dir(const gov_config_t *config, const char *name,
                    const char *part, apr_pool_t *pool)
{
    const char *dir = apr_pstrcat(pool, config->share_dir, "/plugins/", name,
                                  "/", part, NULL);
    apr_finfo_t info;

    if (apr_stat(&info, dir, APR_FINFO_TYPE, pool) || info.filetype != APR_DIR)
        return NULL;
    return dir;
}

gov_err_t *
gov_cli__types(const gov_types_t **result, gov_cli__t *cli)
{
    const gov_config_t *config;
    const char *rng, *dir;
    gov_types_t *types;
    int i;

    if (!cli->types) {
        GOV_TRY(gov_cli__config(&config, cli));
        rng = apr_pstrcat(cli->pool, config->share_dir,
                          "/xslt/contract/type.rng", NULL);
        dir = apr_pstrcat(cli->pool, config->share_dir, "/types", NULL);
        types = gov_types_create(cli->pool);
        GOV_TRY(gov_types_load(types, dir, rng, NULL, cli->pool));
        for (i = 0; i < config->plugins->nelts; i++) {
            const char *name = APR_ARRAY_IDX(config->plugins, i, const char *);

            dir = gov_cli__plugin_dir(config, name, "types", cli->pool);
            if (dir)
                GOV_TRY(gov_types_load(types, dir, rng, name, cli->pool));
        }
        cli->types = types;
    }
    *result = cli->types;
    return NULL;
}

static void
heard(void *baton, const gov_event_t *event)
{
    gov_cache_bump(baton, event->tags);
}

static gov_err_t *
read_policy(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    gov_ctx_t *ctx = baton;

    (void)scratch;
    return gov_policy_load(&ctx->policy, db, ctx->pool);
}

/* Somebody's transaction is under way: kept for later. */
static void
alarmed(void *baton, const gov_alarm_t *alarm)
{
    gov_cli__t *cli = baton;
    gov_alarm_t *kept = apr_array_push(cli->alarms);

    *kept = *alarm;
    kept->object = apr_pstrdup(cli->pool, alarm->object);
    kept->what = apr_pstrdup(cli->pool, alarm->what);
}

gov_err_t *
gov_cli__alarms_keep(gov_cli__t *cli)
{
    int i;

    for (i = 0; cli->alarms && i < cli->alarms->nelts; i++)
        GOV_TRY(gov_alarm_keep(cli->ctx, &APR_ARRAY_IDX(cli->alarms, i,
                                                        gov_alarm_t), 1,
                               cli->pool));
    return NULL;
}

/* A mark that is not ours is for govctl integrity to tell, not for every
   command. */
static gov_err_t *
guard_group(gov_cli__t *cli, const gov_ctx_t *ctx, gov_group_t *group)
{
    gov_guard_t guard = { .keys = ctx->keys, .alarm = alarmed, .baton = cli };
    apr_time_t since;
    gov_err_t *err;

    if (!ctx->keys)
        return NULL;
    cli->alarms = apr_array_make(cli->pool, 4, sizeof(gov_alarm_t));
    err = gov_integrity_since(&since, ctx->store, ctx->keys, cli->pool);
    if (err && err->code != GOV_E_INVALID)
        return err;
    guard.strict = err || since;
    gov_group_guard(group, &guard);
    return NULL;
}

gov_err_t *
gov_cli__ctx(gov_ctx_t **result, gov_cli__t *cli)
{
    const gov_config_t *config;
    const gov_types_t *types;
    gov_cache_t *cache;
    gov_group_t *group;
    gov_ctx_t *ctx;

    if (!cli->ctx) {
        ctx = apr_pcalloc(cli->pool, sizeof(*ctx));
        ctx->pool = cli->pool;
        ctx->clock = gov_clock_real();
        ctx->lang = "zh-CN";
        ctx->request_id = "govctl";
        ctx->policy = gov_policy_default();
        GOV_TRY(gov_cli__config(&config, cli));
        if (config->key_file)
            GOV_TRY(gov_keys_read(&ctx->keys, config->key_file, cli->pool));
        GOV_TRY(gov_actor_operator(&ctx->actor, cli->pool));
        GOV_TRY(gov_cli__types(&types, cli));
        GOV_TRY(gov_cli__store(&ctx->store, cli));
        GOV_TRY(gov_schema_check(ctx->store, cli->pool));
        GOV_TRY(gov_group_load(&group, ctx->store, types, cli->config,
                               cli->pool));
        GOV_TRY(guard_group(cli, ctx, group));
        ctx->group = group;
        ctx->tree = gov_group_tree(group, cli->pool);
        GOV_TRY(gov_store_read(ctx->store, read_policy, ctx, cli->pool));
        /* on a machine without httpd, or for a user who may not touch its
           files, the change feed alone carries the news */
        if (!gov_cache_open(&cache, cli->config, cli->pool))
            gov_store_listen(ctx->store, heard, cache);
        cli->ctx = ctx;
    }
    *result = cli->ctx;
    return NULL;
}

gov_err_t *
gov_cli__permit(const gov_permit_t **permit, gov_ctx_t *ctx,
                gov_action_t action, const gov_site_t *site)
{
    return gov_permit_get(permit, ctx, action, site ? site->id : 0, 0,
                          ctx->pool);
}

gov_err_t *
gov_cli__look_dirs(apr_array_header_t **result, gov_cli__t *cli)
{
    apr_array_header_t *dirs = apr_array_make(cli->pool, 4,
                                              sizeof(gov_look_dir_t));
    const gov_config_t *config;
    gov_look_dir_t *dir;
    int i;

    GOV_TRY(gov_cli__config(&config, cli));
    dir = apr_array_push(dirs);
    dir->name = "core";
    dir->dir = apr_pstrcat(cli->pool, config->share_dir, "/xslt", NULL);
    for (i = 0; i < config->plugins->nelts; i++) {
        const char *name = APR_ARRAY_IDX(config->plugins, i, const char *);
        const char *path = gov_cli__plugin_dir(config, name, "xslt",
                                               cli->pool);

        if (!path)
            continue;
        dir = apr_array_push(dirs);
        dir->name = name;
        dir->dir = path;
    }
    *result = dirs;
    return NULL;
}

gov_err_t *
gov_cli__looks(gov_looks_t **looks, gov_cli__t *cli)
{
    apr_array_header_t *dirs;

    GOV_TRY(gov_cli__look_dirs(&dirs, cli));
    return gov_looks_load(looks, dirs, cli->pool);
}

static bool
is_among(const char *name, const apr_array_header_t *names)
{
    int i;

    for (i = 0; i < names->nelts; i++)
        if (!strcmp(APR_ARRAY_IDX(names, i, const char *), name))
            return true;
    return false;
}

gov_err_t *
gov_cli__theme_known(const gov_looks_t *looks, const char *theme,
                     apr_pool_t *pool)
{
    const apr_array_header_t *themes = gov_looks_themes(looks);

    if (is_among(theme, themes))
        return NULL;
    return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                   "there is no theme \"%s\"; there are: %s", theme,
                   apr_array_pstrcat(pool, themes, ' '));
}

gov_err_t *
gov_cli__lang_known(const gov_looks_t *looks, const char *lang,
                    apr_pool_t *pool)
{
    const apr_array_header_t *langs = gov_looks_languages(looks);

    if (is_among(lang, langs) || !strcmp(lang, "zh-Hant"))
        return NULL;
    return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                   "there are no words in \"%s\"; there are: %s zh-Hant", lang,
                   apr_array_pstrcat(pool, langs, ' '));
}

gov_err_t *
gov_cli__site_named(const gov_site_t **site, const gov_ctx_t *ctx,
                    const char *name)
{
    *site = gov_site_by_slug(ctx->group, name);
    if (!*site)
        return gov_err(GOV_E_NOT_FOUND, NULL, ctx->pool,
                       "there is no site \"%s\"; see govctl site list", name);
    return NULL;
}

gov_err_t *
gov_cli__column_named(const gov_column_t **column, const gov_ctx_t *ctx,
                      const char *name)
{
    const char *colon = strchr(name, ':');
    const gov_site_t *site;

    if (!colon)
        return gov_err(GOV_E_INVALID, NULL, ctx->pool,
                       "\"%s\": a column is written SITE:PATH, such as "
                       "www:news/city", name);
    GOV_TRY(gov_cli__site_named(&site, ctx,
                                apr_pstrmemdup(ctx->pool, name,
                                               (apr_size_t)(colon - name))));
    *column = gov_column_at(site, colon + 1);
    if (!*column)
        return gov_err(GOV_E_NOT_FOUND, NULL, ctx->pool,
                       "site %s has no column \"%s\"; see govctl column list",
                       site->slug, colon + 1);
    return NULL;
}

gov_err_t *
gov_cli__document_named(apr_int64_t *document, gov_cli__t *cli,
                        const gov_ctx_t *ctx)
{
    const char *external = gov_cli__option(cli, "external");
    const char *text = gov_cli__operand(cli, 0);

    if (external)
        return gov_document_find(document, ctx, external, cli->pool);
    if (!text)
        return gov_err(GOV_E_INVALID, NULL, cli->pool,
                       "which document? give its number or --external ID");
    return gov_cli__number(document, text, 1, APR_INT64_MAX,
                           "the document's number", cli->pool);
}
