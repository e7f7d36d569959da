#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Columns are made, named, ordered, moved and closed in the console; addresses lead on.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
. "$GOVPORTAL_TOP/tests/http/console.sh"
town_up http-console-columns
console_people
at=/-/console/edu/columns
location() { head_of "$@" | sed -n 's/^Location: //p'; }
column() { site_sql "SELECT c.id FROM gov_column c JOIN gov_site s ON s.id = c.site_id
    WHERE s.slug = 'edu' AND c.path = '$1'"; }
{ article one edu news 甲文; article two edu news 乙文; } | bring > /dev/null
one=$(at one) number=${one##*/}
news=$(column news) notices=$(column notices)

is 'an administrator sees the columns' "$(status_as admin edu "$at/")" 200
is 'an author does not' "$(status_as author edu "$at/")" 403
is 'nor does another site'\''s administrator' "$(status_as other edu "$at/$news")" 403
is 'a column of another site is not found' "$(status_as admin edu "$at/$(site_sql \
    "SELECT MIN(c.id) FROM gov_column c JOIN gov_site s ON s.id = c.site_id
     WHERE s.slug = 'www'")")" 404

is 'a new column' "$(send admin "$at/" column-add name=招生 slug=admission \
    type=article parent=0)" 303
is 'has a page at once' "$(status_of edu /admission/)" 200
like 'and stands in navigation' "$(get edu /)" '招生'
like 'and in the audit' "$(audited column.add)" 'admission: article'
is 'another of that path is refused' "$(send admin "$at/" column-add name=新生 \
    slug=admission type=article parent=0)" 422
like 'at its field' "$(wrong column-add-slug)" '路径'
like 'with what was typed' "$(cat "$site_dir/body")" 'value="新生"'
is 'and one of that name' "$(send admin "$at/" column-add name=招生 \
    slug=other type=article parent=0)" 422
like 'at its field, too' "$(wrong column-add-name)" '同名'
is 'and one of no type' "$(send admin "$at/" column-add name=x slug=x \
    type=nothing parent=0)" 422
admission=$(column admission)

is 'words in another language' "$(send admin "$at/$admission/words/en" \
    column-words name=Admission description='How to get in')" 303
like 'show there' "$(get edu /en/admission/)" 'Admission'
is 'out of navigation' "$(send admin "$at/$admission" column page-size=10 \
    interval=5 unit=0)" 303
unlike 'it is gone from there' "$(get edu /)" '招生'
is 'a page size that is none' "$(send admin "$at/$admission" column page-size=3 \
    interval=5 unit=0)" 422
is 'one up' "$(send admin "$at/$notices/shift" column-shift way=up)" 303
is 'stands first' "$(site_sql "SELECT position FROM gov_column WHERE id = $notices")" 0

is 'a rule of its own' "$(send admin "$at/$news/flow" column-flow reviews=2 \
    publisher=other hours=48 people=review=author)" 303
like 'is kept' "$(site_govctl flow show edu:news)" 'edu:news.*2.*other.*48.*review=author'
is 'nobody of that name' "$(send admin "$at/$news/flow" column-flow reviews=2 \
    publisher=other hours=48 people=review=nobody)" 422
is 'the rule from above again' "$(send admin "$at/$news/flow" column-flow \
    inherit=yes reviews=1 publisher=any hours=0)" 303
is 'is' "$(site_sql "SELECT COUNT(*) FROM gov_flow WHERE column_id = $news")" 0

is 'another path' "$(send admin "$at/$news/move" column-move slug=dynamics \
    parent="$admission")" 303
is 'has the document' "$(status_of edu "/admission/dynamics/$number")" 200
is 'the old column leads there' "$(location edu /news/)" \
    "$(site_url edu)/admission/dynamics/"
is 'for good' "$(status_of edu /news/)" 301
is 'so does the old document' "$(location edu "$one")" \
    "$(site_url edu)/admission/dynamics/$number"
is 'in its language' "$(location edu "/en$one")" \
    "$(site_url edu)/en/admission/dynamics/$number"
like 'the home page still shows it' "$(get edu /)" "/admission/dynamics/$number"
like 'the audit has both paths' "$(audited column.move)" \
    'news -> admission/dynamics'
is 'not below itself' "$(send admin "$at/$admission/move" column-move \
    slug=admission parent="$news")" 422
is 'nor to a path that is taken' "$(send admin "$at/$news/move" column-move \
    slug=notices parent=0)" 422
is 'and back' "$(send admin "$at/$news/move" column-move slug=news parent=0)" 303
is 'the first address answers' "$(status_of edu "$one")" 200
is 'the second leads there' "$(location edu "/admission/dynamics/$number")" \
    "$(site_url edu)$one"
is 'what never was is not found' "$(status_of edu /news/999999.html)" 404

is 'a column with documents is not closed for nothing' \
    "$(send admin "$at/$news/close" column-close target=0)" 422
like 'and says why' "$(wrong column-close-target)" '稿件'
is 'but into another one' "$(send admin "$at/$news/close" column-close \
    target="$notices")" 303
is 'its address leads there' "$(location edu /news/)" "$(site_url edu)/notices/"
is 'so do its documents' "$(location edu "$one")" "$(site_url edu)/notices/$number"
is 'which are there' "$(status_of edu "/notices/$number")" 200
like 'in the list, too' "$(get edu /notices/)" 甲文
is 'older addresses do not go astray' "$(location edu \
    "/admission/dynamics/$number")" "$(site_url edu)/notices/$number"
like 'the audit counts them' "$(audited column.close)" 'documents: 2'
is 'tags hold' "$(site_govctl integrity check > "$site_dir/said" 2>&1; echo $?)" 0
is 'one that is closed can be opened' "$(send admin "$at/$news/reopen" \
    column-reopen)" 303
is 'and answers' "$(status_of edu /news/)" 200

at=/-/console/edu/redirects/
is 'an author does not see redirects' "$(status_as author edu "$at")" 403
is 'an old address' "$(send admin "$at" redirect path=/art/1.htm \
    target=/notices/)" 303
is 'leads on' "$(location edu /art/1.htm)" "$(site_url edu)/notices/"
like 'stands in the list' "$(as admin edu "$at?address=art")" '/art/1.htm'
like 'and in the audit' "$(audited redirect.set)" '/art/1.htm -> /notices/'
is 'one that leads to another one' "$(send admin "$at" redirect path=/b \
    target=/art/1.htm)" 303
is 'one that leads back is refused' "$(send admin "$at" redirect path=/art/1.htm \
    target=/b)" 422
like 'at its field' "$(wrong redirect-target)" .
is 'so is one to itself' "$(send admin "$at" redirect path=/c target=/c)" 422
is 'one to nothing' "$(send admin "$at" redirect path=/c target=/nothing/)" 422
is 'one from what is there' "$(send admin "$at" redirect path=/notices/ \
    target=/news/)" 422
is 'one to a script' "$(send admin "$at" redirect path=/c \
    target=javascript:alert)" 422
is 'and one that leads nowhere by mistake' "$(send admin "$at" redirect \
    path=/c)" 422
is 'what is gone' "$(send admin "$at" redirect path=/c gone=yes)" 303
is 'is gone' "$(status_of edu /c)" 410
id=$(as admin edu "$at?address=%2Fart" | grep -o 'redirects/[0-9a-f]\{32\}"' |
    head -n 1 | tr -d '"')
is 'one can be removed' "$(send admin "${at%redirects/}$id" unredirect)" 303
is 'and is' "$(status_of edu /art/1.htm)" 404
tap_end
