#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# No tabs in C, lines end at column 80 (the guard lets 84 pass:
# a closing mark or word that is not worth a break), no blanks at a line's end, a newline at
# the file's end.
set -eu
LC_ALL=C.UTF-8; export LC_ALL
cd "$(dirname "$0")/../.."

status=0
sources=$(find mod_govportal plugins tests -name node_modules -prune \
    -o -name '*.[ch]' -print)
[ -n "$sources" ] || exit 0
# shellcheck disable=SC2086
{
    grep -nHE '	' $sources && { echo '^ tabs'; status=1; }
    grep -nHE '^.{85,}' $sources && { echo '^ much more than 80 columns'; status=1; }
    grep -nHE '[ ]+$' $sources && { echo '^ blanks at the end'; status=1; }
}
for file in $sources; do
    [ -z "$(tail -c 1 "$file")" ] || { echo "$file: no newline at its end"
        status=1; }
done
exit $status
