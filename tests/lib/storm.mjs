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

import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';

const [port, host, path, visitors, seconds] = process.argv.slice(2);
const end = Date.now() + Number(seconds) * 1000;
const last = end + 60000;
let begun = 0, longest = 0;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function ask(agent, cookie, body) {
  return new Promise((resolve, reject) => {
    const r = request({ agent, host: '127.0.0.1', port, path,
      method: body ? 'POST' : 'GET',
      headers: { Host: `${host}:${port}`, ...(cookie && { Cookie: cookie }),
        ...(body && { 'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': Buffer.byteLength(body) }) } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => { text += part; });
      answer.on('error', reject);
      answer.on('aborted', () => reject(new Error('aborted')));
      answer.on('end', () => resolve({ status: answer.statusCode, text,
        cookie: answer.headers['set-cookie']?.[0].split(';')[0] }));
    });
    r.setTimeout(15000, () => r.destroy(new Error('slow')));
    r.on('error', reject);
    r.end(body);
  });
}

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

function solve(page) {
  const text = /data-challenge="([^"]*)"/.exec(page)[1]
    .replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const c = JSON.parse(text);
  for (let number = 0; number <= c.maxnumber; number++)
    if (createHash('sha256').update(c.salt + number).digest('hex')
        === c.challenge)
      return Buffer.from(JSON.stringify({ algorithm: c.algorithm,
        challenge: c.challenge, number, salt: c.salt,
        signature: c.signature })).toString('base64');
  throw new Error('no number fits');
}

async function visitor(n) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let cookie;
  while (Date.now() < end) {
    const page = await until(async () => {
      const a = await ask(agent, cookie);
      return a.status === 200 && a.text.includes('data-challenge') ? a : null;
    });
    if (!page) break;
    cookie = page.cookie ?? cookie;
    const key = /name="_key" value="([^"]*)"/.exec(page.text)[1];
    const body = new URLSearchParams({ _key: key, altcha: solve(page.text),
      name: `访客${n}`, phone: '13812345678', persons: '1', agree: 'yes' });
    begun++;
    const done = await until(async () => {
      const a = await ask(agent, cookie, body.toString());
      return a.status === 200 ? /\b[0-9a-f]{18}\b/.exec(a.text) : null;
    });
    if (done) console.log(done[0]);
  }
  agent.destroy();
}

await Promise.all(Array.from({ length: Number(visitors) }, (_, n) => visitor(n)));
console.error(`${begun} begun, longest wait ${longest} ms`);
