#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# The database takes connections and never answers: the worst way to be away.
#
# Alone: it measures time.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
trap 'site_db_resume 2> /dev/null; site_down_all' EXIT
site_up hung demo
site_settled
for page in www:/ www:/news/ edu:/ edu:/news/; do
    get "${page%%:*}" "${page#*:}" > /dev/null
done

readers_start 16 www:/ www:/news/ edu:/ edu:/news/
site_db_pause
# who meets it while connecting waits for that (2 s) and for an answer (3 s)
ok 'who asks for a page that is not kept gets an answer in time' \
    within 5500 503 "$(timed edu /about/)"
like 'that says when to come back' "$(cat "$site_head")" '^Retry-After: [0-9]+'
stale() { head_of www / | grep -q '^Warning: 110 '; }
ok 'pages that are kept come, marked as stale' wait_until 60 stale
for i in 1 2 3; do
    ok "and the next ones, too ($i)" \
        within 4500 503 "$(timed edu /about/)"
done
# as much later as a second line may come
lines() { grep -c GOV0402 "$in_log/httpd-error.log"; }
before=$(lines)
many=
for i in $(seq 40); do
    status_of edu /about/ > /dev/null &
    many="$many $!"
done
# shellcheck disable=SC2086
wait $many
ok 'the log has a line a second, not one of each request' \
    test $(($(lines) - before)) -lt 15
told() { grep -q 'GOV0415\|GOV0402.* more)' "$in_log/httpd-error.log"; }
ok 'and says how many went without' wait_until 30 told
site_db_resume
came() { [ "$(status_of edu /about/)" = 200 ]; }
ok 'when it moves again the page comes, without a restart' wait_until 50 came
readers_stop
like 'no reader saw anything but pages' "$readers" ' bad=0 '
ok "nobody waited for five seconds: $readers" \
    test "$(seen slowest)" -lt 4800
tap_end
