# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# What ./govportal and the tests share: run, as any user, instances of the
# portal (a private MariaDB and a private httpd) in folders of their own.
# Reads $top, the source tree.  POSIX sh with "local".

LC_ALL=C.UTF-8
export LC_ALL
PATH=$PATH:/usr/sbin:/sbin
umask 022
began=$(date +%s)

# One line of progress on stderr: minutes and seconds since the start, and what.
say() {
    local t
    t=$(($(date +%s) - began))
    printf '[%2d:%02d] %s\n' $((t / 60)) $((t % 60)) "$*" >&2
}

die() {
    printf 'govportal: %s\n' "$*" >&2
    exit 1
}

# The last lines of a log, set off from what we say ourselves.
show_tail() {
    [ -s "$1" ] || return 0
    printf -- '--- the last lines of %s\n' "$1" >&2
    tail -n "${2:-15}" "$1" | sed 's/^/    /' >&2
}

is_root() { [ "$(id -u)" = 0 ]; }

# wait_until TENTHS COMMAND...: until COMMAND succeeds, for so long
wait_until() {
    local left
    left=$1; shift
    until "$@"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        sleep 0.1
    done
}

# process_is PID WORD: lives, and WORD stands in its command line; a number in a
# pid file alone says nothing after a reboot
process_is() {
    [ -n "$1" ] && [ -r "/proc/$1/cmdline" ] &&
        tr '\0' ' ' < "/proc/$1/cmdline" | grep -Fq -- "$2"
}

process_gone() { ! [ -d "/proc/$1" ] ||
    grep -qs '^State:[[:space:]]*Z' "/proc/$1/status"; }

# fill TEMPLATE FILE NAME=VALUE...: replace @NAME@; FILE changes only when its
# text does, and is never seen half written.  Status 0: it changed.
fill() {
    local template file pair
    template=$1 file=$2
    shift 2
    for pair in "$@"; do printf '%s\n' "$pair" | tr '\n' '\001'; echo; done |
        awk 'BEGIN { while ((getline line < "-") > 0) {
                         at = index(line, "=")
                         value = substr(line, at + 1)
                         gsub(/\001$/, "", value); gsub(/\001/, "\n", value)
                         with[substr(line, 1, at - 1)] = value } }
             { out = ""
               while (match($0, /@[A-Z_]+@/)) {
                   name = substr($0, RSTART + 1, RLENGTH - 2)
                   if (!(name in with)) {
                       print FILENAME ": no value for @" name "@" > "/dev/stderr"
                       exit 1 }
                   out = out substr($0, 1, RSTART - 1) with[name]
                   $0 = substr($0, RSTART + RLENGTH) }
               print out $0 }' "$template" > "$file.new" ||
        die "cannot write $file"
    if cmp -s "$file.new" "$file"; then
        rm -f "$file.new"
        return 1
    fi
    mv "$file.new" "$file"
}

# digest PATH...: of names and contents of all files below
digest() {
    find "$@" -type f -print0 2>/dev/null | LC_ALL=C sort -z |
        xargs -0 -r sha256sum | sha256sum | cut -d' ' -f1
}

# Make DIR the instance that the functions below work on; creates nothing.
instance() {
    in_dir=$1
    in_db=$in_dir/db
    in_conf=$in_dir/conf/govportal.conf
    in_keys=$in_dir/conf/keys
    in_log=$in_dir/log
    in_state=$in_dir/state
    in_socket=$in_db/run/db.sock
    # a socket's path may have 107 bytes
    if [ "$(printf %s "$in_socket" | wc -c)" -gt 100 ]; then
        in_socket=/tmp/govportal-$(id -u)-$(printf %s "$in_dir" |
            cksum | cut -d' ' -f1)/db.sock
    fi
    if is_root; then in_user=www-data; else in_user=$(id -un); fi
}

instance_make() {
    mkdir -p "$in_dir/conf/extra" "$in_log" "$in_dir/run" "$in_state"
    if is_root; then chown -R "$in_user" "$in_state"; fi
}

govctl() { GOVPORTAL_CONF=$in_conf "$prefix/bin/govctl" "$@"; }

. "$top/conf/scripts/database.sh"
. "$top/conf/scripts/httpd.sh"
