#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# What a document points to in this tree is there.
set -eu
cd "$(dirname "$0")/../.."

find . \( -name node_modules -o -name var -o -name .git -o -path ./conf/demo \) \
    -prune -o -name '*.md' -type f -print |
    while IFS= read -r file; do
        grep -oE '\]\([^)#: ]+(#[^)]*)?\)' "$file" |
            sed -E 's/^\]\(//; s/(#.*)?\)$//' |
            while IFS= read -r target; do
                [ -e "$(dirname "$file")/$target" ] ||
                    echo "$file: there is no $target"
            done
    done | grep . && exit 1
exit 0
