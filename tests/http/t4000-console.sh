#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# The console without a script: a document from its author's form to the public and
# away again, each step by the one whose it is, and what must not work.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up console
new='Plum-tree 2026'
for person in ann:author rob:reviewer cleo:clearer paul:publisher; do
    person_make "${person%:*}" content "${person#*:}@edu"
    person_in www "${person%:*}" "$person_password" "$new"
done
person_make nina content author@edu:notices
person_in www nina "$person_password" "$new"
person_make lars content author@lake
person_in www lars "$person_password" "$new"
column() {
    site_sql "SELECT c.id FROM gov_column c JOIN gov_site s ON s.id = c.site_id
        WHERE s.slug = 'edu' AND c.path = '$1'"
}
news=/-/console/edu/columns/$(column news)/write
notices=/-/console/edu/columns/$(column notices)/write
where() { tr -d '\r' < "$site_head" | sed -n 's/^Location: //Ip'; }
# step LOGIN NAME [FIELD=VALUE...]: from the document's page; prints the status
step() {
    local login name page form
    login=$1 name=$2
    shift 2
    page=$(as "$login" www "$document")
    form=$(printf '%s' "$page" | tr '\n' ' ' |
        grep -oE "<form[^>]* action=\"[^\"]*/$name\".*" | head -n 1)
    [ -n "$form" ] || { echo none; return; }
    post_with "$login" www "$(printf '%s' "$form" |
        sed 's/^[^>]* action="\([^"]*\)".*/\1/')" "$(form_field "$form" _key)" \
        "seen=${seen-$(form_field "$form" seen)}" "$@"
}

is 'nobody is asked to sign in' "$(status_of www /-/console/)" 303
is 'an author has an overview' "$(status_as ann www /-/console/)" 200
like 'with the own site' "$(as ann www /-/console/)" '/-/console/edu/'
unlike 'and no other' "$(as ann www /-/console/)" '/-/console/lake/'
is "another site's console is closed" \
    "$(status_as ann www /-/console/lake/documents/)" 403
is 'a site that is not there is not found' \
    "$(status_as ann www /-/console/nowhere/documents/)" 404

page=$(as ann www "$news")
like 'the form is what the type says' "$page" 'name="subtitle"'
key=$(form_field "$page" _key)
is 'without a title it comes back' \
    "$(post_with ann www "$news" "$key" 'body=一段话')" 422
like 'which names the field' "$(cat "$site_dir/body")" 'href="#f-edition-title"'
like 'and keeps what was typed' "$(cat "$site_dir/body")" '一段话'
key=$(form_field "$(cat "$site_dir/body")" _key)
is 'with one it is saved' "$(post_with ann www "$news" "$key" 'title=冬季安全' \
    'body=第一段。' 'keywords=学校，安全 冬季')" 303
document=$(where | sed 's,^http://[^/]*,,; s/?.*//')
id=${document##*/}
like 'and the page says so' "$(as ann www "$document?done=saved")" 'gc-note-done'
like 'in plain text typed, it has paragraphs' "$(as ann www "$document")" \
    '<p>第一段。</p>'
is 'sent twice it is there once' "$(post_with ann www "$news" "$key" \
    'title=冬季安全' 'body=第一段。' 'keywords=学校，安全 冬季')" 303
is 'at the same address' "$(where | sed 's,^http://[^/]*,,; s/?.*//')" "$document"
is 'one document' "$(site_sql 'SELECT COUNT(*) FROM gov_document')" 1
is 'its keywords are three' "$(site_sql 'SELECT keywords FROM gov_edition')" \
    '["学校","安全","冬季"]'
is 'it is not public' "$(status_of edu "/news/$id.html")" 404

edit=/-/console/edu/editions/$(site_sql 'SELECT id FROM gov_edition')/edit
page=$(as ann www "$edit")
key=$(form_field "$page" _key)
seen=$(form_field "$page" seen)
is 'the author changes it' "$(post_with ann www "$edit" "$key" "seen=$seen" \
    'title=冬季校园安全' 'body=<p>第二稿</p><script>x</script>')" 303
unlike 'what is no text is cleaned' "$(site_sql 'SELECT body FROM gov_edition')" \
    'script'
page=$(as ann www "$edit")
is 'who saw what it was before is told' "$(post_with ann www "$edit" \
    "$(form_field "$page" _key)" "seen=$seen" 'title=别的' 'body=我写的')" 422
like 'with what was written' "$(cat "$site_dir/body")" '我写的'
is 'and nothing is overwritten' "$(site_sql 'SELECT title FROM gov_edition')" \
    '冬季校园安全'
unset seen

page=$(as ann www "$edit")
is 'an ID number and a wrong word can be saved' "$(post_with ann www "$edit" \
    "$(form_field "$page" _key)" "seen=$(form_field "$page" seen)" \
    'title=名单' 'body=<p>身份证号 11010519491231002X</p>')" 303
like 'but the page warns of them' "$(as ann www "$document")" \
    'gc-note-failed.*个人信息.*110\*+'
is 'and they cannot be submitted' "$(step ann submit)" 400
like 'which names what' "$(cat "$site_dir/body")" 'gov-mistakes'
page=$(as ann www "$edit")
is 'mended they can' "$(post_with ann www "$edit" "$(form_field "$page" _key)" \
    "seen=$(form_field "$page" seen)" 'title=冬季校园安全' 'body=<p>第二稿</p>')" 303

is 'an author cannot review' "$(step ann review)" none
is 'nor by knowing the address' "$(post_with ann www "${edit%edit}review" x)" 403
is 'the author submits it' "$(step ann submit 'remarks=请审核')" 303
is 'a clearer cannot come first' "$(step cleo clear verdict=pass basis=x)" none
like 'a reviewer finds it' "$(as rob www /-/console/)" 'state=submitted'
like 'with what the author says' "$(as rob www "$document")" '请审核'
is 'a return needs a reason' "$(step rob return)" 422
is 'with one it goes back' "$(step rob return 'remarks=错字')" 303
is 'the author submits it again' "$(step ann submit)" 303
is 'the reviewer approves' "$(step rob review)" 303
is 'a verdict needs a basis' "$(step cleo clear verdict=pass)" 422
is 'the clearer gives one' "$(step cleo clear verdict=pass basis='article 14')" 303
seen=$(printf '%064d' 0)
is 'what the publisher has not seen is not published' "$(step paul publish)" 409
unset seen
is 'a time must be one' "$(step paul schedule day=2027-01-01 time=99:99)" 422
is 'the publisher schedules it' "$(step paul schedule day=2027-01-01 time=09:00)" 303
is 'and cancels that' "$(step paul unschedule)" 303
is 'and publishes it' "$(step paul publish)" 303
is 'it is public at once' "$(status_of edu "/news/$id.html")" 200
is 'everybody is named' "$(site_govctl document steps "$id" --json |
    jq -r '[.[] | .step + ":" + .by] | join(" ")')" \
    'write:ann write:ann write:ann write:ann submit:ann return:rob submit:ann review:rob clear:cleo schedule:paul unschedule:paul publish:paul'

page=$(as ann www "$edit")
is 'a correction wants a note' "$(post_with ann www "$edit" \
    "$(form_field "$page" _key)" 'title=冬季校园安全' 'body=<p>第三稿</p>')" 422
like 'at its field' "$(cat "$site_dir/body")" 'href="#f-edition-note"'
is 'with one it is a new edition' "$(post_with ann www "$edit" \
    "$(form_field "$(cat "$site_dir/body")" _key)" 'title=冬季校园安全' \
    'body=<p>第三稿</p>' 'note=改错字')" 303
unlike 'which is not public yet' "$(get edu "/news/$id.html")" '第三稿'
link=$(as ann www "$document" | grep -oE 'http://[^"]*/-/preview/[^"]*' | head -n 1)
like 'but can be looked at by a link' "$(curl -s --resolve \
    "$(site_host edu):$site_port:127.0.0.1" "$link")" '第三稿'
is 'that nobody can make' "$(status_of edu "/-/preview/${link##*preview/}0")" 404
is 'nor use on another site' "$(status_of lake "/-/preview/${link##*preview/}")" 404

is 'who has one column writes there' "$(status_as nina www "$notices")" 200
is 'and in no other' "$(status_as nina www "$news")" 403
unlike 'nor sees what is there' "$(as nina www /-/console/edu/documents/)" '冬季'
is 'nor by its address' "$(status_as nina www "$document")" 403
is 'a document is of its own site only' \
    "$(status_as lars www "/-/console/lake/documents/$id")" 404

list=/-/console/edu/documents/
like 'the list finds by title' "$(as ann www "$list?q=%E5%86%AC")" "$document"
unlike 'and does not find what is not there' "$(as ann www "$list?q=%25")" "$document"
like 'by state' "$(as ann www "$list?state=draft")" "$document"
unlike 'and not by another' "$(as ann www "$list?state=cleared")" "$document"
for order in title state author published id; do
    like "in the order of $order" \
        "$(as ann www "$list?sort=$order&up=yes")" 'aria-sort="ascending"'
done
as ann www "$list?format=xlsx" > "$site_dir/list.xlsx"
like 'it is a spreadsheet, too' "$(unzip -p "$site_dir/list.xlsx" \
    xl/sharedStrings.xml)" '冬季校园安全'

is 'a withdrawal needs a reason' "$(document=/-/console/edu/editions/$(site_sql \
    "SELECT id FROM gov_edition WHERE state = 'live'") step paul withdraw)" 422
is 'with one it is done' "$(document=/-/console/edu/editions/$(site_sql \
    "SELECT id FROM gov_edition WHERE state = 'live'") step paul withdraw \
    remarks=wrong)" 303
is 'and it is gone at once' "$(status_of edu "/news/$id.html")" 410
unlike 'nothing went wrong' "$(cat "$site_dir/log/httpd-error.log")" ':error\]'
tap_end
