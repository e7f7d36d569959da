#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 of a site and of a column.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
site_shared
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

quiet() { "$@" > /dev/null; }
# count FILE XPATH, with the Atom namespace left out
count() { xmllint --xpath "count($2)" "$1"; }
a() { printf "*[local-name()='%s']" "$1"; }

for place in '/' '/news/' '/en/' '/en/news/'; do
    for kind in atom rss json; do
        get edu "${place}feed.$kind" > "$out/feed.$kind"
        cp "$site_head" "$out/head.$kind"
    done
    what="edu$place"
    ok "$what feed.atom is well-formed" xmllint --noout "$out/feed.atom"
    ok "$what feed.rss is well-formed" xmllint --noout "$out/feed.rss"
    ok "$what feed.json is JSON" quiet jq -e . "$out/feed.json"
    entries=$(count "$out/feed.atom" "/*/$(a entry)")
    ok "$what has entries" test "$entries" -gt 0
    for part in title id updated; do
        is "$what has one feed $part" \
            "$(count "$out/feed.atom" "/*/$(a $part)")" 1
    done
    for part in title id updated published author link; do
        is "$what every entry has one $part" \
            "$(count "$out/feed.atom" "/*/$(a entry)[count($(a $part)) = 1]")" \
            "$entries"
    done
    is "$what ids are unique" \
        "$(xmllint --xpath "/*/$(a entry)/$(a id)/text()" "$out/feed.atom" |
            sort | uniq -d)" ''
    is "$what names itself" "$(xmllint --xpath \
        "string(/*/$(a link)[@rel='self']/@href)" "$out/feed.atom")" \
        "$(site_url edu)${place}feed.atom"
    like "$what times are RFC 3339" "$(xmllint --xpath \
        "string(/*/$(a updated))" "$out/feed.atom")" \
        '^2[0-9]{3}-[01][0-9]-[0-3][0-9]T[0-9:]{8}[+-][0-9]{2}:[0-9]{2}$'
    is "$what RSS has the same items" \
        "$(count "$out/feed.rss" '/rss[@version="2.0"]/channel/item')" "$entries"
    is "$what RSS items have title, link, guid, date, source" "$(count \
        "$out/feed.rss" "/rss/channel/item[title and link and guid and pubDate \
            and $(a creator)]")" "$entries"
    is "$what RSS channel has title, link, description" "$(count \
        "$out/feed.rss" '/rss/channel[title and link and description]')" 1
    like "$what RSS dates are RFC 5322" "$(xmllint --xpath \
        'string(/rss/channel/item/pubDate)' "$out/feed.rss")" \
        '^[A-Z][a-z]{2}, [0-3][0-9] [A-Z][a-z]{2} 2[0-9]{3} [0-9:]{8} [+-][0-9]{4}$'
    is "$what JSON has the same items" \
        "$(jq '.items | length' "$out/feed.json")" "$entries"
    ok "$what JSON has what the format asks for" quiet jq -e '
        .version == "https://jsonfeed.org/version/1.1" and .title != "" and
        (.home_page_url | startswith("http://")) and
        all(.items[]; .id != "" and (.url | test("^https?://")) and
            .title != "" and (.content_text or .content_html) and
            (.date_published | test("^2[0-9]{3}-")) and
            .authors[0].name != "")' "$out/feed.json"
    is "$what the three name the same entries" \
        "$(jq -r '.items[].id' "$out/feed.json")" \
        "$(xmllint --xpath "/*/$(a entry)/$(a id)/text()" "$out/feed.atom")"
    like "$what Atom type" "$(cat "$out/head.atom")" \
        '^Content-Type: application/atom\+xml'
    like "$what RSS type" "$(cat "$out/head.rss")" \
        '^Content-Type: application/rss\+xml'
    like "$what JSON type" "$(cat "$out/head.json")" \
        '^Content-Type: application/feed\+json'
done
is 'another format is not found' "$(status_of edu /feed.xml)" 404
tap_end
