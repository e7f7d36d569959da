#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// Government page tags (网页标签): exactly one of each that is required, on every
// page of every site; PubDate is the date that readers see.

import { each, editions, end, get, inside, none, parts, sitemap, sites }
  from './pages.mjs';

const pages = [];
for (const site of sites)
  for (const { url } of await editions(site))
    for (const address of [...await sitemap(url), url + '/sitemap.html'])
      pages.push({ site, address });
await each(pages, async (page) =>
  Object.assign(page, parts((await get(page.address)).text)));

const all = () => true;
const in_column = (page) => page.metas.ColumnName
  || page.kind === 'column' || page.kind === 'document';
const document = (page) => page.kind === 'document';
const check = (what, which, good) => {
  const asked = pages.filter(which);
  none(what, asked.filter((page) => !good(page)).map((page) =>
    `${page.address} ${JSON.stringify(page.metas).slice(0, 200)}`),
  asked.length);
};
const once = (name) => ({ metas }) =>
  metas[name]?.length === 1 && metas[name][0].trim() !== '';
const never = (name) => ({ metas }) => !(name in metas);

for (const name of ['SiteName', 'SiteDomain', 'SiteIDCode'])
  check(`one ${name} on every page`, all, once(name));
for (const name of ['ColumnName', 'ColumnType', 'ColumnDescription'])
  check(`one ${name} on every page of a column`, in_column, once(name));
for (const name of ['ArticleTitle', 'PubDate', 'ContentSource', 'Url'])
  check(`one ${name} on every document`, document, once(name));
for (const name of ['ColumnName', 'ArticleTitle', 'PubDate'])
  check(`no ${name} on a home page`, (page) => page.kind === 'home',
    never(name));
check('no ArticleTitle on a list', (page) => page.kind === 'column',
  never('ArticleTitle'));

check('SiteIDCode has ten digits', all,
  ({ metas }) => /^\d{10}$/.test(metas.SiteIDCode?.[0]));
none('and is another for each site', sites.filter((site, i) => {
  const code = (one) => pages.find((page) => page.site === one)
    .metas.SiteIDCode[0];
  return sites.slice(0, i).some((other) => code(other) === code(site));
}).map((site) => site.id));
check('SiteDomain is the host', all, ({ metas, site }) =>
  metas.SiteDomain?.[0] === site.host.replace(/:\d+$/, ''));
check('ArticleTitle is the main heading', document, ({ metas, h1 }) =>
  metas.ArticleTitle?.[0].replace(/\s+/g, ' ') === h1[0]);
check('PubDate is the date that is shown', document, ({ metas, main }) =>
  /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(metas.PubDate?.[0])
  && inside(main, 'time').some((time) => time.endsWith(metas.PubDate[0])));
check('Url is the address', document, ({ metas, address }) =>
  metas.Url?.[0] === address);
check('no tag is empty', all, ({ metas }) =>
  Object.values(metas).flat().every((content) => content?.trim()));
check('structured data is JSON and names the document', document,
  ({ html, metas }) => inside(html, 'script').some((text) =>
    text.includes('"@context"')
    && JSON.parse(text)['@graph'].some((thing) =>
      metas.ArticleTitle[0].includes(thing.headline ?? thing.name))));
end();
