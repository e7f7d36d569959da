#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// Every page of every site, in every language.

import { page as mistakes } from '../render/checks.mjs';
import { each, editions, end, get, none, parts, sitemap, sites } from './pages.mjs';

const pages = [];
for (const site of sites)
  for (const { lang, url } of await editions(site))
    for (const address of [...await sitemap(url), url + '/sitemap.html'])
      pages.push({ site, asked: lang, address });

await each(pages, async (page) => {
  const { status, headers, text } = await get(page.address);
  Object.assign(page, { status, type: headers['content-type'] }, parts(text));
});

const wrong = (good, seen = () => '') => pages.filter((page) => !good(page))
  .map((page) => `${page.address} ${seen(page)}`);
const check = (what, good, seen) =>
  none(what, wrong(good, seen), pages.length);

check('every address in a sitemap answers', (page) => page.status === 200,
  (page) => page.status);
check('as HTML in UTF-8', (page) => page.type === 'text/html; charset=utf-8',
  (page) => page.type);
check('with the language it is asked for', (page) => page.lang === page.asked,
  (page) => page.lang);
check('one main heading with words in it',
  (page) => page.h1.length === 1 && page.h1[0].length > 0,
  (page) => page.h1.join(' | '));
check('a title that ends with the site\'s name',
  (page) => page.title.endsWith(page.metas.SiteName?.[0]),
  (page) => page.title);
check('no markup mistakes', (page) => {
  // bodies are stored as XHTML: <img/> there is as good as <img>
  page.found = mistakes(page.html.replaceAll('/>', '>'), { view: 'standard' });
  return page.found.length === 0;
}, (page) => page.found[0]);
check('no style in the page', (page) => !/<style|\sstyle="/.test(page.html));
check('nothing loaded from another host', (page) =>
  !/<(img|script|video|audio|source|iframe)\b[^>]*\s(src|poster)="(https?:)?\/\//
    .test(page.html));
for (const kind of ['home', 'column', 'document', 'sitemap'])
  none(`there are pages of kind ${kind}`, [],
    pages.filter((page) => page.kind === kind).length);
none('no two columns of a site have the same title', sites.flatMap((site) => {
  const seen = new Set();
  return pages.filter((page) => page.site === site && page.kind === 'column')
    .filter(({ title, lang }) => seen.size === seen.add(lang + title).size)
    .map(({ address, title }) => `${address} ${title}`);
}), pages.length);
end();
