#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# R001, R081, R085: what a group may not look like is refused, with the place,
# and leaves everything as it was.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-refuse
before=$(site_govctl site list --json; site_govctl column list --json)

site() {
    printf '<site id="%s" kind="%s" unit="%s" theme="department" accent="#123456"%s>' \
        "$1" "$2" "$3" "${6-}"
    [ -z "$4" ] || printf '<host>%s</host>' "$4"
    printf '<language code="zh-CN" title="新" legal-name="新"/>'
    printf '<identity code="%s"/>%s</site>\n' "${7-1234567899}" "${5:+
$5}"
}
# refused WHAT LINE FIELD-AND-TEXT SITE...: a group with that site
refused() {
    local what where
    what=$1 where="^bad.xml:$2: $3"
    shift 3
    {
        echo '<group xmlns="urn:govportal:group:1" name="镇" timezone="Asia/Shanghai">'
        echo '<unit id="town" name="小镇人民政府"/>'
        echo '<unit id="school" parent="town" name="小镇教育局"/>'
        echo '<unit id="new" parent="town" name="新局"/>'
        site "$@"
        echo '</group>'
    } > "$town/bad.xml"
    bring bad.xml > /dev/null
    like "$what is refused" "$(cat "$town/findings")" "$where"
}
column() { printf '<column slug="%s" name="甲" type="article">%s</column>' "$1" "${2-}"; }
deep=$(column a "$(column b "$(column c "$(column d "$(column e)")")")")
ours=new.town.localhost

refused 'a second portal' 5 'site: .*portal' www2 portal new $ours
refused 'a second site of a unit' 5 'site: .*unit has a site' \
    edu2 department school $ours
refused 'a host that another site has' 5 'host: .*belongs to another' \
    new department new edu.town.localhost
refused 'a host outside of .gov.cn' 5 'host: .*government' \
    new department new www.example.com
refused 'a base path that is taken' 5 'site: .*base path' \
    new department new '' '' ' parent="www" base-path="/lake"'
refused 'a unit that does not exist' 5 'unit: ' new department none $ours
refused 'a site code that is none' 5 '.*code' new department new $ours '' '' 123
refused 'a fifth level of columns' 6 'column: .*level 5' \
    new department new $ours "$deep"
refused 'a type that does not exist' 6 'type: ' new department new $ours \
    '<column slug="a" name="甲" type="nothing"/>'
refused 'a block of a column that does not exist' 6 'column: ' \
    new department new $ours '<block area="main" kind="list" column="nowhere"/>'
refused 'a site that becomes another kind' 5 'kind: ' \
    edu topic school edu.town.localhost
is 'nothing of all that was taken' \
    "$(site_govctl site list --json; site_govctl column list --json)" "$before"
is 'and the sites answer as before' "$(status_of edu /)" 200
tap_end
