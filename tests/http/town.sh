# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# An instance with the small group of fixtures/town.xml, for one test that
# writes.  Source tap.sh and site.sh first.
#
#   town_up NAME               a new one, and $town, an empty folder for files to
#                              import; both go when the test ends
#   article ID SITE COLUMN TITLE [MORE]      a line of JSON Lines; MORE are
#                              further members: '"state":"draft"'
#   bring [FILE...]            import files of $town (standard input if none),
#                              cleared; prints govctl's last line
#   at ID                      path of the document that was imported as ID
#   lines N SITE COLUMN [FROM] N articles, numbered, an hour apart

town_up() {
    site_up "$1" empty
    town=$site_dir/import
    mkdir -p "$town"
    trap 'site_down_all' EXIT
    cp "$top/tests/http/fixtures/town.xml" "$town/"
    bring town.xml > /dev/null
    [ ! -s "$town/findings" ] || die "$(cat "$town/findings")"
    wait_until 100 town_answers || die "the new group does not appear"
}

town_answers() { [ "$(status_of www /)" = 200 ]; }

article() {
    printf '{"id":"%s","site":"%s","column":"%s","type":"article",' "$1" "$2" "$3"
    printf '"title":"%s","body":"<p>%s</p>"%s}\n' "$4" "$4" "${5:+,$5}"
}

bring() {
    if [ $# = 0 ]; then
        cat > "$town/now.jsonl"
        set -- now.jsonl
    fi
    (cd "$town" && site_govctl import --cleared-by 'town office' \
        --basis 'invented for the test' "$@" 2> "$town/findings" || :) | tail -n 1
}

at() {
    site_govctl document show --json --external "$1" |
        jq -r '.url | sub("^http://[^/]*"; "")'
}

lines() {
    local n
    n=${4:-1}
    while [ "$n" -lt $((${4:-1} + $1)) ]; do
        article "$2-$3-$n" "$2" "$3" "第${n}篇" \
            "\"published\":\"$(printf '2026-01-%02dT%02d:00:00+08:00' \
                $((n / 24 + 1)) $((n % 24)))\""
        n=$((n + 1))
    done
}
