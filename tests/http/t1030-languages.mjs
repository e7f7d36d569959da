#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// zh-CN, zh-Hant made from it, and English editions.

import { each, editions, end, get, inside, is, none, ok, parts, sitemap, site,
  sites, words } from './pages.mjs';

// simplified characters that no traditional text has, each very common
const simplified = /[们这国务发门电视设应对时会长东车马书见贝气说请语读书办网区县邮编号码]/;
const without = (text) => text.replace(/<ul class="gov-languages">[\s\S]*?<\/ul>/, '')
  .replace(/<(\w+)[^>]*\slang="(zh-CN|en)"[\s\S]*?<\/\1>/g, '');

const hant = [];
for (const one of sites)
  for (const { lang, url } of await editions(one))
    if (lang === 'zh-Hant')
      for (const address of [...await sitemap(url), url + '/nothing-here'])
        hant.push(address);
const seen = await each(hant, async (address) => {
  const text = words(without((await get(address)).text));
  const at = text.search(simplified);
  return at < 0 ? null : `${address} ${text.slice(Math.max(0, at - 15), at + 15)}`;
});
none('no page in traditional characters has a simplified one',
  seen.filter(Boolean), hant.length);

const www = site('www');
const { text: feed } = await get(www.url + '/zh-hant/feed.atom');
is('nor has a feed', simplified.exec(words(feed))?.[0], undefined);
ok('the feed says its language', feed.includes('xml:lang="zh-Hant"'));

const english = (await sitemap(www.url + '/en'))
  .filter((address) => /\/\d+\.html$/.test(address));
const chinese = (await sitemap(www.url))
  .filter((address) => /\/\d+\.html$/.test(address))
  .map((address) => address.replace(www.url, www.url + '/en'));
const untranslated = chinese.filter((address) => !english.includes(address));

const shown = await each(untranslated, async (address) =>
  ({ address, page: parts((await get(address)).text) }));
none('a document without a translation is shown in its own language, marked',
  shown.filter(({ page }) => page.lang !== 'en'
    || !/<h1 lang="zh-CN">/.test(page.html)
    || !/class="gov-notice"[^>]*>[A-Z]/.test(page.html))
    .map(({ address }) => address), shown.length);
none('it does not pretend to be a translation (hreflang)',
  shown.filter(({ page }) => page.rels.some((rel) => rel.hreflang === 'en'))
    .map(({ address }) => address), shown.length);
const translated = await each(english, async (address) =>
  ({ address, page: parts((await get(address)).text) }));
none('a translated one has no such notice',
  translated.filter(({ page }) => /lang="zh-CN">/.test(page.main)
    || page.html.includes('gov-notice')).map(({ address }) => address),
  translated.length);
none('and its heading is in English',
  translated.filter(({ page }) => /\p{Script=Han}/u.test(page.h1[0]))
    .map(({ address, page }) => `${address} ${page.h1[0]}`), translated.length);
none('English columns have English names', (await each(
  (await sitemap(www.url + '/en')).filter((address) => address.endsWith('/')),
  async (address) => ({ address, page: parts((await get(address)).text) })))
  .filter(({ page }) => /\p{Script=Han}/u.test(page.h1[0]))
  .map(({ address, page }) => `${address} ${page.h1[0]}`));

const { html } = parts((await get(www.url + '/en/news/')).text);
const nav = inside(html, 'nav').join('');
none('inside English pages links stay English', parts(nav).links
  .filter((href) => href.startsWith('/') && !href.startsWith('/en/')
    && !/^\/(qingyuan\/en|zh-hant|news|-)\//.test(href)));
is('a language that the site does not have is not found',
  (await get(site('market').url + '/en/')).status, 404);
end();
