#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// What pages say of each other: canonical, hreflang, next and prev.

import { each, editions, end, get, none, parts, sitemap, sites } from './pages.mjs';

const pages = new Map();
for (const site of sites)
  for (const { lang, url } of await editions(site))
    for (const address of await sitemap(url))
      pages.set(address, { site, lang, address });
await each(pages.values(), async (page) =>
  Object.assign(page, parts((await get(page.address)).text)));

const all = [...pages.values()];
const of = (page, rel) => page.rels.filter((one) => one.rel === rel)
  .map((one) => one.href);
const others = (page) => page.rels.filter((one) => one.hreflang);

none('a page names itself as canonical, once',
  all.filter((page) => of(page, 'canonical').join() !== page.address)
    .map((page) => `${page.address} ${of(page, 'canonical')}`), all.length);
none('the language editions of a page name each other',
  all.flatMap((page) => page.html.includes('gov-notice') ? []
    : others(page).filter(({ href, hreflang }) =>
    pages.get(href)?.lang !== hreflang
    || !others(pages.get(href)).some((back) => back.href === page.address))
    .map(({ href }) => `${page.address} ${href}`)), all.length);
none('every site in several languages says so on every page',
  all.filter((page) => !others(page).length).map((page) => page.address),
  all.length);

// walk each column from its newest page to its oldest
const columns = all.filter((page) => page.kind === 'column');
const walks = await each(columns, async (column) => {
  const seen = [column];
  const shown = new Set();
  for (let page = column; page;) {
    for (const href of parts(page.html).links)
      if (/\/\d+\.html$/.test(href)) shown.add(href);
    const [next] = of(page, 'next');
    if (!next || seen.length > 100) break;
    page = { address: next, ...parts((await get(next)).text) };
    seen.push(page);
  }
  return { column, seen, shown };
});
const paged = walks.filter(({ seen }) => seen.length > 1);
none('the newest page of a column has no rel=prev, the oldest no rel=next',
  walks.filter(({ column, seen }) =>
    of(column, 'prev').length || of(seen.at(-1), 'next').length)
    .map(({ column }) => column.address), paged.length);
const back = await each(paged.flatMap(({ seen }) => seen.slice(1)),
  async (page) => ({ page, to: await get(of(page, 'prev')[0] ?? page.address),
    count: of(page, 'prev').length }));
none('every older page leads back to a newer one',
  back.filter(({ to, count }) => count !== 1 || to.status !== 200)
    .map(({ page }) => page.address), back.length);
none('every older page is canonical itself',
  paged.flatMap(({ seen }) => seen).filter((page) =>
    of(page, 'canonical').join() !== page.address)
    .map((page) => page.address), paged.length);

// what the walk shows is what the sitemap has
const missing = walks.filter(({ column }) => column.html.includes('gov-list'))
  .flatMap(({ column, shown }) => {
    const path = new URL(column.address).pathname;
    return all.filter((page) => page.kind === 'document'
      && /^\d+\.html$/.test(page.address.slice(column.address.length))
      && page.address.startsWith(column.address)
      && !shown.has(new URL(page.address).pathname))
      .map((page) => `${page.address} not under ${path}`);
  });
none('the pages of a column show all its documents', missing, paged.length);
end();
