# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# The private httpd of an instance.  See lib.sh.

httpd_conf() { echo "$in_dir/conf/httpd.conf"; }
httpd_pid() { cat "$in_dir/run/httpd.pid" 2>/dev/null; }
httpd_alive() { process_is "$(httpd_pid)" "$in_dir/conf/httpd.conf"; }
httpd_port() { cat "$in_dir/conf/port" 2>/dev/null; }

# port_free PORT: nobody listens there, on any address
port_free() {
    ! awk -v port="$1" 'BEGIN { want = sprintf("%04X", port) }
        $4 == "0A" && substr($2, index($2, ":") + 1) == want { found = 1 }
        END { exit !found }' /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

# pick_port FIRST: the first free port from there on
pick_port() {
    local port
    port=$1
    until port_free "$port"; do
        port=$((port + 1))
        [ "$port" -lt 65000 ] || die "no free port from $1 on"
    done
    echo "$port"
}

has_ipv6_loopback() {
    grep -qs '^00000000000000000000000000000001 ' /proc/net/if_inet6
}

# httpd_configure PORT [PLUGIN...]: write both files.  Status 0: one changed.  The
# key ring is made once and kept: the database is worth little without it.
httpd_configure() {
    local port listen users plugins changed
    port=$1; shift
    changed=1
    mkdir -p "$in_dir/conf/extra" "$in_dir/run" "$in_log"
    listen="Listen 127.0.0.1:$port"
    if has_ipv6_loopback; then
        listen="$listen
Listen [::1]:$port"
    fi
    users=
    if is_root; then
        users="User $in_user
Group $(id -gn "$in_user")"
    fi
    plugins=
    if [ $# -gt 0 ]; then plugins=$(printf 'GovPlugin %s\n' "$@"); fi

    echo "$port" > "$in_dir/conf/port"
    if fill "$top/conf/govportal.conf.in" "$in_conf" SOCKET="$in_socket" KEYS="$in_keys" \
        STATE="$in_state" SHARE="$prefix/share/govportal" \
        PLUGINS="$prefix/lib/govportal/plugins" PLUGIN_LINES="$plugins" \
        PORT="$port"; then changed=0; fi
    if fill "$top/conf/httpd.conf.in" "$(httpd_conf)" DIR="$in_dir" \
        LISTEN="$listen" USER_LINES="$users" LOG="$in_log" \
        MODULES="$(apxs -q LIBEXECDIR)" SHARE="$prefix/share/govportal" \
        STATE="$in_state" BUFFERED="${httpd_buffered_logs:-On}" \
        MODULE="$prefix/lib/govportal/mod_govportal.so"; then changed=0; fi
    [ -e "$in_keys" ] || govctl key create > /dev/null ||
        die "no key ring could be made"
    return $changed
}

httpd_start() {
    if httpd_alive; then return 0; fi
    rm -f "$in_dir/run/httpd.pid"
    # the server's user writes here; root keeps the logs
    if is_root; then chown -R "$in_user" "$in_state"; fi
    : >> "$in_log/httpd-error.log"
    if ! apache2 -f "$(httpd_conf)" -k start \
        > "$in_log/httpd-start.log" 2>&1 < /dev/null 9>&-; then
        show_tail "$in_log/httpd-start.log"
        show_tail "$in_log/httpd-error.log"
        return 1
    fi
    wait_until 100 httpd_alive || {
        show_tail "$in_log/httpd-error.log" 5
        return 1
    }
}

# What a running httpd reads anew, without dropping a request.
httpd_graceful() { kill -USR1 "$(httpd_pid)"; }

httpd_stop() {
    local pid
    pid=$(httpd_pid) || pid=
    httpd_alive || return 0
    kill -TERM "$pid"
    wait_until 200 process_gone "$pid" || kill -KILL "$pid"
    rm -f "$in_dir/run/httpd.pid"
}

# http_answers [PATH]: the portal's own answer, not httpd's word for "no"
http_answers() {
    local status
    status=$(curl -s -o /dev/null -w '%{http_code}' --max-time 10 \
        -H "Host: ${in_host:-localhost}" \
        "http://127.0.0.1:$(httpd_port)${1:-/}") || :
    [ "$status" = 200 ]
}
