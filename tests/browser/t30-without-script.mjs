// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// Where script does not run, everything can still be reached and read.

import { address, done, launch, ok, open, tell } from './browser.mjs';

const browser = await launch();
const page = await open(browser, { javaScriptEnabled: false });
const phone = await open(browser, { javaScriptEnabled: false,
  viewport: { width: 320, height: 640 } });
const home = address('www', '/');
const scrolled = () => page.locator('.gov-slides').evaluate(e => e.scrollLeft);

await page.goto(home);
ok('the carousel has no buttons that do nothing',
  await page.locator('.gov-carousel-buttons').count() === 0);
await page.locator('.gov-dots a').nth(1).click();
await page.waitForFunction(
  () => document.querySelector('.gov-slides').scrollLeft > 0);
ok('a dot of the carousel leads to its picture', await scrolled() > 0);

await page.goto(home);
const tabs = page.locator('.gov-block-tabs .gov-tabs').first();
ok('the first panel of the tabs shows',
  await tabs.locator('.gov-panel').first().isVisible());
await tabs.locator('label').nth(1).click();
ok('another tab shows its panel',
  await tabs.locator('.gov-panel').nth(1).isVisible());
ok('and hides the first', await tabs.locator('.gov-panel').first().isHidden());

const column = page.locator('.gov-nav > ul > li:has(ul)').first();
await column.hover();
await page.waitForTimeout(200);
await column.locator('ul a').first().click();
ok('the navigation opens and leads to a column',
  await page.locator('html.kind-column, html.kind-document').count() === 1);

await phone.goto(home);
ok('the menu is closed on a phone',
  await phone.locator('.gov-menu nav').isHidden());
await phone.locator('.gov-menu summary').click();
await phone.locator('.gov-menu nav a[href$="/notices/"]').click();
ok('and leads to a column when it is opened',
  /\/notices\/$/.test(phone.url()));

await page.goto(home);
await page.locator('.gov-footer-sites summary').first().click();
await page.locator('.gov-footer-sites details[open] a').first().click();
ok('the footer leads to the other sites', !page.url().startsWith(home));

for (const view of ['elder', 'text', 'print', 'standard']) {
  await page.goto(home + (view === 'standard' ? '?view=elder' : ''));
  await page.locator(`.gov-to-${view}`).click();
  ok(`the ${view} view is a link away`,
    await page.locator(`html.view-${view}`).count() === 1);
}

await page.goto(address('www', '/video/'));
await page.locator('.gov-card a').first().click();
ok('a video has the browser’s own controls',
  await page.locator('video[controls]').count() === 1);

await page.goto(address('www', '/overview/city/'));
await page.setViewportSize({ width: 320, height: 640 });
ok('a wide table scrolls by itself', await page.locator('div.gov-table')
  .first().evaluate(e => getComputedStyle(e).overflowX === 'auto'
    && document.documentElement.scrollWidth <= innerWidth));

tell('nothing went wrong on the way', [...page.problems, ...phone.problems]);
await browser.close();
done();
