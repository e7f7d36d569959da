#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Connector/C belongs to mod_govportal/store/: nobody else includes its headers,
# calls mysql_...() or builds SQL.  And within the store, text is sent in two
# places only: connection.c's queries and the statements of schema.c's files.
top=$(cd "$(dirname "$0")/../.." && pwd -P)
. "$top/tests/lib/tap.sh"
cd "$top" || exit 1

# code FILE...: without comments, so that prose may speak of MySQL
code() {
    awk 'FNR == 1 { inside = 0 }
        {
            line = $0
            while (1) {
                if (inside) {
                    end = index(line, "*/")
                    if (!end) { line = ""; break }
                    line = substr(line, end + 2); inside = 0
                }
                begin = index(line, "/*")
                if (!begin) break
                rest = substr(line, begin + 2)
                end = index(rest, "*/")
                if (end) line = substr(line, 1, begin - 1) substr(rest, end + 2)
                else { line = substr(line, 1, begin - 1); inside = 1
                       shown = line; break }
            }
            if (line != "") print FILENAME ":" FNR ":" line
        }' "$@" /dev/null
}

others=$(find mod_govportal plugins -name '*.[ch]' \
    ! -path 'mod_govportal/store/*' | LC_ALL=C sort)
call='(^|[^A-Za-z0-9_])(mysql|mariadb)_[a-z_]+ *\('
header='<(mysql|mariadb|errmsg)[^>]*>'
is 'only the store uses Connector/C' \
    "$(code $others | grep -E "$call|MYSQL_|$header")" ''
is 'only the store fills in gov_stmt_t' "$(code $others |
    grep -E 'gov_stmt_t|gov_stmt_(exec|one|many|each) *\(' |
    grep -v '^mod_govportal/include/govportal/gov_store.h:')" ''
sql='"[^"]*(SELECT [^"]* FROM |(INSERT INTO|DELETE FROM) |UPDATE [a-z_]+ SET )'
is 'no SQL text outside of .sql files' "$(code $others | grep -E "$sql")" ''
is 'the store sends built text in one place' "$(code mod_govportal/store/*.c |
    grep -E 'mysql_(real_)?query *\(' | cut -d: -f1 | sort -u)" \
    mod_govportal/store/connection.c
tap_end
