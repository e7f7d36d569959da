/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/import.c -- one import over several files. */

#include <apr_file_io.h>
#include <string.h>

#include "import_priv.h"
#include "sql_content.h"

void
gov_import__note(const gov_import__place_t *at, bool error, const char *field,
                 const char *text)
{
    gov_import_note_t note = { error, at->file, at->line, field, text };

    if (at->import->report)
        at->import->report(at->import->baton, &note);
}

gov_err_t *
gov_import__failed(const gov_import__place_t *at, gov_err_t *err,
                   apr_pool_t *pool)
{
    if (err->code == GOV_E_UNAVAILABLE || err->code == GOV_E_INTERNAL)
        return gov_err(err->code, err, pool, "%s:%d", at->file, at->line);
    gov_import__note(at, true, err->field, err->message);
    at->import->failed++;
    return NULL;
}

gov_err_t *
gov_import__path(const char **path, const gov_import__place_t *at,
                 const char *field, const char *name, apr_pool_t *pool)
{
    const char *slash = strrchr(at->file, '/');
    const char *inside = name;
    const char *dir = slash ? apr_pstrmemdup(pool, at->file,
                                             (apr_size_t)(slash - at->file))
                            : ".";

    /* one step up is usual (documents/ beside pictures/), more is not */
    if (!strncmp(inside, "../", 3))
        inside += 3;
    if (*inside == '/' || !strncmp(inside, "../", 3) || strstr(inside, "/../"))
        return gov_err_field(field, pool, "\"%s\" is outside of the import",
                             name);
    *path = apr_pstrcat(pool, dir, "/", name, NULL);
    return NULL;
}

/* What old sites published in old formats is taken over, with a word of warning:
   nothing can be taken out of it, but it is known already. */
static gov_err_t *
take_file(gov_upload_t **result, const gov_import__place_t *at,
          const char *field, const char *path, const char *name)
{
    gov_import_state_t *state = at->import->state;
    const char *slash = strrchr(name, '/');
    gov_upload_rules_t rules = { at->ctx->policy, state->scanner, true,
                                 state->dir };
    gov_upload_t *upload = apr_pcalloc(state->pool, sizeof(*upload));

    GOV_TRY(gov_upload_take(upload, path, slash ? slash + 1 : name, &rules,
                            state->pool));
    if (upload->uncleaned)
        gov_import__note(at, false, field, apr_psprintf(
                             state->pool, "%s may name its author and hold "
                             "earlier text: that cannot be taken out", name));
    if (!at->import->dry_run)
        GOV_TRY(gov_asset_put(at->ctx->store, &upload->asset, upload->file,
                              state->pool));
    *result = upload;
    return NULL;
}

gov_err_t *
gov_import__take(const gov_upload_t **result, const gov_import__place_t *at,
                 const char *field, const char *name, apr_pool_t *pool)
{
    gov_import_state_t *state = at->import->state;
    gov_upload_t *upload;
    const char *path;
    gov_err_t *err;

    GOV_TRY(gov_import__path(&path, at, field, name, pool));
    upload = apr_hash_get(state->files, path, APR_HASH_KEY_STRING);
    if (!upload) {
        err = take_file(&upload, at, field, path, name);
        if (err && (err->code == GOV_E_NOT_FOUND || err->code == GOV_E_INVALID))
            return gov_err_field(field, pool, "%s: %s", name, err->message);
        if (err)
            return err;
        apr_hash_set(state->files, apr_pstrdup(state->pool, path),
                     APR_HASH_KEY_STRING, upload);
    }
    *result = upload;
    return NULL;
}

static gov_err_t *
find_scanner(gov_import_state_t *state, const gov_config_t *config)
{
    const char *address = config ? config->virus_scanner : NULL;
    gov_scanner_t *scanner;

    if (!address)
        return NULL;
    scanner = apr_pcalloc(state->pool, sizeof(*scanner));
    GOV_TRY(gov_scanner_parse(scanner, address, state->pool));
    state->scanner = scanner;
    return NULL;
}

static gov_err_t *
begin(gov_import_t *import, gov_ctx_t *ctx)
{
    gov_import_state_t *state;

    if (import->state)
        return NULL;
    state = apr_pcalloc(ctx->pool, sizeof(*state));
    state->pool = ctx->pool;
    state->files = apr_hash_make(state->pool);
    state->columns = apr_hash_make(state->pool);
    state->related = apr_array_make(state->pool, 32,
                                    sizeof(gov_import__related_t));
    GOV_TRY(gov_permit_get(&state->permit, ctx, GOV_ACTION_IMPORT, 0, 0,
                           state->pool));
    if (apr_temp_dir_get(&state->dir, state->pool))
        return gov_err(GOV_E_UNAVAILABLE, NULL, ctx->pool,
                       "there is no folder for temporary files");
    GOV_TRY(find_scanner(state, import->config));
    import->state = state;
    return NULL;
}

gov_err_t *
gov_import_file(gov_import_t *import, gov_ctx_t *ctx, const char *file,
                apr_pool_t *pool)
{
    gov_import__place_t at = { import, ctx, file, 0 };

    GOV_TRY(begin(import, ctx));
    if (gov_text_ends(file, ".xml"))
        return gov_import__group(&at, pool);
    if (gov_text_ends(file, ".jsonl"))
        return gov_import__lines(&at, pool);
    if (gov_text_ends(file, ".html") || gov_text_ends(file, ".htm")
        || gov_text_ends(file, ".txt"))
        return gov_import__single(&at, pool);
    return gov_err(GOV_E_INVALID, NULL, pool,
                   "%s: its ending is none of .xml .jsonl .html .htm .txt",
                   file);
}

typedef struct link_t {
    const gov_import__place_t *at;
    const gov_import__related_t *related;
} link_t;

static gov_err_t *
link_related(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    link_t *link = baton;
    gov_json_t *list = gov_json_array(pool);
    gov_row_external_get_t self, other;
    apr_array_header_t *langs;
    apr_size_t i;
    int k;

    GOV_TRY(gov_sql_external_get(&self, db, link->related->external, pool));
    for (i = 0; i < gov_json_count(link->related->ids); i++) {
        const char *id = gov_json_text(gov_json_at(link->related->ids, i));
        gov_err_t *err = gov_sql_external_get(&other, db, id, pool);
        gov_json_t *member;

        if (err && err->code == GOV_E_NOT_FOUND) {
            gov_import__note(link->at, false, "related",
                             apr_psprintf(pool, "there is no \"%s\"", id));
            continue;
        }
        if (err)
            return err;
        member = gov_json_object(pool);
        gov_json_set_int(member, "site", other.site_id);
        gov_json_set_int(member, "document", other.document_id);
        gov_json_add(list, member);
    }
    GOV_TRY(gov_sql_edition_set_related(
        NULL, db, gov_json_dump(list, false, pool), self.site_id,
        self.document_id, pool));
    GOV_TRY(gov_sql_live_langs(&langs, db, self.site_id, self.document_id,
                               pool));
    for (k = 0; k < langs->nelts; k++)
        GOV_TRY(gov_content__live_seal(
            db, link->at->ctx, self.site_id, self.document_id,
            APR_ARRAY_IDX(langs, k, gov_row_live_langs_t).lang, pool));
    return gov_event_add(db, "document.related", self.site_id,
                         self.document_id,
                         apr_psprintf(pool, "document:%" APR_INT64_T_FMT,
                                      self.document_id), pool);
}

gov_err_t *
gov_import_finish(gov_import_t *import, gov_ctx_t *ctx, apr_pool_t *pool)
{
    gov_import_state_t *state = import->state;
    apr_pool_t *iterpool;
    apr_hash_index_t *column;
    int i;

    if (!state || import->dry_run)
        return NULL;
    apr_pool_create(&iterpool, pool);
    for (i = 0; i < state->related->nelts; i++) {
        const gov_import__related_t *related =
            &APR_ARRAY_IDX(state->related, i, gov_import__related_t);
        gov_import__place_t at = { import, ctx, related->file, related->line };
        link_t baton = { &at, related };

        apr_pool_clear(iterpool);
        GOV_TRY(gov_store_tx(ctx->store, link_related, &baton, iterpool));
    }
    for (column = apr_hash_first(pool, state->columns); column;
         column = apr_hash_next(column)) {
        void *value;

        apr_pool_clear(iterpool);
        apr_hash_this(column, NULL, NULL, &value);
        GOV_TRY(gov_column_renumber(ctx, value, state->permit, iterpool));
    }
    apr_pool_destroy(iterpool);
    return NULL;
}
