# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# awk -f c_parts.awk -v part=code|strings FILE...
#
# "FILE:LINE:TEXT" for each line of C: its code, without comments and with string
# and character literals emptied; or its string literals only.

FNR == 1 { comment = 0 }
{
    text = $0
    code = ""; strings = ""
    while (text != "") {
        if (comment) {
            at = index(text, "*/")
            if (!at) { text = ""; break }
            text = substr(text, at + 2)
            comment = 0
            code = code " "
        } else if (match(text, /\/\*|\/\/|"|'/)) {
            code = code substr(text, 1, RSTART - 1)
            mark = substr(text, RSTART, RLENGTH)
            text = substr(text, RSTART + RLENGTH)
            if (mark == "/*")
                comment = 1
            else if (mark == "//")
                text = ""
            else {
                end = 1
                while (end <= length(text) && substr(text, end, 1) != mark)
                    end += (substr(text, end, 1) == "\\") ? 2 : 1
                if (mark == "\"" && code !~ /^[ \t]*#[ \t]*include/)
                    strings = strings " " mark substr(text, 1, end - 1) mark
                code = code mark mark
                text = substr(text, end + 1)
            }
        } else {
            code = code text
            text = ""
        }
    }
    out = (part == "strings") ? strings : code
    if (out ~ /[^ \t]/)
        print FILENAME ":" FNR ":" out
}
