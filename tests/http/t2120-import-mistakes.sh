#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# A file full of mistakes: each is named with file, line and field, and what is
# right goes in.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
. "$GOVPORTAL_TOP/tests/http/town.sh"
town_up http-mistakes
cp "$top/conf/demo/pictures/city-03.jpg" "$town/"
echo '这不是图片' > "$town/not.jpg"
printf '\377\376' > "$town/latin.html"

# the line's number, the field that must be named, what is wrong
while IFS='|' read -r field line; do
    printf '%s\n' "$line" >> "$town/bad.jsonl"
    printf '%s\n' "$field" >> "$town/wanted"
done <<'LINES'
|{"id":"broken
id|{"site":"edu","column":"news","type":"article","title":"无编号"}
site|{"id":"m3","site":"nowhere","column":"news","type":"article","title":"甲","body":"<p>x</p>"}
column|{"id":"m4","site":"edu","column":"nowhere","type":"article","title":"甲","body":"<p>x</p>"}
type|{"id":"m5","site":"edu","column":"news","type":"novel","title":"甲","body":"<p>x</p>"}
title|{"id":"m6","site":"edu","column":"news","type":"article","title":"","body":"<p>x</p>"}
body|{"id":"m7","site":"edu","column":"news","type":"article","title":"甲"}
published|{"id":"m8","site":"edu","column":"news","type":"article","title":"甲","body":"<p>x</p>","published":"昨天"}
published|{"id":"m9","site":"edu","column":"news","type":"article","title":"甲","body":"<p>x</p>","published":"2999-01-01T00:00:00+08:00"}
state|{"id":"m10","site":"edu","column":"news","type":"article","title":"甲","body":"<p>x</p>","state":"maybe"}
autor|{"id":"m11","site":"edu","column":"news","type":"article","title":"甲","body":"<p>x</p>","autor":"张三"}
picture|{"id":"m12","site":"edu","column":"news","type":"article","title":"甲","body":"<p>x</p>","picture":{"file":"city-03.jpg"}}
picture|{"id":"m13","site":"edu","column":"news","type":"article","title":"甲","body":"<p>x</p>","picture":{"file":"missing.jpg","alt":"城"}}
picture|{"id":"m14","site":"edu","column":"news","type":"article","title":"甲","body":"<p>x</p>","picture":{"file":"not.jpg","alt":"城"}}
picture|{"id":"m15","site":"edu","column":"news","type":"article","title":"甲","body":"<p>x</p>","picture":{"file":"../../../../etc/passwd","alt":"城"}}
body|{"id":"m16","site":"edu","column":"news","type":"article","title":"甲","body":"<img src=\"missing.jpg\" alt=\"城\">"}
body_file|{"id":"m17","site":"edu","column":"news","type":"article","title":"甲","body_file":"latin.html"}
lang|{"id":"m18","site":"edu","column":"news","type":"article","title":"甲","body":"<p>x</p>","lang":"zh-Hant"}
share|{"id":"m19","site":"edu","column":"news","type":"article","title":"甲","body":"<p>x</p>","share":["www:nowhere"]}
old_paths|{"id":"m20","site":"edu","column":"news","type":"article","title":"甲","body":"<p>x</p>","old_paths":["old.html"]}
attachments|{"id":"m21","site":"edu","column":"news","type":"article","title":"甲","body":"<p>x</p>","attachments":[{"file":"city-03.jpg"}]}
column|{"id":"m22","site":"www","column":"schools","type":"article","title":"甲","body":"<p>x</p>"}
|["不是对象"]
LINES
article good edu news 好的 >> "$town/bad.jsonl"
said=$(bring bad.jsonl)
total=$(wc -l < "$town/wanted")
is 'the good record goes in, the others do not' "$said" \
    "created 1, changed 0, same 0, failed $total"
n=0
while read -r field; do
    n=$((n + 1))
    like "line $n is named${field:+ with the field $field}" \
        "$(cat "$town/findings")" "^bad.jsonl:$n: ${field:+$field: }."
done < "$town/wanted"
is 'one line for each' "$(grep -vc ': note: ' "$town/findings")" "$total"
(cd "$town" && site_govctl import bad.jsonl > /dev/null 2>&1)
is 'the status says so' $? 1
is 'the same mistakes are found again' "$(bring bad.jsonl)" \
    "created 0, changed 0, same 1, failed $total"
is 'one document is there' "$(site_sql 'SELECT COUNT(*) FROM gov_document')" 1

# other files that cannot be read
echo '<group' > "$town/broken.xml"
bring broken.xml > /dev/null
like 'XML that is broken: the line' "$(cat "$town/findings")" '^broken.xml:[12]: '
echo '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><group xmlns="urn:govportal:group:1" name="&x;" timezone="Asia/Shanghai"/>' > "$town/entity.xml"
bring entity.xml > /dev/null
like 'XML with an entity is refused' "$(cat "$town/findings")" '^entity.xml'
unlike 'and nothing of the file is told' "$(cat "$town/findings")" root:
is 'a file of another kind' "$(bring not.jpg)" 'created 0, changed 0, same 0, failed 1'
is 'a file that is not there' "$(bring nothing.jsonl)" \
    'created 0, changed 0, same 0, failed 1'
tap_end
