# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# one.sh LOG SECONDS COMMAND...: run COMMAND in a process group of its own, so
# that nothing it left behind stays; what it says goes to LOG, and "STATUS SECONDS"
# to LOG.end when it has ended.
log=$1 limit=$2
shift 2
begin=$(date +%s)
timeout --kill-after=10 "$limit" "$@" > "$log" 2>&1 < /dev/null 9>&- &
running=$!
trap 'kill -TERM "$running"' TERM
wait "$running"
status=$?
echo "$status $(($(date +%s) - begin))" > "$log.new"
mv "$log.new" "$log.end"
