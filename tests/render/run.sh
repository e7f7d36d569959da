#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: GovPortal contributors
#
# Contracts, examples, themes and words; TAP on standard output.

cd "$(dirname "$0")" || exit 1
for tool in node xmllint xsltproc; do
    command -v "$tool" >/dev/null || {
        echo "Bail out! $tool is not installed"
        exit 1
    }
done
exec node render.mjs
