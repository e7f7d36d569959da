/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* err.c -- error chains in pools. */

#include <stdio.h>
#include <stdlib.h>

#include "base_priv.h"

static const char *const names[] = {
    "GOV_E_NONE",
#define NAME(name, key) "GOV_E_" #name,
    GOV_ERR_CODES(NAME)
#undef NAME
};

static const char *const keys[] = {
    "error.none",
#define KEY(name, key) key,
    GOV_ERR_CODES(KEY)
#undef KEY
};

const char *
gov_err_name(gov_code_t code)
{
    return (unsigned)code < GOV_E__COUNT ? names[code] : "GOV_E_?";
}

const char *
gov_err_key(gov_code_t code)
{
    return (unsigned)code < GOV_E__COUNT ? keys[code] : keys[GOV_E_INTERNAL];
}

char *
gov_base__vformat(apr_pool_t *pool, const char *fmt, va_list args)
{
    char small[256];
    char *text;
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(small, sizeof(small), fmt, args);
    gov_assert(len >= 0);
    if ((size_t)len < sizeof(small))
        text = apr_pstrmemdup(pool, small, len);
    else {
        text = apr_palloc(pool, (apr_size_t)len + 1);
        vsnprintf(text, (size_t)len + 1, fmt, again);
    }
    va_end(again);
    return text;
}

const char *
gov_base__place(const char *file)
{
    const char *p = file + strlen(file);
    int slashes = 0;

    while (p > file && (p[-1] != '/' || ++slashes < 2))
        p--;
    return p;
}

static gov_err_t *
make(gov_code_t code, const char *file, int line, apr_pool_t *pool,
     const char *message)
{
    gov_err_t *err = apr_pcalloc(pool, sizeof(*err));

    err->code = code;
    err->message = message;
    err->file = file;
    err->line = line;
    return err;
}

/* The cause is copied, so that wrapping an error is enough to carry it out of
   a scratch pool. */
gov_err_t *
gov_err_make(gov_code_t code, const gov_err_t *cause, const char *file,
             int line, apr_pool_t *pool, const char *fmt, ...)
{
    gov_err_t *err;
    va_list args;

    va_start(args, fmt);
    err = make(code, file, line, pool, gov_base__vformat(pool, fmt, args));
    va_end(args);
    err->cause = cause ? gov_err_dup(cause, pool) : NULL;
    return err;
}

static gov_code_t
code_of(apr_status_t rv)
{
    if (APR_STATUS_IS_ENOENT(rv) || APR_STATUS_IS_ENOTDIR(rv))
        return GOV_E_NOT_FOUND;
    if (APR_STATUS_IS_TIMEUP(rv) || APR_STATUS_IS_ETIMEDOUT(rv)
        || APR_STATUS_IS_ECONNREFUSED(rv) || APR_STATUS_IS_ECONNRESET(rv)
        || APR_STATUS_IS_ECONNABORTED(rv) || APR_STATUS_IS_EHOSTUNREACH(rv)
        || APR_STATUS_IS_ENETUNREACH(rv) || APR_STATUS_IS_EAGAIN(rv))
        return GOV_E_UNAVAILABLE;
    return GOV_E_INTERNAL;
}

gov_err_t *
gov_err_apr_make(apr_status_t rv, const char *file, int line, apr_pool_t *pool,
                 const char *fmt, ...)
{
    char reason[128];
    const char *text;
    va_list args;

    va_start(args, fmt);
    text = gov_base__vformat(pool, fmt, args);
    va_end(args);
    apr_strerror(rv, reason, sizeof(reason));
    return make(code_of(rv), file, line, pool,
                apr_pstrcat(pool, text, ": ", reason, NULL));
}

gov_err_t *
gov_err_field_make(const char *field, const char *file, int line,
                   apr_pool_t *pool, const char *fmt, ...)
{
    gov_err_t *err;
    va_list args;

    va_start(args, fmt);
    err = make(GOV_E_INVALID, file, line, pool,
               gov_base__vformat(pool, fmt, args));
    va_end(args);
    err->field = apr_pstrdup(pool, field);
    return err;
}

gov_err_t *
gov_err_dup(const gov_err_t *err, apr_pool_t *pool)
{
    gov_err_t *first = NULL;
    const gov_err_t **end = (const gov_err_t **)&first;

    for (; err; err = err->cause) {
        gov_err_t *copy = apr_pmemdup(pool, err, sizeof(*err));

        copy->message = apr_pstrdup(pool, err->message);
        copy->field = apr_pstrdup(pool, err->field);
        copy->cause = NULL;
        *end = copy;
        end = &copy->cause;
    }
    return first;
}

const char *
gov_err_chain(const gov_err_t *err, apr_pool_t *pool)
{
    gov_buf_t *buf = gov_buf_create(256, pool);

    for (; err; err = err->cause)
        gov_buf_printf(buf, "%s (%s:%d)%s", err->message,
                       gov_base__place(err->file), err->line,
                       err->cause ? ": " : "");
    return buf->data;
}

void
gov_assert_failed(const char *cond, const char *file, int line)
{
    fprintf(stderr, "GovPortal: impossible: %s is false at %s:%d\n", cond,
            gov_base__place(file), line);
    abort();
}
