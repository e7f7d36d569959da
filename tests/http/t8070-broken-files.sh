#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# A stylesheet or a type with a mistake is refused with file, line and reason, and
# the old one stays in service.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
trap site_down_all EXIT
site_up broken demo

share=$site_dir/share
log=$site_dir/log/httpd-error.log
cp -a "$prefix/share/govportal" "$share"
sed -i "s,^GovShareDir .*,GovShareDir \"$share\"," "$site_conf"
site_httpd_stop
site_httpd_start
get edu /about/ > /dev/null

reloaded() {
    : > "$log"
    site_graceful
    wait_until 100 grep -q 'resuming normal operations' "$log"
}
# in_service WHAT: also what must be rendered anew
in_service() {
    site_govctl cache clear > /dev/null
    is "$1: the sites go on" "$(status_of edu /about/) $(status_of www /)" \
        '200 200'
}

sheet=$share/xslt/pages/document.xsl
cp "$sheet" "$site_dir/good"
line=$(($(wc -l < "$sheet") / 2))
sed -i "${line}i <xsl:value-of select=\"((\"/>" "$sheet"
message=$(site_govctl theme reload 2>&1)
is 'a reload of themes with a mistake fails' "$?" 7
like 'and names file and line' "$message" 'pages/document\.xsl:[0-9]+'
like 'and the reason' "$message" 'xpath|expression|compile'
in_service 'a broken stylesheet'
ok 'httpd is reloaded all the same' reloaded
like 'its log names file and line' "$(cat "$log")" \
    'GOV0410: .*pages/document\.xsl:[0-9]+'
in_service 'a broken stylesheet and a reload'
cp "$site_dir/good" "$sheet"

type=$share/types/article.xml
cp "$type" "$site_dir/good"
sed -i '0,/<use /s//<usee /' "$type"
ok 'httpd is reloaded with a broken type' reloaded
like 'its log names file and line' "$(cat "$log")" \
    'GOV0410: .*types/article\.xml:[0-9]+: .*'
in_service 'a broken type'
cp "$site_dir/good" "$type"

sed -i 's,\(key="nav\.home">\)[^<]*,\1头一页,' "$share/xslt/lang/zh-CN.xml"
ok 'with all mistakes mended httpd is reloaded' reloaded
unlike 'without complaint' "$(cat "$log")" 'GOV0410|:error\]'
like 'and what was changed is in service' "$(get edu /about/)" '头一页'
tap_end
