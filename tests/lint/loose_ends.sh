#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Nothing is left for later, and no lock file names where packages were fetched.
set -eu
cd "$(dirname "$0")/../.."

status=0
marks='TO''DO|FIX''ME|X''XX|not implem''ented|HA''CK:'
find autogen.sh configure.ac Makefile.am govportal conf mod_govportal plugins \
    sql xslt assets tests \( -name node_modules -o -path tests/fuzz/corpus \
    -o -path conf/demo -o -path mod_govportal/build/m4 -o -name ltmain.sh \) \
    -prune -o -type f \( -name '*.[ch]' -o -name '*.sh' -o -name '*.awk' \
    -o -name '*.xsl' -o -name '*.sql' -o -name '*.js' -o -name '*.mjs' \
    -o -name '*.css' -o -name '*.am' \) -print0 |
    xargs -0 grep -nE "(^|[^A-Za-z_.-])($marks)($|[^X])" && status=1
find . \( -name node_modules -o -name var -o -name .git \) -prune \
    -o -name package-lock.json -print0 |
    xargs -0 -r grep -nH '"resolved"' && {
    echo '^ make the lock file with npm --omit-lockfile-registry-resolved'
    status=1; }
exit $status
