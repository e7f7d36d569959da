// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// What script adds: the carousel's show, the question before a link leaves
// government, frames for wide tables, paper.

import { address, done, launch, ok, open, tell } from './browser.mjs';

const browser = await launch();
const page = await open(browser);
const home = address('www', '/');

/* --- carousel ----------------------------------------------------------- */

const track = page.locator('.gov-slides').first();
const play = page.locator('.gov-carousel-buttons button').nth(1);
const current = () => page.locator('.gov-dots a').evaluateAll(
  dots => dots.findIndex(dot => dot.hasAttribute('aria-current')));
const slide = n => page.waitForFunction(wanted =>
  [...document.querySelectorAll('.gov-dots a')][wanted]
    .hasAttribute('aria-current'), n).then(() => true);

await page.goto(home);
ok('the carousel begins with its first picture', await current() === 0);
const paused = await play.getAttribute('aria-label');
await play.click();
ok('its show can be stopped', paused !== await play.getAttribute('aria-label'));
await page.locator('.gov-carousel-buttons button').last().click();
ok('it turns to the next picture', await slide(1));
await page.locator('.gov-dots a').nth(2).hover();
const before = await page.evaluate(() => scrollY);
await page.locator('.gov-dots a').nth(2).click();
ok('a dot goes to its picture', await slide(2));
ok('without moving the page', await page.evaluate(y => scrollY === y
  && location.hash === '', before));
ok('only the picture to be seen can have the focus',
  await track.locator('a[tabindex="0"]').count() === 1);

const still = await open(browser, { reducedMotion: 'reduce' });
await still.goto(home);
const label = n => still.locator('.gov-carousel-buttons button').nth(n)
  .getAttribute('aria-label');
ok('it does not move by itself for those who do not want that',
  await label(1) !== paused);

/* --- leaving ------------------------------------------------------------ */

await page.context().route('https://www.w3.org/**', route => route.fulfill(
  { contentType: 'text/html', body: '<title>elsewhere</title>' }));
await page.goto(address('www', '/about/accessibility/'));
const link = page.locator('.gov-body a[rel~="external"]').first();
const dialog = page.locator('#gov-leave');
const here = page.url();

await link.click();
ok('a link out of government asks first', await dialog.isVisible());
ok('and says where it leads', (await dialog.textContent()).includes(
  await link.getAttribute('href')));
ok('the focus is in the question', await page.evaluate(
  () => document.activeElement.closest('#gov-leave') !== null));
await page.keyboard.press('Escape');
ok('Escape stays', await dialog.isHidden() && page.url() === here);
ok('and the focus returns to the link', await link.evaluate(
  e => document.activeElement === e));
await link.click();
await dialog.locator('button[value="no"]').click();
ok('"back" stays', await dialog.isHidden() && page.url() === here);
await link.click();
const [other] = await Promise.all([page.context().waitForEvent('page'),
  dialog.locator('button[value="yes"]').click()]);
await other.waitForLoadState();
ok('"go on" opens it beside this page', other.url().includes('w3.org')
  && page.url() === here);
ok('and it cannot reach back', await other.evaluate(() => !window.opener));
await other.close();

await page.goto(home);
ok('links within government do not ask', await page.locator(
  'a[href^="/"][rel~="external"], .gov-footer a[rel~="external"]').count() === 0);

/* --- tables, paper ------------------------------------------------------ */

await page.goto(address('www', '/overview/city/'));
const frame = page.locator('div.gov-table').first();
ok('a table that fits is no stop for the keyboard',
  await frame.getAttribute('tabindex') === null);
await page.setViewportSize({ width: 320, height: 640 });
await frame.and(page.locator('[tabindex="0"]')).waitFor();
ok('one that scrolls is, and has a name',
  await frame.getAttribute('aria-label') !== '');

await page.setViewportSize({ width: 1366, height: 860 });
await page.emulateMedia({ media: 'print' });
ok('paper has no navigation', await page.locator('.gov-nav').isHidden()
  && await page.locator('.gov-utility').isHidden());
ok('but the text and who published it',
  await page.locator('.gov-body').isVisible()
  && await page.locator('.gov-imprint').isVisible());

tell('nothing went wrong on the way', [...page.problems, ...still.problems]);
await browser.close();
done();
