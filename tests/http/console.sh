# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Administrators at work in the console, on site edu of the town.  Source people.sh
# and town.sh first.
#
#   console_people                 "admin" runs edu, "other" runs lake, "author" writes
#                                  on edu; all are signed in on edu
#   console_key LOGIN PAGE FORM    the key of that form of the page
#   send LOGIN PATH FORM NAME=VALUE...   send a form of the page (without its last
#                                  part, if it does not answer); prints the status
#   wrong FIELD                    what is wrong with it, as the answer says
#   audited ACTION                 the details of those audit rows
#   audits ACTION                  how many there are

console_people() {
    local login
    person_make admin content site-admin@edu
    person_in edu admin "$person_password" 'Plum-tree 2026'
    person_make other content site-admin@lake
    person_in edu other "$person_password" 'Plum-tree 2026'
    person_make author content author@edu
    person_in edu author "$person_password" 'Plum-tree 2026'
    for login in admin other author; do
        [ "$(status_as $login edu /-/console/)" = 200 ] ||
            die "$login is not signed in"
    done
}

console_key() {
    as "$1" edu "$2" | tr '\n' ' ' | sed "s/.*id=\"f-$3\"//" |
        grep -o '<input[^>]* name="_key"[^>]*>' | head -n 1 |
        sed 's/.* value="\([^"]*\)".*/\1/'
}

send() {
    local login path form page key
    login=$1 path=$2 form=$3 page=$2
    shift 3
    [ "$(status_as "$login" edu "$page")" = 200 ] || page=${path%/*}
    key=$(console_key "$login" "$page" "$form")
    post_with "$login" edu "$path" "$key" "$@"
}

wrong() { tr '\n' ' ' < "$site_dir/body" |
    grep -o "id=\"f-$1-mistake1\">.*" | sed 's,</p>.*,,'; }

audited() { site_sql "SELECT detail FROM gov_audit WHERE action = '$1' ORDER BY id"; }
audits() { site_sql "SELECT COUNT(*) FROM gov_audit WHERE action = '$1'"; }
