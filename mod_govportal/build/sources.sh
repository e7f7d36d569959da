#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# sources.sh [--check]
#
# Write mod_govportal/sources.am, the list of what is compiled, from the tree:
# Automake wants every file named, and nobody should have to name them.  With
# --check nothing is written; the exit status says whether the list is current.
set -eu
LC_ALL=C; export LC_ALL
cd "$(dirname "$0")/../.."

list=mod_govportal/sources.am
floors=$(awk '$1 == "floor" { print $3 }' mod_govportal/FLOORS)

# Automake's name for a target: everything that is not a letter or digit is '_'
canonical() { printf '%s' "$1" | tr -c 'A-Za-z0-9' '_'; }

# assign NAME OP FILE...: one file a line
assign() {
    printf '%s %s' "$1" "$2"
    shift 2
    for file in "$@"; do printf ' \\\n    %s' "$file"; done
    printf '\n'
}

# files DIR PATTERN...: the plain files of one folder, sorted; nothing if none
files() {
    dir=$1; shift
    for pattern in "$@"; do
        for file in "$dir"/$pattern; do
            [ -f "$file" ] && printf '%s\n' "$file"
        done
    done | sort
}

# statements SOURCE HEADER: a header made from a file of named statements
statements() {
    printf 'BUILT_SOURCES += %s\n%s: %s $(SQLGEN)\n\t$(sqlgen)\n\n' \
        "$2" "$2" "$1"
}

# programs DIR FLOORS [SOURCES [FLAGS]]: test_*.c and fuzz_*.c of a folder are
# programs; its other .c files, and SOURCES, go into each of them
programs() {
    mains=$(files "$1" 'test_*.c' 'fuzz_*.c')
    [ -n "$mains" ] || return 0
    shared=$(files "$1" '*.c' | grep -Ev '/(test|fuzz)_[^/]*$' || :)
    for main in $mains; do
        program=${main%.c}
        name=$(canonical "$program")
        printf 'check_PROGRAMS += %s\n' "$program"
        assign "${name}_SOURCES" = "$main" $shared ${3-}
        printf '%s_LDADD = %s $(CMOCKA_LIBS)\n' "$name" \
            "$(for floor in $2; do printf '$(%s_test) ' "$floor"; done)"
        printf '%s_DEPENDENCIES =%s\n' "$name" \
            "$(for floor in $2; do printf ' libgov_%s.la' "$floor"; done)"
        printf '%s_LINK = $(test_link)\n' "$name"
        printf '%s_CPPFLAGS = $(AM_CPPFLAGS) $(TEST_CPPFLAGS)%s\n\n' \
            "$name" "${4:+ $4}"
    done
}

# libraries NAME: the floors that a test of that folder links, highest first
libraries() {
    awk -v top="$1" '
        $1 == "floor" { n++; number[n] = $2; name[n] = $3
                        if ($3 == top) limit = $2 }
        END { for (i = n; i > 0; i--)
                  if ((number[i] < limit || name[i] == top) &&
                      name[i] != "httpd" && name[i] != "cli")
                      printf "%s ", name[i] }' mod_govportal/FLOORS
}

generate() {
    printf '# Made by mod_govportal/build/sources.sh from the tree.\n\n'

    for floor in $floors; do
        sources=$(files "mod_govportal/$floor" '*.c' '*.h')
        case $floor in
        httpd) target=mod_govportal_la ;;
        cli)   target=govctl ;;
        *)     target=libgov_${floor}_la ;;
        esac
        [ -n "$sources" ] || continue
        case $floor in
        httpd) printf 'module_LTLIBRARIES += mod_govportal.la\n' ;;
        cli)   printf 'bin_PROGRAMS += govctl\n' ;;
        *)     printf 'noinst_LTLIBRARIES += libgov_%s.la\n' "$floor"
               printf 'libgovportal_la_LIBADD += libgov_%s.la\n' "$floor"
               printf '%s_test = .libs/libgov_%s.a $(%s_libs)\n' \
                   "$floor" "$floor" "$floor" ;;
        esac
        assign "${target}_SOURCES" = $sources
        printf '\n'
    done

    assign gov_HEADERS = \
        $(files mod_govportal/include/govportal '*.h')
    printf '\n'

    assign readmes = $(files mod_govportal README.md) \
        $(for floor in $floors; do files "mod_govportal/$floor" README.md; done)
    printf '\n'

    for file in $(files sql/queries '*.sql'); do
        name=$(basename "$file" .sql)
        statements "$file" "mod_govportal/sql/sql_$name.h"
    done

    for dir in plugins/*/; do
        dir=${dir%/}
        plugin=${dir#plugins/}
        sources=$(files "$dir" '*.c' '*.h')
        [ -n "$sources" ] || continue
        name=$(canonical "$plugin")
        for file in $(files "$dir/sql/queries" '*.sql'); do
            words=$(basename "$file" .sql)
            statements "$file" "$dir/sql_$words.h"
        done
        printf 'plugin_LTLIBRARIES += %s.la\n' "$plugin"
        assign "${name}_la_SOURCES" = $sources
        flags="-I\$(srcdir)/$dir -I$dir"
        printf '%s_la_CPPFLAGS = $(AM_CPPFLAGS) %s\n' "$name" "$flags"
        printf '%s_la_LIBADD = $(plugin_libs)\n' "$name"
        printf '%s_la_LDFLAGS = $(plugin_flags)\n\n' "$name"
        programs "$dir/tests" "$(libraries cli)" \
            "$(files "$dir" '*.c')" "-I$dir"
    done

    for floor in $floors; do
        # govctl is no library: its tests compile what they test
        own=
        [ "$floor" != cli ] ||
            own=$(files mod_govportal/cli '*.c' | grep -v '/main\.c$')
        programs "tests/unit/$floor" "$(libraries "$floor")" "$own"
    done
    for dir in tests/render tests/sql tests/http tests/fuzz tests/bench; do
        programs "$dir" "$(libraries cli)"
    done
}

new=$(mktemp)
trap 'rm -f "$new"' EXIT
generate > "$new"
if [ "${1-}" = --check ]; then
    cmp -s "$new" "$list"
elif ! cmp -s "$new" "$list"; then
    cp "$new" "$list"
    echo "$list is new: $(grep -c '\.c' "$list") source files"
fi
