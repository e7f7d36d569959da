# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# What the benches share.  Each is a script that begins with
#
#   . "$GOVPORTAL_TOP/tests/bench/lib.sh"
#
# and prints lines "figure value unit baseline ratio"; see README.md.  Instances
# are made as for the tests (tests/lib/site.sh), in folders below var/bench/.

set -eu
. "$GOVPORTAL_TOP/tests/lib/site.sh"
httpd_buffered_logs=On
site_root=$var/bench
bench_dir=$top/tests/bench
bench_bin=$var/bench/bin
bench_tmp=$(mktemp -d)
mkdir -p "$bench_bin"

bench_end() {
    local status
    status=$?
    trap - EXIT
    site_down_all
    rm -rf "$bench_tmp"
    exit "$status"
}
trap bench_end EXIT
trap 'exit 130' INT TERM HUP

# bench_tool NAME DIR [CFLAGS...]: build tests/bench/DIR/*.c into $bench_bin/NAME
bench_tool() {
    local name dir log
    name=$1 dir=$bench_dir/$2
    shift 2
    if [ -x "$bench_bin/$name" ] && [ -z "$(find "$dir" "$prefix/lib" \
        "$prefix/include" \( -name '*.[ch]' -o -name '*.so' \) \
        -newer "$bench_bin/$name")" ]; then return; fi
    log=$bench_tmp/cc.log
    # shellcheck disable=SC2046
    cc -std=gnu11 -O2 -g -Wall -Wextra -o "$bench_bin/$name" "$dir"/*.c "$@" \
        $(pkg-config --cflags --libs apr-1) > "$log" 2>&1 || {
        show_tail "$log" 30
        die "the bench's tool $name does not compile"
    }
}

# The same for a program on libgovportal, as installed.
bench_program() {
    bench_tool "$@" -I"$prefix/include/govportal" -L"$prefix/lib" \
        -lgovportal -ldl -lpthread -rdynamic -Wl,-rpath,"$prefix/lib"
}

# bench_up NAME [demo|empty]: a running instance with a database as in production
bench_up() {
    site_up "$1" "${2:-demo}" prod
    [ "${2:-demo}" = empty ] || bench_ready
}

bench_ready() {
    in_host=$(site_host www)
    wait_until 200 http_answers / || {
        show_tail "$in_log/httpd-error.log"
        die "the instance does not answer"
    }
}

# bench_conf: its standard input becomes part of httpd's configuration; restarts.
# Not graceful: the counted processes are those of one start.
bench_conf() {
    cat >> "$in_dir/conf/extra/bench.conf"
    site_httpd_stop
    site_httpd_start
}

# figure NAME VALUE UNIT [BASELINE [RATIO]]
figure() { echo "$1 $2 $3 ${4:--} ${5:--}"; }

# load FILE.json [gov_load's arguments]: run the readers; a wrong answer is an error
load() {
    local out
    out=$1
    shift
    "$bench_bin/gov_load" -p httpd="$(httpd_pid)" -p db="$(db_pid)" "$@" \
        > "$out" || {
        show_tail "$in_log/httpd-error.log" 5
        die "readers got wrong answers"
    }
}

# show FILE.json FILTER: figures from the result of a run; figures.jq has the words
show() { jq -r -L "$bench_dir" "include \"figures\"; $2" "$1"; }

# line GROUP SITE PATH [HEADER...]: a line of gov_load's input, a plain GET
line() { line_of GET 200 "$@"; }

# line_of METHOD STATUS GROUP SITE PATH [HEADER...]
line_of() {
    local method status group site path header
    method=$1 status=$2 group=$3 site=$4 path=$(site_base "$4")$5
    shift 5
    printf '%s\t127.0.0.1:%s\t%s\t%s\t%s\tHost: %s' "$group" "$site_port" \
        "$method" "$path" "$status" "$(site_host "$site")"
    for header in "$@"; do printf '\t%s' "$header"; done
    echo
}

# lines GROUP SITE: plain GETs of all paths on standard input
lines() {
    awk -v group="$1" -v host="$(site_host "$2")" -v port="$site_port" \
        -v base="$(site_base "$2")" '{
        printf "%s\t127.0.0.1:%d\tGET\t%s%s\t200\tHost: %s\n", group, port,
            base, $0, host }'
}

# site_base SITE: "/qingyuan" for a site below another one's host, or ""
site_base() { site_url "$1" | sed 's,^[a-z]*://[^/]*,,'; }

# documents SITE: the paths of its live documents in the first language; links and
# standing pages have no address of their own
documents() {
    site_sql "SELECT CONCAT('/', c.path, '/', l.document_id, '.html')
        FROM gov_live l JOIN gov_site s ON s.id = l.site_id
        JOIN gov_column c ON c.id = l.column_id WHERE s.slug = '$1'
        AND l.lang = 'zh-CN' AND l.type NOT IN ('link', 'page')
        ORDER BY l.document_id"
}
