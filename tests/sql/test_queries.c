/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Every named statement of sql/queries and plugins/<name>/sql/queries against
   the schema: it can be prepared, its values and columns are what :in and :out
   say, and those marked :hot find their rows by an index. */

#define GOV_TEST_OPEN open_store
#include "private_db.h"

#include <mysql.h>
#include <stdio.h>

#include "gov_schema.h"

typedef struct query_t {
    const char *where, *name, *kind, *flags, *in, *out, *sql;
} query_t;

/* --- what there is ------------------------------------------------------ */

static const char *
field(char **rest)
{
    char *text = *rest, *end = text + strcspn(text, "\t\n");

    *rest = *end == '\t' ? end + 1 : end;
    *end = '\0';
    return strcmp(text, "-") ? text : "";
}

static apr_array_header_t *
all_queries(gov_test_t *t)
{
    apr_array_header_t *queries = apr_array_make(t->pool, 200,
                                                 sizeof(query_t));
    static char line[20000];
    FILE *in = popen(apr_psprintf(t->pool, "cd '%s' && ls sql/queries/*.sql"
        " plugins/*/sql/queries/*.sql 2>/dev/null |"
        " xargs awk -v list=1 -f mod_govportal/build/sqlgen.awk",
        private_db_source("", t->pool)), "r");

    assert_non_null(in);
    while (fgets(line, sizeof(line), in)) {
        query_t *q = apr_array_push(queries);
        char *rest = apr_pstrdup(t->pool, line);

        q->where = field(&rest);
        q->name = field(&rest);
        q->kind = field(&rest);
        q->flags = field(&rest);
        q->in = field(&rest);
        q->out = field(&rest);
        q->sql = field(&rest);
    }
    assert_int_equal(pclose(in), 0);
    assert_true(queries->nelts > 20);
    return queries;
}

static apr_status_t
close_mysql(void *mysql)
{
    mysql_close(mysql);
    return APR_SUCCESS;
}

/* Straight to the database: the store would not say what it knows. */
static MYSQL *
connect_beside(gov_test_t *t)
{
    MYSQL *mysql = mysql_init(NULL);

    assert_non_null(mysql);
    apr_pool_cleanup_register(t->pool, mysql, close_mysql,
                              apr_pool_cleanup_null);
    mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (!mysql_real_connect(mysql, NULL, private_db_user(t->pool), NULL,
                            "govportal", 0, private_db_socket(t->pool), 0))
        fail_msg("%s", mysql_error(mysql));
    return mysql;
}

static void
apply_plugins(gov_test_t *t)
{
    char line[1000];
    FILE *in = popen(apr_psprintf(t->pool, "cd '%s' && ls -d"
        " plugins/*/sql/migrations 2>/dev/null",
        private_db_source("", t->pool)), "r");

    assert_non_null(in);
    while (fgets(line, sizeof(line), in)) {
        char *name = apr_pstrdup(t->pool, line + strlen("plugins/"));

        line[strcspn(line, "\n")] = '\0';
        name[strcspn(name, "/")] = '\0';
        assert_ok(gov_schema_apply(t->ctx.store, name,
                                   private_db_source(line, t->pool), "test",
                                   NULL, NULL, t->pool));
    }
    pclose(in);
}

/* --- :in and :out ------------------------------------------------------- */

static apr_array_header_t *
words(const char *text, apr_pool_t *pool)
{
    apr_array_header_t *list = apr_array_make(pool, 8, sizeof(char *));
    char *rest = apr_pstrdup(pool, text), *word;

    while ((word = apr_strtok(rest, " ", &rest)) != NULL)
        APR_ARRAY_PUSH(list, char *) = word;
    return list;
}

/* May a column of that type be read as KIND? */
static bool
fits(const MYSQL_FIELD *f, const char *kind)
{
    bool binary = f->charsetnr == 63;

    switch (f->type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
        return strstr("id int bool", kind) != NULL;
    case MYSQL_TYPE_NEWDECIMAL:         /* SUM() of whole numbers */
        return strstr("int real", kind) != NULL && (f->decimals == 0
                                                    || *kind == 'r');
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE:
        return !strcmp(kind, "real");
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP:
        return !strcmp(kind, "time");
    case MYSQL_TYPE_DATE:
        return !strcmp(kind, "time") || !strcmp(kind, "text");
    case MYSQL_TYPE_NULL:
        return true;
    default:
        return !strcmp(kind, binary ? "bytes" : "text");
    }
}

/* Is NAME that of a column in LIST?  Then columns may have been swapped; other
   names are the author's choice. */
static bool
is_word(const char *name, const apr_array_header_t *list)
{
    apr_size_t len = strlen(name);
    int i;

    for (i = 0; i < list->nelts; i++) {
        const char *word = APR_ARRAY_IDX(list, i, char *);

        if (!strncmp(word, name, len) && word[len] == ':')
            return true;
    }
    return false;
}

/* One line for each thing that is wrong with Q. */
static int
check(MYSQL *mysql, const query_t *q, apr_pool_t *pool)
{
    apr_array_header_t *in = words(q->in, pool), *out = words(q->out, pool);
    MYSQL_STMT *stmt = mysql_stmt_init(mysql);
    MYSQL_RES *meta;
    int i, wrong = 0;

    if (mysql_stmt_prepare(stmt, q->sql, strlen(q->sql)) != 0) {
        print_error("%s: %s: %s\n", q->where, q->name, mysql_stmt_error(stmt));
        mysql_stmt_close(stmt);
        return 1;
    }
    if ((int)mysql_stmt_param_count(stmt) != in->nelts
        || (int)mysql_stmt_field_count(stmt) != out->nelts) {
        print_error("%s: %s: %lu values and %u columns, not %d and %d\n",
                    q->where, q->name, mysql_stmt_param_count(stmt),
                    mysql_stmt_field_count(stmt), in->nelts, out->nelts);
        mysql_stmt_close(stmt);
        return 1;
    }
    meta = mysql_stmt_result_metadata(stmt);
    for (i = 0; i < out->nelts; i++) {
        const MYSQL_FIELD *f = mysql_fetch_field_direct(meta, (unsigned)i);
        const char *word = APR_ARRAY_IDX(out, i, char *);
        const char *kind = strchr(word, ':') + 1;
        const char *name = apr_pstrmemdup(pool, word, kind - 1 - word);

        if (strcmp(f->name, name) != 0 && is_word(f->name, out)) {
            print_error("%s: %s: column %d is %s, :out says %s\n", q->where,
                        q->name, i + 1, f->name, name);
            wrong++;
        }
        if (!fits(f, kind)) {
            print_error("%s: %s: %s is no %s\n", q->where, q->name, name,
                        kind);
            wrong++;
        }
    }
    if (meta)
        mysql_free_result(meta);
    mysql_stmt_close(stmt);
    return wrong;
}

static void
prepares_every_statement_as_its_names_and_kinds_say(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *queries = all_queries(t);
    MYSQL *mysql = connect_beside(t);
    int i, wrong = 0;

    apply_plugins(t);
    for (i = 0; i < queries->nelts; i++)
        wrong += check(mysql, &APR_ARRAY_IDX(queries, i, query_t), t->pool);
    assert_int_equal(wrong, 0);
}

/* --- :hot --------------------------------------------------------------- */

/* The optimizer plans for a million rows in each table, without one being
   there: it believes its statistics. */
static void
pretend_a_million_rows(gov_test_t *t)
{
    private_db_sql(
        "SET GLOBAL innodb_stats_auto_recalc = OFF;"
        "UPDATE mysql.innodb_table_stats SET n_rows = 1000000,"
        " clustered_index_size = 20000, sum_of_other_index_sizes = 20000"
        " WHERE database_name = 'govportal';"
        "UPDATE mysql.innodb_index_stats SET stat_value ="
        " CASE WHEN stat_name = 'size' THEN 10000"
        " WHEN stat_name = 'n_leaf_pages' THEN 9000"
        " ELSE LEAST(1000000, POW(100, SUBSTR(stat_name, 11))) END"
        " WHERE database_name = 'govportal'; FLUSH TABLES", t->pool);
}

/* The words of a statement with a plausible value for each '?'. */
static const char *
filled(const query_t *q, apr_pool_t *pool)
{
    apr_array_header_t *in = words(q->in, pool);
    const char *p = q->sql, *next, *sql = "EXPLAIN ";
    int i;

    for (i = 0; (next = strchr(p, '?')) != NULL && i < in->nelts; i++) {
        const char *kind = strchr(APR_ARRAY_IDX(in, i, char *), ':') + 1;
        const char *value = !strcmp(kind, "text") || !strcmp(kind, "bytes")
                                ? "'1'"
                            : !strcmp(kind, "time") ? "'2026-01-01'" : "7";

        sql = apr_pstrcat(pool, sql, apr_pstrmemdup(pool, p, next - p), value,
                          NULL);
        p = next + 1;
    }
    return apr_pstrcat(pool, sql, p, NULL);
}

static int
explain(MYSQL *mysql, const query_t *q, apr_pool_t *pool)
{
    const char *sql = filled(q, pool);
    MYSQL_RES *result;
    MYSQL_ROW row;
    int wrong = 0;

    if (mysql_real_query(mysql, sql, strlen(sql)) != 0
        || !(result = mysql_store_result(mysql))) {
        print_error("%s: %s: %s\n", q->where, q->name, mysql_error(mysql));
        return 1;
    }
    /* id, select_type, table, type, possible_keys, key, ..., Extra */
    while ((row = mysql_fetch_row(result)) != NULL) {
        const char *extra = row[mysql_num_fields(result) - 1];

        if (row[2] && row[2][0] != '<' && row[3] && !strcmp(row[3], "ALL")
            && (!extra || !strstr(extra, "Impossible"))) {
            print_error("%s: %s reads all of %s\n", q->where, q->name, row[2]);
            wrong++;
        }
        if (extra && strstr(extra, "Using filesort")) {
            print_error("%s: %s sorts\n", q->where, q->name);
            wrong++;
        }
    }
    mysql_free_result(result);
    return wrong;
}

static void
finds_the_rows_of_hot_statements_by_an_index(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *queries = all_queries(t);
    int i, wrong = 0, hot = 0;
    MYSQL *mysql;

    apply_plugins(t);
    pretend_a_million_rows(t);
    mysql = connect_beside(t);
    for (i = 0; i < queries->nelts; i++) {
        const query_t *q = &APR_ARRAY_IDX(queries, i, query_t);

        if (!strstr(q->flags, "hot"))
            continue;
        hot++;
        wrong += explain(mysql, q, t->pool);
    }
    assert_true(hot > 0);
    assert_int_equal(wrong, 0);
}

static void
notices_a_hot_statement_without_an_index(void **state)
{
    gov_test_t *t = *state;
    query_t q = { .where = "here", .name = "bad", .in = "x:text",
                  .sql = "SELECT id FROM gov_event WHERE kind = ?" };

    pretend_a_million_rows(t);
    assert_int_equal(explain(connect_beside(t), &q, t->pool), 1);
    q.in = "";
    q.sql = "SELECT id FROM gov_event FORCE INDEX (event_seq)"
            " WHERE seq > 5 ORDER BY at";
    assert_int_equal(explain(connect_beside(t), &q, t->pool), 1);
}

static void
gives_each_statement_a_name_of_its_own(void **state)
{
    gov_test_t *t = *state;
    apr_array_header_t *queries = all_queries(t);
    apr_hash_t *seen = apr_hash_make(t->pool);
    int i;

    for (i = 0; i < queries->nelts; i++) {
        const query_t *q = &APR_ARRAY_IDX(queries, i, query_t);
        const char *other = apr_hash_get(seen, q->name, APR_HASH_KEY_STRING);

        if (other)
            fail_msg("%s: %s is also at %s", q->where, q->name, other);
        apr_hash_set(seen, q->name, APR_HASH_KEY_STRING, q->where);
    }
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(prepares_every_statement_as_its_names_and_kinds_say),
    GOV_TEST(finds_the_rows_of_hot_statements_by_an_index),
    GOV_TEST(notices_a_hot_statement_without_an_index),
    GOV_TEST(gives_each_statement_a_name_of_its_own),
};
GOV_TEST_MAIN(tests)
