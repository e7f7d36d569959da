#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// R002: whatever one site has, asked of every other site.  What comes back is
// not found, or the other site's own.

import { each, editions, end, get, none, parts, sitemap, sites }
  from './pages.mjs';

const files = ['/sitemap.html', '/sitemap.xml', '/feed.atom', '/feed.rss',
  '/feed.json', '/robots.txt', '/.well-known/security.txt'];
const code = new Map();
const owner = new Map();          // address -> site
const assets = new Map();         // path -> addresses of pages that show it
const shows = new Map();          // host -> addresses that its pages lead to
for (const site of sites) {
  code.set(site, parts((await get(site.url + '/')).text).metas.SiteIDCode[0]);
  for (const { url } of await editions(site))
    for (const address of await sitemap(url)) owner.set(address, site);
}
const add = (map, key, value) =>
  (map.get(key) ?? map.set(key, new Set()).get(key)).add(value);
await each([...owner], async ([address, site]) => {
  const { html, links } = parts((await get(address)).text);
  for (const [path] of html.matchAll(/\/-\/asset\/[0-9a-f]{64}\/[\w.-]+/g))
    add(assets, path, address);
  for (const href of [address, ...links])
    add(shows, site.host, new URL(href, address).href);
});

// the site that answers for a host and a path
const at = (host, path) => sites.filter((site) => site.host === host
  && (path + '/').startsWith(site.base + '/'))
  .sort((a, b) => b.base.length - a.base.length)[0];
const hosts = [...new Set(sites.map((site) => site.host))];

// of the languages made from others every seventh page is enough
const asked = [];
for (const [i, [address, site]] of [...owner].entries()) {
  if (/\/(en|zh-hant)\//.test(address) && i % 7) continue;
  const { pathname } = new URL(address);
  for (const host of hosts)
    if (host !== site.host) asked.push({ address, site, host, path: pathname });
  // inside another site's part of the same host, and the other way round
  for (const other of sites)
    if (other !== site && other.host === site.host)
      asked.push({ address, site, host: site.host,
        path: other.base + pathname.slice(site.base.length) });
}
const answers = await each(asked, async (ask) => {
  const { status, text } = await get(`http://${ask.host}${ask.path}`);
  return { ...ask, status, said: parts(text).metas.SiteIDCode?.[0] };
});
const name = ({ site, host, path, status }) =>
  `${site.id}'s ${path} at ${host}: ${status}`;
none('no page of one site is answered as such under another\'s host',
  answers.filter(({ host, path, said }) =>
    said !== code.get(at(host, path))).map(name), answers.length);
none('what is not the other site\'s own is not found', answers.filter(
  ({ host, path, status }) => status !== 404 && status !== 410
    && !owner.has(`http://${host}${path}`)
    && !(status >= 301 && status <= 302)).map(name), answers.length);

const moved = await each(answers.filter(({ status }) => status > 300
  && status < 400), async ({ host, path }) => ({ host, path,
  to: (await get(`http://${host}${path}`)).headers.location }));
none('nothing redirects to another host', moved.filter(({ host, to }) =>
  to && new URL(to).host !== host).map(({ path, to }) => `${path} ${to}`));

// a host may serve what its pages show, and what shared documents show
const taken = await each([...assets].flatMap(([path, from]) =>
  hosts.map((host) => ({ path, host,
    own: [...from].some((address) => owner.get(address).host === host),
    shared: [...from].some((address) => shows.get(host).has(address)) }))),
async (ask) => ({ ...ask, status: (await get(`http://${ask.host}${ask.path}`,
  { method: 'HEAD' })).status }));
const told = ({ host, path, status }) => `${host}${path} ${status}`;
none('an asset is served where a page shows it', taken.filter(
  ({ own, status }) => own && status !== 200).map(told), taken.length);
none('and nowhere else, unless its document was shared', taken.filter(
  ({ own, shared, status }) => !own && !shared && status !== 404).map(told),
taken.length);

const well = await each(sites.flatMap((site) => files.map((file) =>
  ({ site, file }))), async ({ site, file }) => ({ site, file,
  text: (await get(site.url + file)).text }));
none('machines\' files name no other site\'s documents', well.flatMap(
  ({ site, file, text }) => [...text.matchAll(/http:\/\/[^"<\s]+\/\d+\.html/g)]
    .map(([address]) => ({ site, file, address })))
  .filter(({ site, file, address }) => file === '/sitemap.xml'
    && owner.get(address) !== site)
  .map(({ site, file, address }) => `${site.id}${file} ${address}`),
well.length);

const strange = await each(['nobody.example', 'yunlan.localhost',
  'www.yunlan.localhost.evil.example', '127.0.0.1', '[::1]',
  'xn--fiqs8s.example'].flatMap((host) =>
  ['/', '/news/', '/feed.json', '/-/health'].map((path) => ({ host, path }))),
async ({ host, path }) => ({ host, path,
  ...(await get(sites[0].url + path, { host })) }));
none('a host of no site is misdirected (421), whatever the path',
  strange.filter(({ status, host }) => status !== (host === '[::1]' ? 400 : 421))
    .map(({ host, path, status }) => `${host}${path} ${status}`), strange.length);
none('and learns nothing of any site', strange.filter(({ body }) =>
  sites.some((site) => body.includes(site.name)))
  .map(({ host, path }) => host + path), strange.length);
end();
