#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Every source file says in its first lines whose it is and under which licence.
set -eu
cd "$(dirname "$0")/../.."

find autogen.sh configure.ac Makefile.am govportal .ci conf \
    mod_govportal plugins sql xslt assets tests \
    \( -name node_modules -o -path conf/demo/pictures -o -path tests/fuzz/corpus \
    -o -path mod_govportal/build/m4 -o -path sql/schema.sql \
    -o -path mod_govportal/sources.am -o -path mod_govportal/build/ltmain.sh \) \
    -prune -o -type f \
    \( -name '*.[ch]' -o -name '*.sh' -o -name '*.awk' -o -name '*.xsl' \
    -o -name '*.rng' -o -name '*.sql' -o -name '*.js' -o -name '*.mjs' \
    -o -name '*.css' -o -name '*.am' -o -name '*.ac' -o -name run \
    -o -name govportal -o -name '*.mk' -o -name '*.pc.in' \) \
    -exec awk '
        FNR == 1 { told(); file = FILENAME; licence = holder = 0 }
        FNR <= 8 && /SPDX-License-Identifier: Apache-2\.0/ { licence = 1 }
        FNR <= 8 && /SPDX-FileCopyrightText: / { holder = 1 }
        function told() {
            if (file != "" && !(licence && holder)) {
                print file ": no SPDX lines"
                status = 1
            }
        }
        END { told(); exit status }' {} +
