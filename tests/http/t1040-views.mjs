#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// The four renderings of one page.

import { each, end, get, none, parts, sitemap, sites, tags } from './pages.mjs';

const views = ['standard', 'elder', 'text', 'print'];
const hosts = new Set(sites.map((one) => one.host));

// one page of each kind and column type of each site
const addresses = [];
for (const one of sites) {
  const kinds = new Map();
  for (const address of await sitemap(one.url))
    kinds.set(address.replace(/\d+\.html$/, 'N.html'), address);
  addresses.push(...kinds.values(), one.url + '/sitemap.html',
    one.url + '/nothing-here');
}
const shown = await each(addresses.flatMap((address) =>
  views.map((view) => ({ address, view }))), async ({ address, view }) => {
  const { text, status } = await get(`${address}?view=${view}`);
  return { address, view, status, ...parts(text) };
});
const of = (view) => shown.filter((page) => page.view === view);
const said = (pages) => pages.map((page) => `${page.address} ${page.view}`);

none('every page has all four', said(shown.filter((page) =>
  ![200, 404].includes(page.status)
  || !page.html.includes(` view-${page.view} `))), shown.length);
none('each view has the same main heading', said(shown.filter((page) =>
  page.h1.join() !== of('standard').find((other) =>
    other.address === page.address).h1.join())), shown.length);
none('each names the standard page as canonical', said(shown.filter((page) =>
  page.status === 200 && page.rels.find((rel) => rel.rel === 'canonical').href
  !== page.address)), shown.length);
none('the text view has no pictures, players, scripts', said(of('text')
  .filter((page) => tags(page.html, '(?:img|video|audio|iframe)').length
    || tags(page.html, 'script').some((script) => script.src))),
of('text').length);
none('the print view has no navigation', said(of('print').filter((page) =>
  /<nav class="gov-nav"/.test(page.html))), of('print').length);

// links to pages keep the view; machines' files and the switch itself do not
const wanders = (page) => {
  const html = page.html.replace(/<ul class="gov-views">[\s\S]*?<\/ul>/, '');
  return parts(html).links.filter((href) => {
    const url = new URL(href, page.address);
    return url.protocol === 'http:' && hosts.has(url.host) && !href.startsWith('#')
      && /(\/|\.html)$/.test(url.pathname)
      && !url.pathname.startsWith('/-/')
      && url.searchParams.get('view') !== page.view;
  }).map((href) => `${page.address}?view=${page.view} ${href}`);
};
for (const view of ['elder', 'text'])
  none(`links in the ${view} view keep it`, of(view).flatMap(wanders),
    of(view).length);
none('links in the standard view name none', of('standard').flatMap((page) =>
  parts(page.html.replace(/<nav class="gov-utility"[\s\S]*?<\/nav>/, '')
    .replace(/<ul class="gov-views">[\s\S]*?<\/ul>/g, '')).links
    .filter((href) => href.includes('view=')
      && !/view=print/.test(href)).map((href) => `${page.address} ${href}`)),
of('standard').length);
const odd = await get(sites[0].url + '/?view=nonsense');
none('an unknown view is the standard one', odd.status === 200
  && odd.text.includes(' view-standard ') ? [] : [odd.status]);
end();
