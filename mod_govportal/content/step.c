/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/step.c -- what was done to an edition, by whom: rows of
   gov_edition_step. */

#include "gov_history.h"
#include "workflow_priv.h"

/* Who is who, whatever they are called today. */
static const char *
identity(const gov_actor_t *actor, apr_pool_t *pool)
{
    if (actor->person)
        return apr_psprintf(pool, "person:%" APR_INT64_T_FMT, actor->person);
    return actor->name;
}

gov_err_t *
gov_content__step(apr_int64_t *id, gov_db_t *db, const gov_ctx_t *ctx,
                  const gov_content__step_t *step, const gov_permit_t *permit,
                  apr_pool_t *pool)
{
    const gov_actor_t *actor = gov_permit_actor(permit);
    bool clears = step->verdict != NULL;
    const char *who = step->actor ? apr_pstrcat(pool, "named:", step->actor,
                                                NULL)
                                  : identity(actor, pool);
    gov_err_t *err;

    if (step->anew)
        GOV_TRY(gov_sql_steps_release(NULL, db, step->site, step->edition, who,
                                      pool));
    err = gov_sql_step_insert(id, db, step->site, step->document, step->edition,
                              step->what, gov_now(ctx->clock),
                              step->actor ? step->actor : actor->name,
                              step->actor ? 0 : actor->person,
                              step->actor ? NULL : actor->address,
                              step->verdict, step->basis, step->remarks,
                              step->digest, step->signs ? who : NULL,
                              step->posts ? who : NULL, clears ? 1 : 0, pool);
    if (err && err->code == GOV_E_CONFLICT)
        return gov_err(GOV_E_CONFLICT, err, pool,
                       "%s has signed edition %" APR_INT64_T_FMT " already: "
                       "who wrote, who reviewed, who cleared it are different "
                       "people", actor->name, step->edition);
    return err;
}

gov_err_t *
gov_content__step_write(apr_int64_t *id, gov_db_t *db, const gov_ctx_t *ctx,
                        apr_int64_t site, apr_int64_t document,
                        apr_int64_t edition, gov_bytes_t digest, bool again,
                        const char *remarks, const gov_permit_t *permit,
                        apr_pool_t *pool)
{
    gov_content__step_t step = { .site = site, .document = document,
                                 .edition = edition, .what = "write",
                                 .digest = digest, .signs = true,
                                 .posts = true, .anew = again,
                                 .remarks = remarks };

    return gov_content__step(id, db, ctx, &step, permit, pool);
}

static gov_err_t *
find(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    gov_content__where_t *where = baton;
    gov_row_edition_where_t row;

    GOV_TRY(gov_sql_edition_where(&row, db, where->edition, pool));
    where->document = row.document_id;
    where->site = row.site_id;
    where->column = row.column_id;
    return NULL;
}

gov_err_t *
gov_content__where(gov_content__where_t *where, const gov_ctx_t *ctx,
                   apr_pool_t *pool)
{
    gov_err_t *err = gov_store_read(ctx->store, find, where, pool);

    if (err)
        return gov_err(err->code, err->code == GOV_E_NOT_FOUND ? NULL : err,
                       pool, "there is no edition %" APR_INT64_T_FMT,
                       where->edition);
    return NULL;
}

typedef struct question_t {
    const gov_ctx_t *ctx;
    apr_int64_t site, document, column;
    apr_array_header_t *steps;
    apr_pool_t *pool;             /* of the answer */
} question_t;

static gov_err_t *
read_steps(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    question_t *q = baton;
    gov_row_document_record_t record;
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_document_record(&record, db, q->site, q->document,
                                    scratch));
    q->column = record.column_id;
    GOV_TRY(gov_sql_steps_of_document(&rows, db, q->site, q->document,
                                      q->pool));
    q->steps = apr_array_make(q->pool, rows->nelts + 1, sizeof(gov_step_t));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_steps_of_document_t *from =
            &APR_ARRAY_IDX(rows, i, gov_row_steps_of_document_t);
        gov_step_t *to = apr_array_push(q->steps);

        to->id = from->id;
        to->edition = from->edition_id;
        to->lang = from->lang;
        to->version = (int)from->version;
        to->what = from->what;
        to->at = from->at;
        to->actor = from->actor;
        to->person = from->person_id;
        to->address = from->address;
        to->verdict = from->verdict;
        to->basis = from->basis;
        to->remarks = from->remarks;
        to->digest = gov_hex(from->digest.data, from->digest.len, q->pool);
        to->valid = from->valid;
    }
    return NULL;
}

gov_err_t *
gov_document_steps(apr_array_header_t **steps, const gov_ctx_t *ctx,
                   apr_int64_t document, const gov_permit_t *permit,
                   apr_pool_t *pool)
{
    question_t q = { .ctx = ctx, .document = document, .pool = pool };
    const gov_site_t *site;

    GOV_TRY(gov_document_site(&site, ctx, document, pool));
    q.site = site->id;
    GOV_TRY(gov_store_read(ctx->store, read_steps, &q, pool));
    GOV_TRY(gov_permit_check(permit, GOV_ACTION_READ, site->id, q.column,
                             pool));
    *steps = q.steps;
    return NULL;
}
