#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# The audit's chain through kill -9 of everything under load; what is taken from it
# shows; an address leads to those who answer for it (R104).
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up audit-chain
article one edu news 秋季招生 | bring > /dev/null
chained() { [ "$(site_sql 'SELECT COUNT(*) FROM gov_audit WHERE seq IS NULL')" = 0 ]; }
ok 'rows are in the chain within a second' wait_until 10 chained
ok 'which verifies' site_govctl audit verify

url=$(site_url edu)$(at one)
found=$(site_govctl audit search --url "$url?utm_source=x")
like 'an address leads to its document' "$found" '^document: site edu, document [0-9]+, live edition [0-9]+ \(zh-CN\)'
like 'to who wrote it' "$found" 'operator:[^[:space:]]*[[:space:]]+document\.create'
like 'and to who published it' "$found" 'operator:[^[:space:]]*[[:space:]]+edition\.publish'
site_govctl document withdraw --external one --reason test > /dev/null
like 'also when it is withdrawn' \
    "$(site_govctl audit search --url "$url")" 'document\.withdraw'
is 'an address of nobody is not found' \
    "$(site_govctl audit search --url http://x.example/ 2> /dev/null; echo $?)" 3
is 'rows are found by what was done' \
    "$(site_govctl audit search --action document.withdraw --site edu --json |
    jq length)" 1
is 'and by when' "$(site_govctl audit search --to 2020-01-01 --json | jq length)" 0

# --- writers, while everything is killed ------------------------------------------
write() {
    local n
    n=0
    while [ -e "$site_dir/writing" ]; do
        n=$((n + 1))
        site_govctl document pin --external two > /dev/null 2>&1
        site_govctl document pin --off --external two > /dev/null 2>&1
    done
}
article two edu news 开学时间 | bring > /dev/null
touch "$site_dir/writing"
write & one=$!
write & two=$!
sleep 2
# shellcheck disable=SC2046
kill -KILL $(pgrep -P "$(httpd_pid)")
sleep 1
site_db_kill
sleep 1
site_db_start
sleep 1
# shellcheck disable=SC2046
kill -KILL $(pgrep -P "$(httpd_pid)")
sleep 1
rm "$site_dir/writing"
wait "$one" "$two"
ok 'rows are chained again' wait_until 150 chained
is 'their numbers have no gap' \
    "$(site_sql 'SELECT COUNT(*) = MAX(seq) FROM gov_audit')" 1
ok 'and the chain verifies' site_govctl audit verify

# --- anchors ------------------------------------------------------------------------
log=$site_dir/log/httpd-error.log
site_httpd_stop
ok 'httpd leaves an anchor when it ends' test -s "$site_dir/state/audit-anchor"
like 'and says it in the log' "$(cat "$log")" 'GOV0423.*audit anchor [0-9]+:[0-9a-f]{64}'
anchor=$(site_govctl audit anchor)
site_sql 'DROP TRIGGER audit_stays; DROP TRIGGER audit_unchanged;
    DELETE FROM gov_audit ORDER BY id DESC LIMIT 2;
    UPDATE gov_audit_head h JOIN (SELECT seq, chain FROM gov_audit
        ORDER BY seq DESC LIMIT 1) l
    SET h.seq = l.seq, h.chain = l.chain, h.mac = NULL'
said=$(site_govctl audit verify)
is 'rows cut off the end are found' $? 1
like 'by the anchor' "$said" '^FAIL anchor: row [0-9]+, which the anchor of'
like 'and so are the triggers that are gone' "$said" '^FAIL trigger'
rm "$site_dir/state/audit-anchor"
unlike 'without anchors nobody knew' "$(site_govctl audit verify)" 'FAIL anchor'
like 'but one from another machine tells' \
    "$(site_govctl audit verify --anchor "$anchor")" '^FAIL anchor'
site_sql 'DELETE FROM gov_audit WHERE seq = 3'
like 'a row taken from the middle is found' \
    "$(site_govctl audit verify)" '^FAIL gap: rows 3 to 3 '
tap_end
