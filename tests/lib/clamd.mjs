// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// clamd.mjs SOCKET: plays clamd for tests.  Knows one virus, the test file of EICAR.

import { createServer } from 'node:net';

const mark = Buffer.from('$EICAR-STANDARD' + '-ANTIVIRUS-TEST-FILE!');

createServer(socket => {
  let bytes = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', data => {
    bytes = Buffer.concat([bytes, data]);
    if (bytes.equals(Buffer.from('zPING\0'))) {
      socket.end('PONG\0');
      return;
    }
    if (!bytes.subarray(0, 10).equals(Buffer.from('zINSTREAM\0'))) return;
    const parts = [];
    for (let at = 10; at + 4 <= bytes.length;) {
      const size = bytes.readUInt32BE(at);
      if (size === 0) {
        const found = Buffer.concat(parts).includes(mark);
        socket.end(`stream: ${found ? 'Eicar-Test-Signature FOUND' : 'OK'}\0`);
        return;
      }
      parts.push(bytes.subarray(at + 4, at + 4 + size));
      at += 4 + size;
    }
  });
}).listen(process.argv[2]);
