#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# R085: columns that a visitor could not tell apart, and too many levels, are found
# when the structure is imported, with line and field.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-columns
before=$(site_sql 'SELECT COUNT(*) FROM gov_column')

# found WORDS FIELD REGEX COLUMN...: put into site www in place of the column "files",
# one on a line
line=$(grep -n 'slug="files"' "$town/town.xml" | cut -d: -f1)
found() {
    local words field regex
    words=$1 field=$2 regex=$3
    shift 3
    {
        head -n $((line - 1)) "$town/town.xml"
        printf '%s\n' "$@"
        tail -n +$((line + 1)) "$town/town.xml"
    } > "$town/new.xml"
    bring new.xml > /dev/null
    like "$words" "$(cat "$town/findings")" "^new.xml:[0-9]+: $field: $regex"
}
found 'two of one name' name '"下载" is the name of the column "a"' \
    '<column slug="a" name="下载" type="article"/>' \
    '<column slug="b" name=" 下载 " type="article"/>'
like 'the line is that of the second' "$(cat "$town/findings")" \
    "^new.xml:$((line + 1)): "
found 'two of one English name' name-en '"Files" is the name' \
    '<column slug="a" name="下载" name-en="Files" type="article"/>' \
    '<column slug="b" name="文件" name-en="Files" type="article"/>'
found 'two of one slug' slug 'there is a column "a" beside it' \
    '<column slug="a" name="下载" type="article"/>' \
    '<column slug="a" name="文件" type="article"/>'
found 'below another column, too' name '"子" is the name' \
    '<column slug="a" name="下载" type="article">' \
    '<column slug="x" name="子" type="article"/>' \
    '<column slug="y" name="子" type="article"/></column>'
found 'a name of nothing but blanks' name 'a column.s name is blank' \
    '<column slug="a" name="　" type="article"/>'
found 'a fifth level' column '"e" lies on level 5, 4 are enough' \
    '<column slug="a" name="一" type="article">' \
    '<column slug="b" name="二" type="article">' \
    '<column slug="c" name="三" type="article">' \
    '<column slug="d" name="四" type="article">' \
    '<column slug="e" name="五" type="article"/>' \
    '</column></column></column></column>'
is 'of all that nothing was written' \
    "$(site_sql 'SELECT COUNT(*) FROM gov_column')" "$before"

found 'names that differ in spelling only are noted' 'note: name' \
    '"Q A" looks like the name of the column "a"' \
    '<column slug="a" name="Q-A" type="article"/>' \
    '<column slug="b" name="Q A" type="article"/>'
is 'and written' "$(site_sql 'SELECT COUNT(*) FROM gov_column')" \
    $((before + 2))
{
    head -n $((line - 1)) "$town/town.xml"
    echo '<column slug="c" name="一" type="article"><column slug="x" name="子" type="article"/></column>'
    echo '<column slug="d" name="二" type="article"><column slug="y" name="子" type="article"/></column>'
    tail -n +$((line + 1)) "$town/town.xml"
} > "$town/new.xml"
bring new.xml > /dev/null
is 'the same name below another column is no mistake' "$(cat "$town/findings")" ''
tap_end
