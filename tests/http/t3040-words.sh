#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Lists of words and the scan of all that is public.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-words

site_govctl words import "$top"/conf/words/*.tsv > "$town/out" 2>&1
is 'the starter lists are taken in' $? 0
is 'a second time nothing is new' "$(site_govctl words import \
    "$top"/conf/words/*.tsv | grep -c 'as before')" 4
is 'all are active' "$(site_govctl words list --json |
    jq '[.[] | select(.active)] | length')" 4
site_govctl words scan > "$town/out" 2> "$town/err"
is 'the town is in order' $? 0

{
    article a www news '帐户登录指南'
    article b www news '机密★1年'
    printf '{"id":"c","site":"edu","column":"news","type":"article",'
    printf '"title":"名单","body":"<p>张三，身份证号1101051949'
    printf '<strong>1231</strong>002X，电话138 1234 5678</p>"}\n'
    article d www news '关于保守商业秘密的通知'
    article e www news '未发布的机密★' '"state":"draft"'
} | bring > /dev/null

site_govctl words scan --json > "$town/scan.json" 2> "$town/err"
is 'what blocks is an exit status' $? 1
is 'three of the public documents say something' \
    "$(jq -r '[.hits, .blocks, (.list | length)] | @tsv' "$town/scan.json")" \
    "$(printf '3\t5\t3')"
like 'the mark is in the title' "$(jq -r '.list[].findings[]
    | select(.rule == "mark" and .field == "title") | .action' \
    "$town/scan.json")" block
is 'the ID number is found across elements, and masked' "$(jq -r '.list[]
    | select(.site == "edu") | .findings[] | select(.rule == "citizen-id")
    | .word' "$town/scan.json" | sort -u)" '110***********002X'
unlike 'nothing personal is printed' "$(cat "$town/scan.json")" \
    '19491231|1234 5678'
is 'the wrong word has its suggestion and its place' "$(jq -r '.list[].findings[]
    | select(.word == "帐户" and .field == "title")
    | [.suggestion, .position] | @tsv' "$town/scan.json")" "$(printf '账户\t0')"
is 'each is told with its address' \
    "$(get edu "$(at c)" > /dev/null; jq -r '.list[] | select(.site == "edu")
        | .url' "$town/scan.json")" "$(site_url edu)$(at c)"
is 'one site only, what blocks only' "$(site_govctl words scan --site edu \
    --blocking 2> /dev/null | cut -f1,6 | sort -u)" "$(printf 'edu\tpersonal')"

printf '名单\n' > "$town/sensitive-own.tsv"
site_govctl words import --site edu --note 'a try' "$town/sensitive-own.tsv" \
    > /dev/null
is "a site's own list holds there" "$(site_govctl words scan --json \
    2> /dev/null | jq -r '.list[] | select(.findings[].word == "名单")
    | .site' | sort -u)" edu
is 'and comes out as it went in' "$(site_govctl words export --site edu \
    sensitive/own)" "$(printf '名单\t\tblock')"
site_govctl words use --site edu sensitive/own none > /dev/null
is 'until it is switched off' "$(site_govctl words scan --json 2> /dev/null |
    jq '[.list[].findings[] | select(.word == "名单")] | length')" 0

printf '<html><body><p>内部资料&nbsp;注意保存</p></body></html>' \
    > "$town/page.html"
like 'a file is checked' "$(site_govctl words check "$town/page.html")" \
    'block.secrecy.list.内部资料注意保存'
printf '正常的文字\n' > "$town/fine.txt"
site_govctl words check "$town/fine.txt" > "$town/out"
is 'and found in order' "$? $(cat "$town/out")" '0 '

site_govctl words import "$town/fine.txt" 2> "$town/err"
is 'a file whose name says no list is refused' $? 7
like 'the audit knows' "$(site_govctl audit tail --lines 50)" \
    'words\.use.*words:sensitive/own.*none'
tap_end
