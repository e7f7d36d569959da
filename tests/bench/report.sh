# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# sh tests/bench/report.sh > mod_govportal/doc/benchmarks.md: the results in
# var/bench/*.json as a document.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd -P)
results=${GOVPORTAL_VAR:-$top/var}/bench

version_of() { dpkg-query -W -f '${Version}' "$1" 2> /dev/null || echo -; }

# table NAME WHAT WANTED...: one bench
table() {
    local name
    name=$1
    printf '\n## %s\n\n%s\n\n' "$name" "$2"
    if [ ! -f "$results/$name.json" ]; then
        echo 'Not run.'
        return
    fi
    jq -r --arg limits "$3" '
        def text: if . == null then "–" else tostring end;
        ($limits | split(" ") | map(select(. != "") | split("="))
            | map({ pattern: .[0], limit: .[1] })) as $all
        | "`./govportal bench \(.name)`, \(.when)\(if .failed then ", **failed**"
            else "" end)\n",
          "| figure | value | unit | baseline | ratio | wanted |",
          "|---|---:|---|---:|---:|---|",
          (.figures[] | .figure as $figure
            | ([$all[] | select(.pattern as $p | $figure | test("^" + $p + "$"))
                | .limit] | first) as $limit
            | "| \($figure) | \(.value | text) | \(.unit) | \(.baseline | text) | \(
                .ratio | text) | \($limit // "" | gsub("_"; " ")) |")' \
        "$results/$name.json"
}

cat <<END
# Benchmarks

What was measured, by \`tests/bench\` (its README says how), on the machine below. Written by \`tests/bench/report.sh\` from
\`var/bench/*.json\`; do not edit. Ratios are medians over neighbouring half-seconds of one run and travel well; absolute figures do not.

| | |
|---|---|
| machine | $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) processors that others use too, $(awk '/^MemTotal/ { printf "%d GB", $2 / 1048576 + 0.5 }' /proc/meminfo) |
| system | $(. /etc/os-release; echo "$PRETTY_NAME"), Linux $(uname -r | cut -d. -f1,2) |
| httpd | $(version_of apache2-bin), event MPM |
| MariaDB | $(version_of mariadb-server-core), Unix socket, buffer pool of an eighth of the memory, at most 1 GB, durable commits |
| libxml2, libxslt | $(version_of libxml2), $(version_of libxslt1.1) |
END
table cached "A cached home page (the baseline: httpd's static handler with the same bytes in the same httpd), 64 keep-alive connections." \
    'per-cpu=≥_1.1 per-cpu-gzip=≥_1.25 per-cpu-(304|head)=≥_1.1 per-cpu-gzip-304=≥_1.25 rate.*=≥_1 system-calls.*=≤_3'
table uncached 'Pages rendered at each request (the baseline: a static file of 40 KB), CPU time of httpd and MariaDB together; then the median time of each stage.' \
    'cpu-(home|article)=≤_8'
table gate 'Security as a part of an uncached page: the time of the gate (site, route, session, rights) and of the tags (the baseline: the same page less that part), medians of 600. The gate of a cached page is none: it is answered before.' \
    '(home|article|column)-gate=≤_1.05 .*-gate-statements=≤_2'
table growth 'Pages rendered at each request, over 100 sites (the baseline: the smallest group). Loading includes page numbers and heads made by the product.' \
    'p95-.*=<_1.5'
table cliff 'The edges of the fast path.' \
    'unknown-parameters=≈_1 unknown-parameters-kept=0 renders-of-one-page=1 first-p50-64-readers=≤_1'
table freshness 'Publish, correct, withdraw while 16 readers read.' \
    'right-within-50ms=1 withdrawn-seen-again=0'
table batch500 '500 documents, 25 in a transaction, while 16 readers read (the baseline: the quiet readers; five seconds).' \
    'lists-fresh=<_1 readers-p95=<_3'
table memory 'Resident memory of the one child of httpd (the baseline: after 10 thousand requests).' \
    'memory-100k=≤_1.1'
