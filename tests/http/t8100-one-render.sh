#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Sixty-four people ask for the same page that nobody has asked for before: it is
# rendered once.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/failure.sh"
trap site_down_all EXIT
site_up one-render demo
get www / > /dev/null
site_settled
is 'another page answers' "$(status_of edu /)" 200
renders() { site_govctl cache stats --json | jq .renders; }

# what a query says that nobody asked for makes no page of its own
ask() {
    get edu "$1?utm=[1-64]" -Z --parallel-immediate --parallel-max 64 \
        -o /dev/null -w '%{http_code}\n' 2> /dev/null | sort | uniq -c
}
for path in /news/ /about/ /sitemap.html; do
    before=$(renders)
    like "all get $path" "$(ask $path)" '^ *64 200$'
    is 'which was rendered once' "$(renders)" $((before + 1))
done
tap_end
