#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Every test function is in its program's array, every C file in sources.am, and
# every http test may be executed.
set -eu
cd "$(dirname "$0")/../.."

status=0
for file in $(find tests plugins -name 'test_*.c'); do
    awk -v file="$file" '
        { all = all " " $0 }
        match($0, /^(static void )?[a-z0-9_]+\(void \*\*(state|unused|s)\)/) {
            name = substr($0, RSTART, RLENGTH)
            sub(/\(.*/, "", name); sub(/^static void /, "", name)
            seen[name] = FNR }
        END { for (name in seen)
                  if (all !~ ("[^a-z0-9_](GOV_TEST[A-Z_]*|cmocka_unit_test" \
                              "[a-z_]*)\\([ ]*" name "[ ]*[,)]")) {
                      print file ":" seen[name] ": " name " is in no array"
                      bad = 1 }
              exit bad }' "$file" || status=1
done
mod_govportal/build/sources.sh --check || {
    echo 'mod_govportal/sources.am is old; run mod_govportal/build/sources.sh'
    status=1
}
exit $status
