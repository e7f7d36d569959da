// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: GovPortal contributors
//
// A small stand-in for the stylesheet loader and the HTML serialiser, so that
// templates can be tested and looked at without a server.  The rules are those
// of mod_govportal/doc/page-model.md.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync,
  writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const xslt = join(top, 'xslt');
export const views = ['standard', 'elder', 'text', 'print'];
export const themes = readdirSync(join(xslt, 'themes'),
  { withFileTypes: true }).filter(f => f.isDirectory()).map(f => f.name).sort();
export const languages = readdirSync(join(xslt, 'lang'))
  .map(f => basename(f, '.xml')).sort();
/** Where stylesheets, contracts and words are: the core's, then each plugin's. */
export const looks = [xslt, ...readdirSync(join(top, 'plugins'))
  .map(name => join(top, 'plugins', name, 'xslt')).filter(existsSync)];
const found = room => looks.flatMap(look => !existsSync(join(look, room))
  ? [] : readdirSync(join(look, room)).map(f => [basename(f, '.xsl'), look]));
const ofConsole = new Set(found('console/pages').map(([kind]) => kind));
const lookOf = new Map([...found('pages'), ...found('console/pages')]);
export const kinds = [...lookOf.keys()].sort();
/** What a kind can be dressed in: each theme, or the console's own clothes. */
export const clothes = kind => ofConsole.has(kind) ? ['console'] : themes;
/** The folder of a kind's contract. */
export const contract = kind => join(lookOf.get(kind), 'contract');

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decode = s => s.replace(/&(#x?[0-9a-f]+|\w+);/gi, (all, name) =>
  name[0] !== '#' ? entities[name] ?? all
    : String.fromCodePoint(name[1] === 'x' ? parseInt(name.slice(2), 16)
      : parseInt(name.slice(1), 10)));
const encode = s => s.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  .replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** The words of a language, as a Map of key to text. */
export function catalogue(language) {
  const text = looks.map(look => join(look, 'lang', `${language}.xml`))
    .filter(existsSync).map(file => readFileSync(file, 'utf8')).join('');
  const words = new Map();
  for (const [, key, word] of text.matchAll(
    /<word key="([^"]+)">([^<]*)<\/word>/g)) {
    if (words.has(key)) throw new Error(`${language}: ${key} twice`);
    words.set(key, decode(word));
  }
  return words;
}

/** A stylesheet's text with its words put in.  USED collects the keys. */
export function expand(text, words, used = new Set()) {
  const word = key => {
    used.add(key);
    if (!words.has(key)) throw new Error(`no word for ${key}`);
    return words.get(key);
  };
  const say = (key, body) => {
    const args = [...body.matchAll(/<g:arg select="([^"]*)"\/>/g)];
    return word(key).split(/(\{\d+\})/).map(part => {
      const n = /^\{(\d+)\}$/.exec(part);
      if (!n) return part && `<xsl:text>${encode(part)}</xsl:text>`;
      return `<xsl:value-of select="${args[n[1] - 1][1]}"/>`;
    }).join('');
  };
  // an attribute value template doubles its braces
  const attribute = s => encode(s).replace(/[{}]/g, '$&$&');
  return text
    .replace(/<g:say key="([^"]+)"\s*\/>/g, (_, key) => say(key, ''))
    .replace(/<g:say key="([^"]+)"\s*>([\s\S]*?)<\/g:say>/g,
      (_, key, body) => say(key, body))
    // a word may begin or end with a blank: in text it is kept by xsl:text
    .replace(/="([^"]*\[\[[^"]*)"/g, (_, value) => '="' + value.replace(
      /\[\[([\w.-]+)\]\]/g, (_, key) => attribute(word(key))) + '"')
    .replace(/\[\[([\w.-]+)\]\]/g, (_, key) => encode(word(key)));
}

/** Write the stylesheets of LANGUAGE below DIR; main/<theme>-<kind>.xsl is
    what is compiled.  Returns the keys that were used. */
export function compose(dir, language) {
  const words = catalogue(language);
  const used = new Set();
  rmSync(dir, { recursive: true, force: true });
  for (const room of ['base', 'pages', 'themes', 'console'])
    for (const look of looks)
      if (existsSync(join(look, room)))
        cpSync(join(look, room), join(dir, room), { recursive: true });
  for (const file of readdirSync(dir, { recursive: true })) {
    if (!file.endsWith('.xsl')) continue;
    const path = join(dir, file);
    try {
      writeFileSync(path, expand(readFileSync(path, 'utf8'), words, used));
    } catch (error) {
      throw new Error(`${file}: ${error.message}`);
    }
  }
  mkdirSync(join(dir, 'main'));
  for (const kind of kinds)
    for (const theme of clothes(kind)) {
      const room = ofConsole.has(kind) ? 'console' : '';
      writeFileSync(join(dir, 'main', `${theme}-${kind}.xsl`),
        '<xsl:stylesheet version="1.0" '
        + 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        + `<xsl:import href="${join('..', room || `themes/${theme}`, 'theme.xsl')}"/>`
        + `<xsl:import href="${join('..', room, 'pages', `${kind}.xsl`)}"/></xsl:stylesheet>\n`);
    }
  return used;
}

/** What may be keys of words that C asks for; has has(). */
export function saidInC() {
  const folders = [join(top, 'mod_govportal'), join(top, 'plugins')];
  const source = folders.flatMap(dir => readdirSync(dir, { recursive: true })
    .filter(f => f.endsWith('.c')).map(f => readFileSync(join(dir, f), 'utf8')))
    .join('');
  const strings = new Set([...source.matchAll(/"([a-zA-Z0-9.-]+)"/g)]
    .map(m => m[1]));
  const mistakes = ['gov_form.h', 'gov_upload.h'].map(file => readFileSync(
    join(top, 'mod_govportal/include/govportal', file), 'utf8')).join('');
  // gov_view_form() and its fellows put keys together from what C names
  const parts = new Set([...strings, 'hint', 'intro', 'submit', 'text',
    ...[...mistakes.matchAll(/^ +X\("([a-z-]+)"\)/gm)].map(m => m[1])]);
  return { has: key => strings.has(key)
    || strings.has(key.replace(/\.(intro|text)$/, ''))
    // "captcha." and the like, to which C adds a word
    || strings.has(key.replace(/[^.]+$/, ''))
    || (key.startsWith('form.')
      && key.split('.').slice(1).every(part => parts.has(part))) };
}

/** The results of MODELS (files) from one compiled stylesheet, in order.
    xsltproc writes them one after the other. */
export function transform(stylesheet, models) {
  const all = execFileSync('xsltproc',
    ['--nonet', '--novalid', stylesheet, ...models],
    { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8',
      maxBuffer: 1 << 28 });
  const results = all.split(/(?=<html |<g:frame)/).filter(r => r.trim());
  if (results.length !== models.length)
    throw new Error(`${results.length} results of ${models.length} models`);
  return results;
}

const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img',
  'input', 'link', 'meta', 'source', 'track', 'wbr']);
const raw = new Set(['script', 'style']);

/** The HTML of a result tree written as XML.  FRAGMENTS and MARKUP are
    functions from a name to bytes; ROOT false leaves out the doctype. */
export function serialise(xml, fragments, markup, root = true) {
  const out = root ? ['<!DOCTYPE html>\n'] : [];
  const open = [];
  const tag = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g;
  for (const [, end, name, attributes, closed, text] of xml.matchAll(tag)) {
    if (text !== undefined) {
      const inside = open.at(-1);
      out.push(raw.has(inside) ? decode(text) : encode(decode(text)));
    } else if (name === 'g:fragment' || name === 'g:markup') {
      if (end) continue;
      const ref = /(?:name|ref)="([^"]*)"/.exec(attributes)[1];
      out.push(name === 'g:markup' ? markup(ref) : fragments(ref));
      if (!closed) open.push(name), open.pop();
    } else if (name.startsWith('g:')) {
      throw new Error(`<${name}> in the result`);
    } else if (end) {
      open.pop();
      if (!empty.has(name)) out.push(`</${name}>`);
    } else {
      const plain = attributes.replace(/\s+xmlns(:\w+)?="[^"]*"/g, '')
        .replace(/="([^"]*)"/g, (_, v) => `="${encode(decode(v))}"`);
      out.push(`<${name}${plain}>`);
      if (closed && !empty.has(name)) out.push(`</${name}>`);
      if (!closed) open.push(name);
    }
  }
  return out.join('');
}

/** The two parts of a frame's result. */
export function parts(xml) {
  const found = {};
  for (const [, name, inner] of xml.matchAll(
    /<g:part name="(\w+)">([\s\S]*?)<\/g:part>/g))
    found[name] = inner;
  return found;
}

/** The files of a kind's examples. */
export function examples(kind) {
  const dir = join(contract(kind), 'examples', kind);
  return readdirSync(dir).filter(f => f.endsWith('.xml')).sort()
    .map(f => join(dir, f));
}

/** The bytes that stand for <markup ref> of an example:
    <example>.<ref>.html beside it.  The text view has no pictures. */
export function markup(example, ref, view) {
  const file = example.replace(/\.xml$/, `.${ref}.html`);
  const bytes = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  return view !== 'text' ? bytes
    : bytes.replace(/<img\b[^>]*\balt="([^"]*)"[^>]*>/g, '$1');
}
