/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/draft.c -- new documents and new editions, checked against their
   type. */

#include <string.h>

#include "content_priv.h"
#include "sql_content.h"

static gov_err_t *
check_length(const char *field, const char *text, apr_size_t max,
             apr_pool_t *pool)
{
    apr_size_t len;

    if (!text)
        return NULL;
    len = gov_text_length(text);
    if (len > max)
        return gov_err_field(field, pool,
                             "%" APR_SIZE_T_FMT " characters, at most %"
                             APR_SIZE_T_FMT " are allowed", len, max);
    return NULL;
}

static bool
given(const gov_draft_t *draft, const char *field)
{
    if (!strcmp(field, "title"))
        return draft->title && *draft->title;
    if (!strcmp(field, "subtitle"))
        return draft->subtitle != NULL;
    if (!strcmp(field, "summary"))
        return draft->summary != NULL;
    if (!strcmp(field, "source"))
        return draft->source != NULL;
    if (!strcmp(field, "author"))
        return draft->author != NULL;
    if (!strcmp(field, "body"))
        return draft->body && *draft->body;
    if (!strcmp(field, "keywords"))
        return gov_json_count(draft->keywords) > 0;
    if (!strcmp(field, "picture"))
        return draft->picture != NULL;
    if (!strcmp(field, "pictures"))
        return gov_json_count(draft->gallery) > 0;
    if (!strcmp(field, "attachments"))
        return gov_json_count(draft->attachments) > 0;
    if (!strcmp(field, "media"))
        return draft->media != NULL;
    if (!strcmp(field, "related"))
        return gov_json_count(draft->related) > 0;
    return false;
}

static gov_err_t *
check_value(const gov_field_t *field, const char *value, apr_pool_t *pool)
{
    gov_date_t date;
    const char *at;

    GOV_TRY(check_length(field->name, value,
                         strcmp(field->kind, "long") ? 500 : 20000, pool));
    if (!strcmp(field->kind, "date") && gov_date_parse(&date, value, pool))
        return gov_err_field(field->name, pool,
                             "\"%s\" is not a date (2026-11-23)", value);
    if (!strcmp(field->kind, "url") && strncmp(value, "https://", 8)
        && strncmp(value, "http://", 7)
        && (value[0] != '/' || value[1] == '/'))
        return gov_err_field(field->name, pool,
                             "\"%s\" is neither an http(s) address nor a path "
                             "of this site", value);
    if (!strcmp(field->kind, "email") && !strchr(value, '@'))
        return gov_err_field(field->name, pool, "\"%s\" is not an e-mail "
                             "address", value);
    if (!strcmp(field->kind, "number")) {
        for (at = value; apr_isdigit(*at); at++)
            ;
        if (!*value || *at)
            return gov_err_field(field->name, pool, "\"%s\" is not a number",
                                 value);
    }
    return NULL;
}

/* What a type may use; a picture is not among them because any document may
   have one for its entry in lists. */
static const char *const usable[] = {
    "subtitle", "summary", "source", "author", "body", "keywords", "pictures",
    "attachments", "media", NULL
};

/* Translations may leave out what the original has (numbers, dates, files). */
static gov_err_t *
check(const gov_draft_t *draft, const gov_type_t *type, bool translation,
      apr_pool_t *pool)
{
    apr_hash_index_t *at;
    apr_size_t k;
    int i;

    if (!draft->title || !*draft->title)
        return gov_err_field("title", pool, "is missing");
    GOV_TRY(check_length("title", draft->title, 300, pool));
    GOV_TRY(check_length("subtitle", draft->subtitle, 300, pool));
    GOV_TRY(check_length("summary", draft->summary, 1000, pool));
    GOV_TRY(check_length("source", draft->source, 200, pool));
    GOV_TRY(check_length("source_url", draft->source_url, 500, pool));
    GOV_TRY(check_length("author", draft->author, 100, pool));
    for (k = 0; k < gov_json_count(draft->keywords); k++)
        GOV_TRY(check_length("keywords",
                             gov_json_text(gov_json_at(draft->keywords, k)),
                             100, pool));
    if (gov_json_count(draft->keywords) > 20)
        return gov_err_field("keywords", pool, "at most 20");

    for (at = apr_hash_first(pool, type->uses); at; at = apr_hash_next(at)) {
        const void *name;
        void *use;

        apr_hash_this(at, &name, NULL, &use);
        if (!translation && !strcmp(use, "required") && !given(draft, name))
            return gov_err_field(name, pool, "is required by type %s",
                                 type->name);
    }
    for (i = 0; usable[i]; i++)
        if (given(draft, usable[i])
            && !apr_hash_get(type->uses, usable[i], APR_HASH_KEY_STRING))
            return gov_err_field(usable[i], pool, "type %s does not use it",
                                 type->name);
    for (i = 0; i < type->fields->nelts; i++) {
        const gov_field_t *field = &APR_ARRAY_IDX(type->fields, i, gov_field_t);
        const char *value = gov_json_str(draft->fields, field->name);

        if (value && *value)
            GOV_TRY(check_value(field, value, pool));
        else if (field->required && !translation)
            return gov_err_field(field->name, pool, "is required by type %s",
                                 type->name);
    }
    for (k = 0; k < gov_json_count(draft->fields); k++) {
        const char *name = gov_json_key(draft->fields, k, NULL);
        bool known = false;

        for (i = 0; i < type->fields->nelts && !known; i++)
            known = !strcmp(APR_ARRAY_IDX(type->fields, i, gov_field_t).name,
                            name);
        if (!known)
            return gov_err_field(name, pool, "type %s has no such field",
                                 type->name);
    }
    return NULL;
}

gov_err_t *
gov_content__check_draft(const gov_draft_t *draft, const gov_type_t *type,
                         const gov_site_t *site, bool translation,
                         apr_pool_t *pool)
{
    const gov_site_lang_t *lang = gov_site_lang(site, draft->lang);

    if (!lang)
        return gov_err_field("lang", pool, "site %s has no language \"%s\"",
                             site->slug, draft->lang);
    if (lang->derived_from)
        return gov_err_field("lang", pool, "%s is derived, it has no editions "
                             "of its own", draft->lang);
    return check(draft, type, translation, pool);
}

static const char *
dump(const gov_json_t *value, apr_pool_t *pool)
{
    return value && gov_json_count(value) ? gov_json_dump(value, false, pool)
                                          : NULL;
}

static gov_err_t *
insert(apr_int64_t *edition, gov_db_t *db, const gov_ctx_t *ctx,
       apr_int64_t site, apr_int64_t document, const gov_draft_t *draft,
       const gov_permit_t *permit, apr_pool_t *pool)
{
    const char *summary = draft->summary;
    gov_row_edition_next_version_t next;
    unsigned char *digest = apr_palloc(pool, 32);
    gov_bytes_t digest_bytes = { (const char *)digest, 32 };
    const char *fields = dump(draft->fields, pool);
    gov_content__live_t texts = {
        .site = site, .document = document, .lang = draft->lang,
        .title = draft->title, .subtitle = draft->subtitle,
        .source = draft->source, .source_url = draft->source_url,
        .author = draft->author, .keywords = dump(draft->keywords, pool),
        .body = draft->body, .fields = fields,
        .picture = dump(draft->picture, pool),
        .gallery = dump(draft->gallery, pool),
        .attachments = dump(draft->attachments, pool),
        .media = dump(draft->media, pool)
    };
    unsigned char mac[GOV_MAC_SIZE];
    gov_bytes_t tag = { NULL, 0 };
    int key = ctx->keys ? gov_keys_current(ctx->keys) : 0;
    const char *whole;
    int i;

    if (!summary && draft->text && *draft->text)
        summary = gov_text_cut(draft->text, 120, pool);
    GOV_TRY(gov_sql_edition_next_version(&next, db, site, document,
                                         draft->lang, pool));
    whole = apr_pstrcat(pool, draft->title, "\n", draft->body ? draft->body : "",
                        "\n", fields ? fields : "", NULL);
    gov_digest(digest, whole, strlen(whole));
    texts.version = next.version;
    texts.summary = summary;
    if (key && gov_content__edition_mac(mac, ctx->keys, key, &texts, pool)) {
        tag.data = (const char *)mac;
        tag.len = sizeof(mac);
    }
    GOV_TRY(gov_sql_edition_insert(
        edition, db, site, document, draft->lang, next.version, draft->title,
        draft->subtitle, summary, draft->source, draft->source_url,
        draft->author, texts.keywords, draft->body, fields, texts.picture,
        texts.gallery, texts.attachments, texts.media,
        dump(draft->related, pool), gov_now(ctx->clock),
        gov_permit_actor(permit)->name, digest_bytes, tag, key, pool));
    for (i = 0; draft->assets && i < draft->assets->nelts; i++) {
        const gov_asset_use_t *use =
            &APR_ARRAY_IDX(draft->assets, i, gov_asset_use_t);
        unsigned char *id = apr_palloc(pool, 32);
        gov_bytes_t bytes = { (const char *)id, 32 };

        if (!gov_unhex(id, 32, use->asset))
            return gov_err(GOV_E_INTERNAL, NULL, pool, "bad asset id");
        GOV_TRY(gov_sql_asset_ref_insert(NULL, db, site, bytes, *edition,
                                         use->name, pool));
    }
    return NULL;
}

/* What is kept under a write's key. */
static const char *
print_ids(apr_int64_t document, apr_int64_t edition, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%" APR_INT64_T_FMT " %" APR_INT64_T_FMT,
                        document, edition);
}

static void
read_ids(apr_int64_t *document, apr_int64_t *edition, const char *text)
{
    char *end;

    *document = apr_strtoi64(text, &end, 10);
    *edition = apr_strtoi64(end, NULL, 10);
}

typedef struct create_t {
    apr_int64_t document, edition;
    const gov_ctx_t *ctx;
    const gov_column_t *column;
    const char *type, *external;
    const gov_draft_t *draft;
    const gov_permit_t *permit;
    gov_bytes_t key;              /* of this write */
} create_t;

/* After a COMMIT whose answer was lost: is the document there? */
static gov_err_t *
is_created(bool *created, gov_db_t *db, create_t *c, apr_pool_t *pool)
{
    gov_row_external_get_t row;
    gov_err_t *err;

    *created = false;
    if (!c->external || !gov_db_is_rerun(db))
        return NULL;
    err = gov_sql_external_get(&row, db, c->external, pool);
    *created = !err;
    if (*created)
        c->document = row.document_id;
    return err && err->code != GOV_E_NOT_FOUND ? err : NULL;
}

static gov_err_t *
create(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    create_t *c = baton;
    apr_int64_t site = c->column->site->id;
    apr_time_t now = gov_now(c->ctx->clock);
    const char *done;
    bool created;

    GOV_TRY(gov_content__not_frozen(db, site, pool));
    GOV_TRY(gov_content__done(&done, db, c->key, pool));
    if (done) {
        read_ids(&c->document, &c->edition, done);
        return NULL;
    }
    GOV_TRY(is_created(&created, db, c, pool));
    if (!created) {
        GOV_TRY(gov_sql_document_insert(&c->document, db, site, c->column->id,
                                        c->type, false, now, pool));
        if (c->external)
            GOV_TRY(gov_sql_external_claim(NULL, db, c->external, site,
                                           c->document, now, pool));
    }
    GOV_TRY(insert(&c->edition, db, c->ctx, site, c->document, c->draft,
                   c->permit, pool));
    GOV_TRY(gov_content__keep(db, c->key, c->ctx,
                              print_ids(c->document, c->edition, pool), pool));
    return gov_audit_add(db, c->ctx, "document.create", site,
                         apr_psprintf(pool, "document:%" APR_INT64_T_FMT,
                                      c->document),
                         true, c->draft->title, pool);
}

gov_err_t *
gov_document_create(apr_int64_t *document, apr_int64_t *edition,
                    const gov_ctx_t *ctx, const gov_column_t *column,
                    const char *type, const gov_draft_t *draft,
                    const gov_permit_t *permit, apr_pool_t *pool)
{
    return gov_content__create(document, edition, ctx, column, type, draft,
                               NULL, permit, pool);
}

gov_err_t *
gov_content__create(apr_int64_t *document, apr_int64_t *edition,
                    const gov_ctx_t *ctx, const gov_column_t *column,
                    const char *type, const gov_draft_t *draft,
                    const char *external, const gov_permit_t *permit,
                    apr_pool_t *pool)
{
    create_t baton = { 0, 0, ctx, column, type, external, draft, permit,
                       gov_content__key(ctx, pool) };
    const gov_type_t *known = gov_type_get(gov_group_types(ctx->group), type);

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_WRITE, column->site->id,
                             column->id, pool));
    if (!known)
        return gov_err_field("type", pool, "there is no type \"%s\"", type);
    GOV_TRY(gov_content__check_draft(draft, known, column->site, false, pool));
    GOV_TRY(gov_store_tx(ctx->store, create, &baton, pool));
    *document = baton.document;
    *edition = baton.edition;
    return NULL;
}

typedef struct further_t {
    apr_int64_t document, edition, site, column;
    const gov_ctx_t *ctx;
    const gov_draft_t *draft;
    const gov_permit_t *permit;
    gov_bytes_t key;              /* of this write */
} further_t;

static gov_err_t *
further(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    further_t *f = baton;
    gov_row_document_guard_t guard;
    const gov_site_t *site = gov_site_by_id(f->ctx->group, f->site);
    const gov_type_t *type;
    const char *first, *done;

    GOV_TRY(gov_content__not_frozen(db, f->site, pool));
    GOV_TRY(gov_content__done(&done, db, f->key, pool));
    if (done) {
        read_ids(&f->document, &f->edition, done);
        return NULL;
    }
    GOV_TRY(gov_sql_document_guard(&guard, db, f->site, f->document, pool));
    type = gov_type_get(gov_group_types(f->ctx->group), guard.type);
    if (!type)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "type %s is not loaded", guard.type);
    first = APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t).lang;
    GOV_TRY(check(f->draft, type, strcmp(first, f->draft->lang) != 0, pool));
    GOV_TRY(insert(&f->edition, db, f->ctx, f->site, f->document, f->draft,
                   f->permit, pool));
    GOV_TRY(gov_content__keep(db, f->key, f->ctx,
                              print_ids(f->document, f->edition, pool), pool));
    return gov_audit_add(db, f->ctx, "edition.draft", f->site,
                         apr_psprintf(pool, "document:%" APR_INT64_T_FMT,
                                      f->document),
                         true, f->draft->title, pool);
}

static gov_err_t *
where(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    further_t *f = baton;
    gov_row_document_site_t row;

    GOV_TRY(gov_sql_document_site(&row, db, f->document, pool));
    f->site = row.site_id;
    f->column = row.column_id;
    return NULL;
}

gov_err_t *
gov_edition_draft(apr_int64_t *edition, const gov_ctx_t *ctx,
                  apr_int64_t document, const gov_draft_t *draft,
                  const gov_permit_t *permit, apr_pool_t *pool)
{
    further_t baton = { .document = document, .ctx = ctx, .draft = draft,
                        .permit = permit,
                        .key = gov_content__key(ctx, pool) };
    const gov_site_t *site;
    const gov_site_lang_t *lang;

    GOV_TRY(gov_store_read(ctx->store, where, &baton, pool));
    GOV_TRY(gov_permit_check(permit, GOV_ACTION_WRITE, baton.site,
                             baton.column, pool));
    site = gov_site_by_id(ctx->group, baton.site);
    lang = site ? gov_site_lang(site, draft->lang) : NULL;
    if (!lang || lang->derived_from)
        return gov_err_field("lang", pool, "no editions in \"%s\" here",
                             draft->lang);
    GOV_TRY(gov_store_tx(ctx->store, further, &baton, pool));
    *edition = baton.edition;
    return NULL;
}
