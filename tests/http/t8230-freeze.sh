#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# R101: the emergency switches: a frozen site, and a node that is static only.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up freeze
article one edu news 秋季招生 | bring > /dev/null
page=$(at one)

is 'freezing needs a reason' \
    "$(site_govctl site freeze edu 2> /dev/null; echo $?)" 7
ok 'a site is frozen' site_govctl site freeze edu --reason '被攻击'
is 'its pages stay' "$(status_of edu "$page")" 200
refused() {
    "$@" > /dev/null 2> "$site_dir/err" && return 1
    grep -q 'is frozen' "$site_dir/err"
}
ok 'nothing is withdrawn' refused site_govctl document withdraw \
    --external one --reason test
ok 'pinned' refused site_govctl document pin --external one
ok 'moved' refused site_govctl document move --external one edu:notices
ok 'shared to it' refused site_govctl document share --external one edu:notices
ok 'or dressed otherwise' refused site_govctl site theme edu portal
article two edu news 开学时间 | bring > /dev/null
like 'nor written' "$(cat "$town/findings")" 'is frozen'
article three www news 其他网站 | bring > /dev/null
bring town.xml > /dev/null
like 'or built anew' "$(cat "$town/findings")" 'site is frozen'
like 'other sites go on' "$(get www /news/)" 其他网站
like 'the audit knows why' \
    "$(site_govctl audit search --action site.freeze)" '被攻击'
is 'once is enough' \
    "$(site_govctl site freeze edu --reason x 2> /dev/null; echo $?)" 8
ok 'it is thawed' site_govctl site unfreeze edu --reason '已排除'
article two edu news 开学时间 | bring > /dev/null
like 'and goes on' "$(get edu /news/)" 开学时间

get edu /news/ > /dev/null
ok 'a node is static only' site_govctl static on
is 'which the status tells' "$(site_govctl static status; echo $?)" 'static only
1'
still() { [ "$(status_of edu /notices/)" = 503 ]; }
ok 'pages that are not kept answer 503' wait_until 20 still
is 'those that are come' "$(status_of edu /news/)" 200
site_govctl cache clear > /dev/null
like 'also when they are old' "$(get edu /news/)" 开学时间
like 'and are marked so' "$(cat "$site_head")" '^Warning: 110'
css=$(get edu /news/ | grep -o '/-/static/[^"]*\.css' | head -n 1)
is 'the files of pages come' "$(status_of edu "$css")" 200
is 'forms do not' "$(status_of edu /news/ -X POST -d a=b)" 503
site_httpd_stop
site_httpd_start
is 'a restart changes nothing of it' "$(status_of edu /notices/)" 503
ok 'back to normal' site_govctl static off
normal() { [ "$(status_of edu /notices/)" = 200 ]; }
ok 'everything comes' wait_until 20 normal
tap_end
