#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# The audit in the console: who may read it, what it is searched by, who answers for
# an address.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/lib/people.sh"
trap site_down_all EXIT
site_up console-audit
new='Plum-tree 2026'
audit=/-/console/audit/

enter() {
    local login
    login=$1
    person_make "$@"
    person_in edu "$login" "$person_password" "$new"
}
enter aud admin audit-admin
enter sec admin security-admin
enter li content author@edu
rows() { printf '%s' "$1" | grep -o '<tr>' | wc -l; }

is 'an author may not read it' "$(status_as li edu $audit)" 403
is 'nor may the administrator of security' "$(status_as sec edu $audit)" 403
page=$(as aud edu $audit)
like 'the administrator of the audit may' "$page" '建立账号'
like 'and sees how far the chain is' "$page" '[0-9]+:[0-9a-f]{64}'
like 'that it was read is in it' "$(site_govctl audit search --actor aud)" 'audit\.read'
like 'it is searched by who did it' "$(as aud edu "$audit?actor=li")" '>li<'
unlike 'and nobody else' "$(as aud edu "$audit?actor=li")" 'person\.add'
like 'by what was done' "$(as aud edu "$audit?action=person.*")" 'person\.add'
unlike 'and nothing else' "$(as aud edu "$audit?action=person.*")" '>session\.open<'
like 'by what it was done to' \
    "$(as aud edu "$audit?object=person:$(site_sql "SELECT id FROM gov_person WHERE login = 'li'")")" \
    'grant\.add'
like 'by its site' "$(as aud edu "$audit?place=edu&action=grant.*")" 'grant\.add'
like 'of another there is none' "$(as aud edu "$audit?place=health&action=grant.*")" 'gc-none'
like 'by its time' "$(as aud edu "$audit?from=$(date +%F)&action=grant.*")" 'grant\.add'
like 'there was none before' "$(as aud edu "$audit?to=2020-01-01")" 'gc-none'
like 'a day that is none is told' "$(as aud edu "$audit?from=2026-13-99")" 'gc-note-failed'
is 'a search for nonsense finds nothing' "$(status_as aud edu "$audit?actor=%25&object=*")" 200

post_as other edu /-/sign-in/ login=li password=wrong > /dev/null
failures=$(printf '%s' "$page" | grep -oE "${audit}[?]action=session[^\"]*" | head -n 1 | sed 's/&amp;/\&/g')
like 'sign-in failures are one link away' "$(as aud edu "$failures")" '被拒绝'
unlike 'which shows nothing else' "$(as aud edu "$failures")" 'person\.add'

as aud edu "$audit?action=person.*&format=xlsx" > "$site_dir/audit.xlsx"
ok 'it comes as a spreadsheet' unzip -tq "$site_dir/audit.xlsx"
like 'with the rows' "$(unzip -p "$site_dir/audit.xlsx" xl/sharedStrings.xml)" 'person\.add'

i=0
while [ $i -lt 60 ]; do
    echo "INSERT INTO gov_audit (at, actor, action, site_id, object, outcome) VALUES (NOW(6), 'many', 'person.add', 0, 'person:$i', 'done');"
    i=$((i + 1))
done > "$site_dir/many.sql"
site_sql "$(cat "$site_dir/many.sql")"
page=$(as aud edu "$audit?actor=many")
is 'many come in pages' "$(rows "$page")" 51
like 'the first says that there are more' "$page" 'rel="next"'
page=$(as aud edu "$audit?actor=many&page=2")
is 'the second has the rest' "$(rows "$page")" 11
unlike 'and is the last' "$page" 'rel="next"'

document=$(site_sql "SELECT l.document_id FROM gov_live l JOIN gov_site s ON s.id = l.site_id WHERE s.slug = 'edu' LIMIT 1")
column=$(site_sql "SELECT c.path FROM gov_document d JOIN gov_column c ON c.id = d.column_id WHERE d.id = $document")
url=$(site_url edu)/$column/$document.html
page=$(as aud edu "${audit}address?url=$(jq -rn --arg url "$url" '$url | @uri')")
like 'an address leads to its document' "$page" "document:$document"
like 'to who wrote it' "$page" 'document\.create'
like 'and to who published it' "$page" 'edition\.publish'
like 'an address of nobody is told' "$(as aud edu "${audit}address?url=http://x.example/")" '没有查到'
like 'so is none at all' "$(as aud edu "${audit}address?url=%00")" 'html'
is 'nobody else asks so' "$(status_as li edu "${audit}address?url=$url")" 403
tap_end
