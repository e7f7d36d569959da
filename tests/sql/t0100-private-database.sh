#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# The private MariaDB of ./govportal: comes back, lets nobody else in, and copes
# with a folder whose path is too long for a socket.
#
# Alone: it measures time.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
trap site_down_all EXIT

site_database private
first=$(db_pid)
db_start test
is 'a second start finds it running' "$(db_pid)" "$first"

kill -KILL "$first"
ok 'killed, it is back within five seconds' wait_until 50 db_answers
second=$(db_pid)
unlike 'as another process' "$second" "^$first\$"

is 'it listens on no port' "$(db_sql -Ne 'SELECT @@skip_networking')" 1
is 'text is UTF-8 from the start' \
    "$(db_sql -Ne 'SELECT @@character_set_server')" utf8mb4
like 'tables without a primary key are refused' \
    "$(site_sql 'CREATE TABLE loose (a INT)' 2>&1)" 'ERROR 1173'
unlike 'another account does not get in' \
    "$(db_sql --user=somebody -Ne 'SELECT 1' 2>&1)" '^1$'

db_stop
ok 'a stop ends it' process_gone "$second"
ok 'and its supervisor' test ! -e "$in_db/run/supervisor.pid"

long=private-$(printf '%090d' 0)
site_database "$long"
ok 'a long path has its socket elsewhere' test -S "$in_socket"
ok 'and the database answers there' db_answers
tap_end
