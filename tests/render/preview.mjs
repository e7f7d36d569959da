// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: GovPortal contributors
//
// Shows the pages that "node render.mjs --out DIR" left: node preview.mjs DIR
// [PORT].  Static files come straight from the tree and from the directory
// with node_modules that NODE_MODULES names; pictures from the demo.

import { createServer } from 'node:http';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join, normalize } from 'node:path';
import { top, themes, xslt } from './compose.mjs';
import { accent } from './accent.mjs';

const [dir, port = '8390'] = process.argv.slice(2);
const modules = process.env.NODE_MODULES ?? join(top, 'assets/node_modules');
const kinds = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml',
  html: 'text/html; charset=utf-8', jpg: 'image/jpeg', png: 'image/png',
  mp4: 'video/mp4', mp3: 'audio/mpeg', vtt: 'text/vtt' };

const files = new Map();
for (const line of readFileSync(join(top, 'assets/manifest'), 'utf8')
  .split('\n').filter(l => l && l[0] !== '#')) {
  const [source, target] = line.split(' ');
  const path = source.startsWith('node_modules/')
    ? join(modules, source.slice(13)) : join(top, 'assets', source);
  if (!source.endsWith('/*.svg')) files.set(target, path);
  else for (const name of readdirSync(path.slice(0, -5)))
    files.set(target + name, join(path.slice(0, -5), name));
}
for (const theme of themes)
  for (const name of readdirSync(join(xslt, 'themes', theme, 'static')))
    files.set(`theme/${theme}/${name}`,
      join(xslt, 'themes', theme, 'static', name));

function find(path) {
  const fixed = /^\/-\/static\/[^/]+\/(.*)$/.exec(path);
  if (fixed) {
    const colour = /^accent\/([0-9a-f]{6})\.css$/.exec(fixed[1]);
    return colour ? accent('#' + colour[1]) : readFileSync(files.get(fixed[1]));
  }
  if (path.startsWith('/-/asset/')) {
    const name = basename(path);
    for (const room of ['pictures', 'media', 'files'])
      try {
        return readFileSync(join(top, 'conf/demo', room, name));
      } catch { /* the next room */ }
    throw new Error('no asset');
  }
  if (path === '/') {
    const list = readdirSync(join(dir, 'html'), { recursive: true })
      .filter(f => f.endsWith('.html')).sort();
    return '<!DOCTYPE html><title>preview</title><ul>' + list.map(f =>
      `<li><a href="/${f}">${f}</a>`).join('');
  }
  return readFileSync(join(dir, 'html', normalize(path)));
}

createServer((request, reply) => {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  try {
    const bytes = find(path);
    reply.setHeader('Content-Type',
      kinds[path.split('.').pop()] ?? kinds.html);
    // what the server sends too
    reply.setHeader('Content-Security-Policy', "default-src 'self'");
    reply.end(bytes);
  } catch {
    reply.statusCode = 404;
    reply.end();
  }
}).listen(Number(port), '127.0.0.1',
  () => console.log(`http://127.0.0.1:${port}/`));
