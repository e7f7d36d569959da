/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/** @file gov_err.h
 *  @brief Error chains.  Floor: base.
 *
 *  NULL means fine.  An error lives in the result pool of the call that failed
 *  (or ctx->pool); nobody frees it.  A function that catches an error logs it
 *  or copies it with gov_err_dup() before its pool is cleared.
 */
#ifndef GOV_ERR_H
#define GOV_ERR_H

#include <apr_pools.h>
#include <stdarg.h>

#define GOV_API __attribute__((visibility("default")))

/** The codes say what the caller should do, not what went wrong.
 *  X(name, public text key in the language catalogues) */
#define GOV_ERR_CODES(X)                                                      \
    X(NOT_FOUND, "error.not-found")     /**< nothing is there, or not for you */ \
    X(GONE, "error.gone")               /**< was there, was withdrawn */        \
    X(FORBIDDEN, "error.forbidden")     /**< signed in, but may not */          \
    X(SIGN_IN, "error.sign-in")         /**< nobody is signed in */             \
    X(INVALID, "error.invalid")         /**< the input is at fault */           \
    X(CONFLICT, "error.conflict")       /**< someone else was faster */         \
    X(TOO_MANY, "error.too-many")       /**< a limit was reached */             \
    X(TOO_LARGE, "error.too-large")     /**< more than is taken */              \
    X(UNAVAILABLE, "error.unavailable") /**< try again later */                 \
    X(UNSUPPORTED, "error.unsupported") /**< method or media type */            \
    X(INTERNAL, "error.internal")       /**< our mistake */

typedef enum gov_code_t {
    GOV_E_NONE = 0,
#define GOV_ERR_ENUM(name, key) GOV_E_##name,
    GOV_ERR_CODES(GOV_ERR_ENUM)
#undef GOV_ERR_ENUM
    GOV_E__COUNT
} gov_code_t;

typedef struct gov_err_t {
    gov_code_t code;
    const char *message;          /**< for the log, English, never public */
    const char *field;            /**< the input field at fault, or NULL */
    const char *file;
    int line;
    const struct gov_err_t *cause;
} gov_err_t;

/** Make an error; @a cause may be NULL and is copied, so wrapping an error is
 *  enough to carry it out of a scratch pool.  Use the macros, which add the
 *  place. */
GOV_API gov_err_t *gov_err_make(gov_code_t code, const gov_err_t *cause,
                                const char *file, int line, apr_pool_t *pool,
                                const char *fmt, ...)
    __attribute__((format(printf, 6, 7), returns_nonnull));
#define gov_err(code, cause, pool, ...)                                       \
    gov_err_make((code), (cause), __FILE__, __LINE__, (pool), __VA_ARGS__)

/** The same for an APR status: UNAVAILABLE for time-outs and refused
 *  connections, NOT_FOUND for ENOENT, INTERNAL otherwise. */
GOV_API gov_err_t *gov_err_apr_make(apr_status_t rv, const char *file, int line,
                                    apr_pool_t *pool, const char *fmt, ...)
    __attribute__((format(printf, 5, 6), returns_nonnull));
#define gov_err_apr(rv, pool, ...)                                            \
    gov_err_apr_make((rv), __FILE__, __LINE__, (pool), __VA_ARGS__)

/** INVALID for one named input field. */
GOV_API gov_err_t *gov_err_field_make(const char *field, const char *file,
                                      int line, apr_pool_t *pool,
                                      const char *fmt, ...)
    __attribute__((format(printf, 5, 6), returns_nonnull));
#define gov_err_field(field, pool, ...)                                       \
    gov_err_field_make((field), __FILE__, __LINE__, (pool), __VA_ARGS__)

GOV_API gov_err_t *gov_err_dup(const gov_err_t *err, apr_pool_t *pool);

/** "GOV_E_NOT_FOUND"; never NULL. */
GOV_API const char *gov_err_name(gov_code_t code);
/** The catalogue key of the code's public text. */
GOV_API const char *gov_err_key(gov_code_t code);
/** The whole chain in one line: "a (x.c:3): b (y.c:9)". */
GOV_API const char *gov_err_chain(const gov_err_t *err, apr_pool_t *pool);

#define GOV_TRY(expr)                                                         \
    do {                                                                      \
        gov_err_t *gov__err = (expr);                                         \
        if (gov__err)                                                         \
            return gov__err;                                                  \
    } while (0)

/** For programming mistakes only; aborts. */
#define gov_assert(cond)                                                      \
    ((cond) ? (void)0 : gov_assert_failed(#cond, __FILE__, __LINE__))
GOV_API void gov_assert_failed(const char *cond, const char *file, int line)
    __attribute__((noreturn));

#endif
