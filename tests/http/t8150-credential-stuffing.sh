#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Programs try passwords from a hundred networks at once: nobody gets in who should
# not, and whoever should does so within two seconds; forms and pages go on.
#
# Alone: it measures time.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
trap site_down_all EXIT
site_up stuffing demo prod

site_govctl policy set captcha-work 1000
site_govctl policy set second-factor 0
ok 'an event is there' event_make 1000000

person() {
    person_make "$1" content
    jq -n --arg login "$1" --arg password "$person_password" '[$login, $password]'
}
people() { for login; do person "$login"; done | jq -s .; }
jq -n --argjson home "$(people home-1 home-2 home-3 home-4)" \
    --argjson away "$(people away-1 away-2 away-3 away-4)" \
    --argjson attacked "$(person director)" \
    '{ home: $home, away: $away, attacked: $attacked }' > "$site_dir/people.json"

# Kilobytes of httpd and its children that nobody else has, the largest so far.
memory() {
    # shellcheck disable=SC2046
    awk '$1 == "Pss:" { sum += $2 } END { print sum + 0 }' \
        $(pgrep -P "$(httpd_pid)" | sed 's,.*,/proc/&/smaps_rollup,') 2> /dev/null
}
busy=$(awk -v cpus="$(nproc)" '{ print ($1 > 1.5 * cpus) ? "yes" : "no" }' \
    /proc/loadavg)
before=$(memory)
(
    while [ -e "$site_dir/people.json" ]; do
        memory
        sleep 0.5
    done > "$site_dir/memory"
) &
watcher=$!
node "$GOVPORTAL_TOP/tests/http/fixtures/stuffing.mjs" "$site_port" \
    "$(site_host edu)" "$site_dir/people.json" "$event/join" 22 \
    > "$site_dir/seen" 2> "$site_dir/trouble"
rm "$site_dir/people.json"
wait "$watcher"
sed 's/^/# /' "$site_dir/seen" "$site_dir/trouble"

said() { sed -n "s/^$1 //p" "$site_dir/seen"; }
# between LOW HIGH NUMBER
between() { [ "$3" -ge "$1" ] && [ "$3" -le "$2" ]; }

there=$(said median-there) nowhere=$(said median-nowhere)
ok 'the time does not tell whether an account exists' between \
    $((nowhere - nowhere / 4 - 10)) $((nowhere + nowhere / 4 + 10)) "$there"
ok 'there was an attack' test "$(said attack-tries)" -gt 1000
is 'nobody was let in' "$(said broken-into)" none
is 'each guess was refused in words' "$(said attack-refused)" "$(said attack-tries)"
# each password that was computed for nothing left a line
computed=$(site_sql "SELECT COUNT(*) FROM gov_audit
    WHERE action = 'session.open' AND outcome = 'refused'")
echo "# $computed of them computed"
ok 'most of them without computing a password' \
    test "$computed" -lt $(($(said attack-tries) / 4))
is 'no connection was dropped' "$(said attack-lost)" 0
is 'everybody who belongs there gets in' "$(said honest-failed)" none
ok 'those at home, again and again' test "$(said home-signed-in)" -ge 10
ok 'those away, too' test "$(said away-signed-in)" -ge 8
# Two seconds, and one for pages; six and three where others are at work on the
# machine as well, or eight times what a password takes there.
slow=2000
if [ "$busy" = yes ]; then
    slow=$((there * 8))
    [ "$slow" -gt 6000 ] || slow=6000
fi
echo "# busy machine: $busy; at most $slow ms"
ok 'those at home within seconds' test "$(said home-slowest)" -lt "$slow"
ok 'and those away' test "$(said away-slowest)" -lt "$slow"
is 'each form of a citizen is taken' "$(said forms-refused)" none
ok 'and they were many' test "$(said forms)" -ge 20
is 'each page comes' "$(said pages-failed)" none
ok 'in time' test "$(said pages-slowest)" -lt $((slow / 2))
is 'the attacked account opens for its owner anywhere' \
    "$(said attacked-elsewhere)" 303

peak=$(sort -n "$site_dir/memory" | tail -n 1)
printf '# memory: %d kB before, %d kB at most\n' "$before" "$peak"
# four processes, two passwords at once each, 64 MB a password; and room for pages
turns=$(nproc)
[ "$turns" -le 4 ] || turns=4
ok 'memory stays within what passwords may take' \
    test "$peak" -lt $((before + 4 * turns * 65536 + 400000))
ok 'the audit verifies' wait_until 50 site_govctl audit verify
tap_end
