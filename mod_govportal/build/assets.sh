#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# assets.sh SOURCE WORK TARGET NPM
#
# Fetch the browser libraries that SOURCE/package-lock.json pins into WORK, then
# fill TARGET with the files that SOURCE/manifest names: lines "source target",
# where source is a file of SOURCE or WORK, or a pattern with "*" for which target
# is a folder.  Without NPM, the files of libraries that are not there are left out.
set -eu
source=$1 work=$2 target=$3 npm=$4
[ -f "$source/manifest" ] || { mkdir -p "$target"; exit 0; }

mkdir -p "$work"
if [ -f "$source/package.json" ] && [ -n "$npm" ]; then
    lock=$(cat "$source/package.json" "$source/package-lock.json" | cksum)
    if [ "$(cat "$work/node_modules/.lock" 2>/dev/null)" != "$lock" ]; then
        cp "$source/package.json" "$source/package-lock.json" "$work/"
        (cd "$work" && "$npm" ci --ignore-scripts --no-audit --no-fund \
            --loglevel=error)
        printf '%s\n' "$lock" > "$work/node_modules/.lock"
    fi
fi

rm -rf "$target.new"
mkdir -p "$target.new"
while read -r from to rest; do
    case $from in ''|'#'*) continue ;; esac
    if [ -z "$to" ] || [ -n "$rest" ]; then
        echo "$source/manifest: expected 'source target': $from $to $rest" >&2
        exit 1
    fi
    found=
    for dir in "$source" "$work"; do
        # "$from" may be a pattern; our file names have no blanks
        for file in "$dir"/$from; do
            [ -f "$file" ] || continue
            found=$found' '$file
        done
        [ -z "$found" ] || break
    done
    case $npm:$found:$from in
    ::node_modules/*) continue ;;
    *::*) echo "$source/manifest: no file $from" >&2
          exit 1 ;;
    esac
    case $from in
    *'*'*) mkdir -p "$target.new/$to"
           cp $found "$target.new/$to" ;;
    *)     mkdir -p "$target.new/$(dirname "$to")"
           cp $found "$target.new/$to" ;;
    esac
done < "$source/manifest"
rm -rf "$target"
mv "$target.new" "$target"
