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
# there (nikto, buster, wapp).
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
trap site_down_all EXIT
site_up scan demo
# what an attacker gets is the forms, not the message that he was too quick
site_govctl policy set form-posts 10000
site_govctl policy set sign-ins 1000
site_govctl policy set lock-after 100
modules=backup,blindsql,cookieflags,crlf,csp,csrf,exec,file,htaccess
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
        -x "http://127.0.0.1:$site_port/-/sign-out" \
        --store-session "$site_dir/$name.session" --flush-session \
        --no-bugreport -f json -o "$site_dir/$name.json" \
        > "$site_dir/log/$name.log" 2>&1 || :
}

# found NAME: "LEVEL CATEGORY METHOD PATH: INFO", without what is informational.
# X-XSS-Protection switches on a filter that browsers have given up because it could
# be turned against pages; the CSP does its work.
found() {
    jq -r '.vulnerabilities | to_entries[] | .key as $kind | .value[]
        | select(.info | test("X-XSS-Protection") | not)
        | "\(.level) \($kind) \(.method) \(.path): \(.info)"' \
        "$site_dir/$1.json"
}

asked() { grep -c . "$in_log/httpd-access.log" 2> /dev/null || echo 0; }

before=$(asked)
scan portal www /
ok 'the portal was scanned' test -s "$site_dir/portal.json"
is 'nothing is found on the portal' "$(found portal | sort -u)" ''
scan department culture /
ok 'a department with a form was scanned' test -s "$site_dir/department.json"
is 'nothing is found there' "$(found department | sort -u)" ''
scan forms edu /-/
ok 'the sign-in form was scanned' test -s "$site_dir/forms.json"
is 'nothing is found there either' "$(found forms | sort -u)" ''

person_make li.na content author@edu
person_in edu li.na "$person_password" 'Plum-tree 2026'
is 'somebody signs in' "$person_said" 303
cookie=$(awk '$6 ~ /gov-session/ { print $6 "=" $7 }' "$site_dir/jar-li.na")
scan account edu /-/ "Cookie: $cookie"
ok 'the account was scanned' test -s "$site_dir/account.json"
is 'nothing is found in it' "$(found account | sort -u)" ''
is 'no request made the program fail' \
    "$(grep -cE '" 50[0-9] ' "$in_log/httpd-access.log" 2> /dev/null)" 0
ok 'and there were many' test "$(($(asked) - before))" -gt 1000
is 'the audit chain holds' "$(site_govctl audit verify > /dev/null; echo $?)" 0
tap_end
