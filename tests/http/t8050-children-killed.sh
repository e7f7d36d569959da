#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# httpd's processes are killed with -9 while the database is away: what was
# rendered before is served by the next ones.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
trap site_down_all EXIT
site_up children demo
get www / > /dev/null
site_settled
page=$(get edu /news/ | cksum)
renders() { site_govctl cache stats --json | jq .renders; }
rendered=$(renders)

children() { pgrep -P "$(httpd_pid)" | sort; }
first=$(children)
# shellcheck disable=SC2086
kill -KILL $first
anew() { [ "$(children | wc -l)" -ge 2 ] && [ "$(children)" != "$first" ]; }
ok 'killed children are replaced' wait_until 50 anew
is 'the page comes' "$(get edu /news/ | cksum)" "$page"
is 'and was not rendered again' \
    "$(renders)" "$rendered"

site_db_kill
second=$(children)
# shellcheck disable=SC2086
kill -KILL $second
third() { [ "$(children | wc -l)" -ge 2 ] && [ "$(children)" != "$second" ]; }
ok 'they are replaced without a database, too' wait_until 50 third
ok 'and the page comes' within 2500 200 "$(timed edu /news/)"
is 'as it was' "$(get edu /news/ | cksum)" "$page"
is 'a page that was never rendered answers 503' "$(status_of edu /about/)" 503

site_db_start
came() { [ "$(status_of edu /about/)" = 200 ]; }
ok 'with the database everything comes' wait_until 50 came
tap_end
