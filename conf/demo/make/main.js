// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
'use strict';
// Runs every picture in turn; JPEG quality falls until the file fits its limit.
const log = text => fetch('/log', { method: 'POST', body: text });
window.onerror = (m, f, l, c) => { log(`${m} ${f}:${l}:${c}`); };
const blobOf = (c, type, q) => new Promise(done => c.toBlob(done, type, q));
(async () => {
	const wanted = n => !only.length || only.some(o => n.startsWith(o));
	await document.fonts.ready;
	for (const [name, draw] of Object.entries({ ...SCENES, ...PEOPLE })) {
		if (!wanted(name)) continue;
		try {
			const c = draw(name), limit = (name.startsWith('banner') ? 150 : name.startsWith('portrait') ? 28 : 74) * 1024;
			let q = .8, b = await blobOf(c, 'image/jpeg', q);
			while (b.size > limit && q > .4) { q -= .04; b = await blobOf(c, 'image/jpeg', q); }
			await fetch('/save?name=' + name + '.jpg', { method: 'POST', body: b });
		} catch (e) { await log(name + ': ' + e.stack); }
	}
	for (const [name, draw] of Object.entries(LOGOS)) if (wanted(name)) { try { await fetch('/save?name=' + name + '.png', { method: 'POST', body: await blobOf(draw(), 'image/png') }); } catch (e) { await log(name + ': ' + e.stack); } }
	await fetch('/done', { method: 'POST' });
})();
