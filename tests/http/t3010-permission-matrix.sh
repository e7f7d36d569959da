#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# The permission matrix: every route, on every site, for every role at every place,
# and for those who are nobody (yet, any more); answers and what the roles say are
# the same.  A plugin made here has routes for every action there is, so the gate is
# proven also for actions that no page asks for yet.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up matrix

plugins=$site_dir/plugins
mkdir -p "$plugins"
cp "$prefix"/lib/govportal/plugins/*.so "$plugins/"
# shellcheck disable=SC2046
ok 'a plugin for every action builds' "${CC:-cc}" -std=gnu11 -Wall -Wextra -Werror \
    -fPIC -shared -fvisibility=hidden -I"$prefix/include/govportal" \
    $(pkg-config --cflags apr-1 apr-util-1) -o "$plugins/matrix.so" \
    "$GOVPORTAL_TOP/tests/http/fixtures/matrix.c"
chmod -R go+rX "$plugins"
# govctl reads this file, too, so the plugin is named in it
sed -i "s,^GovPluginDir .*,GovPluginDir \"$plugins\"," "$site_conf"
echo 'GovPlugin matrix' >> "$site_conf"
site_httpd_stop
site_httpd_start

# each site has a column in a column, and one of a plugin's type with an event
sed 's,<column slug="news" \(.*\)/>,<column slug="news" \1>\
      <column slug="inner" name="内" name-en="Inner" type="article"/></column>\
    <column slug="events" name="活动" name-en="Events" type="event"/>,' \
    "$top/tests/http/fixtures/town.xml" > "$town/town.xml"
bring town.xml > /dev/null
day=$(date -d '10 days' +%F)
printf 'a,1\n' > "$town/list.csv"
for site in www edu lake; do
    lines 6 "$site" news
    printf '{"id":"event-%s","site":"%s","column":"events","type":"event",' \
        "$site" "$site"
    printf '"attachments":[{"file":"list.csv","title":"名单"}],'
    printf '"title":"读书","body":"<p>书</p>","fields":{"from":"%s",' "$day"
    printf '"starts":"19:00","place":"书院","places":"9"}}\n'
done | bring > /dev/null
for site in www edu lake; do
    site_govctl document show --external "event-$site" --json |
        jq --arg site "$site" --arg column "$(site_sql "SELECT c.id
            FROM gov_column c JOIN gov_site s ON s.id = c.site_id
            WHERE s.slug = '$site' AND c.path = 'events'")" '{ ($site): {
            documents: .document, editions: .editions[0].edition,
            columns: $column } }'
done | jq -s add > "$town/documents.json"
is 'an event is on each site' "$(jq length "$town/documents.json")" 3
site_govctl policy set form-posts 10000

# person LOGIN CLASS
person() {
    person_make "$@"
    jq -n --arg login "$1" --arg password "$person_password" '[$login, $password]'
}
{
    person once content site-admin author
    person kai content
    person ada admin
} | jq -s '{ once: .[0], content: .[1], admin: .[2] }' > "$town/people.json"
ok 'a role of content is none of an administrator' eval \
    '! site_govctl role grant ada author 2> /dev/null'
ok "an administrator's is for the whole group only" eval \
    '! site_govctl role grant ada audit-admin edu 2> /dev/null'

events() { http_page lake "/events/$(jq .lake.documents "$town/documents.json")/join"; }
wait_until 100 events
walked=$site_dir/walked
ok 'everybody asks for everything' node \
    "$GOVPORTAL_TOP/tests/http/fixtures/matrix.mjs" "$town/people.json" \
    "$town/documents.json" > "$walked"
is 'every route has an address to ask for' "$(grep '^uncovered' "$walked")" ''
is 'answers are as the roles say' "$(grep -c '^mismatch' "$walked")" 0
grep '^mismatch' "$walked" | head -n 40 | sed 's/^/# /'

is 'each action let somebody in and refused somebody, but for what nobody has' \
    "$(awk '$1 == "action" && ($4 == 0 || $6 == 0) { print $2 }' "$walked")" import
is 'there are as many actions as the program has' \
    "$(grep -c '^action ' "$walked")" "$(site_govctl plugin show matrix |
        grep -c '^permission ')"
awk '/^all / { print "# " $0 }' "$walked"
ok 'much was let through, much refused' awk '/^all / { n++
    good = $3 > 1000 && $5 > 5000 && $7 > 1000 } END { exit !(n && good) }' "$walked"
like 'refusals are in the audit' "$(site_govctl audit search \
    --action gate.refuse | head -n 5)" 'kai.*gate\.refuse'
tap_end
