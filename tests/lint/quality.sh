#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Each suite that doc/quality.md names is there, and each of the seven qualities
# names some.
set -eu
cd "$(dirname "$0")/../.."

page=mod_govportal/doc/quality.md
status=0
wrong() { echo "$page: $*"; status=1; }

# named PATTERN: what the page names in backticks
named() { grep -oE "\`$1\`" "$page" | tr -d '\`' | sort -u; }

for name in $(named '(tests|plugins)/[^` ]+'); do
    set -- $name
    [ -e "$1" ] || wrong "there is no $name"
done
for name in $(named '(t[0-9]+-|test_)[^` /]+'); do
    [ -n "$(find tests plugins -name "$name")" ] || wrong "there is no $name"
done
for name in $(named 'bench [a-z0-9-]+' | cut -d' ' -f2); do
    [ -x "tests/bench/$name" ] || wrong "there is no bench $name"
done
for tier in $(grep -oE 'tiers? `[a-z]+`(, `[a-z]+`)*' "$page" |
    grep -oE '`[a-z]+`' | tr -d '`' | sort -u); do
    grep -q "^tier_$tier()" tests/run || wrong "there is no tier $tier"
done
for quality in 先进性 可用性 兼容性 安全性 扩展性 标准性 内容合法性; do
    awk -v name="## $quality" 'index($0, "## ") == 1 { on = index($0, name) == 1 }
        on && /^\| `|^\| tier/ { found = 1 } END { exit !found }' "$page" ||
        wrong "$quality names no suite"
done
exit $status
