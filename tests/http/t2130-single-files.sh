#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Single .txt and .html files become documents.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-files
cp "$top/conf/demo/pictures/city-03.jpg" "$top/conf/demo/files/guide.pdf" "$town/"
cat > "$town/letter.txt" <<'TEXT'
关于停水的通知

因管道检修，<明日>停水 & 停电。
  第二段。
TEXT
cat > "$town/page.html" <<'TEXT'
<!DOCTYPE html><html><head><title>镇志</title><style>p{color:red}</style></head>
<body onload="alert(1)"><h2>第一章</h2><p style="color:red">正文<script>alert(1)</script>
<img src="city-03.jpg" alt="城" onerror="x()"> <a href="guide.pdf">指南</a>
<a href="javascript:alert(1)">坏</a></p><table><tr><th>年</th><td>1998</td></tr></table></body></html>
TEXT
printf '<h1>没有标题元素</h1><p>文</p>' > "$town/heading.htm"
to='--site www --column news --type article'

# shellcheck disable=SC2086
is 'three files are three documents' \
    "$(bring $to letter.txt page.html heading.htm)" \
    'created 3, changed 0, same 0, failed 0'
# shellcheck disable=SC2086
is 'again they are the same' "$(bring $to letter.txt page.html heading.htm)" \
    'created 0, changed 0, same 3, failed 0'
letter=$(get www "$(at file:www:letter.txt)")
like 'a text has its first line as title' "$letter" '<h1>关于停水的通知'
like 'its marks are text' "$letter" '&lt;明日&gt;停水 &amp; 停电'
is 'its lines are paragraphs' "$(printf '%s' "$letter" |
    grep -o '<p>因管道检修\|<p>第二段。</p>' | wc -l)" 2
page=$(get www "$(at file:www:page.html)")
like 'a page has its <title> as title' "$page" '<h1>镇志'
like 'and its headings, below that' "$page" '<h[23]>第一章'
like 'its picture came along' "$page" '<img src="/-/asset/[0-9a-f]{64}/city-03.jpg"'
pdf=$(printf '%s' "$page" | grep -o '/-/asset/[0-9a-f]*/guide.pdf' | head -n 1)
is 'its file, too' "$(status_of www "$pdf")" 200
like 'its table' "$page" '1998'
unlike 'nothing that runs' "$(printf '%s' "$page" | sed 's/.*<main//')" \
    'onerror|onload|javascript:|alert\(1\)|style='
like 'a page without <title> has its first heading' \
    "$(get www "$(at file:www:heading.htm)")" '<h1>没有标题元素'
bring letter.txt > /dev/null
like 'it must be said where a file goes' "$(cat "$town/findings")" \
    'letter.txt: .*--site, --column and --type'
tap_end
