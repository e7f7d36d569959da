#!/bin/sh
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# Make ./configure from a checkout.  A release tarball brings it along.
set -eu
cd "$(dirname "$0")"

mod_govportal/build/sources.sh
mkdir -p mod_govportal/build/m4
exec autoreconf --install --warnings=all,no-obsolete "$@"
