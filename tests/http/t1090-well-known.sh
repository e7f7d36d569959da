#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# sitemap.xml (sitemaps.org), robots.txt (RFC 9309), security.txt (RFC 9116),
# and the answer for load balancers.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
site_shared

for site in $(site_govctl site list --json | jq -r '.[].id'); do
    home=$(site_url "$site")/
    origin=$(printf '%s' "$home" | sed 's,^\(http://[^/]*\).*,\1,')
    map=$(get "$site" /sitemap.xml)
    ok "$site: sitemap.xml is well-formed" \
        sh -c 'printf %s "$1" | xmllint --noout -' - "$map"
    is "$site: it names only addresses of this site" "$(printf '%s' "$map" |
        grep -o '<loc>[^<]*' | grep -cv "^<loc>$home")" 0
    is "$site: each once" "$(printf '%s' "$map" | grep -o '<loc>[^<]*' |
        sort | uniq -d)" ''
    like "$site: documents with their time" "$map" \
        '\.html</loc><lastmod>2[0-9]{3}-[0-9-]{5}T[0-9:]{8}[+-][0-9:]{5}<'
    like "$site: robots.txt lets all in and names the map" \
        "$(get "$site" /robots.txt)" "^Sitemap: ${home}sitemap.xml"
    text=$(get "$site" /.well-known/security.txt)
    like "$site: security.txt has a contact" "$text" '^Contact: (mailto:|https?://)'
    expires=$(printf '%s\n' "$text" | sed -n 's/^Expires: //p')
    left=$((($(date -d "$expires" +%s) - $(date +%s)) / 86400))
    ok "$site: it is valid for a month to a year" \
        test "$left" -ge 30 -a "$left" -le 366
    like "$site: it names its own address" "$text" \
        "^Canonical: $origin/(.*/)?.well-known/security.txt"
done
unlike 'robots.txt hides no page' "$(get www /robots.txt)" '^Disallow: /(news)?$'
is 'healthy' "$(get www /-/health)" ok
like 'and never from a cache' "$(head_of www /-/health)" '^Cache-Control: no-store'
tap_end
