/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* content/change.c -- what changes of the structure have in common: tidy texts, and
   an audit row that says what was changed from what to what. */

#include <string.h>

#include "content_priv.h"

#define TOLD 200                  /* characters of a text in the audit */

static bool
same(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

static const char *
told(const char *text, apr_pool_t *pool)
{
    return text ? apr_pstrcat(pool, "\"", gov_text_cut(text, TOLD, pool), "\"",
                              NULL) : "-";
}

void
gov_content__changed(gov_buf_t *said, const char *field, const char *was,
                     const char *now, apr_pool_t *pool)
{
    if (!same(was, now))
        gov_buf_printf(said, "%s%s: %s -> %s", said->len ? "; " : "", field,
                       told(was, pool), told(now, pool));
}

void
gov_content__changed_int(gov_buf_t *said, const char *field, int was, int now,
                         apr_pool_t *pool)
{
    (void)pool;
    if (was != now)
        gov_buf_printf(said, "%s%s: %d -> %d", said->len ? "; " : "", field,
                       was, now);
}

static const char *
text_of(const void *at, const gov_content__text_t *text)
{
    const char *value;

    memcpy(&value, (const char *)at + text->at, sizeof(value));
    return value;
}

gov_err_t *
gov_content__tidy(void *at, const gov_content__text_t *texts, apr_pool_t *pool)
{
    const gov_content__text_t *text;

    for (text = texts; text->field; text++) {
        const char *value = text_of(at, text);

        if (value)
            value = gov_text_fold(value, pool);
        if (value && !*value)
            value = NULL;
        if (value && !gov_text_valid(value, strlen(value)))
            return gov_err_field(text->field, pool, "is not text");
        if (value && gov_text_length(value) > text->most)
            return gov_err_field(text->field, pool, "has more than %d "
                                 "characters", (int)text->most);
        memcpy((char *)at + text->at, &value, sizeof(value));
    }
    return NULL;
}

void
gov_content__texts_changed(gov_buf_t *said, const void *was, const void *now,
                           const gov_content__text_t *texts, apr_pool_t *pool)
{
    const gov_content__text_t *text;

    for (text = texts; text->field; text++)
        gov_content__changed(said, text->field, text_of(was, text),
                             text_of(now, text), pool);
}

gov_err_t *
gov_content__structure_changed(gov_db_t *db, const gov_ctx_t *ctx,
                               const char *action, apr_int64_t site,
                               const char *object, const char *detail,
                               apr_pool_t *pool)
{
    const char *of = apr_psprintf(pool, "site:%" APR_INT64_T_FMT, site);

    GOV_TRY(gov_audit_add(db, ctx, action, site, object ? object : of, true,
                          detail, pool));
    return gov_event_add(db, "site.changed", site, site,
                         apr_pstrcat(pool, "structure ", of, NULL), pool);
}

bool
gov_content__is_digits(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

bool
gov_content__is_site_code(const char *text)
{
    return gov_content__is_digits(text) && strlen(text) == 10;
}

bool
gov_content__is_colour(const char *text)
{
    return text[0] == '#' && strlen(text) == 7
        && strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}
