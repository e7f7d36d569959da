// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// While the database is away, a page that was never made before says so in a
// way that everybody can read.

import axe from 'axe-core';
import { execFileSync } from 'node:child_process';
import { done, launch, ok, open, tell } from './browser.mjs';

/* COMMANDS on an instance of this test's own. */
const shell = commands => execFileSync('sh', ['-c',
  `. "$GOVPORTAL_TOP/tests/lib/site.sh"; ${commands}`],
{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

const url = shell('site_up maintenance >&2; site_url www');
try {
  const browser = await launch();
  const page = await open(browser);
  await page.goto(url);
  shell('site_use maintenance; site_db_stop >&2');
  const answer = await page.goto(`${url}/notices/`);
  ok('the answer is 503', answer.status() === 503);
  ok('it says when to try again',
    (await answer.allHeaders())['retry-after'] !== undefined);
  ok('it has a heading', await page.locator('h1').count() === 1);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  tell('axe finds nothing', violations.map(({ id }) => id));
  await page.setViewportSize({ width: 320, height: 640 });
  ok('it fits a phone', await page.evaluate(
    () => document.documentElement.scrollWidth <= innerWidth));
  tell('nothing else is missing', page.problems);
  await browser.close();
} finally {
  shell('site_down maintenance >&2');
}
done();
