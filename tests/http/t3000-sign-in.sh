#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# From a one-time password to an open session, and out again.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
trap site_down_all EXIT
site_up sign-in
new='Plum-tree 2026'

person_make li.na content author@edu
once=$person_password
is 'nobody sees the account page' "$(status_of edu /-/account/)" 303
like 'but is sent to sign in, and back' "$(head_of edu /-/account/)" \
    'Location: .*/-/sign-in/\?to=.*account'
is 'the sign-in page answers' "$(status_of edu /-/sign-in/)" 200
like 'and is kept nowhere' "$(head_of edu /-/sign-in/)" 'Cache-Control: no-store'

is 'a wrong password opens nothing' \
    "$(post_as li.na edu /-/sign-in/ login=li.na password=wrong)" 422
like 'the page says so' "$(cat "$site_dir/body")" 'aria-invalid="true"'
like 'and keeps the login name' "$(cat "$site_dir/body")" 'value="li.na"'
unlike 'but no password' "$(cat "$site_dir/body")" 'value="wrong"'
is 'a name that no account can have opens nothing either' \
    "$(post_as li.na edu /-/sign-in/ login=李娜 password=wrong)" 422
is 'a form without a key comes back' \
    "$(post_with li.na edu /-/sign-in/ '' login=li.na "password=$once")" 422

is 'the one-time password opens a session' \
    "$(post_as li.na edu /-/sign-in/ login=li.na "password=$once")" 303
like 'which asks for a new password first' "$(cat "$site_head")" \
    'Location: .*/-/sign-in/password'
like 'its cookie is out of reach of scripts' "$(cat "$site_head")" \
    'Set-Cookie: .*gov-session=.*HttpOnly; SameSite=Lax'
is 'and is nobody yet' "$(status_as li.na edu /-/account/)" 303
is 'a weak password is refused' "$(post_as li.na edu /-/sign-in/password \
    "old=$once" password=12345678 again=12345678)" 422
is 'so are two that differ' "$(post_as li.na edu /-/sign-in/password \
    "old=$once" "password=$new" again=other)" 422
is 'a good one opens the session' "$(post_as li.na edu /-/sign-in/password \
    "old=$once" "password=$new" "again=$new")" 303
like 'the account page knows the person' "$(as li.na edu /-/account/)" 'li\.na'
is 'on this host only' "$(status_as li.na health /-/account/)" 303
is 'the one-time password is worth nothing now' \
    "$(post_as other edu /-/sign-in/ login=li.na "password=$once")" 422

cp "$site_dir/jar-li.na" "$site_dir/jar-copy"
is 'signing out is a form' "$(post_as li.na edu /-/sign-out)" 303
is 'a copied cookie opens nothing then' "$(status_as copy edu /-/account/)" 303

for i in 1 2 3 4; do
    post_as other edu /-/sign-in/ login=li.na password=wrong > /dev/null
done
is 'too many failures shut this network out' \
    "$(post_as other edu /-/sign-in/ login=li.na "password=$new")" 429
ok 'govctl opens it again' site_govctl user unlock li.na
is 'and it is in' \
    "$(post_as other edu /-/sign-in/ login=li.na "password=$new")" 303
is 'govctl lists the session' "$(site_govctl session list li.na --json |
    jq length)" 1
ok 'and ends it' site_govctl session end li.na
is 'at once' "$(status_as other edu /-/account/)" 303

ok 'a disabled account' site_govctl user disable li.na
is 'opens nothing' \
    "$(post_as other edu /-/sign-in/ login=li.na "password=$new")" 422
like 'the audit tells all of it' "$(site_govctl audit tail --lines 40)" \
    'session\.open.*refused'
tap_end
