#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# A GOV number stands for one message, and mod_govportal/doc/messages.md, which is
# made from the sources and a table, explains all of them.
set -eu
cd "$(dirname "$0")/../.."

status=0
numbers=$(mod_govportal/build/messages.sh --list | cut -d' ' -f1)
[ -n "$numbers" ] || { echo 'no messages found'; exit 1; }
printf '%s\n' "$numbers" | uniq -d | grep . && {
    echo '^ used for two messages'; status=1; }
mod_govportal/build/messages.sh --check || status=1
exit $status
