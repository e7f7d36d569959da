/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* check.c -- is what guards the group as it should be: keys, administrators, rules,
   words? */

#include <string.h>

#include "gov_person.h"
#include "gov_policy.h"
#include "gov_time.h"
#include "gov_words.h"
#include "security_priv.h"
#include "sql_security.h"

#define DAY apr_time_from_sec(86400)
/* Keys are changed once a year; a month of grace. */
#define KEY_DAYS 395
/* Somebody holds a password that was told to somebody else. */
#define ONE_TIME_DAYS 7
#define NAMES_MOST 5

/* "A, B and so on". */
static const char *
add_name(const char *names, const char *name, int count, apr_pool_t *pool)
{
    if (count > NAMES_MOST)
        return count == NAMES_MOST + 1 ? apr_pstrcat(pool, names, ", ...", NULL)
                                       : names;
    return names ? apr_pstrcat(pool, names, ", ", name, NULL)
                 : apr_pstrdup(pool, name);
}

/* --- keys ------------------------------------------------------------------ */

void
gov_keys_check(const char *file, const gov_clock_t *clock,
               const gov_check_t *check, apr_pool_t *pool)
{
    const char *what = apr_pstrcat(pool, "GovKeyFile ", file, NULL);
    const gov_keys_t *keys;
    gov_err_t *err = gov_keys_read(&keys, file, pool);
    gov_key_info_t info = { 0 };
    apr_interval_time_t age;
    int i;

    gov_check_outcome(check, what, err, pool);
    if (err)
        return;
    for (i = 0; gov_key_info(&info, keys, i); i++)
        ;
    age = gov_now(clock) - info.made;
    gov_check_tell(check, GOV_GRADE_WARNING, "age of the current key",
                   !info.made
                   ? "the ring does not say when it was made; govctl key add "
                     "makes one that does"
                   : age > KEY_DAYS * DAY
                   ? apr_psprintf(pool, "key %d was made %" APR_TIME_T_FMT
                                  " days ago; govctl key add makes a new one",
                                  info.number, age / DAY)
                   : NULL);
}

/* --- people ---------------------------------------------------------------- */

typedef struct look_t {
    const gov_ctx_t *ctx;
    const gov_check_t *check;
} look_t;

/* Who has ROLE, and for how many of them. */
static const char *
holders(int *count, const apr_array_header_t *rows, const char *role,
        apr_pool_t *pool)
{
    const char *names = NULL;
    int i;

    *count = 0;
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_admins_active_t *row = &APR_ARRAY_IDX(
            rows, i, gov_row_admins_active_t);

        if (!strcmp(row->role, role))
            names = add_name(names, row->login, ++*count, pool);
    }
    return names;
}

/* The tables allow nobody two of the roles; whoever changed the tables might. */
static const char *
with_two(const apr_array_header_t *rows)
{
    int i, k;

    for (i = 0; i < rows->nelts; i++)
        for (k = 0; k < i; k++)
            if (!strcmp(APR_ARRAY_IDX(rows, i, gov_row_admins_active_t).login,
                        APR_ARRAY_IDX(rows, k, gov_row_admins_active_t).login))
                return APR_ARRAY_IDX(rows, i, gov_row_admins_active_t).login;
    return NULL;
}

static gov_err_t *
administrators(gov_db_t *db, const look_t *l, apr_pool_t *pool)
{
    const char *plain = NULL, *twice;
    apr_array_header_t *rows;
    const gov_role_t *role;
    int i, count, without = 0;

    GOV_TRY(gov_sql_admins_active(&rows, db, pool));
    for (i = 0; (role = gov_role(i)) != NULL; i++) {
        const char *names;

        if (strcmp(role->class_, "admin"))
            continue;
        names = holders(&count, rows, role->word, pool);
        gov_check_tell(l->check, GOV_GRADE_FAIL,
                       apr_pstrcat(pool, role->word, names ? ": " : "", names,
                                   NULL),
                       names ? NULL
                       : "nobody has this role and an active account");
    }
    twice = with_two(rows);
    gov_check_tell(l->check, GOV_GRADE_FAIL,
                   "the three administrators are different people", !twice
                   ? NULL
                   : apr_psprintf(pool, "%s has two of the roles", twice));
    for (i = 0; i < rows->nelts; i++) {
        const gov_row_admins_active_t *row = &APR_ARRAY_IDX(
            rows, i, gov_row_admins_active_t);

        if (!row->factor)
            plain = add_name(plain, row->login, ++without, pool);
    }
    gov_check_tell(l->check, GOV_GRADE_WARNING,
                   "administrators have a second factor", !plain ? NULL
                   : apr_pstrcat(pool, "not so: ", plain, l->ctx->policy
                                 ->second_factor ? NULL
                                 : "; govctl policy set second-factor 1 asks "
                                   "for it", NULL));
    return NULL;
}

static gov_err_t *
one_time(gov_db_t *db, const look_t *l, apr_pool_t *pool)
{
    apr_time_t now = gov_now(l->ctx->clock);
    const char *names = NULL;
    apr_array_header_t *rows;
    int i;

    GOV_TRY(gov_sql_one_time_old(&rows, db, now - ONE_TIME_DAYS * DAY, pool));
    for (i = 0; i < rows->nelts; i++)
        names = add_name(names, APR_ARRAY_IDX(rows, i, gov_row_one_time_old_t)
                                    .login, i + 1, pool);
    gov_check_tell(l->check, GOV_GRADE_WARNING, "one-time passwords are used",
                   !names ? NULL
                   : apr_psprintf(pool, "%d wait for more than %d days: %s; "
                                  "disable the accounts or give new ones",
                                  rows->nelts, ONE_TIME_DAYS, names));
    return NULL;
}

/* --- rules ----------------------------------------------------------------- */

/* What guards more the greater it is; of the rest the smaller value is stricter,
   and what is only a matter of room is not looked at. */
static bool
is_lax(const gov_policy_rule_t *rule)
{
    static const char *const more[] = { "password-length", "password-history",
                                        "second-factor", "lock-minutes",
                                        "captcha-work" };
    static const char *const room[] = { "upload-size", "picture-pixels" };
    unsigned i;

    for (i = 0; i < sizeof(room) / sizeof(room[0]); i++)
        if (!strcmp(rule->word, room[i]))
            return false;
    for (i = 0; i < sizeof(more) / sizeof(more[0]); i++)
        if (!strcmp(rule->word, more[i]))
            return rule->value < rule->fallback;
    /* 0 is "never": a password's age without an end */
    return rule->value > rule->fallback || (!rule->value && rule->fallback);
}

static void
rules(const look_t *l, apr_pool_t *pool)
{
    apr_array_header_t *list = gov_policy_rules(l->ctx->policy, pool);
    const char *lax = NULL;
    int i, count = 0;

    for (i = 0; i < list->nelts; i++) {
        const gov_policy_rule_t *rule = &APR_ARRAY_IDX(list, i,
                                                       gov_policy_rule_t);

        if (is_lax(rule))
            lax = add_name(lax, apr_psprintf(pool, "%s %d (default %d)",
                                             rule->word, rule->value,
                                             rule->fallback), ++count, pool);
    }
    gov_check_tell(l->check, GOV_GRADE_WARNING,
                   "rules are as strict as their defaults", lax
                   ? apr_pstrcat(pool, "not so: ", lax, NULL) : NULL);
}

static gov_err_t *
people(gov_db_t *db, const look_t *l, apr_pool_t *pool)
{
    GOV_TRY(administrators(db, l, pool));
    return one_time(db, l, pool);
}

gov_err_t *
gov_people_check(const gov_ctx_t *ctx, const gov_check_t *check,
                 const gov_permit_t *permit, apr_pool_t *pool)
{
    look_t l = { ctx, check };
    gov_db_t *db;
    gov_err_t *err;

    GOV_TRY(gov_permit_check(permit, GOV_ACTION_SECURITY, 0, 0, pool));
    /* once: what was told stays told */
    GOV_TRY(gov_store_borrow(&db, ctx->store, pool));
    err = people(db, &l, pool);
    gov_store_return(db);
    GOV_TRY(err);
    rules(&l, pool);
    return NULL;
}

/* --- words ----------------------------------------------------------------- */

gov_err_t *
gov_words_check(const gov_ctx_t *ctx, const gov_check_t *check,
                const gov_permit_t *permit, apr_pool_t *pool)
{
    bool sensitive = false, wrong = false;
    apr_array_header_t *lists;
    int i;

    GOV_TRY(gov_word_lists(&lists, ctx, 0, permit, pool));
    for (i = 0; i < lists->nelts; i++) {
        const gov_word_list_t *list = &APR_ARRAY_IDX(lists, i,
                                                     gov_word_list_t);

        if (list->active && list->count)
            sensitive = sensitive || list->kind == GOV_WORD_SENSITIVE,
            wrong = wrong || list->kind == GOV_WORD_WRONG;
    }
    gov_check_tell(check, GOV_GRADE_WARNING, "lists of words",
                   sensitive && wrong ? NULL
                   : apr_pstrcat(pool, "the group has none of ",
                                 sensitive ? "wrong" : wrong ? "sensitive"
                                 : "sensitive and of wrong", " words; govctl "
                                 "words import brings lists", NULL));
    return NULL;
}
