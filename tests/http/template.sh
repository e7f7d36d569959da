#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# What this test shows, in a sentence.  (Regression tests: issue N.)
#
# Copy to tNNNN-name.sh and make it executable; doc/howto/add-a-test.md.
. "$GOVPORTAL_TOP/tests/lib/tap.sh"
. "$GOVPORTAL_TOP/tests/lib/site.sh"
site_shared                     # only reads; a test that writes sources town.sh
                                # and says "town_up http-name" instead

is 'a column answers' "$(status_of edu /news/)" 200
like 'and says so in its title' "$(get edu /news/)" '<title>[^<]*教育局'
unlike 'without words of another site' "$(get edu /news/)" '<title>[^<]*卫生'
tap_end
