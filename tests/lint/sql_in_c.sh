#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# SQL stands in .sql files; only store/ talks to the client library.
set -eu
cd "$(dirname "$0")/../.."

status=0
words='SELECT|INSERT|UPDATE|DELETE|REPLACE|ALTER|CREATE|DROP|TRUNCATE|CALL|WITH'
find mod_govportal plugins -name '*.[ch]' ! -path '*/tests/*' -print0 |
    xargs -0 -r awk -v part=strings -f tests/lib/c_parts.awk |
    grep -v '^mod_govportal/store/' |
    grep -E "\"[ (]*($words) [^\"]*\"" && status=1
find mod_govportal plugins -name '*.[ch]' ! -path 'mod_govportal/store/*' \
    -print0 | xargs -0 -r awk -v part=code -f tests/lib/c_parts.awk |
    grep -E '[^A-Za-z0-9_]mysql_[a-z_]+ ?\(|MYSQL' && status=1
exit $status
