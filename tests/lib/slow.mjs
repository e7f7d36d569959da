// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// slow.mjs PORT COUNT: as many clients on the loopback send a request's head, a
// character at a time, until TERM.  Writes "slow" when all are connected.

import { connect } from 'node:net';

const [port, count] = process.argv.slice(2).map(Number);
const head = 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ';
let connected = 0;

for (let i = 0; i < count; i++) {
  let sent = 0;
  const socket = connect(port, '127.0.0.1', () => {
    if (++connected === count) console.log('slow');
  });
  socket.on('error', () => {});
  setInterval(() => socket.writable
    && socket.write(head[sent++] ?? 'a'), 100).unref();
}
process.on('SIGTERM', () => process.exit(0));
