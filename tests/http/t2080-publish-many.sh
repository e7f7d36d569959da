#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# R029: many documents are published at one go.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
. "$GOVPORTAL_TOP/tests/lib/workers.sh"
town_up http-many

for n in $(seq 60); do
    article "many-$n" edu news "第${n}篇" '"state":"draft"'
done | bring > /dev/null
numbers() {
    site_sql "SELECT DISTINCT document_id FROM gov_edition
        WHERE state = '$1' ORDER BY document_id"
}
drafts=$(numbers draft)
is 'there are drafts of all' "$(printf '%s\n' "$drafts" | wc -l)" 60
workers
all_signed() {
    for n in $(seq 60); do signed "many-$n" || return 1; done
}
ok 'each is reviewed and cleared' all_signed
is 'but nobody sees them' "$(get edu /news/ | grep -c '篇</a>')" 0

# shellcheck disable=SC2086
set -- $drafts
shift 2
out=$(site_govctl document publish "$@")
is 'each has its line' "$(printf '%s\n' "$out" | grep -c ' is live$')" 58
is 'and is live' "$(numbers live | wc -l)" 58
seen=$(for page in $(seq 1 20); do
    [ "$(status_of edu "/news/page-$page.html")" = 200 ] || break
    get edu "/news/page-$page.html"
done; get edu /news/)
is 'the column shows all of them at once' \
    "$(printf '%s\n' "$seen" | grep -o '第[0-9]*篇</a>' | sort -u | wc -l)" 58
is 'each has its place in the audit' "$(site_sql "SELECT COUNT(*)
    FROM gov_audit WHERE action = 'edition.publish'")" 58

# looked at before anything is done
# shellcheck disable=SC2086
set -- $drafts
out=$(site_govctl document publish "$1" "$2" "$3" 2>&1)
is 'a document without a draft is refused' $? 8
like 'by its number' "$out" "document $3 has no edition for this"
is 'and nothing is published' "$(numbers live | wc -l)" 58
tap_end
