// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: GovPortal contributors
//
// Every example of every kind is checked against its contract, then rendered
// with every theme, language and view, and the page is checked.  TAP on
// standard output.  With --out DIR the pages stay there, for preview.mjs.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync,
  writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { catalogue, clothes, compose, contract, examples, kinds, languages, looks, markup,
  parts, saidInC, serialise, themes, top, transform, views, xslt }
  from './compose.mjs';
import { accent } from './accent.mjs';
import { page } from './checks.mjs';

const keep = process.argv[2] === '--out' ? process.argv[3] : null;
const work = keep ?? mkdtempSync(join(tmpdir(), 'gov-render-'));
let number = 0;
let failed = 0;

function says(title, problems) {
  number++;
  if (problems.length) failed++;
  console.log(`${problems.length ? 'not ok' : 'ok'} ${number} - ${title}`);
  for (const problem of problems.slice(0, 8)) console.log(`#   ${problem}`);
}

function validates(grammar, files) {
  try {
    execFileSync('xmllint', ['--noout', '--nonet', '--relaxng', grammar,
      ...files], { stdio: ['ignore', 'ignore', 'pipe'] });
    return [];
  } catch (error) {
    return String(error.stderr).split('\n')
      .filter(line => line && !line.endsWith(' validates'));
  }
}

const core = join(xslt, 'contract');
const said = saidInC();

// ---- contracts

for (const kind of kinds) {
  const files = examples(kind);
  says(`examples of ${kind} keep the contract`,
    validates(join(contract(kind), `${kind}.rng`), files));
  const names = files.map(f => basename(f, '.xml'));
  says(`${kind} has the three examples`,
    ['minimal', 'typical', 'hostile'].filter(n => !names.includes(n)));
}

{
  const seen = examples => examples.map(f => readFileSync(f, 'utf8')).join('');
  const missing = [];
  const common = readFileSync(join(core, 'common.rng'), 'utf8');
  const all = seen(kinds.flatMap(examples));
  for (const [grammar, text] of [['common', all],
    ...kinds.map(kind => [kind, seen(examples(kind))])]) {
    const rng = grammar === 'common' ? common
      : readFileSync(join(contract(grammar), `${grammar}.rng`), 'utf8');
    for (const [, what, name] of rng.matchAll(
      /<(element|attribute) name="([\w-]+)"/g)) {
      const hit = what === 'element' ? new RegExp(`<${name}[\\s/>]`)
        : new RegExp(`\\s${name}=`);
      if (!hit.test(text)) missing.push(`${grammar}: ${what} ${name}`);
    }
  }
  says('every element and attribute of the contracts is in an example',
    missing);
}

const types = [join(top, 'conf/types'), ...looks.slice(1)
  .map(look => join(look, '../types')).filter(existsSync)];
says('type descriptors keep their contract', validates(
  join(core, 'type.rng'), types.flatMap(dir => readdirSync(dir)
    .filter(f => f.endsWith('.xml')).map(f => join(dir, f)))));
says('the demo group keeps its contract', validates(
  join(core, 'group.rng'), [join(top, 'conf/demo/city.xml')]));

// ---- themes and words

const slots = new Set(readFileSync(join(xslt, 'base/SLOTS'), 'utf8')
  .split('\n').filter(l => l && l[0] !== '#').map(l => l.split(/\s/)[0]));
const base = readdirSync(join(xslt, 'base')).filter(f => f.endsWith('.xsl'))
  .map(f => readFileSync(join(xslt, 'base', f), 'utf8')).join('');
says('every slot is a template of the base',
  [...slots].filter(s => !base.includes(`<xsl:template name="${s}">`)));
for (const theme of themes) {
  const text = readFileSync(join(xslt, 'themes', theme, 'theme.xsl'), 'utf8');
  says(`theme ${theme} overrides slots only`, [
    ...[...text.matchAll(/<xsl:template\b([^>]*)>/g)].map(m => m[1].trim())
      .filter(a => !slots.has(/^name="([^"]+)"$/.exec(a)?.[1])),
    ...[...text.matchAll(/<xsl:(variable|param|output|key)\b/g)]
      .filter(m => new RegExp(`^  <xsl:${m[1]}`, 'm').test(text)
        && text.slice(0, m.index).endsWith('\n  ')).map(m => m[0]),
  ]);
}
{
  const forbidden = /document\(|disable-output-escaping|exsl:|xmlns:\w+="http:\/\/exslt|style="|\bon\w+="|<style/;
  const files = looks.flatMap(look => readdirSync(look, { recursive: true })
    .filter(f => f.endsWith('.xsl')).map(f => join(look, f)));
  says('no stylesheet uses what is forbidden', files.filter(f =>
    forbidden.test(readFileSync(f, 'utf8'))));
}

const [first, ...others] = languages.map(l => [l, catalogue(l)]);
for (const [language, words] of others) {
  const holes = s => (s.match(/\{\d+\}/g) ?? []).sort().join();
  says(`${language} has the words of ${first[0]}`, [
    ...[...first[1].keys()].filter(k => !words.has(k)),
    ...[...words.keys()].filter(k => !first[1].has(k)),
    ...[...words].filter(([k, w]) => holes(w) !== holes(first[1].get(k) ?? w))
      .map(([k]) => `arguments of ${k}`),
  ]);
}

says('a site\'s colour gives the colours that are written down',
  readFileSync(join(top, 'tests/render/accents'), 'utf8').split('\n')
    .filter(l => l && !l.startsWith('# ')).filter(line => {
      const [given, main, dark, soft] = line.split(' ');
      return accent(given) !== `:root{--gov-accent:${main};`
        + `--gov-accent-dark:${dark};--gov-accent-soft:${soft};`
        + '--gov-on-accent:#ffffff}\n';
    }));

// ---- every example, theme, language and view

mkdirSync(join(work, 'models'), { recursive: true });
const models = new Map(kinds.map(kind => [kind, []]));
for (const kind of kinds)
  for (const file of examples(kind))
    for (const view of views) {
      const path = join(work, 'models', `${kind}.${basename(file, '.xml')}.${view}.xml`);
      writeFileSync(path, readFileSync(file, 'utf8')
        .replace(/\sview="\w+"/, ` view="${view}"`));
      models.get(kind).push({ path, file, view });
    }

for (const language of languages) {
  let used;
  try {
    used = compose(join(work, 'xslt', language), language);
  } catch (error) {
    says(`${language} has every word`, [error.message]);
    continue;
  }
  says(`${language} has no word that nobody says`,
    [...catalogue(language).keys()].filter(k => !used.has(k) && !said.has(k)));

  for (const theme of [...themes, 'console']) {
    const frames = {};
    // the frame first: its parts go into the other pages
    for (const kind of ['frame', ...kinds.filter(k => k !== 'frame')]
      .filter(k => clothes(k).includes(theme))) {
      const problems = [];
      let results;
      try {
        results = transform(
          join(work, 'xslt', language, 'main', `${theme}-${kind}.xsl`),
          models.get(kind).map(m => m.path));
      } catch (error) {
        says(`${kind}, ${theme}, ${language}`,
          String(error.stderr ?? error).split('\n').filter(Boolean));
        continue;
      }
      for (const [i, { file, view }] of models.get(kind).entries()) {
        const xml = results[i];
        const name = basename(file, '.xml');
        if (kind === 'frame') {
          frames[`${name}.${view}`] = parts(xml);
        }
        const own = kind === 'frame' ? name : name === 'hostile' ? 'hostile'
          : /theme="department"/.test(readFileSync(file, 'utf8'))
            ? 'department' : 'typical';
        const splice = part => serialise(
          frames[`${own}.${view}`]?.[part] ?? '', null, null, false);
        // parts of pages are looked at on the barest page
        const id = /<block[^>]* id="([^"]*)"/.exec(readFileSync(file, 'utf8'))?.[1];
        const part = kind === 'block' && id ? `<section aria-labelledby="${id}-t">${
          serialise(parts(xml).body ?? '', splice, ref => markup(file, ref, view), false)}</section>`
          : '';
        const html = kind !== 'frame' && kind !== 'block'
          ? serialise(xml.replaceAll(/theme-(portal|department)/g, `theme-${theme}`)
            .replaceAll(/\/theme\/\w+\//g, `/theme/${theme}/`),
          splice, ref => markup(file, ref, view))
          : '<!DOCTYPE html>\n<html lang="zh-CN"><head><title>x</title></head>'
            + `<body><a href="#main">x</a>${splice('header')}<main id="main">`
            + `<h1>x</h1>${part}</main>${splice('footer')}</body></html>`;
        for (const problem of page(html, { hostile: /hostile/.test(name), view }))
          problems.push(`${name} ${view}: ${problem}`);
        if (keep) {
          const dir = join(keep, 'html', language, theme);
          mkdirSync(dir, { recursive: true });
          writeFileSync(join(dir, `${kind}.${name}.${view}.html`), html);
        }
      }
      says(`${kind}, ${theme}, ${language}`, problems);
    }
  }
}

console.log(`1..${number}`);
if (!keep) rmSync(work, { recursive: true });
process.exit(failed ? 1 : 0);
