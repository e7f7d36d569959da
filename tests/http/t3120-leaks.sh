#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Nothing of what is not live shows anywhere (R019): for every state that a document
# can be in, no public address gives away a word of its texts or a byte of its
# files.  Every route has a rule here; a new one without a rule fails this test.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/workers.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-leaks
workers
states='draft submitted returned reviewed cleared denied scheduled withdrawn superseded archived'

# A word that is nowhere else: zq, the state, a random number, what it stands in.
n=$(od -An -N4 -tx4 /dev/urandom | tr -d ' ')
word() { printf 'zq%s%s%s' "$1" "$n" "$2"; }
picture=0

# documents STATE ID TYPE COLUMN [MORE]: everything a document can hold, in two
# languages
document() {
    local w pic
    w=$1 picture=$((picture + 1))
    pic=$(ls "$top/conf/demo/pictures" | sed -n "${picture}p")
    cp "$top/conf/demo/pictures/$pic" "$town/$pic"
    printf '%s,1\n' "$(word "$w" F)" > "$town/$(word "$w" N)-$3.csv"
    printf '{"id":"%s","site":"edu","column":"%s","type":"%s",' "$2" "$4" "$3"
    printf '"title":"%s","summary":"%s",' "$(word "$w" T)" "$(word "$w" S)"
    printf '"source":"%s","body":"<p>%s</p>",' "$(word "$w" R)" "$(word "$w" B)"
    printf '"keywords":["共同","%s"],' "$(word "$w" K)"
    printf '"picture":{"file":"%s","alt":"%s"},' "$pic" "$(word "$w" P)"
    printf '"attachments":[{"file":"%s","title":"%s"}],' \
        "$(word "$w" N)-$3.csv" "$(word "$w" A)"
    printf '"old_paths":["/old/%s-%s.html"],' "$w" "$3"
    [ "$3" != event ] ||
        printf '"fields":{"from":"2026-12-04","place":"%s","places":"9"},' \
            "$(word "$w" L)"
    printf '"share":["www:news"],'
    printf '"translations":[{"lang":"en","title":"%s","body":"<p>%s</p>"}]' \
        "$(word "$w" E)" "$(word "$w" X)"
    printf '%s}\n' "$5"
}
uncleared() { (cd "$town" && site_govctl import "$@" > "$town/said" 2>&1); }

sed 's,<column slug="notices" name="公告" name-en="Notices".*,&\
    <column slug="events" name="活动" name-en="Events" type="event"/>,' \
    "$top/tests/http/fixtures/town.xml" > "$town/town.xml"
bring town.xml > /dev/null
for state in $states live; do
    for type in article event; do
        column=news
        [ "$type" = article ] || column=events
        document "$state" "$state-$type" "$type" "$column" \
            "${related:+,\"related\":[$related]}" > "$town/$state-$type.jsonl"
        related="\"draft-article\",\"$state-$type\""
    done
    cat "$town/$state-article.jsonl" "$town/$state-event.jsonl" > "$town/$state.jsonl"
    case $state in
    live|withdrawn|superseded) bring "$state.jsonl" > /dev/null ;;
    *) uncleared "$state.jsonl" ;;
    esac
done
uncleared live.jsonl            # its links to the others
is 'all of them are there' "$(site_sql 'SELECT COUNT(*) FROM gov_document')" 22

lines 6 edu news | bring > /dev/null    # so that there is a second page
# a link to a preview that nobody has signed
digest=$(printf '%064d' 7)
forged=1-1-4102444800-$(printf '%032d' 7)
# Pages of what is public now, before it is taken away: the caches must forget.
crawl() {
    {
        for site in www edu lake; do
            for path in / /en/ /zh-hant/ /sitemap.xml /sitemap-1.xml /sitemap.html \
                /feed.rss /feed.atom /feed.json /robots.txt /-/health \
                /-/sign-in/ /-/sign-in/via/certificate \
                /.well-known/security.txt /nothing-here /news/9999999.html \
                "/-/preview/$forged" "/-/preview/$forged/$digest/a.png" \
                /events/calendar/ /events/calendar/2026-12 /events/events.ics \
                /en/events/calendar/2026-12 /news/page-1.html /old/campaign/; do
                echo "$(site_url "$site")$path"
            done
        done
        for id in $(site_sql 'SELECT id FROM gov_document'); do
            for column in news notices events schools; do
                for place in edu/ edu/en/ edu/zh-hant/ www/ lake/; do
                    base=$(site_url "${place%%/*}")/${place#*/}$column/$id
                    printf '%s\n' "$base.html" "$base.ics" "$base/join"
                    case $place$column in edu/news|edu/events|edu/en/*)
                        printf '%s\n' "$base.html?view=elder" \
                            "$base.html?view=text" "$base.html?view=print" \
                            "$base.html?model=xml" ;;
                    esac
                done
            done
        done
        for state in $states live; do
            printf "$(site_url edu)/old/$state-%s.html\n" article event
        done
        site_sql 'SELECT DISTINCT LOWER(HEX(asset_id)), name FROM gov_asset_ref' |
            while read -r asset name; do
                for site in www edu lake; do
                    echo "$(site_url "$site")/-/asset/$asset/$name"
                done
            done
    } | node "$top/tests/http/fixtures/crawl.mjs" "$GOVPORTAL_SITES" "zq[a-z]+$n[A-Z]"
}
site_url www > /dev/null
crawl > "$town/before"
like 'what is public is found: withdrawn later' "$(cat "$town/before")" \
    "found $(word withdrawn T)"
like 'superseded later' "$(cat "$town/before")" "found $(word superseded T)"

both() {
    for type in article event; do
        step "$1" --external "$2-$type" --as "$3" ${4:+"$4" "$5"} ||
            echo "$1 $2-$type: $(cat "$site_dir/step")"
    done
}
for state in submitted returned reviewed cleared denied scheduled; do
    both submit $state ann
done
both return returned rob --remarks no
for state in reviewed cleared denied scheduled; do both review $state rob; done
for state in cleared scheduled; do both clear $state cleo --basis law; done
for type in article event; do
    step clear --external denied-$type --as cleo --basis law --deny
    step withdraw --external withdrawn-$type --reason test
done
both schedule scheduled paul --at "$(date -u -d '1 day' +%Y-%m-%dT%H:%M:%SZ)"
both archive archived paul
for type in article event; do
    column=news
    [ "$type" = article ] || column=events
    fields=
    [ "$type" = article ] || fields=',"fields":{"from":"2026-12-04","place":"新"}'
    printf '{"id":"superseded-%s","site":"edu","column":"%s","type":"%s",%s}\n' \
        "$type" "$column" "$type" "\"title\":\"新版\",\"body\":\"<p>新</p>\"$fields,
        \"translations\":[{\"lang\":\"en\",\"title\":\"New\",\"body\":\"<p>New</p>\"}]" |
        tr -d '\n' > "$town/new-$type.jsonl"
    bring "new-$type.jsonl" > /dev/null
done
for state in $states; do
    is "documents are $state" "$(site_sql "SELECT COUNT(DISTINCT e.document_id)
        FROM gov_edition e JOIN gov_external x ON x.document_id = e.document_id
        WHERE x.external_id LIKE '$state-%' AND e.state = '$state'")" 2
done

# the plugin follows the feed, nodes keep pages: after a moment nothing is left
sleep 2
crawl > "$town/after"
for state in $states; do
    is "nothing shows of what is $state" \
        "$(grep "^found zq$state$n" "$town/after" | head -n 5)" ''
done
for part in T S R B K P A F E X L N; do
    like "what is live shows its $part" "$(grep -c "^found zqlive$n$part " \
        "$town/after")" '^[1-9]'
done
is 'files of others answer 404 everywhere' "$(site_sql "SELECT DISTINCT
    LOWER(HEX(r.asset_id)) FROM gov_asset_ref r LEFT JOIN gov_live l
    ON l.edition_id = r.edition_id GROUP BY r.asset_id
    HAVING COUNT(l.edition_id) = 0" | while read -r asset; do
        grep "^seen .* /-/asset/$asset/" "$town/after" | grep -v '^seen 404'
    done)" ''
is 'addresses of old systems lead to nothing that is not live' \
    "$(grep -E '^seen 30[0-9] /old/' "$town/after" |
        sed 's/.*old.//' | sort | tr '\n' ' ')" \
    'live-article.html live-event.html superseded-article.html superseded-event.html withdrawn-article.html withdrawn-event.html '

# Which addresses stand for which route.
rule() {
    case $1 in
    /) echo '/' ;;
    '/{column}/') echo '/news/' ;;
    '/{column}/page-{n}.html') echo '/news/page-1\.html' ;;
    '/{column}/{id}.html') echo '/news/[0-9]+\.html' ;;
    '/{column}/feed.{format}') echo '/news/feed\.(rss|atom|json)' ;;
    '/feed.{format}') echo '/feed\.json' ;;
    /sitemap.html) echo '/sitemap\.html' ;;
    /sitemap.xml) echo '/sitemap\.xml' ;;
    '/sitemap-{n}.xml') echo '/sitemap-1\.xml' ;;
    /robots.txt) echo '/robots\.txt' ;;
    /.well-known/security.txt) echo '/\.well-known/security\.txt' ;;
    /-/health) echo '/-/health' ;;
    /-/sign-in/) echo '/-/sign-in/' ;;
    '/-/sign-in/via/{source}') echo '/-/sign-in/via/certificate' ;;
    '/{column}/calendar/') echo '/events/calendar/' ;;
    '/{column}/calendar/{month}') echo '/events/calendar/2026-12' ;;
    '/{column}/events.ics') echo '/events/events\.ics' ;;
    '/{column}/{id}.ics') echo '/events/[0-9]+\.ics' ;;
    '/-/asset/{asset}/{file}') echo '/-/asset/[0-9a-f]+/.+' ;;
    '/{column}/{id}/join') echo '/events/[0-9]+/join' ;;
    '/-/preview/{token}') echo "/-/preview/$forged" ;;
    '/-/preview/{token}/{asset}/{file}') echo "/-/preview/$forged/$digest/a.png" ;;
    esac
}
# files of the installation hold nothing of a document
routes=$(site_govctl route list --json | jq -r '.[] |
    select(.method == "GET" and .permission == "public") | .path' |
    grep -v '^/-/static/' | sort -u)
ok 'there are public routes' test "$(printf '%s\n' "$routes" | wc -l)" -ge 18
for route in $routes; do
    expected=$(rule "$route")
    status='(200|303|403)'
    case $route in /-/preview/*) status=404 ;; esac
    ok "route $route has a rule and was walked" eval '[ -n "$expected" ] &&
        grep -Eq "^seen $status $expected(\?|$)" "$town/after"'
done
tap_end
