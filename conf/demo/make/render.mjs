// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
// Draws the demo's pictures in a headless Chromium and stores them. Usage: node render.mjs [name ...]
import http from 'node:http';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
const here = import.meta.dirname, out = path.resolve(here, '../pictures'), only = process.argv.slice(2);
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-make-'));
let browser;
const server = http.createServer((req, res) => {
	const url = new URL(req.url, 'http://localhost');
	if (req.method === 'POST') {
		const parts = [];
		req.on('data', part => parts.push(part)).on('end', () => {
			const body = Buffer.concat(parts), name = url.searchParams.get('name');
			if (url.pathname === '/log') console.error(body.toString());
			else if (url.pathname === '/done') { res.end(); browser.kill(); server.close(); setTimeout(() => { fs.rmSync(profile, { recursive: true, force: true }); process.exit(0); }, 500); return; }
			else { fs.writeFileSync(path.join(out, path.basename(name)), body); console.log(name, Math.round(body.length / 1024) + ' KB'); }
			res.end();
		});
		return;
	}
	if (url.pathname === '/') { res.setHeader('content-type', 'text/html; charset=utf-8'); res.end(`<!doctype html><script>window.only=${JSON.stringify(only)}</script>` + ['paint', 'scenes', 'scenes2', 'scenes3', 'people', 'logos', 'main'].map(n => `<script src="/${n}.js"></script>`).join('')); return; }
	try { res.setHeader('content-type', 'text/javascript; charset=utf-8'); res.end(fs.readFileSync(path.join(here, path.basename(url.pathname)))); } catch { res.statusCode = 404; res.end(); }
});
server.listen(0, '127.0.0.1', () => {
	browser = spawn(process.env.CHROMIUM || '/usr/bin/chromium', ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage', '--remote-debugging-port=0', '--user-data-dir=' + profile, `http://127.0.0.1:${server.address().port}/`], { stdio: 'ignore' });
});
