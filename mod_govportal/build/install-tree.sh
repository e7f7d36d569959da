#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# install-tree.sh SOURCE TARGET [LEAVE-OUT...]
#
# Make TARGET hold the files of SOURCE, and only those: a file that is gone from
# SOURCE goes from TARGET too.  LEAVE-OUT are names or patterns, at any depth.
# A SOURCE that does not exist is an empty one.
set -eu
source=$1 target=$2
shift 2

mkdir -p "$target"
target=$(cd "$target" && pwd)
[ -d "$source" ] || { find "$target" -mindepth 1 -delete; exit 0; }

skip='-name node_modules -o -name .* -o -name *.orig -o -name *~'
for word in "$@"; do skip="$skip -o -name $word"; done

cd "$source"
set -f      # the patterns are find's
wanted=$(find . -mindepth 1 \( $skip \) -prune -o -type f -print | LC_ALL=C sort)
set +f

# remove first, so that a folder may take the place of a file
(cd "$target" && find . ! -type d -print) | LC_ALL=C sort |
    awk -v wanted="$wanted" '
        BEGIN { n = split(wanted, name, "\n")
                for (i = 1; i <= n; i++) keep[name[i]] = 1 }
        !($0 in keep)' |
    (cd "$target" && while IFS= read -r file; do rm -f "$file"; done)
find "$target" -mindepth 1 -type d -empty -delete

[ -n "$wanted" ] || exit 0
printf '%s\n' "$wanted" | tar -cf - -T - | (cd "$target" && tar -xof -)
# readable by the server's user, whatever umask the sources were written under
chmod -R u=rwX,go=rX "$target"
