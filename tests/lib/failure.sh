# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# For tests that break something, after site.sh, on the current instance:
#
#   site_db_kill                   kill -9, and nobody starts it again
#   site_db_pause, site_db_resume  stopped in its tracks: it takes connections and
#                                  never answers
#   site_settled                   the change feed is followed; pages made before that
#                                  are made once more
#   timed ID PATH                  "200 12": status and milliseconds; the headers
#                                  are in $site_head
#   within MS STATUS WORDS         WORDS of timed say so
#   readers_start N ID:PATH...     N readers go round these pages until
#   readers_stop                   $readers is what they saw, in one line:
#                                  requests=812 bad=0 slowest=41 status-200=812

# Events that the import left are numbered only once httpd runs.
feed_is_read() {
    [ "$(db_sql -Ne 'SELECT COUNT(*) FROM govportal.gov_event WHERE seq IS NULL')" = 0 ] &&
        [ "$(db_sql -Ne 'SELECT n FROM govportal.gov_event_seq')" = \
            "$(govctl cache stats --json | jq .feed)" ]
}
site_settled() { wait_until 200 feed_is_read; }

site_db_kill() {
    kill -KILL "$(cat "$in_db/run/supervisor.pid")" "$(db_pid)"
    rm -f "$in_db/run/supervisor.pid"
}
site_db_pause() { kill -STOP "$(db_pid)"; }
site_db_resume() { kill -CONT "$(db_pid)"; }

timed() {
    get "$@" -o /dev/null -w '%{http_code} %{time_total}\n' |
        awk '{ printf "%s %d\n", $1, $2 * 1000 }'
}

within() {
    [ "${3% *}" = "$2" ] && [ "${3#* }" -lt "$1" ] || {
        echo "# $3, not $2 within $1 ms"
        return 1
    }
}

# The pages are given with their host names, so that no resolver is needed.
readers_start() {
    local count page
    count=$1; shift
    for page in "$@"; do
        printf '%s %s\n' "$(site_host "${page%%:*}"):$site_port" "${page#*:}"
    done > "$site_dir/pages"
    rm -f "$site_dir/readers"
    node "$top/tests/lib/readers.mjs" "$site_port" "$count" "$site_dir/pages" \
        > "$site_dir/readers" &
    readers_pid=$!
    wait_until 50 test -s "$site_dir/readers"
}

readers_stop() {
    kill -TERM "$readers_pid"
    wait "$readers_pid"
    readers=$(tail -n 1 "$site_dir/readers")
}

# One of the numbers the readers saw; 0 if none.
seen() {
    printf '%s\n' "$readers" | tr ' ' '\n' |
        awk -F= -v name="$1" '$1 == name { n = $2 } END { print n + 0 }'
}
