#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# 304, gzip, HEAD: for each kind of page and feed.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
site_shared
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
header() { tr -d '\r' < "$site_head" | sed -n "s/^$1: //Ip"; }

dated() { get edu "$path" > /dev/null; [ -n "$(header Last-Modified)" ]; }

document=$(get edu /sitemap.xml | grep -o '/news/[0-9]*\.html' | head -n 1)
for path in / /news/ "$document" /feed.atom /sitemap.xml; do
    get edu "$path" > /dev/null
done
for path in / /news/ "$document" /feed.atom /sitemap.xml; do
    wait_until 60 dated         # not in the seconds in which it was made
    get edu "$path" > "$out/plain"
    plain_tag=$(header ETag) since=$(header Last-Modified)
    like "$path has an ETag" "$plain_tag" '^"[^"]+"$'
    is "$path asked with its ETag: 304" \
        "$(status_of edu "$path" -H "If-None-Match: $plain_tag")" 304
    is "$path with a weak one: 304" \
        "$(status_of edu "$path" -H "If-None-Match: W/$plain_tag")" 304
    is "$path with one of several: 304" \
        "$(status_of edu "$path" -H "If-None-Match: \"x\", $plain_tag")" 304
    is "$path with another: 200" \
        "$(status_of edu "$path" -H 'If-None-Match: "x"')" 200
    is "$path a 304 has the ETag and no body" "$(get edu "$path" \
        -H "If-None-Match: $plain_tag" | wc -c; header ETag)" "0
$plain_tag"
    is "$path not modified since" "$(status_of edu "$path" \
        -H "If-Modified-Since: $since")" 304
    is "$path modified since long ago" "$(status_of edu "$path" \
        -H 'If-Modified-Since: Mon, 01 Jan 2001 00:00:00 GMT')" 200

    get edu "$path" -H 'Accept-Encoding: gzip' > "$out/gzip"
    is "$path is compressed for those who take it" \
        "$(header Content-Encoding)" gzip
    gzip_tag=$(header ETag)
    ok "$path has the same content then" \
        sh -c 'gzip -dc < "$1/gzip" | cmp - "$1/plain"' - "$out"
    unlike "$path with another ETag" "$gzip_tag" "^$plain_tag\$"
    is "$path 304 by that one, too" "$(status_of edu "$path" \
        -H 'Accept-Encoding: gzip' -H "If-None-Match: $gzip_tag")" 304
    is "$path says that it varies" "$(header Vary)" Accept-Encoding
    get edu "$path" -H 'Accept-Encoding: gzip;q=0, identity' > "$out/refused"
    ok "$path is plain for those who refuse" cmp -s "$out/refused" "$out/plain"

    get edu "$path" -I > /dev/null
    is "$path HEAD: the same headers" \
        "$(header Content-Length) $(header ETag)" \
        "$(wc -c < "$out/plain") $plain_tag"
done

# an error is no copy of anything
tag=$(get edu /nothing > /dev/null; header ETag)
is 'a page that is not there is never "not modified"' \
    "$(status_of edu /nothing -H "If-None-Match: ${tag:-*}")" 404
is 'not by date either' "$(status_of edu /nothing \
    -H 'If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT')" 404
is 'HEAD of it is 404' "$(status_of edu /nothing -I)" 404
tap_end
