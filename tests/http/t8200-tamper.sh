#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# R101, R106: rows are changed behind the program's back.  What is kept stays, what
# was changed is never served, and an alarm is in the log within ten seconds.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
. "$GOVPORTAL_TOP/tests/lib/workers.sh"
town_up tamper
{
    article good edu news 秋季招生 '"keywords":["招生"]'
    article next edu news 开学时间 '"keywords":["招生"]'
    article cold edu notices 停水通知
} | bring > /dev/null
good=$(at good) cold=$(at cold)
id_of() { basename "$(at "$1")" .html; }
log=$site_dir/log/httpd-error.log

in_force() { site_govctl integrity status > "$site_dir/status"; }
ok 'once everything has a tag, everything must have one' \
    wait_until 100 in_force
like 'which the status says' "$(cat "$site_dir/status")" '^in force since 20'
ok 'the check finds nothing' site_govctl integrity check

# --- a document --------------------------------------------------------------
get edu "$good" > /dev/null
site_sql "UPDATE gov_edition SET title = '黑客到此一游'
    WHERE document_id = $(id_of good)"
alarm() { grep -q "GOV0420.*document:$(id_of "$1")" "$log"; }
ok 'an alarm is in the log within ten seconds' wait_until 100 alarm good
like 'the page that is kept stays' "$(get edu "$good")" 秋季招生
site_govctl site theme edu department > /dev/null
like 'also when it is stale' "$(get edu "$good")" 秋季招生
like 'and is marked so' "$(cat "$site_head")" '^Warning: 110'
site_govctl cache clear > /dev/null
unlike 'without it the changed title is not shown' "$(get edu "$good")" 黑客
site_sql "UPDATE gov_edition SET body = REPLACE(body, '停水', '赌场')
    WHERE document_id = $(id_of cold)"
is 'a page that was never made answers 503' "$(status_of edu "$cold")" 503
unlike 'and shows nothing of it' "$(get edu "$cold")" 赌场
told() { site_sql 'SELECT COUNT(*) FROM gov_audit
    WHERE action = "integrity.alarm" AND object = "document:'"$1"'"'; }
told_once() { [ "$(told "$(id_of cold)")" -ge 1 ]; }
ok 'the audit has the alarm' wait_until 100 told_once
sleep 3
is 'but once a minute' "$(told "$(id_of cold)")" 1
site_govctl integrity status > "$site_dir/status"
is 'the status fails' $? 1
like 'and names the document' "$(cat "$site_dir/status")" \
    "document:$(id_of cold)[[:space:]]+edu"
like 'the check names its address' "$(site_govctl integrity check)" \
    "^FAIL document:$(id_of cold) http.*$cold the live edition's texts were"

# --- mending -------------------------------------------------------------------
site_govctl integrity repair --external cold --restore 2> "$site_dir/err"
is 'no edition of it is sound' $? 3
like 'says the command' "$(cat "$site_dir/err")" 'take it from a backup'
site_sql "UPDATE gov_edition SET body = REPLACE(body, '赌场', '停水')
    WHERE document_id = $(id_of cold)"
came() { [ "$(status_of edu "$cold")" = 200 ]; }
ok 'with the right text put back it comes' wait_until 20 came
article good edu news 秋季招生（更正） | bring > /dev/null
like 'an import does not touch what was changed' "$(cat "$town/findings")" \
    'is not as it was written'
workers
corrected() { signed good && step publish --external good --as paul; }
ok 'a correction replaces it' corrected
like 'and is shown' "$(get edu "$good")" 更正
site_sql "UPDATE gov_edition SET summary = '黑客'
    WHERE document_id = $(id_of good) AND state = 'live'"
site_sql "UPDATE gov_edition SET title = '秋季招生'
    WHERE document_id = $(id_of good) AND state = 'superseded'"
like 'the edition before is restored' \
    "$(site_govctl integrity repair --external good --restore --reason test)" \
    'edition zh-CN [0-9]+ is public'
unlike 'nothing of the bad one is left' "$(get edu "$good")" '黑客'
is 'the page comes' "$(status_of edu "$good")" 200
site_sql "UPDATE gov_edition SET title = '经批准改正'
    WHERE document_id = $(id_of cold)"
ok 'what stands there now may be accepted' \
    site_govctl integrity repair --external cold --accept --reason test
like 'and is public then' "$(get edu "$cold")" 经批准改正
like 'in lists, too' "$(get edu /notices/)" 经批准改正
ok 'all is well again' site_govctl integrity check
like 'the alarms are ended' "$(site_govctl integrity status)" '^0 alarms'
ok 'the audit verifies' site_govctl audit verify
like 'and tells who decided' \
    "$(site_govctl audit search --action 'integrity.*')" 'operator:.*restore'

# --- what no row may be without --------------------------------------------------
# nothing is kept, so that no last good page comes
forget() {
    site_httpd_stop
    rm -rf "$site_dir"/state/pages/*
    site_httpd_start
}
site_sql "UPDATE gov_live SET tag = NULL, content = NULL
    WHERE document_id = $(id_of cold)"
forget
is 'without its tag a document is not served' "$(status_of edu "$cold")" 503
site_sql 'DELETE FROM gov_integrity'
forget
is 'nor when the mark is taken away' "$(status_of edu "$cold")" 503
mark_told() { grep -q 'GOV0420.*group' "$log"; }
ok 'which is an alarm of its own' wait_until 100 mark_told
ok 'the operator accepts' site_govctl integrity accept
came() { [ "$(status_of edu "$cold")" = 200 ]; }
ok 'and all comes again' wait_until 50 came
tap_end
