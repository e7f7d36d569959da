// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// What the tests in JavaScript share: the sites of the shared instance, plain
// requests, the parts of a page, and TAP.  Nothing but Node itself is needed.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** All sites: { id, name, url, kind, host, base }; url without a slash. */
export const sites = JSON.parse(
  readFileSync(process.env.GOVPORTAL_SITES, 'utf8')).map((site) => {
  const url = new URL(site.url);
  const base = url.pathname.replace(/\/$/, '');
  return { ...site, host: url.host, base, url: url.origin + base };
});
export const port = Number(new URL(sites[0].url).port);
export const site = (id) => sites.find((one) => one.id === id);

/** { status, headers, body (bytes), text }; redirects are not followed.  HOST
    asks the same address of another site. */
export function get(url, { host, headers = {}, method = 'GET' } = {}) {
  const match = /^http:\/\/([^/]+)(\/.*)$/.exec(url);
  return new Promise((resolve, reject) => {
    const ask = request({ agent, host: '127.0.0.1', port, method,
      path: match[2], headers: { Host: host ?? match[1], ...headers } },
    (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const body = Buffer.concat(parts);
        resolve({ status: answer.statusCode, headers: answer.headers, body,
          get text() { return body.toString('utf8'); } });
      });
    });
    ask.setTimeout(20000, () => ask.destroy(new Error('no answer: ' + url)));
    ask.on('error', reject);
    ask.end();
  });
}

/** FN over a list, some at a time. */
export async function each(list, fn) {
  const rest = [...list].entries();
  const results = [];
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (const [i, one] of rest) results[i] = await fn(one, i);
  }));
  return results;
}

/** What govctl says, as data. */
export function govctl(...words) {
  return JSON.parse(execFileSync(process.env.GOVPORTAL_INST + '/bin/govctl',
    words, { encoding: 'utf8', maxBuffer: 1 << 26 }));
}

const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: ' ' };

export const plain = (text) => text.replace(
  /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16))
      : decimal ? String.fromCodePoint(Number(decimal)) : named[name] ?? all);

export const words = (html) => plain(html
  .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' '))
  .replace(/\s+/g, ' ').trim();

export function attributes(tag) {
  const found = {};
  for (const [, name, value] of tag.matchAll(/\s([\w:-]+)(?:="([^"]*)")?/g))
    found[name] = plain(value ?? '');
  return found;
}

export const tags = (html, name) => [...html.matchAll(
  new RegExp(`<${name}(\\s[^>]*)?>`, 'g'))].map(([tag]) => attributes(tag));

/** Contents of all elements NAME, markup and all. */
export const inside = (html, name) => [...html.matchAll(
  new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))]
  .map(([, content]) => content);

/** The parts of a page that tests ask for. */
export function parts(html) {
  const metas = {};
  for (const meta of tags(html, 'meta'))
    if (meta.name) (metas[meta.name] ??= []).push(meta.content);
  return {
    html,
    lang: tags(html, 'html')[0]?.lang,
    kind: /\bkind-(\w+)/.exec(tags(html, 'html')[0]?.class)?.[1],
    title: plain(inside(html, 'title')[0] ?? ''),
    h1: inside(html, 'h1').map(words),
    main: inside(html, 'main')[0] ?? '',
    metas,
    rels: tags(html, 'link'),
    links: tags(html, 'a').map((a) => a.href).filter(Boolean),
  };
}

/** Addresses of a site's sitemap.xml, of all parts. */
export async function sitemap(home) {
  const { status, text } = await get(home + '/sitemap.xml');
  if (status !== 200) throw new Error(`${home}/sitemap.xml: ${status}`);
  const found = inside(text, 'loc').map(plain);
  if (!text.includes('<sitemapindex')) return found;
  const lists = await each(found, async (part) =>
    inside((await get(part)).text, 'loc').map(plain));
  return lists.flat();
}

/** Homes of a site, one for each of its languages, as its own home page says. */
export async function editions(one) {
  const { rels } = parts((await get(one.url + '/')).text);
  return rels.filter((rel) => rel.hreflang)
    .map((rel) => ({ lang: rel.hreflang, url: rel.href.replace(/\/$/, '') }));
}

// --- TAP ----------------------------------------------------------------------

let count = 0;
let failed = 0;

export function ok(what, good, seen = '') {
  count += 1;
  if (!good) failed += 1;
  console.log(`${good ? 'ok' : 'not ok'} ${count} - ${what}`);
  if (!good && seen !== '')
    console.log(String(seen).split('\n').slice(0, 12)
      .map((line) => '#   ' + line.slice(0, 400)).join('\n'));
}

export const is = (what, got, wanted) =>
  ok(what, got === wanted, `got ${got}\nwanted ${wanted}`);

/** No findings, and there was something to look at. */
export const none = (what, findings, looked = 1) =>
  ok(what, looked > 0 && findings.length === 0,
    [`${findings.length} of ${looked}`, ...findings].join('\n'));

export function end() {
  agent.destroy();
  console.log(`1..${count}`);
  process.exitCode = failed ? 1 : 0;
}
