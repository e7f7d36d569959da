/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/publish.c -- what the public sees, and no longer sees.

   Each change is one transaction over everything that follows from it: the
   visibility row, the lists, the heads, the keywords, the audit row, and the
   event whose tags name every page that shows the document. */

#include <string.h>

#include "gov_workflow.h"
#include "workflow_priv.h"

typedef struct change_t {
    const gov_ctx_t *ctx;
    const gov_permit_t *permit;
    apr_int64_t site, document;
    const char *reason;
    const gov_column_t *target;
    bool pinned;
} change_t;

static const char *
object(apr_int64_t document, apr_pool_t *pool)
{
    return apr_psprintf(pool, "document:%" APR_INT64_T_FMT, document);
}

/* The list entry of an edition. */
static gov_err_t *
make_item(gov_item_t *item, const gov_row_edition_get_t *edition,
          const gov_json_t *fields, const gov_type_t *type, apr_int64_t site,
          apr_int64_t column, bool pinned, apr_time_t published,
          apr_time_t updated, apr_pool_t *pool)
{
    const gov_json_t *picture;
    int i;

    memset(item, 0, sizeof(*item));
    item->document = edition->document_id;
    item->site = site;
    item->column = column;
    item->type = type->name;
    item->lang = edition->lang;
    item->published = published;
    item->updated = updated;
    item->pinned = pinned;
    item->title = edition->title;
    item->summary = edition->summary
        ? gov_text_cut(edition->summary, 90, pool) : NULL;
    item->source = edition->source;
    GOV_TRY(gov_content__json(&picture, edition->picture, pool));
    if (picture) {
        item->picture = gov_json_str(picture, "asset");
        item->picture_name = gov_json_str(picture, "name");
        item->alt = gov_json_str(picture, "alt");
        item->width = (int)gov_json_int(picture, "width", 0);
        item->height = (int)gov_json_int(picture, "height", 0);
    }
    for (i = 0; i < type->fields->nelts; i++) {
        const gov_field_t *field = &APR_ARRAY_IDX(type->fields, i, gov_field_t);
        const char *value = gov_json_str(fields, field->name);

        if (type->external && value && !strcmp(field->name, "url"))
            item->url = value;
        else if (field->in_list && value && *value) {
            const char *part = strcmp(field->in_list, "yes") ? field->in_list
                                                             : field->name;
            gov_item_field_t *out;

            if (!item->fields)
                item->fields = apr_array_make(pool, 4,
                                              sizeof(gov_item_field_t));
            out = apr_array_push(item->fields);
            out->name = part;
            out->value = value;
        }
    }
    return NULL;
}

/* Lists show greater keys first: the time of publication, or for types with an
   order (leaders, institutions) a key that falls as the number grows, in steps
   that leave room for equal numbers. */
static apr_int64_t
sort_key(const gov_type_t *type, const gov_json_t *fields,
         apr_time_t published)
{
    const char *order = type->order ? gov_json_str(fields, type->order) : NULL;

    if (!type->order)
        return published;
    return APR_INT64_C(1000000000000000)
        - (order ? apr_atoi64(order) : 1000000) * 1000;
}

/* Pages that name their neighbours: those of documents at home in the column. */
static void
tag_beside(gov_content__tags_t *tags, const gov_content__neighbours_t *beside,
           apr_int64_t column)
{
    const gov_item_t *older = beside->older_item, *newer = beside->newer_item;

    if (older && older->column == column)
        gov_content__tag(tags, "document:%" APR_INT64_T_FMT, older->document);
    if (newer && newer->column == column)
        gov_content__tag(tags, "document:%" APR_INT64_T_FMT, newer->document);
}

static gov_err_t *
tag_neighbours(gov_content__tags_t *tags, gov_db_t *db, apr_int64_t site,
               apr_int64_t column, const char *lang, apr_int64_t key,
               apr_pool_t *pool)
{
    gov_content__neighbours_t beside;

    GOV_TRY(gov_content__neighbours(&beside, db, site, column, lang, key,
                                    pool));
    tag_beside(tags, &beside, column);
    return NULL;
}

static gov_err_t *
tag_keywords(gov_content__tags_t *tags, gov_db_t *db, apr_int64_t site,
             apr_int64_t document, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_keywords_of(&rows, db, site, document, pool));
    for (i = 0; i < rows->nelts; i++) {
        const char *word =
            APR_ARRAY_IDX(rows, i, gov_row_keywords_of_t).keyword;

        gov_content__tag(tags, "%s",
                         gov_content__keyword_tag(site, word, pool));
        gov_content__tag(tags, "%s", gov_content__keyword_tag(0, word, pool));
    }
    return NULL;
}

static gov_err_t *
put_keywords(gov_db_t *db, const gov_ctx_t *ctx, const gov_item_t *item,
             const gov_json_t *keywords, apr_pool_t *pool)
{
    gov_content__bind_t bind = { NULL, 0, 0 };
    const char *text = gov_content__item_seal(
        gov_content__item_text(item, pool), ctx->keys, &bind, pool);
    apr_size_t i;

    GOV_TRY(gov_sql_keywords_remove_lang(NULL, db, item->site, item->document,
                                         item->lang, pool));
    for (i = 0; i < gov_json_count(keywords); i++)
        GOV_TRY(gov_sql_keyword_put(NULL, db, item->site, item->lang,
                                    gov_json_text(gov_json_at(keywords, i)),
                                    item->published, item->document, text,
                                    pool));
    return NULL;
}

/* Take the edition's language out of columns that are not among ENTRIES any more: a
   correction may have taken away the keyword that a rule asked for. */
static gov_err_t *
leave_others(gov_db_t *db, const gov_ctx_t *ctx, gov_content__tags_t *tags,
             apr_int64_t document, const char *lang,
             const apr_array_header_t *entries, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i, k;

    GOV_TRY(gov_sql_listings_of(&rows, db, document, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_listings_of_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_listings_of_t);
        bool stays = strcmp(row->lang, lang) != 0;

        for (k = 0; k < entries->nelts && !stays; k++)
            stays = APR_ARRAY_IDX(entries, k, gov_content__entry_t).column
                == row->column_id;
        if (stays)
            continue;
        GOV_TRY(gov_content__listing_remove(db, ctx->keys, row->site_id,
                                            row->column_id, row->lang,
                                            row->sort_key, (int)row->page_no,
                                            pool));
        gov_content__tag(tags, "column:%" APR_INT64_T_FMT, row->column_id);
    }
    return NULL;
}

/* Put the entries of one live edition into all its columns, and its visibility
   row; names every tag. */
static gov_err_t *
place(gov_db_t *db, const gov_ctx_t *ctx, gov_content__tags_t *tags,
      const gov_row_edition_get_t *edition, apr_int64_t edition_id,
      const gov_row_document_guard_t *guard, apr_int64_t site,
      apr_time_t published, apr_time_t updated, apr_pool_t *pool)
{
    const gov_type_t *type = gov_type_get(gov_group_types(ctx->group),
                                          guard->type);
    const gov_column_t *home;
    const gov_json_t *keywords, *fields;
    gov_content__neighbours_t beside, home_beside = { 0 };
    apr_array_header_t *entries;
    apr_int64_t key = 0;
    gov_item_t item;
    int i;

    if (!type)
        return gov_err(GOV_E_UNAVAILABLE, NULL, pool, "type %s is not loaded",
                       guard->type);
    GOV_TRY(gov_content__column(&home, ctx, guard->column_id, pool));
    GOV_TRY(gov_content__json(&keywords, edition->keywords, pool));
    GOV_TRY(gov_content__json(&fields, edition->fields, pool));
    GOV_TRY(make_item(&item, edition, fields, type, site, home->id,
                      guard->pinned, published, updated, pool));
    GOV_TRY(gov_content__entries(&entries, db, ctx, home,
                                 edition->document_id, type->name, keywords,
                                 pool));
    for (i = 0; i < entries->nelts; i++) {
        const gov_content__entry_t *entry =
            &APR_ARRAY_IDX(entries, i, gov_content__entry_t);
        apr_int64_t got;

        /* pinning is an affair of the home column */
        item.pinned = guard->pinned && !strcmp(entry->how, "home");
        GOV_TRY(gov_content__listing_put(&got, &beside, db, entry, &item,
                                         sort_key(type, fields, published),
                                         pool));
        if (!strcmp(entry->how, "home")) {
            key = got;
            home_beside = beside;
        }
        tag_beside(tags, &beside, entry->column);
        gov_content__tag(tags, "column:%" APR_INT64_T_FMT, entry->column);
    }
    GOV_TRY(leave_others(db, ctx, tags, edition->document_id, edition->lang,
                         entries, pool));
    GOV_TRY(gov_sql_live_put(NULL, db, site, edition->document_id,
                             edition->lang, edition_id, home->id, type->name,
                             key, published, updated, home_beside.older,
                             home_beside.newer, pool));
    GOV_TRY(gov_sql_live_set_langs(NULL, db, site, edition->document_id, site,
                                   edition->document_id, pool));
    GOV_TRY(gov_content__live_seal(db, ctx, site, edition->document_id,
                                   edition->lang, pool));
    GOV_TRY(tag_keywords(tags, db, site, edition->document_id, pool));
    item.pinned = guard->pinned;
    GOV_TRY(put_keywords(db, ctx, &item, keywords, pool));
    GOV_TRY(tag_keywords(tags, db, site, edition->document_id, pool));
    gov_content__tag(tags, "document:%" APR_INT64_T_FMT, edition->document_id);
    gov_content__tag(tags, "docs:%" APR_INT64_T_FMT, site);
    return NULL;
}

/* --- going live ----------------------------------------------------------- */

static gov_err_t *
check_seen(const gov_content__go_t *go, const gov_row_edition_get_t *edition,
           apr_pool_t *pool)
{
    if (!go->seen || !strcmp(go->seen, gov_hex(edition->digest.data,
                                               edition->digest.len, pool)))
        return NULL;
    return gov_err(GOV_E_CONFLICT, NULL, pool,
                   "edition %" APR_INT64_T_FMT " (%s) was changed meanwhile",
                   go->edition, edition->state);
}

/* The clearance that an import brings, and whose word it is. */
static gov_err_t *
record_clearance(const gov_content__go_t *go, gov_db_t *db,
                 const gov_ctx_t *ctx, const gov_row_edition_get_t *edition,
                 const gov_permit_t *permit, apr_pool_t *pool)
{
    const gov_clearance_t *clearance = go->clearance;
    gov_content__step_t step = {
        .site = go->site, .document = go->document, .edition = go->edition,
        .what = "clear", .digest = edition->digest, .signs = true,
        .verdict = "pass", .basis = clearance->basis, .actor = clearance->by
    };
    apr_int64_t id;

    step.remarks = clearance->at
        ? apr_pstrcat(pool, "imported; given at ",
                      gov_time_utc(clearance->at, pool), NULL)
        : "imported";
    return gov_content__step(&id, db, ctx, &step, permit, pool);
}

/* Who publishes; a due edition's publisher signed when it was scheduled. */
static gov_err_t *
record_publisher(const gov_content__go_t *go, gov_db_t *db,
                 const gov_ctx_t *ctx, const gov_row_edition_get_t *edition,
                 const gov_flow_t *flow, const gov_permit_t *permit,
                 apr_pool_t *pool)
{
    bool scheduled = !strcmp(edition->state, "scheduled");
    gov_content__step_t step = {
        .site = go->site, .document = go->document, .edition = go->edition,
        .what = go->way == GOV_CONTENT__URGENT ? "emergency" : "publish",
        .digest = edition->digest
    };
    apr_int64_t id;

    if (go->way == GOV_CONTENT__SIGNED && !scheduled) {
        step.signs = flow->publisher == GOV_PUBLISHER_APART;
        step.posts = flow->publisher == GOV_PUBLISHER_OTHER;
    }
    /* whoever made it live unseen is not among those who look at it afterwards */
    if (go->way == GOV_CONTENT__URGENT)
        step.signs = step.anew = true;
    return gov_content__step(&id, db, ctx, &step, permit, pool);
}

/* A schedule that is not due yet is nobody's to overtake. */
static gov_err_t *
check_due(const gov_content__go_t *go, gov_db_t *db, const gov_ctx_t *ctx,
          apr_pool_t *pool)
{
    gov_row_schedule_get_t row;

    GOV_TRY(gov_sql_schedule_get(&row, db, go->site, go->edition, pool));
    if (row.due_at <= gov_now(ctx->clock))
        return gov_sql_schedule_remove(NULL, db, go->site, go->edition, pool);
    return gov_err(GOV_E_CONFLICT, NULL, pool,
                   "edition %" APR_INT64_T_FMT " is scheduled for %s",
                   go->edition, gov_time_utc(row.due_at, pool));
}

/* What the statement found missing, as far as it can be told. */
static gov_err_t *
refuse(const gov_content__go_t *go, const gov_row_edition_get_t *edition,
       const gov_flow_t *flow, apr_pool_t *pool)
{
    if (!strcmp(edition->state, "cleared")
        || !strcmp(edition->state, "scheduled"))
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "edition %" APR_INT64_T_FMT " is %s but its signatures "
                       "are not those that the rule asks for now (%d reviews "
                       "and the clearance, for the present content)",
                       go->edition, edition->state, flow->reviews);
    return gov_err(GOV_E_CONFLICT, NULL, pool,
                   "edition %" APR_INT64_T_FMT " is %s%s", go->edition,
                   edition->state,
                   go->way == GOV_CONTENT__SIGNED ? ", not cleared" : "");
}

static gov_err_t *
set_live(apr_int64_t *changed, const gov_content__go_t *go, gov_db_t *db,
         apr_time_t published, const gov_flow_t *flow, apr_pool_t *pool)
{
    if (go->way == GOV_CONTENT__IMPORTED)
        return gov_sql_edition_set_live_imported(changed, db, published,
                                                 go->site, go->edition, pool);
    if (go->way == GOV_CONTENT__URGENT)
        return gov_sql_edition_set_live_emergency(changed, db, published,
                                                  go->site, go->edition, pool);
    return gov_sql_edition_set_live(changed, db, published, go->site,
                                    go->edition, flow->reviews, pool);
}

gov_err_t *
gov_content__go_live(gov_content__go_t *go, gov_db_t *db, const gov_ctx_t *ctx,
                     const gov_permit_t *permit, apr_pool_t *pool)
{
    gov_content__tags_t *tags = gov_content__tags(pool);
    apr_time_t now = gov_now(ctx->clock);
    apr_time_t published = go->published ? go->published : now;
    apr_time_t updated = published;
    gov_row_edition_get_t edition;
    gov_row_document_guard_t guard;
    gov_row_live_get_t live;
    gov_flow_t flow = { 0 };
    apr_int64_t changed;
    gov_err_t *err;
    bool again;

    GOV_TRY(gov_content__not_frozen(db, go->site, pool));
    /* the lock first: what is read after it is what the writer before us left */
    GOV_TRY(gov_sql_document_guard(&guard, db, go->site, go->document, pool));
    GOV_TRY(gov_sql_edition_get(&edition, db, go->site, go->edition, pool));
    if (go->way != GOV_CONTENT__URGENT)
        GOV_TRY(gov_permit_check(permit, GOV_ACTION_PUBLISH, go->site,
                                 guard.column_id, pool));
    GOV_TRY(check_seen(go, &edition, pool));
    err = gov_sql_live_get(&live, db, go->site, go->document, edition.lang,
                           pool);
    if (err && err->code != GOV_E_NOT_FOUND)
        return err;
    if (!err) {
        published = live.published_at;  /* a correction keeps its date */
        updated = now;
    }
    /* a run after a lost answer finds its own work done; placing again changes
       nothing, but the event must be heard here at once */
    again = gov_db_is_rerun(db) && !strcmp(edition.state, "live");
    if (!again) {
        if (go->way == GOV_CONTENT__SIGNED) {
            GOV_TRY(gov_content__flow(&flow, db, ctx, go->site,
                                      guard.column_id, "publish", pool));
            if (gov_permit_actor(permit)->kind != GOV_ACTOR_JOB)
                GOV_TRY(gov_content__flow_allows(&flow, "publish", permit,
                                                 pool));
        }
        if (!strcmp(edition.state, "scheduled")
            && go->way == GOV_CONTENT__SIGNED)
            GOV_TRY(check_due(go, db, ctx, pool));
        else if (!strcmp(edition.state, "scheduled"))
            GOV_TRY(gov_sql_schedule_remove(NULL, db, go->site, go->edition,
                                            pool));
        if (go->way == GOV_CONTENT__IMPORTED)
            GOV_TRY(record_clearance(go, db, ctx, &edition, permit, pool));
        GOV_TRY(set_live(&changed, go, db, published, &flow, pool));
        if (!changed)
            return refuse(go, &edition, &flow, pool);
        GOV_TRY(record_publisher(go, db, ctx, &edition, &flow, permit, pool));
    }
    GOV_TRY(gov_sql_edition_supersede(NULL, db, go->site, go->document,
                                      edition.lang, go->edition, pool));
    if (guard.gone_at)
        GOV_TRY(gov_sql_document_unset_gone(NULL, db, go->site, go->document,
                                            pool));
    GOV_TRY(place(db, ctx, tags, &edition, go->edition, &guard, go->site,
                  published, updated, pool));
    if (!again)
        GOV_TRY(gov_audit_add(db, ctx, go->way == GOV_CONTENT__URGENT
                                           ? "edition.emergency"
                                           : "edition.publish",
                              go->site, object(go->document, pool), true,
                              edition.title, pool));
    return gov_event_add(db, "edition.live", go->site, go->document,
                         tags->words->data, pool);
}

typedef struct live_t {
    gov_content__go_t go;
    const gov_ctx_t *ctx;
    const gov_permit_t *permit;
} live_t;

static gov_err_t *
publish(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    live_t *l = baton;

    return gov_content__go_live(&l->go, db, l->ctx, l->permit, pool);
}

static gov_err_t *
go_live(live_t *l, apr_pool_t *pool)
{
    gov_content__where_t where = { .edition = l->go.edition };

    GOV_TRY(gov_content__where(&where, l->ctx, pool));
    l->go.site = where.site;
    l->go.document = where.document;
    return gov_store_tx(l->ctx->store, publish, l, pool);
}

gov_err_t *
gov_edition_publish(const gov_ctx_t *ctx, apr_int64_t edition,
                    const gov_permit_t *permit, apr_pool_t *pool)
{
    live_t l = { .ctx = ctx, .permit = permit,
                 .go = { .edition = edition, .way = GOV_CONTENT__SIGNED } };

    return go_live(&l, pool);
}

gov_err_t *
gov_edition_import(const gov_ctx_t *ctx, apr_int64_t edition,
                   apr_time_t published, const gov_clearance_t *clearance,
                   const gov_permit_t *permit, apr_pool_t *pool)
{
    live_t l = { .ctx = ctx, .permit = permit,
                 .go = { .edition = edition, .way = GOV_CONTENT__IMPORTED,
                         .published = published, .clearance = clearance } };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_IMPORT, 0, 0, pool));
    if (!clearance || !clearance->by || !*clearance->by || !clearance->basis
        || !*clearance->basis)
        return gov_err_field("clearance", pool, "who has cleared it, on what "
                             "basis?");
    return go_live(&l, pool);
}

static gov_err_t *
find_document(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    gov_row_document_site_t row;

    GOV_TRY(gov_sql_document_site(&row, db, c->document, pool));
    c->site = row.site_id;
    return NULL;
}

/* Long enough that a batch of one column writes its head rarely, short enough that
   other writers of the column hardly wait. */
#define BATCH 25

typedef struct batch_t {
    const gov_ctx_t *ctx;
    const gov_permit_t *permit;
    const apr_int64_t *editions;
    int count;
} batch_t;

static gov_err_t *
publish_some(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const batch_t *batch = baton;
    int i;

    for (i = 0; i < batch->count; i++) {
        gov_content__go_t go = { .edition = batch->editions[i],
                                 .way = GOV_CONTENT__SIGNED };
        gov_row_edition_where_t where;

        GOV_TRY(gov_sql_edition_where(&where, db, go.edition, pool));
        go.site = where.site_id;
        go.document = where.document_id;
        GOV_TRY(gov_content__go_live(&go, db, batch->ctx, batch->permit,
                                     pool));
    }
    return NULL;
}

gov_err_t *
gov_editions_publish(int *done, const gov_ctx_t *ctx,
                     const apr_array_header_t *editions,
                     const gov_permit_t *permit, apr_pool_t *pool)
{
    batch_t batch = { .ctx = ctx, .permit = permit };
    apr_pool_t *iterpool;

    apr_pool_create(&iterpool, pool);
    for (*done = 0; *done < editions->nelts; *done += batch.count) {
        gov_err_t *err;

        apr_pool_clear(iterpool);
        batch.editions = &APR_ARRAY_IDX(editions, *done, const apr_int64_t);
        batch.count = editions->nelts - *done < BATCH
            ? editions->nelts - *done : BATCH;
        err = gov_store_tx(ctx->store, publish_some, &batch, iterpool);
        if (err) {
            err = gov_err_dup(err, pool);
            apr_pool_destroy(iterpool);
            return err;
        }
    }
    apr_pool_destroy(iterpool);
    return NULL;
}

/* Take the document's entries in every column and language away. */
gov_err_t *
gov_content__unplace(gov_db_t *db, const gov_ctx_t *ctx,
                     gov_content__tags_t *tags, apr_int64_t site,
                     apr_int64_t document, apr_pool_t *pool)
{
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_listings_of(&rows, db, document, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_listings_of_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_listings_of_t);

        GOV_TRY(tag_neighbours(tags, db, row->site_id, row->column_id,
                               row->lang, row->sort_key, pool));
        GOV_TRY(gov_content__listing_remove(db, ctx->keys, row->site_id,
                                            row->column_id, row->lang,
                                            row->sort_key, (int)row->page_no,
                                            pool));
        gov_content__tag(tags, "column:%" APR_INT64_T_FMT, row->column_id);
    }
    GOV_TRY(tag_keywords(tags, db, site, document, pool));
    GOV_TRY(gov_sql_keywords_remove(NULL, db, site, document, pool));
    gov_content__tag(tags, "document:%" APR_INT64_T_FMT, document);
    gov_content__tag(tags, "docs:%" APR_INT64_T_FMT, site);
    return NULL;
}

gov_err_t *
gov_content__withdraw(gov_db_t *db, const gov_ctx_t *ctx, apr_int64_t site,
                      apr_int64_t document, const char *reason,
                      const gov_permit_t *permit, apr_pool_t *pool)
{
    gov_content__tags_t *tags = gov_content__tags(pool);
    apr_array_header_t *langs;
    apr_int64_t id;
    int i;

    GOV_TRY(gov_sql_live_langs(&langs, db, site, document, pool));
    if (!langs->nelts)
        return gov_err(GOV_E_CONFLICT, NULL, pool,
                       "document %" APR_INT64_T_FMT " is not public", document);
    for (i = 0; i < langs->nelts; i++) {
        gov_content__step_t step = { .site = site, .document = document,
                                     .what = "withdraw", .remarks = reason };
        gov_row_step_edition_t edition;

        step.edition = APR_ARRAY_IDX(langs, i, gov_row_live_langs_t).edition_id;
        GOV_TRY(gov_sql_step_edition(&edition, db, site, step.edition, pool));
        step.digest = edition.digest;
        GOV_TRY(gov_content__step(&id, db, ctx, &step, permit, pool));
    }
    GOV_TRY(gov_sql_editions_withdraw(NULL, db, site, document, pool));
    GOV_TRY(gov_sql_document_set_gone(NULL, db, gov_now(ctx->clock), site,
                                      document, pool));
    /* the columns' heads before the document's own rows, as when it is placed */
    GOV_TRY(gov_content__unplace(db, ctx, tags, site, document, pool));
    GOV_TRY(gov_sql_live_remove(NULL, db, site, document, pool));
    GOV_TRY(gov_audit_add(db, ctx, "document.withdraw", site,
                          object(document, pool), true, reason, pool));
    return gov_event_add(db, "document.withdrawn", site, document,
                         tags->words->data, pool);
}

static gov_err_t *
withdraw(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    gov_row_document_guard_t guard;
    gov_err_t *err;

    GOV_TRY(gov_content__not_frozen(db, c->site, pool));
    GOV_TRY(gov_sql_document_guard(&guard, db, c->site, c->document, pool));
    GOV_TRY(gov_permit_check(c->permit, GOV_ACTION_PUBLISH, c->site,
                             guard.column_id, pool));
    err = gov_content__withdraw(db, c->ctx, c->site, c->document, c->reason,
                                c->permit, pool);
    /* a run after a lost answer finds it done; the event must be heard here */
    if (err && err->code == GOV_E_CONFLICT && guard.gone_at
        && gov_db_is_rerun(db))
        return gov_event_add(db, "document.withdrawn", c->site, c->document,
                             apr_psprintf(pool, "document:%" APR_INT64_T_FMT,
                                          c->document), pool);
    return err;
}

gov_err_t *
gov_document_withdraw(const gov_ctx_t *ctx, apr_int64_t document,
                      const char *reason, const gov_permit_t *permit,
                      apr_pool_t *pool)
{
    change_t baton = { .ctx = ctx, .permit = permit, .document = document,
                       .reason = reason };

    GOV_TRY(gov_store_read(ctx->store, find_document, &baton, pool));
    return gov_store_tx(ctx->store, withdraw, &baton, pool);
}

/* Place all live editions of a document anew. */
gov_err_t *
gov_content__place_again(gov_db_t *db, const gov_ctx_t *ctx,
                         gov_content__tags_t *tags, apr_int64_t site,
                         apr_int64_t document, apr_pool_t *pool)
{
    gov_row_document_guard_t guard;
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_document_guard(&guard, db, site, document, pool));
    GOV_TRY(gov_sql_live_langs(&rows, db, site, document, pool));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_live_langs_t *row =
            &APR_ARRAY_IDX(rows, i, gov_row_live_langs_t);
        gov_row_edition_get_t edition;

        GOV_TRY(gov_sql_edition_get(&edition, db, site, row->edition_id, pool));
        GOV_TRY(place(db, ctx, tags, &edition, row->edition_id, &guard, site,
                      row->published_at, row->updated_at, pool));
    }
    return NULL;
}

static gov_err_t *
share(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    gov_content__tags_t *tags = gov_content__tags(pool);

    GOV_TRY(gov_content__not_frozen(db, c->target->site->id, pool));
    GOV_TRY(gov_sql_placement_put(NULL, db, c->target->site->id, c->target->id,
                                  c->document, c->site, "share", pool));
    GOV_TRY(gov_content__place_again(db, c->ctx, tags, c->site, c->document,
                                     pool));
    GOV_TRY(gov_audit_add(db, c->ctx, "document.share", c->target->site->id,
                          object(c->document, pool), true, c->target->path,
                          pool));
    return gov_event_add(db, "document.shared", c->target->site->id,
                         c->document, tags->words->data, pool);
}

/* Placing anew takes it out of what it is not placed in any more; a rule may keep
   it there. */
static gov_err_t *
unshare(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    gov_content__tags_t *tags = gov_content__tags(pool);
    apr_int64_t removed;

    GOV_TRY(gov_sql_placement_unshare(&removed, db, c->target->site->id,
                                      c->target->id, c->document, pool));
    if (!removed && !gov_db_is_rerun(db))
        return NULL;
    GOV_TRY(gov_content__place_again(db, c->ctx, tags, c->site, c->document,
                                     pool));
    gov_content__tag(tags, "column:%" APR_INT64_T_FMT, c->target->id);
    if (removed)
        GOV_TRY(gov_audit_add(db, c->ctx, "document.unshare",
                              c->target->site->id, object(c->document, pool),
                              true, c->target->path, pool));
    return gov_event_add(db, "document.shared", c->target->site->id,
                         c->document, tags->words->data, pool);
}

/* WORK on where a document is shown, with the right to share into the column. */
static gov_err_t *
in_column(gov_store_fn_t work, const gov_ctx_t *ctx, apr_int64_t document,
          const gov_column_t *target, const gov_permit_t *permit,
          apr_pool_t *pool)
{
    change_t baton = { .ctx = ctx, .permit = permit, .document = document,
                       .target = target };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SHARE, target->site->id,
                             target->id, pool));
    GOV_TRY(gov_store_read(ctx->store, find_document, &baton, pool));
    return gov_store_tx(ctx->store, work, &baton, pool);
}

gov_err_t *
gov_document_share(const gov_ctx_t *ctx, apr_int64_t document,
                   const gov_column_t *target, const gov_permit_t *permit,
                   apr_pool_t *pool)
{
    return in_column(share, ctx, document, target, permit, pool);
}

gov_err_t *
gov_document_unshare(const gov_ctx_t *ctx, apr_int64_t document,
                     const gov_column_t *target, const gov_permit_t *permit,
                     apr_pool_t *pool)
{
    return in_column(unshare, ctx, document, target, permit, pool);
}

gov_err_t *
gov_content__move(gov_db_t *db, const gov_ctx_t *ctx, apr_int64_t site,
                  apr_int64_t document, const gov_column_t *target,
                  apr_pool_t *pool)
{
    gov_content__tags_t *tags = gov_content__tags(pool);

    GOV_TRY(gov_content__unplace(db, ctx, tags, site, document, pool));
    GOV_TRY(gov_sql_document_set_column(NULL, db, target->id, site, document,
                                        pool));
    GOV_TRY(gov_content__place_again(db, ctx, tags, site, document, pool));
    GOV_TRY(gov_audit_add(db, ctx, "document.move", site,
                          object(document, pool), true, target->path, pool));
    return gov_event_add(db, "document.moved", site, document,
                         tags->words->data, pool);
}

static gov_err_t *
move(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    gov_row_document_guard_t guard;
    const gov_column_t *old;
    const char *path;

    GOV_TRY(gov_content__not_frozen(db, c->site, pool));
    GOV_TRY(gov_sql_document_guard(&guard, db, c->site, c->document, pool));
    GOV_TRY(gov_permit_check(c->permit, GOV_ACTION_PUBLISH, c->site,
                             guard.column_id, pool));
    if (guard.column_id == c->target->id)
        return NULL;
    GOV_TRY(gov_content__column(&old, c->ctx, guard.column_id, pool));
    GOV_TRY(gov_content__move(db, c->ctx, c->site, c->document, c->target,
                              pool));
    path = apr_psprintf(pool, "/%s/%" APR_INT64_T_FMT ".html", old->path,
                        c->document);
    return gov_content__redirect_put(db, c->ctx, c->site, path, NULL,
                                     c->document, pool);
}

gov_err_t *
gov_document_move(const gov_ctx_t *ctx, apr_int64_t document,
                  const gov_column_t *target, const gov_permit_t *permit,
                  apr_pool_t *pool)
{
    change_t baton = { .ctx = ctx, .permit = permit, .document = document,
                       .target = target };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_PUBLISH, target->site->id,
                             target->id, pool));
    GOV_TRY(gov_store_read(ctx->store, find_document, &baton, pool));
    if (baton.site != target->site->id)
        return gov_err_field("column", pool,
                             "is of another site; share the document instead");
    return gov_store_tx(ctx->store, move, &baton, pool);
}

static gov_err_t *
pin(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    gov_content__tags_t *tags = gov_content__tags(pool);
    gov_row_document_guard_t guard;

    GOV_TRY(gov_content__not_frozen(db, c->site, pool));
    GOV_TRY(gov_sql_document_guard(&guard, db, c->site, c->document, pool));
    GOV_TRY(gov_permit_check(c->permit, GOV_ACTION_PUBLISH, c->site,
                             guard.column_id, pool));
    GOV_TRY(gov_sql_document_set_pinned(NULL, db, c->pinned, c->site,
                                        c->document, pool));
    GOV_TRY(gov_content__place_again(db, c->ctx, tags, c->site, c->document,
                                     pool));
    GOV_TRY(gov_audit_add(db, c->ctx,
                          c->pinned ? "document.pin" : "document.unpin",
                          c->site, object(c->document, pool), true, NULL,
                          pool));
    return gov_event_add(db, "document.pinned", c->site, c->document,
                         tags->words->data, pool);
}

gov_err_t *
gov_document_pin(const gov_ctx_t *ctx, apr_int64_t document, bool pinned,
                 const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t baton = { .ctx = ctx, .permit = permit, .document = document,
                       .pinned = pinned };

    GOV_TRY(gov_store_read(ctx->store, find_document, &baton, pool));
    return gov_store_tx(ctx->store, pin, &baton, pool);
}

static gov_err_t *
renumber(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    change_t *c = baton;
    apr_int64_t site = c->target->site->id, column = c->target->id;
    apr_array_header_t *langs;
    int i;

    GOV_TRY(gov_content__not_frozen(db, site, pool));
    GOV_TRY(gov_sql_listing_langs(&langs, db, site, column, pool));
    for (i = 0; i < langs->nelts; i++) {
        const char *lang =
            APR_ARRAY_IDX(langs, i, gov_row_listing_langs_t).lang;
        gov_row_listing_open_t open;
        gov_row_listing_total_t total;
        gov_err_t *err;

        GOV_TRY(gov_sql_head_lock(NULL, db, site, column, lang, pool));
        GOV_TRY(gov_sql_listing_renumber(NULL, db, c->target->page_size, site,
                                         column, lang, site, column, lang,
                                         pool));
        GOV_TRY(gov_sql_live_link_column(NULL, db, site, column, lang, site,
                                         site, column, lang, pool));
        err = gov_sql_listing_open(&open, db, site, column, lang, site, column,
                                   lang, pool);
        if (err && err->code != GOV_E_NOT_FOUND)
            return err;
        GOV_TRY(gov_sql_listing_total(&total, db, site, column, lang, pool));
        GOV_TRY(gov_content__head_renew(db, c->ctx->keys, site, column, lang,
                                        err ? 1 : (int)open.open_page,
                                        err ? 0 : (int)open.open_count,
                                        (int)total.total, pool));
    }
    GOV_TRY(gov_audit_add(db, c->ctx, "column.renumber", site,
                          apr_psprintf(pool, "column:%" APR_INT64_T_FMT,
                                       column),
                          true, NULL, pool));
    return gov_event_add(db, "column.renumbered", site, column,
                         apr_psprintf(pool, "column:%" APR_INT64_T_FMT,
                                      column), pool);
}

gov_err_t *
gov_column_renumber(const gov_ctx_t *ctx, const gov_column_t *column,
                    const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t baton = { .ctx = ctx, .permit = permit, .target = column };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, column->site->id,
                             column->id, pool));
    return gov_store_tx(ctx->store, renumber, &baton, pool);
}
