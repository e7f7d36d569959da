// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// What the markup cleaner made of every attack it is tested with, shown by a real
// browser on a page without any policy: no script runs, nothing is there that the
// cleaner's lists do not name, and reading it again and again changes nothing.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { done, tell } from './browser.mjs';

const program = 'tests/unit/security/test_markup_hostile';
const build = process.env.GOVPORTAL_BUILD;
const dir = mkdtempSync(join(tmpdir(), 'govportal-markup-'));
const file = join(dir, 'outputs');

execFileSync('make', ['-C', build, program], { stdio: 'ignore' });
execFileSync(join(build, program), { stdio: 'ignore',
  env: { ...process.env, MARKUP_OUT: file } });
const outputs = [...new Set(readFileSync(file, 'utf8').split('\0'))]
  .filter(Boolean);
rmSync(dir, { recursive: true });

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox'] });
const page = await browser.newPage();
const ran = [];
await page.exposeFunction('__ran', what => ran.push(what));
await page.addInitScript(() => {
  for (const name of ['x', 'X', 'y', 'alert'])
    window[name] = () => { window.__ran(name); return ''; };
  // pictures have an x of their own, which a handler on them would find first
  for (const name of Object.getOwnPropertyNames(window)) {
    const own = /^(HTML|SVG)/.test(name) && window[name]?.prototype;
    if (own && Object.hasOwn(own, 'x'))
      Object.defineProperty(own, 'x', { get: () => window.x });
  }
});
page.on('dialog', dialog => { ran.push('dialog'); dialog.dismiss(); });
page.on('popup', () => ran.push('popup'));
// nothing leaves this machine; what a picture would ask for does not matter
await page.route('**/*', route => route.request().isNavigationRequest()
  && route.request().url() === 'http://cleaned.invalid/'
  ? route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><title>a</title>' })
  : route.abort());

/* In the page: show it, read what the browser made of it, wake it up. */
function show(html) {
  const problems = [];
  const box = document.createElement('div');
  document.body.replaceChildren(box);
  box.innerHTML = html;
  const once = box.innerHTML;
  box.innerHTML = once;
  if (box.innerHTML !== once) problems.push('it changes when it is read again');
  for (const at of box.querySelectorAll('*')) {
    if (at.namespaceURI !== 'http://www.w3.org/1999/xhtml')
      problems.push(`<${at.localName}> of another namespace`);
    if (/^(script|style|iframe|object|embed|form|input|button|base|link|meta|template|noscript)$/
      .test(at.localName)) problems.push(`<${at.localName}>`);
    for (const { name, value } of at.attributes) {
      if (/^on|^style$|^srcdoc$|^action$|^formaction$/.test(name))
        problems.push(`${name}=`);
      if (/^(href|src|cite)$/.test(name)
        && !/^(https?|mailto|tel):$/.test(new URL(value, 'http://a.cn/').protocol))
        problems.push(`${name}=${value}`);
    }
    if (at.id && at.id in window && !at.id.startsWith('c-'))
      problems.push(`id ${at.id} hides something of the page`);
    for (const type of ['click', 'focus', 'mouseover', 'error', 'load', 'toggle'])
      at.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
  }
  return problems;
}

// links are not followed: a click on one is stopped before
await page.goto('http://cleaned.invalid/');
await page.evaluate(() => addEventListener('click', e => e.preventDefault(), true));
const changed = [];
for (const html of outputs) {
  const problems = await page.evaluate(show, html);
  for (const problem of problems)
    changed.push(`${problem}: ${html.slice(0, 120)}`);
  if (ran.length) changed.push(`${ran.splice(0)} ran: ${html.slice(0, 120)}`);
}
tell(`${outputs.length} cleaned attacks do nothing when they are put into a page`,
  changed);

// and as part of the page's own source, twenty at a time
const parsed = [];
const texts = outputs.map(html => `<section>${html}</section>`);
for (let i = 0; i < texts.length; i += 20) {
  await page.setContent('<!DOCTYPE html><title>a</title>'
    + texts.slice(i, i + 20).join('\n'), { waitUntil: 'load' });
  const sections = await page.evaluate(
    'document.querySelectorAll("body > section").length');
  if (sections < Math.min(20, texts.length - i))
    parsed.push(`outputs from ${i}: one breaks out of its section`);
  if (ran.length) parsed.push(`outputs from ${i}: ${ran.splice(0)} ran`);
}
tell('nor when a page is made of them', parsed);

// the test would see a script: each way of running one does
await page.setContent('<!DOCTYPE html><title>a</title><img src="a" onerror="x()">'
  + '<script>x()</script><svg onload="x()"></svg>');
for (let tries = 0; tries < 100 && ran.length < 3; tries++)
  await page.waitForTimeout(100);
tell('an attack that was not cleaned would have been seen',
  ran.length >= 3 ? [] : [`only ${ran.length} scripts ran`]);
await browser.close();
done();
