#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# R003, R004: what a department publishes or shares is on the portal, with its
# source and its own address, and goes when it is withdrawn.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-share
{
    article rule edu news 秋季招生
    article share edu notices 停水通知 '"share":["www:notices","lake:news"]'
    article own edu notices 内部安排
} | bring > /dev/null
rule=$(site_url edu)$(at rule) share=$(site_url edu)$(at share)

like 'a rule column shows it' "$(get www /schools/)" "$rule\">秋季招生"
like 'with the unit it is from' "$(get www /schools/)" 镇教育局
like 'so does the home page' "$(get www /)" "$rule\">秋季招生"
like 'and the column'\''s feed, with its own address' \
    "$(get www /schools/feed.json)" "$rule"
is 'the source is in the feed' "$(get www /schools/feed.json |
    jq -r '.items[0].authors[0].name')" 小镇教育局
like 'a shared one is in the column it was shared to' "$(get www /notices/)" "$share"
like 'also on a site below another'\''s host' "$(get lake /news/)" "$share"
unlike 'what was not shared is not' "$(get www /notices/; get lake /news/)" 内部安排
unlike 'nor does the rule take other columns' "$(get www /schools/)" 停水通知
is 'there is no second page of it' \
    "$(status_of www "/notices/${share##*/}")" 404
is 'its page is canonical at home' "$(get edu "$(at share)" |
    grep -o '<link rel="canonical"[^>]*>' | grep -o 'http[^"]*')" "$share"
unlike 'the portal'\''s sitemap.xml does not claim it' \
    "$(get www /sitemap.xml)" "${share##*/}|${rule##*/}"

article rule edu news 秋季招生（更正） | bring > /dev/null
like 'a correction is on the portal at once' "$(get www /schools/)" 秋季招生（更正）
site_govctl document move --external rule edu:notices > /dev/null
unlike 'moved out of the rule'\''s columns it leaves' "$(get www /schools/)" 秋季招生
site_govctl document move --external rule edu:news > /dev/null
like 'and comes back' "$(get www /schools/)" 秋季招生

# what a record does not share any more
article share edu notices 停水通知 '"share":["lake:news"]' | bring > /dev/null
unlike 'a share taken out of the record takes it out of the column' \
    "$(get www /notices/; get www /)" 停水通知
unlike 'and out of its feed' "$(get www /notices/feed.json)" 停水通知
like 'where it is still shared it stays' "$(get lake /news/)" "$share"
like 'and at home' "$(get edu /notices/)" 停水通知
article share edu notices 停水通知 '"share":["www:notices","lake:news"]' |
    bring > /dev/null
like 'shared again it is there again' "$(get www /notices/)" "$share"
article share edu notices 停水通知（更正） '"share":["www:notices"]' |
    bring > /dev/null
unlike 'also with a correction' "$(get lake /news/; get lake /)" 停水通知
like 'which is shown where it stays' "$(get www /notices/)" 停水通知（更正）
article share edu notices 停水通知 '"share":["www:notices","lake:news"]' |
    bring > /dev/null

# a rule by keyword, and a correction that takes the keyword away
sed 's,<column slug="files",<column slug="swim" name="游泳" type="article" supply="rule">\
<rule sites="kind:department" types="article" keyword="游泳"/></column>&,' \
    "$GOVPORTAL_TOP/tests/http/fixtures/town.xml" > "$site_dir/town.xml"
site_govctl import "$site_dir/town.xml" > /dev/null
article pool edu news 泳池开放 '"keywords":["游泳"]' | bring > /dev/null
like 'a rule by keyword gathers' "$(get www /swim/)" 泳池开放
article pool edu news 泳池开放 '"keywords":["体育"]' | bring > /dev/null
unlike 'a correction without the keyword leaves the column' "$(get www /swim/)" 泳池开放
like 'and no other' "$(get www /schools/; get edu /news/)" 泳池开放

for id in rule share; do
    site_govctl document withdraw --external $id --reason 错 > /dev/null
done
for path in / /schools/ /notices/ /schools/feed.atom /notices/feed.rss \
    /feed.json /sitemap.xml; do
    unlike "withdrawn: not on the portal's $path" "$(get www "$path")" \
        '秋季招生|停水通知'
done
unlike 'nor on the other site' "$(get lake /news/; get lake /)" 停水通知
tap_end
