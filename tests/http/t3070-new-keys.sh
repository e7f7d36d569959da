#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# A new key, everything under it, the old one away: what was sealed opens before,
# between and after, and nothing that was changed gets a good tag by the way.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
trap site_down_all EXIT
site_up new-keys demo

# --- something personal, and who may read it ---------------------------------------
day=$(date -d '10 days' +%F)
jq -cn --arg day "$day" '{ id: "test:event", site: "culture",
    column: "events", type: "event", title: "茶园夜读会", body: "<p>读书。</p>",
    keywords: ["读书"], published: "2026-11-01T09:00:00+08:00",
    fields: { from: $day, starts: "19:00", place: "书院", places: "3" } }' \
    > "$site_dir/event.jsonl"
ok 'an event is there' site_import "$site_dir/event.jsonl"
id=$(site_govctl document show --external test:event --json | jq -r .document)
wait_until 50 http_page culture "/events/$id.html"
page=$(get culture "/events/$id/join" -b "$site_dir/jar-a" -c "$site_dir/jar-a")
is 'somebody registers for it' "$(post_with a culture "/events/$id/join" \
    "$(form_field "$page" _key)" \
    "altcha=$(printf '%s' "$page" | "$top/tests/lib/altcha.mjs")" \
    name=欧阳修竹 phone=13812345678 persons=2 agree=yes)" 200
person_make li.na content reader@culture:events
person_in culture li.na "$person_password" 'Plum-tree 2026'
in_full() {
    post_as li.na culture "/events/$id/joined" > /dev/null
    grep -q 欧阳修竹 "$site_dir/body" && grep -q 13812345678 "$site_dir/body"
}
ok 'the department reads it' in_full
in_force() { site_govctl integrity status > /dev/null; }
wait_until 100 in_force

# --- a second key --------------------------------------------------------------------
root=$(awk '/^1 / { print $3 }' "$in_keys")
site_govctl key add > /dev/null
like 'the ring has two keys, with their days' "$(site_govctl key list)" \
    "^2[[:space:]]+standard[[:space:]]+current[[:space:]]+20[0-9-]{8}$"
said=$(site_govctl key reseal 2>&1)
is 'nothing is written as long as httpd has not read it' $? 8
like 'and the reason is told' "$said" 'httpd still signs with key 1'
site_graceful
resealed() {
    said=$(site_govctl key reseal --json 2> /dev/null)
    status=$?
    [ "$status" -lt 2 ]
}
site_sql "UPDATE gov_edition SET title = '黑客到此一游' WHERE title = '茶园夜读会'"
ok 'reloaded, everything gets the new key' wait_until 30 resealed
is 'but what was changed: that is found' "$status" 1
of() { printf '%s' "$said" | jq "[.[] | select(.what == \"$1\")][0].$2"; }
is 'the name has it' "$(of example_registration.name renewed)" 1
is 'the telephone number has it' "$(of example_registration.phone renewed)" 1
like 'so have tags' "$(of tags renewed)" '^[1-9][0-9]{2,}$'
is 'one edition and its live row are left' "$(of tags left)" 2
site_govctl key retire 1 --at-once 2> "$site_dir/err"
is 'the old key cannot go' $? 8
like 'for that is left' "$(cat "$site_dir/err")" 'key 1 is still used: 2 of tags'
site_sql "UPDATE gov_edition SET title = '茶园夜读会' WHERE title = '黑客到此一游'"
ok 'put right, it is renewed, too' resealed
is 'alone' "$(of tags renewed) $(of tags left) $(of person.factor renewed)" '2 0 0'

# under KEY: how many rows of all tables are sealed or tagged with it
under() {
    site_sql "SELECT (SELECT COUNT(*) FROM gov_edition WHERE tag_key = $1)
        + (SELECT COUNT(*) FROM gov_live WHERE tag_key = $1
            OR older REGEXP '\\x1d$1:' OR newer REGEXP '\\x1d$1:')
        + (SELECT COUNT(*) FROM gov_column_head WHERE tag_key = $1
            OR items REGEXP '\\x1d$1:')
        + (SELECT COUNT(*) FROM gov_listing WHERE item REGEXP '\\x1d$1:')
        + (SELECT COUNT(*) FROM gov_live_keyword WHERE item REGEXP '\\x1d$1:')
        + (SELECT COUNT(*) FROM gov_redirect WHERE tag_key = $1)
        + (SELECT COUNT(*) FROM gov_integrity WHERE mac_key = $1)
        + (SELECT COUNT(*) FROM example_registration
            WHERE HEX(LEFT(name, 3)) = '01000$1' OR HEX(LEFT(phone, 3)) = '01000$1')"
}
is 'the tables have nothing of the old key' "$(under 1)" 0
like 'all is of the new one' "$(under 2)" '^[1-9][0-9]{3,}$'
ok 'everything public is as it was written' site_govctl integrity check
ok 'the department reads what was sealed before' in_full
site_govctl cache clear > /dev/null
is 'pages are made' "$(status_of culture "/events/$id.html")" 200
like 'the audit tells' "$(site_govctl audit search --action 'key.*')" \
    'key\.reseal.*key:2.*tags: [0-9]+ renewed'
like 'and of the new key itself' "$(site_govctl audit search --action key.add)" \
    'operator:.*key\.add.*key:2'

# --- the old one goes ------------------------------------------------------------------
said=$(site_govctl key retire 1 2>&1)
is 'a key that has just signed something stays' $? 8
like 'for as long as forms may be open' "$said" 'within the last 12 hours'
site_govctl key retire 2 --at-once > /dev/null 2>&1
is 'the current key stays' $? 8
ok 'at once, by the word of the operator' site_govctl key retire 1 --at-once
like 'the list says so' "$(site_govctl key list)" '^1[[:space:]]+standard[[:space:]]+retired'
ok 'its secret is gone from the ring' sh -c "! grep -q '$root' '$in_keys'"
site_httpd_stop
site_httpd_start
ok 'the department reads it still' in_full
ok 'the audit verifies over both keys' site_govctl audit verify
ok 'and everything public' site_govctl integrity check

# --- while people work, and broken off ---------------------------------------------------
site_govctl key add > /dev/null
site_graceful
write() {
    while [ -e "$site_dir/writing" ]; do
        site_govctl document pin --external test:event
        site_govctl document pin --off --external test:event
    done > /dev/null 2>&1
}
touch "$site_dir/writing"
write & writer=$!
timeout -s KILL 2 "$prefix/bin/govctl" -C "$site_conf" key reseal > /dev/null 2>&1
ok 'broken off while somebody writes, it goes on' wait_until 30 resealed
rm "$site_dir/writing"
wait "$writer"
is 'nothing is left' "$status $(of tags left)" '0 0'
is 'nothing is of the key before' "$(under 2)" 0
ok 'and everything public is as it was written' site_govctl integrity check
tap_end
