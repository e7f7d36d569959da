#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// Do the work that a page's captcha asks for: the page on standard input, what the
// widget would send on standard output.

import { readFileSync } from 'node:fs';
import { prove } from './visit.mjs';

const proof = prove(readFileSync(0, 'utf8'));
if (!proof) {
  console.error('the page has no captcha');
  process.exit(1);
}
console.log(proof);
