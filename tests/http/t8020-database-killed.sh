#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# The database is killed while sixteen people read.
#
# Alone: it measures time.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
trap site_down_all EXIT
site_up killed demo
site_settled
for page in www:/ www:/news/ edu:/ edu:/news/; do
    get "${page%%:*}" "${page#*:}" > /dev/null
done

readers_start 16 www:/ www:/news/ edu:/ edu:/news/
site_db_kill
stale() { head_of www / | grep -q '^Warning: 110 '; }
ok 'pages that are kept come, marked as stale' wait_until 60 stale
is 'with status 200' "$(status_of edu /news/)" 200
is 'a page that is not kept answers 503' "$(status_of edu /about/)" 503
ok 'at once' within 2500 503 "$(timed edu /about/)"
like 'and says when to come back' "$(cat "$site_head")" '^Retry-After: [0-9]+'
like "in the site's clothes" "$(get edu /about/)" 'theme-department'
like 'and under its name' "$(get edu /about/)" '教育局'

site_db_start
came() { [ "$(status_of edu /about/)" = 200 ]; }
ok 'with the database the page comes, without a restart' wait_until 50 came
fresh() { ! stale; }
ok 'and nothing is marked any more' wait_until 50 fresh
readers_stop
like 'no reader saw anything but pages' "$readers" ' bad=0 '
like 'many of them stale' "$readers" ' stale=[0-9]{2}'
ok "nobody waited for five seconds: $readers" \
    test "$(seen slowest)" -lt 5000
tap_end
