#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Fifty editors save while the database and httpd's children are killed: every save
# that was answered is there, none is there twice.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
trap site_down_all EXIT
site_up editors-killed demo prod
person_make ann content author@edu
person_in www ann "$person_password" 'Plum-tree 2026'
before=$(site_sql 'SELECT COUNT(*) FROM gov_document')
column=$(site_sql "SELECT c.id FROM gov_column c JOIN gov_site s ON s.id = c.site_id
    WHERE s.slug = 'edu' AND c.path = 'news'")

node "$GOVPORTAL_TOP/tests/http/fixtures/editors.mjs" "$site_port" \
    "$(site_host www):$site_port" "/-/console/edu/columns/$column/write" \
    "$(awk '$6 ~ /gov-session/ { print $6 "=" $7 }' "$site_dir/jar-ann")" 50 14 \
    > "$site_dir/saved" 2> "$site_dir/editors" &
editors=$!
sleep 3
for round in 1 2; do
    children=$(pgrep -P "$(httpd_pid)" | head -n 2)
    # shellcheck disable=SC2086
    kill -9 $children
    sleep 2
    kill -9 "$(db_pid)"
    sleep 4
done
wait "$editors"
sed 's/^/# /' "$site_dir/editors"
saved=$(grep -c . "$site_dir/saved")
ok 'many saves were answered' test "$saved" -gt 50
wait_until 100 site_sql 'SELECT 1' > /dev/null
site_sql "SELECT CONCAT(document_id, ' ', title) FROM gov_edition
    WHERE title LIKE '稿件%'" | sort > "$site_dir/rows"
is 'each is there, as it was answered last' "$(sort "$site_dir/saved" |
    comm -23 - "$site_dir/rows" | wc -l)" 0
is 'none is there twice' "$(cut -d' ' -f2 "$site_dir/rows" | sed 's/改$//' |
    sort | uniq -d)" ''
is 'each has one edition, the newest' "$(site_sql 'SELECT COUNT(*) FROM gov_document
    d WHERE (SELECT COUNT(*) FROM gov_edition e WHERE e.document_id = d.id
        AND e.lang = "zh-CN" AND e.newest = 1) <> 1')" 0
is 'and each its row in the audit' "$(site_sql "SELECT COUNT(*) FROM gov_audit
    WHERE action = 'document.create' AND actor = 'ann'")" \
    "$(($(site_sql 'SELECT COUNT(*) FROM gov_document') - before))"
ok 'the audit verifies' wait_until 50 site_govctl audit verify
tap_end
