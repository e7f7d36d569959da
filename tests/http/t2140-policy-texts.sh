#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Long official texts come out whole: every character, in order.  The texts of
# ../shared/policy beside the sources are taken if they are there.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
texts=$top/tests/http/fixtures/policy
[ ! -d "$top/../shared/policy" ] || texts=$top/../shared/policy
town_up http-policy

cat > "$town/whole.mjs" <<'NODE'
// whole.mjs TEXT < PAGE: is the text in the page's title and body, in order?
import { readFileSync } from 'node:fs';
const bare = (text) => text.replace(/[\s\u3000\ufeff]+/g, '');
const unmark = (html) => html.replace(/<[^>]*>/g, '').replace(/&lt;/g, '<')
  .replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;|&apos;/g, "'")
  .replace(/&nbsp;/g, ' ').replace(/&amp;/g, '&');
const text = bare(readFileSync(process.argv[2], 'utf8'));
const page = readFileSync(0, 'utf8');
const body = bare(unmark(/<div class="gov-body"[^>]*>([\s\S]*?)<\/div>/.exec(page)[1]));
const title = bare(unmark(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(page)[1]));
if (body !== text && title + body !== text) {
  let at = 0;
  const seen = text.startsWith(title) && !body.startsWith(title) ? title + body : body;
  while (at < text.length && text[at] === seen[at]) at += 1;
  console.log(`differs at ${at}: ${text.slice(at, at + 40)} / ${seen.slice(at, at + 40)}`);
}
NODE
count=0
for file in "$texts"/*.txt; do
    count=$((count + 1))
    cp "$file" "$town/"
    name=$(basename "$file")
    is "$name is taken" "$(bring --site www --column notices --type article "$name")" \
        'created 1, changed 0, same 0, failed 0'
    path=$(at "file:www:$name")
    for view in standard text; do
        is "$name comes out whole in the $view view" \
            "$(get www "$path?view=$view" | node "$town/whole.mjs" "$file")" ''
    done
    like "$name is in its column" "$(get www /notices/)" "href=\"$path\""
    like "$name is in the feed" "$(get www /notices/feed.atom)" "$path<|$path\""
done
is 'five texts' "$count" 5
tap_end
