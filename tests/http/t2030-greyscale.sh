#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Mourning days: pages are grey from the first to the last, by themselves.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-grey

# the day in China, whatever the machine's zone is
day() { TZ=Asia/Shanghai date -d "$1" +%Y-%m-%d; }
grey() {
    awk -v line="    <greyscale from=\"$1\" to=\"$2\" reason=\"哀悼日\"/>" \
        '/<column slug="news" name="要闻"/ && !done { print line; done = 1 } 1' \
        "$top/tests/http/fixtures/town.xml" > "$town/grey.xml"
    bring grey.xml > /dev/null
}

unlike 'an ordinary day is in colour' "$(get www / | grep -o '<html[^>]*>')" grey
grey "$(day today)" "$(day tomorrow)"
for path in / /news/ /sitemap.html /nothing; do
    like "today is one: $path is grey" \
        "$(get www "$path" | grep -o '<html[^>]*>')" 'class="[^"]*grey'
done
like 'in every view' "$(get www '/?view=elder' | grep -o '<html[^>]*>')" grey
unlike 'another site is not' "$(get edu / | grep -o '<html[^>]*>')" grey
grey "$(day yesterday)" "$(day today)"
unlike 'yesterday was one: colour again' \
    "$(get www / | grep -o '<html[^>]*>')" grey
grey "$(day tomorrow)" "$(day '2 days')"
unlike 'tomorrow is one: not yet' "$(get www / | grep -o '<html[^>]*>')" grey
tap_end
