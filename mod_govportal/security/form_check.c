/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* form_check.c -- what each kind of field wants of a value. */

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "form_priv.h"

#define DIGITS "0123456789"
#define MB (1024 * 1024)

/* --- tidying -------------------------------------------------------------- */

/* Characters that change the order of those around them: a line that shows in one
   order and is stored in another deceives whoever reads it. */
static bool
turns_text(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;

    return u[0] == 0xE2 && ((u[1] == 0x80 && u[2] >= 0xAA && u[2] <= 0xAE)
                            || (u[1] == 0x81 && u[2] >= 0xA6 && u[2] <= 0xA9));
}

static const char *
one_line(const char *text, apr_pool_t *pool)
{
    char *out = apr_palloc(pool, strlen(text) + 1), *to = out;

    while (*text)
        if (turns_text(text))
            text += 3;
        else
            *to++ = *text++;
    *to = '\0';
    return gov_text_fold(out, pool);
}

/* Empty lines before it and blanks behind it go; indentation (which may be
   U+3000) stays. */
static const char *
several_lines(const char *text, apr_pool_t *pool)
{
    char *out = apr_palloc(pool, strlen(text) + 1), *to = out;
    const char *p;

    for (p = text; *p; p++) {
        if (*p == '\r' && p[1] == '\n')
            continue;
        *to++ = *p == '\r' ? '\n' : *p;
    }
    for (;;) {
        if (to > out && strchr(" \t\n", to[-1]))
            to--;
        else if (to - out >= 3 && !memcmp(to - 3, "\xE3\x80\x80", 3))
            to -= 3;
        else
            break;
    }
    *to = '\0';
    while (*out == '\n')
        out++;
    return out;
}

/* U+FF01 to U+FF5E, which Chinese input methods make, as U+0021 to U+007E, and
   U+3002 as the dot that the same key makes. */
static const char *
narrow(const char *text, apr_pool_t *pool)
{
    const unsigned char *p = (const unsigned char *)text;
    char *out = apr_palloc(pool, strlen(text) + 1), *to = out;

    while (*p) {
        if (p[0] == 0xEF && p[1] == 0xBC && p[2] >= 0x81)
            *to++ = (char)(p[2] - 0x81 + '!');
        else if (p[0] == 0xEF && p[1] == 0xBD && p[2] <= 0x9E)
            *to++ = (char)(p[2] - 0x80 + '`');
        else if (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x82)
            *to++ = '.';
        else {
            *to++ = (char)*p++;
            continue;
        }
        p += 3;
    }
    *to = '\0';
    return out;
}

const char *
gov_form__tidy(const gov_form_field_t *field, const char *typed,
               apr_pool_t *pool)
{
    switch (field->kind) {
    case GOV_FORM_PASSWORD:
        return apr_pstrdup(pool, typed);
    case GOV_FORM_TEXT:
        return several_lines(typed, pool);
    case GOV_FORM_LINE:
    case GOV_FORM_CHOICE:
    case GOV_FORM_FLAG:
        return one_line(typed, pool);
    default:
        return narrow(one_line(typed, pool), pool);
    }
}

/* --- bounds --------------------------------------------------------------- */

static const char *
number_text(apr_int64_t n, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%" APR_INT64_T_FMT, n);
}

static const char *
day_text(apr_int64_t day, apr_pool_t *pool)
{
    return apr_psprintf(pool, "%04d-%02d-%02d", (int)(day / 10000),
                        (int)(day / 100 % 100), (int)(day % 100));
}

static bool
is_bounded(const gov_form_field_t *field)
{
    return field->least != 0 || field->most != 0;
}

static bool
check_length(form_value_t *value, const char *text, apr_pool_t *pool)
{
    apr_int64_t chars = (apr_int64_t)gov_text_length(text);
    apr_int64_t most = gov_form_most(value->field);

    if (most && chars > most)
        gov_form__mistake(value, "too-long", number_text(most, pool), pool);
    else if (chars < value->field->least)
        gov_form__mistake(value, "too-short",
                          number_text(value->field->least, pool), pool);
    return value->mistakes->nelts == 0;
}

/* --- kinds ---------------------------------------------------------------- */

static const char *
number_value(form_value_t *value, const char *text, apr_pool_t *pool)
{
    const gov_form_field_t *field = value->field;
    const char *digits = text + (*text == '-');
    apr_size_t len = strlen(digits);

    if (len == 0 || len > 18 || strspn(digits, DIGITS) != len) {
        gov_form__mistake(value, "not-a-number", NULL, pool);
        return NULL;
    }
    value->number = apr_atoi64(text);
    if (is_bounded(field) && value->number < field->least)
        gov_form__mistake(value, "too-small", number_text(field->least, pool),
                          pool);
    else if (is_bounded(field) && value->number > field->most)
        gov_form__mistake(value, "too-large", number_text(field->most, pool),
                          pool);
    return number_text(value->number, pool);
}

/* Year, month and day, parted by '-', '/', '.' or the characters for year, month
   and day. */
static bool
read_day(gov_date_t *date, const char *text, apr_pool_t *pool)
{
    static const char *const marks[] = { "-", "/", ".", "\xE5\xB9\xB4",
                                         "\xE6\x9C\x88", "\xE6\x97\xA5" };
    int part[3] = { 0 }, n = 0;
    apr_size_t len, i;

    for (;;) {
        len = strspn(text, DIGITS);
        if (len == 0 || len > 4)
            return false;
        part[n++] = atoi(text);
        text += len;
        for (i = 0; i < 6 && strncmp(text, marks[i], strlen(marks[i])); i++)
            ;
        if (n == 3) {
            if (i == 5)
                text += 3;
            break;
        }
        if (i == 5 || i == 6)
            return false;
        text += strlen(marks[i]);
    }
    return !*text && part[1] < 100 && part[2] < 100
        && !gov_date_parse(date, apr_psprintf(pool, "%04d-%02d-%02d", part[0],
                                              part[1], part[2]), pool);
}

static const char *
date_value(form_value_t *value, const char *text, apr_pool_t *pool)
{
    const gov_form_field_t *field = value->field;
    apr_int64_t day;

    if (!read_day(&value->date, text, pool)) {
        gov_form__mistake(value, "not-a-date", NULL, pool);
        return NULL;
    }
    day = value->date.year * 10000 + value->date.month * 100 + value->date.day;
    if (field->least && day < field->least)
        gov_form__mistake(value, "too-early", day_text(field->least, pool),
                          pool);
    else if (field->most && day > field->most)
        gov_form__mistake(value, "too-late", day_text(field->most, pool),
                          pool);
    return day_text(day, pool);
}

static bool
is_dotted(const char *text, apr_size_t len, const char *others)
{
    apr_size_t i;

    if (len == 0 || text[0] == '.' || text[len - 1] == '.')
        return false;
    for (i = 0; i < len; i++) {
        if (text[i] == '.' ? text[i + 1] == '.'
                           : !apr_isalnum(text[i]) && !strchr(others, text[i]))
            return false;
        if ((unsigned char)text[i] >= 0x80)
            return false;
    }
    return true;
}

/* RFC 5321 4.1.2 without quoted strings and address literals. */
static bool
is_email(const char *text, apr_pool_t *pool)
{
    const char *at = strchr(text, '@'), *host;

    return at && at - text <= 64
        && is_dotted(text, (apr_size_t)(at - text), "!#$%&'*+/=?^_`{|}~-")
        && is_dotted(at + 1, strlen(at + 1), "-") && strchr(at + 1, '.')
        && at[1] != '-' && !strstr(at, "-.") && !strstr(at, ".-")
        && at[strlen(at) - 1] != '-' && !gov_url_host(&host, at + 1, pool);
}

static const char *
phone_value(form_value_t *value, const char *text, apr_pool_t *pool)
{
    char *out = apr_palloc(pool, strlen(text) + 1), *to = out;
    const char *p = text;
    apr_size_t len;

    if (*p == '+')
        *to++ = *p++;
    for (; *p; p++)
        if (!strchr(" -()", *p))
            *to++ = *p;
    *to = '\0';
    len = strlen(out + (*out == '+'));
    if (len >= 3 && len <= 15 && strspn(out + (*out == '+'), DIGITS) == len)
        return out;
    gov_form__mistake(value, "not-a-phone", NULL, pool);
    return NULL;
}

/* GB 11643-1999: a region, a birthday, a number, and a check character by
   ISO 7064 MOD 11-2. */
static const char *
id_value(form_value_t *value, const char *text, apr_pool_t *pool)
{
    static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5,
                                   8, 4, 2 };
    char *out = apr_pstrdup(pool, text);
    gov_date_t born;
    int i, sum = 0;

    if (strlen(out) == 18 && strspn(out, DIGITS) >= 17) {
        out[17] = (char)apr_toupper(out[17]);
        for (i = 0; i < 17; i++)
            sum += (out[i] - '0') * weights[i];
        if (out[17] == "10X98765432"[sum % 11] && out[0] != '0'
            && !gov_date_parse(&born, apr_psprintf(pool, "%.4s-%.2s-%.2s",
                                                   out + 6, out + 10, out + 12),
                               pool)
            && born.year >= 1850)
            return out;
    }
    gov_form__mistake(value, "not-an-id-number", NULL, pool);
    return NULL;
}

static bool
is_url(const char *text, apr_pool_t *pool)
{
    const char *host, *end;

    if (strncasecmp(text, "http://", 7) && strncasecmp(text, "https://", 8))
        return false;
    if (strpbrk(text, " \\<>\"^`{|}"))
        return false;
    text = strstr(text, "//") + 2;
    end = text + strcspn(text, "/?#");
    host = apr_pstrmemdup(pool, text, (apr_size_t)(end - text));
    return !gov_url_host(&host, host, pool);
}

/* --- several -------------------------------------------------------------- */

static bool
check_count(form_value_t *value, int count, apr_int64_t most,
            apr_pool_t *pool)
{
    const gov_form_field_t *field = value->field;

    if (field->multiple && count < field->least)
        gov_form__mistake(value, "too-few", number_text(field->least, pool),
                          pool);
    else if (field->multiple && most && count > most)
        gov_form__mistake(value, "too-many", number_text(most, pool), pool);
    return value->mistakes->nelts == 0;
}

static bool
is_choice(const gov_form_field_t *field, const char *text)
{
    const gov_form_choice_t *choice;

    for (choice = field->choices; choice && choice->value; choice++)
        if (!strcmp(choice->value, text))
            return true;
    return false;
}

/* What is not on the list is not shown again either: it was not typed by a
   person. */
static void
check_choices(form_value_t *value, apr_pool_t *pool)
{
    apr_array_header_t *known = apr_array_make(pool, value->typed->nelts + 1,
                                               sizeof(const char *));
    bool strange = false;
    int i, k;

    for (i = 0; i < value->typed->nelts; i++) {
        const char *text = APR_ARRAY_IDX(value->typed, i, const char *);

        if (!*text)
            continue;
        for (k = 0; k < known->nelts; k++)
            if (!strcmp(APR_ARRAY_IDX(known, k, const char *), text))
                break;
        if (k == known->nelts && is_choice(value->field, text))
            APR_ARRAY_PUSH(known, const char *) = text;
        else
            strange = true;
    }
    value->typed = known;
    if (strange)
        gov_form__mistake(value, "not-a-choice", NULL, pool);
    else if (known->nelts == 0) {
        if (value->field->required)
            gov_form__mistake(value, "missing", NULL, pool);
    }
    else if (check_count(value, known->nelts, value->field->most, pool))
        value->text = APR_ARRAY_IDX(known, 0, const char *);
}

/* Bytes as megabytes: "2", "0.5". */
static const char *
megabytes(apr_int64_t bytes, apr_pool_t *pool)
{
    if (bytes % MB == 0)
        return number_text(bytes / MB, pool);
    return apr_psprintf(pool, "%.1f", (double)bytes / MB);
}

static void
check_files(form_value_t *value, const gov_form_limits_t *limits,
            apr_pool_t *pool)
{
    const gov_form_field_t *field = value->field;
    apr_int64_t bytes = field->bytes && field->bytes < limits->file
        ? field->bytes : limits->file;

    if (value->large)
        gov_form__mistake(value, "file-too-large", megabytes(bytes, pool),
                          pool);
    else if (value->vacant)
        gov_form__mistake(value, "file-empty", NULL, pool);
    else if (value->files->nelts == 0) {
        if (field->required)
            gov_form__mistake(value, "missing", NULL, pool);
    }
    else
        check_count(value, value->files->nelts, field->most ? field->most : 10,
                    pool);
    if (value->mistakes->nelts)
        apr_array_clear(value->files);
}

/* --- all ------------------------------------------------------------------ */

static void
check_flag(form_value_t *value, const char *text, apr_pool_t *pool)
{
    if (!*text) {
        if (value->field->required)
            gov_form__mistake(value, "missing", NULL, pool);
    }
    else if (strcmp(text, "yes") && strcmp(text, "on"))
        gov_form__mistake(value, "not-a-choice", NULL, pool);
    else
        value->text = "yes";
}

/* What TEXT, which is not empty, means; NULL: it is wrong. */
static const char *
meaning(form_value_t *value, const char *text, apr_pool_t *pool)
{
    switch (value->field->kind) {
    case GOV_FORM_NUMBER:
        return number_value(value, text, pool);
    case GOV_FORM_DATE:
        return date_value(value, text, pool);
    case GOV_FORM_PHONE:
        return phone_value(value, text, pool);
    case GOV_FORM_ID_NUMBER:
        return id_value(value, text, pool);
    case GOV_FORM_EMAIL:
        if (is_email(text, pool))
            return text;
        gov_form__mistake(value, "not-an-email", NULL, pool);
        return NULL;
    case GOV_FORM_URL:
        if (is_url(text, pool))
            return text;
        gov_form__mistake(value, "not-a-url", NULL, pool);
        return NULL;
    default:
        return text;
    }
}

static bool
is_measured(const gov_form_field_t *field)
{
    return field->kind != GOV_FORM_NUMBER && field->kind != GOV_FORM_DATE
        && field->kind != GOV_FORM_ID_NUMBER;
}

void
gov_form__check(form_value_t *value, const gov_form_limits_t *limits,
                apr_pool_t *pool)
{
    const char *text = "", *meant;

    if (value->field->kind == GOV_FORM_CHOICE) {
        check_choices(value, pool);
        return;
    }
    if (value->field->kind == GOV_FORM_FILE) {
        check_files(value, limits, pool);
        return;
    }
    if (value->typed->nelts)
        text = APR_ARRAY_IDX(value->typed, 0, const char *);
    if (value->field->kind == GOV_FORM_FLAG)
        check_flag(value, text, pool);
    else if (*text) {
        if (is_measured(value->field) && !check_length(value, text, pool))
            return;
        meant = meaning(value, text, pool);
        if (value->mistakes->nelts == 0)
            value->text = meant;
    }
    else if (value->field->required)
        gov_form__mistake(value, "missing", NULL, pool);
}
