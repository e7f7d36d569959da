# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# The private MariaDB of an instance: Unix socket only, one account for each OS
# user that needs one (unix_socket authentication, so there are no passwords),
# kept running by supervise.sh.  See lib.sh.

db_pid() { cat "$in_db/run/db.pid" 2>/dev/null; }

db_alive() { process_is "$(db_pid)" "$in_db/my.cnf"; }

# db_sql [mariadb's arguments]
db_sql() {
    mariadb --no-defaults --socket="$in_socket" --user="$(id -un)" \
        --default-character-set=utf8mb4 "$@"
}

db_answers() { db_sql -Ne 'SELECT 1' >/dev/null 2>&1; }

# Memory for the buffer pool: an eighth of the machine, 128 MB to 1 GB.
db_buffer() {
    awk '/^MemTotal:/ { m = int($2 / 8192)
        print (m < 128 ? 128 : m > 1024 ? 1024 : m) "M" }' /proc/meminfo
}

# db_start [prod|test]: a test database is small and does not wait for the disk
db_start() {
    local buffer redo flush
    if db_alive && db_answers; then return 0; fi

    case ${1:-prod} in
    test) buffer=64M redo=16M flush=2 ;;
    *)    buffer=${GOVPORTAL_DB_BUFFER:-$(db_buffer)} redo=128M flush=1 ;;
    esac
    db_stop
    mkdir -p "$in_db/run" "$in_db/tmp" "$in_log"
    chmod 711 "$in_db" "$in_db/run"
    chmod 700 "$in_db/tmp"
    db_socket_dir
    fill "$top/conf/mariadb.cnf.in" "$in_db/my.cnf" USER="$(id -un)" \
        DIR="$in_db" SOCKET="$in_socket" LOG="$in_log/mariadb.log" \
        FLUSH="$flush" REDO="$redo" BUFFER="$buffer" || :
    db_install
    db_accounts > "$in_db/accounts.sql"
    rm -f "$in_socket"
    db_deaths=$(db_deaths)

    setsid "$top/conf/scripts/supervise.sh" "$in_db/run/supervisor.pid" \
        "$(command -v mariadbd)" --defaults-file="$in_db/my.cnf" \
        --init-file="$in_db/accounts.sql" \
        >> "$in_log/supervisor.log" 2>&1 < /dev/null 9>&- &
    if ! wait_until 600 db_ready_or_dead || ! db_answers; then
        show_tail "$in_log/mariadb.log"
        db_stop
        die "MariaDB does not start"
    fi
    chmod 711 "$(dirname "$in_socket")"
}

db_deaths() { cat "$in_log/supervisor.log" 2>/dev/null | grep -c ' ended, ' || :; }

# Has it died once, it will die again: no use in waiting longer.
db_ready_or_dead() { db_answers || [ "$(db_deaths)" != "$db_deaths" ]; }

# A path that is too long for a socket has one below /tmp (see instance);
# nobody else may have put a folder of that name there.
db_socket_dir() {
    local dir
    dir=$(dirname "$in_socket")
    [ -d "$dir" ] || mkdir -m 711 "$dir"
    if [ ! -O "$dir" ] || [ -L "$dir" ]; then die "$dir is not ours"; fi
}

# Into a folder beside, then renamed: an installation that was broken off is
# never taken for a database.
db_install() {
    [ ! -d "$in_db/data/mysql" ] || return 0
    rm -rf "$in_db/data.new"
    mariadb-install-db --defaults-file="$in_db/my.cnf" \
        --datadir="$in_db/data.new" --auth-root-authentication-method=socket \
        --skip-test-db > "$in_log/mariadb-install.log" 2>&1 9>&- || {
        show_tail "$in_log/mariadb-install.log"
        die "mariadb-install-db failed"
    }
    rm -rf "$in_db/data"
    mv "$in_db/data.new" "$in_db/data"
}

# Safe to run at every start.
db_accounts() {
    local user
    echo 'CREATE DATABASE IF NOT EXISTS govportal
    CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;' | tr '\n' ' '
    echo
    for user in $(printf '%s\n' "$(id -un)" "$in_user" | sort -u); do
        echo "CREATE USER IF NOT EXISTS \`$user\`@localhost" \
            "IDENTIFIED VIA unix_socket;"
        echo "GRANT ALL ON govportal.* TO \`$user\`@localhost;"
    done
}

db_stop() {
    local keeper pid
    keeper=$(cat "$in_db/run/supervisor.pid" 2>/dev/null) || keeper=
    pid=$(db_pid) || pid=
    if process_is "$keeper" supervise.sh; then kill -TERM "$keeper"; fi
    if process_is "$pid" "$in_db/my.cnf"; then
        kill -TERM "$pid" 2>/dev/null || :
        wait_until 600 process_gone "$pid" || kill -KILL "$pid"
    fi
    if [ -n "$keeper" ]; then wait_until 50 process_gone "$keeper" || :; fi
    rm -f "$in_db/run/supervisor.pid"
}
