#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Every source file says in its first lines whose it is and under which licence.
set -eu
cd "$(dirname "$0")/../.."

status=0
for file in $(find autogen.sh configure.ac Makefile.am govportal .ci conf \
    mod_govportal plugins sql xslt assets tests \
    \( -name node_modules -o -path conf/demo/pictures -o -path tests/fuzz/corpus \
    -o -path mod_govportal/build/m4 -o -path sql/schema.sql \) -prune -o -type f \
    \( -name '*.[ch]' -o -name '*.sh' -o -name '*.awk' -o -name '*.xsl' \
    -o -name '*.rng' -o -name '*.sql' -o -name '*.js' -o -name '*.mjs' \
    -o -name '*.css' -o -name '*.am' -o -name '*.ac' -o -name run \
    -o -name govportal -o -name '*.mk' -o -name '*.pc.in' \) -print); do
    case $file in
    mod_govportal/sources.am|mod_govportal/build/ltmain.sh) continue ;;
    esac
    head -n 8 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' &&
        head -n 8 "$file" | grep -q 'SPDX-FileCopyrightText: ' || {
        echo "$file: no SPDX lines"
        status=1
    }
done
exit $status
