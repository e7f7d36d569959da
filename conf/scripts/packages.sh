# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Debian packages: which of conf/packages.txt are missing, and installing them.

# packages_missing GROUP...: one line, blank-separated
packages_missing() {
    local groups group package command
    groups=" $* "
    while read -r group package command; do
        case $group in ''|'#'*) continue ;; esac
        case $groups in *" $group "*) ;; *) continue ;; esac
        if [ -n "$command" ] && command -v "$command" >/dev/null; then
            continue
        fi
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null |
            grep -q "^installed" || printf '%s ' "$package"
    done < "$top/conf/packages.txt"
}

# packages_install GROUP...: says what it does, never asks
packages_install() {
    local missing sudo
    command -v dpkg-query >/dev/null || {
        say "not a Debian system: conf/packages.txt says what is needed"
        return 0
    }
    missing=$(packages_missing "$@")
    [ -n "$missing" ] || return 0
    sudo=
    if ! is_root; then sudo="sudo -n"; fi
    say "missing packages: $missing"
    if [ -n "$sudo" ] && ! sudo -n true 2>/dev/null; then
        # shellcheck disable=SC2086
        die "cannot use sudo without a password; please run" \
            "  sudo apt-get install --no-install-recommends" $missing
    fi
    say "running: ${sudo:+sudo }apt-get update && ${sudo:+sudo }apt-get install"
    apt_get "$sudo" update
    # shellcheck disable=SC2086
    apt_get "$sudo" install --yes --no-install-recommends $missing
}

# apt_get SUDO ARGUMENT...: waits for another apt, keeps configuration files
apt_get() {
    local sudo log
    sudo=$1; shift
    mkdir -p "$var/log"
    log=$var/log/apt.log
    $sudo env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get \
        -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold -qq \
        "$@" > "$log" 2>&1 < /dev/null 9>&- || {
        show_tail "$log"
        die "apt-get $1 failed"
    }
}
