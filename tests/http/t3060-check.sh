#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# govctl check: nothing fails where all is well, and each thing that is not has its
# line.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up check
article one edu news 秋季招生 | bring > /dev/null
db_set() { db_sql -e "SET GLOBAL $1"; }

check() { said=$(site_govctl check 2>&1); status=$?; }
# fails WHAT REGEX: the check fails, and one of its lines says so
fails() {
    check
    is "$1: it fails" "$status" 1
    like "and says why" "$said" "^fail  $2"
}
# warns WHAT REGEX: it passes, with a warning
warns() {
    check
    is "$1: it passes" "$status" 0
    like "with a warning" "$said" "^warn  $2"
}

# --- a group as it should be ---------------------------------------------------
db_set innodb_flush_log_at_trx_commit=1
for role in system security audit; do
    person_make "$role.lin" admin "$role-admin"
done
site_govctl words import "$top"/conf/words/*.tsv > /dev/null
in_force() { site_govctl integrity status > /dev/null; }
wait_until 100 in_force
check
is 'a group where all is well passes' "$status" 0
is 'nothing fails' "$(printf '%s\n' "$said" | grep '^fail')" ''
like 'the last line counts' "$said" '^PASS: 0 failures, [0-9]+ warnings$'
like 'what was looked at is told' "$said" '^ok    system-admin: system\.lin$'
like 'a demo is warned about' "$said" '^warn  GovTestHosts is off: '
like 'so is an account that may change tables' "$said" \
    "^warn  rights of the database account $in_user: httpd needs no more than"
like 'and everything public was seen' "$said" \
    '^ok    all of what is public is as it was written \([1-9]'
is 'as JSON, too' "$(site_govctl check --json |
    jq -r '[.[] | select(.ok == false)] | length')" 0
like 'with each state' "$(site_govctl check --json |
    jq -r '[.[].state] | unique | join(" ")')" '^ok warn$'

# --- settings --------------------------------------------------------------------
db_set innodb_flush_log_at_trx_commit=2
fails 'a database that may forget' 'innodb_flush_log_at_trx_commit is 1: it is 2'
db_set innodb_flush_log_at_trx_commit=1
site_sql 'CREATE TABLE odd (id INT PRIMARY KEY) CHARACTER SET latin1'
fails 'a table without Chinese' 'tables are InnoDB and utf8mb4: not so: odd '
site_sql 'DROP TABLE odd'
chmod o+w "$site_dir/state"
fails 'a folder that everybody may write to' 'who may write to GovStateDir'
chmod o-w "$site_dir/state"
chmod 644 "$in_keys"
fails 'a ring that others may read' 'GovKeyFile .*0600'
chmod 600 "$in_keys"
sed -i 's/^GovTestHosts on/GovTestHosts off/' "$site_conf"
fails 'a portal in clear' 'GovPublicScheme is https: passwords'
sed -i 's/^GovTestHosts off/GovTestHosts on/' "$site_conf"
scanner=$site_dir/run/clamd
echo "GovVirusScanner unix:$scanner" >> "$site_conf"
fails 'a scanner that does not answer' 'virus scanner unix:'
node "$top/tests/lib/clamd.mjs" "$scanner" & clamd=$!
answers() { test -S "$scanner"; }
wait_until 50 answers
check
like 'one that answers is fine' "$said" '^ok    virus scanner unix:'
kill "$clamd"
sed -i '/^GovVirusScanner/d' "$site_conf"

# --- people ------------------------------------------------------------------------
site_govctl user disable audit.lin
fails 'a group that nobody audits' 'audit-admin: nobody has this role'
site_govctl user enable audit.lin
site_sql "UPDATE gov_person SET password_at = '2026-01-01' WHERE login = 'system.lin'"
warns 'a one-time password that lies about' 'one-time passwords are used: 1 wait .*system\.lin'
site_govctl policy set password-length 8
site_govctl policy set password-days 0
warns 'rules that are laxer' \
    'rules are as strict as their defaults: not so: password-length 8 \(default 10\), password-days 0'
site_govctl policy set password-length 10
site_govctl policy set password-days 90

# --- what is public, the audit ---------------------------------------------------------
site_govctl site freeze --reason test edu > /dev/null
warns 'a frozen site' 'no site is frozen: edu'
site_govctl site unfreeze --reason test edu > /dev/null
site_httpd_stop
site_sql "INSERT INTO gov_event (kind, site_id, ref, tags, at)
    VALUES ('test', 0, 0, '', NOW(6) - INTERVAL 5 MINUTE)"
fails 'a change feed that stands still' 'the change feed moves: 1 events wait'
site_sql "DELETE FROM gov_event WHERE kind = 'test'"
site_sql "UPDATE gov_edition SET title = '黑客' WHERE title = '秋季招生'"
fails 'a title that was changed' \
    'all of what is public is as it was written .*: 1 were changed, first document:'
site_sql "UPDATE gov_edition SET title = '秋季招生' WHERE title = '黑客'"
check
is 'put right, it passes again' "$status" 0
site_sql 'DROP TRIGGER audit_stays;
    DELETE FROM gov_audit WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1'
fails 'an audit that was cut' "the audit's end .*: of the triggers"
site_sql "DELETE FROM gov_schema WHERE component = 'core' ORDER BY version DESC LIMIT 1"
fails 'a migration that is missing' 'migrations are applied: 1 are not'
site_db_stop
fails 'no database at all' 'database unix:'
tap_end
