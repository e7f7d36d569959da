#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Our scripts: shellcheck finds nothing in them.
set -eu
cd "$(dirname "$0")/../.."

# SC1091 SC2034 SC2154: files source each other; SC2046 SC2086: lists are kept in
# variables, their words are meant to split; SC3043: "local" is in every sh we run
# on; SC2015: "a && b || c" only where b cannot fail; SC2016: text for make; SC2044: our file names have no blanks;
# SC2119 SC2120: functions with optional arguments.
leave=SC1091,SC2015,SC2016,SC2034,SC2044,SC2046,SC2086,SC2119,SC2120,SC2154,SC3043
shellcheck --shell=dash --exclude="$leave" --severity=info \
    govportal autogen.sh .ci/run tests/run \
    $(find conf/scripts tests/lint tests/lib tests/sql -name '*.sh') \
    mod_govportal/build/sources.sh mod_govportal/build/assets.sh \
    mod_govportal/build/install-tree.sh mod_govportal/build/messages.sh
