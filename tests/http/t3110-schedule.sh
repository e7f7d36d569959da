#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Released at one moment on fifty sites (R011): nowhere before it, everywhere within
# five seconds after it, also when the server was down at that moment.
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

# one article on each site, and one that all of them show by reference
make() {
    local i
    for i in $(seq $sites); do
        printf '{"id":"%s-%s","site":"d%s","column":"news","type":"article",' \
            "$1" "$i" "$i"
        printf '"title":"%s","body":"<p>x</p>"}\n' "$1-text"
    done
    printf '{"id":"%s-all","site":"edu","column":"news","type":"article",' "$1"
    printf '"title":"%s","body":"<p>x</p>","share":[' "$1-shared"
    for i in $(seq $sites); do printf '"d%s:news",' "$i"; done | sed 's/,$//'
    printf ']}\n'
}
plan() {
    make "$1" > "$town/$1.jsonl"
    (cd "$town" && site_govctl import "$1.jsonl" > /dev/null)
    # signed by the thousand: what the steps do is the business of other tests
    site_sql "INSERT INTO gov_edition_step (site_id, document_id, edition_id, what,
        at, actor, digest, signer, verdict, basis, cleared)
        SELECT e.site_id, e.document_id, e.id, w.what, UTC_TIMESTAMP(6), w.who,
            e.digest, w.who, w.verdict, w.basis, w.cleared
        FROM gov_edition e JOIN gov_external x ON x.document_id = e.document_id
        JOIN (SELECT 'review' AS what, 'rob' AS who, NULL AS verdict, NULL AS basis,
            NULL AS cleared UNION SELECT 'clear', 'cleo', 'pass', 'law', 1) w
        WHERE x.external_id LIKE '$1-%'"
    site_sql "UPDATE gov_edition e JOIN gov_external x
        ON x.document_id = e.document_id SET e.state = 'cleared'
        WHERE x.external_id LIKE '$1-%'"
    due=$(($(date +%s) + $2))
    at=$(date -u -d "@$due" +%Y-%m-%dT%H:%M:%SZ)
    for i in $(seq $sites) all; do
        step schedule --external "$1-$i" --at "$at" --as paul || cat "$site_dir/step"
    done
    pages=$(site_sql "SELECT CONCAT(REPLACE(s.slug, 'edu', ''), '/news/',
        x.document_id, '.html') FROM gov_external x JOIN gov_site s
        ON s.id = x.site_id WHERE x.external_id LIKE '$1-%'
        AND x.external_id <> '$1-all'" | sed 's,^,/,')
}

# statuses WORD: how many pages of all sites, and lists, there are with it
answers() {
    printf '%s\n' "$pages" | sed "s,^,$(site_url www)," |
        sed 's,^,url = ,; a output = /dev/null' |
        curl -s --max-time 20 -K - -w '%{http_code}\n' | grep -c "$1"
}
lists() {
    local i n=0
    for i in $(seq $sites); do
        get www "/d$i/news/" | grep -q "$1-shared" && n=$((n + 1))
    done
    echo $n
}
all_out() { [ "$(answers 200)" = $sites ]; }

plan one 45
left=$((due - $(date +%s)))
ok "all of it was scheduled in time ($left s left)" [ "$left" -gt 3 ]
is 'before it nothing is public' "$(answers 404)" $sites
is 'nor is the shared one in any list' "$(lists one)" 0
left=$((due - $(date +%s)))
[ "$left" -le 0 ] || sleep "$left"
ok 'everything is' wait_until 100 all_out
took=$(($(date +%s) - due))
ok "within five seconds (it took $took)" [ "$took" -le 5 ]
is 'the shared one is in every list' "$(lists one)" $sites
is 'and each was published once' "$(site_sql "SELECT COUNT(*) FROM gov_audit
    WHERE action = 'edition.publish' AND actor = 'job:schedule'")" $((sites + 1))

plan two 45
left=$((due - 2 - $(date +%s)))
[ "$left" -le 0 ] || sleep "$left"
site_httpd_stop
left=$((due + 1 - $(date +%s)))
[ "$left" -le 0 ] || sleep "$left"
began=$(date +%s)
site_httpd_start
ok 'a server that was down at the moment makes good for it' \
    wait_until 100 all_out
took=$(($(date +%s) - began))
ok "within five seconds of its start (it took $took)" [ "$took" -le 5 ]
is 'and nothing waits any more' "$(site_sql 'SELECT COUNT(*) FROM gov_schedule')" 0
tap_end
