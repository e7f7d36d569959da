#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Tables of another release than httpd's: visitors get the maintenance page, the log
# says which command to run, and after that no restart is needed.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
trap site_down_all EXIT
site_up schema empty
log=$site_dir/log/httpd-error.log

ask() {
    curl -s -D "$site_head" -o "$site_dir/page" -w '%{http_code}' \
        -H 'Host: www.example.localhost' "http://127.0.0.1:$site_port/"
}
answers() { [ "$(ask)" = "$1" ]; }

site_httpd_stop
site_sql 'DROP DATABASE govportal; CREATE DATABASE govportal
    CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci'
site_httpd_start
is 'on an empty database every address answers 503' "$(ask)" 503
like 'and says when to come back' "$(cat "$site_head")" '^Retry-After: [0-9]+'
like 'in words' "$(cat "$site_dir/page")" '<h1[^>]*>[^<]*(暂时|稍后|维护)'
like 'the log says what to do' "$(cat "$log")" \
    'the database has schema 0, .*govctl schema apply'
ok 'that is done' site_govctl schema apply
# there is no site yet, but a site map that says so
ok 'and the portal is there, without a restart' eval 'wait_until 30 answers 421'

site_httpd_stop
site_sql "INSERT INTO gov_schema (component, version, digest, applied_at,
    applied_by) VALUES ('core', 9999, REPEAT('0', 40), NOW(6), 'a newer release')"
site_httpd_start
is 'on tables of a newer release it answers 503, too' "$(ask)" 503
like 'and the log says what to do' "$(cat "$log")" \
    'the database has schema 9999, .*install a newer'
tap_end
