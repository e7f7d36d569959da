#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# clamd.sh: the same questions to the real clamd, with a data base of one signature
# (that of the EICAR test file), so that nothing is downloaded.  Needs clamd;
# no part of a tier, because not every machine has a virus scanner.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd -P)
. "$top/tests/lib/tap.sh"
clamd=$(command -v clamd || command -v /usr/sbin/clamd) || {
    echo 'clamd.sh: there is no clamd here (Debian: clamav-daemon)' >&2
    exit 2
}
work=$(mktemp -d)
daemon=
trap '[ -z "$daemon" ] || kill "$daemon"; rm -rf "$work"' EXIT
mkdir "$work/db"
echo '44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature' > "$work/db/own.hdb"
cat > "$work/clamd.conf" <<CONF
DatabaseDirectory $work/db
LocalSocket $work/socket
Foreground yes
StreamMaxLength 1M
CONF
"$clamd" -c "$work/clamd.conf" > "$work/log" 2>&1 &
daemon=$!
for _ in $(seq 100); do [ -S "$work/socket" ] && break; sleep 0.2; done

# ask FILE: clean, infected NAME, or no answer
program=${GOVPORTAL_BUILD:-$top/var/build}/tests/unit/security/test_scanner
ask() { "$program" --ask "unix:$work/socket" "$1"; }
echo hello > "$work/good"
printf '%s%s' 'X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD' \
    '-ANTIVIRUS-TEST-FILE!$H+H*' > "$work/bad"
head -c 3000000 /dev/zero > "$work/large"
is 'a clean file is clean' "$(ask "$work/good")" 'clean'
like 'the test virus is found' "$(ask "$work/bad")" '^infected .*Eicar'
is 'what clamd does not look at whole is not taken' "$(ask "$work/large")" \
    'no answer'
kill "$daemon"
wait "$daemon" || :
daemon=
is 'nor what it was not asked about' "$(ask "$work/good")" 'no answer'
tap_end
