#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# R101: entries of lists, heads, feeds, site maps and redirects are changed behind
# the program's back.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up tampered-lists
{
    article one edu news 秋季招生 '"keywords":["招生"]'
    article two edu news 开学时间 '"keywords":["招生"]'
    article pin edu notices 停水通知
    article pub edu notices 施工通知
} | bring > /dev/null
id_of() { basename "$(at "$1")" .html; }
in_force() { site_govctl integrity status > /dev/null; }
wait_until 100 in_force
log=$site_dir/log/httpd-error.log
news=$(site_sql "SELECT c.id FROM gov_column c JOIN gov_site s
    ON s.id = c.site_id WHERE s.slug = 'edu' AND c.path = 'news'")
# all pages are stale from now on; cache clear would take the last good ones away
clear() { site_govctl site theme edu department > /dev/null; }

# cold NAME SITE PATH: not from a cache that has the good page
cold() {
    site_httpd_stop
    rm -rf "$site_dir"/state/pages/*
    site_httpd_start
    is "$1: 503 with nothing kept" "$(status_of "$2" "$3")" 503
    unlike "$1: nothing of it is shown" "$(get "$2" "$3")" '黑客|evil'
}
# warm NAME SITE PATH GOOD: with the good page kept
warm() {
    clear
    like "$1: the last good page comes" "$(get "$2" "$3")" "$4"
    unlike "$1: without what was changed" "$(get "$2" "$3")" '黑客|evil'
}
# seen OBJECT: in the log
seen() { grep -q "GOV0420.*$1" "$log"; }

site_settled
get edu / > /dev/null
get edu /news/ > /dev/null
get edu /feed.json > /dev/null

site_sql "UPDATE gov_column_head SET items = REPLACE(items, '秋季招生', '黑客')
    WHERE column_id = $news"
ok 'a head: an alarm within ten seconds' wait_until 100 seen "column:$news"
warm 'a head on the home page' edu / 秋季招生
warm 'a head of a column' edu /news/ 秋季招生
cold 'a head on the home page' edu /
ok 'making the head anew mends it' site_govctl column renumber edu:news
like 'so the home page comes' "$(get edu /)" 秋季招生

site_sql "UPDATE gov_column_head SET total = 99 WHERE column_id = $news"
cold 'its counts' edu /news/
site_govctl column renumber edu:news > /dev/null
site_settled
get edu /news/ > /dev/null
get edu /feed.json > /dev/null
site_sql "UPDATE gov_listing SET item = REPLACE(item, '开学时间', '黑客')
    WHERE column_id = $news AND document_id = $(id_of two)"
warm 'an entry in a column' edu /news/ 开学时间
warm 'an entry in the feed' edu /feed.json 开学时间
cold 'an entry in a column' edu /news/
cold 'an entry in the feed' edu /feed.json
like 'a page beside it comes without it' "$(get edu "$(at one)")" 秋季招生
unlike 'and without what was changed' "$(get edu "$(at one)")" 黑客
ok 'its document is mended' site_govctl integrity repair "$(id_of two)" --restore
like 'and the list comes' "$(get edu /news/)" 开学时间

site_sql "UPDATE gov_listing SET pinned = 1
    WHERE document_id = $(id_of pin)"
cold 'an entry that was pinned' edu /notices/
site_govctl integrity repair "$(id_of pin)" --restore > /dev/null

site_sql "UPDATE gov_live_keyword SET item = REPLACE(item, '开学时间', '黑客')"
clear
unlike 'a related document that was changed is left out' \
    "$(get edu "$(at one)")" 黑客
found() { site_govctl integrity check | grep -q "document:$(id_of two)"; }
ok 'and found by the check' found
site_govctl integrity repair "$(id_of two)" --restore > /dev/null

site_sql "UPDATE gov_live SET updated_at = '2020-01-01'
    WHERE document_id = $(id_of pub)"
cold 'the time of a document in the site map' edu /sitemap.xml
site_govctl integrity repair "$(id_of pub)" --restore > /dev/null
is 'which comes when it is mended' "$(status_of edu /sitemap.xml)" 200
unlike 'with the right time' "$(get edu /sitemap.xml)" 2020-01-01

site_sql "UPDATE gov_redirect SET target = 'https://evil.example/'
    WHERE path = '/old/news.html'"
is 'a redirect that leads elsewhere is not followed' \
    "$(status_of www /old/news.html)" 503
unlike 'nor told' "$(cat "$site_head")" evil
site_sql "UPDATE gov_redirect SET target = '/news/'
    WHERE path = '/old/news.html'"
is 'the right one is' "$(status_of www /old/news.html)" 301

# --- what no reader can see in one row: the walk -----------------------------------
site_sql "DELETE FROM gov_live WHERE document_id = $(id_of pub)"
ok 'a document that was taken away is an alarm' wait_until 100 \
    seen "document:$(id_of pub)"
site_govctl integrity repair "$(id_of pub)" --restore > /dev/null
is 'and can be brought back' "$(status_of edu "$(at pub)")" 200
ok 'all is well' site_govctl integrity check
tap_end
