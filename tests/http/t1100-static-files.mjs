#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// Style sheets, scripts, fonts, colours: there, typed, and kept for ever.

import { each, end, get, is, none, ok, parts, sitemap, sites, tags }
  from './pages.mjs';

const types = { css: 'text/css; charset=utf-8', svg: 'image/svg+xml',
  js: 'text/javascript; charset=utf-8', woff2: 'font/woff2', woff: 'font/woff',
  png: 'image/png', jpg: 'image/jpeg', ico: 'image/x-icon' };
const wanted = new Set();
const views = ['', '?view=elder', '?view=text', '?view=print'];
for (const site of sites) {
  const some = [site.url + '/', ...(await sitemap(site.url)).slice(-3)];
  for (const view of views)
    await each(some, async (address) => {
      const { text } = await get(address + view);
      for (const { href, src } of [...tags(text, 'link'), ...tags(text, 'script')])
        if ((href ?? src)?.startsWith('/-/static/'))
          wanted.add(new URL(href ?? src, address).href);
    });
}
const files = await each(wanted, async (address) =>
  ({ address, ...(await get(address)) }));
// what style sheets ask for in turn
const more = new Set(files.flatMap(({ address, body }) =>
  address.endsWith('.css') ? [...body.toString().matchAll(
    /url\(["']?([^"')]+)["']?\)|@import "([^"]+)"/g)]
    .map(([, url, other]) => url ?? other)
    .filter((url) => !url.startsWith('data:'))
    .map((url) => new URL(url, address).href.replace(/[?#].*/, '')) : []));
files.push(...await each(more, async (address) =>
  ({ address, ...(await get(address)) })));

none('all that pages and style sheets name is there', files.filter(
  ({ status }) => status !== 200).map(({ address, status }) =>
  `${address} ${status}`), files.length);
none('each has its type', files.filter(({ address, headers }) =>
  headers['content-type'] !== types[address.replace(/.*\./, '')])
  .map(({ address, headers }) => `${address} ${headers['content-type']}`),
files.length);
none('and may be kept for ever', files.filter(({ headers }) =>
  headers['cache-control'] !== 'public, max-age=31536000, immutable')
  .map(({ address }) => address), files.length);
none('nothing is sniffed', files.filter(({ headers }) =>
  headers['x-content-type-options'] !== 'nosniff').map(({ address }) => address),
files.length);
none('none is empty', files.filter(({ body }) => !body.length)
  .map(({ address }) => address), files.length);

const css = files.find(({ address }) => address.endsWith('/gov.css'));
const again = await get(css.address,
  { headers: { 'If-None-Match': css.headers.etag } });
is('asked again they are not sent again', again.status, 304);
is('an old version in the address still gets today\'s file', (await get(
  css.address.replace(/static\/[^/]+/, 'static/0123456789abcdef'))).status, 200);

const colours = await each(sites, async (site) => {
  const { html } = parts((await get(site.url + '/')).text);
  const href = tags(html, 'link').find((link) => /\/accent\//.test(link.href)).href;
  const theme = tags(html, 'meta').find((meta) => meta.name === 'theme-color');
  return { site, href, theme, css: (await get(new URL(href, site.url + '/').href)).text };
});
none('each site has the colour of its record', colours.filter(({ href, theme }) =>
  !href.endsWith(`/${theme.content.slice(1)}.css`)).map(({ site }) => site.id),
colours.length);
none('and sets what style sheets ask for', colours.filter(({ css: text }) =>
  ['accent', 'accent-dark', 'accent-soft', 'on-accent'].some((name) =>
    !new RegExp(`--gov-${name}:#[0-9a-f]{6}[;}]`).test(text)))
  .map(({ site }) => site.id), colours.length);
const light = (await get(css.address.replace(/base\/gov.css$/, 'accent/ffff00.css'))).text;
ok('a colour too light to read is darkened', !light.includes('--gov-accent:#ffff00'),
  light);
end();
