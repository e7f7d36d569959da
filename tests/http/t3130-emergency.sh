#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# An emergency (R028): article and banner at once on all sites, gone by itself,
# reviewed afterwards by two others or called overdue.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/workers.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-emergency
workers
uncleared() {
    article "$1" www news "$2" > "$town/$1.jsonl"
    (cd "$town" && site_govctl import "$1.jsonl" > /dev/null)
}
urgent() { site_govctl emergency publish "$@" > "$site_dir/said" 2>&1; }
in_seconds() { date -u -d "$1 seconds" +%Y-%m-%dT%H:%M:%SZ; }
banner() { get "$@" | tr '\n' ' ' | grep -o '<section class="gov-banner".*</section>' |
    sed 's,</section>.*,,'; }

uncleared flood 洪水预警
path=$(at flood)
for page in / /news/; do get www "$page" > /dev/null; done   # in the cache
is 'who has not the right may not' "$(urgent --external flood zh-CN=洪水 \
    --until "$(in_seconds 600)" --as paul; echo $?)" 5
is 'a banner has a text' "$(urgent --external flood \
    --until "$(in_seconds 600)" --as eve > /dev/null; echo $?)" 2
is 'and an end' "$(urgent --external flood zh-CN=x --as eve; echo $?)" 7
is 'that is near' "$(urgent --external flood zh-CN=x --until \
    "$(in_seconds 99999999)" --as eve; echo $?)" 7
began=$(date +%s)
ok 'who has may' urgent --external flood 'zh-CN=全镇防汛 <b>二级</b> 响应' \
    'en=Flood warning' --until "$(in_seconds 25)" --as eve
is 'the article is public' "$(status_of www "$path")" 200
for where in 'www /' 'www /news/' 'edu /' 'edu /news/' 'www /lake/' 'edu /nothing' \
    'edu /sitemap.html' 'edu /?view=elder' 'edu /?view=text' 'edu /?view=print' \
    "www $path"; do
    # shellcheck disable=SC2086
    like "the banner is on $where" "$(banner $where)" \
        '全镇防汛 &lt;b&gt;二级&lt;/b&gt; 响应'
done
ok "within a minute ($(($(date +%s) - began)) s)" \
    [ $(($(date +%s) - began)) -le 60 ]
like 'it is named for screen readers' "$(banner edu /)" 'aria-label="紧急通知"'
like 'it leads to the article' "$(banner edu /)" \
    "href=\"$(site_url www)$path\""
like 'English readers have it in English' "$(banner edu /en/)" 'Flood warning'
like 'others in the language there is, and are told which' \
    "$(banner edu /zh-hant/)" '全鎮防汛'
like 'it waits for its review' "$(site_govctl emergency list --json |
    jq -r '.[0].review')" waits
number=$(site_govctl emergency list --json | jq -r '.[0].emergency')

ok 'the banner ends by itself' wait_until 400 eval '[ -z "$(banner edu /)" ]'
is 'in every view' "$(banner edu '/?view=text')$(banner www "$path")" ''
is 'the article stays' "$(status_of www "$path")" 200

site_sql "UPDATE gov_emergency SET due_at = UTC_TIMESTAMP(6)"
overdue() { site_sql "SELECT COUNT(*) FROM gov_audit
    WHERE action = 'emergency.overdue'" | grep -q 1; }
ok 'a review that does not come is an alarm' wait_until 400 overdue
like 'in the log' "$(cat "$in_log/httpd-error.log")" 'GOV0418'
is 'and in the list' "$(site_govctl emergency list > /dev/null; echo $?)" 1
after() { site_govctl emergency "$@" > "$site_dir/said" 2>&1; }
worker all reviewer clearer
is 'who may not review may not afterwards either' \
    "$(after review "$number" --as eve; echo $?)" 5
ok 'a reviewer may' after review "$number" --as all
is 'but not clear it, too' "$(after clear "$number" --as all --basis x
    echo $?)" 8
ok 'a third does' after clear "$number" --as cleo --basis 'article 14'
is 'then it is settled' "$(site_govctl emergency list --json |
    jq -r '.[0].review')" pass

uncleared rumour 谣言
ok 'another emergency' urgent --external rumour zh-CN=谣言 \
    --until "$(in_seconds 600)" --sites 'edu' --as eve
like 'is on the sites that were named' "$(banner edu /)" 谣言
is 'and on no other' "$(banner www /)" ''
number=$(site_govctl emergency list --json | jq -r '.[0].emergency')
ok 'it is denied' after clear "$number" --as cleo --deny --basis 'article 9'
is 'so the article is gone' "$(status_of www "$(at rumour)")" 410
is 'and the banner' "$(banner edu /)" ''
uncleared third 第三
ok 'a third one' urgent --external third zh-CN=第三 --until "$(in_seconds 600)" --as eve
number=$(site_govctl emergency list --json | jq -r '.[0].emergency')
ok 'can be ended' after end "$number" --as eve
is 'at once' "$(banner edu /)" ''
tap_end
