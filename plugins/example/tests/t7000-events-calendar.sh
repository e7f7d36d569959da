#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# The events calendar from outside: months, iCalendar, and that nothing withdrawn
# stays in either.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
trap site_down_all EXIT
site_up events-calendar demo

# see COMMAND...: within three seconds (the change feed is followed)
see() { wait_until 30 "$@"; }
has() { get culture "$1" | grep -q "$2"; }
lacks() { ! has "$1" "$2"; }
title='“澜江听潮”市民合唱音乐会'
id=$(site_govctl document list culture:events | awk -v t="$title" \
    'index($0, t) { print $1; exit }')

ok 'what was published before the start is in its month' \
    see has /events/calendar/2026-12 "$title"
html=$(get culture /events/calendar/2026-12)
like 'the month is a table with a caption' "$html" '<caption[^>]*>[^<]*12月'
like 'whose columns have headers' "$html" '<th scope="col" abbr="星期一">'
like 'an event stands on its day' "$html" \
    "<time datetime=\"2026-12-04\">4</time><ul>.*/events/$id\.html"
like 'a neighbouring month can be reached' "$html" \
    'rel="next" href="/events/calendar/2027-01"'
like 'an event of several days is in the next month, too' \
    "$(get culture /events/calendar/2027-01)" '馆藏明清书画特展'
like 'the text view has the list' \
    "$(get culture '/events/calendar/2026-12?view=text')" "$title"
unlike 'and no table' "$(get culture '/events/calendar/2026-12?view=text')" \
    '<table'
like 'English has what was translated' \
    "$(get culture /en/events/calendar/2026-12)" 'Tide of the Lan'
like 'an event shared from another site links there' \
    "$(get linjiang /events/calendar/2026-12)" \
    'href="http://culture\.[^"]*/events/[0-9]+\.html"'

for path in 2026-13 2026-1 x 2031-01 1999-01; do
    is "there is no month $path" "$(status_of culture \
        "/events/calendar/$path")" 404
done
is 'columns of other types have no calendar' \
    "$(status_of culture /news/calendar/2026-12)" 404
is 'calendar/ leads to the present month' \
    "$(status_of culture /events/calendar/)" 303

like 'an event shows what the plugin adds' "$(get culture "/events/$id.html")" \
    "href=\"/events/$id\.ics\""
ics=$(get culture "/events/$id.ics" | tr -d '\r')
like 'its iCalendar has a stable id' "$ics" "^UID:document-$id@9900000008$"
like 'and its time in UTC' "$ics" '^DTSTART:20261204T113000Z$'
like 'it is sent as a calendar' "$(head_of culture "/events/$id.ics")" \
    '^Content-Type: text/calendar; charset=utf-8$'
is 'an event of another site has no file here' \
    "$(status_of linjiang "/events/$id.ics")" 404
is 'no line is longer than 75 bytes' "$(get culture /events/events.ics |
    tr -d '\r' | LC_ALL=C awk 'length($0) > 75')" ''
is 'the column has as many events as its list' \
    "$(get culture /events/events.ics | grep -c '^BEGIN:VEVENT')" \
    "$(site_govctl document list culture:events | grep -c .)"

ok 'an event is withdrawn' site_govctl document withdraw "$id" --reason test
ok 'it leaves its month' see lacks /events/calendar/2026-12 "$title"
ok 'it leaves the calendar' see lacks /events/events.ics "UID:document-$id@"
is 'its file is gone' "$(status_of culture "/events/$id.ics")" 410
no_rows() { [ "$(site_sql "SELECT COUNT(*) FROM example_event
    WHERE document_id = $id")" = 0 ]; }
ok 'and its rows go' see no_rows

site_sql 'DELETE FROM example_event'
site_httpd_stop
site_httpd_start
ok 'a lost table is made again' see has /events/calendar/2026-12 '非遗市集'
tap_end
