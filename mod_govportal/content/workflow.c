/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/workflow.c -- from a draft to what may be published.

   A step is one transaction.  It locks the document's row, so that steps of one
   document queue, and changes the state only from the one it has seen; the people
   are kept apart by the keys of gov_edition_step. */

#include <string.h>

#include "workflow_priv.h"

typedef struct turn_t turn_t;

/* What one kind of step demands. */
typedef struct kind_t {
    const char *what;             /* of its row */
    const char *audit;
    gov_action_t action;
    const char *named;            /* step of the rule that may name people */
    const char *from;             /* states, blank-separated */
    gov_err_t *(*work)(turn_t *turn, gov_db_t *db, apr_pool_t *pool);
} kind_t;

struct turn_t {
    const kind_t *kind;
    const gov_ctx_t *ctx;
    const gov_permit_t *permit;
    const char *seen, *remarks, *basis;
    bool pass;
    apr_time_t due;
    gov_bytes_t key;
    apr_int64_t site, document, edition;
    /* read in the transaction */
    gov_row_step_edition_t at;
    gov_row_document_guard_t guard;
    gov_flow_t flow;
};

static bool
among(const char *word, const char *words)
{
    const char *at = words;
    size_t len = strlen(word);

    while ((at = strstr(at, word)) != NULL) {
        if ((at == words || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
            return true;
        at += len;
    }
    return false;
}

static gov_err_t *
not_in_state(const turn_t *turn, apr_pool_t *pool)
{
    return gov_err(GOV_E_CONFLICT, NULL, pool,
                   "edition %" APR_INT64_T_FMT " is %s; %s needs one of: %s",
                   turn->edition, turn->at.state, turn->kind->what,
                   turn->kind->from);
}

/* --- the frame of every step ---------------------------------------------- */

/* The digest in hexadecimal as the caller saw it is the one that is there. */
static gov_err_t *
check_seen(const turn_t *turn, apr_pool_t *pool)
{
    const gov_bytes_t *digest = &turn->at.digest;

    if (!turn->seen
        || !strcmp(turn->seen, gov_hex(digest->data, digest->len, pool)))
        return NULL;
    return gov_err(GOV_E_CONFLICT, NULL, pool,
                   "edition %" APR_INT64_T_FMT " (%s) was changed meanwhile",
                   turn->edition, turn->at.state);
}

static gov_err_t *
set_state(turn_t *turn, gov_db_t *db, const char *state, apr_pool_t *pool)
{
    apr_int64_t changed;

    GOV_TRY(gov_sql_edition_set_state(&changed, db, state, turn->site,
                                      turn->edition, turn->at.state,
                                      turn->at.digest, pool));
    return changed ? NULL : not_in_state(turn, pool);
}

static gov_err_t *
add_step(turn_t *turn, gov_db_t *db, bool signs, apr_pool_t *pool)
{
    gov_content__step_t step = {
        .site = turn->site, .document = turn->document,
        .edition = turn->edition, .what = turn->kind->what,
        .digest = turn->at.digest, .signs = signs, .remarks = turn->remarks
    };
    apr_int64_t id;

    if (!strcmp(turn->kind->what, "clear")) {
        step.verdict = turn->pass ? "pass" : "deny";
        step.basis = turn->basis;
    }
    return gov_content__step(&id, db, turn->ctx, &step, turn->permit, pool);
}

static gov_err_t *
one_turn(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    turn_t *turn = baton;
    const char *done;

    GOV_TRY(gov_content__done(&done, db, turn->key, false, pool));
    if (done)
        return NULL;
    /* the lock comes before anything is read: what is read then is what the writer
       before us has left */
    GOV_TRY(gov_sql_document_guard(&turn->guard, db, turn->site,
                                   turn->document, pool));
    GOV_TRY(gov_sql_step_edition(&turn->at, db, turn->site, turn->edition,
                                 pool));
    GOV_TRY(gov_permit_check(turn->permit, turn->kind->action, turn->site,
                             turn->guard.column_id, pool));
    if (!among(turn->at.state, turn->kind->from))
        return not_in_state(turn, pool);
    GOV_TRY(check_seen(turn, pool));
    GOV_TRY(gov_content__flow(&turn->flow, db, turn->ctx, turn->site,
                              turn->guard.column_id, turn->kind->named, pool));
    GOV_TRY(gov_content__flow_allows(&turn->flow, turn->kind->named,
                                     turn->permit, pool));
    GOV_TRY(turn->kind->work(turn, db, pool));
    GOV_TRY(gov_content__keep(db, turn->key, turn->ctx, "", pool));
    return gov_audit_add(db, turn->ctx, turn->kind->audit, turn->site,
                         apr_psprintf(pool, "document:%" APR_INT64_T_FMT,
                                      turn->document),
                         true,
                         apr_psprintf(pool, "edition %" APR_INT64_T_FMT
                                      "%s%s%s%s", turn->edition,
                                      turn->basis
                                          ? turn->pass ? ", pass: "
                                                       : ", deny: "
                                          : "",
                                      turn->basis ? turn->basis : "",
                                      turn->remarks ? ", " : "",
                                      turn->remarks ? turn->remarks : ""),
                         pool);
}

gov_err_t *
gov_edition_place(apr_int64_t *site, apr_int64_t *column, const gov_ctx_t *ctx,
                  apr_int64_t edition, apr_pool_t *pool)
{
    gov_content__where_t where = { .edition = edition };

    GOV_TRY(gov_content__where(&where, ctx, pool));
    *site = where.site;
    *column = where.column;
    return NULL;
}

/* A text that people must give, and its length. */
static gov_err_t *
check_text(const char *field, const char *text, bool must, apr_size_t most,
           apr_pool_t *pool)
{
    if (must && (!text || !text[strspn(text, " \t\r\n")]))
        return gov_err_field(field, pool, "is missing");
    if (text && gov_text_length(text) > most)
        return gov_err_field(field, pool, "longer than %" APR_SIZE_T_FMT
                             " characters", most);
    return NULL;
}

static gov_err_t *
run(turn_t *turn, apr_pool_t *pool)
{
    gov_content__where_t where = { .edition = turn->edition };

    GOV_TRY(check_text("remarks", turn->remarks, false, 1000, pool));
    GOV_TRY(gov_content__where(&where, turn->ctx, pool));
    turn->site = where.site;
    turn->document = where.document;
    turn->key = gov_content__key(turn->ctx, pool);
    return gov_store_tx(turn->ctx->store, one_turn, turn, pool);
}

/* --- submit, return ------------------------------------------------------- */

static gov_err_t *
submit(turn_t *turn, gov_db_t *db, apr_pool_t *pool)
{
    GOV_TRY(gov_content__words_allow(db, turn->ctx, turn->site, turn->edition,
                                     pool));
    GOV_TRY(set_state(turn, db, turn->flow.reviews ? "submitted" : "reviewed",
                      pool));
    return add_step(turn, db, false, pool);
}

static const kind_t submit_kind = {
    "submit", "edition.submit", GOV_ACTION_WRITE, "submit", "draft returned",
    submit
};

gov_err_t *
gov_edition_submit(const gov_ctx_t *ctx, apr_int64_t edition, const char *seen,
                   const char *remarks, const gov_permit_t *permit,
                   apr_pool_t *pool)
{
    turn_t turn = { .kind = &submit_kind, .ctx = ctx, .edition = edition,
                    .seen = seen, .remarks = remarks, .permit = permit };

    return run(&turn, pool);
}

static gov_err_t *
give_back(turn_t *turn, gov_db_t *db, apr_pool_t *pool)
{
    GOV_TRY(set_state(turn, db, "returned", pool));
    GOV_TRY(gov_sql_steps_void(NULL, db, turn->site, turn->edition, pool));
    return add_step(turn, db, false, pool);
}

static const kind_t return_kind = {
    "return", "edition.return", GOV_ACTION_REVIEW, "review",
    "submitted reviewed cleared", give_back
};

gov_err_t *
gov_edition_return(const gov_ctx_t *ctx, apr_int64_t edition, const char *seen,
                   const char *remarks, const gov_permit_t *permit,
                   apr_pool_t *pool)
{
    turn_t turn = { .kind = &return_kind, .ctx = ctx, .edition = edition,
                    .seen = seen, .remarks = remarks, .permit = permit };

    GOV_TRY(check_text("remarks", remarks, true, 1000, pool));
    return run(&turn, pool);
}

/* --- review, clear: also of what an emergency has made live --------------- */

/* The emergency that made the edition live and waits for its review. */
static gov_err_t *
pending(apr_int64_t *emergency, turn_t *turn, gov_db_t *db, apr_pool_t *pool)
{
    gov_row_emergency_of_t row;
    gov_err_t *err = gov_sql_emergency_of(&row, db, turn->edition, pool);

    if (err && err->code == GOV_E_NOT_FOUND)
        return not_in_state(turn, pool);
    if (err)
        return err;
    *emergency = row.id;
    return NULL;
}

static gov_err_t *
review(turn_t *turn, gov_db_t *db, apr_pool_t *pool)
{
    gov_row_steps_reviews_t have;
    apr_int64_t emergency;

    if (!strcmp(turn->at.state, "live")) {
        GOV_TRY(pending(&emergency, turn, db, pool));
        GOV_TRY(add_step(turn, db, true, pool));
        return gov_content__settle(db, turn->ctx, emergency, false, NULL,
                                   turn->permit, pool);
    }
    GOV_TRY(add_step(turn, db, true, pool));
    GOV_TRY(gov_sql_steps_reviews(&have, db, turn->site, turn->edition,
                                  turn->at.digest, pool));
    return set_state(turn, db, have.reviews >= turn->flow.reviews
                     ? "reviewed" : "submitted", pool);
}

static const kind_t review_kind = {
    "review", "edition.review", GOV_ACTION_REVIEW, "review", "submitted live",
    review
};

gov_err_t *
gov_edition_review(const gov_ctx_t *ctx, apr_int64_t edition, const char *seen,
                   const char *remarks, const gov_permit_t *permit,
                   apr_pool_t *pool)
{
    turn_t turn = { .kind = &review_kind, .ctx = ctx, .edition = edition,
                    .seen = seen, .remarks = remarks, .permit = permit };

    return run(&turn, pool);
}

static gov_err_t *
clear(turn_t *turn, gov_db_t *db, apr_pool_t *pool)
{
    apr_int64_t emergency;

    if (!strcmp(turn->at.state, "live")) {
        GOV_TRY(pending(&emergency, turn, db, pool));
        GOV_TRY(add_step(turn, db, true, pool));
        return gov_content__settle(db, turn->ctx, emergency, !turn->pass,
                                   turn->basis, turn->permit, pool);
    }
    GOV_TRY(add_step(turn, db, true, pool));
    return set_state(turn, db, turn->pass ? "cleared" : "denied", pool);
}

static const kind_t clear_kind = {
    "clear", "edition.clear", GOV_ACTION_CLEAR, "clear", "reviewed live", clear
};

gov_err_t *
gov_edition_clear(const gov_ctx_t *ctx, apr_int64_t edition, const char *seen,
                  bool pass, const char *basis, const char *remarks,
                  const gov_permit_t *permit, apr_pool_t *pool)
{
    turn_t turn = { .kind = &clear_kind, .ctx = ctx, .edition = edition,
                    .seen = seen, .pass = pass, .basis = basis,
                    .remarks = remarks, .permit = permit };

    GOV_TRY(check_text("basis", basis, true, 500, pool));
    return run(&turn, pool);
}

/* --- schedule, archive ---------------------------------------------------- */

static gov_err_t *
schedule(turn_t *turn, gov_db_t *db, apr_pool_t *pool)
{
    /* the publisher signs now: the job that follows is nobody */
    gov_content__step_t step = {
        .site = turn->site, .document = turn->document,
        .edition = turn->edition, .what = "schedule",
        .digest = turn->at.digest,
        .signs = turn->flow.publisher == GOV_PUBLISHER_APART,
        .posts = turn->flow.publisher == GOV_PUBLISHER_OTHER,
        .remarks = gov_time_utc(turn->due, pool)
    };
    apr_int64_t id;

    GOV_TRY(set_state(turn, db, "scheduled", pool));
    GOV_TRY(gov_sql_schedule_put(NULL, db, turn->edition, turn->site,
                                 turn->due, turn->due, pool));
    return gov_content__step(&id, db, turn->ctx, &step, turn->permit, pool);
}

static const kind_t schedule_kind = {
    "schedule", "edition.schedule", GOV_ACTION_PUBLISH, "publish", "cleared",
    schedule
};

gov_err_t *
gov_edition_schedule(const gov_ctx_t *ctx, apr_int64_t edition,
                     const char *seen, apr_time_t due,
                     const gov_permit_t *permit, apr_pool_t *pool)
{
    turn_t turn = { .kind = &schedule_kind, .ctx = ctx, .edition = edition,
                    .seen = seen, .due = due, .permit = permit };

    if (due <= gov_now(ctx->clock))
        return gov_err_field("at", pool, "does not lie in the future");
    return run(&turn, pool);
}

static gov_err_t *
unschedule(turn_t *turn, gov_db_t *db, apr_pool_t *pool)
{
    GOV_TRY(set_state(turn, db, "cleared", pool));
    GOV_TRY(gov_sql_schedule_remove(NULL, db, turn->site, turn->edition,
                                    pool));
    GOV_TRY(gov_sql_steps_unschedule(NULL, db, turn->site, turn->edition,
                                     pool));
    return add_step(turn, db, false, pool);
}

static const kind_t unschedule_kind = {
    "unschedule", "edition.unschedule", GOV_ACTION_PUBLISH, "publish",
    "scheduled", unschedule
};

gov_err_t *
gov_edition_unschedule(const gov_ctx_t *ctx, apr_int64_t edition,
                       const gov_permit_t *permit, apr_pool_t *pool)
{
    turn_t turn = { .kind = &unschedule_kind, .ctx = ctx, .edition = edition,
                    .permit = permit };

    return run(&turn, pool);
}

static gov_err_t *
archive(turn_t *turn, gov_db_t *db, apr_pool_t *pool)
{
    GOV_TRY(set_state(turn, db, "archived", pool));
    return add_step(turn, db, false, pool);
}

static const kind_t archive_kind = {
    "archive", "edition.archive", GOV_ACTION_PUBLISH, "publish",
    "draft returned denied superseded withdrawn", archive
};

gov_err_t *
gov_edition_archive(const gov_ctx_t *ctx, apr_int64_t edition,
                    const char *remarks, const gov_permit_t *permit,
                    apr_pool_t *pool)
{
    turn_t turn = { .kind = &archive_kind, .ctx = ctx, .edition = edition,
                    .remarks = remarks, .permit = permit };

    return run(&turn, pool);
}

/* --- looking -------------------------------------------------------------- */

typedef struct look_t {
    const gov_ctx_t *ctx;
    const gov_permit_t *permit;
    apr_int64_t site;
    gov_step_edition_t *edition;
    apr_pool_t *pool;             /* of the answer */
} look_t;

static gov_err_t *
look(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    look_t *l = baton;
    gov_row_step_edition_t row;

    (void)scratch;
    GOV_TRY(gov_sql_step_edition(&row, db, l->site, l->edition->id, l->pool));
    l->edition->document = row.document_id;
    l->edition->lang = row.lang;
    l->edition->state = row.state;
    l->edition->title = row.title;
    l->edition->digest = gov_hex(row.digest.data, row.digest.len, l->pool);
    return NULL;
}

gov_err_t *
gov_edition_look(const gov_step_edition_t **edition, const gov_ctx_t *ctx,
                 apr_int64_t id, const gov_permit_t *permit, apr_pool_t *pool)
{
    look_t l = { .ctx = ctx, .permit = permit, .pool = pool,
                 .edition = apr_pcalloc(pool, sizeof(gov_step_edition_t)) };

    l.edition->id = id;
    GOV_TRY(gov_edition_place(&l.edition->site, &l.edition->column, ctx, id,
                              pool));
    GOV_TRY(gov_permit_check(permit, GOV_ACTION_READ, l.edition->site,
                             l.edition->column, pool));
    l.site = l.edition->site;
    GOV_TRY(gov_store_read(ctx->store, look, &l, pool));
    *edition = l.edition;
    return NULL;
}
