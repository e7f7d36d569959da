#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Memory comes from pools; nothing is written past an end; no shell is run; no
# locale decides how a byte is read.  base/xml_arena.c gives libxml2 its memory and
# passes on to malloc what does not belong to an arena.
set -eu
cd "$(dirname "$0")/../.."

calls='malloc|calloc|realloc|reallocarray|free|strdup|strndup|asprintf|vasprintf'
calls="$calls|gets|strcpy|strcat|sprintf|vsprintf|strncpy|strncat|alloca"
calls="$calls|system|popen|tmpnam|mktemp|strtok|setlocale|rand|srand|random"
calls="$calls|localtime|gmtime|ctime|asctime|apr_psprintf_unsafe"

find mod_govportal plugins -name '*.[ch]' ! -path '*/tests/*' \
    ! -path mod_govportal/base/xml_arena.c -print0 |
    xargs -0 -r awk -v part=code -f tests/lib/c_parts.awk |
    grep -E ":.*(^|[^A-Za-z0-9_>.])($calls) ?\(" && exit 1
exit 0
