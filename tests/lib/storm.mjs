#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// storm.mjs PORT HOST PATH VISITORS SECONDS
//
// Visitors who fill in a form again and again while things break.  A form whose
// answer is lost is sent again as it was, until it is answered.  Prints one line for
// each form that was acknowledged: its code.  At the end, on standard error, how many
// forms were begun and what the longest wait was.

import { Agent } from 'node:http';
import { keyOf, prove, visit } from './visit.mjs';

const [port, host, path, visitors, seconds] = process.argv.slice(2);
const end = Date.now() + Number(seconds) * 1000;
const last = end + 60000;
let begun = 0, longest = 0;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const ask = (agent, jar, fields) => visit({ agent, port, path, jar, fields,
  headers: { Host: `${host}:${port}` }, patience: 15000 });

async function until(fn) {
  const from = Date.now();
  while (Date.now() < last) {
    try {
      const answer = await fn();
      if (answer) {
        longest = Math.max(longest, Date.now() - from);
        return answer;
      }
    } catch { /* once more */ }
    await pause(100 + Math.random() * 200);
  }
  return null;
}

async function visitor(n) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const jar = new Map();
  while (Date.now() < end) {
    const page = await until(async () => {
      const a = await ask(agent, jar);
      return a.status === 200 && a.text.includes('data-challenge') ? a : null;
    });
    if (!page) break;
    const fields = { _key: keyOf(page.text), altcha: prove(page.text),
      name: `访客${n}`, phone: '13812345678', persons: '1', agree: 'yes' };
    begun++;
    const done = await until(async () => {
      const a = await ask(agent, jar, fields);
      return a.status === 200 ? /\b[0-9a-f]{18}\b/.exec(a.text) : null;
    });
    if (done) console.log(done[0]);
  }
  agent.destroy();
}

await Promise.all(Array.from({ length: Number(visitors) }, (_, n) => visitor(n)));
console.error(`${begun} begun, longest wait ${longest} ms`);
