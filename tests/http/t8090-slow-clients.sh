#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# A hundred clients that never finish their request do not stop the others, and
# oversized ones are refused.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
trap 'kill "$slow" 2> /dev/null; site_down_all' EXIT
site_up slow demo
get www / > /dev/null

node "$top/tests/lib/slow.mjs" "$site_port" 100 > "$site_dir/slow" &
slow=$!
ok 'a hundred slow clients are connected' \
    wait_until 50 test -s "$site_dir/slow"
for path in / / /news/ /about/ /sitemap.html /feed.atom; do
    ok "$path comes beside them" within 1000 200 "$(timed edu "$path")"
done
kill "$slow"

long=$(head -c 9000 /dev/zero | tr '\0' a)
is 'a huge header is refused' "$(status_of www / -H "X-Long: $long")" 400
is 'a huge address, too' "$(status_of www "/$long")" 414
many=$(seq 100 | sed 's/.*/X-&: 1/')
printf '%s\n' "$many" > "$site_dir/headers"
is 'and too many headers' "$(status_of www / -H "@$site_dir/headers")" 400
is 'and the portal answers the next one' "$(status_of www /)" 200
tap_end
