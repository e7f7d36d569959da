#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# scan.sh [SECONDS]: Wapiti, a scanner of web applications (Debian: wapiti), against a
# demo city of its own: as anybody on the portal, as anybody on a site with a
# citizens' form, and as somebody who is signed in.  Anything above informational
# fails.  SECONDS is what each of its attacks may take (120).  No part of a tier: it
# takes a quarter of an hour, and not every machine has the scanner.
#
# Not used: modules that ask a server in the Internet (ssrf, xxe) or load lists from
# there (nikto, buster, wapp); csrf, which knows forms' keys by certain names only
# (tests/http/t3020 tries ours).
set -eu
GOVPORTAL_TOP=$(cd "$(dirname "$0")/../.." && pwd -P)
export GOVPORTAL_TOP
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
command -v wapiti > /dev/null || {
    echo 'scan.sh: there is no wapiti here (Debian: wapiti)' >&2
    exit 2
}
seconds=${1:-120}
trap "[ -n \"\${GOVPORTAL_KEEP-}\" ] || site_down_all" EXIT
site_up scan demo
# what an attacker gets is the forms, not the message that he was too quick
site_govctl policy set form-posts 10000
site_govctl policy set sign-ins 1000
site_govctl policy set lock-after 100
log=$site_dir/log/access.log
site_conf_line "CustomLog \"$log\" \"%r %>s\""
modules=backup,blindsql,cookieflags,crlf,csp,exec,file,htaccess
modules=$modules,http_headers,methods,permanentxss,redirect,shellshock,sql,xss

# scan NAME SITE PATH [HEADER]: the report is $site_dir/NAME.json
scan() {
    local name site path
    name=$1 site=$2 path=$3
    shift 3
    # the scanner's own look-up does not know names below localhost
    wapiti -u "http://127.0.0.1:$site_port$path" -H "Host: $(site_host "$site")" \
        ${1:+-H "$1"} --scope folder -m "$modules" -d 3 \
        --max-links-per-page 40 --max-files-per-dir 8 \
        --max-attack-time "$seconds" --max-scan-time $((seconds * 3)) \
        --store-session "$site_dir/$name.session" --flush-session \
        --no-bugreport -f json -o "$site_dir/$name.json" \
        > "$site_dir/log/$name.log" 2>&1 || :
}

# scanned NAME SITE PATH [HEADER]: scan, and what was found is informational.
# X-XSS-Protection switches on a filter that browsers have given up because it could
# be turned against pages; the CSP does its work.  HSTS and Secure come with https,
# which the scanned city does not speak (tests/http tries them with a certificate).
scanned() {
    scan "$@"
    ok "$1 was scanned" test -s "$site_dir/$1.json"
    is "nothing is found in $1" "$(jq -r '.vulnerabilities | to_entries[]
        | .key as $kind | .value[]
        | select(.info | test("X-XSS-Protection|Strict-Transport|Secure flag")
            | not)
        | "\(.level) \($kind) \(.method) \(.path): \(.info)"' \
        "$site_dir/$1.json" 2>&1 | sort -u | head -n 20)" ''
}

scanned portal www /
scanned department culture /
scanned sign-in edu /-/sign-in/
person_make li.na content author@edu
person_in edu li.na "$person_password" 'Plum-tree 2026'
is 'somebody signs in' "$person_said" 303
cookie=$(awk '$6 ~ /gov-session/ { print $6 "=" $7 }' "$site_dir/jar-li.na")
# signing out is out of its folder, so it stays signed in
scanned account edu /-/account/ "Cookie: $cookie"
scanned password edu /-/sign-in/password "Cookie: $cookie"
is 'and is so still' "$(status_as li.na edu /-/account/)" 200
is 'no request made the program fail' \
    "$(grep -E ' 50[0-9]$' "$log" | head -n 5)" ''
ok 'and there were many' test "$(wc -l < "$log")" -gt 1000
is 'the audit chain holds' "$(site_govctl audit verify > /dev/null; echo $?)" 0
tap_end
