/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/words.c -- the word check over drafts, at submission, over the stock. */

#include <string.h>

#include "content_priv.h"
#include "gov_words_scan.h"
#include "sql_content.h"

#define SLICE 50                  /* editions read at one time */
#define DEPTH_MAX 4               /* of lists in lists */

/* --- what an edition says ------------------------------------------------- */

static void
add(apr_array_header_t *fields, const char *name, const char *text)
{
    gov_words_field_t field = { .name = name, .text = text };

    if (text && *text)
        APR_ARRAY_PUSH(fields, gov_words_field_t) = field;
}

/* Members that the program reads and nobody else. */
static bool
is_reference(const char *key)
{
    return gov_text_has_word("asset poster captions digest type media_type url "
                             "file document site", key);
}

/* All texts in VALUE, which is NAME. */
static void
add_json(apr_array_header_t *fields, const char *name, const gov_json_t *value,
         int depth, apr_pool_t *pool)
{
    apr_size_t i, n = gov_json_count(value);

    switch (gov_json_kind(value)) {
    case GOV_JSON_STRING:
        add(fields, name, gov_json_text(value));
        break;
    case GOV_JSON_ARRAY:
        for (i = 0; i < n && depth < DEPTH_MAX; i++)
            add_json(fields, apr_psprintf(pool, "%s.%d", name, (int)i + 1),
                     gov_json_at(value, i), depth + 1, pool);
        break;
    case GOV_JSON_OBJECT:
        for (i = 0; i < n && depth < DEPTH_MAX; i++) {
            const gov_json_t *member;
            const char *key = gov_json_key(value, i, &member);

            if (!is_reference(key))
                add_json(fields, apr_pstrcat(pool, name, ".", key, NULL),
                         member, depth + 1, pool);
        }
        break;
    default:
        break;
    }
}

/* The fields of the type.  A date's digits are no telephone number. */
static void
add_fields(apr_array_header_t *fields, const gov_json_t *values,
           const gov_type_t *type, apr_pool_t *pool)
{
    int first = fields->nelts, i, j;

    add_json(fields, "fields", values, 0, pool);
    for (i = first; type && i < fields->nelts; i++) {
        gov_words_field_t *f = &APR_ARRAY_IDX(fields, i, gov_words_field_t);

        for (j = 0; j < type->fields->nelts; j++) {
            const gov_field_t *field = &APR_ARRAY_IDX(type->fields, j,
                                                      gov_field_t);

            if (!strcmp(field->name, f->name + strlen("fields.")))
                f->contact = gov_text_has_word("phone email", field->kind);
        }
    }
}

static apr_array_header_t *
fields_of(const gov_draft_t *d, const gov_type_t *type, apr_pool_t *pool)
{
    apr_array_header_t *fields = apr_array_make(pool, 16,
                                                sizeof(gov_words_field_t));
    gov_words_field_t body = { .name = "body", .text = d->body,
                               .markup = true };

    add(fields, "title", d->title);
    add(fields, "subtitle", d->subtitle);
    add(fields, "summary", d->summary);
    add(fields, "source", d->source);
    add(fields, "author", d->author);
    add_json(fields, "keywords", d->keywords, 0, pool);
    if (d->body)
        APR_ARRAY_PUSH(fields, gov_words_field_t) = body;
    add_fields(fields, d->fields, type, pool);
    add_json(fields, "picture", d->picture, 0, pool);
    add_json(fields, "gallery", d->gallery, 0, pool);
    add_json(fields, "attachments", d->attachments, 0, pool);
    add_json(fields, "media", d->media, 0, pool);
    return fields;
}

const gov_findings_t *
gov_draft_words(const gov_words_t *words, const gov_draft_t *draft,
                const gov_type_t *type, apr_pool_t *pool)
{
    return gov_words_check_draft(words, fields_of(draft, type, pool), pool);
}

/* --- one edition ---------------------------------------------------------- */

static gov_err_t *
draft_of(gov_draft_t *draft, const gov_content__live_t *e, apr_pool_t *pool)
{
    memset(draft, 0, sizeof(*draft));
    draft->lang = e->lang;
    draft->title = e->title;
    draft->subtitle = e->subtitle;
    draft->summary = e->summary;
    draft->source = e->source;
    draft->author = e->author;
    draft->body = e->body;
    GOV_TRY(gov_content__json(&draft->keywords, e->keywords, pool));
    GOV_TRY(gov_content__json(&draft->fields, e->fields, pool));
    GOV_TRY(gov_content__json(&draft->picture, e->picture, pool));
    GOV_TRY(gov_content__json(&draft->gallery, e->gallery, pool));
    GOV_TRY(gov_content__json(&draft->attachments, e->attachments, pool));
    return gov_content__json(&draft->media, e->media, pool);
}

/* What the words in force say of an edition of TYPE. */
static gov_err_t *
look_through(const gov_findings_t **findings, const gov_words_t *words,
             const gov_ctx_t *ctx, const char *type,
             const gov_content__live_t *texts, apr_pool_t *pool)
{
    gov_draft_t draft;

    GOV_TRY(draft_of(&draft, texts, pool));
    *findings = gov_draft_words(words, &draft,
                                gov_type_get(gov_group_types(ctx->group), type),
                                pool);
    return NULL;
}

/* The first thing that may not go on, as an error of its field. */
static gov_err_t *
refusal(const gov_findings_t *findings, apr_pool_t *pool)
{
    int i;

    for (i = 0; i < findings->list->nelts; i++) {
        const gov_finding_t *f = &APR_ARRAY_IDX(findings->list, i,
                                                gov_finding_t);

        if (f->action == GOV_WORD_BLOCK)
            return gov_err_field(f->field ? f->field : "text", pool,
                                 "\"%s\" may not be published (%s, %s%s%s); "
                                 "places like this: %d", f->word,
                                 gov_word_kind_word(f->kind), f->rule,
                                 f->suggestion ? "; write " : "",
                                 f->suggestion ? f->suggestion : "",
                                 findings->blocks);
    }
    return gov_err(GOV_E_INVALID, NULL, pool, "%d words may not be published",
                   findings->blocks);
}

gov_err_t *
gov_content__words_allow(gov_db_t *db, const gov_ctx_t *ctx, apr_int64_t site,
                         apr_int64_t edition, apr_pool_t *pool)
{
    const gov_findings_t *findings;
    gov_row_edition_texts_t row;
    const gov_words_t *words;
    gov_content__live_t texts = { .site = site };

    GOV_TRY(gov_sql_edition_texts(&row, db, site, edition, pool));
    GOV_TRY(gov_words_load(&words, db, site, pool));
    texts.lang = row.lang;
    GOV_CONTENT__TEXTS(&texts, &row);
    GOV_TRY(look_through(&findings, words, ctx, row.type, &texts, pool));
    return findings->blocks ? refusal(findings, pool) : NULL;
}

/* --- the stock ------------------------------------------------------------ */

typedef struct scan_t {
    gov_words_sum_t sum;
    const gov_ctx_t *ctx;
    const gov_site_t *site;       /* at present */
    const gov_words_t *words;     /* in force there */
    gov_word_action_t least;
    gov_words_fn_t fn;
    void *baton;
    apr_int64_t document;         /* where the next slice goes on */
    const char *lang;
    apr_array_header_t *rows;
    apr_pool_t *pool, *slice;
} scan_t;

static gov_err_t *
load_words(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    scan_t *s = baton;

    (void)scratch;
    return gov_words_load(&s->words, db, s->site->id, s->pool);
}

static gov_err_t *
read_slice(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    scan_t *s = baton;

    (void)scratch;
    return gov_sql_live_texts(&s->rows, db, s->site->id, s->document,
                              s->document, s->lang, SLICE, s->slice);
}

/* Only those that are grave enough. */
static const gov_findings_t *
sifted(const gov_findings_t *all, gov_word_action_t least, apr_pool_t *pool)
{
    gov_findings_t *some;
    int i;

    if (least < GOV_WORD_BLOCK || !all->warns)
        return all;
    some = apr_pmemdup(pool, all, sizeof(*all));
    some->list = apr_array_make(pool, all->blocks + 1, sizeof(gov_finding_t));
    for (i = 0; i < all->list->nelts; i++) {
        const gov_finding_t *f = &APR_ARRAY_IDX(all->list, i, gov_finding_t);

        if (f->action >= least)
            APR_ARRAY_PUSH(some->list, gov_finding_t) = *f;
    }
    some->warns = 0;
    some->left_out = some->blocks - some->list->nelts;
    return some;
}

static gov_err_t *
look(scan_t *s, const gov_row_live_texts_t *row, apr_pool_t *pool)
{
    gov_content__live_t texts = { .site = s->site->id, .lang = row->lang };
    gov_words_hit_t hit = { .site = s->site, .document = row->document_id,
                            .edition = row->edition_id, .lang = row->lang,
                            .title = row->title };

    GOV_CONTENT__TEXTS(&texts, row);
    GOV_TRY(look_through(&hit.findings, s->words, s->ctx, row->type, &texts,
                         pool));
    hit.findings = sifted(hit.findings, s->least, pool);
    s->sum.editions++;
    if (!hit.findings->blocks && !hit.findings->warns)
        return NULL;
    s->sum.hits++;
    s->sum.blocks += hit.findings->blocks;
    s->sum.warns += hit.findings->warns;
    hit.column = gov_column_by_id(s->ctx->group, row->column_id);
    if (hit.column)
        hit.url = apr_pstrcat(pool, gov_site_origin(s->site, pool),
                              gov_document_href(hit.column, row->document_id,
                                                row->lang, pool), NULL);
    return s->fn ? s->fn(s->baton, &hit, pool) : NULL;
}

static gov_err_t *
scan_slice(scan_t *s, apr_pool_t *iterpool)
{
    int i;

    GOV_TRY(gov_store_read(s->ctx->store, read_slice, s, s->slice));
    for (i = 0; i < s->rows->nelts; i++) {
        const gov_row_live_texts_t *row = &APR_ARRAY_IDX(s->rows, i,
                                                         gov_row_live_texts_t);

        apr_pool_clear(iterpool);
        GOV_TRY(look(s, row, iterpool));
        s->document = row->document_id;
        s->lang = row->lang;
    }
    return NULL;
}

static gov_err_t *
scan_site(scan_t *s, const gov_site_t *site, apr_pool_t *pool)
{
    apr_pool_t *iterpool, *slices[2];
    int turn = 0;

    s->site = site;
    s->document = 0;
    s->lang = "";
    s->pool = pool;
    GOV_TRY(gov_store_read(s->ctx->store, load_words, s, pool));
    /* two in turn: the key of the last row is the next slice's beginning */
    apr_pool_create(&slices[0], pool);
    apr_pool_create(&slices[1], pool);
    apr_pool_create(&iterpool, pool);
    do {
        s->slice = slices[turn ^= 1];
        apr_pool_clear(s->slice);
        GOV_TRY(scan_slice(s, iterpool));
    } while (s->rows->nelts == SLICE);
    return NULL;
}

gov_err_t *
gov_words_scan(gov_words_sum_t *sum, const gov_ctx_t *ctx,
               const gov_site_t *site, gov_word_action_t least,
               gov_words_fn_t fn, void *baton, const gov_permit_t *permit,
               apr_pool_t *pool)
{
    scan_t s = { .ctx = ctx, .least = least, .fn = fn, .baton = baton };
    const apr_array_header_t *sites = gov_group_sites(ctx->group);
    apr_pool_t *scratch;
    gov_err_t *err = NULL;
    int i;

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_READ, site ? site->id : 0, 0,
                             pool));
    apr_pool_create(&scratch, pool);
    if (site)
        err = scan_site(&s, site, scratch);
    for (i = 0; !site && !err && i < sites->nelts; i++) {
        apr_pool_clear(scratch);
        err = scan_site(&s, APR_ARRAY_IDX(sites, i, const gov_site_t *),
                        scratch);
    }
    err = gov_err_dup(err, pool);
    apr_pool_destroy(scratch);
    if (err)
        return err;
    *sum = s.sum;
    return NULL;
}
