#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Pictures, attachments, videos: typed, in ranges, and public only as long as a
# document that shows them.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-assets
demo=$top/conf/demo
cp "$demo/pictures/city-03.jpg" "$demo/pictures/market-02.jpg" \
    "$demo/files/guide.pdf" "$demo/files/schools-2026.csv" "$demo/media/tour.mp4" \
    "$demo/media/tour.vtt" "$town/"
{
    article picture edu notices 图文 '"picture":{"file":"city-03.jpg","alt":"城"}'
    article draft edu news 草稿 '"picture":{"file":"market-02.jpg","alt":"集市"},"state":"draft"'
    article files edu news 附件 '"attachments":[{"file":"guide.pdf","title":"指南"},{"file":"schools-2026.csv","title":"名单"}]'
    article video edu news 视频 '"media":{"file":"tour.mp4","captions":"tour.vtt"}'
} | bring > /dev/null
asset() { sha256sum "$town/$1" | sed "s,^\([0-9a-f]*\).*,/-/asset/\1/$1,"; }
header() { tr -d '\r' < "$site_head" | sed -n "s/^$1: //Ip"; }
# pictures lose their metadata on the way in, so their address is on the page
shown() { get edu "$(at "$1")" | grep -o "/-/asset/[0-9a-f]*/$2" | head -n 1; }

picture=$(shown picture city-03.jpg)
get edu "$picture" > "$town/got"
is 'a picture is a picture' "$(header Content-Type)" image/jpeg
is 'that nobody may take for something else' \
    "$(header X-Content-Type-Options)" nosniff
is 'all of it' "$(file -b --mime-type "$town/got")" image/jpeg
is 'shown, not saved' "$(header Content-Disposition)" ''
tag=$(header ETag)
is 'asked again it is not sent again' \
    "$(status_of edu "$picture" -H "If-None-Match: $tag")" 304

pdf=$(shown files guide.pdf)
get edu "$pdf" > "$town/got"
is 'an attachment comes whole' "$(head -c 5 "$town/got")$(tail -n 1 "$town/got")" \
    '%PDF-%%EOF'
is 'but does not say which program made it' \
    "$(grep -acE '/(Producer|Creator)' "$town/got")" 0
is 'a PDF is one' "$(header Content-Type)" application/pdf
csv=$(shown files schools-2026.csv)
get edu "$csv" > "$town/got"
ok 'a table comes as it was' cmp -s "$town/got" "$town/schools-2026.csv"
like 'and is saved, not shown' "$(header Content-Disposition)" \
    '^attachment; filename="schools-2026.csv"'
like 'the page says type and size' "$(get edu "$(at files)")" 'PDF.*[0-9] (KB|B)'

is 'another name leads to its own' "$(head_of edu "${csv%/*}/other.bak" |
    sed -n 's,^HTTP[^ ]* \([0-9]*\).*,\1,p; s,^Location: http://[^/]*,,p' |
    tr '\n' ' ')" "301 $csv "
video=$(shown video tour.mp4)
size=$(wc -c < "$town/tour.mp4")
get edu "$video" -r 100-299 > "$town/got"
is 'a part of a video' "$(status_of edu "$video" -r 100-299)" 206
is 'is told as such' "$(get edu "$video" -r 100-299 -o "$town/got"
    header Content-Range)" "bytes 100-299/$size"
ok 'and is that part' sh -c 'tail -c +101 "$1" | head -c 200 | cmp - "$2"' - \
    "$town/tour.mp4" "$town/got"
get edu "$video" -r -50 -o "$town/got"
is 'the last bytes' "$(wc -c < "$town/got") $(header Content-Range)" \
    "50 bytes $((size - 50))-$((size - 1))/$size"
is 'a part behind the end' "$(status_of edu "$video" -r "$size-")" 416
is 'players are told that parts can be had' \
    "$(get edu "$video" -I > "$town/got"; header Accept-Ranges)" bytes
is 'a video is one' "$(header Content-Type)" video/mp4
get edu "$(shown video tour.vtt)" -o "$town/got"
is 'its captions are captions' "$(header Content-Type)" 'text/vtt; charset=utf-8'

is 'no other site has it' "$(status_of www "$picture")" 404
is 'nor one below another'\''s host' "$(status_of lake "$picture")" 404
site_govctl document share --external picture www:notices > /dev/null
is 'unless it was shared' "$(status_of www "$picture")" 200
draft=$(site_sql "SELECT LOWER(HEX(r.asset_id)) FROM gov_asset_ref r
    JOIN gov_edition e ON e.id = r.edition_id WHERE e.state = 'draft' LIMIT 1")
is 'a draft'\''s picture is not public' \
    "$(status_of edu "/-/asset/$draft/market-02.jpg")" 404
site_govctl document withdraw --external picture --reason 错 > /dev/null
is 'nor is a withdrawn document'\''s' "$(status_of edu "$picture")" 404
is 'nowhere' "$(status_of www "$picture")" 404
is 'also for who has a copy' \
    "$(status_of edu "$picture" -H "If-None-Match: $tag")" 404
tap_end
