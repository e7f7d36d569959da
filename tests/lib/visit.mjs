// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// What visitors written in JavaScript share: one request, and a captcha's work.

import { createHash } from 'node:crypto';
import { request } from 'node:http';

/** Ask as a browser does: with the cookies of JAR, a Map, which takes up what comes
    back.  HEADERS hold the Host; FIELDS, if any, are sent as a form.  Gives { status,
    headers, text }; throws when the answer does not come whole within PATIENCE
    milliseconds. */
export function visit({ agent, port, path, headers, jar, method, fields,
  patience = 20000 }) {
  const body = fields && new URLSearchParams(fields).toString();
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port, path,
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { ...headers, ...(cookie && { Cookie: cookie }),
        ...(body !== undefined && {
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': Buffer.byteLength(body) }) } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', reject);
      answer.on('aborted', () => reject(new Error('aborted')));
      answer.on('end', () => {
        for (const line of answer.headers['set-cookie'] ?? []) {
          const [, name, value] = /^([^=]*)=([^;]*)/.exec(line);
          if (value) jar.set(name, value);
          else jar.delete(name);
        }
        resolve({ status: answer.statusCode, headers: answer.headers,
          text: Buffer.concat(parts).toString('utf8') });
      });
    });
    sent.setTimeout(patience,
      () => sent.destroy(new Error(`no answer: ${path}`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The hidden key of a page's form, or undefined. */
export function keyOf(page) {
  return /name="_key" value="([^"]*)"/.exec(page)?.[1];
}

/** What the widget of a page's captcha would send; null: the page has none. */
export function prove(page) {
  const found = /data-challenge="([^"]*)"/.exec(page);
  if (!found) return null;
  const text = found[1].replaceAll('&quot;', '"').replaceAll('&#34;', '"')
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const { algorithm, challenge, maxnumber, salt, signature } = JSON.parse(text);
  for (let number = 0; number <= maxnumber; number++)
    if (createHash('sha256').update(salt + number).digest('hex') === challenge)
      return Buffer.from(JSON.stringify(
        { algorithm, challenge, number, salt, signature })).toString('base64');
  throw new Error('no number fits');
}
