#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# An import is broken off, once by the death of the database and once by its own;
# run again it finishes, and nothing is there twice.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
trap site_down_all EXIT
site_up import-killed empty
documents=$GOVPORTAL_TOP/conf/demo/documents

import() {
    local log
    log=$site_dir/log/$1; shift
    exec "$prefix/bin/govctl" import --cleared-by test --basis test "$@" > "$log" 2>&1
}
said() { tail -n 1 "$site_dir/log/$1"; }
all() { (import "$1" "$documents/edu.jsonl" "$documents/health.jsonl"); }
count() { site_sql 'SELECT COUNT(*) FROM gov_document'; }
has() { [ "$(count)" -ge "$1" ]; }
ok 'a group is there' eval '(import group "$GOVPORTAL_TOP/conf/demo/city.xml")'

all first & running=$!
ok 'an import is under way' wait_until 200 has 10
site_db_kill
wait "$running"
is 'it ends with the status for "not available"' $? 10
like 'and says where it was' "$(said first)" 'documents/[a-z]+\.jsonl:[0-9]+'
site_db_start
before=$(count)

import second "$documents/edu.jsonl" "$documents/health.jsonl" & running=$!
ok 'it is run again' wait_until 200 has $((before + 10))
kill -KILL "$running"
wait "$running" 2> /dev/null

ok 'and again, beside one of other documents' eval '
    (import other "$documents/eco.jsonl") & all third'
ok 'which both finish' wait "$!"
like 'creating what was missing' "$(said third)" \
    '^created [1-9][0-9]*, changed [0-9]+, same [1-9][0-9]*, failed 0$'
is 'every record is there once' "$(count)" "$(grep -c '"id"' \
    "$documents/edu.jsonl" "$documents/health.jsonl" "$documents/eco.jsonl" |
    awk -F: '{ n += $2 } END { print n }')"
is 'with one live edition in each language' "$(site_sql "SELECT document_id
    FROM gov_edition WHERE state = 'live' GROUP BY document_id, lang
    HAVING COUNT(*) > 1")" ''
is 'and every column knows its number of documents' "$(site_sql 'SELECT column_id
    FROM gov_column_head h WHERE total <> (SELECT COUNT(*) FROM gov_listing l
    WHERE l.site_id = h.site_id AND l.column_id = h.column_id
    AND l.lang = h.lang)')" ''
ok 'once more' all last
like 'changes nothing' "$(said last)" '^created 0, changed 0, same [0-9]+, failed 0$'
tap_end
