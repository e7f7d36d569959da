#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Released at one moment on fifty sites (R011): nowhere before it, everywhere within
# five seconds after it, also when the server was down at that moment.
#
# Alone: it measures time.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/workers.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-schedule
workers

sites=50
awk -v n=$sites '
    /<\/group>/ { for (i = 1; i <= n; i++) {
        printf "<site id=\"d%d\" kind=\"topic\" unit=\"town\" theme=\"department\" " \
            "accent=\"#0b6e4f\" parent=\"www\" base-path=\"/d%d\">\n", i, i
        printf "<language code=\"zh-CN\" title=\"专题%d\" legal-name=\"专题%d\"/>\n", i, i
        print "<column slug=\"news\" name=\"动态\" type=\"article\"/>"
        print "<block area=\"lead\" kind=\"list\" column=\"news\" items=\"5\"/></site>" } }
    1' "$top/tests/http/fixtures/town.xml" > "$town/many.xml"
bring many.xml > /dev/null
[ ! -s "$town/findings" ] || cat "$town/findings" >&2

# an article of one site that all fifty show
plan() {
    article "$1" edu news "$1-text" "\"share\":[$(seq -f '"d%g:news"' -s, $sites)]" \
        > "$town/$1.jsonl"
    (cd "$town" && site_govctl import "$1.jsonl" > /dev/null)
    signed "$1"
    due=$(($(date +%s) + $2))
    step schedule --external "$1" --at "$(date -u -d "@$due" +%Y-%m-%dT%H:%M:%SZ)" \
        --as paul || cat "$site_dir/step"
    path=$(at "$1")
}
# how many of the fifty columns show it
lists() {
    rm -rf "$town/got" && mkdir "$town/got"
    seq $sites | awk -v url="$(site_url www)" -v dir="$town/got" \
        '{ printf "url = %s/d%d/news/\noutput = %s/%d\n", url, $1, dir, $1 }' |
        curl -s -Z --no-progress-meter --max-time 30 -K -
    grep -l "$1-text" "$town/got"/* | wc -l
}
is_out() { [ "$(status_of edu "$path")" = 200 ]; }
# seconds from MOMENT (of date +%s) to the publication, by the database
took() {
    site_sql "SELECT CEIL(UNIX_TIMESTAMP(MAX(at)) - $1) FROM gov_audit
        WHERE action = 'edition.publish' AND actor = 'job:schedule'"
}
sleep_until() {
    local left
    left=$(($1 - $(date +%s)))
    [ "$left" -le 0 ] || sleep "$left"
}

lists none > /dev/null          # in the cache
plan one 20
is 'before it the article is not public' "$(status_of edu "$path")" 404
is 'nor in any of the lists' "$(lists one)" 0
ok 'all of that was before it' [ "$(date +%s)" -lt "$due" ]
sleep_until "$due"
ok 'then it is' wait_until 100 is_out
ok "within five seconds ($(took "$due"))" [ "$(took "$due")" -le 5 ]
is 'and in all fifty lists, made anew' "$(lists one)" $sites
is 'it was published once' "$(site_sql "SELECT COUNT(*) FROM gov_audit
    WHERE action = 'edition.publish' AND actor = 'job:schedule'")" 1

plan two 10
sleep_until $((due - 2))
site_httpd_stop
sleep_until $((due + 1))
site_httpd_start
began=$(date +%s)
ok 'a server that was down at the moment makes good for it' \
    wait_until 100 is_out
ok "within five seconds of its start ($(took "$began"))" \
    [ "$(took "$began")" -le 5 ]
is 'in all fifty lists' "$(lists two)" $sites
is 'and nothing waits any more' "$(site_sql 'SELECT COUNT(*) FROM gov_schedule')" 0
tap_end
