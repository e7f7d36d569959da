#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# schema.sh            the core migrations apply twice, as do the plugins', and
#                      sql/schema.sql is what they make
# schema.sh --write    write sql/schema.sql anew
top=$(cd "$(dirname "$0")/../.." && pwd -P)
. "$top/tests/lib/tap.sh"
dir=${GOVPORTAL_VAR:-$top/var}/test/sql-schema
db="$top/tests/lib/db.sh"

trap '"$db" drop "$dir" >/dev/null 2>&1' EXIT
trap 'exit 130' INT TERM
"$db" drop "$dir"
"$db" start "$dir" || exit 1

# apply FILE...
apply() {
    for file in "$@"; do
        [ -f "$file" ] || continue
        "$db" sql "$dir" < "$file" || { echo "in $file" >&2; return 1; }
    done
}

# The tables as MariaDB describes them, without what changes by itself.
picture() {
    echo '-- The core schema: what the files in migrations/ add up to.'
    echo '-- Made by tests/sql/schema.sh --write; nobody runs it.'
    "$db" sql "$dir" -Nre 'SHOW TABLES' | LC_ALL=C sort |
    while read -r table; do
        echo
        "$db" sql "$dir" -Nre "SHOW CREATE TABLE $table" |
            sed -e '1s/^[^\t]*\t//' -e 's/ AUTO_INCREMENT=[0-9]*//' -e '$s/$/;/'
    done
}

core="$top/sql/migrations/*.sql"
if [ "${1-}" = --write ]; then
    apply $core && picture > "$top/sql/schema.sql.new" &&
        mv "$top/sql/schema.sql.new" "$top/sql/schema.sql"
    exit
fi

ok 'all core migrations apply' apply $core
first=$(picture)
ok 'they apply a second time' apply $core
is 'which changes nothing' "$(picture)" "$first"
is 'sql/schema.sql is their picture (else run tests/sql/schema.sh --write)' \
    "$(printf '%s\n' "$first" | diff "$top/sql/schema.sql" - | head -n 20)" ''
for folder in "$top"/plugins/*/sql/migrations; do
    [ -d "$folder" ] || continue
    name=$(basename "${folder%/sql/migrations}")
    ok "the migrations of $name apply" apply "$folder"/*.sql
    ok "the migrations of $name apply a second time" apply "$folder"/*.sql
done
tap_end
