# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# What a shell test says: "ok 1 - it says what it should", as TAP.
#
#   ok WHAT COMMAND...          COMMAND succeeds
#   is WHAT GOT WANTED          the same text
#   like WHAT GOT REGEX         an extended regular expression is in it
#   unlike WHAT GOT REGEX       and is not
#   tap_end                     last line of a test
#
# A failed check shows what it saw and the test goes on.

tap_count=0
tap_failed=0

tap_pass() {
    tap_count=$((tap_count + 1))
    printf 'ok %d - %s\n' "$tap_count" "$1"
}

# tap_fail WHAT [LABEL TEXT]...: shows the first lines of each text
tap_fail() {
    tap_count=$((tap_count + 1))
    tap_failed=$((tap_failed + 1))
    printf 'not ok %d - %s\n' "$tap_count" "$1"
    shift
    while [ $# -gt 1 ]; do
        printf '%s\n' "$2" | head -n 12 | cut -c1-400 | sed "s/^/#   $1: /"
        shift 2
    done
    return 0
}

ok() {
    local what
    what=$1; shift
    if "$@"; then tap_pass "$what"
    else tap_fail "$what" status "$?" command "$*"; fi
}

is() {
    if [ "$2" = "$3" ]; then tap_pass "$1"
    else tap_fail "$1" got "$2" wanted "$3"; fi
}

like() {
    if printf '%s\n' "$2" | grep -Eq -- "$3"; then tap_pass "$1"
    else tap_fail "$1" got "$2" 'wanted match' "$3"; fi
}

unlike() {
    if printf '%s\n' "$2" | grep -Eq -- "$3"; then
        tap_fail "$1" got "$2" 'wanted no match' "$3"
    else tap_pass "$1"; fi
}

tap_end() {
    printf '1..%d\n' "$tap_count"
    exit $((tap_failed > 0))
}
