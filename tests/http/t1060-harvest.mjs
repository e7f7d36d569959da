#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// R010: a portal above us that knows nothing but the address of a site gets all
// its items with title, date and source, from feeds, sitemap.xml and page tags.

import { each, end, get, govctl, none, parts, sitemap, sites, tags }
  from './pages.mjs';

const date = /^\d{4}-\d\d-\d\d \d\d:\d\d$/;

async function harvest(site) {
  const items = new Map();
  const home = parts((await get(site.url + '/')).text);
  const feed = home.rels.find((rel) => rel.type === 'application/feed+json');
  for (const item of JSON.parse((await get(feed.href)).text).items)
    items.set(item.url, { title: item.title, date: item.date_published,
      source: item.authors[0].name });
  await each(await sitemap(site.url), async (address) => {
    if (items.has(address)) return;
    const { metas } = parts((await get(address)).text);
    if (metas.ArticleTitle)
      items.set(address, { title: metas.ArticleTitle[0],
        date: metas.PubDate?.[0], source: metas.ContentSource?.[0] });
  });
  return items;
}

// links lead elsewhere: what they name is an item of another site
const links = new Set(['link']);
for (const site of sites) {
  const items = await harvest(site);
  const wanted = govctl('document', 'list', '--json', site.id)
    .filter(({ type }) => !links.has(type));
  const titles = new Set([...items.values()].map(({ title }) => title));
  none(`${site.id}: every document is found`, wanted.filter(({ title }) =>
    !titles.has(title)).map(({ document, title }) => `${document} ${title}`),
  wanted.length);
  none(`${site.id}: with title, date and source`, [...items].filter(
    ([, item]) => !item.title || !item.source
      || !(date.test(item.date) || !isNaN(Date.parse(item.date))))
    .map(([url]) => url), items.size);
}

// each column has feeds of its own, and its page says where
const columns = (await each(sites, (site) => sitemap(site.url))).flat()
  .filter((address) => address.endsWith('/'));
const feeds = (await each(columns, async (address) => {
  const { rels, kind } = parts((await get(address)).text);
  return kind !== 'column' ? []
    : ['application/atom+xml', 'application/rss+xml', 'application/feed+json']
      .map((type) => ({ address, type,
        href: rels.find((rel) => rel.type === type)?.href }));
})).flat();
const answers = await each(feeds, async (feed) => ({ ...feed,
  ...(feed.href ? await get(feed.href) : {}) }));
none('every column page names its three feeds, and they answer',
  answers.filter(({ status, headers, type }) =>
    status !== 200 || !headers['content-type'].startsWith(type))
    .map(({ address, type, status }) => `${address} ${type} ${status}`),
  answers.length);
none('there is a column that is read by a machine only from its feeds',
  answers.some(({ body }) => body && tags(body.toString(), 'entry').length)
    ? [] : ['no entries at all']);
end();
