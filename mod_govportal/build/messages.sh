#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# messages.sh [--check | --list]
#
# Write mod_govportal/doc/messages.md: the numbers and levels come from the calls
# of gov_log() and gov_log_err() in C, what each means and what to do about it from
# mod_govportal/doc/messages.table ("number | meaning | what to do").  --check:
# nothing is written, the status says whether the page is current; --list: print
# "number level file" of each call.
set -eu
LC_ALL=C; export LC_ALL
cd "$(dirname "$0")/../.."

page=mod_govportal/doc/messages.md
table=mod_govportal/doc/messages.table

# The level may be chosen by an expression: then all that it names.
calls() {
    find mod_govportal plugins -name '*.c' ! -path '*/tests/*' | sort |
        while IFS= read -r file; do
            tr '\n' ' ' < "$file" | awk -v file="$file" '{
                while (match($0, /[^a-z_]gov_log(_err)?\([^;]*;/)) {
                    call = substr($0, RSTART, RLENGTH)
                    $0 = substr($0, RSTART + RLENGTH)
                    if (!match(call, /, *[0-9]+,/)) continue
                    number = substr(call, RSTART + 1, RLENGTH - 2) + 0
                    head = substr(call, 1, RSTART)
                    level = ""
                    while (match(head, /GOV_LOG_[A-Z]+/)) {
                        level = level (level ? "/" : "") \
                            tolower(substr(head, RSTART + 8, RLENGTH - 8))
                        head = substr(head, RSTART + RLENGTH) }
                    if (level) print number, level, file } }'
        done | sort -n
}

render() {
    cat <<'HEAD'
# Log messages

Made by `mod_govportal/build/messages.sh` from the sources and `messages.table`; change that table, not this page.

Every line that GovPortal writes into httpd's error log carries a number, followed by what happened and its causes, outermost first, each with its place in
the sources. Messages about a request begin with its id, which the error page shows, too. `govctl` prints the same numbers on standard error.

| number | level | from | says | what to do |
|---|---|---|---|---|
HEAD
    calls | awk -F' *[|] *' -v table="$table" '
        BEGIN { while ((getline line < table) > 0) {
                    if (line ~ /^[0-9]/) { n = split(line, part, / *[|] */)
                        says[part[1] + 0] = part[2]; remedy[part[1] + 0] = part[3]
                        if (n != 3) { print table ": not three parts: " line \
                            > "/dev/stderr"; bad = 1 } } } }
        { split($0, w, " ")
          if (!(w[1] in says)) { printf "%s: %d is not in %s\n", w[3], w[1],
                                     table > "/dev/stderr"; bad = 1 }
          sub(/^mod_govportal\//, "", w[3]); gsub(/\//, " or ", w[2])
          printf "| GOV%04d | %s | `%s` | %s | %s |\n", w[1], w[2], w[3],
              says[w[1]], remedy[w[1]]; used[w[1]] = 1 }
        END { for (n in says) if (!(n in used)) {
                  printf "%s: nothing in the sources says %d\n", table, n \
                      > "/dev/stderr"; bad = 1 }
              exit bad }'
}

case ${1-} in
--list) calls ;;
--check)
    new=$(mktemp); trap 'rm -f "$new"' EXIT
    render > "$new"
    cmp -s "$new" "$page" || {
        echo "$page is old; run mod_govportal/build/messages.sh"; exit 1; } ;;
*)
    new=$(mktemp); trap 'rm -f "$new"' EXIT
    render > "$new"
    cat "$new" > "$page" ;;
esac
