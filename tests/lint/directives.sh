#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Every directive has its page in conf/directives/, and every page a directive.
set -eu
cd "$(dirname "$0")/../.."

status=0
known=$(awk -v part=strings -f tests/lib/c_parts.awk mod_govportal/base/config.c |
    grep -oE '"Gov[A-Z][A-Za-z]+"' | tr -d '"' | sort -u)
[ -n "$known" ] || { echo 'no directives found in base/config.c'; exit 1; }
for name in $known; do
    [ -s "conf/directives/$name.md" ] || {
        echo "$name: no conf/directives/$name.md"; status=1; }
done
for file in conf/directives/Gov*.md; do
    [ -f "$file" ] || continue
    name=$(basename "$file" .md)
    printf '%s\n' "$known" | grep -qx "$name" || {
        echo "$file: there is no such directive"; status=1; }
done
exit $status
