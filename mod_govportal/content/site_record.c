/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/site_record.c -- what a site says of itself, in each of its languages. */

#include <stddef.h>
#include <string.h>

#include "content_priv.h"
#include "gov_site_change.h"
#include "sql_content.h"

#define RECORD(field, member, most)                                           \
    { field, offsetof(gov_site_record_t, member), most }
#define WORDS(field, member, most)                                            \
    { field, offsetof(gov_site_words_t, member), most }

static const gov_content__text_t record_texts[] = {
    RECORD("code", code, 10), RECORD("icp", icp, 60),
    RECORD("police", police, 60), RECORD("sponsor", sponsor, 200),
    RECORD("operator", operator_, 200), RECORD("phone", phone, 60),
    RECORD("email", email, 200), RECORD("address", address, 300),
    RECORD("postcode", postcode, 20),
    RECORD("error-report", error_report, 500), { NULL, 0, 0 }
};
static const gov_content__text_t words_texts[] = {
    WORDS("title", title, 200), WORDS("legal-name", legal_name, 200),
    WORDS("slogan", slogan, 300), WORDS("description", description, 1000),
    WORDS("keywords", keywords, 500), WORDS("sponsor", sponsor, 200),
    WORDS("operator", operator_, 200), WORDS("phone", phone, 60),
    WORDS("address", address, 300), WORDS("logo-alt", logo_alt, 300),
    { NULL, 0, 0 }
};

typedef struct change_t {
    const gov_ctx_t *ctx;
    const gov_site_t *site;
    const char *lang;
    gov_site_record_t record;
    gov_site_words_t words;
    apr_pool_t *pool;             /* of what is read */
} change_t;

/* --- whatever the language ------------------------------------------------ */

static gov_err_t *
read_record(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    change_t *c = baton;
    gov_row_site_record_t row;

    (void)scratch;
    GOV_TRY(gov_sql_site_record(&row, db, c->site->id, c->pool));
    c->record.code = row.code;
    c->record.icp = row.icp;
    c->record.police = row.police;
    c->record.sponsor = row.sponsor;
    c->record.operator_ = row.operator_;
    c->record.phone = row.phone;
    c->record.email = row.email;
    c->record.address = row.address;
    c->record.postcode = row.postcode;
    c->record.error_report = row.error_report;
    return NULL;
}

gov_err_t *
gov_site_record(gov_site_record_t *record, const gov_ctx_t *ctx,
                const gov_site_t *site, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .site = site, .pool = pool };

    GOV_TRY(gov_store_read(ctx->store, read_record, &c, pool));
    *record = c.record;
    return NULL;
}

static bool
is_web(const char *url)
{
    return (!strncmp(url, "https://", 8) && url[8])
        || (!strncmp(url, "http://", 7) && url[7]);
}

static gov_err_t *
check_record(const gov_site_record_t *record, const gov_site_t *site,
             apr_pool_t *pool)
{
    if (record->code ? !gov_content__is_site_code(record->code)
        : strcmp(site->kind, "topic") != 0)
        return gov_err_field("code", pool,
                             "a site identification code has ten digits");
    if (record->postcode && !gov_content__is_digits(record->postcode))
        return gov_err_field("postcode", pool, "has digits only");
    if (record->email && !strchr(record->email, '@'))
        return gov_err_field("email", pool, "is no address");
    if (record->error_report && !is_web(record->error_report))
        return gov_err_field("error-report", pool,
                             "is no address of http or https");
    return NULL;
}

static gov_err_t *
set_record(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;
    const gov_site_record_t *now = &c->record;
    change_t was = { .site = c->site, .pool = pool };
    gov_buf_t *said = gov_buf_create(256, pool);
    apr_int64_t id = c->site->id;

    GOV_TRY(read_record(db, &was, pool));
    GOV_TRY(gov_content__site_lock(db, id, pool));
    gov_content__texts_changed(said, &was.record, now, record_texts, pool);
    if (!said->len)
        return NULL;
    GOV_TRY(gov_sql_site_set_record(
        NULL, db, now->code, now->icp, now->police, now->sponsor,
        now->operator_, now->phone, now->email, now->address, now->postcode,
        now->error_report, id, pool));
    return gov_content__structure_changed(db, c->ctx, "site.record", id, NULL,
                                          said->data, pool);
}

gov_err_t *
gov_site_set_record(const gov_ctx_t *ctx, const gov_site_t *site,
                    const gov_site_record_t *record,
                    const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .site = site, .record = *record };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, site->id, 0, pool));
    GOV_TRY(gov_content__tidy(&c.record, record_texts, pool));
    GOV_TRY(check_record(&c.record, site, pool));
    return gov_store_tx(ctx->store, set_record, &c, pool);
}

/* --- in one language ------------------------------------------------------ */

static gov_err_t *
read_words(gov_db_t *db, void *baton, apr_pool_t *scratch)
{
    change_t *c = baton;
    gov_row_site_words_t row;

    (void)scratch;
    GOV_TRY(gov_sql_site_words(&row, db, c->site->id, c->lang, c->pool));
    c->words.title = row.title;
    c->words.legal_name = row.legal_name;
    c->words.slogan = row.slogan;
    c->words.description = row.description;
    c->words.keywords = row.keywords;
    c->words.sponsor = row.sponsor;
    c->words.operator_ = row.operator_;
    c->words.phone = row.phone;
    c->words.address = row.address;
    c->words.logo_alt = row.logo_alt;
    return NULL;
}

static gov_err_t *
own_language(const gov_site_lang_t **result, const gov_site_t *site,
             const char *lang, apr_pool_t *pool)
{
    *result = gov_site_lang(site, lang);
    if (*result && !(*result)->derived_from)
        return NULL;
    return gov_err(GOV_E_NOT_FOUND, NULL, pool,
                   "site %s says nothing of its own in \"%s\"", site->slug,
                   lang);
}

gov_err_t *
gov_site_words(gov_site_words_t *words, const gov_ctx_t *ctx,
               const gov_site_t *site, const char *lang, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .site = site, .lang = lang, .pool = pool };
    const gov_site_lang_t *own;

    GOV_TRY(own_language(&own, site, lang, pool));
    GOV_TRY(gov_store_read(ctx->store, read_words, &c, pool));
    *words = c.words;
    return NULL;
}

static gov_err_t *
set_words(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;
    const gov_site_words_t *now = &c->words;
    change_t was = { .site = c->site, .lang = c->lang, .pool = pool };
    gov_buf_t *said = gov_buf_create(256, pool);
    apr_int64_t id = c->site->id;

    GOV_TRY(gov_content__site_lock(db, id, pool));
    GOV_TRY(read_words(db, &was, pool));
    gov_content__texts_changed(said, &was.words, now, words_texts, pool);
    if (!said->len)
        return NULL;
    GOV_TRY(gov_sql_site_set_words(
        NULL, db, now->title, now->legal_name, now->slogan, now->description,
        now->keywords, now->sponsor, now->operator_, now->phone, now->address,
        now->logo_alt, id, c->lang, pool));
    return gov_content__structure_changed(
        db, c->ctx, "site.words", id, NULL,
        apr_pstrcat(pool, c->lang, ": ", said->data, NULL), pool);
}

gov_err_t *
gov_site_set_words(const gov_ctx_t *ctx, const gov_site_t *site,
                   const char *lang, const gov_site_words_t *words,
                   const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t c = { .ctx = ctx, .site = site, .lang = lang, .words = *words };
    const gov_site_lang_t *own;

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, site->id, 0, pool));
    GOV_TRY(own_language(&own, site, lang, pool));
    GOV_TRY(gov_content__tidy(&c.words, words_texts, pool));
    if (!c.words.title)
        return gov_err_field("title", pool, "is missing");
    if (!c.words.legal_name
        && own == &APR_ARRAY_IDX(site->languages, 0, gov_site_lang_t))
        return gov_err_field("legal-name", pool, "is missing in the site's "
                             "first language");
    return gov_store_tx(ctx->store, set_words, &c, pool);
}
