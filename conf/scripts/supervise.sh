#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# supervise.sh PIDFILE COMMAND...
#
# Keep COMMAND running: start it again 0.2 s after it died, later when it keeps
# dying at once.  TERM ends it and us.  Its start and end are told on stderr.
pidfile=$1
shift
echo $$ > "$pidfile"
child=
ending=

end() {
    ending=yes
    [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
}
trap end TERM INT
trap '' HUP

pause=0.2
while [ -z "$ending" ]; do
    started=$(date +%s)
    "$@" < /dev/null &
    child=$!
    echo "$(date -u +%FT%TZ) started $child: $*" >&2
    # a signal ends the wait before the child is gone
    while :; do
        wait "$child"
        status=$?
        kill -0 "$child" 2>/dev/null || break
    done
    echo "$(date -u +%FT%TZ) $child ended, status $status" >&2
    child=
    [ -z "$ending" ] || break
    if [ $(($(date +%s) - started)) -gt 5 ]; then pause=0.2; fi
    sleep "$pause"
    case $pause in 0.2) pause=1 ;; 1) pause=3 ;; *) pause=10 ;; esac
done
rm -f "$pidfile"
