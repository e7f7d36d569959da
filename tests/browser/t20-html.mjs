// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// The Nu HTML checker has nothing to say about any page in any language or view.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { done, everyPage, fetchPage, inParallel, tell } from './browser.mjs';

const jar = 'node_modules/vnu-jar/build/dist/vnu.jar';
const dir = mkdtempSync(join(tmpdir(), 'govportal-html-'));
const pages = await everyPage();
const files = new Map();

for (const page of pages) {
  page.found = [];
  await inParallel(page.all, 4, async variant => {
    const file = join(dir, `${files.size}.html`);
    files.set(file, { page, variant });
    writeFileSync(file, (await fetchPage(variant.url)).html);
  });
}

/* It exits with 1 when it has found something; that is in the report. */
const { stderr } = await promisify(execFile)('java',
  ['-Xmx512m', '-jar', jar, '--format', 'json', dir],
  { maxBuffer: 1 << 26 }).catch(error => error);
for (const { url, lastLine, message, extract } of JSON.parse(stderr).messages) {
  const { page, variant } = files.get(url.replace(/^file:\/*/, '/'));
  page.found.push(`${variant.url} line ${lastLine}: ${message}`
    + ` [${(extract ?? '').replace(/\s+/g, ' ')}]`);
}
for (const { name, found } of pages) tell(`${name}: valid HTML`, found);
rmSync(dir, { recursive: true });
done();
