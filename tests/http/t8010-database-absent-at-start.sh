#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# httpd starts without a database, says so to visitors, and needs no restart when
# the database appears.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
trap site_down_all EXIT
site_up absent demo
site_url www > /dev/null
kept=$(get edu / | cksum)
site_settled
site_httpd_stop
site_db_stop
rm -rf "$site_dir"/state/pages/*
site_httpd_start

for site in www edu; do
    ok "$site answers 503 at once" within 1500 503 "$(timed $site /)"
    like "and says when to come back" "$(cat "$site_head")" '^Retry-After: [0-9]+'
    like "and that no cache keeps it" "$(cat "$site_head")" \
        '^Cache-Control: no-store'
done
page=$(get www /)
like 'the page says it in clear words' "$page" '<h1[^>]*>[^<]*(暂时|稍后|维护)'
style=$(printf '%s' "$page" | grep -Eo '/-/static/[^"]+\.css' | head -n 1)
is 'its style sheet is there' "$(status_of www "$style")" 200
is 'a column answers 503, too' "$(status_of edu /news/)" 503

site_db_start
# each process of httpd notices by itself that the database is back
came() { [ "$(status_of "$1" /)" = 200 ]; }
ok 'with the database the pages come back by themselves' wait_until 50 came edu
is 'and are what they were' "$(get edu / | cksum)" "$kept"
ok 'on the other site, too' wait_until 50 came www

# what was rendered before outlives httpd and database
site_httpd_stop
site_db_stop
site_httpd_start
ok 'after a restart without a database a kept page comes' \
    within 2500 200 "$(timed edu /)"
stale() { head_of edu / | grep -q '^Warning: 110 '; }
ok 'and is soon marked as stale' wait_until 60 stale
is 'and is what it was' "$(get edu / | cksum)" "$kept"
is 'another page answers 503' "$(status_of edu /news/)" 503
tap_end
