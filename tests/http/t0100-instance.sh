#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# The instance that the http and browser tests share: all of the demo is there.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
site_shared

sites=$(site_govctl site list --json | jq -r '.[].id')
is 'a portal, eight departments and two districts' \
    "$(printf '%s\n' "$sites" | wc -l)" 11
for site in $sites; do
    is "the home page of $site answers" "$(status_of "$site" /)" 200
done
is 'httpd runs no more modules than it needs' "$(apache2 -t -f \
    "$site_dir/conf/httpd.conf" -D DUMP_MODULES 2>&1 | grep -c '(shared)')" 6
unlike 'nothing in the error log but its start' \
    "$(cat "$site_dir/log/httpd-error.log")" ':(error|crit|alert|emerg)]'
tap_end
