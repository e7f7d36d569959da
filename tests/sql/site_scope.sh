#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Many sites, one database: a statement on a table whose CREATE has the comment
# "-- site-scoped" directly above it names the site, by "site_id = ?" or by
# inserting site_id.  Those that must look at all sites say :group.
top=$(cd "$(dirname "$0")/../.." && pwd -P)
. "$top/tests/lib/tap.sh"
cd "$top" || exit 1

tables=$(cat sql/migrations/*.sql plugins/*/sql/migrations/*.sql 2>/dev/null |
    awk '/^-- site-scoped[ \t]*$/ { scoped = 1; next }
         scoped && /^CREATE TABLE/ { sub(/IF NOT EXISTS /, ""); print $3 }
         { scoped = 0 }')

# offenders: reads a list made by sqlgen.awk
offenders() {
    awk -F '\t' -v tables="$tables" '
        BEGIN { n = split(tables, table, /[ \n]+/) }
        $4 ~ /group/ { next }
        {
            text = " " $7 " "
            gsub(/[`(),;]/, " ", text)
            for (i = 1; i <= n; i++)
                if (table[i] != "" && index(text, " " table[i] " "))
                    break
            if (i > n)
                next
            if ($7 ~ /site_id *(=|<=>) *\?/)
                next
            if ($7 ~ /^ *(INSERT|REPLACE)/ && $7 ~ /\([^()]*site_id[^()]*\)/)
                next
            print $1 ": " $2 " does not name the site of " table[i]
        }'
}

queries=$(ls sql/queries/*.sql plugins/*/sql/queries/*.sql 2>/dev/null)
list=$(awk -v list=1 -f mod_govportal/build/sqlgen.awk $queries) || list=

ok 'some tables are site-scoped' [ -n "$tables" ]
ok 'the statements can be listed' [ -n "$list" ]
is 'every statement on such a table names the site' \
    "$(printf '%s\n' "$list" | offenders)" ''

first=$(printf '%s\n' "$tables" | head -n 1)
like 'a statement that does not is noticed' \
    "$(printf 'x.sql:1\tbad\tone\t-\t-\tid:id\tSELECT id FROM %s\n' "$first" |
        offenders)" 'x.sql:1: bad does not name'
is 'one that says :group is let through' \
    "$(printf 'x.sql:1\tbad\tone\tgroup\t-\tid:id\tSELECT id FROM %s\n' \
        "$first" | offenders)" ''
tap_end
