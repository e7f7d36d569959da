/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/draft.c -- new documents and new editions, checked against their
   type. */

#include <string.h>

#include "workflow_priv.h"

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

/* What readers get of a draft, as it is stored. */
typedef struct stored_t {
    const char *summary, *keywords, *fields, *picture, *gallery, *attachments,
        *media, *related;
    gov_bytes_t digest, tag;
    int tag_key;                  /* 0: it has no tag */
} stored_t;

static void
measure(gov_buf_t *all, const char *text)
{
    char length[32];

    /* each with its length, so that no two contents are the same bytes */
    if (!text) {
        gov_buf_str(all, "-:");
        return;
    }
    apr_snprintf(length, sizeof(length), "%" APR_SIZE_T_FMT ":", strlen(text));
    gov_buf_str(all, length);
    gov_buf_str(all, text);
}

/* The digest that signatures are bound to: everything that readers get.  Links to
   related documents are left out; an import adds them when it has all documents. */
static void
digest(stored_t *stored, const gov_draft_t *draft, apr_pool_t *pool)
{
    gov_buf_t *all = gov_buf_create(4096, pool);
    unsigned char *result = apr_palloc(pool, 32);
    int i;

    measure(all, draft->lang);
    measure(all, draft->title);
    measure(all, draft->subtitle);
    measure(all, stored->summary);
    measure(all, draft->source);
    measure(all, draft->source_url);
    measure(all, draft->author);
    measure(all, stored->keywords);
    measure(all, draft->body);
    measure(all, stored->fields);
    measure(all, stored->picture);
    measure(all, stored->gallery);
    measure(all, stored->attachments);
    measure(all, stored->media);
    for (i = 0; draft->assets && i < draft->assets->nelts; i++) {
        measure(all, APR_ARRAY_IDX(draft->assets, i, gov_asset_use_t).asset);
        measure(all, APR_ARRAY_IDX(draft->assets, i, gov_asset_use_t).name);
    }
    gov_digest(result, all->data, all->len);
    stored->digest.data = (const char *)result;
    stored->digest.len = 32;
}

static void
to_store(stored_t *stored, const gov_draft_t *draft, apr_pool_t *pool)
{
    stored->summary = draft->summary;
    if (!stored->summary && draft->text && *draft->text)
        stored->summary = gov_text_cut(draft->text, 120, pool);
    stored->keywords = dump(draft->keywords, pool);
    stored->fields = dump(draft->fields, pool);
    stored->picture = dump(draft->picture, pool);
    stored->gallery = dump(draft->gallery, pool);
    stored->attachments = dump(draft->attachments, pool);
    stored->media = dump(draft->media, pool);
    stored->related = dump(draft->related, pool);
    digest(stored, draft, pool);
}

gov_bytes_t
gov_content__digest(const gov_draft_t *draft, apr_pool_t *pool)
{
    stored_t stored;

    to_store(&stored, draft, pool);
    return stored.digest;
}

/* Its tag under the current key; none without a ring. */
static void
mark(stored_t *stored, const gov_ctx_t *ctx, const gov_draft_t *draft,
     apr_int64_t site, apr_int64_t document, apr_int64_t version,
     apr_pool_t *pool)
{
    gov_content__live_t texts = {
        .site = site, .document = document, .version = version,
        .lang = draft->lang, .title = draft->title,
        .subtitle = draft->subtitle, .summary = stored->summary,
        .source = draft->source, .source_url = draft->source_url,
        .author = draft->author, .keywords = stored->keywords,
        .body = draft->body, .fields = stored->fields,
        .picture = stored->picture, .gallery = stored->gallery,
        .attachments = stored->attachments, .media = stored->media
    };
    unsigned char *mac = apr_palloc(pool, GOV_MAC_SIZE);
    int key = ctx->keys ? gov_keys_current(ctx->keys) : 0;

    stored->tag_key = 0;
    stored->tag.data = NULL;
    stored->tag.len = 0;
    if (key && gov_content__edition_mac(mac, ctx->keys, key, &texts, pool)) {
        stored->tag_key = key;
        stored->tag.data = (const char *)mac;
        stored->tag.len = GOV_MAC_SIZE;
    }
}

static gov_err_t *
insert_assets(gov_db_t *db, apr_int64_t site, apr_int64_t edition,
              const gov_draft_t *draft, apr_pool_t *pool)
{
    int i;

    for (i = 0; draft->assets && i < draft->assets->nelts; i++) {
        const gov_asset_use_t *use =
            &APR_ARRAY_IDX(draft->assets, i, gov_asset_use_t);
        unsigned char *id = apr_palloc(pool, 32);
        gov_bytes_t bytes = { (const char *)id, 32 };

        if (!gov_unhex(id, 32, use->asset))
            return gov_err(GOV_E_INTERNAL, NULL, pool, "bad asset id");
        GOV_TRY(gov_sql_asset_ref_insert(NULL, db, site, bytes, edition,
                                         use->name, pool));
    }
    return NULL;
}

static gov_err_t *
insert(apr_int64_t *edition, gov_db_t *db, const gov_ctx_t *ctx,
       apr_int64_t site, apr_int64_t document, const gov_draft_t *draft,
       const gov_permit_t *permit, apr_pool_t *pool)
{
    gov_row_edition_next_version_t next;
    stored_t stored;
    apr_int64_t step;

    to_store(&stored, draft, pool);
    GOV_TRY(gov_sql_edition_next_version(&next, db, site, document,
                                         draft->lang, pool));
    mark(&stored, ctx, draft, site, document, next.version, pool);
    GOV_TRY(gov_sql_edition_not_newest(NULL, db, site, document, draft->lang,
                                       pool));
    GOV_TRY(gov_sql_edition_insert(
        edition, db, site, document, draft->lang, next.version, draft->title,
        draft->subtitle, stored.summary, draft->source, draft->source_url,
        draft->author, stored.keywords, draft->body, stored.fields,
        stored.picture, stored.gallery, stored.attachments, stored.media,
        stored.related, gov_now(ctx->clock), gov_permit_actor(permit)->name,
        stored.digest, draft->note, stored.tag, stored.tag_key, pool));
    GOV_TRY(insert_assets(db, site, *edition, draft, pool));
    return gov_content__step_write(&step, db, ctx, site, document, *edition,
                                   stored.digest, false, draft->note, permit,
                                   pool);
}

/* Of the form it came with and of what it says: sent again as it was it is the same
   write, changed meanwhile it is another. */
static gov_bytes_t
key_of(const gov_ctx_t *ctx, const gov_draft_t *draft, apr_pool_t *pool)
{
    gov_bytes_t content, key;
    unsigned char *digest;
    gov_buf_t *all;

    if (!draft->once.len)
        return gov_content__key(ctx, pool);
    content = gov_content__digest(draft, pool);
    digest = apr_palloc(pool, 32);
    all = gov_buf_create(64, pool);
    gov_buf_add(all, draft->once.data, draft->once.len);
    gov_buf_add(all, content.data, content.len);
    gov_digest(digest, all->data, all->len);
    key.data = (const char *)digest;
    key.len = 16;
    return key;
}

/* Sent twice at once, the other one has won, and this finds what it did. */
static gov_err_t *
write_once(const gov_ctx_t *ctx, const gov_draft_t *draft, gov_store_fn_t fn,
           void *baton, apr_pool_t *pool)
{
    gov_err_t *err = gov_store_tx(ctx->store, fn, baton, pool);

    return err && err->code == GOV_E_CONFLICT && draft->once.len
        ? gov_store_tx(ctx->store, fn, baton, pool) : err;
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
    GOV_TRY(gov_content__done(&done, db, c->key, c->draft->once.len > 0,
                              pool));
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
                       key_of(ctx, draft, pool) };
    const gov_type_t *known = gov_type_get(gov_group_types(ctx->group), type);

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_WRITE, column->site->id,
                             column->id, pool));
    if (!known)
        return gov_err_field("type", pool, "there is no type \"%s\"", type);
    GOV_TRY(gov_content__check_draft(draft, known, column->site, false, pool));
    GOV_TRY(write_once(ctx, draft, create, &baton, pool));
    *document = baton.document;
    *edition = baton.edition;
    return NULL;
}

typedef struct further_t {
    apr_int64_t document, edition, site, column;
    const gov_ctx_t *ctx;
    const gov_draft_t *draft;
    const gov_permit_t *permit;
    bool corrects;                /* what is live */
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
    GOV_TRY(gov_content__done(&done, db, f->key, f->draft->once.len > 0,
                              pool));
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
    if (f->corrects) {
        gov_row_live_get_t live;
        gov_err_t *err = gov_sql_live_get(&live, db, f->site, f->document,
                                          f->draft->lang, pool);

        if (err && err->code == GOV_E_NOT_FOUND)
            return gov_err(GOV_E_CONFLICT, NULL, pool,
                           "document %" APR_INT64_T_FMT " is not live in %s",
                           f->document, f->draft->lang);
        if (err)
            return err;
    }
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

static gov_err_t *
check_note(const gov_draft_t *draft, bool must, apr_pool_t *pool)
{
    if (must && (!draft->note || !draft->note[strspn(draft->note, " \t\r\n")]))
        return gov_err_field("note", pool, "is missing: what is corrected?");
    return check_length("note", draft->note, 500, pool);
}

static gov_err_t *
make_further(further_t *f, apr_pool_t *pool)
{
    const gov_site_t *site;
    const gov_site_lang_t *lang;

    GOV_TRY(gov_store_read(f->ctx->store, where, f, pool));
    GOV_TRY(gov_permit_check(f->permit, GOV_ACTION_WRITE, f->site, f->column,
                             pool));
    site = gov_site_by_id(f->ctx->group, f->site);
    lang = site ? gov_site_lang(site, f->draft->lang) : NULL;
    if (!lang || lang->derived_from)
        return gov_err_field("lang", pool, "no editions in \"%s\" here",
                             f->draft->lang);
    GOV_TRY(check_note(f->draft, f->corrects, pool));
    f->key = key_of(f->ctx, f->draft, pool);
    return write_once(f->ctx, f->draft, further, f, pool);
}

gov_err_t *
gov_edition_draft(apr_int64_t *edition, const gov_ctx_t *ctx,
                  apr_int64_t document, const gov_draft_t *draft,
                  const gov_permit_t *permit, apr_pool_t *pool)
{
    further_t baton = { .document = document, .ctx = ctx, .draft = draft,
                        .permit = permit };

    GOV_TRY(make_further(&baton, pool));
    *edition = baton.edition;
    return NULL;
}

gov_err_t *
gov_edition_correct(apr_int64_t *edition, const gov_ctx_t *ctx,
                    apr_int64_t document, const gov_draft_t *draft,
                    const gov_permit_t *permit, apr_pool_t *pool)
{
    further_t baton = { .document = document, .ctx = ctx, .draft = draft,
                        .permit = permit, .corrects = true };

    GOV_TRY(make_further(&baton, pool));
    *edition = baton.edition;
    return NULL;
}

/* --- changing a draft ----------------------------------------------------- */

typedef struct edit_t {
    gov_content__where_t where;
    const gov_ctx_t *ctx;
    const gov_draft_t *draft;
    const gov_permit_t *permit;
    const char *seen;
    gov_bytes_t key;              /* of this write */
} edit_t;

static bool
is_open(const char *state)
{
    static const char *const closed[] = { "live", "superseded", "withdrawn",
                                          "archived" };
    int i;

    for (i = 0; i < 4; i++)
        if (!strcmp(state, closed[i]))
            return false;
    return true;
}

static gov_err_t *
check_open(const edit_t *e, const gov_row_step_edition_t *at, apr_pool_t *pool)
{
    if (!is_open(at->state))
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "edition %" APR_INT64_T_FMT " is %s; make a new one "
                       "instead", e->where.edition, at->state);
    if (strcmp(e->seen, gov_hex(at->digest.data, at->digest.len, pool)))
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "edition %" APR_INT64_T_FMT " (%s) was changed "
                       "meanwhile", e->where.edition, at->state);
    if (strcmp(e->draft->lang, at->lang))
        return gov_err_field("lang", pool, "the edition is in %s", at->lang);
    return NULL;
}

static gov_err_t *
rewrite(edit_t *e, gov_db_t *db, const gov_row_step_edition_t *at,
        apr_pool_t *pool)
{
    apr_int64_t site = e->where.site, edition = e->where.edition;
    const gov_draft_t *draft = e->draft;
    apr_int64_t step, changed;
    stored_t stored;

    to_store(&stored, draft, pool);
    mark(&stored, e->ctx, draft, site, e->where.document, at->version, pool);
    GOV_TRY(gov_content__step_write(&step, db, e->ctx, site, e->where.document,
                                    edition, stored.digest, true, draft->note,
                                    e->permit, pool));
    GOV_TRY(gov_sql_edition_past_put(NULL, db, step, site, edition, pool));
    GOV_TRY(gov_sql_edition_rewrite(
        &changed, db, draft->title, draft->subtitle, stored.summary,
        draft->source, draft->source_url, draft->author, stored.keywords,
        draft->body, stored.fields, stored.picture, stored.gallery,
        stored.attachments, stored.media, stored.related, draft->note,
        stored.digest, stored.tag, stored.tag_key, site, edition, at->state,
        at->digest, pool));
    if (!changed)
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "edition %" APR_INT64_T_FMT " was changed meanwhile",
                       edition);
    GOV_TRY(gov_sql_edition_assets_clear(NULL, db, site, edition, pool));
    return insert_assets(db, site, edition, draft, pool);
}

static gov_err_t *
edit(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    edit_t *e = baton;
    const gov_site_t *site = gov_site_by_id(e->ctx->group, e->where.site);
    gov_row_document_guard_t guard;
    gov_row_step_edition_t at;
    const gov_type_t *type;
    const char *first, *done;

    GOV_TRY(gov_content__done(&done, db, e->key, e->draft->once.len > 0,
                              pool));
    if (done)
        return NULL;
    GOV_TRY(gov_sql_document_guard(&guard, db, e->where.site,
                                   e->where.document, pool));
    GOV_TRY(gov_permit_check(e->permit, GOV_ACTION_WRITE, e->where.site,
                             guard.column_id, pool));
    GOV_TRY(gov_sql_step_edition(&at, db, e->where.site, e->where.edition,
                                 pool));
    GOV_TRY(check_open(e, &at, pool));
    type = gov_type_get(gov_group_types(e->ctx->group), guard.type);
    if (!type || !site)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool,
                       "type %s is not loaded", guard.type);
    first = APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t).lang;
    GOV_TRY(check(e->draft, type, strcmp(first, at.lang) != 0, pool));
    /* whatever was signed was signed for what it said before; who signed may now
       be its author */
    GOV_TRY(gov_sql_steps_void(NULL, db, e->where.site, e->where.edition,
                               pool));
    if (!strcmp(at.state, "scheduled"))
        GOV_TRY(gov_sql_schedule_remove(NULL, db, e->where.site,
                                        e->where.edition, pool));
    GOV_TRY(rewrite(e, db, &at, pool));
    GOV_TRY(gov_content__keep(db, e->key, e->ctx, "", pool));
    return gov_audit_add(db, e->ctx, "edition.change", e->where.site,
                         apr_psprintf(pool, "document:%" APR_INT64_T_FMT,
                                      e->where.document),
                         true,
                         apr_psprintf(pool, "edition %" APR_INT64_T_FMT
                                      ", was %s", e->where.edition, at.state),
                         pool);
}

gov_err_t *
gov_edition_change(const gov_ctx_t *ctx, apr_int64_t edition, const char *seen,
                   const gov_draft_t *draft, const gov_permit_t *permit,
                   apr_pool_t *pool)
{
    edit_t e = { .ctx = ctx, .draft = draft, .permit = permit, .seen = seen,
                 .where = { .edition = edition } };

    if (!seen)
        return gov_err_field("seen", pool, "is missing");
    GOV_TRY(check_note(draft, false, pool));
    GOV_TRY(gov_content__where(&e.where, ctx, pool));
    e.key = key_of(ctx, draft, pool);
    return write_once(ctx, draft, edit, &e, pool);
}
