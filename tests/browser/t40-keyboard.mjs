// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// With the keyboard alone: a way past the header, every stop to be seen, the
// navigation, tabs, carousel and menu to be worked.

import { address, done, launch, ok, open, tell } from './browser.mjs';

const browser = await launch();
const page = await open(browser, { reducedMotion: 'reduce' });
const press = key => page.keyboard.press(key);
const inFocus = selector => page.evaluate(
  s => document.activeElement.matches(s), selector);

/* The element in focus, or for a radio button its label, which stands for it:
   is it to be seen, and is the focus? */
function stop() {
  const focus = document.activeElement;
  const seen = focus.matches('input[type="radio"]')
    ? document.querySelector(`label[for="${focus.id}"]`) : focus;
  const box = seen.getBoundingClientRect();
  const style = getComputedStyle(seen);
  const text = (seen.textContent || seen.value || '').trim().slice(0, 30);
  const name = `${seen.tagName} ${seen.className} "${text}"`;
  const problems = [];
  if (focus === document.body) return { end: true, problems };
  if (box.width < 1 || box.height < 1 || style.visibility !== 'visible')
    problems.push(`${name} is not to be seen`);
  if (box.bottom <= 0 || box.top >= innerHeight)
    problems.push(`${name} is off the screen`);
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)
    problems.push(`${name} does not show that it has the focus`);
  return { problems, end: false };
}

/* From the top to the bottom. */
async function walk(url) {
  const problems = [];
  let stops = 0;
  await page.goto(url);
  for (; stops < 400; stops++) {
    await press('Tab');
    const here = await page.evaluate(stop);
    if (here.end) break;
    problems.push(...here.problems);
  }
  if (stops < 20) problems.push(`only ${stops} stops`);
  if (stops === 400) problems.push('it does not end');
  return problems;
}

await page.goto(address('www', '/'));
await press('Tab');
ok('the first stop is the way past the header', await inFocus('.gov-skip'));
ok('it shows then', await page.locator('.gov-skip').evaluate(
  e => e.getBoundingClientRect().top >= 0));
await press('Enter');
ok('it leads to the content', await inFocus('#main'));
await press('Tab');
ok('the next stop is in the content', await inFocus('#main *'));

for (const [what, id, path] of [['portal', 'www', '/'],
  ['department', 'edu', '/'], ['column', 'www', '/news/'],
  ['elder view', 'edu', '/?view=elder'], ['text view', 'www', '/?view=text']])
  tell(`${what}: every stop is to be seen`, await walk(address(id, path)));

await page.goto(address('www', '/'));
const column = page.locator('.gov-nav > ul > li:has(ul)').first();
const menu = column.locator('ul');
await column.locator('a').first().focus();
await page.waitForTimeout(200);
ok('a column in the navigation opens when it has the focus',
  await menu.evaluate(e => getComputedStyle(e).visibility === 'visible'));
await press('Escape');
ok('Escape closes it', await menu.evaluate(
  e => getComputedStyle(e).visibility === 'hidden'));
ok('and leaves the focus where it was', await inFocus('.gov-nav a'));

const tabs = page.locator('.gov-block-tabs .gov-tabs').first();
await tabs.locator('input').first().focus();
await press('ArrowRight');
ok('an arrow key goes to the next tab',
  await tabs.locator('.gov-panel').nth(1).isVisible());

await page.locator('.gov-carousel-buttons button').last().focus();
await press('Enter');
await page.waitForFunction(
  () => document.querySelector('.gov-slides').scrollLeft > 0);
ok('the carousel turns by its button', true);

await page.setViewportSize({ width: 320, height: 640 });
await page.goto(address('www', '/'));
await page.locator('.gov-menu summary').focus();
await press('Enter');
await press('Tab');
ok('the menu of a phone opens and is the next stop',
  await inFocus('.gov-menu nav a'));

tell('nothing went wrong on the way', page.problems);
await browser.close();
done();
