#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# 64 visitors send forms while the database and httpd's children are killed: every
# acknowledged form is there once, none twice, and the audit verifies.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
trap site_down_all EXIT
site_up posts-killed demo prod

site_govctl policy set form-posts 10000
site_govctl policy set captcha-work 1000
ok 'an event is there' event_make 1000000

"$GOVPORTAL_TOP/tests/lib/storm.mjs" "$site_port" culture.yunlan.localhost \
    "$event/join" 64 16 > "$site_dir/codes" 2> "$site_dir/storm" &
storm=$!
sleep 4
for round in 1 2; do
    children=$(pgrep -P "$(httpd_pid)" | head -n 2)
    # shellcheck disable=SC2086
    kill -9 $children
    sleep 2
    kill -9 "$(db_pid)"
    sleep 4
done
wait "$storm"
sed 's/^/# /' "$site_dir/storm"
acknowledged=$(grep -c . "$site_dir/codes")
ok 'many forms were acknowledged' test "$acknowledged" -gt 64
is 'each code is another' "$(sort "$site_dir/codes" | uniq -d)" ''
wait_until 100 site_sql 'SELECT 1' > /dev/null
site_sql "SELECT HEX(code) FROM example_registration" | tr A-F a-f |
    sort > "$site_dir/rows"
while read -r code; do
    printf '%s' "$code" | sha256sum | cut -d' ' -f1
done < "$site_dir/codes" | sort > "$site_dir/digests"
is 'each acknowledged form is there' \
    "$(comm -23 "$site_dir/digests" "$site_dir/rows" | wc -l)" 0
is 'none is there twice' "$(uniq -d "$site_dir/rows")" ''
is 'none is there that nobody sent' "$(site_sql \
    'SELECT COUNT(*) FROM example_registration WHERE name = ""')" 0
is 'each has its audit row' "$(site_sql "SELECT COUNT(*) FROM gov_audit
    WHERE action = 'example.join'")" "$(wc -l < "$site_dir/rows" | tr -d ' ')"
ok 'the audit verifies' wait_until 50 site_govctl audit verify
tap_end
