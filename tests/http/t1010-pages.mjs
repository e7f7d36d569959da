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
      pages.push({ site, lang, address });

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
check('with the language it is asked for', (page) => page.lang === page.lang,
  (page) => page.lang);
check('one main heading with words in it',
  (page) => page.h1.length === 1 && page.h1[0].length > 0,
  (page) => page.h1.join(' | '));
check('a title that ends with the site\'s name',
  (page) => page.title.endsWith(page.metas.SiteName?.[0]),
  (page) => page.title);
check('no markup mistakes', (page) => {
  page.found = mistakes(page.html, { view: 'standard' });
  return page.found.length === 0;
}, (page) => page.found[0]);
check('no word of a catalogue missing',
  (page) => !/\[\[|\b[a-z]+\.[a-z-]+\b(?=<\/(span|h2|a|button)>)/.test(
    page.html.replace(/<(main|a)\b[\s\S]*?<\/\1>/g, '')));
check('no style in the page', (page) => !/<style|\sstyle="/.test(page.html));
check('nothing from another host', (page) => !/<(img|script|link|video|audio|source|iframe)[^>]*\s(src|poster)="(https?:)?\/\//
  .test(page.html));
for (const kind of ['home', 'column', 'document', 'sitemap'])
  none(`there are pages of kind ${kind}`, [],
    pages.filter((page) => page.kind === kind).length);

const titles = new Map();
for (const page of pages)
  if (page.kind !== 'document')
    titles.set(page.address, page.title);
none('columns of one site have titles of their own',
  sites.flatMap((site) => {
    const seen = new Map();
    return pages.filter((page) => page.site === site && page.kind === 'column')
      .filter(({ title, lang }) => {
        const twice = seen.has(lang + title);
        seen.set(lang + title, true);
        return twice;
      }).map(({ address, title }) => `${address} ${title}`);
  }), pages.length);
end();
