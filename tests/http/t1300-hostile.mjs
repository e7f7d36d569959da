#!/usr/bin/env node
// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
//
// What nobody should send.  Each line is bytes on the wire and the statuses that
// are right; never 5xx, never another site's content, and the server goes on.

import { connect } from 'node:net';
import { each, end, get, is, none, ok, port, site, sites } from './pages.mjs';

const edu = site('edu').host;
const name = site('edu').name;

/** The first bytes of the answer; '' when the connection was closed. */
function raw(bytes) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let seen = '';
    const done = () => { socket.destroy(); resolve(seen); };
    socket.setTimeout(8000, () => { seen ||= 'no answer'; done(); });
    socket.on('data', (data) => { seen += data.toString('latin1'); });
    socket.on('close', done);
    socket.on('error', done);
  });
}
const ask = (target, more = '', method = 'GET', host = edu) =>
  `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${more}\r\n`;

const long = 'a'.repeat(1500);
const cases = [
  // paths; httpd itself takes dots and double slashes out where it can
  ['/..', [400]], ['/../', [400]], ['/../../etc/passwd', [400]],
  ['/news/../../etc/passwd', [400]], ['/news/../notices/', [200]],
  ['/news/./', [200]], ['/./', [200]], ['//', [200]], ['//news/', [200]],
  ['/news//', [200]], ['/%2e%2e/%2e%2e/etc/passwd', [400]],
  ['/news/%2e%2e/', [200]], ['/%2E/', [200]], ['/news%2F', [400, 404]],
  ['/news%2f..%2f', [400, 404]], ['/%5c..%5c', [400]], ['/..\\..\\', [400]],
  ['/news\\', [400]], ['/%00', [400, 404]], ['/news/%00/', [400, 404]],
  ['/news/1.html%00.jpg', [400, 404]], ['/%', [400]], ['/%zz', [400]],
  ['/%c0%af', [400]], ['/%c0%ae%c0%ae/', [400]], ['/%e0%80%af', [400]],
  ['/%ed%a0%80', [400]], ['/%f4%90%80%80', [400]], ['/%ff%fe', [400]],
  ['/%ef%bf%bf', [400, 404]], ['/%0d%0aSet-Cookie:x=1', [400]],
  ['/%09', [400]], ['/%1b', [400]], ['/%7f', [400, 404]], ['/\x01', [400]],
  ['/\xe6\x96\xb0', [400, 404]], ['/%E6%96%B0%E9%97%BB/', [404]],
  ['/' + long, [400, 404, 414]], ['/' + 'a/'.repeat(600), [400, 404, 414]],
  ['/' + 'a'.repeat(20000), [414]], ['/news/%32%31.html', [200, 301, 400, 404]],
  ['/news/0.html', [404]], ['/news/00000000001.html', [404]],
  ['/news/-1.html', [404]], ['/news/1e9.html', [404]],
  ['/news/99999999999999999999.html', [404]],
  ['/news/9223372036854775807.html', [404]],
  ['/news/page-0.html', [404]], ['/news/page-01.html', [404]],
  ['/news/page-99999999999.html', [404]], ['/news/page-4294967297.html', [404]],
  ['/news/feed.xml', [404]], ['/news/feed.', [404]], ['/NEWS/', [404]],
  ['/sitemap-0.xml', [404]], ['/sitemap-99999.xml', [404]],
  ['/news;jsessionid=1/', [404]], ['/-/', [404]], ['/-/asset/', [404]],
  ['/-/asset/../../etc/passwd', [404]],
  ['/-/asset/' + '0'.repeat(64) + '/x.png', [404]],
  ['/-/asset/' + 'g'.repeat(64) + '/x.png', [404]],
  ['/-/static/0/base/..%2f..%2fgovportal.conf', [400, 404]],
  ['/-/static/0/base/.htaccess', [404]], ['/-/static/0/theme/../x.css', [404]],
  ['/-/static/0/accent/zzzzzz.css', [404]],
  ['/-/static/0/accent/0b6e4f0.css', [404]],
  ['/-/model', [404]], ['/server-status', [404]], ['/.git/config', [404]],
  ['/index.php', [404]], ['/wp-login.php', [404]],
  // targets that are no paths; the host in one counts (RFC 9112, 3.2.2)
  [`http://${edu}/`, [200]], ['https://evil.example/', [200, 400, 421]],
  ['http://evil.example/', [421]],
  ['*', [400, 404]], ['news/', [400]],
  // queries
  ['/?' + 'a=1&'.repeat(300), [200, 400]], ['/?%', [200, 400]],
  ['/?a=%00', [200, 400]], ['/?a=%ff', [200, 400]],
  ['/?view=%00text', [200, 400]], ['/?view=../../x', [200]],
  ['/?model=xml', [200]], ['/?' + '&'.repeat(3000), [200, 400]],
  ['/?utm_source=<script>alert(1)</script>', [200, 400]],
  ['/?utm_source=%3Cscript%3Ealert(1)%3C/script%3E', [200]],
  ['/?' + 'x'.repeat(2 << 20), [414]],
].map(([target, right]) => [`GET ${target.slice(0, 60)}`, ask(target), right]);

for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND',
  'MKCOL', 'OPTIONS', 'get', 'XYZZY'])
  cases.push([`${method} /`, ask('/', 'Content-Length: 0\r\n', method), [405, 501, 400]]);
cases.push(
  ['CONNECT', ask('evil.example:443', '', 'CONNECT'), [400, 405]],
  ['POST with a body', ask('/news/', 'Content-Length: 5\r\n', 'POST') + 'a=b&c', [405]],
  ['GET with a body', ask('/', 'Content-Length: 5\r\n') + 'a=b&c', [200, 400]],
  ['two lengths', ask('/', 'Content-Length: 5\r\nContent-Length: 6\r\n') + 'abcdef', [200, 400]],
  ['length and chunks', ask('/', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n') + '0\r\n\r\n', [200, 400]],
  ['HTTP/1.0 with Host', `GET / HTTP/1.0\r\nHost: ${edu}\r\n\r\n`, [200]],
  ['HTTP/1.0 without Host', 'GET / HTTP/1.0\r\n\r\n', [400, 421]],
  ['HTTP/1.1 without Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', [400]],
  ['HTTP/0.9', 'GET /\r\n', [0, 400, 421]],
  ['HTTP/9.9', `GET / HTTP/9.9\r\nHost: ${edu}\r\nConnection: close\r\n\r\n`, [200, 400, 505]],
  ['rubbish', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', [0, 400]],
  ['a header of 64 KB', ask('/', `X-Long: ${'x'.repeat(65536)}\r\n`), [400, 431]],
  ['500 headers', ask('/', Array.from({ length: 500 }, (_, i) =>
    `X-${i}: 1\r\n`).join('')), [400, 431]],
  ['a header without a name', ask('/', ': x\r\n'), [400]],
  ['a folded header', ask('/', 'X-A: b\r\n c\r\n'), [200, 400]],
  ['NUL in a header', ask('/', 'X-A: b\x00c\r\n'), [400]],
  ['an absurd Range', ask('/', `Range: bytes=${'0-0,'.repeat(400)}0-0\r\n`), [200, 206, 416]],
  ['an absurd date', ask('/', 'If-Modified-Since: Thu, 99 Foo 99999\r\n'), [200]],
  ['an absurd ETag', ask('/', `If-None-Match: ${'"x",'.repeat(500)}\r\n`), [200, 400]],
  ['an absurd language', ask('/', `Accept-Language: ${'x-'.repeat(900)}\r\n`), [200]],
  ['an absurd coding', ask('/', 'Accept-Encoding: gzip;q=9999999;;;,,,\r\n'), [200]],
  ['another host in X-Forwarded-Host', ask('/', 'X-Forwarded-Host: www.yunlan.localhost\r\n'), [200]],
  ['a cookie of 6 KB', ask('/', `Cookie: a=${'b'.repeat(6000)}\r\n`), [200]]);
for (const host of ['', ' ', 'a b', 'edu_yunlan', '..', 'a..b', '-a.cn', 'edu.yunlan.localhost..',
  'x'.repeat(300), 'é.cn', '%65du.yunlan.localhost', 'edu.yunlan.localhost:99999',
  'edu.yunlan.localhost:abc', 'edu.yunlan.localhost@evil.example', 'evil.example',
  'evil.example, edu.yunlan.localhost', '[::1', '999.999.999.999', '<script>',
  'www.yunlan.localhost/../edu'])
  cases.push([`Host: ${host.slice(0, 40)}`, ask('/', '', 'GET', host), [400, 421]]);
cases.push(['two hosts', ask('/', 'Host: www.yunlan.localhost\r\n'), [400]]);

const others = sites.filter((one) => one.id !== 'edu' && one.host !== edu);
const wrong = [];
const fell = [];
const foreign = [];
const echoed = [];
await each(cases, async ([what, bytes, right]) => {
  const answer = await raw(Buffer.from(bytes, 'latin1'));
  const status = Number(/^HTTP\/1\.[01] (\d+)/.exec(answer)?.[1] ?? 0);
  const text = Buffer.from(answer, 'latin1').toString();
  if (!right.includes(status)) wrong.push(`${what}: ${status}`);
  if ((status >= 500 && !right.includes(status)) || answer === 'no answer')
    fell.push(`${what}: ${status}`);
  if (others.some((one) =>
    text.includes(`<meta name="SiteName" content="${one.name}"`)))
    foreign.push(what);
  if (/<script>alert/.test(text)) echoed.push(what);
});
none('each is answered as it should be', wrong, cases.length);
none('none makes an error of ours', fell, cases.length);
none('none gets another site\'s page', foreign, cases.length);
none('none comes back as markup', echoed, cases.length);
is('names in capitals and with a port or a dot are the same host',
  (await get(site('edu').url + '/', { host: edu.toUpperCase() })).text
    .includes(name), true);
const { status, headers } = await get(site('edu').url + '/', { method: 'POST' });
ok('a method that is not allowed names those that are', status === 405
  && /GET/.test(headers.allow), JSON.stringify(headers));
is('and the server goes on', (await get(site('edu').url + '/')).status, 200);
end();
