#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# A GOV number stands for one message, and mod_govportal/doc/messages.md explains
# it.
set -eu
cd "$(dirname "$0")/../.."

status=0
used=$(find mod_govportal plugins -name '*.c' ! -path '*/tests/*' -print0 |
    xargs -0 cat | tr '\n' ' ' |
    grep -oE 'gov_log(_err)?\( *GOV_LOG_[A-Z]+, *[0-9]+,' |
    sed -E 's/.*, *([0-9]+),$/\1/' | sort -n)
printf '%s\n' "$used" | uniq -d | grep . && {
    echo '^ used for two messages'; status=1; }
for number in $used; do
    name=$(printf 'GOV%04d' "$number")
    grep -q "$name" mod_govportal/doc/messages.md 2>/dev/null || {
        echo "$name: not in mod_govportal/doc/messages.md"; status=1; }
done
exit $status
