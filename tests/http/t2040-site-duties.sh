#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# What a government site must say of itself comes from its record (R080, B3).
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-duties

for path in / /news/ /sitemap.html /nothing '/?view=text' '/?view=elder'; do
    page=$(get www "$path")
    footer=$(printf '%s' "$page" | tr '\n' ' ' | sed 's/.*<footer//')
    like "$path legal name in the header" "$page" \
        'class="gov-legal-name">小镇人民政府<'
    for duty in 'site code:1234567890' 'ICP number:镇ICP备00000001号' \
        'police number:镇公网安备 00000001号' 'sponsor:小镇人民政府办公室' \
        'operator:小镇大数据中心' 'phone:0000-1234567' \
        'e-mail:web@town.localhost' 'address:小镇大街1号' 'postcode:000001'; do
        like "$path footer: ${duty%%:*}" "$footer" "${duty#*:}"
    done
    like "$path footer: report an error" "$footer" \
        'href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html\?site_code=1234567890"'
    like "$path footer: site map" "$footer" 'href="/sitemap.html'
done
unlike 'what a site does not have is not promised' "$(get edu /)" '镇公网安备|承办'
like 'each site has its own code' "$(get edu /)" '1234567891'
like 'also below another'\''s host' "$(get lake /)" '1234567892'
unlike 'and not that of its host' "$(get lake /)" '1234567890'
sed 's/镇ICP备00000001号/镇ICP备99999999号/' "$town/town.xml" > "$town/new.xml"
bring new.xml > /dev/null
like 'a new number is on every page at once' "$(get www /news/)" 镇ICP备99999999号

# in another language: what the record has for it, else the site's own
sed 's,\(.*legal-name="小镇人民政府"/>\),\1<language code="en" title="Town"\
    legal-name="Town Government" sponsor="Town Office" address="1 Town Street"/>,' \
    "$GOVPORTAL_TOP/tests/http/fixtures/town.xml" > "$town/english.xml"
bring english.xml > /dev/null
footer=$(get www /en/ | tr '\n' ' ' | sed 's/.*<footer//')
for duty in 'sponsor:Town Office' 'address:1 Town Street' \
    'site code:1234567890' 'ICP number:镇ICP备00000001号' \
    'operator, which it has in one language only:小镇大数据中心'; do
    like "English footer: ${duty%%:*}" "$footer" "${duty#*:}"
done
unlike 'no Chinese where there is English' "$footer" '小镇人民政府办公室|小镇大街'
footer=$(get www / | tr '\n' ' ' | sed 's/.*<footer//')
like 'the first language keeps its own' "$footer" '小镇人民政府办公室.*小镇大街1号'
article unit edu news 校名 '"translations":[{"lang":"en","title":"A school","body":"<p>Name.</p>"}]' |
    bring > /dev/null
is 'a unit is named in English in an English feed' "$(get edu /en/feed.json |
    jq -r '.items[0].authors[0].name')" 'School Board'
is 'and in Chinese in a Chinese one' "$(get edu /feed.json |
    jq -r '.items[0].authors[0].name')" 小镇教育局
tap_end
