#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Files include downward only, and each outside library has its owner, as
# mod_govportal/FLOORS says.  A public header's floor is the word after "Floor:"
# in it.
set -eu
cd "$(dirname "$0")/../.."

headers=$(find mod_govportal/include/govportal -name '*.h')
for header in $headers; do
    printf 'header %s %s\n' "$(basename "$header")" \
        "$(sed -n 's/.*Floor: *\([a-z]*\).*/\1/p' "$header" | head -n 1)"
done | cat mod_govportal/FLOORS - > "${TMPDIR:-/tmp}/floors.$$"
trap 'rm -f "${TMPDIR:-/tmp}/floors.$$"' EXIT

find mod_govportal plugins -name '*.[ch]' ! -path '*/tests/*' -print0 |
    xargs -0 grep -HnE '^[ 	]*#[ 	]*include' |
    awk '
    function wrong(why) { print where ": " why; bad = 1 }
    FNR == NR {
        if ($1 == "floor") number[$3] = $2
        if ($1 == "library") { prefix[++n] = $2
            for (i = 3; i <= NF; i++) owner[n] = owner[n] " " $i " " }
        if ($1 == "header") { if ($3 in number) floor[$2] = $3
            else { print $2 ": no floor called \"" $3 "\""; bad = 1 } }
        next
    }
    {
        split($0, part, ":")
        where = part[1] ":" part[2]
        split(part[1], dir, "/")
        folder = dir[1] == "plugins" ? "plugin" : dir[2]
        if (folder == "include") {
            sub(/.*\//, "", part[1]); folder = floor[part[1]] }
        level = folder == "plugin" ? 9 : number[folder]
        if (match($0, /"[^"]*"/)) {
            name = substr($0, RSTART + 1, RLENGTH - 2)
            if (name ~ /\//)
                wrong("\"" name "\": say the name only")
            if (name in floor) {
                if (number[floor[name]] > level)
                    wrong(name " stands on a higher floor: " floor[name])
                else if (number[floor[name]] == level && floor[name] != folder)
                    wrong(name " belongs to the neighbour " floor[name])
            } else if (name ~ /^gov_/)
                wrong("there is no public header " name)
            else if (name ~ /_priv\.h$/ && folder != "plugin" &&
                     name !~ "^(" folder "|[a-z]+)_priv\\.h$")
                wrong(name " is private to another folder")
            if (name ~ /_priv\.h$/ && folder != "plugin") {
                owner_folder = name; sub(/_.*/, "", owner_folder)
                if (owner_folder in number && owner_folder != folder)
                    wrong(name " is private to " owner_folder)
            }
        } else if (match($0, /<[^>]*>/)) {
            name = substr($0, RSTART + 1, RLENGTH - 2)
            for (i = 1; i <= n; i++)
                if (index(name, prefix[i]) == 1 &&
                    index(owner[i], " " folder " ") == 0)
                    wrong("<" name "> belongs to" owner[i])
            if (name ~ /^gov_/)
                wrong("write \"" name "\"")
        }
    }
    END { exit bad }' "${TMPDIR:-/tmp}/floors.$$" -
