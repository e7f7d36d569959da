/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/import_group.c -- the structure of a group: units, sites, columns,
   home pages.

   The file is the whole truth about each site that it names; sites that it does not
   name stay as they are, and so do columns (closing one is a decision of its
   own). */

#include <stdlib.h>
#include <string.h>

#include "gov_xml.h"
#include "import_priv.h"
#include "sql_content.h"

#define NAMESPACE "urn:govportal:group:1"

typedef struct load_t {
    gov_import__place_t *at;
    const gov_xml_t *root;
    apr_hash_t *files;            /* site slug -> logo's gov_asset_t * */
    gov_db_t *db;
    int position;
    gov_group_t *group;           /* of a dry run: the site map as it would be */
} load_t;

static const char *
attr(const gov_xml_t *el, const char *name, apr_pool_t *pool)
{
    const char *value = gov_xml_attr(el, name, pool);

    if (value)
        value = gov_text_fold(value, pool);
    return value && *value ? value : NULL;
}

static gov_err_t *
bad(const gov_xml_t *el, load_t *load, const char *field, apr_pool_t *pool,
    const char *text)
{
    load->at->line = gov_xml_line(el);
    return gov_err_field(field, pool, "%s", text);
}

static gov_err_t *
load_unit(load_t *load, const gov_xml_t *el, apr_pool_t *pool)
{
    const char *slug = attr(el, "id", pool), *parent = attr(el, "parent", pool);
    apr_int64_t parent_id = 0;
    gov_row_unit_by_slug_t row;

    if (!gov_text_is_slug(slug))
        return bad(el, load, "id", pool, "a unit's id is letters, digits, '-'");
    if (parent) {
        gov_err_t *err = gov_sql_unit_by_slug(&row, load->db, parent, pool);

        if (err && err->code == GOV_E_NOT_FOUND)
            return bad(el, load, "parent", pool, apr_psprintf(
                           pool, "there is no unit \"%s\" above", parent));
        if (err)
            return err;
        parent_id = row.id;
    }
    return gov_sql_unit_put(NULL, load->db, slug, parent_id,
                            attr(el, "name", pool), attr(el, "name-en", pool),
                            attr(el, "short", pool), attr(el, "code", pool),
                            attr(el, "address", pool), attr(el, "phone", pool),
                            pool);
}

/* R081: names of government sites end in .gov.cn (or .政务 and the like in
   their ASCII form); test installations may use *.localhost. */
static bool
host_allowed(const char *host, const gov_config_t *config)
{
    static const char *const endings[] = { ".gov.cn", ".xn--zfr164b",
                                           ".xn--fiqs8s", NULL };
    apr_size_t len = strlen(host);
    int i;

    for (i = 0; endings[i]; i++) {
        apr_size_t end = strlen(endings[i]);

        if (len > end && !strcmp(host + len - end, endings[i]))
            return true;
    }
    return config->test_hosts
        && (!strcmp(host, "localhost")
            || (len > 10 && !strcmp(host + len - 10, ".localhost")));
}

static gov_err_t *
load_hosts(load_t *load, const gov_xml_t *site, apr_int64_t id,
           apr_pool_t *pool)
{
    const gov_xml_t *el;
    int position = 0;

    GOV_TRY(gov_sql_site_hosts_clear(NULL, load->db, id, pool));
    for (el = gov_xml_child(site, "host"); el; el = gov_xml_next(el, "host")) {
        gov_row_site_host_owner_t owner;
        const char *host;
        gov_err_t *err;

        if (gov_url_host(&host, gov_text_fold(gov_xml_text(el, pool), pool),
                         pool))
            return bad(el, load, "host", pool, "is not a host name");
        if (!host_allowed(host, load->at->import->config))
            return bad(el, load, "host", pool, apr_psprintf(
                           pool, "%s is not a name of a government site "
                           "(*.gov.cn); GovTestHosts allows *.localhost",
                           host));
        err = gov_sql_site_host_owner(&owner, load->db, host, pool);
        if (!err)
            return bad(el, load, "host", pool, apr_psprintf(
                           pool, "%s belongs to another site", host));
        if (err->code != GOV_E_NOT_FOUND)
            return err;
        GOV_TRY(gov_sql_site_host_put(NULL, load->db, host, id, position++,
                                      pool));
    }
    return NULL;
}

static gov_err_t *
load_languages(load_t *load, const gov_xml_t *site, apr_int64_t id,
               apr_pool_t *pool)
{
    const gov_xml_t *el;
    int position = 0;

    GOV_TRY(gov_sql_site_langs_clear(NULL, load->db, id, pool));
    for (el = gov_xml_child(site, "language"); el;
         el = gov_xml_next(el, "language")) {
        const char *from = attr(el, "from", pool);

        if (!position && (from || !attr(el, "legal-name", pool)))
            return bad(el, load, "language", pool,
                       "the first language is the site's own and has the "
                       "legal name");
        GOV_TRY(gov_sql_site_lang_put(
            NULL, load->db, id, attr(el, "code", pool), from,
            attr(el, "title", pool), attr(el, "legal-name", pool),
            attr(el, "slogan", pool), attr(el, "description", pool),
            attr(el, "keywords", pool), attr(el, "sponsor", pool),
            attr(el, "operator", pool), attr(el, "phone", pool),
            attr(el, "address", pool), attr(el, "logo-alt", pool), position++,
            pool));
    }
    return NULL;
}

static gov_err_t *
load_greyscale(load_t *load, const gov_xml_t *site, apr_int64_t id,
               apr_pool_t *pool)
{
    const gov_xml_t *el;
    gov_date_t date;

    GOV_TRY(gov_sql_greyscale_clear(NULL, load->db, id, pool));
    for (el = gov_xml_child(site, "greyscale"); el;
         el = gov_xml_next(el, "greyscale")) {
        const char *from = attr(el, "from", pool), *to = attr(el, "to", pool);

        if (gov_date_parse(&date, from, pool)
            || gov_date_parse(&date, to, pool))
            return bad(el, load, "greyscale", pool, "from and to are dates");
        GOV_TRY(gov_sql_greyscale_put(NULL, load->db, id, from, to,
                                      attr(el, "reason", pool), pool));
    }
    return NULL;
}

static int
number(const gov_xml_t *el, const char *name, int dflt, apr_pool_t *pool)
{
    const char *value = attr(el, name, pool);

    return value ? atoi(value) : dflt;
}

static gov_err_t *
load_column_words(load_t *load, const gov_xml_t *el, apr_int64_t site,
                  apr_int64_t column, apr_pool_t *pool)
{
    GOV_TRY(gov_sql_column_lang_put(NULL, load->db, site, column, "zh-CN",
                                    attr(el, "name", pool),
                                    attr(el, "description", pool),
                                    attr(el, "keywords", pool), pool));
    if (attr(el, "name-en", pool))
        GOV_TRY(gov_sql_column_lang_put(NULL, load->db, site, column, "en",
                                        attr(el, "name-en", pool),
                                        attr(el, "description-en", pool), NULL,
                                        pool));
    return NULL;
}

static gov_err_t *
load_rules(load_t *load, const gov_xml_t *el, apr_int64_t site,
           apr_int64_t column, apr_pool_t *pool)
{
    const gov_xml_t *rule;
    int position = 0;

    GOV_TRY(gov_sql_column_rules_clear(NULL, load->db, site, column, pool));
    for (rule = gov_xml_child(el, "rule"); rule;
         rule = gov_xml_next(rule, "rule")) {
        const char *sites = attr(rule, "sites", pool);
        const char *columns = attr(rule, "columns", pool);
        const char *types = attr(rule, "types", pool);
        const char *keyword = attr(rule, "keyword", pool);

        GOV_TRY(gov_sql_column_rule_put(NULL, load->db, site, column,
                                        position++, sites ? sites : "",
                                        columns ? columns : "",
                                        types ? types : "",
                                        keyword ? keyword : "", pool));
    }
    return NULL;
}

static gov_err_t *
load_column(load_t *load, const gov_xml_t *el, apr_int64_t site,
            apr_int64_t parent, const char *above, int position,
            apr_pool_t *pool)
{
    const char *slug = attr(el, "slug", pool), *type = attr(el, "type", pool);
    const char *supply = attr(el, "supply", pool), *unit, *nav, *path;
    gov_row_column_by_path_t row;
    gov_row_unit_by_slug_t owner = { 0 };
    const gov_xml_t *child;
    apr_int64_t id;
    gov_err_t *err;
    int i = 0, page_size;

    if (!slug || !gov_text_is_slug(slug))
        return bad(el, load, "slug", pool, "a column's slug is small letters, "
                   "digits and '-'");
    if (!gov_type_get(load->at->import->types, type))
        return bad(el, load, "type", pool,
                   apr_psprintf(pool, "there is no type \"%s\"", type));
    unit = attr(el, "unit", pool);
    if (unit && gov_sql_unit_by_slug(&owner, load->db, unit, pool))
        return bad(el, load, "unit", pool,
                   apr_psprintf(pool, "there is no unit \"%s\"", unit));
    nav = attr(el, "nav", pool);
    path = *above ? apr_pstrcat(pool, above, "/", slug, NULL) : slug;
    page_size = number(el, "page-size", 20, pool);
    err = gov_sql_column_by_path(&row, load->db, site, path, pool);
    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    if (err)
        GOV_TRY(gov_sql_column_insert(
            &id, load->db, site, parent, slug, path, type,
            attr(el, "column-type", pool), supply ? supply : "own",
            number(el, "interval", 0, pool), owner.id,
            !nav || !strcmp(nav, "yes"), page_size, position, pool));
    else {
        id = row.id;
        GOV_TRY(gov_sql_column_update(
            NULL, load->db, type, attr(el, "column-type", pool),
            supply ? supply : "own", number(el, "interval", 0, pool), owner.id,
            !nav || !strcmp(nav, "yes"), page_size, position, site, id, pool));
    }
    GOV_TRY(load_column_words(load, el, site, id, pool));
    GOV_TRY(load_rules(load, el, site, id, pool));
    for (child = gov_xml_child(el, "column"); child;
         child = gov_xml_next(child, "column"))
        GOV_TRY(load_column(load, child, site, id, path, i++, pool));
    return NULL;
}

static gov_err_t *
load_blocks(load_t *load, const gov_xml_t *site, apr_int64_t id,
            apr_pool_t *pool)
{
    const gov_xml_t *el;
    int position = 0;

    GOV_TRY(gov_sql_blocks_clear(NULL, load->db, id, pool));
    for (el = gov_xml_child(site, "block"); el;
         el = gov_xml_next(el, "block")) {
        const char *columns = attr(el, "columns", pool);
        const char *style = attr(el, "style", pool);
        char *list, *state, *path;

        if (!columns)
            columns = attr(el, "column", pool);
        if (!columns)
            columns = "";
        list = apr_pstrdup(pool, columns);
        for (path = apr_strtok(list, " ", &state); path;
             path = apr_strtok(NULL, " ", &state)) {
            gov_row_column_by_path_t row;

            if (gov_sql_column_by_path(&row, load->db, id, path, pool))
                return bad(el, load, "column", pool, apr_psprintf(
                               pool, "the site has no column \"%s\"", path));
        }
        GOV_TRY(gov_sql_block_put(NULL, load->db, id, position++,
                                  attr(el, "area", pool),
                                  attr(el, "kind", pool), columns,
                                  number(el, "items", 8, pool),
                                  style ? style : "plain",
                                  attr(el, "title", pool),
                                  attr(el, "title-en", pool), pool));
    }
    return NULL;
}

static gov_err_t *
load_redirects(load_t *load, const gov_xml_t *site, apr_int64_t id,
               apr_pool_t *pool)
{
    const gov_xml_t *el;

    for (el = gov_xml_child(site, "redirect"); el;
         el = gov_xml_next(el, "redirect")) {
        const char *from = attr(el, "from", pool);

        if (!from || *from != '/')
            return bad(el, load, "from", pool, "a path begins with '/'");
        GOV_TRY(gov_content__redirect_put(load->db, load->at->ctx, id, from,
                                          attr(el, "to", pool), 0, pool));
    }
    return NULL;
}

static gov_err_t *
check_site(load_t *load, const gov_xml_t *el, const char *kind,
           apr_pool_t *pool)
{
    const gov_xml_t *identity = gov_xml_child(el, "identity");
    const char *code = identity ? attr(identity, "code", pool) : NULL;
    const char *accent = attr(el, "accent", pool);

    if (!gov_text_is_slug(attr(el, "id", pool)))
        return bad(el, load, "id", pool, "a site's id is letters, digits, '-'");
    if (code) {
        if (!gov_content__is_site_code(code))
            return bad(identity, load, "code", pool,
                       "a site identification code has ten digits");
    }
    else if (strcmp(kind, "topic"))
        return bad(el, load, "code", pool,
                   "the site identification code is missing");
    if (!accent || !gov_content__is_colour(accent))
        return bad(el, load, "accent", pool, "a colour is #rrggbb");
    return NULL;
}

static gov_err_t *
load_site(load_t *load, const gov_xml_t *el, apr_pool_t *pool)
{
    const char *slug = attr(el, "id", pool), *kind = attr(el, "kind", pool);
    const char *parent = attr(el, "parent", pool), *base;
    const gov_xml_t *identity = gov_xml_child(el, "identity"), *column, *logo;
    gov_row_site_by_slug_t row, above = { 0 };
    gov_row_unit_by_slug_t unit;
    const gov_asset_t *asset;
    gov_bytes_t logo_id = { NULL, 0 };
    apr_int64_t id;
    gov_err_t *err;
    int position = 0;

    GOV_TRY(check_site(load, el, kind, pool));
    if (gov_sql_unit_by_slug(&unit, load->db, attr(el, "unit", pool), pool))
        return bad(el, load, "unit", pool, "there is no such unit");
    if (parent && gov_sql_site_by_slug(&above, load->db, parent, pool))
        return bad(el, load, "parent", pool, "there is no such site above");
    base = attr(el, "base-path", pool);
    if (base && (*base != '/' || !gov_text_is_slug(base + 1)))
        return bad(el, load, "base-path", pool, "is '/' and a slug");
    if (base ? !parent : !gov_xml_child(el, "host"))
        return bad(el, load, "host", pool, "a site has hosts, or a parent and a "
                   "base-path");
    err = gov_sql_site_by_slug(&row, load->db, slug, pool);
    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    if (err) {
        err = gov_sql_site_insert(&id, load->db, slug, above.id, kind, unit.id,
                                  strcmp(kind, "portal") ? 0 : 1,
                                  strcmp(kind, "topic") ? unit.id : 0, base,
                                  attr(el, "theme", pool),
                                  attr(el, "accent", pool), load->position,
                                  pool);
        /* R001: one portal, one site a body */
        if (err && err->code == GOV_E_CONFLICT)
            return bad(el, load, "site", pool, "there is a portal already, or "
                       "the unit has a site already, or the base path is "
                       "taken");
        if (err)
            return err;
    }
    else if (strcmp(row.kind, kind) || row.unit_id != unit.id)
        return bad(el, load, "kind", pool,
                   "a site cannot change its kind or its unit");
    else {
        id = row.id;
        if (gov_content__not_frozen(load->db, id, pool))
            return bad(el, load, "site", pool, "the site is frozen");
    }

    logo = gov_xml_child(el, "logo");
    asset = apr_hash_get(load->files, slug, APR_HASH_KEY_STRING);
    GOV_TRY(gov_sql_site_assets_clear(NULL, load->db, id, pool));
    if (asset) {
        unsigned char *bytes = apr_palloc(pool, 32);

        gov_unhex(bytes, 32, asset->id);
        logo_id.data = (const char *)bytes;
        logo_id.len = 32;
        GOV_TRY(gov_sql_asset_ref_insert(NULL, load->db, id, logo_id, 0,
                                         "logo.png", pool));
    }
#define IDENTITY(name) (identity ? attr(identity, name, pool) : NULL)
    GOV_TRY(gov_sql_site_update(
        NULL, load->db, above.id, base, attr(el, "theme", pool),
        attr(el, "accent", pool), IDENTITY("code"), IDENTITY("icp"),
        IDENTITY("police"), IDENTITY("sponsor"), IDENTITY("operator"),
        IDENTITY("phone"), IDENTITY("email"), IDENTITY("address"),
        IDENTITY("postcode"), IDENTITY("error-report"), logo_id,
        asset ? "logo.png" : NULL, logo ? attr(logo, "alt", pool) : NULL,
        load->position, id, pool));
#undef IDENTITY
    GOV_TRY(load_hosts(load, el, id, pool));
    GOV_TRY(load_languages(load, el, id, pool));
    GOV_TRY(load_greyscale(load, el, id, pool));
    for (column = gov_xml_child(el, "column"); column;
         column = gov_xml_next(column, "column"))
        GOV_TRY(load_column(load, column, id, 0, "", position++, pool));
    GOV_TRY(load_blocks(load, el, id, pool));
    GOV_TRY(load_redirects(load, el, id, pool));
    load->position++;
    return gov_audit_add(load->db, load->at->ctx, "site.import", id,
                         apr_psprintf(pool, "site:%" APR_INT64_T_FMT, id),
                         true, slug, pool);
}

/* Written anew each time: what somebody changed in between goes back to what the
   file says. */
static gov_err_t *
load_all(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    load_t *load = baton;
    const gov_xml_t *el;

    load->db = db;
    load->position = 0;
    GOV_TRY(gov_sql_group_put(NULL, db, attr(load->root, "name", pool),
                              attr(load->root, "timezone", pool), pool));
    for (el = gov_xml_child(load->root, "unit"); el;
         el = gov_xml_next(el, "unit"))
        GOV_TRY(load_unit(load, el, pool));
    for (el = gov_xml_child(load->root, "site"); el;
         el = gov_xml_next(el, "site"))
        GOV_TRY(load_site(load, el, pool));
    load->at->line = 0;
    GOV_TRY(gov_event_add(db, "structure", 0, 0, "structure", pool));
    if (!load->at->import->dry_run)
        return NULL;
    /* documents of the same dry run are checked against what is rolled back */
    GOV_TRY(gov_content__group_read(&load->group, db, load->at->import->types,
                                    load->at->import->config,
                                    load->at->ctx->pool));
    return gov_err(GOV_E_CONFLICT, NULL, pool, "dry run");
}

/* The XML reader's messages begin with "file:line: "; here the place stands by
   itself. */
static gov_err_t *
unreadable(gov_import__place_t *at, const gov_err_t *err, apr_pool_t *pool)
{
    apr_size_t len = strlen(at->file);
    const char *text = err->message;
    char *end;

    if (!strncmp(text, at->file, len) && text[len] == ':') {
        at->line = (int)strtol(text + len + 1, &end, 10);
        text = end + strspn(end, ": ");
    }
    return gov_import__failed(at, gov_err(err->code, NULL, pool, "%s", text),
                              pool);
}

gov_err_t *
gov_import__group(gov_import__place_t *at, apr_pool_t *pool)
{
    load_t load = { .at = at };
    const gov_xml_t *el;
    gov_group_t *group;
    gov_err_t *err;
    int before = at->import->failed;

    GOV_TRY(gov_permit_check(at->import->state->permit, GOV_ACTION_MANAGE, 0, 0,
                             pool));
    err = gov_xml_read(&load.root, at->file, 16 * 1024 * 1024, pool);
    if (!err && (strcmp(gov_xml_name(load.root), "group")
                 || strcmp(gov_xml_ns(load.root), NAMESPACE)))
        err = gov_err(GOV_E_INVALID, NULL, pool, "is not a group description "
                      "(%s)", NAMESPACE);
    if (!err)
        err = gov_xml_validate(load.root,
                               apr_pstrcat(pool, at->import->config->share_dir,
                                           "/xslt/contract/group.rng", NULL),
                               pool);
    if (err)
        return unreadable(at, err, pool);

    GOV_TRY(gov_import__check_columns(at, load.root, pool));
    /* files first: they are stored outside of the transaction */
    load.files = apr_hash_make(pool);
    for (el = gov_xml_child(load.root, "site"); el;
         el = gov_xml_next(el, "site")) {
        const gov_xml_t *logo = gov_xml_child(el, "logo");
        const gov_upload_t *upload;

        if (!logo)
            continue;
        at->line = gov_xml_line(logo);
        err = gov_import__take(&upload, at, "logo",
                               gov_xml_attr(logo, "file", pool), pool);
        if (err)
            GOV_TRY(gov_import__failed(at, err, pool));
        else
            apr_hash_set(load.files, gov_xml_attr(el, "id", pool),
                         APR_HASH_KEY_STRING, &upload->asset);
    }
    if (at->import->failed > before)
        return NULL;
    at->line = 0;
    err = gov_store_tx(at->ctx->store, load_all, &load, pool);
    if (err && load.group) {
        at->ctx->group = load.group;
        at->import->changed++;
        return NULL;
    }
    if (err)
        return gov_import__failed(at, err, pool);
    at->import->changed++;
    GOV_TRY(gov_group_load(&group, at->ctx->store, at->import->types,
                           at->import->config, at->ctx->pool));
    at->ctx->group = group;
    return NULL;
}
