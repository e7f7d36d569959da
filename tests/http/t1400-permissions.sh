#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Every route names its permission; none is open that is not meant to be.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
site_shared

# method, path, word: from the tables of the core ...
routes=$(cat "$top"/mod_govportal/portal/*.c "$top"/mod_govportal/host/*.c |
    tr -s ' \n' ' ' |
    grep -oE '\{ "(GET|POST)", "/[^"]*", ("[^"]*"|NULL)' | tr -d '{",')
ok 'the core has routes' test "$(printf '%s\n' "$routes" | wc -l)" -ge 15
is 'each with a permission' "$(printf '%s\n' "$routes" |
    awk 'NF < 3 || $3 == "NULL"')" ''
is 'what changes something is not public' "$(printf '%s\n' "$routes" |
    awk '$1 == "POST" && $3 == "public"')" ''
# ... and from each plugin that is installed
for plugin in $(site_plugins); do
    said=$(site_govctl plugin show "$plugin")
    like "plugin $plugin shows its routes" "$said" '^route +GET '
    is "each route of $plugin has a permission" "$(printf '%s\n' "$said" |
        awk '$1 == "route" && !/ for [a-z]/')" ''
done
tap_end
