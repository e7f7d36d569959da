#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Two httpds with folders of their own on one database: what is done on one is seen
# on the other within a second.
#
# Alone: it measures time.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
trap 'node_two; httpd_stop; site_down_all' EXIT
site_up nodes demo

node_one() { site_use nodes; }
node_two() {
    node_one
    socket=$in_socket keys=$in_keys
    instance "$site_dir/two"
    in_socket=$socket
}
node_two
instance_make
cp -p "$keys" "$in_keys"
site_listen $((site_port + 1))
port=$(httpd_port)
node_one
is 'the nodes have caches of their own' \
    "$(ls "$site_dir/state/shared.cache" "$site_dir/two/state/shared.cache" |
    wc -l)" 2

# of node two, on its port
two() {
    curl -s -H "Host: $(site_host "$1")" "http://127.0.0.1:$port$2" \
        -o "$site_dir/page" -w '%{http_code}'
}
two_says() { [ "$(two edu "$1")" = "$2" ] && grep -q "$3" "$site_dir/page"; }
list=$(get edu /news/)
path=$(printf '%s' "$list" | grep -Eo '/news/[0-9]+\.html' | head -n 1)
id=${path##*/}
id=${id%.html}
ok 'node two has a column page' wait_until 50 two_says /news/ 200 "$path"
is 'and a document' "$(two edu "$path")" 200

ok 'on node one it is withdrawn' \
    site_govctl document withdraw --reason test "$id"
is 'and gone there at once' "$(status_of edu "$path")" 410
ok 'on node two within a second' wait_until 10 two_says "$path" 410 ''
two edu /news/ > /dev/null
unlike 'and from the column page' "$(cat "$site_dir/page")" "$path"

ok 'on node one a site changes its theme' site_govctl site theme edu portal
ok 'on node two within a second' wait_until 10 two_says / 200 theme-portal
site_govctl site theme edu department > /dev/null
ok 'and back' wait_until 10 two_says / 200 theme-department

# node two has files of its own, too
node_two
cp -a "$prefix/share/govportal" "$in_dir/share"
sed -i "s,^GovShareDir .*,GovShareDir \"$in_dir/share\"," "$in_conf"
httpd_stop
httpd_start
words=$in_dir/share/xslt/lang/zh-CN.xml
node_one
two_says / 200 ''
sed -i 's,\(key="nav\.home">\)[^<]*,\1头一页,' "$words"
ok 'themes are reloaded on node one' site_govctl theme reload
ok 'and node two takes its own files into service' \
    wait_until 100 two_says / 200 头一页
tap_end
