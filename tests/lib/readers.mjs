// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// readers.mjs PORT COUNT FILE
//
// COUNT readers go round the pages in FILE ("host path" a line) until TERM.  Half of
// them keep their connection, the others make a new one for each page.  Writes
// "reading", and at the end what they saw in one line.  An answer with another
// status than 200, or none, is bad.  As every browser does, a reader whose kept
// connection was closed before the first byte of an answer asks again once.

import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

const [port, count, file] = process.argv.slice(2);
const pages = readFileSync(file, 'utf8').trim().split('\n')
  .map((line) => line.split(' '));
const seen = {};
let requests = 0, bad = 0, slowest = 0, going = true;

const add = (what) => { seen[what] = (seen[what] ?? 0) + 1; };
const pause = () => new Promise((done) => setTimeout(done, 4));

function ask(agent, [host, path]) {
  return new Promise((done, fail) => {
    const asked = request({ agent, host: '127.0.0.1', port, path,
      headers: { Host: host } }, (answer) => {
      answer.resume();
      answer.on('end', () => done(answer));
      answer.on('error', fail);
    });
    asked.on('error', (error) => fail(
      Object.assign(error, { again: asked.reusedSocket })));
    asked.setTimeout(20000, () => asked.destroy(new Error('timeout')));
    asked.end();
  });
}

async function read(number) {
  const agent = new Agent({ keepAlive: number % 2 === 0, maxSockets: 1 });
  for (let i = number; going; i++) {
    const page = pages[i % pages.length], began = Date.now();
    try {
      const answer = await ask(agent, page).catch((error) => {
        if (!error.again) throw error;
        add('again');
        return ask(agent, page);
      });
      add(`status-${answer.statusCode}`);
      if (answer.headers.warning) add('stale');
      if (answer.statusCode !== 200) bad++;
    } catch (error) {
      add(error.code ?? error.message);
      bad++;
    }
    requests++;
    slowest = Math.max(slowest, Date.now() - began);
    await pause();
  }
  agent.destroy();
}

process.on('SIGTERM', () => { going = false; });
console.log('reading');
await Promise.all(Array.from({ length: Number(count) }, (_, i) => read(i)));
console.log([`requests=${requests}`, `bad=${bad}`, `slowest=${slowest}`,
  ...Object.entries(seen).map(([what, n]) => `${what}=${n}`)].join(' '));
