#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// R077: from its home page every document of a site is at most three links
// away, a list's further pages counting as the list.  R085: clear columns.

import { each, end, get, govctl, none, parts, sitemap, sites } from './pages.mjs';

async function walk(site) {
  const steps = new Map([[site.url + '/', 0]]);
  let edge = [site.url + '/'];
  while (edge.length) {
    const next = new Set();
    await each(edge, async (address) => {
      const { links } = parts((await get(address)).text);
      for (const href of links) {
        const to = new URL(href, address).href.replace(/#.*/, '');
        const free = /\/page-\d+\.html$/.test(to);
        const step = steps.get(address) + (free ? 0 : 1);
        if (to.includes('?') || !to.startsWith(site.url + '/')
          || to.includes('/-/') || step > 3
          || (steps.get(to) ?? 9) <= step) continue;
        steps.set(to, step);
        next.add(to);
      }
    });
    edge = [...next];
  }
  return steps;
}

for (const site of sites) {
  const steps = await walk(site);
  const addresses = await sitemap(site.url);
  none(`${site.id}: every document and column within three clicks`,
    addresses.filter((address) => !steps.has(address)), addresses.length);
}

const columns = govctl('column', 'list', '--json').map((column) => ({
  ...column, path: column.column.replace(/^.*:/, ''),
  site: column.column.replace(/:.*/, '') }));
none('no column is deeper than four levels', columns.filter(({ path }) =>
  path.split('/').length > 4).map(({ column }) => column), columns.length);
none('no two columns side by side have one name', columns.filter((one, i) =>
  columns.slice(0, i).some((other) => other.site === one.site
    && other.name === one.name && other.path.replace(/[^/]*$/, '')
    === one.path.replace(/[^/]*$/, ''))).map(({ column }) => column),
columns.length);
const shown = await each(columns, async ({ site, path, column }) => ({ column,
  main: parts((await get(`${sites.find((one) => one.id === site).url}/${path}/`))
    .text).main }));
none('no column is empty', shown.filter(({ main }) =>
  !/<li|<article|<tr|<section/.test(main.replace(/<nav[\s\S]*?<\/nav>/g, '')))
  .map(({ column }) => column), shown.length);
end();
