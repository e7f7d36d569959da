// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// From a one-time password to one's account and out again, as a person does it:
// with the second factor, on a desktop and on a phone, with and without script, in
// Chinese and English.  axe looks at every page on the way, and nothing sticks out.

import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { done, launch, looks, ok, open, tell } from './browser.mjs';

/* COMMANDS on an instance of this test's own. */
const shell = commands => execFileSync('sh', ['-c',
  `. "$GOVPORTAL_TOP/tests/lib/site.sh"
   . "$GOVPORTAL_TOP/tests/lib/people.sh"; ${commands}`],
{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
const on = commands => shell(`site_use signing-in; ${commands}`);

/* RFC 6238 and RFC 4648, from their texts: what an authenticator app does. */
function code(secret, moment = Date.now()) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map(
    c => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(moment / 30000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const value = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(value % 1000000).padStart(6, '0');
}

const send = page => page.locator('main .gov-send button').first().click();
const mistakes = page => page.locator('.gov-mistakes');
const at = (page, path) => new URL(page.url()).pathname === path;

/* The whole way of LOGIN.  BASE is the site's home in some language. */
async function walk(browser, name, base, login, once, script) {
  const page = await open(browser, { javaScriptEnabled: script,
    reducedMotion: 'reduce' });
  const fresh = 'Plum-tree 2026';
  const path = rest => new URL(rest, base).pathname;
  page.script = script;

  await page.goto(new URL('-/account/', base).href);
  ok(`${name}: who is nobody is asked to sign in`, at(page, path('-/sign-in/')));
  await looks(page, `${name}-sign-in`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', 'not this one');
  await send(page);
  ok(`${name}: a wrong password is told`, await mistakes(page).count() === 1);
  ok(`${name}: the name stays, the password does not`,
    await page.inputValue('[name=login]') === login
      && await page.inputValue('[name=password]') === '');
  await looks(page, `${name}-sign-in-mistake`);
  await page.fill('[name=password]', once);
  await send(page);

  ok(`${name}: the second factor is set up first`,
    at(page, path('-/sign-in/enrol')));
  ok(`${name}: with a QR code`,
    await page.locator('main svg path').count() > 0);
  await looks(page, `${name}-enrol`);
  const secret = await page.inputValue('[name=_secret]');
  await page.fill('[name=code]', '12');
  await send(page);
  ok(`${name}: a wrong code is told`, await mistakes(page).count() === 1);
  ok(`${name}: the secret stays`,
    await page.inputValue('[name=_secret]') === secret);
  await page.fill('[name=code]', code(secret));
  await send(page);
  const recovery = await page.locator('main code').allInnerTexts();
  ok(`${name}: ten recovery codes are shown`, recovery.length === 10);
  await looks(page, `${name}-codes`);
  await page.locator('main .gov-actions a').click();

  ok(`${name}: then the one-time password asks for one's own`,
    at(page, path('-/sign-in/password')));
  await page.fill('[name=old]', once);
  await page.fill('[name=password]', '12345678');
  await page.fill('[name=again]', '12345679');
  await send(page);
  ok(`${name}: two that differ are told`, await mistakes(page).count() === 1);
  await looks(page, `${name}-password-mistake`);
  await page.fill('[name=old]', once);
  await page.fill('[name=password]', fresh);
  await page.fill('[name=again]', fresh);
  await send(page);

  ok(`${name}: the person is in, where she wanted to be`,
    at(page, path('-/account/')));
  ok(`${name}: the page says who it is`,
    (await page.locator('main').innerText()).includes(login));
  await looks(page, `${name}-account`);
  await page.locator('main a[href$="/-/account/factor"]').click();
  await looks(page, `${name}-renew`);
  const next = await page.inputValue('[name=_secret]');
  await page.fill('[name=password]', 'not this one');
  await page.fill('[name=code]', code(next));
  await send(page);
  ok(`${name}: another telephone wants the password`,
    await mistakes(page).count() === 1);
  await page.fill('[name=password]', fresh);
  await page.fill('[name=code]', code(next));
  await send(page);
  ok(`${name}: and gives new recovery codes`,
    (await page.locator('main code').allInnerTexts())
      .every(text => !recovery.includes(text)));
  recovery.splice(0, 10, ...await page.locator('main code').allInnerTexts());
  ok(`${name}: signing out is a page with a form`,
    (await page.goto(new URL('-/sign-out', base).href)).status() === 200);
  await looks(page, `${name}-sign-out`);
  await send(page);
  ok(`${name}: it leads home`, at(page, new URL(base).pathname));

  await page.goto(new URL('-/sign-in/', base).href);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', fresh);
  await send(page);
  ok(`${name}: the next time the code is asked for`,
    at(page, path('-/sign-in/factor')));
  await looks(page, `${name}-factor`);
  // a code of the app counts once, and that one was used a moment ago
  await page.fill('[name=code]', recovery[0]);
  await send(page);
  ok(`${name}: a recovery code is as good`, at(page, path('-/account/')));
  tell(`${name}: nothing went wrong on the way`, page.problems);
  await page.context().close();
}

/* Somebody from the street. */
async function register(browser, base) {
  const page = await open(browser, { javaScriptEnabled: true });
  page.script = true;
  await page.goto(base);
  await looks(page, 'registration');
  await send(page);
  ok('registration: what is missing is told', await mistakes(page).count() === 1);
  await looks(page, 'registration-mistake');
  tell('registration: nothing went wrong', page.problems);
  await page.context().close();
}

let browser;
try {
  const home = shell('site_up signing-in demo >&2; site_url edu');
  on('site_govctl policy set second-factor 2 >&2');
  const make = login => on(`person_make ${login} content author@edu
    printf %s "$person_password"`);
  browser = await launch();
  await walk(browser, 'chinese', `${home}/`, 'li.na', make('li.na'), true);
  await walk(browser, 'english', `${home}/en/`, 'wang.wei', make('wang.wei'),
    false);
  const event = on(`event_make 3
    printf '%s%s/join' "$(site_url culture)" "$event"`);
  await register(browser, event);
} finally {
  await browser?.close();
  shell('site_down signing-in >&2');
}
done();
