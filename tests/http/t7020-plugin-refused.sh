#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# A plugin that does not fit is refused with one clear line; the sites and the other
# plugins keep running.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
trap site_down_all EXIT
site_up plugin-refused demo

plugins=$site_dir/plugins
mkdir -p "$plugins"
cp "$prefix"/lib/govportal/plugins/*.so "$plugins/"
chmod -R go+rX "$plugins"

# build NAME FLAG
build() {
    # shellcheck disable=SC2046
    "${CC:-cc}" -std=gnu11 -Wall -Wextra -Werror -fPIC -shared \
        -fvisibility=hidden -DNAME="\"$1\"" -D"$2" \
        -I"$prefix/include/govportal" $(pkg-config --cflags apr-1 apr-util-1) \
        -o "$plugins/$1.so" "$GOVPORTAL_TOP/tests/http/fixtures/unfit.c"
}
for fault in major minor size name permission symbol schema none; do
    ok "the fixture \"$fault\" builds" build "unfit$fault" \
        "FAULT_$(echo $fault | tr a-z A-Z)"
done
printf 'this is no shared object\n' > "$plugins/unfitbytes.so"

sed -i "s,^GovPluginDir .*,GovPluginDir \"$plugins\"," "$site_conf"
site_conf_line GovPlugin unfitmajor unfitminor unfitsize unfitname \
    unfitpermission unfitsymbol unfitbytes unfitabsent
log=$site_dir/log/httpd-error.log

# refused NAME REGEX: one line, and what it says
refused() {
    is "$1 is refused in one line" \
        "$(grep -c "GOV0403.*plugin $1 is left out" "$log")" 1
    like "which says why" "$(grep "plugin $1 is left out" "$log")" "$2"
}
refused unfitmajor 'built for plugin ABI .*, this server has .*build the plugin'
refused unfitminor 'built for plugin ABI .*, this server has .*build the plugin'
refused unfitsize 'descriptor has [0-9]+ bytes, this server knows [0-9]+'
refused unfitname 'calls itself "other", expected "unfitname"; name the file'
refused unfitpermission 'route GET /unfit names no permission; write "public"'
refused unfitsymbol 'no gov_plugin_descriptor; is it a GovPortal plugin'
refused unfitbytes 'unfitbytes\.so'
refused unfitabsent 'unfitabsent\.so'

is 'the portal answers' "$(status_of www /)" 200
is 'a page answers' "$(status_of culture /news/)" 200
is 'so does a plugin that fits' "$(status_of culture /events/events.ics)" 200
is 'no route of a refused plugin answers' "$(status_of www /unfit)" 404
like 'govctl says the same' "$(site_govctl plugin show "$plugins/unfitname.so" \
    2>&1)" 'calls itself "other"'

site_conf_line GovPlugin unfitnone
is 'the same plugin without a fault is loaded' "$(get www /unfit)" unfit

# one whose migrations were not applied: seen when the database is, and again
: > "$log"
sed -i '/^GovPlugin unfit/d' "$site_dir/conf/extra/test.conf"
site_conf_line GovPlugin unfitschema
waits() { grep -q 'GOV0412' "$log"; }
answers() { [ "$(status_of www /unfit)" = "$1" ]; }
ok 'a plugin without its tables waits' wait_until 50 waits
is 'and says so once' "$(grep -c GOV0412 "$log")" 1
like 'with what to do' "$(cat "$log")" \
    'plugin unfitschema waits: .* schema 0, it needs 7; run govctl schema apply'
is 'its route answers 503' "$(status_of www /unfit)" 503
is 'the portal and other plugins go on' \
    "$(status_of www /) $(status_of culture /events/events.ics)" '200 200'
site_sql "INSERT INTO gov_schema (component, version, digest, applied_at,
    applied_by) VALUES ('unfitschema', 7, REPEAT('0', 40), NOW(6), 'test')"
ok 'once its migrations are applied it answers, without a restart' \
    wait_until 100 answers 200
tap_end
