#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Importing again changes what changed, and nothing else.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-again
published='"published":"2026-03-02T08:00:00+08:00"'
first() {
    article one edu news 甲文 "$published"
    article two edu news 乙文 '"pinned":true'
    article three edu news 丙文
}
editions() {
    site_govctl document show --json --external "$1" |
        jq -r '.editions | map("\(.version) \(.state)") | join(", ")'
}
is 'at first all is new' "$(first | bring)" 'created 3, changed 0, same 0, failed 0'
page=$(get edu "$(at one)")
is 'again all is the same' "$(first | bring)" 'created 0, changed 0, same 3, failed 0'
is 'there is still one edition' "$(editions one)" '1 live'
is 'and the page is the same' "$(get edu "$(at one)")" "$page"
is 'in another order, too' "$(first | sort -r | bring)" \
    'created 0, changed 0, same 3, failed 0'

address=$(at one)
is 'a changed one is changed' "$(first | sed s/甲文/甲文更正/ | bring)" \
    'created 0, changed 1, same 2, failed 0'
is 'it is a new edition' "$(editions one)" '2 live, 1 superseded'
is 'at the same address' "$(at one)" "$address"
like 'with the new text' "$(get edu "$address")" '<h1>甲文更正'
like 'the date of its first publication' "$(get edu "$address")" \
    'name="PubDate" content="2026-03-02 08:00"'
like 'and it says that it was changed' "$(get edu "$address")" \
    "$(TZ=Asia/Shanghai date +%Y-%m-%d)"
like 'the feed says so, too' "$(get edu /news/feed.json |
    jq -r '.items[] | select(.title == "甲文更正").date_modified')" \
    "^$(TZ=Asia/Shanghai date +%Y-%m-%d)"

article one edu notices 甲文更正 "$published" | bring > /dev/null
is 'given another column it moves there' "$(at one)" "/notices/${address##*/}"
is 'and its old address leads there' "$(status_of edu "$address")" 301
like 'a pinned one' "$(get edu /news/)" 'gov-tag'
article two edu news 乙文 | bring > /dev/null
unlike 'is not pinned any more when the record says so' "$(get edu /news/)" gov-tag
article three edu news 丙文 '"state":"withdrawn"' | bring > /dev/null
is 'a record can withdraw' "$(status_of edu "/news/$(at three | grep -o '[0-9]*\.html')")" 410
article three edu news 丙文 | bring > /dev/null
is 'and bring back' "$(status_of edu "$(at three)")" 200
article one www news 甲文 | bring > /dev/null
like 'but not take it to another site' "$(cat "$town/findings")" \
    '^now.jsonl:1: site: .*another site'
tap_end
