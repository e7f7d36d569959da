# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# words.awk NAME=common FILE: a sorted C array of the words of FILE, one a line;
# lines that begin with '#' are passed over.

/^#/ || /^$/ { next }
/[^!-~]|["\\]/ { print FILENAME ":" FNR ": not a plain word: " $0 > "/dev/stderr"
                 failed = 1; exit 1 }
{ word[++n] = $0 }

END {
    if (failed)
        exit 1
    # by bytes, whatever the locale: all words are ASCII
    for (i = 32; i < 127; i++)
        rank[sprintf("%c", i)] = i
    for (i = 2; i <= n; i++) {
        this = word[i]
        for (k = i - 1; k > 0 && after(word[k], this); k--)
            word[k + 1] = word[k]
        word[k + 1] = this
    }
    print "/* Made by mod_govportal/build/words.awk. */"
    print "static const char *const " NAME "[] = {"
    for (i = 1; i <= n; i++)
        if (word[i] != word[i - 1])
            print "    \"" word[i] "\","
    print "};"
}

# Does A come after B?
function after(a, b,    i, x, y) {
    for (i = 1; i <= length(a) && i <= length(b); i++) {
        x = rank[substr(a, i, 1)]
        y = rank[substr(b, i, 1)]
        if (x != y)
            return x > y
    }
    return length(a) > length(b)
}
