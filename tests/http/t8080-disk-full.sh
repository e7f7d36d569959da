#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# The disk of the state folder is full, or the cache may not write there: pages are
# kept in memory and come all the same.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
pages=
trap 'umount "$pages" 2> /dev/null; chmod -R u+w "$pages"; site_down_all' EXIT
site_up full demo
pages=$site_dir/state/pages
log=$site_dir/log/httpd-error.log

# a real full disk where we may mount one
if is_root && mount -t tmpfs -o size=16k,mode=755 tmpfs "$pages" 2> /dev/null
then
    chown "$in_user" "$pages"
    head -c 16k /dev/zero > "$pages/full" 2> /dev/null
else
    rm -rf "$pages"
    mkdir -m 555 "$pages"
fi
for path in / /news/ /about/ /sitemap.xml /feed.atom; do
    is "$path comes" "$(status_of edu "$path")" 200
    is "and comes again" "$(status_of edu "$path")" 200
done
is 'the log says it once' "$(grep -c GOV0331 "$log")" 1
like 'and govctl counts it' "$(site_govctl cache stats --json | jq .failures)" \
    '^[1-9]'
site_db_kill
kept() { head_of edu /news/ | grep -q '^Warning: 110 '; }
ok 'kept in memory they outlive the database' wait_until 60 kept
site_db_start
tap_end
