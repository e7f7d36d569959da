#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# While sixteen people read, httpd is reloaded, a plugin upgraded, a site dressed in
# another theme and the themes are reloaded: nobody notices but by what changed.
#
# Alone: it measures time.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
trap site_down_all EXIT
site_up undropped demo

# own copies of what is to change
cp -a "$prefix/share/govportal" "$site_dir/share"
mkdir "$site_dir/plugins"
plugin() {
    # shellcheck disable=SC2046
    "${CC:-cc}" -std=gnu11 -fPIC -shared -fvisibility=hidden \
        -DANSWER="\"$1\"" -I"$prefix/include/govportal" \
        $(pkg-config --cflags apr-1 apr-util-1) -o "$site_dir/plugins/.new" \
        "$GOVPORTAL_TOP/tests/http/fixtures/hello.c" &&
        mv "$site_dir/plugins/.new" "$site_dir/plugins/hello.so"
}
ok 'a plugin is built' plugin one
sed -i "s,^GovShareDir .*,GovShareDir \"$site_dir/share\",
    s,^GovPluginDir .*,GovPluginDir \"$site_dir/plugins\",
    s,^GovPlugin .*,GovPlugin hello," "$site_conf"
site_httpd_stop
site_httpd_start
says() { [ "$(get www /hello)" = "$1" ]; }
memory() { awk '/^VmRSS/ { print $2 }' "/proc/$(httpd_pid)/status"; }
ok 'and answers' wait_until 50 says one

readers_start 16 www:/ www:/news/ edu:/ edu:/news/ edu:/about/ www:/feed.atom
for i in 1 2 3; do
    before=$(pgrep -P "$(httpd_pid)" | sort | head -n 1)
    site_graceful
    ok "httpd is reloaded ($i)" wait_until 100 process_gone "$before"
    wait_until 50 says one
    [ "$i" -gt 1 ] || first=$(memory)
done
ok "and keeps nothing of what it had: $first, then $(memory) kB" \
    test "$(memory)" -lt $((first + 8000))

ok 'the plugin is built anew' plugin two
site_graceful
ok 'and after a reload the new one answers' wait_until 50 says two

dressed() { get edu / | grep -q "theme-$1"; }
ok 'a site is dressed in another theme' site_govctl site theme edu portal
ok 'and wears it' wait_until 20 dressed portal
ok 'and in its own again' site_govctl site theme edu department
ok 'and wears that' wait_until 20 dressed department

words=$site_dir/share/xslt/lang/zh-CN.xml
sed -i 's,\(key="nav\.home">\)[^<]*,\1头一页,' "$words"
ok 'a word is changed and the themes are reloaded' site_govctl theme reload
worded() { get edu / | grep -q '头一页'; }
ok 'and the pages say it' wait_until 50 worded

readers_stop
like 'not one request failed' "$readers" ' bad=0 '
ok "and none took long: $readers" \
    test "$(seen slowest)" -lt 2500
unlike 'no child crashed' "$(cat "$site_dir/log/httpd-error.log")" \
    'Segmentation|exit signal|Abort'
tap_end
