/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* form_read.c -- from a body to values. */

#include <string.h>
#include <strings.h>

#include "form_priv.h"

#define CHUNK 8192
#define NAME_MOST 100

gov_err_t *
gov_form__feed(form_feed_t *feed, char *buf, apr_size_t *len, apr_pool_t *pool)
{
    apr_size_t room = *len;

    *len = 0;
    if (feed->ended || !feed->body->read)
        return NULL;
    /* one more than is allowed tells that there is more */
    if ((apr_int64_t)room > feed->left + 1)
        room = (apr_size_t)feed->left + 1;
    *len = room;
    GOV_TRY(feed->body->read(feed->body->baton, buf, len));
    gov_assert(*len <= room);
    feed->ended = *len == 0;
    feed->left -= (apr_int64_t)*len;
    if (feed->left < 0)
        return gov_err(GOV_E_TOO_LARGE, NULL, pool,
                       "the body is larger than the form's limit");
    return NULL;
}

gov_err_t *
gov_form__text(const char **text, const char *data, apr_size_t len,
               apr_pool_t *pool)
{
    if (!gov_text_utf8(data, len))
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "the form is not valid UTF-8 text");
    *text = gov_text_valid(data, len) ? apr_pstrmemdup(pool, data, len)
                                      : gov_text_repair(data, len, pool);
    return NULL;
}

gov_err_t *
gov_form__take(gov_intake_t *intake, const char *name, const char *data)
{
    form_value_t *value = gov_form__value(intake, name);
    bool again = apr_table_get(intake->raw, name) != NULL;

    if (strlen(name) > NAME_MOST)
        return gov_err(GOV_E_INVALID, NULL, intake->pool,
                       "a field's name is too long");
    /* browsers put the form's encoding there (HTML, 4.10.19.1) */
    if (!strcmp(name, "_charset_") && strcasecmp(data, "utf-8"))
        return gov_err(GOV_E_INVALID, NULL, intake->pool,
                       "the form is not in UTF-8");
    if (value && value->field->kind == GOV_FORM_FILE)
        return gov_err_field(value->field->name, intake->pool,
                             "a text instead of a file");
    if (again && (value ? !value->field->multiple : *name == '_'))
        return gov_err_field(apr_pstrdup(intake->pool, name), intake->pool,
                             "two values where one belongs");
    if (!again)
        apr_table_set(intake->raw, name, data);
    if (!value)
        return NULL;
    data = gov_form__tidy(value->field, data, intake->pool);
    if (*data || !value->field->multiple)
        APR_ARRAY_PUSH(value->typed, const char *) = data;
    return NULL;
}

/* --- application/x-www-form-urlencoded ------------------------------------ */

/* Before anything is decoded: how many, and how long. */
static gov_err_t *
measure(const char *data, apr_size_t len, const gov_form_limits_t *limits,
        apr_pool_t *pool)
{
    const char *end = data + len;
    int parts = 0;

    while (data < end) {
        const char *stop = memchr(data, '&', (apr_size_t)(end - data));

        if (!stop)
            stop = end;
        if (++parts > limits->parts)
            return gov_err(GOV_E_TOO_LARGE, NULL, pool,
                           "the form has too many fields");
        /* percent-encoding makes it three times as long */
        if ((apr_size_t)(stop - data) / 3 > limits->field)
            return gov_err(GOV_E_TOO_LARGE, NULL, pool,
                           "a value is too long");
        data = stop + 1;
    }
    return NULL;
}

static gov_err_t *
urlencoded(gov_intake_t *intake, form_feed_t *feed,
           const gov_form_limits_t *limits)
{
    gov_buf_t *all = gov_buf_create(CHUNK, intake->pool);
    const apr_array_header_t *list;
    apr_table_t *pairs;
    int i;

    do {
        apr_size_t len = CHUNK;
        char *room = gov_buf_room(all, len);

        GOV_TRY(gov_form__feed(feed, room, &len, intake->pool));
        all->len += len;
        all->data[all->len] = '\0';
    } while (!feed->ended && feed->body->read);
    GOV_TRY(measure(all->data, all->len, limits, intake->pool));
    GOV_TRY(gov_url_query(&pairs, all->data, all->len, limits->parts,
                          intake->pool));
    list = apr_table_elts(pairs);
    for (i = 0; i < list->nelts; i++) {
        const apr_table_entry_t *at =
            &APR_ARRAY_IDX(list, i, apr_table_entry_t);

        GOV_TRY(gov_form__take(intake, at->key, at->val));
    }
    return NULL;
}

/* --- either --------------------------------------------------------------- */

/* Is TYPE the media type NAME, with no charset but UTF-8? */
static bool
is_type(const char *type, const char *name)
{
    apr_size_t len = strlen(name);
    const char *charset;

    if (strncasecmp(type, name, len) || !strchr("; \t", type[len]))
        return false;
    charset = strcasestr(type + len, "charset=");
    if (!charset)
        return true;
    charset += 8 + (charset[8] == '"');
    return !strncasecmp(charset, "utf-8", 5) && !apr_isalnum(charset[5]);
}

gov_err_t *
gov_form_read(gov_intake_t **result, const gov_form_t *form,
              const gov_body_t *body, const gov_form_limits_t *limits,
              const char *dir, apr_pool_t *pool)
{
    gov_intake_t *intake = gov_intake_blank(form, pool);
    const char *type = body->content_type ? body->content_type : "";
    form_feed_t feed = { body, limits->body, false };
    int i;

    if (body->length > limits->body)
        return gov_err(GOV_E_TOO_LARGE, NULL, pool,
                       "%" APR_INT64_T_FMT " bytes; the form takes %"
                       APR_INT64_T_FMT, body->length, limits->body);
    if (is_type(type, "application/x-www-form-urlencoded"))
        GOV_TRY(urlencoded(intake, &feed, limits));
    else if (is_type(type, "multipart/form-data"))
        GOV_TRY(gov_form__multipart(intake, type, &feed, limits, dir));
    else
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "a form of type %.60s is not read", type);
    for (i = 0; i < intake->count; i++)
        gov_form__check(&intake->values[i], limits, pool);
    *result = intake;
    return NULL;
}
