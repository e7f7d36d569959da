# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# corpus.sh TARGET: a fuzz target, .../fuzz_NAME, replays tests/fuzz/corpus/NAME.
exec "$1" "$GOVPORTAL_TOP/tests/fuzz/corpus/${1##*/fuzz_}"
