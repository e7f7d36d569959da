#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# C builds page models; HTML stands in stylesheets.  Only the cleaning of markup
# (security/markup*.c) knows elements.
set -eu
cd "$(dirname "$0")/../.."

tags='html|head|body|div|span|p|a|table|tr|td|th|ul|ol|li|h[1-6]|br|img|form'
tags="$tags|input|button|script|style|link|meta|section|article|nav|main"

find mod_govportal plugins -name '*.[ch]' ! -path '*/tests/*' -print0 |
    xargs -0 -r awk -v part=strings -f tests/lib/c_parts.awk |
    grep -v '^mod_govportal/security/markup' |
    grep -E "\"[^\"]*</?($tags)([ >/]|\\\\|\")" && exit 1
exit 0
