#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// Do the work that a page's captcha asks for: the page on standard input, what the
// widget would send on standard output.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const page = readFileSync(0, 'utf8');
const found = /data-challenge="([^"]*)"/.exec(page);
if (!found) {
  console.error('the page has no captcha');
  process.exit(1);
}
const text = found[1].replaceAll('&quot;', '"').replaceAll('&#34;', '"')
  .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const { algorithm, challenge, maxnumber, salt, signature } = JSON.parse(text);
for (let number = 0; number <= maxnumber; number++) {
  const digest = createHash('sha256').update(salt + number).digest('hex');
  if (digest === challenge) {
    console.log(Buffer.from(JSON.stringify(
      { algorithm, challenge, number, salt, signature })).toString('base64'));
    process.exit(0);
  }
}
console.error('no number fits');
process.exit(1);
