#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# What an article's page says of its neighbours, related documents and languages is
# kept with it, and stays what the lists say, whatever happens to the others.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-neighbours

# documents whose kept words are not those of the lists
wrong() {
    site_sql "SELECT COUNT(*) FROM gov_live l JOIN (SELECT site_id, column_id, lang,
        document_id, LAG(item) OVER w AS older, LEAD(item) OVER w AS newer
        FROM gov_listing WINDOW w AS (PARTITION BY site_id, column_id, lang
        ORDER BY sort_key)) n USING (site_id, column_id, lang, document_id)
        JOIN (SELECT site_id, document_id, GROUP_CONCAT(lang ORDER BY lang
        SEPARATOR ' ') AS langs FROM gov_live GROUP BY 1, 2) g
        USING (site_id, document_id) WHERE NOT (l.older <=> n.older
        AND l.newer <=> n.newer AND l.langs <=> g.langs)"
}
beside() { get edu "$(at "$1")" | grep -o 'rel="\(prev\|next\)".*' | head -n 1; }

{
    article one edu news 甲文 '"keywords":["水"],"published":"2026-01-01T08:00:00+08:00"'
    article three edu news 丙文 '"keywords":["水"],"published":"2026-01-03T08:00:00+08:00"'
} | bring > /dev/null
is 'after an import' "$(wrong)" 0
like 'the first names the second' "$(beside one)" 丙文
article two edu news 乙文 '"keywords":["水"],"published":"2026-01-02T08:00:00+08:00"' |
    bring > /dev/null
is 'after one that came between' "$(wrong)" 0
like 'the first names that one' "$(beside one)" 乙文
like 'so does the last' "$(beside three)" 乙文
article two edu news 新文 '"keywords":["水"],"published":"2026-01-02T08:00:00+08:00"' |
    bring > /dev/null
is 'after a correction' "$(wrong)" 0
like 'the new title is named' "$(get edu "$(at one)")" 新文
unlike 'the old one is not' "$(get edu "$(at one)")" 乙文
site_govctl document share --external two www:notices > /dev/null
site_govctl document pin --external three > /dev/null
is 'after sharing and pinning' "$(wrong)" 0
site_govctl document move --external three edu:notices > /dev/null
is 'after a move' "$(wrong)" 0
site_govctl document withdraw --external two --reason 试 > /dev/null
is 'after a withdrawal' "$(wrong)" 0
unlike 'nothing names what is gone, among the related either' \
    "$(get edu "$(at one)")" 新文
site_sql "UPDATE gov_live SET older = NULL, newer = NULL, langs = NULL"
site_govctl column renumber edu:news edu:notices > /dev/null
is 'renumbering writes it for a column' "$(site_sql "SELECT COUNT(*) FROM gov_live l
    JOIN gov_column c ON c.id = l.column_id JOIN gov_site s ON s.id = c.site_id
    WHERE s.slug = 'edu' AND c.path IN ('news', 'notices') AND langs IS NULL")" 0
tap_end
