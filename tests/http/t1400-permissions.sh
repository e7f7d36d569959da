#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Every route names its permission; none is open that is not meant to be.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
site_shared

routes=$(site_govctl route list --json)
ok 'there are routes' test "$(printf '%s' "$routes" | jq length)" -ge 25
is 'each with a permission' "$(printf '%s' "$routes" |
    jq -r '.[] | select((.permission // "") == "") | .path')" ''
is 'whatever takes something has a form' "$(printf '%s' "$routes" |
    jq -r '.[] | select(.method == "POST" and .form == null) | .path')" ''
# what strangers may send, by name: a new one belongs into this list or behind a
# permission
is 'strangers may post these forms only' "$(printf '%s' "$routes" |
    jq -r '.[] | select(.method == "POST" and .permission == "public") | .form' |
    sort | tr '\n' ' ')" "example-join sign-in "
# each plugin that is installed
for plugin in $(site_plugins); do
    said=$(site_govctl plugin show "$plugin")
    like "plugin $plugin shows its routes" "$said" '^route +GET '
    is "each route of $plugin has a permission" "$(printf '%s\n' "$said" |
        awk '$1 == "route" && !/ for [a-z]/')" ''
done
tap_end
