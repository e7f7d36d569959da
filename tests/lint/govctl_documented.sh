#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Every command of govctl has its section in doc/govctl.md with every option it
# takes, every section a command, and every exit status its row.
set -eu
LC_ALL=C; export LC_ALL
cd "$(dirname "$0")/../.."

doc=mod_govportal/doc/govctl.md
status=0
wrong() { echo "$*"; status=1; }

# "command" lines and "command option" lines, out of the tables in C
known=$(awk '
    /^#define [A-Z]+ \{ "/ { split($0, q, "\""); macro[FILENAME, $2] = q[2] }
    /\.name = "/ {
        at = $0; sub(/.*\.name = "/, "", at); sub(/".*/, "", at)
        verb = at; print verb }
    verb && /\.run =/ { last = 1 }
    verb {
        line = $0; sub(/\.name = "[^"]*"/, "", line)
        while (match(line, /\{ *"[a-z-]+"/)) {
            word = substr(line, RSTART, RLENGTH); gsub(/[{" ]/, "", word)
            print verb "\t" word; line = substr(line, RSTART + RLENGTH) }
        for (key in macro) {
            split(key, part, SUBSEP)
            if (part[1] == FILENAME &&
                $0 ~ ("[{, ]" part[2] "([,} ]|$)")) print verb "\t" macro[key] }
    }
    last { verb = ""; last = 0 }' mod_govportal/cli/*.c | sort -u)
[ -n "$known" ] || { echo 'no commands found in mod_govportal/cli/'; exit 1; }

# section COMMAND: its lines in the document
section() {
    awk -v name="## $1" '/^## / { on = $0 == name } on' "$doc"
}

tab=$(printf '\t')
printf '%s\n' "$known" | {
    while IFS="$tab" read -r command option; do
        text=$(section "$command")
        [ -n "$text" ] || { wrong "$doc: no section \"## $command\""; continue; }
        case $text in *"\`govctl $command"*) ;; *)
            wrong "$doc: \"## $command\" has no usage line" ;; esac
        [ -z "$option" ] || case $text in *"--$option"*) ;; *)
            wrong "$doc: \"## $command\" does not name --$option" ;; esac
    done
    exit $status
} || status=1

sed -n 's/^## \([a-z].*\)/\1/p' "$doc" | {
    while read -r command; do
        printf '%s\n' "$known" | grep -qx "$command" ||
            wrong "$doc: there is no command \"$command\""
    done
    exit $status
} || status=1

sed -n 's/^ *STATUS_[A-Z_]* = \([0-9]*\).*/\1/p' mod_govportal/cli/exit.c | {
    while read -r number; do
        grep -q "^| $number |" "$doc" || wrong "$doc: no exit status $number"
    done
    exit $status
} || status=1
exit $status
