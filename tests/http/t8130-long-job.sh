#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Two nodes and a job that takes longer than its lease: it never runs twice at once,
# and its node goes on hearing of changes.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
trap 'node_two; httpd_stop; site_down_all' EXIT
site_up longjob demo

plugins=$site_dir/plugins
diary=$site_dir/diary
mkdir -p "$plugins"
cp "$prefix"/lib/govportal/plugins/*.so "$plugins/"
: > "$diary"
chmod a+rw "$diary"
# shellcheck disable=SC2046
ok 'the plugin builds' "${CC:-cc}" -std=gnu11 -Wall -Wextra -Werror -fPIC \
    -shared -fvisibility=hidden -DFILE_NAME="\"$diary\"" \
    -I"$prefix/include/govportal" $(pkg-config --cflags apr-1 apr-util-1) \
    -o "$plugins/slow.so" "$GOVPORTAL_TOP/tests/http/fixtures/slow.c"
chmod -R go+rX "$plugins"

node_one() { site_use longjob; }
node_two() {
    node_one
    socket=$in_socket keys=$in_keys
    instance "$site_dir/two"
    in_socket=$socket
}
with_plugin() {
    sed -i "s,^GovPluginDir .*,GovPluginDir \"$plugins\"," "$in_conf"
    echo 'GovPlugin slow' >> "$in_dir/conf/extra/test.conf"
}
with_plugin
node_two
instance_make
cp -p "$keys" "$in_keys"
site_listen $((site_port + 1)) with_plugin
port=$(httpd_port)
node_one
site_httpd_stop
site_httpd_start

ran() { [ "$(grep -c "$1" "$diary")" -ge "$2" ]; }
ok 'the job begins' wait_until 200 ran begin 1
path=$(get edu /news/ | grep -Eo '/news/[0-9]+\.html' | head -n 1)
id=${path##*/}
two() {
    curl -s -o /dev/null -w '%{http_code}' -H "Host: $(site_host edu)" \
        "http://127.0.0.1:$port$1"
}
two_says() { [ "$(two "$path")" = "$1" ]; }
gone() { [ "$(status_of edu "$path")" = 410 ]; }
ok 'a document is on the other node' wait_until 100 two_says 200
site_govctl document withdraw --reason test "${id%.html}" > /dev/null
ok 'while it runs a withdrawal is heard on both nodes' \
    eval 'wait_until 100 two_says 410 && wait_until 100 gone'
is 'it still runs' "$(grep -c end "$diary")" 0
touch "$diary.go"
ok 'it ends and begins again, twice' wait_until 600 ran end 2
is 'and never ran twice at once' "$(awk '
    $1 == "begin" && ++n > 1 { twice = 1 }
    $1 == "end" { n-- }
    END { print twice ? "twice" : "once" }' "$diary")" once
tap_end
