# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Readers in the background, while something else happens.  Reads lib.sh.

# What people read: homes and columns of all sites, and documents.
readers_requests() {
    local site
    for site in $(site_govctl site list --json | jq -r '.[].id'); do
        printf '%s\n' / / /news/ /news/ /feed.atom /feed.atom |
            lines readers "$site"
        documents "$site" | awk 'NR % 4 == 1' | head -n 12 |
            lines readers "$site"
    done | shuf --random-source="$bench_dir/readers.sh"
}

# readers_begin COUNT: so many, who think 20 ms between two pages
readers_begin() {
    "$bench_bin/gov_load" -c "$1" -t 20 -d 600 -s 250 \
        -p httpd="$(httpd_pid)" -p db="$(db_pid)" "$bench_tmp/requests" \
        > "$bench_tmp/readers.out" &
    readers_pid=$!
    sleep 1
}

# readers_end FILE: what they saw; a wrong answer is an error
readers_end() {
    kill -TERM "$readers_pid"
    wait "$readers_pid" || die "readers got wrong answers"
    mv "$bench_tmp/readers.out" "$1"
}
