#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# From a draft to the public by govctl: each step by somebody else, none left out,
# and everybody's name on it.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/workers.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-workflow
workers
worker lia "publisher@$(site_sql "SELECT id FROM gov_site WHERE slug = 'lake'")"

# uncleared FILE...: import without a clearance
uncleared() { (cd "$town" && site_govctl import "$@" 2>&1); }
article one edu news 一 > "$town/one.jsonl"
like 'what nobody has cleared is imported as a draft' \
    "$(uncleared one.jsonl)" '1 of them are drafts'
is 'and told in JSON' "$(uncleared one.jsonl --json | jq -c '[.same, .drafts]')" \
    '[1,0]'
path=$(at one)
is 'which is not public' "$(status_of edu "$path")" 404
like 'a name without a basis is refused' \
    "$(uncleared one.jsonl --cleared-by me)" 'belong together'

is 'a draft cannot be published' "$(step publish --external one; echo $?)" 8
like 'and govctl says what it is' "$(cat "$site_dir/step")" 'draft'
is 'who may not write may not submit' \
    "$(step submit --external one --as rob; echo $?)" 5
ok 'the author submits it' step submit --external one --as ann
article ids edu news 名单 | sed 's,<p>名单</p>,<p>身份证号 11010519491231002X</p>,' \
    > "$town/ids.jsonl"
uncleared ids.jsonl > /dev/null
is 'what says an ID number cannot be submitted' \
    "$(step submit --external ids --as ann; echo $?)" 7
like 'and the author learns where, masked' "$(cat "$site_dir/step")" \
    'summary: .110\*+002X.*personal, citizen-id'
is 'it stays a draft' "$(site_govctl document show --external ids --json |
    jq -r '.editions[0].state')" draft
article phone edu news 电话 | sed 's,<p>电话</p>,<p>电话 13812345678</p>,' \
    > "$town/phone.jsonl"
uncleared phone.jsonl > /dev/null
ok 'what is only warned of can' step submit --external phone --as ann
is 'a clearer cannot come before the reviewer' "$(step clear --external one \
    --as cleo --basis law; echo $?)" 8
ok 'a reviewer returns it' step return --external one --as rob --remarks 'typo'
is 'and cannot approve what is returned' \
    "$(step review --external one --as rob; echo $?)" 8
ok 'it comes again' step submit --external one --as ann --remarks 'mended'
ok 'and is approved' step review --external one --as ria
is 'a clearance needs a basis' "$(step clear --external one --as cleo
    echo $?)" 7
ok 'it is cleared' step clear --external one --as cleo --basis 'article 14'
is 'it is still not public' "$(status_of edu "$path")" 404
is 'a publisher of another site may not' \
    "$(step publish --external one --as lia; echo $?)" 5
ok 'a publisher may' step publish --external one --as paul
is 'now it is public' "$(status_of edu "$path")" 200

steps=$(site_govctl document steps "$(site_url edu)$path" --json)
is 'by its address everybody can be named' \
    "$(printf '%s' "$steps" | jq -r '[.[] | .step + ":" + .by] | join(" ")' |
        sed 's/operator:[^ ]*/operator/')" \
    "write:operator submit:ann return:rob submit:ann review:ria clear:cleo publish:paul"
is 'with the verdict, its basis, and what it was about' \
    "$(printf '%s' "$steps" | jq -r '.[] | select(.step == "clear") |
        .verdict + " " + .basis + " " + (.digest | length | tostring)')" \
    'pass article 14 64'
is 'another address is none' "$(site_govctl document steps \
    "$(site_url edu)/news/" > /dev/null 2>&1; echo $?)" 7

# rules
is 'the group has a rule' "$(site_govctl flow show --json |
    jq -c '[.from, .reviews, .clearance]')" '["-",1,"always"]'
ok 'a column gets its own' site_govctl flow set edu:notices --reviews 2 \
    --publisher apart --people 'review=rob review=ria'
is 'which counts there' "$(site_govctl flow show edu:notices --json |
    jq -c '[.from, .reviews, .publisher, .people]')" \
    '["edu:notices",2,"apart","review=ria review=rob"]'
is 'and not beside it' "$(site_govctl flow show edu:news --json |
    jq -r .from)" '-'
article two edu notices 二 > "$town/two.jsonl"
uncleared two.jsonl > /dev/null
step submit --external two --as ann
ok 'the first review' step review --external two --as rob
is 'is not enough' "$(step clear --external two --as cleo --basis x
    echo $?)" 8
is 'nor is it twice' "$(step review --external two --as rob; echo $?)" 8
ok 'the second' step review --external two --as ria
ok 'is' step clear --external two --as cleo --basis 'article 14'
ok 'it goes live' step publish --external two --as paul
is 'four reviews are too many' "$(site_govctl flow set edu --reviews 4 \
    2> /dev/null; echo $?)" 7
ok 'the column has the rule from above again' \
    site_govctl flow set edu:notices --inherit
is 'which is the group' "$(site_govctl flow show edu:notices --json |
    jq -r .from)" '-'

# imports
article three edu news 三 > "$town/three.jsonl"
uncleared three.jsonl > /dev/null
like 'a draft of an import goes live when it comes with a clearance' \
    "$(bring three.jsonl)" 'created 0, changed 1, same 0'
is 'so it is public' "$(status_of edu "$(at three)")" 200
like 'and the same again is the same' "$(bring three.jsonl)" \
    'created 0, changed 0, same 1'
article four edu news 四 \
    '"clearance":{"by":"李主任","basis":"2019 年目录","at":"2019-05-06T08:00:00+08:00"}' \
    > "$town/four.jsonl"
unlike 'a record may bring its own' "$(uncleared four.jsonl)" drafts
is 'which is kept' "$(site_govctl document steps --external four --json |
    jq -r '.[] | select(.step == "clear") | .by + " " + .basis + " " + .remarks')" \
    '李主任 2019 年目录 imported; given at 2019-05-06T00:00:00Z'
article five edu news 五 \
    '"author":"王五","clearance":{"by":"王五","basis":"x"}' > "$town/five.jsonl"
like 'but not by its author' "$(uncleared five.jsonl)" 'cannot clear it'
article six edu news 六 '"clearance":{"by":"王五"}' > "$town/six.jsonl"
like 'nor without a basis' "$(uncleared six.jsonl)" 'needs "by" and "basis"'
ok 'a document is withdrawn' step withdraw --external one --reason test
is 'and gone' "$(status_of edu "$path")" 410
ok 'and put away' step archive --external one --as paul
is 'still gone' "$(status_of edu "$path")" 410
like 'nobody unknown acts' "$(site_govctl document submit --external two \
    --as nobody 2>&1)" 'nobody is called nobody'
site_sql "UPDATE gov_person SET state = 'disabled' WHERE login = 'ann'"
like 'nor who was disabled' "$(site_govctl document submit --external two \
    --as ann 2>&1)" 'disabled'
tap_end
