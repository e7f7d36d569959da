// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: GovPortal contributors
//
// What must be true of every page.  Not a whole HTML validator (that is the
// browser tier's job): the mistakes that templates make.

const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img',
  'input', 'link', 'meta', 'source', 'track', 'wbr']);
const phrasing = new Set(['a', 'abbr', 'audio', 'b', 'br', 'button', 'em', 'i',
  'img', 'input', 'label', 'source', 'span', 'strong', 'sub', 'sup', 'time',
  'track', 'video']);
const only = { ul: ['li'], ol: ['li'], dl: ['div', 'dt', 'dd'],
  tr: ['td', 'th'], thead: ['tr'], tbody: ['tr'] };
const wants = { a: ['href'], img: ['src', 'alt'], time: ['datetime'],
  label: ['for'], form: ['action'], th: ['scope'] };

function tokens(html) {
  const list = [];
  const tag = /<!DOCTYPE html>|<!--[\s\S]*?-->|<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*>|([^<]+)|</gi;
  let match;
  while ((match = tag.exec(html))) {
    const [all, end, name, attributes, text] = match;
    if (all === '<') {
      list.push({ bad: html.slice(match.index, match.index + 40) });
    } else if (text !== undefined) {
      list.push({ text });
    } else if (name) {
      const given = {};
      for (const [, key, value] of attributes.matchAll(
        /([\w:-]+)(?:="([^"]*)")?/g)) {
        if (key in given) list.push({ bad: `${key} twice on ${name}` });
        given[key] = value ?? '';
      }
      list.push({ end: end === '/', name, given });
      if (!end && (name === 'script' || name === 'style')) {
        const close = html.indexOf(`</${name}>`, tag.lastIndex);
        list.push({ script: html.slice(tag.lastIndex, close) });
        tag.lastIndex = close;
      }
    }
  }
  return list;
}

/** The problems of a page, as sentences. */
export function page(html, { hostile, view }) {
  const found = [];
  const open = [];
  const ids = new Set();
  const targets = [];
  const references = [];
  const labels = new Map();
  const sections = [];
  const names = new Map();
  let named = null;
  let heading = 0;
  let h1 = 0;
  let mains = 0;

  if (!html.startsWith('<!DOCTYPE html>')) found.push('no doctype');
  const rest = hostile ? html.replaceAll('[[skip.main]]', '') : html;
  if (/\[\[|\]\]&gt;?(?!)/.test(rest.replaceAll(/\]\]&gt;/g, '')))
    found.push('a word is left: ' + /.{0,20}\[\[.{0,30}/.exec(rest)?.[0]);
  if (/\{@|\{\d\}/.test(hostile ? html.replace(/\{1\} \{@title\}/g, '') : html))
    found.push('a brace is left');
  if (/<g:|xmlns/.test(html)) found.push('a template element is left');

  for (const token of tokens(html)) {
    const { bad, text, script, end, name, given } = token;
    if (bad) {
      found.push(`not HTML: ${bad}`);
      continue;
    }
    if (script !== undefined) {
      if (/<\//.test(script) || script.includes('<script'))
        found.push('a script holds markup');
      continue;
    }
    if (text !== undefined) {
      if (named) names.set(named, (names.get(named) ?? '') + text);
      if (text.trim() && only[open.at(-1)])
        found.push(`text in ${open.at(-1)}: ${text.trim().slice(0, 30)}`);
      continue;
    }
    if (end) {
      if (/^h[1-6]$/.test(name)) named = null;
      if (open.at(-1) !== name)
        found.push(`</${name}> closes <${open.at(-1)}>`);
      open.pop();
      continue;
    }
    const parent = open.at(-1);
    if (only[parent] && !only[parent].includes(name))
      found.push(`<${name}> in <${parent}>`);
    if (open.some(o => /^(p|h[1-6]|span|label|button|summary)$/.test(o))
      && !phrasing.has(name)) found.push(`<${name}> in phrasing content`);
    if (name === 'a' && open.includes('a')) found.push('a link in a link');
    for (const attribute of wants[name] ?? [])
      if (!(attribute in given)
          && !(name === 'form' && given.method === 'dialog'))
        found.push(`<${name}> without ${attribute}`);
    for (const attribute of Object.keys(given)) {
      if (attribute === 'style' || /^on/.test(attribute))
        found.push(`${attribute}= on <${name}>`);
      if (/^(href|src|action|datetime|content|id)$/.test(attribute)
          && given[attribute] === '' && name !== 'meta')
        found.push(`empty ${attribute} on <${name}>`);
    }
    if (name === 'script' && !given.src
        && given.type !== 'application/ld+json') found.push('inline script');
    if ('id' in given) {
      if (ids.has(given.id)) found.push(`id ${given.id} twice`);
      ids.add(given.id);
    }
    if (given.href?.startsWith('#')) targets.push(given.href.slice(1));
    for (const attribute of ['for', 'aria-labelledby'])
      if (given[attribute]) references.push(given[attribute]);
    if (/^h[1-6]$/.test(name)) {
      const level = Number(name[1]);
      if (level === 1) h1++;
      if (level > heading + 1 && !open.includes('dialog'))
        found.push(`<${name}> after <h${heading}>`);
      heading = level;
      named = given.id ?? null;
    }
    if (name === 'main') mains++;
    if (name === 'section' && given['aria-labelledby'])
      sections.push(given['aria-labelledby']);
    if (name === 'nav') {
      const label = given['aria-label'] ?? '';
      if (!label) found.push('a nav without a name');
      labels.set(label, (labels.get(label) ?? 0) + 1);
    }
    if (view === 'text' && (name === 'img' || name === 'video'
        || name === 'audio')) found.push(`<${name}> in the text view`);
    if (!empty.has(name)) open.push(name);
  }
  if (open.length) found.push(`left open: ${open.join(' ')}`);
  if (h1 !== 1) found.push(`${h1} h1`);
  if (mains !== 1) found.push(`${mains} main`);
  for (const id of targets)
    if (!ids.has(id)) found.push(`#${id} leads nowhere`);
  for (const id of references)
    if (!ids.has(id)) found.push(`nothing has the id ${id}`);
  // the menu for small screens bears its own name; the wide one is hidden then
  for (const [label, times] of labels)
    if (times > 1) found.push(`${times} navs are called ${label}`);
  // a section with a name is a landmark, and no two may sound alike
  const heard = sections.map(id => names.get(id)?.trim());
  for (const name of new Set(heard.filter((n, i) => n && heard.indexOf(n) < i)))
    found.push(`two sections are called ${name}`);
  if (hostile && /<script>alert|onerror=alert\(2\)>/.test(
    html.replaceAll(/&lt;[^&]*&gt;/g, '')))
    found.push('hostile text came through');
  return found;
}
