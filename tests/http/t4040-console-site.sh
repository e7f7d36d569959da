#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# A site is run in the console: its record, its looks, its grey days.  What is changed
# shows at once; what is wrong comes back at its field.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
. "$GOVPORTAL_TOP/tests/http/console.sh"
town_up http-console-site
console_people
at=/-/console/edu/settings

is 'an administrator of the site sees its settings' \
    "$(status_as admin edu "$at")" 200
is 'an author does not' "$(status_as author edu "$at")" 403
is 'nor does an administrator of another site' "$(status_as other edu "$at")" 403
is 'the public is asked to sign in' "$(status_of edu "$at")" 303
like 'it is in the menu' "$(as admin edu /-/console/edu/)" "href=\"$at\""
unlike 'of those who may' "$(as author edu /-/console/edu/)" "$at"

is 'the record is kept' "$(send admin "$at" site-record code=1234567891 \
    icp=镇ICP备00000002号 sponsor='小镇教育局办公室 <b>' phone=0000-7654321 \
    address=学府路1号 postcode=000002)" 303
like 'and in the footer at once' "$(get edu /)" '小镇教育局办公室 &lt;b&gt;'
like 'so is the telephone' "$(get edu /)" 0000-7654321
like 'who wants to know what changed finds it' "$(audited site.record)" \
    'phone: - -> "0000-7654321"'
unlike 'and not what did not' "$(audited site.record)" icp
is 'the same again is no mistake' "$(send admin "$at" site-record \
    code=1234567891 icp=镇ICP备00000002号 sponsor='小镇教育局办公室 <b>' \
    phone=0000-7654321 address=学府路1号 postcode=000002)" 303
is 'but nothing is written' "$(audits site.record)" 1
is 'a wrong code is refused' "$(send admin "$at" site-record code=123456789x \
    phone=0000-1)" 422
like 'at its field' "$(wrong site-record-code)" 10
like 'with what was typed' "$(cat "$site_dir/body")" 'value="0000-1"'
is 'so is none' "$(send admin "$at" site-record phone=0000-1)" 422
is 'and an address that is none' "$(send admin "$at" site-record \
    code=1234567891 error-report=javascript:1)" 422
like 'also at its field' "$(wrong site-record-error-report)" http
is 'who may not cannot send it either' "$(key=$(console_key admin "$at" \
    site-record); post_with author edu "$at" "$key" code=1234567891)" 403

is 'words of a language' "$(send admin "$at/words/en" site-words \
    title='Schools of Town' phone='+86 1')" 303
like 'show in that language' "$(get edu /en/)" '<title>[^<]*Schools of Town'
unlike 'and in no other' "$(get edu /)" 'Schools of Town'
is 'the first language has a legal name' "$(send admin "$at/words/zh-CN" \
    site-words title=教育)" 422
like 'which is said' "$(wrong site-words-legal-name)" .
is 'a derived language has no words of its own' \
    "$(status_as admin edu "$at/words/zh-Hant")" 404

is 'another theme and colour' "$(send admin "$at/look" site-look theme=portal \
    accent=#5a1f7a)" 303
like 'are there at once' "$(get edu /)" 'theme-portal'
is 'a colour too light for white letters is refused' "$(send admin "$at/look" \
    site-look theme=portal accent=#ffee00)" 422
like 'at its field' "$(wrong site-look-accent)" '#rrggbb'
is 'so is a theme that is not installed' "$(send admin "$at/look" site-look \
    theme=../x accent=#5a1f7a)" 422

today=$(TZ=Asia/Shanghai date +%F)
is 'a day in grey' "$(send admin "$at/grey" site-grey from="$today" to="$today" \
    reason=公祭)" 303
like 'is grey' "$(get edu /)" 'gov-grey'
is 'not before it began' "$(send admin "$at/grey" site-grey from="$today" \
    to=2020-01-01 reason=公祭)" 422
is 'it can be taken back' "$(send admin "$at/ungrey" site-ungrey day="$today")" 303
unlike 'and colours are there again' "$(get edu /)" 'gov-grey'

site_govctl site freeze edu --reason test > /dev/null
is 'a frozen site is not changed' "$(send admin "$at" site-record \
    code=1234567891)" 409
like 'and says so' "$(cat "$site_dir/body")" '冻结'
tap_end
