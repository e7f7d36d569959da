#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Forms that come from elsewhere change nothing.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
trap site_down_all EXIT
site_up foreign-forms
new='Plum-tree 2026'
person_make li.na content
person_in edu li.na "$person_password" "$new"
is 'somebody is signed in' "$person_said" 303
is 'and stays so' "$(status_as li.na edu /-/account/)" 200

key=$(form_field "$(as li.na edu /-/sign-out)" _key)
# foreign NAME HEADER...: a post with a good key, but from elsewhere
foreign() {
    local name
    name=$1
    shift
    is "$name is refused" "$(get edu /-/sign-out -b "$site_dir/jar-li.na" \
        --data-urlencode "_key=$key" "$@" > /dev/null
        sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p' "$site_head")" 403
}
foreign 'a form of another site' -H 'Sec-Fetch-Site: cross-site'
foreign 'a form of a sister site' -H 'Sec-Fetch-Site: same-site'
foreign 'another origin' -H 'Origin: https://evil.example'
foreign 'an origin without a name' -H 'Origin: null'
foreign 'a sister site by its origin' \
    -H "Origin: http://health.yunlan.localhost:$site_port"
is 'a key of another visitor is none' "$(post_with other edu /-/sign-in/ "$key" \
    login=li.na "password=$new")" 422
is 'a key of another form is none' "$(post_with li.na edu /-/account/end "$key" \
    session=00)" 422
is 'a changed key is none' "$(post_with li.na edu /-/sign-out "x$key")" 422
is 'all the time the session was open' "$(status_as li.na edu /-/account/)" 200
is 'its own form ends it' "$(post_with li.na edu /-/sign-out "$key")" 303
is 'for good' "$(status_as li.na edu /-/account/)" 303

is 'a body that is no form is refused' "$(get edu /-/sign-in/ \
    -H 'Content-Type: application/json' --data '{}' > /dev/null
    sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p' "$site_head")" 400
head -c 3000000 /dev/zero | tr '\0' a > "$site_dir/huge"
is 'so is a huge one' "$(get edu /-/sign-in/ --data-binary @"$site_dir/huge" \
    > /dev/null; sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p' "$site_head")" 413
is 'a page that takes no form says what it takes' "$(get edu / -d a=b \
    > /dev/null; sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p' "$site_head")" 405
like 'as it must' "$(tr -d '\r' < "$site_head")" '^Allow: GET, HEAD$'
is 'so does an address that takes nothing but a form' \
    "$(status_of edu /-/account/end)" 405
like 'which says so' "$(tr -d '\r' < "$site_head")" '^Allow: POST$'

# what every answer says to browsers, kept, fresh or refused
for path in / /-/sign-in/ /nothing-here /-/health; do
    get edu "$path" > /dev/null
    for line in 'Content-Security-Policy: default-src .none.; script-src .self.;' \
        'X-Content-Type-Options: nosniff' 'X-Frame-Options: SAMEORIGIN' \
        'Permissions-Policy: camera=\(\)' \
        'Referrer-Policy: strict-origin-when-cross-origin'; do
        like "$path says ${line%%:*}" "$(cat "$site_head")" "^$line"
    done
done
unlike 'over http nothing is said of https' "$(head_of edu /)" \
    'Strict-Transport-Security'
tap_end
