#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# A throw-away MariaDB in one folder, for tests: the one of conf/scripts, with
# profile "test" and installed by copying a template.  Any user, no root.
#
#   db.sh start DIR      install if new, start, wait until it answers
#   db.sh stop DIR       clean stop
#   db.sh kill DIR       kill -9; its supervisor starts it again
#   db.sh pause DIR      stop it in its tracks (SIGSTOP)
#   db.sh resume DIR
#   db.sh drop DIR       kill for good and remove the folder
#   db.sh socket DIR     path of the socket
#   db.sh sql DIR ...    the mariadb client in the database "govportal"
set -eu

if [ $# -lt 2 ]; then
    sed -n 's/^#   //p' "$0" >&2
    exit 2
fi
top=$(cd "$(dirname "$0")/../.." && pwd -P)
var=${GOVPORTAL_VAR:-$top/var}
. "$top/conf/scripts/lib.sh"
verb=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd -P)
shift 2

# Half a second instead of two for each new folder.
install_copy() {
    template=$var/test/template-db
    mkdir -p "$template"
    (
        flock 8
        [ -d "$template/db/data/mysql" ] || {
            instance "$template"
            instance_make
            db_start test 8>&-
            db_stop
        }
    ) 8> "$template/.lock"
    instance "$dir"
    instance_make
    mkdir -p "$in_db"
    rm -rf "$in_db/data.new"
    cp -a "$template/db/data" "$in_db/data.new"
    mv "$in_db/data.new" "$in_db/data"
}

instance "$dir"
case $verb in
start)
    [ -d "$in_db/data/mysql" ] || install_copy
    db_start test ;;
stop) db_stop ;;
kill)
    wait_until 100 db_answers       # it may still be starting after the last
    kill -KILL "$(db_pid)" ;;
pause) kill -STOP "$(db_pid)" ;;
resume) kill -CONT "$(db_pid)" ;;
drop)
    kill -CONT "$(db_pid)" 2>/dev/null || :
    db_stop
    rm -rf "$in_dir" ;;
socket) echo "$in_socket" ;;
sql) db_sql govportal "$@" ;;
*) die "db.sh: no such verb: $verb" ;;
esac
