#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Files pass one door: a virus stays out, pictures lose what they tell about their
# maker, and the same file is the same when it comes again.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-taken-in
socket=$site_dir/clamd
node "$top/tests/lib/clamd.mjs" "$socket" > /dev/null 2>&1 &
scanner=$!
trap 'kill $scanner 2> /dev/null; site_down_all' EXIT
wait_until 100 test -S "$socket"
printf 'GovVirusScanner unix:%s\n' "$socket" >> "$in_conf"

with() { article "$1" edu news "$1" "\"attachments\":[{\"file\":\"$2\",\"title\":\"$2\"}]"; }
# in halves, so that no scanner finds it here
printf '%s%s' 'X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD' \
    '-ANTIVIRUS-TEST-FILE!$H+H*' > "$town/bad.txt"
echo hello > "$town/good.txt"
{
    printf '\377\330\377\341\000\030Exif\000\000MM\000*GPS 31.2 N..'
    tail -c +3 "$top/conf/demo/pictures/city-03.jpg"
} > "$town/phone.jpg"

is 'a clean file goes in' "$(with good good.txt | bring)" \
    'created 1, changed 0, same 0, failed 0'
is 'an infected one does not' "$(with bad bad.txt | bring)" \
    'created 0, changed 0, same 0, failed 1'
like 'and its virus is named' "$(cat "$town/findings")" \
    'attachments: bad.txt: file-infected: Eicar-Test-Signature'
is 'nothing of it is stored' \
    "$(site_sql 'SELECT COUNT(*) FROM gov_asset WHERE size = 68')" 0

picture() { article phone edu news 照片 '"picture":{"file":"phone.jpg","alt":"城"}'; }
is 'a picture with a place in it goes in' "$(picture | bring)" \
    'created 1, changed 0, same 0, failed 0'
src=$(get edu "$(at phone)" | grep -oE '/-/asset/[0-9a-f]{64}/phone\.jpg' | head -n 1)
get edu "$src" > "$town/got.jpg"
is 'it is shown' "$(head -c 2 "$town/got.jpg" | od -An -tx1)" ' ff d8'
is 'without the place' "$(grep -ac 'GPS 31' "$town/got.jpg")" 0
is 'and is the same when it comes again' "$(picture | bring)" \
    'created 0, changed 0, same 1, failed 0'

kill "$scanner"
wait "$scanner" 2> /dev/null
echo other > "$town/other.txt"
with other other.txt | bring > /dev/null
like 'without an answer of the scanner nothing goes in' \
    "$(cat "$town/findings")" 'virus scanner'
is 'really nothing' "$(site_sql "SELECT COUNT(*) FROM gov_external
    WHERE external_id = 'other'")" 0
tap_end
