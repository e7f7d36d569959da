#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# The demo city says nothing that may not be said; without lists, by the rules alone.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
site_shared

said=$(site_govctl words scan --blocking --json 2> /dev/null)
is 'nothing that blocks is public' $? 0
is 'and none was told' "$(printf '%s' "$said" | jq -c '[.blocks, .list]')" \
    '[0,[]]'
ok 'all of it was looked through' \
    test "$(printf '%s' "$said" | jq .editions)" -gt 500
is 'one site has less than all' "$(site_govctl words scan --blocking --json \
    --site edu 2> /dev/null | jq '.editions > 0 and .editions < 500')" true
said=$(site_govctl words scan --json 2> /dev/null)
is 'offices are rung up by landlines, which are only warned of' "$(printf '%s' \
    "$said" | jq -r '[.list[].findings[] | .rule + " " + .action] | unique
    | map(select(startswith("landline"))) | .[]')" 'landline warn'
unlike 'and are masked' "$(printf '%s' "$said" | jq -r '.list[].findings[]
    | select(.rule == "landline") | .hit + .before + .after')" \
    '0[0-9]{2,3}-[0-9]{7}'
tap_end
