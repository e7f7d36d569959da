#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Withdrawn, moved, renamed: what addresses say afterwards, and that nothing else
# still shows what was withdrawn.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-gone

location() { head_of "$@" | sed -n 's/^Location: //p'; }
{
    article one edu news 甲文 '"old_paths":["/art/1.html","/a b/2.html"],"share":["www:notices"],"keywords":["水"]'
    article two edu news 乙文
    article three edu news 丙文 '"state":"withdrawn"'
    article four edu news 丁文 '"state":"draft"'
} | bring > /dev/null
one=$(at one) two=$(at two)

is 'an old path leads to the document' "$(location edu /art/1.html)" \
    "$(site_url edu)$one"
is 'for good' "$(status_of edu /art/1.html)" 301
is 'one with a blank, too' "$(status_of edu /a%20b/2.html)" 301
is 'a redirect of the site leads on' "$(location www /old/news.html)" \
    "$(site_url www)/news/"
is 'one without a target is gone' "$(status_of www /old/campaign/)" 410
is 'a column without its slash leads to the column' "$(location edu /news)" \
    "$(site_url edu)/news/"
is 'for good' "$(status_of edu /news)" 301
is 'also below another site'\''s host' "$(location www /lake/news)" \
    "$(site_url lake)/news/"
is 'a document imported as withdrawn is gone' \
    "$(status_of edu "$(at three)")" 410
is 'a draft is not found' "$(status_of edu "$(at four)")" 404
is 'a wrong column leads to the right one' \
    "$(location edu "/notices/${one##*/}")" "$(site_url edu)$one"

site_govctl document move --external one edu:notices > /dev/null
is 'a moved document answers at its new address' \
    "$(status_of edu "/notices/${one##*/}")" 200
is 'its old one leads there' "$(location edu "$one")" \
    "$(site_url edu)/notices/${one##*/}"
is 'so does the one from the old system' "$(location edu /art/1.html)" \
    "$(site_url edu)/notices/${one##*/}"
unlike 'its old column does not show it' "$(get edu /news/)" 甲文
like 'its new one does' "$(get edu /notices/)" 甲文

# copies as a careful reader would ask for them: by the time of the last answer,
# which is told as soon as it can be trusted
dated() { get edu /sitemap.xml > /dev/null; grep -qi '^Last-Modified' "$site_head"; }
now='/notices/ / /feed.atom /feed.json /notices/feed.rss /sitemap.xml /en/notices/ /zh-hant/notices/'
for path in $now; do get edu "$path" > /dev/null; done
wait_until 100 dated
like 'before: in the portal'\''s column' "$(get www /notices/)" 甲文
seen=$(for path in $now; do
    if get edu "$path" | grep -q "甲文\|${one##*/}"; then
        sed -n 's/^Last-Modified: //p' "$site_head"
    else
        echo
    fi
done)
site_govctl document withdraw --external one --reason 有误 > /dev/null
for path in "/notices/${one##*/}" "$one" /art/1.html "/en/notices/${one##*/}" \
    "/zh-hant/notices/${one##*/}"; do
    is "withdrawn: $path is gone" \
        "$(get edu "$path" -L -o /dev/null -w '%{http_code}')" 410
done
n=0
for path in $now; do
    n=$((n + 1))
    since=$(printf '%s\n' "$seen" | sed -n "${n}p" | tr -d '\r')
    unlike "withdrawn: not on $path" "$(get edu "$path")" "甲文|${one##*/}"
    [ -z "$since" ] || is "and $path is not \"not modified\"" \
        "$(status_of edu "$path" -H "If-Modified-Since: $since")" 200
done
for path in / /notices/ /feed.json /notices/feed.atom; do
    unlike "withdrawn: not on the portal's $path" "$(get www "$path")" 甲文
done
like 'the error page wears the site'\''s clothes' "$(get edu "$one" -L)" \
    'class="gov-legal-name">小镇教育局'
unlike 'and does not tell what was there' "$(get edu "$one" -L)" 甲文
is 'another document stays' "$(status_of edu "$two")" 200
like 'and the withdrawal is in the audit' \
    "$(site_govctl audit list --json 2> /dev/null || site_govctl audit --help)" .
tap_end
