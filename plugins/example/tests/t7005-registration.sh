#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Citizens register for an event: once, not more than there are places, and nobody
# reads them who may not.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
trap site_down_all EXIT
site_up registration demo

ok 'an event is there' event_make 3
id=${event##*/}
path=$event/join
like 'its page offers to register' "$(get culture "/events/$id.html")" \
    "href=\"$path\""

# join VISITOR NAME PERSONS [KEY]: fill the form in as a browser would
join() {
    local page key
    page=$(get culture "$path" -b "$site_dir/jar-$1" -c "$site_dir/jar-$1")
    key=${4:-$(form_field "$page" _key)}
    proof=$(printf '%s' "$page" | "$GOVPORTAL_TOP/tests/lib/altcha.mjs")
    printf %s "$key" > "$site_dir/used"
    printf %s "$proof" > "$site_dir/proof"
    post_with "$1" culture "$path" "$key" "altcha=$proof" "name=$2" \
        phone=13812345678 "persons=$3" agree=yes
}
: > "$site_dir/jar-a"
is 'somebody registers' "$(join a 欧阳修竹 2)" 200
like 'and gets a code' "$(cat "$site_dir/body")" '[0-9a-f]{18}'
used=$(cat "$site_dir/used") proof=$(cat "$site_dir/proof")
code=$(grep -oE '[0-9a-f]{18}' "$site_dir/body" | head -n 1)
is 'the same form again' "$(post_with a culture "$path" "$used" \
    "altcha=$proof" name=欧阳修竹 phone=13812345678 persons=2 agree=yes)" 200
like 'gives the same code' "$(cat "$site_dir/body")" "$code"
is 'and makes no second row' "$(site_sql \
    'SELECT COUNT(*) FROM example_registration')" 1
is 'a proof counts once' "$(page=$(get culture "$path" -b "$site_dir/jar-a" \
    -c "$site_dir/jar-a"); post_with a culture "$path" \
    "$(form_field "$page" _key)" "altcha=$proof" name=甲乙 phone=13812345678 \
    persons=1 agree=yes)" 422
is 'more than there are places is refused' "$(join a 甲乙 2)" 422
like 'the page says why and keeps what was typed' "$(cat "$site_dir/body")" \
    'value="甲乙"'
site_govctl policy set form-crowd 1
sleep 2                         # httpd reads the rule
: > "$site_dir/jar-b"
join b 乙丙 9 > /dev/null       # whoever was first has used it up
is 'a form that a crowd sends takes no more' "$(join b 乙丙 1)" 422
like 'and says to come back' "$(cat "$site_dir/body")" '提交人数过多'
like 'with what was typed' "$(cat "$site_dir/body")" 'value="乙丙"'
site_govctl policy set form-crowd 6000
sleep 2
is 'the last place goes' "$(join a 甲乙 1)" 200
is 'mistakes are told' "$(join a 甲 0)" 422
is 'without consent nobody registers' "$(page=$(get culture "$path" \
    -b "$site_dir/jar-a" -c "$site_dir/jar-a")
    post_with a culture "$path" "$(form_field "$page" _key)" \
    "altcha=$(printf '%s' "$page" | "$GOVPORTAL_TOP/tests/lib/altcha.mjs")" \
    name=丙丁 phone=13812345678 persons=1)" 422

ok 'no personal data lies in the tables as it is' sh -c "! grep -raq -e 13812345678 \
    -e 欧阳修竹 '$site_dir/db/data/govportal'"
is 'strangers do not see who comes' \
    "$(status_of culture "/events/$id/joined")" 303
person_make li.na content reader@culture:events
person_in culture li.na "$person_password" 'Plum-tree 2026'
list=$(as li.na culture "/events/$id/joined")
like 'who may read the column sees them masked' "$list" '138\*\*\*\*5678'
unlike 'without the name' "$list" '欧阳修竹'
is 'the audit knows where the form came from' "$(site_govctl audit tail \
    --lines 40 --json | jq -r '[.[] | select(.action == "example.join")]
        | map(.address) | unique | join(" ")')" 127.0.0.1
is 'and in full by a form' \
    "$(post_as li.na culture "/events/$id/joined")" 200
like 'with the name' "$(cat "$site_dir/body")" '欧阳修竹'
like 'each look is in the audit' "$(site_govctl audit tail --lines 20)" \
    'li\.na.*example\.registrations\.read.*in full'
person_make wang content reader@culture:news
person_in culture wang "$person_password" 'Plum-tree 2027'
is 'who may read another column does not' \
    "$(status_as wang culture "/events/$id/joined")" 403
like 'and that is in the audit' "$(site_govctl audit tail --lines 20)" \
    'wang.*gate\.refuse.*refused'
tap_end
