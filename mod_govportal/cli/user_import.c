/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* user_import.c -- govctl user import: many accounts from one list.

   A line is LOGIN, NAME, CLASS, SITE or "-", ROLES, parted by tabs; ROLES are
   "role", "role@site" or "role@site:column", parted by blanks.  An account that is
   there keeps its password; roles that it has not yet are given. */

#include <string.h>

#include "cli_priv.h"
#include "gov_file.h"
#include "gov_person.h"
#include "gov_text.h"

#define FILE_MAX (1024 * 1024)
#define COLUMNS 5

typedef struct import_t {
    gov_cli__t *cli;
    gov_ctx_t *ctx;
    gov_cli__table_t *table;
    gov_json_t *json;
} import_t;

/* The parts of LINE between tabs, empty ones too. */
static apr_array_header_t *
cells(const char *line, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, COLUMNS,
                                              sizeof(const char *));

    for (;;) {
        apr_size_t len = strcspn(line, "\t");

        APR_ARRAY_PUSH(list, const char *) = apr_pstrmemdup(pool, line, len);
        if (!line[len])
            return list;
        line += len + 1;
    }
}

static gov_err_t *
find_or_add(const gov_person_t **person, import_t *im,
            const gov_person_new_t *made)
{
    apr_pool_t *pool = im->cli->pool;
    const gov_permit_t *permit;
    const char *password;
    gov_json_t *row;
    apr_int64_t id;
    gov_err_t *err = gov_person_named(person, im->ctx, made->login, pool);

    if (!err || err->code != GOV_E_NOT_FOUND)
        return err;
    GOV_TRY(gov_permit_get(&permit, im->ctx, GOV_ACTION_PEOPLE, made->site, 0,
                           pool));
    GOV_TRY(gov_person_add(&id, &password, im->ctx, made, permit, pool));
    row = gov_json_object(pool);
    gov_json_set(row, "login", made->login);
    gov_json_set(row, "password", password);
    gov_json_add(im->json, row);
    gov_cli__row(im->table, made->login, password);
    return gov_person_get(person, im->ctx, id, pool);
}

static gov_err_t *
give(import_t *im, const gov_person_t *person, const char *word)
{
    apr_pool_t *pool = im->cli->pool;
    const char *at = strchr(word, '@');
    const char *role = at ? apr_pstrmemdup(pool, word,
                                           (apr_size_t)(at - word)) : word;
    const gov_permit_t *permit;
    const gov_actor_t *actor;
    gov_grant_t grant;
    int i;

    grant.role = gov_role_named(role);
    if (!grant.role)
        return gov_err_field("roles", pool, "there is no role \"%s\"", role);
    GOV_TRY(gov_cli__node_named(&grant.site, &grant.column, im->ctx,
                                at ? at + 1 : NULL));
    GOV_TRY(gov_permit_get(&permit, im->ctx, gov_grant_needs(grant.role),
                           grant.site, grant.column, pool));
    GOV_TRY(gov_person_actor(&actor, im->ctx, person, pool));
    for (i = 0; i < actor->grants->nelts; i++) {
        const gov_grant_t *has = &APR_ARRAY_IDX(actor->grants, i, gov_grant_t);

        if (has->role == grant.role && has->site == grant.site
            && has->column == grant.column)
            return NULL;
    }
    return gov_grant_add(im->ctx, person, &grant, permit, pool);
}

static gov_err_t *
take_line(import_t *im, const char *line)
{
    apr_pool_t *pool = im->cli->pool;
    apr_array_header_t *cell = cells(line, pool), *roles;
    const gov_site_t *site = NULL;
    const gov_person_t *person;
    gov_person_new_t made = { 0 };
    const char *where;
    int i;

    if (cell->nelts != COLUMNS)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "%d columns instead of login, name, class, site, roles",
                       cell->nelts);
    made.login = APR_ARRAY_IDX(cell, 0, const char *);
    made.name = APR_ARRAY_IDX(cell, 1, const char *);
    made.class_ = APR_ARRAY_IDX(cell, 2, const char *);
    where = APR_ARRAY_IDX(cell, 3, const char *);
    if (*where && strcmp(where, "-"))
        GOV_TRY(gov_cli__site_named(&site, im->ctx, where));
    made.site = site ? site->id : 0;
    made.unit = site && site->unit ? site->unit->id : 0;
    GOV_TRY(find_or_add(&person, im, &made));
    roles = gov_text_split(APR_ARRAY_IDX(cell, 4, const char *), " ", pool);
    for (i = 0; i < roles->nelts; i++)
        GOV_TRY(give(im, person, APR_ARRAY_IDX(roles, i, const char *)));
    return NULL;
}

gov_err_t *
gov_cli__user_import(gov_cli__t *cli)
{
    const char *file = gov_cli__operand(cli, 0);
    import_t im = { .cli = cli };
    char *text, *line, *next;
    gov_bytes_t bytes;
    int number = 0;

    GOV_TRY(gov_file_read(&bytes, file, FILE_MAX, cli->pool));
    GOV_TRY(gov_cli__ctx(&im.ctx, cli));
    im.table = gov_cli__table("login password", cli->pool);
    im.json = gov_json_array(cli->pool);
    text = apr_pstrmemdup(cli->pool, bytes.data, bytes.len);
    for (line = text; line; line = next) {
        gov_err_t *err;
        apr_size_t len;

        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        number++;
        len = strlen(line);
        if (len && line[len - 1] == '\r')
            line[len - 1] = '\0';
        if (!*line || *line == '#')
            continue;
        err = take_line(&im, line);
        if (err) {
            /* the passwords made so far are shown nowhere else */
            gov_cli__print(cli, im.table, im.json);
            return gov_err(err->code, err, cli->pool, "%s, line %d", file,
                           number);
        }
    }
    gov_cli__print(cli, im.table, im.json);
    return NULL;
}
