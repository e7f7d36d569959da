#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# R010: an address keeps what it showed, however much is published after it.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-stable

titles() { get edu "$1" | grep -o '第[0-9]*篇</a>' | tr -dc '0-9\n'; }

lines 12 edu news | bring > /dev/null
is 'the first page holds the oldest' "$(titles /news/page-1.html | sort -n | xargs)" \
    '1 2 3 4 5'
first=$(titles /news/page-1.html)
document=$(at edu-news-3)
title=$(get edu "$document" | grep -o '<h1.*</h1>')

# as the newsroom does it: one after another, now
lines 8 edu news 13 | sed 's/,"published":"[^"]*"//' | bring > /dev/null
is 'and the same after eight more' "$(titles /news/page-1.html)" "$first"
is 'a document is where it was' "$(get edu "$document" | grep -o '<h1.*</h1>')" "$title"
is 'the column itself shows the newest first' \
    "$(titles /news/ | sort -rn | head -n 5 | xargs)" '20 19 18 17 16'
all=$(for page in $(seq 1 20); do
    status=$(status_of edu "/news/page-$page.html")
    [ "$status" = 200 ] || break
    titles "/news/page-$page.html"
done; titles /news/)
is 'all pages together show everything' \
    "$(printf '%s\n' "$all" | sort -nu | xargs)" "$(seq 1 20 | xargs)"
is 'the newest page has no number yet: it is the column' \
    "$(head_of edu /news/page-4.html | sed -n 's/^Location: //p')" \
    "$(site_url edu)/news/"
is 'for now only' "$(status_of edu /news/page-4.html)" 303
is 'a page that is not there yet is not found' \
    "$(status_of edu /news/page-5.html)" 404
is 'there is no page 0' "$(status_of edu /news/page-0.html)" 404
tap_end
