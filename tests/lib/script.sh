# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# script.sh FILE: run a test that is a script, by what it is.
case $1 in
*.mjs) exec node "$1" ;;
*)     if [ -x "$1" ]; then exec "$1"; else exec sh "$1"; fi ;;
esac
