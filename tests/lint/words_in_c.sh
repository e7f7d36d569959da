#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# C emits codes, never words: no Chinese in string literals.
set -eu
cd "$(dirname "$0")/../.."

# UTF-8's first bytes of U+3400 to U+9FFF
find mod_govportal plugins -name '*.[ch]' ! -path '*/tests/*' -print0 |
    xargs -0 -r awk -v part=strings -f tests/lib/c_parts.awk |
    LC_ALL=C grep -aE "$(printf '\343[\220-\277]|[\344-\351][\200-\277]')" &&
    exit 1
exit 0
