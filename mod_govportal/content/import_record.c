/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/import_record.c -- one document of an import. */

#include <string.h>

#include "gov_file.h"
#include "gov_markup.h"
#include "import_priv.h"
#include "workflow_priv.h"

typedef struct record_t {
    const gov_import__place_t *at;
    const gov_json_t *json;
    const char *external;
    const gov_column_t *column;
    const gov_type_t *type;
    apr_array_header_t *drafts;   /* gov_draft_t: the original, translations */
    apr_array_header_t *targets;  /* const gov_column_t *: shared to */
    apr_array_header_t *assets;   /* gov_asset_use_t of the record */
    gov_buf_t *digested;          /* ids of its files, for the digest */
    apr_time_t published;         /* 0: now */
    const char *state;            /* that it asks for */
    gov_clearance_t clearance;    /* by NULL: nobody has cleared it */
    gov_err_t *link_error;
    apr_pool_t *pool;
} record_t;

/* --- files ---------------------------------------------------------------- */

static gov_err_t *
use_file(const gov_asset_t **asset, record_t *r, const char *field,
         const char *name)
{
    const gov_upload_t *upload;
    gov_asset_use_t *use;

    GOV_TRY(gov_import__take(&upload, r->at, field, name, r->pool));
    *asset = &upload->asset;
    use = apr_array_push(r->assets);
    use->asset = upload->asset.id;
    use->name = gov_text_file_name(name, r->pool);
    /* how files are cleaned may change; whether they are the same may not */
    gov_buf_str(r->digested, upload->original);
    return NULL;
}

static void
describe(gov_json_t *out, const gov_asset_t *asset, const char *name,
         apr_pool_t *pool)
{
    gov_json_set(out, "asset", asset->id);
    gov_json_set(out, "name", gov_text_file_name(name, pool));
    gov_json_set(out, "type", asset->media_type);
    gov_json_set_int(out, "size", asset->size);
    if (asset->width) {
        gov_json_set_int(out, "width", asset->width);
        gov_json_set_int(out, "height", asset->height);
    }
}

static gov_err_t *
picture(const gov_json_t **result, record_t *r, const char *field,
        const gov_json_t *in)
{
    const char *name = gov_json_str(in, "file");
    const char *alt = gov_json_str(in, "alt");
    const gov_asset_t *asset;
    gov_json_t *out;

    *result = NULL;
    if (!in)
        return NULL;
    if (!name)
        return gov_err_field(field, r->pool, "has no \"file\"");
    if (!alt || !*alt)
        return gov_err_field(field, r->pool, "%s has no \"alt\"", name);
    GOV_TRY(use_file(&asset, r, field, name));
    if (!asset->width)
        return gov_err_field(field, r->pool, "%s is not a picture", name);
    out = gov_json_object(r->pool);
    describe(out, asset, name, r->pool);
    gov_json_set(out, "alt", gov_text_fold(alt, r->pool));
    gov_json_set(out, "caption", gov_json_str(in, "caption"));
    *result = out;
    return NULL;
}

static gov_err_t *
attachments(const gov_json_t **result, record_t *r, const gov_json_t *in)
{
    gov_json_t *list = gov_json_array(r->pool);
    apr_size_t i;

    for (i = 0; i < gov_json_count(in); i++) {
        const gov_json_t *member = gov_json_at(in, i);
        const char *name = gov_json_str(member, "file");
        const char *title = gov_json_str(member, "title");
        const gov_asset_t *asset;
        gov_json_t *out;

        if (!name || !title)
            return gov_err_field("attachments", r->pool,
                                 "each needs \"file\" and \"title\"");
        GOV_TRY(use_file(&asset, r, "attachments", name));
        out = gov_json_object(r->pool);
        describe(out, asset, name, r->pool);
        gov_json_set(out, "title", gov_text_fold(title, r->pool));
        gov_json_add(list, out);
    }
    *result = gov_json_count(list) ? list : NULL;
    return NULL;
}

static gov_err_t *
media(const gov_json_t **result, record_t *r, const gov_json_t *in)
{
    const char *name = gov_json_str(in, "file");
    const char *poster = gov_json_str(in, "poster");
    const char *captions = gov_json_str(in, "captions");
    const char *transcript = gov_json_str(in, "transcript");
    const gov_asset_t *asset;
    gov_json_t *out, *part;

    *result = NULL;
    if (!in)
        return NULL;
    if (!name)
        return gov_err_field("media", r->pool, "has no \"file\"");
    /* R079: a text alternative before anything is published */
    if (!captions && !transcript)
        return gov_err_field("media", r->pool,
                             "needs \"captions\" or \"transcript\"");
    GOV_TRY(use_file(&asset, r, "media", name));
    if (strncmp(asset->media_type, "video/", 6)
        && strncmp(asset->media_type, "audio/", 6))
        return gov_err_field("media", r->pool, "%s is %s", name,
                             asset->media_type);
    out = gov_json_object(r->pool);
    describe(out, asset, name, r->pool);
    if (poster) {
        GOV_TRY(use_file(&asset, r, "media", poster));
        part = gov_json_object(r->pool);
        describe(part, asset, poster, r->pool);
        gov_json_put(out, "poster", part);
    }
    if (captions) {
        GOV_TRY(use_file(&asset, r, "media", captions));
        part = gov_json_object(r->pool);
        describe(part, asset, captions, r->pool);
        gov_json_put(out, "captions", part);
    }
    gov_json_set(out, "transcript", transcript);
    *result = out;
    return NULL;
}

/* --- body ----------------------------------------------------------------- */

/* Local files become assets; everything else stays as the cleaner allows it. */
static const char *
body_link(void *baton, const char *element, const char *address,
          apr_pool_t *pool)
{
    record_t *r = baton;
    const gov_asset_t *asset;
    const char *colon = strchr(address, ':');

    if (*address == '/' || *address == '#'
        || (colon && strcspn(address, "/?#") > (size_t)(colon - address)))
        return strcmp(element, "img") ? address : NULL;
    if (r->link_error)
        return NULL;
    r->link_error = use_file(&asset, r, "body", address);
    if (r->link_error)
        return NULL;
    return apr_pstrcat(pool, "/-/asset/", asset->id, "/",
                       gov_text_file_name(address, pool), NULL);
}

static gov_err_t *
clean_body(gov_markup_t *out, record_t *r, const gov_json_t *json)
{
    const char *body = gov_json_str(json, "body");
    const char *file = gov_json_str(json, "body_file");
    const char *path;
    gov_bytes_t bytes;

    memset(out, 0, sizeof(*out));
    if (body && file)
        return gov_err_field("body", r->pool,
                             "give either \"body\" or \"body_file\"");
    if (file) {
        GOV_TRY(gov_import__path(&path, r->at, "body_file", file, r->pool));
        GOV_TRY(gov_file_read(&bytes, path, 4 * 1024 * 1024, r->pool));
        gov_buf_add(r->digested, bytes.data, bytes.len);
        if (!gov_text_valid(bytes.data, bytes.len))
            return gov_err_field("body_file", r->pool, "%s is not UTF-8", file);
        body = gov_text_ends(file, ".txt")
            ? gov_markup_from_text(bytes.data, r->pool) : bytes.data;
    }
    if (!body)
        return NULL;
    r->link_error = NULL;
    GOV_TRY(gov_markup_clean(out, body, strlen(body), 2, body_link, r,
                             r->pool));
    if (r->link_error)
        return r->link_error;
    if (out->dropped)
        gov_import__note(r->at, false, "body",
                         apr_psprintf(r->pool, "%d elements or attributes were "
                                      "taken out", out->dropped));
    return NULL;
}

/* --- the record ----------------------------------------------------------- */

static const char *const known[] = {
    "id", "site", "column", "type", "lang", "title", "subtitle", "summary",
    "source", "source_url", "author", "keywords", "body", "body_file",
    "published", "state", "picture", "pictures", "attachments", "media",
    "fields", "pinned", "related", "share", "old_paths", "translations",
    "clearance", NULL
};

static gov_err_t *
check_members(const gov_json_t *json, apr_pool_t *pool)
{
    apr_size_t i;
    int k;

    for (i = 0; i < gov_json_count(json); i++) {
        const char *name = gov_json_key(json, i, NULL);

        for (k = 0; known[k] && strcmp(known[k], name); k++)
            ;
        if (!known[k])
            return gov_err_field(name, pool, "there is no such field");
    }
    return NULL;
}

static gov_err_t *
required(const char **value, record_t *r, const char *name)
{
    *value = gov_json_str(r->json, name);
    if (!*value || !**value)
        return gov_err_field(name, r->pool, "is missing");
    return NULL;
}

static const char *
line(const gov_json_t *json, const char *name, apr_pool_t *pool)
{
    const char *text = gov_json_str(json, name);

    if (!text)
        return NULL;
    text = gov_text_fold(text, pool);
    return *text ? text : NULL;
}

/* A translation's own fields, and the original's where all languages share one
   value. */
static const gov_json_t *
fields_of(const record_t *r, const gov_json_t *json)
{
    const gov_json_t *own = gov_json_get(json, "fields");
    const gov_json_t *first = gov_json_get(r->json, "fields");
    gov_json_t *merged;
    apr_size_t i;
    int k;

    if (json == r->json)
        return own;
    merged = gov_json_object(r->pool);
    for (k = 0; k < r->type->fields->nelts; k++) {
        const gov_field_t *field = &APR_ARRAY_IDX(r->type->fields, k,
                                                  gov_field_t);

        if (!field->translated)
            gov_json_set(merged, field->name,
                         gov_json_str(first, field->name));
    }
    for (i = 0; i < gov_json_count(own); i++) {
        const gov_json_t *value;
        const char *name = gov_json_key(own, i, &value);

        gov_json_set(merged, name, gov_json_text(value));
    }
    return merged;
}

static gov_err_t *
make_draft(gov_draft_t *draft, record_t *r, const gov_json_t *json,
           const char *lang)
{
    gov_json_t *gallery;
    gov_markup_t markup;
    const gov_json_t *in;
    apr_size_t i;

    memset(draft, 0, sizeof(*draft));
    draft->lang = lang;
    draft->title = line(json, "title", r->pool);
    draft->subtitle = line(json, "subtitle", r->pool);
    draft->summary = line(json, "summary", r->pool);
    draft->source = line(r->json, "source", r->pool);
    draft->source_url = line(r->json, "source_url", r->pool);
    draft->author = line(r->json, "author", r->pool);
    draft->keywords = gov_json_get(r->json, "keywords");
    draft->fields = fields_of(r, json);
    GOV_TRY(clean_body(&markup, r, json));
    draft->body = markup.xhtml;
    draft->text = markup.text;
    GOV_TRY(picture(&draft->picture, r, "picture",
                    gov_json_get(r->json, "picture")));
    in = gov_json_get(r->json, "pictures");
    gallery = gov_json_array(r->pool);
    for (i = 0; i < gov_json_count(in); i++) {
        const gov_json_t *one;

        GOV_TRY(picture(&one, r, "pictures", gov_json_at(in, i)));
        /* the value was made by gov_json_object a moment ago */
        gov_json_add(gallery, (gov_json_t *)(apr_uintptr_t)one);
    }
    draft->gallery = gov_json_count(gallery) ? gallery : NULL;
    GOV_TRY(attachments(&draft->attachments, r,
                        gov_json_get(r->json, "attachments")));
    GOV_TRY(media(&draft->media, r, gov_json_get(r->json, "media")));
    draft->assets = r->assets;
    return NULL;
}

/* A picture gallery's first picture stands for it in lists. */
static void
borrow_picture(gov_draft_t *draft)
{
    if (!draft->picture && gov_json_count(draft->gallery))
        draft->picture = gov_json_at(draft->gallery, 0);
    if (!draft->picture && draft->media)
        draft->picture = gov_json_get(draft->media, "poster");
}

typedef struct remember_t {
    record_t *r;
    apr_int64_t document;
    unsigned char digest[32];
    gov_row_external_get_t have;
    bool found;
} remember_t;

static gov_err_t *
recall(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    remember_t *m = baton;
    gov_err_t *err;

    (void)scratch;
    err = gov_sql_external_get(&m->have, db, m->r->external, m->r->pool);
    m->found = !err;
    return err && err->code != GOV_E_NOT_FOUND ? err : NULL;
}

static gov_err_t *
remember(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    remember_t *m = baton;
    const gov_json_t *old_paths = gov_json_get(m->r->json, "old_paths");
    gov_bytes_t digest = { (const char *)m->digest, 32 };
    apr_int64_t site = m->r->column->site->id;
    apr_time_t now = gov_now(m->r->at->ctx->clock);
    apr_size_t i;

    GOV_TRY(gov_sql_external_put(NULL, db, m->r->external, site, m->document,
                                 digest, now, pool));
    for (i = 0; i < gov_json_count(old_paths); i++) {
        const char *path = gov_json_text(gov_json_at(old_paths, i));

        GOV_TRY(gov_content__redirect_put(db, m->r->at->ctx, site, path, NULL,
                                          m->document, pool));
    }
    return NULL;
}

/* Nothing is written before all of a record was looked at: a record that failed
   left nothing behind, and a dry run finds what the import would. */
static gov_err_t *
make_drafts(record_t *r, const char *lang)
{
    const gov_json_t *translations = gov_json_get(r->json, "translations");
    const gov_site_t *site = r->column->site;
    gov_draft_t *draft;
    apr_size_t i;

    r->drafts = apr_array_make(r->pool, 2, sizeof(gov_draft_t));
    draft = apr_array_push(r->drafts);
    GOV_TRY(make_draft(draft, r, r->json, lang));
    borrow_picture(draft);
    GOV_TRY(gov_content__check_draft(draft, r->type, site, false, r->pool));
    for (i = 0; i < gov_json_count(translations); i++) {
        const gov_json_t *json = gov_json_at(translations, i);

        lang = gov_json_str(json, "lang");
        if (!lang)
            return gov_err_field("translations", r->pool, "has no \"lang\"");
        if (!gov_site_lang(site, lang)) {
            gov_import__note(r->at, false, "translations",
                             apr_psprintf(r->pool, "the site has no language "
                                          "\"%s\"; left out", lang));
            continue;
        }
        draft = apr_array_push(r->drafts);
        GOV_TRY(make_draft(draft, r, json, lang));
        borrow_picture(draft);
        GOV_TRY(gov_content__check_draft(draft, r->type, site, true, r->pool));
    }
    return NULL;
}

static gov_err_t *
check_old_paths(const record_t *r)
{
    const gov_json_t *list = gov_json_get(r->json, "old_paths");
    apr_size_t i;

    for (i = 0; i < gov_json_count(list); i++) {
        const char *path = gov_json_text(gov_json_at(list, i));

        if (!path || *path != '/')
            return gov_err_field("old_paths", r->pool,
                                 "a path begins with '/'");
    }
    return NULL;
}

static gov_err_t *
find_targets(record_t *r)
{
    const gov_json_t *list = gov_json_get(r->json, "share");
    apr_size_t i;

    r->targets = apr_array_make(r->pool, 2, sizeof(const gov_column_t *));
    for (i = 0; i < gov_json_count(list); i++) {
        const char *where = gov_json_text(gov_json_at(list, i));
        const char *colon = where ? strchr(where, ':') : NULL;
        const gov_site_t *site = colon
            ? gov_site_by_slug(r->at->ctx->group,
                               apr_pstrmemdup(r->pool, where,
                                              (apr_size_t)(colon - where)))
            : NULL;
        const gov_column_t *target = site ? gov_column_at(site, colon + 1)
                                          : NULL;

        if (!target)
            return gov_err_field("share", r->pool, "there is no column \"%s\"",
                                 where ? where : "");
        APR_ARRAY_PUSH(r->targets, const gov_column_t *) = target;
    }
    return NULL;
}

typedef struct shared_t {
    apr_int64_t document;
    apr_array_header_t *rows;     /* gov_row_placements_t */
    apr_pool_t *pool;
} shared_t;

static gov_err_t *
find_shared(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    shared_t *shared = baton;

    (void)scratch;
    return gov_sql_placements(&shared->rows, db, shared->document,
                              shared->pool);
}

static bool
is_target(const record_t *r, apr_int64_t column)
{
    int i;

    for (i = 0; i < r->targets->nelts; i++)
        if (APR_ARRAY_IDX(r->targets, i, const gov_column_t *)->id == column)
            return true;
    return false;
}

/* The record says where the document is shown: nowhere else. */
static gov_err_t *
unshare_others(record_t *r, apr_int64_t document, const gov_permit_t *permit)
{
    shared_t shared = { document, NULL, r->pool };
    int i;

    GOV_TRY(gov_store_read(r->at->ctx->store, find_shared, &shared, r->pool));
    for (i = 0; i < shared.rows->nelts; i++) {
        const gov_row_placements_t *row =
            &APR_ARRAY_IDX(shared.rows, i, gov_row_placements_t);
        const gov_column_t *column;

        if (strcmp(row->how, "share") || is_target(r, row->column_id))
            continue;
        GOV_TRY(gov_content__column(&column, r->at->ctx, row->column_id,
                                    r->pool));
        GOV_TRY(gov_document_unshare(r->at->ctx, document, column, permit,
                                     r->pool));
    }
    return NULL;
}

static gov_err_t *
share_all(record_t *r, apr_int64_t document, const gov_permit_t *permit)
{
    int i;

    for (i = 0; i < r->targets->nelts; i++) {
        const gov_column_t *target = APR_ARRAY_IDX(r->targets, i,
                                                   const gov_column_t *);

        GOV_TRY(gov_document_share(r->at->ctx, document, target, permit,
                                   r->pool));
        apr_hash_set(r->at->import->state->columns, &target->id,
                     sizeof(target->id), target);
    }
    return NULL;
}

/* R018: nothing becomes public by an import either unless somebody has answered
   for it. */
static bool
goes_live(const record_t *r)
{
    return strcmp(r->state, "draft") && r->clearance.by;
}

static gov_err_t *
make_live(record_t *r, apr_int64_t edition)
{
    if (!goes_live(r))
        return NULL;
    return gov_edition_import(r->at->ctx, edition, r->published, &r->clearance,
                              r->at->import->state->permit, r->pool);
}

static gov_err_t *
take_away(record_t *r, apr_int64_t document)
{
    gov_err_t *err;

    if (strcmp(r->state, "withdrawn"))
        return NULL;
    err = gov_document_withdraw(r->at->ctx, document, "imported as withdrawn",
                                r->at->import->state->permit, r->pool);
    /* what nobody has cleared was not made public just now */
    return err && err->code == GOV_E_CONFLICT && !r->clearance.by ? NULL : err;
}

static gov_err_t *
write_all(record_t *r, remember_t *m)
{
    gov_import_state_t *s = r->at->import->state;
    gov_ctx_t *ctx = r->at->ctx;
    const gov_draft_t *draft = &APR_ARRAY_IDX(r->drafts, 0, gov_draft_t);
    bool pinned = gov_json_bool(r->json, "pinned", false);
    apr_int64_t edition;
    int i;

    if (m->found) {
        m->document = m->have.document_id;
        GOV_TRY(gov_document_move(ctx, m->document, r->column, s->permit,
                                  r->pool));
        GOV_TRY(gov_edition_draft(&edition, ctx, m->document, draft, s->permit,
                                  r->pool));
    }
    else
        GOV_TRY(gov_content__create(&m->document, &edition, ctx, r->column,
                                    r->type->name, draft, r->external,
                                    s->permit, r->pool));
    if (pinned || m->found)
        GOV_TRY(gov_document_pin(ctx, m->document, pinned, s->permit,
                                 r->pool));
    GOV_TRY(make_live(r, edition));
    for (i = 1; i < r->drafts->nelts; i++) {
        GOV_TRY(gov_edition_draft(&edition, ctx, m->document, &draft[i],
                                  s->permit, r->pool));
        GOV_TRY(make_live(r, edition));
    }
    if (strcmp(r->state, "draft") && m->found)
        GOV_TRY(unshare_others(r, m->document, s->permit));
    if (strcmp(r->state, "draft"))
        GOV_TRY(share_all(r, m->document, s->permit));
    GOV_TRY(take_away(r, m->document));
    /* last: a record that was broken off must not look like one that is done */
    return gov_store_tx(ctx->store, remember, m, r->pool);
}

/* --- the same record again, cleared meanwhile ------------------------------ */

typedef struct waiting_t {
    const record_t *r;
    apr_int64_t document, edition;
    const gov_draft_t *draft;
} waiting_t;

/* The draft that the earlier import made, if it still is that one. */
static gov_err_t *
find_waiting(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    waiting_t *w = baton;
    gov_row_edition_waiting_t row;
    gov_err_t *err;

    err = gov_sql_edition_waiting(&row, db, w->r->column->site->id,
                                  w->document, w->draft->lang,
                                  gov_content__digest(w->draft, pool), pool);
    w->edition = err ? 0 : row.id;
    return err && err->code != GOV_E_NOT_FOUND ? err : NULL;
}

static gov_err_t *
make_waiting_live(int *count, record_t *r, apr_int64_t document)
{
    int i;

    *count = 0;
    if (!goes_live(r) || strcmp(r->state, "live"))
        return NULL;
    for (i = 0; i < r->drafts->nelts; i++) {
        waiting_t w = { .r = r, .document = document,
                        .draft = &APR_ARRAY_IDX(r->drafts, i, gov_draft_t) };

        GOV_TRY(gov_store_read(r->at->ctx->store, find_waiting, &w, r->pool));
        if (!w.edition)
            continue;
        if (!r->at->import->dry_run)
            GOV_TRY(make_live(r, w.edition));
        (*count)++;
    }
    return NULL;
}

static gov_err_t *
find_clearance(record_t *r)
{
    const gov_json_t *json = gov_json_get(r->json, "clearance");
    const char *at = gov_json_str(json, "at");
    const char *author = gov_json_str(r->json, "author");

    r->clearance = r->at->import->clearance;
    if (!json)
        return NULL;
    r->clearance.by = line(json, "by", r->pool);
    r->clearance.basis = line(json, "basis", r->pool);
    r->clearance.at = 0;
    if (!r->clearance.by || !r->clearance.basis)
        return gov_err_field("clearance", r->pool,
                             "needs \"by\" and \"basis\"");
    if (gov_text_length(r->clearance.by) > 80
        || gov_text_length(r->clearance.basis) > 500)
        return gov_err_field("clearance", r->pool, "is too long");
    if (at && gov_time_parse(&r->clearance.at, at, r->pool))
        return gov_err_field("clearance", r->pool, "\"%s\" is not an RFC 3339 "
                             "time with offset", at);
    if (author && !strcmp(author, r->clearance.by))
        return gov_err_field("clearance", r->pool,
                             "%s has written it and cannot clear it", author);
    return NULL;
}

static void
keep_related(record_t *r)
{
    gov_import_state_t *s = r->at->import->state;
    const gov_json_t *in = gov_json_get(r->json, "related");
    gov_import__related_t *related;
    gov_json_t *copy;
    apr_size_t i;

    if (!gov_json_count(in))
        return;
    copy = gov_json_array(s->pool);
    for (i = 0; i < gov_json_count(in); i++)
        if (gov_json_text(gov_json_at(in, i)))
            gov_json_add_str(copy, gov_json_text(gov_json_at(in, i)));
    related = apr_array_push(s->related);
    related->external = apr_pstrdup(s->pool, r->external);
    related->file = apr_pstrdup(s->pool, r->at->file);
    related->line = r->at->line;
    related->ids = copy;
}

/* Where it goes and what it is. */
static gov_err_t *
find_place(record_t *r)
{
    const char *site_slug, *path, *type, *title;
    const gov_site_t *site;

    GOV_TRY(required(&r->external, r, "id"));
    GOV_TRY(required(&site_slug, r, "site"));
    GOV_TRY(required(&path, r, "column"));
    GOV_TRY(required(&type, r, "type"));
    GOV_TRY(required(&title, r, "title"));
    if (strlen(r->external) > 190)
        return gov_err_field("id", r->pool, "longer than 190 bytes");
    site = gov_site_by_slug(r->at->ctx->group, site_slug);
    if (!site)
        return gov_err_field("site", r->pool, "there is no site \"%s\"",
                             site_slug);
    r->column = gov_column_at(site, path);
    if (!r->column)
        return gov_err_field("column", r->pool, "site %s has no column \"%s\"",
                             site_slug, path);
    r->type = gov_type_get(r->at->import->types, type);
    if (!r->type)
        return gov_err_field("type", r->pool, "there is no type \"%s\"", type);
    if (strcmp(r->column->supply, "rule") == 0)
        return gov_err_field("column", r->pool,
                             "%s gathers by rule and takes no documents of its "
                             "own", path);
    return NULL;
}

/* When it was published, 0 for now. */
static gov_err_t *
find_time(record_t *r)
{
    const char *when = gov_json_str(r->json, "published");

    r->published = 0;
    if (!when)
        return NULL;
    if (gov_time_parse(&r->published, when, r->pool))
        return gov_err_field("published", r->pool, "\"%s\" is not an RFC 3339 "
                             "time with offset", when);
    if (r->published > gov_now(r->at->ctx->clock))
        return gov_err_field("published", r->pool, "lies in the future");
    return NULL;
}

static gov_err_t *
find_state(record_t *r)
{
    r->state = gov_json_str(r->json, "state");
    if (!r->state)
        r->state = "live";
    if (strcmp(r->state, "live") && strcmp(r->state, "draft")
        && strcmp(r->state, "withdrawn"))
        return gov_err_field("state", r->pool,
                             "\"%s\" is none of live draft withdrawn",
                             r->state);
    return NULL;
}

/* All of the record is looked at before anything of it is written. */
static gov_err_t *
check_record(record_t *r)
{
    const char *lang;

    if (gov_json_kind(r->json) != GOV_JSON_OBJECT)
        return gov_err(GOV_E_INVALID, NULL, r->pool, "is not a JSON object");
    GOV_TRY(check_members(r->json, r->pool));
    GOV_TRY(find_place(r));
    GOV_TRY(find_time(r));
    GOV_TRY(find_state(r));
    lang = gov_json_str(r->json, "lang");
    if (!lang)
        lang = APR_ARRAY_IDX(r->column->site->languages, 0,
                             gov_site_lang_t).lang;
    GOV_TRY(find_clearance(r));

    GOV_TRY(make_drafts(r, lang));
    GOV_TRY(check_old_paths(r));
    return find_targets(r);
}

static gov_err_t *
import_one(record_t *r, const char *bytes, apr_size_t len)
{
    gov_import_t *import = r->at->import;
    remember_t m = { .r = r };
    int waiting;

    GOV_TRY(check_record(r));
    gov_buf_add(r->digested, bytes, len);
    gov_digest(m.digest, r->digested->data, r->digested->len);
    GOV_TRY(gov_store_read(r->at->ctx->store, recall, &m, r->pool));
    if (m.found && m.have.site_id != r->column->site->id)
        return gov_err_field("site", r->pool,
                             "\"%s\" belongs to another site", r->external);
    if (m.found && !memcmp(m.have.digest.data, m.digest, 32)) {
        GOV_TRY(make_waiting_live(&waiting, r, m.have.document_id));
        waiting ? import->changed++ : import->same++;
        if (waiting && !import->dry_run)
            apr_hash_set(import->state->columns, &r->column->id,
                         sizeof(r->column->id), r->column);
        return NULL;
    }
    if (!import->dry_run) {
        GOV_TRY(write_all(r, &m));
        keep_related(r);
        apr_hash_set(import->state->columns, &r->column->id,
                     sizeof(r->column->id), r->column);
    }
    m.found ? import->changed++ : import->created++;
    if (!strcmp(r->state, "live") && !r->clearance.by)
        import->drafts++;
    return NULL;
}

gov_err_t *
gov_import__record(gov_import__place_t *at, const gov_json_t *json,
                   const char *bytes, apr_size_t len, apr_pool_t *pool)
{
    record_t r = { .at = at, .json = json, .pool = pool };
    gov_err_t *err;

    r.assets = apr_array_make(pool, 4, sizeof(gov_asset_use_t));
    r.digested = gov_buf_create(1024, pool);
    err = import_one(&r, bytes, len);
    return err ? gov_import__failed(at, err, pool) : NULL;
}

/* --- files of documents --------------------------------------------------- */

#define MAX_FILE (256 * 1024 * 1024)

gov_err_t *
gov_import__lines(gov_import__place_t *at, apr_pool_t *pool)
{
    apr_pool_t *iterpool;
    gov_bytes_t all;
    const char *p, *end;

    GOV_TRY(gov_file_read(&all, at->file, MAX_FILE, pool));
    apr_pool_create(&iterpool, pool);
    for (p = all.data; p < all.data + all.len; p = end + 1) {
        const gov_json_t *record;
        apr_size_t len;
        gov_err_t *err;

        apr_pool_clear(iterpool);
        at->line++;
        end = memchr(p, '\n', (apr_size_t)(all.data + all.len - p));
        if (!end)
            end = all.data + all.len;
        len = (apr_size_t)(end - p);
        if (strspn(p, " \t\r") >= len)
            continue;
        if (!gov_text_valid(p, len))
            err = gov_err(GOV_E_INVALID, NULL, iterpool, "is not UTF-8");
        else
            err = gov_json_parse(&record, p, len, iterpool);
        err = err ? gov_import__failed(at, err, iterpool)
                  : gov_import__record(at, record, p, len, iterpool);
        if (err)
            return gov_err_dup(err, pool);
    }
    apr_pool_destroy(iterpool);
    return NULL;
}

/* The first line that is not blank. */
static const char *
first_line(const char *text, const char **after, apr_pool_t *pool)
{
    const char *end;

    text += strspn(text, " \t\r\n");
    end = text + strcspn(text, "\r\n");
    *after = end;
    return gov_text_cut(apr_pstrmemdup(pool, text, (apr_size_t)(end - text)),
                        300, pool);
}

gov_err_t *
gov_import__single(gov_import__place_t *at, apr_pool_t *pool)
{
    gov_import_t *import = at->import;
    gov_json_t *record = gov_json_object(pool);
    const char *slash = strrchr(at->file, '/');
    const char *title = NULL, *body;
    gov_bytes_t bytes;

    if (!import->site || !import->column || !import->type)
        return gov_err(GOV_E_INVALID, NULL, pool, "%s: --site, --column and "
                       "--type must say where it goes", at->file);
    GOV_TRY(gov_file_read(&bytes, at->file, 4 * 1024 * 1024, pool));
    at->line = 1;
    if (!gov_text_valid(bytes.data, bytes.len))
        return gov_import__failed(
            at, gov_err(GOV_E_INVALID, NULL, pool, "is not UTF-8"), pool);
    if (gov_text_ends(at->file, ".txt")) {
        const char *rest;
        const char *first = first_line(bytes.data, &rest, pool);

        /* a long first line, or the only one, is the text itself; then the title
           is its beginning and nothing is taken away from the body */
        if (gov_text_length(first) <= 60 && rest[strspn(rest, " \t\r\n")])
            title = first;
        else {
            title = gov_text_cut(first, 40, pool);
            rest = bytes.data;
        }
        body = gov_markup_from_text(rest, pool);
    }
    else
        GOV_TRY(gov_markup_document(&title, &body, bytes.data, bytes.len,
                                    pool));
    if (!title || !*title)
        title = slash ? slash + 1 : at->file;
    gov_json_set(record, "id",
                 apr_pstrcat(pool, "file:", import->site, ":",
                             slash ? slash + 1 : at->file, NULL));
    gov_json_set(record, "site", import->site);
    gov_json_set(record, "column", import->column);
    gov_json_set(record, "type", import->type);
    gov_json_set(record, "title", title);
    gov_json_set(record, "body", body);
    return gov_import__record(at, record, bytes.data, bytes.len, pool);
}
