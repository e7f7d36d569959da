#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# build/sqlgen.awk: what is wrong fails with file and line, in each awk here.
top=$(cd "$(dirname "$0")/../.." && pwd -P)
. "$top/tests/lib/tap.sh"
gen="$top/mod_govportal/build/sqlgen.awk"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1

# wrong WHAT LINE WORDS: the text on stdin is refused at LINE with WORDS
wrong() {
    cat > t.sql
    for awk in $awks; do
        if said=$($awk -f "$gen" t.sql 2>&1 >/dev/null); then
            tap_fail "$awk: $1" said "$said"
        else
            like "$awk: $1" "$said" "^t.sql:$2: .*$3"
        fi
    done
}

awks=
for awk in awk mawk gawk original-awk; do
    if command -v $awk > /dev/null; then awks="$awks $awk"; fi
done

wrong 'a statement needs a kind' 1 'say :one' <<'END'
-- :name a
SELECT 1;
END
wrong 'each name occurs once' 4 'was used at t.sql:1' <<'END'
-- :name a :exec
DO 1;

-- :name a :exec
DO 1;
END
wrong 'every ? has a name' 2 "2 '\\?' and 1 names" <<'END'

-- :name a :exec
-- :in x:id
DELETE FROM t WHERE a = ? AND b = ? AND c = '?';
END
wrong 'kinds are known' 2 'unknown kind "string"' <<'END'
-- :name a :exec
-- :in x:string
DELETE FROM t WHERE a = ?;
END
wrong 'a reader has :out' 1 'needs :out' <<'END'
-- :name a :many
SELECT 1;
END
wrong 'a writer has none' 1 'has no :out' <<'END'
-- :name a :exec
-- :out x:id
DO 1;
END
wrong 'C has words of its own' 2 'a word of C' <<'END'
-- :name a :one
-- :out default:id
SELECT 1;
END
wrong 'statements end' 1 'has no end' <<'END'
-- :name a :exec
DO 1
END
wrong 'statements end before the next begins' 1 'has no end' <<'END'
-- :name a :exec
DO 1
-- :name b :exec
DO 2;
END
wrong 'one statement at a time' 2 'one statement only' <<'END'
-- :name a :exec
DO 1; DO 2;
END
wrong 'nothing stands between statements' 3 'outside of a statement' <<'END'
-- :name a :exec
DO 1;
DO 2;
END
wrong 'quotes are closed' 1 'open quote' <<'END'
-- :name a :exec
DO 'x;
;
END
wrong 'words after -- : are known' 2 'unknown word' <<'END'
-- :name a :exec
-- :out_ x:id
DO 1;
END

cat > good.sql <<'END'
-- A remark.
-- :name find :one :hot
-- :in site:id path:text
-- :in hash:bytes
-- :out id:id title:text
-- :out at:time flag:bool r:real n:int
SELECT id, title, at, flag, r, n
  FROM t WHERE site_id = ? AND path = ?
   AND hash = ? AND note <> "\\ what?? 'quoted'";

-- :name touch :exec
UPDATE t SET n = n + 1;
-- :name make :insert
-- :in id:id
INSERT INTO t VALUES (?);
-- :name walk :each
-- :out x:bytes
SELECT x FROM t;
END
set -- $awks
$1 -f "$gen" good.sql > first.h
for awk in $awks; do
    $awk -f "$gen" good.sql > other.h
    ok "$awk writes the same header as the others" cmp first.h other.h
done
echo '#include "first.h"' > use.c
# shellcheck disable=SC2046
ok 'the header compiles without a warning though nothing is used' \
    ${CC:-cc} -std=gnu11 -Wall -Wextra -Werror -fsyntax-only -I. \
    -I"$top/mod_govportal/include/govportal" \
    $(pkg-config --cflags apr-1 apr-util-1) use.c
like 'text is quoted for C' "$(cat first.h)" \
    '\\"\\\\\\\\ what\?""\? .quoted.\\"'
tap_end
