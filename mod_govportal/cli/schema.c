/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* schema.c -- govctl schema status|apply|verify. */

#include <apr_file_info.h>
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "gov_schema.h"
#include "gov_time.h"

typedef struct component_t {
    const char *name, *dir;
} component_t;

/* The core and each configured plugin that brings migrations. */
static gov_err_t *
components(apr_array_header_t **result, gov_cli__t *cli)
{
    apr_array_header_t *list = apr_array_make(cli->pool, 4,
                                              sizeof(component_t));
    const gov_config_t *config;
    component_t *component;
    int i;

    GOV_TRY(gov_cli__config(&config, cli));
    component = apr_array_push(list);
    component->name = "core";
    component->dir = apr_pstrcat(cli->pool, config->share_dir,
                                 "/sql/migrations", NULL);
    for (i = 0; i < config->plugins->nelts; i++) {
        const char *name = APR_ARRAY_IDX(config->plugins, i, const char *);
        const char *dir = gov_cli__plugin_dir(config, name, "sql/migrations",
                                              cli->pool);

        if (!dir)
            continue;
        component = apr_array_push(list);
        component->name = name;
        component->dir = dir;
    }
    *result = list;
    return NULL;
}

static const char *
state_of(const gov_migration_t *m)
{
    return !m->applied ? "missing" : m->changed ? "changed" : "applied";
}

static const char *
base_name(const char *file)
{
    const char *slash = strrchr(file, '/');

    return slash ? slash + 1 : file;
}

gov_err_t *
gov_cli__migrations(apr_array_header_t **result, gov_cli__t *cli)
{
    apr_array_header_t *list, *found, *migrations = NULL;
    gov_store_t *store;
    int i;

    GOV_TRY(components(&list, cli));
    GOV_TRY(gov_cli__store(&store, cli));
    for (i = 0; i < list->nelts; i++) {
        const component_t *at = &APR_ARRAY_IDX(list, i, component_t);

        GOV_TRY(gov_schema_status(&found, store, at->name, at->dir, cli->pool));
        migrations = migrations
            ? apr_array_append(cli->pool, migrations, found) : found;
    }
    *result = migrations;
    return NULL;
}

static gov_err_t *
status(gov_cli__t *cli)
{
    apr_array_header_t *migrations;
    gov_json_t *json = gov_json_array(cli->pool);
    gov_cli__table_t *table;
    int i;

    GOV_TRY(gov_cli__migrations(&migrations, cli));
    table = gov_cli__table("component version state applied file", cli->pool);
    for (i = 0; i < migrations->nelts; i++) {
        const gov_migration_t *m = &APR_ARRAY_IDX(migrations, i,
                                                  gov_migration_t);
        gov_json_t *row = gov_json_object(cli->pool);

        gov_json_set(row, "component", m->component);
        gov_json_set_int(row, "version", m->version);
        gov_json_set(row, "state", state_of(m));
        gov_json_set(row, "file", m->file);
        gov_json_set(row, "digest", m->digest);
        if (m->applied)
            gov_json_set(row, "applied", gov_time_utc(m->applied, cli->pool));
        gov_json_add(json, row);
        gov_cli__row(table, m->component, gov_cli__text(m->version, cli->pool),
                     state_of(m), gov_cli__when(m->applied, cli->pool),
                     base_name(m->file));
    }
    gov_cli__print(cli, table, json);
    return NULL;
}

typedef struct applied_t {
    gov_json_t *list;             /* or NULL: print as they come */
    apr_pool_t *pool;
    int count;
} applied_t;

static void
tell(void *baton, const gov_migration_t *m)
{
    applied_t *applied = baton;

    applied->count++;
    if (applied->list) {
        gov_json_t *row = gov_json_object(applied->pool);

        gov_json_set(row, "component", m->component);
        gov_json_set_int(row, "version", m->version);
        gov_json_set(row, "file", m->file);
        gov_json_add(applied->list, row);
        return;
    }
    printf("applied %s %s\n", m->component, base_name(m->file));
    fflush(stdout);
}

static gov_err_t *
apply(gov_cli__t *cli)
{
    applied_t applied = { NULL, cli->pool, 0 };
    const gov_actor_t *actor;
    apr_array_header_t *list;
    gov_store_t *store;
    int i;

    if (gov_cli__option(cli, "json"))
        applied.list = gov_json_array(cli->pool);
    GOV_TRY(gov_actor_operator(&actor, cli->pool));
    GOV_TRY(components(&list, cli));
    GOV_TRY(gov_cli__store(&store, cli));
    for (i = 0; i < list->nelts; i++) {
        const component_t *at = &APR_ARRAY_IDX(list, i, component_t);

        GOV_TRY(gov_schema_apply(store, at->name, at->dir, actor->name, tell,
                                 &applied, cli->pool));
    }
    if (applied.list)
        gov_cli__print_json(applied.list, cli->pool);
    else if (!applied.count)
        puts("nothing to apply");
    return NULL;
}

/* All applied, none changed since, and within what this release runs on. */
static gov_err_t *
verify(gov_cli__t *cli)
{
    gov_json_t *json = gov_json_object(cli->pool);
    gov_json_t *findings = gov_json_array(cli->pool);
    bool as_json = gov_cli__option(cli, "json") != NULL;
    apr_array_header_t *migrations;
    gov_store_t *store;
    int version, i, bad = 0;

    GOV_TRY(gov_cli__migrations(&migrations, cli));
    for (i = 0; i < migrations->nelts; i++) {
        const gov_migration_t *m = &APR_ARRAY_IDX(migrations, i,
                                                  gov_migration_t);
        const char *text;

        if (m->applied && !m->changed)
            continue;
        bad++;
        text = apr_psprintf(cli->pool, "%s %s: %s", m->component,
                            base_name(m->file), m->applied
                            ? "was changed after it was applied"
                            : "is not applied; run govctl schema apply");
        gov_json_add_str(findings, text);
        if (!as_json)
            puts(text);
    }
    GOV_TRY(gov_cli__store(&store, cli));
    GOV_TRY(gov_schema_version(&version, store, "core", cli->pool));
    if (version < GOV_SCHEMA_MIN || version > GOV_SCHEMA_MAX) {
        const char *text =
            apr_psprintf(cli->pool, "core is at version %d, this release runs "
                         "on %d to %d", version, GOV_SCHEMA_MIN,
                         GOV_SCHEMA_MAX);

        bad++;
        gov_json_add_str(findings, text);
        if (!as_json)
            puts(text);
    }
    if (as_json) {
        gov_json_set_bool(json, "ok", !bad);
        gov_json_set_int(json, "version", version);
        gov_json_put(json, "findings", findings);
        gov_cli__print_json(json, cli->pool);
    }
    else if (!bad)
        printf("core is at version %d, nothing is missing or changed\n",
               version);
    if (bad)
        cli->status = GOV_CLI_FINDINGS;
    return NULL;
}

#define JSON { "json", NULL, "one JSON value instead of lines" }

const gov_cli__verb_t gov_cli__schema[] = {
    { .name = "schema status",
      .help = "List the migrations and which of them are applied",
      .options = { JSON }, .run = status },
    { .name = "schema apply",
      .help = "Apply the missing migrations, safe to run twice",
      .options = { JSON }, .run = apply },
    { .name = "schema verify",
      .help = "Check that the schema is the one this release expects",
      .options = { JSON }, .run = verify },
    { .name = NULL }
};
