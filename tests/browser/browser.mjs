// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// What the browser tests share: the sites, TAP lines, Chromium, and the pages
// that stand for all pages.  Pages are found by following the site's own links,
// so nothing here knows a number of a document.

import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { mkdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';

const sites = JSON.parse(readFileSync(process.env.GOVPORTAL_SITES, 'utf8'));

export const widths = [320, 768, 1366];
export const views = ['standard', 'elder', 'text', 'print'];
export const languages = ['zh-CN', 'zh-Hant', 'en'];
export const height = width => width < 500 ? 640 : 860;

/** The address of PATH on site ID. */
export function address(id, path) {
  return sites.find(site => site.id === id).url.replace(/\/$/, '') + path;
}

// ==== TAP ====

let count = 0;
let failed = 0;

/** One line; PROBLEMS, a list of sentences, is empty when all is well. */
export function tell(what, problems) {
  count++;
  if (problems.length) failed++;
  console.log(`${problems.length ? 'not ok' : 'ok'} ${count} - ${what}`);
  for (const problem of [...new Set(problems)].slice(0, 20))
    console.log(`#   ${problem}`);
}

export function ok(what, is) {
  tell(what, is ? [] : ['it does not']);
}

export function done() {
  console.log(`1..${count}`);
  process.exit(failed ? 1 : 0);
}

// ==== pages ====

/** The page at URL as the server sends it: { status, html }; redirects are
    followed.  *.localhost need not be in the resolver. */
export function fetchPage(url) {
  const { host, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: pathname + search,
      headers: { host } }, answer => {
      const parts = [];
      if (answer.headers.location) {
        answer.resume();
        resolve(fetchPage(new URL(answer.headers.location, url).href));
        return;
      }
      answer.on('data', part => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode,
        html: Buffer.concat(parts).toString() }));
    }).on('error', reject).end();
  });
}

/** The address of the NTH document in the list of a column. */
async function documentIn(id, column, nth = 0) {
  const { html } = await fetchPage(address(id, column));
  const main = html.slice(html.indexOf('<main'));
  const found = [...new Set([...main.matchAll(/href="([^"]*\/\d+\.html)"/g)]
    .map(match => match[1]))];
  if (!found[nth]) throw new Error(`no document ${nth} in ${id} ${column}`);
  return new URL(found[nth], address(id, column)).href;
}

const columns = {
  'home of the portal': ['www', '/'],
  'home of a department': ['edu', '/'],
  'home of a district': ['linjiang', '/'],
  'home of a site below a path': ['qingyuan', '/'],
  'column of columns': ['www', '/news/'],
  'column of single pages': ['www', '/overview/'],
  'plain list': ['www', '/news/city/'],
  'numbered page of a list': ['www', '/news/city/page-1.html'],
  'gathered list': ['www', '/news/departments/'],
  'list of notices': ['www', '/notices/'],
  'list of people': ['www', '/leaders/'],
  'list as a table': ['www', '/institutions/'],
  'list of galleries': ['www', '/gallery/'],
  'list of videos': ['www', '/video/'],
  'list of topics': ['edu', '/topics/'],
  'list of files': ['www', '/downloads/'],
  'tiles': ['www', '/services/citizens/'],
  'columns of tiles': ['www', '/services/'],
  'page': ['www', '/overview/city/'],
  'accessibility statement': ['www', '/about/accessibility/'],
  'sitemap': ['www', '/sitemap.html'],
  'missing page (404)': ['www', '/no-such-page.html'],
  'withdrawn page (410)': ['www', '/zt/2019/czsc/'],
};

const documents = {
  'article': ['www', '/news/city/', 1],
  'regulation': ['www', '/policy/documents/'],
  'notice': ['www', '/notices/'],
  'gallery': ['www', '/gallery/'],
  'video': ['www', '/video/'],
  'audio': ['www', '/video/', 1],
  'topic with collected items': ['www', '/topics/'],
  'file': ['www', '/downloads/'],
  'person': ['www', '/leaders/'],
  'institution': ['www', '/institutions/'],
};

/** All pages: [{ name, url, all }]; all: every language and view, as
    { lang, view, url }. */
export async function everyPage() {
  const pages = [];
  for (const [name, [id, path]] of Object.entries(columns))
    pages.push({ name, url: address(id, path) });
  for (const [name, [id, path, nth]] of Object.entries(documents))
    pages.push({ name, url: await documentIn(id, path, nth) });
  // columns of plugins are there when the plugin is loaded
  if ((await fetchPage(address('linjiang', '/events/'))).status === 200) {
    pages.push({ name: 'list of a plugin',
      url: address('linjiang', '/events/') });
    pages.push({ name: 'document of a plugin',
      url: await documentIn('linjiang', '/events/') });
  }
  for (const page of pages) page.all = await variants(page.url);
  return pages;
}

/* A page says where its other languages are; an error page does not have any. */
async function variants(url) {
  const { html } = await fetchPage(url);
  const found = [];
  for (const lang of languages) {
    const there = new RegExp(`<a href="([^"]*)" hreflang="${lang}"`).exec(html);
    if (!there && lang !== languages[0]) continue;
    const base = there ? new URL(there[1], url) : new URL(url);
    for (const view of there ? views : views.slice(0, 1)) {
      const one = new URL(base);
      if (view !== 'standard') one.searchParams.set('view', view);
      found.push({ lang, view, url: one.href });
    }
  }
  return found;
}

// ==== Chromium ====

export function launch() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
}

/** A new page that collects what goes wrong in it: page.problems. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1366, height: height(1366) }, ...options });
  const page = await context.newPage();
  page.problems = [];
  const note = text => page.problems.push(`${page.url()}: ${text}`);
  page.on('pageerror', error => note(error.message));
  page.on('console', message => {
    // an error page is itself an answer that Chromium complains about
    if (message.type() === 'error' && message.location().url !== page.url())
      note(message.text());
  });
  page.on('requestfailed', failed => {
    const why = failed.failure()?.errorText;
    // media are let go of when the page is left
    if (why !== 'net::ERR_ABORTED') note(`${failed.url()}: ${why}`);
  });
  page.on('response', answer => {
    if (answer.status() >= 400 && answer.url() !== page.url()
        && answer.request().resourceType() !== 'document')
      note(`${answer.url()}: ${answer.status()}`);
  });
  return page;
}

/** Do WORK on every one of LIST, a few at a time. */
export async function inParallel(list, workers, work) {
  const rest = [...list];
  await Promise.all(Array.from({ length: workers }, async (_, worker) => {
    for (let one; (one = rest.shift());) await work(one, worker);
  }));
}

/** A folder for pictures, kept after the run. */
export function shots() {
  const dir = join(process.env.GOVPORTAL_VAR, 'test', 'shots');
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** Tell what is wrong with a page of somebody's session as it is now, at WIDTHS: axe
    looks if the page has a script, and nothing sticks out.  Pictures stay in
    var/test/shots. */
export async function looks(page, name, widths = [1366, 320]) {
  const found = [];
  const pictures = shots();
  for (const width of widths) {
    await page.setViewportSize({ width, height: height(width) });
    const scroll = await page.evaluate(
      () => document.documentElement.scrollWidth);
    if (scroll > width) found.push(`${scroll} px in ${width}`);
    await page.screenshot({ path: join(pictures, `${name}-${width}.jpg`),
      type: 'jpeg', quality: 70, fullPage: true });
    if (!page.script) continue;
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run());
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map(
      node => `${width}: ${id}: ${node.html.slice(0, 150)}`)));
  }
  tell(`${name}: axe finds nothing, nothing sticks out`, found);
}
