# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Build the tree into var/build and install it into var/inst.

# Name, size and time of every source file; a fraction of a second.
sources_state() {
    (cd "$top" && find autogen.sh configure.ac Makefile.am mod_govportal \
        plugins sql xslt conf assets tests \
        \( -path mod_govportal/build/m4 -o -path mod_govportal/build/'*.cache' \
        -o -path conf/demo -o -name node_modules \) -prune \
        -o \( -name '*.[ch]' -o -name '*.am' -o -name '*.ac' -o -name '*.in' \
        -o -name '*.sh' -o -name '*.awk' -o -path 'mod_govportal/FLOORS' \
        -o -path 'sql/*' -o -path 'xslt/*' -o -path 'conf/types/*' \
        -o -path 'conf/directives/*' -o -path 'assets/*' \
        -o -path 'plugins/*' \) -type f -printf '%p %s %T@\n') |
        LC_ALL=C sort | sha256sum | cut -d' ' -f1
}

jobs_count() { nproc 2>/dev/null || echo 2; }

# configure_in DIR [ARGUMENT...]: a build folder, configured anew when needed
configure_in() {
    local dir log
    dir=$1; shift
    log=$dir/build.log
    mkdir -p "$dir"
    : > "$log"
    "$top/mod_govportal/build/sources.sh" >> "$log"
    # A release brings ./configure; a checkout makes it.  Later changes of
    # configure.ac or the Makefile are make's own business.
    if [ ! -x "$top/configure" ] || [ ! -f "$top/Makefile.in" ]; then
        say "building: autogen.sh"
        run_logged "$log" "$top/autogen.sh"
    fi
    if [ ! -f "$dir/Makefile" ] ||
        [ "$(cat "$dir/arguments" 2>/dev/null)" != "$*" ]; then
        say "building: configure"
        (cd "$dir" && run_logged "$log" "$top/configure" "$@") || exit 1
        echo "$*" > "$dir/arguments"
    fi
}

# run_logged LOG COMMAND...: quiet unless it fails
run_logged() {
    local log errors
    log=$1; shift
    "$@" >> "$log" 2>&1 < /dev/null 9>&- && return 0
    errors=$(grep -E 'error: |undefined reference|npm (ERR|error)' "$log" |
        head -n 20)
    if [ -n "$errors" ]; then printf '%s\n' "$errors" >&2
    else show_tail "$log" 25; fi
    say "the whole story is in $log"
    die "failed: $*"
}

# build_all: nothing to do when no source changed since the last time.
# Status 0: something new was installed.
build_all() {
    local state log
    state=$(sources_state)
    if [ "$(cat "$prefix/state" 2>/dev/null)" = "$state" ] &&
        [ -x "$prefix/bin/govctl" ]; then
        say "build: nothing changed"
        return 1
    fi
    log=$var/build/build.log
    configure_in "$var/build" --prefix="$prefix" CFLAGS='-g -O2'
    # as it is now: what changes during the build is built next time
    state=$(sources_state)
    say "building: make"
    run_logged "$log" make -C "$var/build" -j"$(jobs_count)"
    say "building: make install"
    run_logged "$log" make -C "$var/build" install
    echo "$state" > "$prefix/state"
}
