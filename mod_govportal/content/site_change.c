/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/site_change.c -- changing what a site is like. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "content_priv.h"
#include "gov_site_change.h"
#include "sql_content.h"

#define CONTRAST 4.5              /* of small letters: WCAG 2.1, 1.4.3 */

typedef struct change_t {
    const gov_ctx_t *ctx;
    const gov_site_t *site;
    const char *theme, *accent;
} change_t;

static gov_err_t *
set_theme(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;
    apr_int64_t id = c->site->id;

    GOV_TRY(gov_content__not_frozen(db, id, pool));
    GOV_TRY(gov_sql_site_set_theme(NULL, db, c->theme, id, pool));
    GOV_TRY(gov_audit_add(db, c->ctx, "site.theme", id,
                          apr_psprintf(pool, "site:%" APR_INT64_T_FMT, id),
                          true, c->theme, pool));
    return gov_event_add(db, "site.changed", id, id,
                         apr_psprintf(pool, "structure site:%" APR_INT64_T_FMT,
                                      id), pool);
}

gov_err_t *
gov_site_set_theme(const gov_ctx_t *ctx, const gov_site_t *site,
                   const char *theme, const gov_permit_t *permit,
                   apr_pool_t *pool)
{
    change_t baton = { ctx, site, theme, NULL };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, site->id, 0, pool));
    if (!gov_text_is_slug(theme))
        return gov_err_field("theme", pool, "\"%s\" is not the name of a theme",
                             theme);
    return gov_store_tx(ctx->store, set_theme, &baton, pool);
}

static gov_err_t *
set_look(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;
    gov_buf_t *said = gov_buf_create(64, pool);
    apr_int64_t id = c->site->id;
    gov_row_site_record_t was;

    GOV_TRY(gov_sql_site_record(&was, db, id, pool));
    GOV_TRY(gov_content__not_frozen(db, id, pool));
    gov_content__changed(said, "theme", was.theme, c->theme, pool);
    gov_content__changed(said, "accent", was.accent, c->accent, pool);
    if (!said->len)
        return NULL;
    GOV_TRY(gov_sql_site_set_look(NULL, db, c->theme, c->accent, id, pool));
    return gov_content__structure_changed(db, c->ctx, "site.look", id, NULL,
                                          said->data, pool);
}

/* Of the two digits at TEXT, in linear light (WCAG 2.1, relative luminance). */
static double
light(const char *text)
{
    char digits[3] = { text[0], text[1], '\0' };
    double value = (double)strtol(digits, NULL, 16) / 255.0;

    return value <= 0.03928 ? value / 12.92
                            : pow((value + 0.055) / 1.055, 2.4);
}

/* Can white letters be read on it? */
static bool
is_dark(const char *colour)
{
    double luminance = 0.2126 * light(colour + 1) + 0.7152 * light(colour + 3)
        + 0.0722 * light(colour + 5);

    return 1.05 / (luminance + 0.05) >= CONTRAST;
}

gov_err_t *
gov_site_set_look(const gov_ctx_t *ctx, const gov_site_t *site,
                  const char *theme, const char *accent,
                  const gov_permit_t *permit, apr_pool_t *pool)
{
    change_t c = { ctx, site, theme, accent };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, site->id, 0, pool));
    if (!gov_text_is_slug(theme))
        return gov_err_field("theme", pool, "\"%s\" is not the name of a theme",
                             theme);
    if (!gov_content__is_colour(accent) || !is_dark(accent))
        return gov_err_field("accent", pool, "%s is no colour #rrggbb on which "
                             "white letters can be read", accent);
    return gov_store_tx(ctx->store, set_look, &c, pool);
}

static gov_err_t *
announce(gov_db_t *db, void *baton, apr_pool_t *pool)
{
    const change_t *c = baton;

    GOV_TRY(gov_audit_add(db, c->ctx, "looks.reload", 0, "group", true, NULL,
                          pool));
    return gov_event_add(db, "looks.changed", 0, 0, "looks", pool);
}

gov_err_t *
gov_looks_announce(const gov_ctx_t *ctx, const gov_permit_t *permit,
                   apr_pool_t *pool)
{
    change_t baton = { .ctx = ctx };

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_MANAGE, 0, 0, pool));
    return gov_store_tx(ctx->store, announce, &baton, pool);
}
