#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# What C builds keeps the contract of its page kind: the models behind pages of
# every kind, type, language and view against xslt/contract/<kind>.rng.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
site_shared

# first SITE COLUMN: path of a document of the column
first() { get "$1" "$2" | grep -oE "href=\"$2[0-9]+\.html" | head -n 1 | cut -d'"' -f2; }

# keeps SITE PATH: its model validates
keeps() {
    url=$(site_url "$1")$2
    model=$site_dir/model.xml
    site_govctl model "$url" > "$model" 2>&1 ||
        { ok "$1$2 has a model: $(head -c 200 "$model")" false; return 0; }
    kind=$(sed -n 's/.*<page kind="\([a-z-]*\)".*/\1/p' "$model" | head -n 1)
    rng=$GOVPORTAL_TOP/xslt/contract/$kind.rng
    [ -f "$rng" ] ||
        rng=$(ls "$GOVPORTAL_TOP"/plugins/*/xslt/contract/"$kind".rng)
    if said=$(xmllint --noout --relaxng "$rng" "$model" 2>&1); then
        tap_pass "$1$2 keeps the contract of $kind"
    else tap_fail "$1$2 keeps the contract of $kind" said "$said"; fi
}

for path in / /en/ '/?view=text' /sitemap.html /news/ /news/city/ \
    /leaders/ /services/ /overview/city/ /friends/; do keeps www "$path"; done
for column in /news/city/ /notices/ /policy/documents/ /gallery/ /video/ \
    /topics/ /downloads/ /leaders/ /institutions/; do
    keeps www "$(first www "$column")"
done
keeps edu /
keeps edu "$(first edu /news/)?view=print"
keeps linjiang /
keeps linjiang /zh-hant/news/
keeps qingyuan /en/
tap_end
