// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// times.mjs PORT HOST COOKIE SECONDS < PATHS
//
// Ask for the console's pages as one person does, one after the other in turns, on a
// kept connection, for so long.  A line of PATHS: name, path.  Prints for each name
// "NAME P50 P95 ASKED", microseconds until the whole answer was there.

import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { visit } from '../../lib/visit.mjs';

const [port, host, cookie, seconds] = process.argv.slice(2);
const [name, value] = cookie.split('=');
const jar = new Map([[name, value]]);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const pages = readFileSync(0, 'utf8').split('\n').filter(Boolean)
  .map(line => line.split('\t')).map(([what, path]) => ({ what, path, times: [] }));

// the first round fills the database's buffers
const until = Date.now() + seconds * 1000;
for (let round = 0; Date.now() < until; round++)
  for (const page of pages) {
    const began = process.hrtime.bigint();
    const { status } = await visit({ agent, port, path: page.path, jar, headers: { Host: host } });
    if (status !== 200) throw new Error(`${page.path}: ${status}`);
    if (round) page.times.push(Number(process.hrtime.bigint() - began) / 1000);
  }
agent.destroy();
for (const { what, times } of pages) {
  times.sort((a, b) => a - b);
  const at = part => Math.round(times[Math.floor((times.length - 1) * part)]);
  console.log(what, at(0.5), at(0.95), times.length);
}
