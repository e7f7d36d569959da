#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# symbols.sh [--write]
#
# libgovportal exports what mod_govportal/doc/abi/symbols lists, all of it begins
# with gov_, and each function marked GOV_API in a public header is there.
# Needs the built library.  --write: the list is what the library exports now.
set -eu
LC_ALL=C; export LC_ALL
cd "$(dirname "$0")/../.."

list=mod_govportal/doc/abi/symbols
library=${GOVPORTAL_BUILD:-var/build}/.libs/libgovportal.so
[ -f "$library" ] || { echo "$library: not built"; exit 1; }
# the linker's own, exported because libxlsxwriter has them, too
exported=$(nm -D --defined-only "$library" |
    awk '$3 !~ /^(__bss_start|_edata|_end)$/ { print $3 }' | sort)
if [ "${1-}" = --write ]; then
    mkdir -p "$(dirname "$list")"
    printf '%s\n' "$exported" > "$list"
    exit
fi

status=0
printf '%s\n' "$exported" | grep -Ev '^gov_' && {
    echo '^ exported, but not of our name space'; status=1; }
printf '%s\n' "$exported" | diff -u --label "$list" --label "$library" \
    "$list" - || { echo "if this is meant: $0 --write"; status=1; }
for name in $(cat mod_govportal/include/govportal/*.h | grep -v '^#' |
    tr '\n' ' ' |
    sed 's,/\*[^*]*\*\+\([^/*][^*]*\*\+\)*/, ,g' |
    grep -oE 'GOV_API [^;{(=]*\(' | grep -v extern |
    sed -E 's/ *\($//; s/.*[ *]//'); do
    printf '%s\n' "$exported" | grep -qx "$name" || {
        echo "$name: GOV_API in a header, but not in the library"; status=1; }
done
exit $status
