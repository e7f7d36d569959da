#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# mod_govportal/doc/howto/add-a-plugin.md, followed to the letter: its sh blocks run
# one after the other, against an installation that is thrown away.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
GOVPORTAL=${GOVPORTAL_VAR:-$GOVPORTAL_TOP/var}/test/plugin-howto-inst
rm -rf "$GOVPORTAL"
mkdir -p "$(dirname "$GOVPORTAL")"
cp -a "${GOVPORTAL_INST:-$GOVPORTAL_TOP/var/inst}" "$GOVPORTAL"
GOVPORTAL_INST=$GOVPORTAL
. "$GOVPORTAL_TOP/tests/lib/site.sh"
trap 'site_down_all; rm -rf "$GOVPORTAL"' EXIT
site_up plugin-howto demo

work=$site_dir/work
mkdir -p "$work/bin"
SITE=http://fairs.localhost:$site_port
export GOVPORTAL SITE
# the one command that means another httpd here
printf '#!/bin/sh\nkill -USR1 %s\n' "$(httpd_pid)" > "$work/bin/apachectl"
chmod +x "$work/bin/apachectl"
PATH=$work/bin:$PATH

page=$GOVPORTAL_TOP/mod_govportal/doc/howto/add-a-plugin.md
blocks=$(grep -c '^```sh$' "$page")
ok 'the page has commands' [ "$blocks" -gt 6 ]
# after each block its number, so that a failure has a place
awk 'BEGIN { print "set -eu" }
     /^```sh$/ { on = 1; next }
     on && /^```$/ { on = 0; print "echo \"block " ++n " done\""; next }
     on' "$page" > "$work/script"
said=$(cd "$work" && sh "$work/script" 2>&1) || :
printf '%s\n' "$said" > "$work/said"
ran=$(grep -c '^block [0-9]* done$' "$work/said")
is 'every block runs' "$ran" "$blocks"
[ "$ran" = "$blocks" ] || tail -n 25 "$work/said" | sed 's/^/#   /'

like 'govctl shows the plugin' "$said" '^plugin +market 1\.0'
like 'and that it fits' "$said" '^market.*fits'
like 'its calendar is published' "$said" '^SUMMARY:年货市集'
is 'the list answers' \
    "$(curl -s -o /dev/null -w '%{http_code}' "$SITE/fairs/")" 200
like 'the field is in it' "$(curl -s "$SITE/fairs/")" '<td[^>]*>60</td>'
like 'the new page shows the fair' "$(curl -s "$SITE/fairs/next")" '年货市集'
like 'in English, too' "$(curl -s "$SITE/en/fairs/next")" 'Coming fairs'
is 'the migration is recorded' "$(site_sql "SELECT MAX(version)
    FROM gov_schema WHERE component = 'market'")" 3
is 'the example goes on' "$(status_of culture /events/events.ics)" 200
unlike 'nothing was refused' "$(cat "$site_dir/log/httpd-error.log")" 'GOV0403'
tap_end
