# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Complete instances for tests and benches, each a folder var/test/NAME with its
# own MariaDB, httpd, port and logs, made by the same functions as ./govportal up.
# Needs an installed build (./govportal up or test).
#
#   . "$GOVPORTAL_TOP/tests/lib/site.sh"
#   trap site_down_all EXIT
#
#   site_up NAME [demo|empty] [prod]   start one and make it the current one: with the
#                                  demo city (the default), or with a schema only.
#                                  "prod": the database waits for the disk, and has
#                                  more memory, as ./govportal up's
#   site_shared                    the instance that all http and browser tests
#                                  share; for tests that only read
#   site_use NAME                  make another running one the current one
#   site_down NAME                 stop it and remove its folder
#   site_down_all                  all that this process started
#   site_database NAME             a database with nothing in it, and no httpd
#
# and for the current one:
#
#   $site_port $site_dir $site_conf $site_socket; GOVPORTAL_SITES, a JSON file with
#   [{"id", "name", "url"}, ...] (of the shared instance, or after a site_url)
#   site_url ID                    http://edu.yunlan.localhost:8081
#   get ID PATH [curl's arguments] body; status and headers in $site_head
#   status_of ID PATH [...]        200
#   head_of ID PATH [...]          status line and headers, no carriage returns
#   site_govctl ARGUMENT...        govctl on this instance
#   site_sql SQL                   rows, tab-separated
#   site_listen [FIRST [COMMAND]]  another httpd of the current one: configure and start
#   site_conf_line DIRECTIVE...    add to httpd's configuration (a restart follows)
#   site_db_stop, site_db_start, site_httpd_stop, site_httpd_start, site_graceful

top=${GOVPORTAL_TOP:-$(cd "$(dirname "$0")/../.." && pwd -P)}
var=${GOVPORTAL_VAR:-$top/var}
prefix=${GOVPORTAL_INST:-$var/inst}
. "$top/conf/scripts/lib.sh"
httpd_buffered_logs=Off
site_root=$var/test
site_started=

site_use() {
    instance "$site_root/$1"
    site_dir=$in_dir
    site_conf=$in_conf
    site_socket=$in_socket
    # of this test alone: others may use the same instance
    site_head=$in_dir/head.$$
    site_port=$(httpd_port) || site_port=
    GOVPORTAL_CONF=$in_conf
    GOVPORTAL_SITES=$in_dir/sites.json
    export GOVPORTAL_CONF GOVPORTAL_SITES
}

site_up() {
    local name data profile
    name=$1 data=${2:-demo} profile=${3:-test}
    [ -x "$prefix/bin/govctl" ] || die "no installed build in $prefix"
    site_template "$data"
    site_claim "$name"
    mkdir -p "$in_db"
    cp -a "$site_root/template-$data/db/data" "$in_db/data"
    cp -p "$site_root/template-$data/conf/keys" "$in_keys"
    db_start "$profile"
    site_listen
    site_use "$name"
}

# Take the folder of that name: what an earlier run left there goes.
site_claim() {
    site_use "$1"
    httpd_stop
    db_stop
    rm -rf "$in_dir"
    instance_make
    site_started="$site_started $1"
}

# site_listen [FIRST [COMMAND...]]: configure and start httpd on the first free port
# from FIRST on; COMMAND adds to the configuration before it starts.  Two tests may
# find the same port free at the same time; only one gets it.  Below the ports that
# the kernel gives to whoever connects (from 32768 on).
site_listen() {
    local port tries
    port=${1:-$((12000 + $$ % 20000))} tries=0
    [ $# = 0 ] || shift
    while :; do
        port=$(pick_port "$port")
        # shellcheck disable=SC2046
        httpd_configure "$port" $(site_plugins) || :
        "${@:-:}"
        if httpd_start 2> "$in_log/start.err"; then break; fi
        grep -q 'Address already in use' "$in_log/httpd-start.log" &&
            [ "$tries" -lt 20 ] || {
            cat "$in_log/start.err" >&2
            die "httpd of the test instance does not start"
        }
        port=$((port + 7)) tries=$((tries + 1))
    done
}

site_plugins() {
    local file
    for file in "$prefix"/lib/govportal/plugins/*.so; do
        [ -f "$file" ] && basename "$file" .so
    done
}

# A database that instances are copied from, made once for each build and demo.
site_template() {
    local data state
    data=$1
    state="$data $(cat "$prefix/state" 2>/dev/null)" || :
    if [ "$data" = demo ]; then state="$state $(digest "$top/conf/demo")"; fi
    (
        mkdir -p "$site_root"
        exec 8> "$site_root/template-$data.lock"
        flock 8
        [ "$(cat "$site_root/template-$data/made-from" 2>/dev/null)" != "$state" ] ||
            exit 0
        site_use "template-$data"
        db_stop 8>&-
        rm -rf "$in_dir"
        instance_make
        db_start test 8>&-
        # shellcheck disable=SC2046
        httpd_configure 1 $(site_plugins) || :
        govctl schema apply > "$in_log/schema.log" 2>&1 8>&- || {
            show_tail "$in_log/schema.log"
            db_stop
            die "govctl schema apply failed"
        }
        if [ "$data" = demo ]; then
            (cd "$top" && govctl import --cleared-by 'demo city' \
                --basis 'invented for the demo' conf/demo/city.xml \
                conf/demo/documents/*.jsonl) > "$in_log/import.log" 2>&1 8>&- ||
                show_tail "$in_log/import.log"
        fi
        db_stop
        printf '%s' "$state" > "$in_dir/made-from"
    ) || exit 1
}

# One for all: started by the first who asks, stopped by tests/run.
site_shared() {
    if [ -n "${GOVPORTAL_SHARED-}" ]; then
        site_use "$GOVPORTAL_SHARED"
        return
    fi
    site_up shared demo
    GOVPORTAL_SHARED=shared
    export GOVPORTAL_SHARED
    in_host=$(site_host www) || die "the shared test instance has no site www"
    wait_until 200 http_answers / || {
        show_tail "$in_log/httpd-error.log"
        die "the shared test instance does not answer"
    }
}

site_database() {
    site_claim "$1"
    db_start test
    httpd_configure 1 || :
}

site_down() {
    site_use "$1"
    httpd_stop
    db_stop
    # a failing run may keep its logs: GOVPORTAL_KEEP=1
    [ -n "${GOVPORTAL_KEEP-}" ] || rm -rf "$in_dir" "$(dirname "$in_socket")"
    site_started=$(printf '%s' "$site_started" |
        awk -v gone="$1" '{ for (i = 1; i <= NF; i++)
            if ($i != gone) printf " %s", $i }')
}

site_down_all() {
    local name
    for name in $site_started; do site_down "$name"; done
}

site_govctl() { govctl "$@"; }
site_sql() { db_sql -N govportal -e "$1"; }

# From what govctl says, read once for each instance.
site_url() {
    local id url
    [ -s "$site_dir/sites.list" ] || {
        govctl site list --json > "$site_dir/sites.json.$$" &&
            mv "$site_dir/sites.json.$$" "$site_dir/sites.json" &&
            jq -r '.[] | "\(.id) \(.url | rtrimstr("/"))"' \
                "$site_dir/sites.json" > "$site_dir/sites.list.$$" &&
            mv "$site_dir/sites.list.$$" "$site_dir/sites.list"
    } || return
    while read -r id url; do
        if [ "$id" = "$1" ]; then
            printf '%s\n' "$url"
            return
        fi
    done < "$site_dir/sites.list"
    return 1
}

site_host() { site_url "$1" | sed 's,^[a-z]*://,,; s,[:/].*,,'; }

# *.localhost need not be in the resolver for curl to find it
get() {
    local url
    url=$(site_url "$1")$2
    shift 2
    curl -s --max-time 20 --path-as-is -D "$site_head" "$@" "$url"
}

status_of() {
    get "$@" -o /dev/null
    awk 'NR == 1 { print $2 }' "$site_head"
}

head_of() {
    get "$@" -o /dev/null
    tr -d '\r' < "$site_head"
}

site_conf_line() {
    printf '%s\n' "$*" >> "$in_dir/conf/extra/test.conf"
    site_httpd_stop
    site_httpd_start
}

site_db_stop() { db_stop; }
site_db_start() { db_start test; }
site_httpd_stop() { httpd_stop; }
site_httpd_start() { httpd_start || die "httpd does not start"; }
site_graceful() { httpd_graceful; }
