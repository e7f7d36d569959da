// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// A department's day in the console: a document from an empty form to the public and
// away again, each by the one whose work it is; with the editor, in English without a
// script, on a desktop, a tablet and a phone.  axe looks at every page on the way.

import { execFileSync } from 'node:child_process';
import { done, launch, looks, ok, open, tell } from './browser.mjs';

/* COMMANDS on an instance of this test's own. */
const shell = commands => execFileSync('sh', ['-c',
  `. "$GOVPORTAL_TOP/tests/lib/site.sh"
   . "$GOVPORTAL_TOP/tests/lib/people.sh"; ${commands}`],
{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
const on = commands => shell(`site_use console-day; ${commands}`);

const widths = [1366, 768, 320];
const fresh = 'Plum-tree 2026';
const send = page => page.locator('main .gov-send button').first().click();

/* LOGIN in a window of her own, signed in. */
async function person(browser, base, login, script = true) {
  const once = on(`person_make ${login.name} content ${login.role}; echo "$person_password"`);
  const page = await open(browser, { javaScriptEnabled: script, reducedMotion: 'reduce' });
  page.script = script;
  await page.goto(new URL('-/sign-in/?to=/-/console/', base).href);
  await page.fill('[name=login]', login.name);
  await page.fill('[name=password]', once);
  await send(page);
  await page.fill('[name=old]', once);
  await page.fill('[name=password]', fresh);
  await page.fill('[name=again]', fresh);
  await send(page);
  return page;
}

/* Take a step from the document's page. */
async function step(page, url, name, fill = async () => {}) {
  await page.goto(url);
  const form = page.locator(`form[action$="/${name}"]`);
  const summary = page.locator(`details:has(form[action$="/${name}"]) > summary`);
  if (await summary.count()) await summary.click();
  await fill(form);
  await form.locator('button').click();
  return page.locator('.gc-note-done').count();
}

let browser;
try {
  shell('site_up console-day demo >&2');
  const www = `${on('site_url www')}/`;
  const edu = `${on('site_url edu')}/`;
  browser = await launch();

  const ann = await person(browser, www, { name: 'ann', role: 'author@edu' });
  await ann.goto(new URL('-/console/', www).href);
  await looks(ann, 'overview', widths);
  await ann.goto(new URL('-/console/edu/', www).href);
  await looks(ann, 'site', widths);
  await ann.goto(new URL('-/console/edu/documents/', www).href);
  await looks(ann, 'documents', widths);
  await ann.keyboard.press('/');
  ok('a key leads to the search', await ann.evaluate(
    () => document.activeElement.name === 'q'));
  await ann.locator('.gc-menu a, .gc-actions a').filter({ hasText: '写稿' }).click();
  await looks(ann, 'choose');
  await ann.locator('.gc-works a').first().click();
  await ann.locator('.jodit-wysiwyg').waitFor();
  await looks(ann, 'write', widths);
  await send(ann);
  await ann.locator('.gov-mistakes').waitFor();
  ok('what is missing is told, and has the focus', await ann.evaluate(
    () => document.activeElement.className === 'gov-mistakes'));
  await looks(ann, 'write-mistake');

  // what was typed outlives the page
  const address = ann.url();
  await ann.goto(address);
  await ann.fill('[name=title]', '雨雪天气错峰上学安排');
  await ann.locator('.jodit-wysiwyg').click();
  await ann.keyboard.type('气温低于零下十度时推迟一小时。');
  ok('typed, it is kept in this browser', await ann.waitForFunction(
    () => Object.values(window.localStorage).some(t => t.includes('推迟一小时')))
    .then(() => true, () => false));
  ann.on('dialog', dialog => dialog.accept());
  await ann.goto(new URL('-/console/', www).href);
  await ann.goto(address);
  await ann.locator('.jodit-wysiwyg').waitFor();
  ok('and is there again', await ann.inputValue('[name=title]')
    === '雨雪天气错峰上学安排'
    && (await ann.locator('.jodit-wysiwyg').innerText()).includes('推迟一小时'));
  await send(ann);
  await ann.locator('.gc-note-done').waitFor();
  ok('saved, it is kept no longer', await ann.evaluate(
    () => !Object.keys(window.localStorage).some(k => k.startsWith('govportal:'))));
  const document_ = ann.url().replace(/[?].*/, '');
  const id = document_.split('/').pop();
  await looks(ann, 'draft', widths);
  ok('submitted', await step(ann, document_, 'submit') === 1);

  const rob = await person(browser, www, { name: 'rob', role: 'reviewer@edu' });
  await rob.locator('.gc-tasks a').first().click();
  ok('a reviewer finds it by the task', await rob.locator('td a')
    .filter({ hasText: '雨雪天气' }).count() === 1);
  await rob.goto(document_);
  await looks(rob, 'review', widths);
  ok('approved', await step(rob, document_, 'review') === 1);
  const cleo = await person(browser, www, { name: 'cleo', role: 'clearer@edu' });
  ok('cleared', await step(cleo, document_, 'clear', async form => {
    await form.locator('[value=pass]').check();
    await form.locator('[name=basis]').fill('已对照保密事项范围');
  }) === 1);
  const paul = await person(browser, www, { name: 'paul', role: 'publisher@edu' });
  ok('published', await step(paul, document_, 'publish') === 1);
  await looks(paul, 'published', widths);
  await paul.goto(await paul.locator('.gc-facts a').first().getAttribute('href'));
  ok('everybody can read it', new URL(paul.url()).host === new URL(edu).host
    && (await paul.locator('main').innerText()).includes('推迟一小时'));
  ok('and it says so', paul.url().endsWith(`/${id}.html`));

  // in English, without a script
  const eve = await person(browser, new URL('en/', www).href,
    { name: 'eve', role: 'author@edu' }, false);
  await eve.goto(new URL('en/-/console/edu/', www).href);
  ok('without a script, in English', (await eve.locator('h1 ~ * h2').allInnerTexts())
    .includes('To do'));
  await looks(eve, 'plain-site');
  await eve.goto(new URL(`en${new URL(address).pathname}`, www).href);
  await eve.fill('[name=title]', 'Snow days');
  await eve.fill('[name=body]', 'One paragraph.\n\nAnother.');
  await looks(eve, 'plain-write');
  await send(eve);
  ok('a text typed plainly has its paragraphs',
    await eve.locator('.gc-text p').count() === 2);
  ok('and is submitted', await step(eve, eve.url().replace(/[?].*/, ''), 'submit') === 1);
  await eve.locator('.gc-person summary').click();
  ok('its menus open', await eve.locator('.gc-person a').first().isVisible());

  for (const [name, page] of Object.entries({ ann, rob, cleo, paul, eve }))
    tell(`nothing went wrong for ${name}`, page.problems
      .filter(text => !/422/.test(text)));
} finally {
  await browser?.close();
  shell('site_down console-day >&2');
}
done();
