#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# A dry run finds what the import would, and writes nothing: also where the sites
# are in the same run.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
site_up http-dry empty
trap site_down_all EXIT
rows() {
    site_sql 'SELECT (SELECT COUNT(*) FROM gov_site) + (SELECT COUNT(*) FROM gov_unit)
        + (SELECT COUNT(*) FROM gov_document) + (SELECT COUNT(*) FROM gov_asset)
        + (SELECT COUNT(*) FROM gov_event WHERE kind <> "integrity.begin")
        + (SELECT COUNT(*) FROM gov_redirect)'
}
demo=$top/conf/demo
records=$(cat "$demo"/documents/*.jsonl | grep -c .)
before=$(rows)

said=$(site_govctl import --dry-run --json "$demo/city.xml" \
    "$demo"/documents/*.jsonl 2> "$site_dir/findings")
is 'nothing fails' "$(printf '%s' "$said" | jq .failed)" 0
is 'every document would be created' "$(printf '%s' "$said" | jq .created)" "$records"
is 'it says that it was dry' "$(printf '%s' "$said" | jq .dry_run)" true
is 'nothing was written' "$(rows)" "$before"
is 'no site is there' "$(site_govctl site list --json | jq length)" 0

mkdir -p "$site_dir/import"
cp "$top/tests/http/fixtures/town.xml" "$site_dir/import/"
cd "$site_dir/import" || exit 1
{
    echo '{"id":"a","site":"edu","column":"news","type":"article","title":"甲","body":"<p>一</p>","share":["www:nowhere"]}'
    echo '{"id":"b","site":"edu","column":"news","type":"article","title":"乙"}'
    echo '{"id":"c","site":"edu","column":"news","type":"article","title":"丙","body":"<p>三</p>","translations":[{"lang":"en","title":""}]}'
    echo '{"id":"d","site":"edu","column":"news","type":"article","title":"丁","body":"<p>四</p>","old_paths":["x"]}'
    echo '{"id":"e","site":"edu","column":"news","type":"article","title":"戊","body":"<p>五</p>"}'
} > bad.jsonl
site_govctl import --dry-run town.xml bad.jsonl > "$site_dir/dry" 2> "$site_dir/findings"
is 'mistakes give status 1' $? 1
dry=$(cat "$site_dir/findings")
for wanted in 1:share 2:body 3:title 4:old_paths; do
    like "it finds the ${wanted#*:} of line ${wanted%:*}" "$dry" \
        "^bad.jsonl:${wanted%:*}: ${wanted#*:}: "
done
is 'and still nothing was written' "$(rows)" "$before"
site_govctl import town.xml bad.jsonl > "$site_dir/wet" 2> "$site_dir/findings"
is 'the import then finds just the same' "$(cat "$site_dir/findings")" "$dry"
is 'with the same count' "$(cut -d'(' -f1 "$site_dir/dry" | xargs)" \
    "$(xargs < "$site_dir/wet")"
is 'a record that failed left nothing behind' \
    "$(site_sql 'SELECT COUNT(*) FROM gov_document')" 1
tap_end
