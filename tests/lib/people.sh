# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# People who sign in, as a browser would: cookies in $site_dir/jar-LOGIN.
#
#   person_make LOGIN CLASS ROLE[@SITE[:COLUMN]]...   an account; its one-time
#                                  password in $person_password
#   person_in ID LOGIN PASSWORD [NEW]   sign in on a site; with NEW also change the
#                                  one-time password.  The last status in $person_said
#   as LOGIN ID PATH [...]         body of a page for that person; status and headers
#                                  in $site_head
#   status_as LOGIN ID PATH [...]  its status
#   post_as LOGIN ID PATH [...]    post a form with its key from PATH's own page;
#                                  name=value as further arguments; prints the status
#   event_make PLACES              an event of culture that people register for, in ten
#                                  days; its path without ".html" in $event

person_make() {
    local login class role
    login=$1 class=$2
    shift 2
    person_password=$(site_govctl user add "$login" --class "$class" --json |
        jq -r .password)
    for role in "$@"; do
        case $role in
        *@*) site_govctl role grant "$login" "${role%%@*}" "${role#*@}" ;;
        *)   site_govctl role grant "$login" "$role" ;;
        esac
    done
}

as() {
    local login
    login=$1
    shift
    get "$1" "$2" -b "$site_dir/jar-$login" -c "$site_dir/jar-$login" \
        ${3:+"$@"}
}

status_as() {
    as "$@" > /dev/null
    sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p' "$site_head"
}

# form_field HTML NAME: the value of a hidden field
form_field() {
    printf '%s' "$1" | tr '\n' ' ' |
        grep -oE "<input[^>]* name=\"$2\"[^>]*>" | head -n 1 |
        sed 's/.* value="\([^"]*\)".*/\1/'
}

post_as() {
    local login id path page key pair
    login=$1 id=$2 path=$3
    shift 3
    page=$(get "$id" "$path" -b "$site_dir/jar-$login" \
        -c "$site_dir/jar-$login")
    key=$(form_field "$page" _key)
    post_with "$login" "$id" "$path" "$key" "$@"
}

# post_with LOGIN ID PATH KEY NAME=VALUE...
post_with() {
    local login id path key pair
    login=$1 id=$2 path=$3 key=$4
    shift 4
    for pair in "$@"; do
        set -- "$@" --data-urlencode "$pair"
        shift
    done
    get "$id" "$path" -b "$site_dir/jar-$login" -c "$site_dir/jar-$login" \
        --data-urlencode "_key=$key" "$@" > "$site_dir/body"
    sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p' "$site_head"
}

person_in() {
    local id login password new
    id=$1 login=$2 password=$3 new=${4-}
    : > "$site_dir/jar-$login"
    person_said=$(post_as "$login" "$id" /-/sign-in/ "login=$login" \
        "password=$password")
    [ -n "$new" ] || return 0
    person_said=$(post_as "$login" "$id" /-/sign-in/password "old=$password" \
        "password=$new" "again=$new")
}

# site_import FILE...: cleared documents into the current instance
site_import() {
    site_govctl import --cleared-by 'test office' --basis 'invented for the test' \
        "$@" > "$site_dir/log/import.log" 2>&1
}

event_make() {
    jq -cn --arg day "$(date -d '10 days' +%F)" --arg places "$1" '{
        id: "test:event", site: "culture", column: "events", type: "event",
        title: "茶园夜读会", body: "<p>读书。</p>",
        published: "2026-11-01T09:00:00+08:00",
        fields: { from: $day, starts: "19:00", place: "书院", places: $places } }' \
        > "$site_dir/event.jsonl"
    site_import "$site_dir/event.jsonl" || return
    event=/events/$(site_govctl document show --external test:event --json |
        jq -r .document)
    wait_until 100 http_page culture "$event/join"
}

# http_page ID PATH: does it answer 200?
http_page() { [ "$(status_of "$1" "$2")" = 200 ]; }
