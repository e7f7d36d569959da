// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// Every kind of page, in every language and view, on a phone, a tablet and a
// desktop: nothing to scroll sideways for, no error, no failed request, and axe
// finds nothing.  Pictures of the pages stay in var/test/shots.

import axe from 'axe-core';
import { join } from 'node:path';
import { done, everyPage, height, inParallel, launch, open, shots, tell,
  widths } from './browser.mjs';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
const pictures = shots();
const browser = await launch();
const pages = await everyPage();

/* axe takes longer than loading the page: every page as most readers see it,
   and its other renderings for those that differ most. */
function looksClosely({ name }, { lang, view }, width) {
  if (lang === 'zh-CN' && view === 'standard' && width === 1366) return true;
  if (!/portal|district|table|notice|article|video|person|404/.test(name))
    return false;
  if (lang === 'en') return view === 'standard' && width === 1366;
  return lang === 'zh-CN'
    && (view === 'elder' ? width === 1366 : width === 320);
}

async function accessible(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(values => window.axe.run(document, {
    runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), tags);
  return violations.flatMap(({ id, nodes }) => nodes.map(
    node => `${id}: ${node.html.slice(0, 150)}`));
}

/* What sticks out, for the message. */
function overflow(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return null;
    const out = [...document.querySelectorAll('body *')]
      .filter(e => e.getBoundingClientRect().right > room + 1);
    return `${document.documentElement.scrollWidth} px in ${room}: `
      + out.slice(0, 3).map(e => `${e.tagName}.${e.className}`).join(', ');
  });
}

async function picture(page, name, width) {
  // lazy pictures further down
  await page.evaluate(async () => {
    for (const img of document.images) img.loading = 'eager';
    await Promise.all([...document.images].map(
      img => img.decode().catch(() => 0)));
  });
  await page.screenshot({ path: join(pictures, `${name}-${width}.jpg`),
    type: 'jpeg', quality: 70, fullPage: true });
}

const tabs = [];
await inParallel(pages, 3, async (one, worker) => {
  const page = tabs[worker] ??= await open(browser, { reducedMotion: 'reduce' });
  const wide = [];
  const found = [];
  page.problems.length = 0;
  for (const variant of one.all) {
    const where = `${variant.url} (${variant.view})`;
    await page.setViewportSize({ width: 1366, height: height(1366) });
    const answer = await page.goto(variant.url, { waitUntil: 'load' });
    const wanted = Number(/\((4\d\d)\)/.exec(one.name)?.[1] ?? 200);
    if (answer.status() !== wanted)
      page.problems.push(`${where}: ${answer.status()}`);
    for (const width of [...widths].reverse()) {
      await page.setViewportSize({ width, height: height(width) });
      const out = await overflow(page);
      if (out) wide.push(`${where}: ${out}`);
      if (looksClosely(one, variant, width))
        found.push(...(await accessible(page)).map(
          text => `${where} ${width}: ${text}`));
      if (variant.lang === 'zh-CN' && variant.view === 'standard'
          && width !== 768)
        await picture(page, one.name.replace(/\W+/g, '-'), width);
    }
  }
  tell(`${one.name}: nothing to scroll sideways for`, wide);
  tell(`${one.name}: axe finds nothing`, found);
  tell(`${one.name}: no error and no failed request`, page.problems);
});

await browser.close();
done();
