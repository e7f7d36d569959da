#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Accounts and roles in the console: what each administrator sees and does, what is
# refused and how it is said, and that a one-time password is shown once.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
trap site_down_all EXIT
site_up console-people
new='Plum-tree 2026'
people=/-/console/people

# enter LOGIN CLASS ROLE...: an account with an open session
enter() {
    local login
    login=$1
    person_make "$@"
    person_in edu "$login" "$person_password" "$new"
}
# id_of LOGIN, roles LOGIN
id_of() { site_sql "SELECT id FROM gov_person WHERE login = '$1'"; }
roles() { site_govctl role of "$1" --json | jq -r '.[] | .role + "@" + .where' | tr '\n' ' '; }
# key_as LOGIN PATH ACTION: the key of the form that goes to ACTION
key_as() {
    as "$1" edu "$2" | tr '\n' ' ' | grep -oE "action=\"$3\"[^>]*> *<input[^>]*>" |
        head -n 1 | sed 's/.* value="\([^"]*\)".*/\1/'
}
# do_as LOGIN PERSON DEED [NAME=VALUE...]: from the page of the person
do_as() {
    local login at deed
    login=$1 at=$people/$(id_of "$2") deed=$3
    shift 3
    post_with "$login" edu "$at/$deed" "$(key_as "$login" "$at" "$at/$deed")" "$@"
}
# give_as LOGIN PERSON ROLE PLACE
give_as() {
    post_as "$1" edu "$people/$(id_of "$2")/give" "role=$3" "place=$4"
}
body() { cat "$site_dir/body"; }

enter sys admin system-admin
enter sec admin security-admin
enter aud admin audit-admin
enter wang content site-admin@edu
enter li content author@edu
enter hu content author@health
enter one content site-admin@edu:notices

# --- who sees what ------------------------------------------------------------------
is 'an author has no business there' "$(status_as li edu $people/)" 403
is 'nor has the administrator of the audit' "$(status_as aud edu $people/)" 403
unlike 'whose menu has no such entry' "$(as aud edu /-/console/)" "$people/"
list=$(as wang edu $people/)
like 'a site administrator sees the people of the site' "$list" '>li<'
unlike 'and nobody else' "$list" '>hu<'
like 'also on another host' "$(person_in health wang "$new"; as wang health $people/)" '>li<'
person_in edu wang "$new"
is 'nor their pages' "$(status_as wang edu "$people/$(id_of hu)")" 403
like 'who looks after one column sees its site' "$(as one edu $people/)" '>li<'
for login in sys sec; do
    like "$login sees everybody" "$(as $login edu "$people/?who=hu")" '>hu<'
done
page=$(as sec edu "$people/$(id_of li)")
like 'the administrator of security sees sessions' "$page" "$people/[0-9]*/end\""
is 'but makes no accounts' "$(status_as sec edu $people/new)" 403
page=$(as sys edu "$people/$(id_of li)")
unlike 'the administrator of the system sees none' "$page" "$people/[0-9]*/end\""
like 'but resets passwords' "$page" "$people/[0-9]*/reset\""
is 'and gives no roles' "$(status_as sys edu "$people/$(id_of li)/give")" 403
like 'a list is filtered by state' "$(as sys edu "$people/?state=disabled&who=hu")" 'gc-none'
like 'and sorted' "$(as sys edu "$people/?sort=login&up=yes")" 'aria-sort="ascending"'

# --- a spreadsheet ------------------------------------------------------------------
as sys edu "$people/?format=xlsx" > "$site_dir/people.xlsx"
is 'the list comes as a spreadsheet' "$(head -c 2 "$site_dir/people.xlsx")" PK
ok 'which is sound' unzip -tq "$site_dir/people.xlsx"
like 'with the rows' "$(unzip -p "$site_dir/people.xlsx" xl/sharedStrings.xml)" '>hu<'

# --- a new account ------------------------------------------------------------------
key=$(key_as wang $people/new $people/new)
set -- name=赵敏 login=zhao.min place=edu
is 'a site administrator makes an account' "$(post_with wang edu $people/new "$key" "$@")" 200
once=$(body | grep -oE '([a-z0-9]{4}-){4}[a-z0-9]{4}' | head -n 1)
ok 'its password is shown' test -n "$once"
like 'and kept nowhere' "$(tr -d '\r' < "$site_head")" 'Cache-Control: [^:]*no-store'
is 'sent twice, it is one account' "$(post_with wang edu $people/new "$key" "$@")" 303
like 'and says so' "$(cat "$site_head")" 'done=person-again'
unlike 'the password is not shown again' "$(as wang edu "$people/$(id_of zhao.min)")" "$once"
is 'of which there is one' "$(site_sql "SELECT COUNT(*) FROM gov_person WHERE login = 'zhao.min'")" 1
person_in edu zhao.min "$once" "$new"
is 'it opens a session' "$(status_as zhao.min edu /-/account/)" 200
is 'a name that is taken is refused' "$(post_as wang edu $people/new name=赵敏二 login=zhao.min place=edu)" 422
like 'in words' "$(body)" '已被使用'
like 'with what was typed' "$(body)" '赵敏二'
is 'so is a name that nobody can type' "$(post_as wang edu $people/new name=赵 login=Zhao place=edu)" 422
is 'so is a site of others' "$(post_as wang edu $people/new name=赵 login=zhao.er place=health)" 422
is 'and no administrator is made there' "$(post_as wang edu $people/new name=赵 login=zhao.er place=edu class=admin)" 422
is 'an administrator belongs to no site' "$(post_as sys edu $people/new name=周 login=zhou class=admin place=edu)" 422
is 'but to the group' "$(post_as sys edu $people/new name=周 login=zhou class=admin place=-)" 200

# --- roles --------------------------------------------------------------------------
is 'a role is given' "$(give_as wang li reviewer edu)" 303
is 'sent twice, it is one' "$(give_as wang li reviewer edu)" 303
is 'for a column as well' "$(give_as wang li publisher edu:notices)" 303
is 'they are there' "$(roles li)" 'author@edu publisher@edu:notices reviewer@edu '
is 'not on the site of others' "$(give_as wang li reviewer health)" 403
like 'in words' "$(body)" '没有在这个范围'
is 'a role that does not exist is none' "$(give_as wang li king edu)" 422
is 'roles of administrators are not for who looks after a site' "$(give_as wang li audit-admin -)" 403
is 'they exclude work on content' "$(give_as sec li audit-admin -)" 409
like 'in words' "$(body)" '互斥'
is 'and each other' "$(give_as sec aud system-admin -)" 409
is 'the administrator of security gives one' "$(give_as sec zhou audit-admin -)" 303
key=$(key_as wang "$people/$(id_of li)/give" "$people/$(id_of li)/give")
is 'nobody gives roles to himself' "$(post_with wang edu "$people/$(id_of wang)/give" "$key" role=author place=edu)" 403
like 'in words' "$(body)" '不能更改自己的角色'
site=$(site_sql "SELECT id FROM gov_site WHERE slug = 'edu'")
is 'a role is taken' "$(do_as wang li take "grant=reviewer $site 0")" 303
is 'and gone' "$(roles li)" 'author@edu publisher@edu:notices '
is 'taken again, it is gone all the same' "$(do_as wang li take "grant=reviewer $site 0")" 303
is 'whom one does not see, one takes nothing from' "$(post_with wang edu "$people/$(id_of hu)/take" \
    "$(key_as wang "$people/$(id_of li)" "$people/$(id_of li)/take")" 'grant=author 1 0')" 403

# --- passwords, sessions, state -----------------------------------------------------
at=$people/$(id_of zhao.min)
key=$(key_as wang "$at" "$at/reset")
is 'a password is reset' "$(post_with wang edu "$at/reset" "$key")" 200
again=$(body | grep -oE '([a-z0-9]{4}-){4}[a-z0-9]{4}' | head -n 1)
ok 'to another one' test "$again" != "$once"
is 'which ends the sessions' "$(status_as zhao.min edu /-/account/)" 303
is 'sent twice, it is the same password' "$(post_with wang edu "$at/reset" "$key")" 303
person_in edu zhao.min "$again" "$new!"
is 'and it opens a session' "$(status_as zhao.min edu /-/account/)" 200
is 'a form without a key comes back' "$(post_with wang edu "$at/reset" '')" 422
like 'with a word' "$(body)" 'gc-note-failed'
session=$(as sec edu "$at" | tr '\n' ' ' | grep -oE 'name="session" value="[0-9a-f]*"' | head -n 1 | cut -d'"' -f4)
is 'a session is ended' "$(do_as sec zhao.min end "session=$session")" 303
is 'at once' "$(status_as zhao.min edu /-/account/)" 303
is 'an account is disabled' "$(do_as wang zhao.min disable)" 303
person_in edu zhao.min "$new!"
is 'and opens nothing' "$person_said" 422
is 'it is unlocked' "$(do_as wang zhao.min unlock)" 303
is 'and enabled' "$(do_as wang zhao.min enable)" 303
person_in edu zhao.min "$new!"
is 'and opens a session' "$person_said" 303
key=$(key_as wang "$at" "$at/disable")
is 'nobody disables himself' "$(post_with wang edu "$people/$(id_of wang)/disable" "$key")" 403
like 'in words' "$(body)" '自己的账号'
is 'a site administrator resets nobody whom others keep' \
    "$(post_with wang edu "$people/$(id_of li)/reset" "$(key_as wang "$at" "$at/reset")")" 403
said=$(site_govctl audit search --actor wang --json | jq -r '.[].action' | sort -u | tr '\n' ' ')
like 'the audit has it all' "$said" 'grant.add grant.remove .*person.add person.disable person.enable person.reset person.unlock'
tap_end
