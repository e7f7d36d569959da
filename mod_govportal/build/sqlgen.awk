# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Named SQL statements to a C header of typed wrappers.  POSIX awk.
#
#   awk -f sqlgen.awk sql/queries/content.sql > sql_content.h
#   awk -f sqlgen.awk -v list=1 FILE...       one statement a line, for tests:
#       file:line TAB name TAB kind TAB flags|- TAB in TAB out TAB sql
#
# A statement is
#   -- :name edition_live :one|:many|:each|:exec|:insert [:hot] [:group]
#   -- :in site:id path:text
#   -- :out id:id title:text
#   SELECT ... ;
# ":hot" must find its rows by an index, ":group" may look at site-scoped tables
# without naming the site; tests/sql/ sees to both.
# ":in" and ":out" may be given on several lines.  Other comments are dropped.
# Whatever is wrong is told as file:line and fails the build.

BEGIN {
    split("id int bool text bytes time real", k, " ")
    split("apr_int64_t;apr_int64_t;bool;const char *;gov_bytes_t;" \
          "apr_time_t;double", t, ";")
    split("ID INT BOOL TEXT BYTES TIME REAL", e, " ")
    for (i = 1; i <= 7; i++) {
        ctype[k[i]] = t[i] (t[i] ~ /\*$/ ? "" : " ")
        ekind[k[i]] = "GOV_SQL_" e[i]
    }
    n = split("auto bool break case char const continue default do double " \
              "else enum extern false float for goto if inline int long " \
              "register restrict return short signed sizeof static struct " \
              "switch true typedef union unsigned void volatile while", w, " ")
    for (i = 1; i <= n; i++)
        keyword[w[i]] = "a word of C"
    n = split("row_ db_ rows_ affected_ id_ fn_ baton_ pool_ in_ ins_ outs_ " \
              "slot_ stmt_", w, " ")
    for (i = 1; i <= n; i++)
        keyword[w[i]] = "a name of the wrapper's own"
    bad = 0
    name = ""
}

FNR == 1 {
    if (name != "")
        fail(at, "statement \"" name "\" has no end (';' at the end of a line)")
    name = ""
    if (!list && NR == 1) {
        folder = FILENAME
        sub(/.*\//, "", folder)
        sub(/\.sql$/, "", folder)
        if (folder !~ /^[a-z][a-z0-9_]*$/)
            fail(FILENAME, "the file's name must be a noun in small letters")
        head()
    } else if (!list)
        fail(FILENAME, "one file at a time")
}

{ sub(/\r$/, ""); here = FILENAME ":" FNR }

/^[ \t]*--[ \t]*:/ {
    line = $0
    sub(/^[ \t]*--[ \t]*:/, "", line)
    n = split(line, w, /[ \t]+/)
    while (n && w[n] == "")
        n--
    if (w[1] == "name")
        begin(n)
    else if (w[1] == "in" || w[1] == "out")
        columns(w[1], n)
    else
        fail(here, "unknown word \":" w[1] "\"; :name, :in or :out")
    next
}

/^[ \t]*(--([ \t]|$)|#)/ || /^[ \t]*$/ { next }

{
    if (name == "") {
        fail(here, "text outside of a statement")
        next
    }
    line = $0
    sub(/[ \t]+$/, "", line)
    if (line ~ /[ \t]--[ \t]/ || line ~ /\/\*/) {
        fail(here, "a comment must have its own line, beginning with \"--\"")
        next
    }
    last = line ~ /;$/
    if (last)
        sub(/[ \t]*;$/, "", line)
    if (unquoted(line) ~ /;/)
        fail(here, "one statement only: ';' inside of a line")
    if (line != "")
        sql[++lines] = line
    if (last)
        finish()
}

END {
    if (name != "")
        fail(at, "statement \"" name "\" has no end (';' at the end of a line)")
    if (!bad && !list && NR == 0) {
        fail(FILENAME == "" ? "sqlgen" : FILENAME, "no input")
    }
    if (bad)
        exit 1
    if (!list)
        print "\n#endif"
}

function fail(where, what)
{
    print where ": " what | "cat 1>&2"
    bad = 1
}

# -- :name NAME :KIND [:hot]
function begin(n,    i)
{
    if (name != "")
        fail(at, "statement \"" name "\" has no end (';' at the end of a line)")
    name = w[2]
    at = here
    kind = ""
    hot = group = 0
    n_in = n_out = lines = 0
    if (name !~ /^[a-z][a-z0-9_]*$/)
        fail(here, "bad statement name \"" name "\"")
    else if (name in seen)
        fail(here, "\"" name "\" was used at " seen[name])
    seen[name] = here
    for (i = 3; i <= n; i++) {
        if (w[i] == ":hot")
            hot = 1
        else if (w[i] == ":group")
            group = 1
        else if (w[i] ~ /^:(one|many|each|exec|insert)$/ && kind == "")
            kind = substr(w[i], 2)
        else
            fail(here, "unexpected \"" w[i] "\"")
    }
    if (kind == "")
        fail(here, "say :one, :many, :each, :exec or :insert")
}

# -- :in a:id b:text
function columns(dir, n,    i, p, c, v)
{
    if (name == "") {
        fail(here, "\":" dir "\" outside of a statement")
        return
    }
    if (lines)
        fail(here, "\":" dir "\" after the statement has begun")
    for (i = 2; i <= n; i++) {
        p = index(w[i], ":")
        c = substr(w[i], 1, p - 1)
        v = substr(w[i], p + 1)
        if (!p || c !~ /^[a-z][a-z0-9_]*$/)
            fail(here, "bad column \"" w[i] "\"; name:kind is expected")
        else if (c in keyword)
            fail(here, "\"" c "\" is " keyword[c])
        else if (!(v in ctype))
            fail(here, "unknown kind \"" v "\"; " \
                 "id int bool text bytes time real")
        if (dir == "in") {
            in_n[++n_in] = c
            in_k[n_in] = v
        } else {
            out_n[++n_out] = c
            out_k[n_out] = v
        }
    }
}

# What is left of a line without its quoted stretches.
function unquoted(s)
{
    gsub(/'[^']*'/, "", s)
    gsub(/"[^"]*"/, "", s)
    gsub(/`[^`]*`/, "", s)
    return s
}

function finish(    i, j, s, marks)
{
    for (i = 1; i <= lines; i++)
        s = s (i > 1 ? "\n" : "") sql[i]
    if (!lines)
        fail(here, "\"" name "\" has no text")
    s = unquoted(s)
    if (s ~ /['"`]/)
        fail(at, "\"" name "\" has an open quote")
    marks = gsub(/\?/, "", s)
    if (marks != n_in)
        fail(at, "\"" name "\" has " marks " '?' and " n_in " names in :in")
    if (kind ~ /^(one|many|each)$/ && !n_out)
        fail(at, "\"" name "\" is :" kind " and needs :out")
    if (kind ~ /^(exec|insert)$/ && n_out)
        fail(at, "\"" name "\" is :" kind " and has no :out")
    if (n_in > 250 || n_out > 250)
        fail(at, "\"" name "\" has too many columns")
    for (i = 1; i <= n_in; i++)
        for (j = 1; j < i; j++)
            if (in_n[i] == in_n[j])
                fail(at, "\"" name "\": \"" in_n[i] "\" is twice in :in")
    for (i = 1; i <= n_out; i++)
        for (j = 1; j < i; j++)
            if (out_n[i] == out_n[j])
                fail(at, "\"" name "\": \"" out_n[i] "\" is twice in :out")
    if (!bad) {
        if (list)
            tell()
        else
            emit()
    }
    name = ""
}

function tell(    i, s)
{
    s = (hot ? "hot" : "") (hot && group ? " " : "") (group ? "group" : "")
    s = at "\t" name "\t" kind "\t" (s == "" ? "-" : s) "\t"
    for (i = 1; i <= n_in; i++)
        s = s (i > 1 ? " " : "") in_n[i] ":" in_k[i]
    s = s (n_in ? "" : "-") "\t"
    for (i = 1; i <= n_out; i++)
        s = s (i > 1 ? " " : "") out_n[i] ":" out_k[i]
    s = s (n_out ? "" : "-") "\t"
    for (i = 1; i <= lines; i++) {
        gsub(/\t/, " ", sql[i])
        s = s (i > 1 ? " " : "") sql[i]
    }
    print s
}

function head()
{
    print "/* Made by sqlgen.awk from " folder ".sql; do not edit. */"
    print "#ifndef GOV_SQL_" toupper(folder) "_H"
    print "#define GOV_SQL_" toupper(folder) "_H"
    print ""
    print "#include <stddef.h>"
    print ""
    print "#include \"gov_store.h\""
}

function quoted(s)
{
    # "&" in a replacement is the match, so build the backslashes by hand
    gsub(/\\/, "&&", s)
    gsub(/"/, "\\\"", s)
    gsub(/\?\?/, "?\"\"?", s)
    return "\"" s
}

function emit(    i, fn)
{
    fn = "gov_sql_" name
    print ""
    if (n_out) {
        print "typedef struct gov_row_" name "_t {"
        for (i = 1; i <= n_out; i++)
            print "    " ctype[out_k[i]] out_n[i] ";"
        print "} gov_row_" name "_t;"
        print ""
    }

    print "static inline gov_err_t *"
    printf "%s(", fn
    if (kind == "one")
        printf "gov_row_%s_t *row_, gov_db_t *db_", name
    else if (kind == "many")
        printf "apr_array_header_t **rows_, gov_db_t *db_"
    else if (kind == "exec")
        printf "apr_int64_t *affected_, gov_db_t *db_"
    else if (kind == "insert")
        printf "apr_int64_t *id_, gov_db_t *db_"
    else
        printf "gov_db_t *db_"
    for (i = 1; i <= n_in; i++)
        printf ",\n    %s%s", ctype[in_k[i]], in_n[i]
    if (kind == "each")
        printf ",\n    gov_row_fn_t fn_, void *baton_"
    print ",\n    apr_pool_t *pool_)"
    print "{"

    if (n_in) {
        print "    struct in_t_ {"
        for (i = 1; i <= n_in; i++)
            print "        " ctype[in_k[i]] in_n[i] ";"
        printf "    } in_ = {"
        for (i = 1; i <= n_in; i++)
            printf "%s %s", (i > 1 ? "," : ""), in_n[i]
        print " };"
        print "    static const gov_sql_col_t ins_[] = {"
        for (i = 1; i <= n_in; i++)
            print "        { \"" in_n[i] "\", " ekind[in_k[i]] \
                  ", offsetof(struct in_t_, " in_n[i] ") },"
        print "    };"
    }
    if (n_out) {
        print "    static const gov_sql_col_t outs_[] = {"
        for (i = 1; i <= n_out; i++)
            print "        { \"" out_n[i] "\", " ekind[out_k[i]] \
                  ", offsetof(gov_row_" name "_t, " out_n[i] ") },"
        print "    };"
    }
    print "    static int slot_;"
    print "    static const gov_stmt_t stmt_ = {"
    print "        .name = \"" name "\","
    printf "        .sql ="
    for (i = 1; i <= lines; i++)
        printf "\n            %s%s\"", quoted(sql[i]), (i < lines ? "\\n" : "")
    print ","
    if (n_in)
        print "        .in = ins_, .n_in = " n_in ","
    if (n_out) {
        print "        .out = outs_, .n_out = " n_out ","
        print "        .row_size = sizeof(gov_row_" name "_t),"
    }
    print "        .hot = " (hot ? "true" : "false") ", .slot = &slot_"
    print "    };"
    print ""

    i = n_in ? "&in_" : "NULL"
    if (kind == "one")
        print "    return gov_stmt_one(row_, db_, &stmt_, " i ", pool_);"
    else if (kind == "many")
        print "    return gov_stmt_many(rows_, db_, &stmt_, " i ", pool_);"
    else if (kind == "each")
        print "    return gov_stmt_each(db_, &stmt_, " i \
              ", fn_, baton_, pool_);"
    else if (kind == "exec")
        print "    return gov_stmt_exec(affected_, NULL, db_, &stmt_, " i \
              ", pool_);"
    else
        print "    return gov_stmt_exec(NULL, id_, db_, &stmt_, " i ", pool_);"
    print "}"
}
