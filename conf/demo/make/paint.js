// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
// Painting primitives: seeded noise, light palettes, sky, ridges, water, trees, buildings, people.
'use strict';
const clamp = (v, a = 0, b = 1) => Math.max(a, Math.min(b, v));
const lerp = (a, b, t) => a + (b - a) * t;
const smooth = (a, b, v) => { const t = clamp((v - a) / (b - a)); return t * t * (3 - 2 * t); };
const rgb = h => Array.isArray(h) ? h : [1, 3, 5].map(i => parseInt(h.slice(i, i + 2), 16));
const css = (c, a = 1) => `rgba(${c.map(v => Math.round(clamp(v, 0, 255))).join(',')},${a})`;
const mixc = (a, b, t) => { a = rgb(a); b = rgb(b); return a.map((v, i) => lerp(v, b[i], t)); };
function makeRandom(seed) {
	let h = 1779033703;
	for (const ch of String(seed)) { h = Math.imul(h ^ ch.charCodeAt(0), 3432918353); h = h << 13 | h >>> 19; }
	const r = () => { h = h + 0x6D2B79F5 | 0; let t = Math.imul(h ^ h >>> 15, 1 | h); t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t; return ((t ^ t >>> 14) >>> 0) / 4294967296; };
	r.f = (a, b) => a + (b - a) * r();
	r.i = (a, b) => Math.floor(r.f(a, b + 1));
	r.pick = l => l[Math.floor(r() * l.length)];
	return r;
}
// Light of the hour: sky from zenith to horizon, sun [colour, x, y (share of the horizon), radius], haze, light multiplier.
const LIGHT = {
	dawn: { sky: ['#6f8fb8', '#a9bdd3', '#f0d0b8', '#ffe6c4'], sun: ['#fff3d6', .7, .86, 34], haze: '#f2d9c4', amb: [.96, .88, .86], warm: '#ffd7a0', cloud: '#fff1e4', cloudS: '#c3a4b0', lit: .12, leaf: '#587a4e', deep: '#33506a' },
	morning: { sky: ['#4f93c8', '#8dbfe0', '#cfe5ee', '#f4f3e4'], sun: ['#fffbe8', .25, .3, 40], haze: '#dcebf0', amb: [1, .99, .94], warm: '#fff2cc', cloud: '#ffffff', cloudS: '#b7cbdc', lit: .03, leaf: '#5a9148', deep: '#2f6d8c' },
	noon: { sky: ['#2f7fc4', '#66aadc', '#aad3ec', '#e0f0f5'], sun: null, haze: '#cfe3ee', amb: [1.03, 1.02, 1], warm: '#ffffff', cloud: '#ffffff', cloudS: '#a9c2d8', lit: .02, leaf: '#4f8f3f', deep: '#236a94' },
	golden: { sky: ['#5b86b4', '#a7b5be', '#f3c98c', '#ffdc9a'], sun: ['#fff0c0', .66, .78, 44], haze: '#f6d3a0', amb: [1.04, .9, .72], warm: '#ffc873', cloud: '#ffe9c4', cloudS: '#b58f86', lit: .12, leaf: '#6f8436', deep: '#5a6a70' },
	dusk: { sky: ['#2d3564', '#6a5a90', '#d4808a', '#f8b884'], sun: ['#ffd9a4', .3, .97, 46], haze: '#c98f96', amb: [.62, .52, .66], warm: '#ffae74', cloud: '#f3a899', cloudS: '#5d4c80', lit: .4, leaf: '#4a6248', deep: '#352f5c' },
	night: { sky: ['#070f2a', '#10214a', '#22406f', '#4a6a92'], sun: null, haze: '#2c4873', amb: [.27, .33, .5], warm: '#ffd28a', cloud: '#3a557f', cloudS: '#132347', lit: .55, leaf: '#3f6a58', deep: '#0a1838', stars: 1 },
	mist: { sky: ['#b5c9cf', '#cddbdb', '#e4e9e2', '#f1f0e6'], sun: ['#fffdf0', .6, .45, 34], haze: '#e6ece6', amb: [.88, .92, .92], warm: '#fffbe6', cloud: '#ffffff', cloudS: '#c0d0d2', lit: .06, leaf: '#5c8365', deep: '#7d9c9f' },
	rain: { sky: ['#66798a', '#8a9ba8', '#b3bfc4', '#d3d8d4'], sun: null, haze: '#c0cacc', amb: [.74, .8, .84], warm: '#ffe4b0', cloud: '#c9d2d6', cloudS: '#64747f', lit: .22, leaf: '#4b7550', deep: '#53707c' },
	autumn: { sky: ['#3d84bd', '#7fb3d3', '#c7dde0', '#f6ebd0'], sun: ['#fff6da', .78, .35, 38], haze: '#eadfc6', amb: [1.03, .97, .88], warm: '#ffe3a8', cloud: '#fffaf0', cloudS: '#bcbfc6', lit: .04, leaf: '#a08a36', deep: '#3e7488' },
	spring: { sky: ['#74b2d8', '#a7d0e6', '#d9e9ec', '#fbeee8'], sun: ['#fffbe8', .7, .3, 36], haze: '#ece9ea', amb: [1.02, 1, .98], warm: '#fff4e0', cloud: '#ffffff', cloudS: '#c6cfdf', lit: .03, leaf: '#7fae55', deep: '#4a8a9c' },
	snow: { sky: ['#7d9cba', '#a9c0d2', '#d3dfe6', '#f0efe9'], sun: ['#fffaf0', .35, .5, 36], haze: '#e2e9ee', amb: [.94, .97, 1.02], warm: '#fff2dc', cloud: '#f6f8fa', cloudS: '#aabccb', lit: .12, leaf: '#5a7468', deep: '#5d7f96' },
};
class Painter {
	constructor(name, light, width = 1600, height = 900) {
		this.W = width; this.H = height; this.name = name;
		this.c = document.createElement('canvas'); this.c.width = width; this.c.height = height;
		this.g = this.c.getContext('2d', { willReadFrequently: true });
		this.g.lineCap = 'round'; this.g.lineJoin = 'round';
		this.r = makeRandom(name); this.L = LIGHT[light];
		const t = this.table = new Float32Array(65536); for (let i = 0; i < 65536; i++) t[i] = this.r();
		this.side = this.L.sun ? (this.L.sun[1] < .5 ? -1 : 1) : 1; // where the light comes from
	}
	n2(x, y) {
		const t = this.table, xi = Math.floor(x), yi = Math.floor(y), u = x - xi, v = y - yi, s = u * u * (3 - 2 * u), q = v * v * (3 - 2 * v);
		const a = (yi & 255) << 8, b = ((yi + 1) & 255) << 8, c = xi & 255, d = (xi + 1) & 255;
		return lerp(lerp(t[a + c], t[a + d], s), lerp(t[b + c], t[b + d], s), q);
	}
	fbm(x, y = 0, o = 5) { let v = 0, a = .5, m = 0; for (let i = 0; i < o; i++) { v += a * this.n2(x, y); m += a; a *= .5; x = x * 2.03 + 17.1; y = y * 2.03 + 9.7; } return v / m; }
	tone(c, d = 0, k = 1) { const a = this.L.amb; return mixc(rgb(c).map((v, i) => v * a[i] * k), this.L.haze, d); }
	t(c, d = 0, k = 1, al = 1) { return css(this.tone(c, d, k), al); }
	grad(x0, y0, x1, y1, stops) { const q = this.g.createLinearGradient(x0, y0, x1, y1); stops.forEach((s, i) => q.addColorStop(i / (stops.length - 1), s)); return q; }
	fill(style, pts) { const g = this.g; g.fillStyle = style; g.beginPath(); pts.forEach((p, i) => i ? g.lineTo(p[0], p[1]) : g.moveTo(p[0], p[1])); g.closePath(); g.fill(); }
	line(style, w, pts) { const g = this.g; g.strokeStyle = style; g.lineWidth = w; g.beginPath(); pts.forEach((p, i) => i ? g.lineTo(p[0], p[1]) : g.moveTo(p[0], p[1])); g.stroke(); }
	rect(style, x, y, w, h) { this.g.fillStyle = style; this.g.fillRect(x, y, w, h); }
	round(style, x, y, w, h, r) { const g = this.g; g.fillStyle = style; g.beginPath(); g.roundRect(x, y, w, h, r); g.fill(); }
	oval(style, x, y, rx, ry = rx, rot = 0) { const g = this.g; g.fillStyle = style; g.beginPath(); g.ellipse(x, y, Math.abs(rx), Math.abs(ry), rot, 0, 7); g.fill(); }
	glow(c, x, y, r, a = .5, mode = 'screen') { const g = this.g, q = g.createRadialGradient(x, y, 0, x, y, r); c = rgb(c); q.addColorStop(0, css(c, a)); q.addColorStop(.35, css(c, a * .42)); q.addColorStop(1, css(c, 0)); g.save(); g.globalCompositeOperation = mode; g.fillStyle = q; g.fillRect(x - r, y - r, 2 * r, 2 * r); g.restore(); }
	// ---- sky ----
	sky(hz, cloud = .5, o = {}) {
		const { g, W, L, r } = this; this.hz = hz;
		this.rect(this.grad(0, 0, 0, hz, L.sky), 0, 0, W, this.H);
		if (L.stars) for (let i = 0; i < 160; i++) this.oval(`rgba(255,255,255,${r.f(.1, .7)})`, r.f(0, W), r.f(0, hz * .7), r.f(.5, 1.3));
		if (L.sun) {
			const [c, sx, sy, sr] = L.sun, x = sx * W, y = sy * hz;
			this.glow(L.warm, x, y, W * .55, .55); this.glow(c, x, y, sr * 5, .75);
			if (!o.noSun) { this.oval(css(rgb(c), .9), x, y, sr * .8); }
		}
		if (cloud > 0) this.clouds(hz, cloud, o);
	}
	clouds(hz, cover, o = {}) {
		const { W, L, g } = this, w = 440, h = Math.max(60, Math.round(w * hz / W)), k = document.createElement('canvas'); k.width = w; k.height = h;
		const q = k.getContext('2d'), im = q.createImageData(w, h), A = rgb(L.cloud), B = rgb(L.cloudS), th = lerp(.66, .36, cover), seed = this.r.f(0, 90), dx = this.L.sun ? (this.L.sun[1] - .5) * .3 : .1;
		for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
			const v = 1 - y / h, p = .3 + v * .9, X = (x - w / 2) / w * 5 / p, Y = 3.2 / p + seed;
			const f = this.fbm(X + seed, Y * 1.5, 6) * .75 + this.fbm(X * .45 + 40, Y * .6, 3) * .35 - .05;
			const a = smooth(th, th + .2, f), f2 = this.fbm(X + seed + dx, (Y - .13) * 1.5, 4) * .75 + .15;
			const lightness = clamp(.62 + (f2 - f) * -2.2 * -1 + (1 - a) * .3), i = (y * w + x) * 4;
			for (let j = 0; j < 3; j++) im.data[i + j] = lerp(B[j], A[j], clamp(1.15 - (f - th) * 2.4 + (f2 - f) * 1.5) * .8 + .2 * lightness);
			im.data[i + 3] = 255 * a * .88 * smooth(0, .16, v);
		}
		q.putImageData(im, 0, 0); g.imageSmoothingQuality = 'high'; g.drawImage(k, 0, 0, W, hz);
	}
	mist(y, h, a = .5, c) {
		const { g, W, L, r } = this; c = rgb(c || L.haze);
		for (let i = 0; i < 26; i++) { const x = r.f(-100, W + 100), yy = y + r.f(-.5, .5) * h, rx = r.f(180, 520), ry = r.f(.12, .4) * h; g.save(); g.translate(x, yy); g.scale(1, ry / rx); const q = g.createRadialGradient(0, 0, 0, 0, 0, rx); q.addColorStop(0, css(c, a * .32)); q.addColorStop(1, css(c, 0)); g.fillStyle = q; g.fillRect(-rx, -rx, 2 * rx, 2 * rx); g.restore(); }
	}
	birds(n, x, y, s = 8) { for (let i = 0; i < n; i++) { const X = x + this.r.f(-90, 90), Y = y + this.r.f(-40, 40), k = s * this.r.f(.6, 1.2), g = this.g; g.strokeStyle = this.t('#3b4452', .2, 1, .7); g.lineWidth = 1.6; g.beginPath(); g.moveTo(X - k, Y - k * .3); g.quadraticCurveTo(X - k * .4, Y - k * .5, X, Y); g.quadraticCurveTo(X + k * .4, Y - k * .5, X + k, Y - k * .3); g.stroke(); } }
	// ---- land ----
	ridgeLine(y, amp, scale, o = {}) {
		const s = this.r.f(0, 200), f = x => { let n = this.fbm(x * scale + s, s, o.oct || 6); if (o.peak) n = lerp(n, 1 - Math.abs(2 * this.fbm(x * scale * .8 + s + 31, s + 5, 5) - 1), o.peak); return y - amp * (n - .25) * (o.env ? o.env(x / this.W) : 1); };
		return f;
	}
	ridge(y, amp, scale, color, d, o = {}) {
		const { g, W, r } = this, f = o.line || this.ridgeLine(y, amp, scale, o), bottom = o.bottom || y + amp * .6, pts = [];
		for (let x = -10; x <= W + 10; x += 3) pts.push([x, f(x) - (o.trees ? this.n2(x * .21, 3) * o.trees : 0)]);
		const top = Math.min(...pts.map(p => p[1]));
		pts.push([W + 10, bottom], [-10, bottom]);
		g.save(); this.fill(this.grad(0, top, 0, bottom, [this.t(color, d, .97), this.t(color, d, 1), this.t(color, clamp(d + (o.fade ?? .35)), 1)]), pts); g.clip();
		const n = o.tex ?? 70;
		for (let i = 0; i < n; i++) { // facets falling off the crest
			const x = r.f(0, W), y0 = f(x), len = r.f(.25, .9) * (bottom - y0), s = r() < .5 ? -1 : 1, lit = s === this.side;
			g.fillStyle = this.grad(0, y0, 0, y0 + len, [css(lit ? this.tone(mixc(color, this.L.warm, .35), d) : this.tone(color, d, .78), lit ? .2 : .2), css(this.tone(color, d), 0)]);
			g.beginPath(); g.moveTo(x, y0 - 2); g.quadraticCurveTo(x + s * len * .2, y0 + len * .3, x + s * len * r.f(.3, .7), y0 + len); g.lineTo(x + s * len * .05, y0 + len * .9); g.closePath(); g.fill();
		}
		if (o.forest) for (let i = 0; i < o.forest; i++) { const x = r.f(-20, W + 20), u = r() ** 1.3, yy = f(x) + u * (bottom - f(x)), s = (o.size || 9) * r.f(.6, 1.2); const k = r.f(.68, 1.05); this.oval(this.t(mixc(color, o.leaf || this.L.leaf, r.f(.2, .8)), d + u * .1, k * .82), x, yy, s * 1.05, s * .9); this.oval(this.t(mixc(color, o.leaf || this.L.leaf, .7), d + u * .1, k * 1.16), x + this.side * s * .25, yy - s * .35, s * .62, s * .45); }
		g.restore(); return f;
	}
	strokes(x0, y0, x1, y1, n, colors, len, thick, d = 0) { for (let i = 0; i < n; i++) { const u = this.r(), y = lerp(y0, y1, u), k = lerp(.35, 1, u); this.oval(this.t(this.r.pick(colors), d * (1 - u), this.r.f(.88, 1.1), .35), this.r.f(x0, x1), y, len * k * this.r.f(.4, 1.2), thick * k * this.r.f(.4, 1)); } }
	ground(y, color, o = {}) {
		const b = o.bottom || this.H, f = o.line || (() => y), pts = []; for (let x = -10; x <= this.W + 10; x += 10) pts.push([x, f(x)]); pts.push([this.W + 10, b], [-10, b]);
		this.g.save(); this.fill(this.grad(0, y, 0, b, [this.t(color, o.d ?? .25), this.t(color, .05), this.t(color, 0, .82)]), pts); this.g.clip();
		this.strokes(0, y, this.W, b, o.n ?? 700, o.colors || [mixc(color, '#ffffff', .14), mixc(color, '#1d3020', .18), mixc(color, this.L.leaf, .5), color], o.len || 34, o.thick || 5, o.d ?? .25); this.g.restore();
	}
	water(y0, y1 = this.H, o = {}) {
		const { g, W, L, r } = this, src = document.createElement('canvas'); src.width = W; src.height = Math.max(2, Math.round(y0)); src.getContext('2d').drawImage(this.c, 0, 0);
		g.save(); if (o.clip) { g.beginPath(); o.clip.forEach((p, i) => i ? g.lineTo(...p) : g.moveTo(...p)); g.closePath(); g.clip(); }
		this.rect(css(rgb(L.deep)), 0, y0, W, y1 - y0);
		const st = o.stretch ?? 1, rip = o.ripple ?? 1;
		for (let y = y0; y < y1; y += 1) { const u = (y - y0) / (y1 - y0), wob = (this.n2(y * .33, 1) - .5) * 14 * rip * (.15 + u) + Math.sin(y * .9 / (.3 + u)) * 2.5 * rip * u; const sy = clamp(y0 - 1 - (y - y0) * st - (this.n2(y * .6, 9) - .5) * 10 * rip * u, 0, y0 - 1); g.drawImage(src, 0, sy, W, 1, wob - 14, y, W + 28, 1.4); }
		this.rect(this.grad(0, y0, 0, y1, [css(mixc(L.deep, L.haze, .7), .18), css(mixc(L.deep, L.haze, .25), .34), css(rgb(L.deep), .62)]), 0, y0, W, y1 - y0);
		const n = (o.glints ?? 1) * 240;
		for (let i = 0; i < n; i++) { const u = r() ** .8, y = lerp(y0, y1, u), l = lerp(14, 130, u) * r.f(.3, 1); this.oval(css(mixc(L.haze, '#ffffff', .25), r.f(.05, .2)), r.f(0, W), y, l, lerp(.5, 2.2, u)); }
		for (let i = 0; i < n * .7; i++) { const u = r(), y = lerp(y0, y1, u), l = lerp(14, 120, u) * r.f(.3, 1); this.oval(css(mixc(L.deep, '#000000', .2), r.f(.04, .16)), r.f(0, W), y, l, lerp(.5, 2.4, u)); }
		if (L.sun && o.glitter !== 0) { const sx = L.sun[1] * W; g.globalCompositeOperation = 'screen'; for (let i = 0; i < 170; i++) { const u = r(), y = lerp(y0, y1, u); this.oval(css(rgb(L.warm), r.f(.06, .3)), sx + (r() + r() - 1) * lerp(30, 190, u), y, lerp(5, 40, u) * r.f(.4, 1), lerp(.6, 2.2, u)); } g.globalCompositeOperation = 'source-over'; }
		g.restore();
	}
	// ---- plants ----
	tree(x, y, h, o = {}) {
		const { r } = this, d = o.d || 0, c = o.c || this.L.leaf, type = o.type || 'round', dark = mixc(c, '#12283a', .42), hi = mixc(c, this.L.warm, .4);
		this.oval(this.t('#1f2b2a', d, 1, .22), x - this.side * h * .12, y, h * .3, h * .035);
		if (type === 'pine') {
			this.line(this.t('#4b3a30', d), h * .03, [[x, y], [x, y - h * .4]]);
			for (let i = 0; i < 7; i++) { const yy = y - h * (.14 + i * .12), w = h * (.26 - i * .032); for (let j = 0; j < 7; j++) { const u = j / 6 * 2 - 1, k = (u * this.side + 1) / 2; this.oval(this.t(mixc(dark, hi, k * .55 + i * .03), d), x + u * w * .8, yy + Math.abs(u) * h * .05, w * .34, h * .045, u * .5); } }
			return;
		}
		if (type === 'palm' || type === 'bamboo') { for (let i = 0; i < 5; i++) { const bx = x + (i - 2) * h * .05, lean = r.f(-.12, .12) * h; this.line(this.t(mixc(c, '#e4e09a', .2), d, .9), Math.max(1, h * .014), [[bx, y], [bx + lean * .4, y - h * .6], [bx + lean, y - h * .95]]); for (let j = 0; j < 16; j++) { const u = r.f(.35, 1); this.oval(this.t(mixc(dark, hi, r()), d), bx + lean * u + r.f(-.1, .1) * h, y - h * u, h * .075, h * .012, r.f(-.6, .9)); } } return; }
		const wd = o.trunk || '#54402f'; this.line(this.t(wd, d, .9), h * .05, [[x, y], [x + h * .01, y - h * .5]]);
		if (h > 90) for (const s of [-1, 1]) this.line(this.t(wd, d, .9), h * .022, [[x, y - h * .36], [x + s * h * .14, y - h * .62]]);
		if (type === 'willow') {
			for (let i = 0; i < 90; i++) { const a = r.f(-1, 1), x0 = x + a * h * .34, y0 = y - h * (.98 - a * a * .3) + r.f(0, .12) * h, l = h * r.f(.3, .62) * (1 - .2 * Math.abs(a)); const g = this.g; g.strokeStyle = this.t(mixc(dark, hi, clamp(r.f(0, .6) + a * this.side * .3 + .2)), d, 1, .75); g.lineWidth = Math.max(.8, h * .011); g.beginPath(); g.moveTo(lerp(x, x0, .6), y0 - h * .02); g.quadraticCurveTo(x0 + a * h * .06, y0 + l * .25, x0 + a * h * .09 + r.f(-4, 4), y0 + l); g.stroke(); } return;
		}
		const wide = type === 'tall' ? .17 : type === 'wide' ? .44 : .31, lo = type === 'tall' ? .2 : .38, n = h > 60 ? 70 : h > 30 ? 34 : 16, dabs = [];
		for (let i = 0; i < n; i++) { const a = r.f(0, 6.28), q = Math.sqrt(r()), u = Math.cos(a) * q, v = Math.sin(a) * q; dabs.push([u, v]); }
		dabs.sort((p, q) => (p[1] * -1 + p[0] * this.side * .5) - (q[1] * -1 + q[0] * this.side * .5));
		const cy = y - h * (1 + lo) / 2, ry = h * (1 - lo) / 2;
		this.oval(this.t(dark, d), x, cy + ry * .1, h * wide * .9, ry * .88);
		for (const [u, v] of dabs) { const k = clamp(.5 - v * .45 + u * this.side * .35 + r.f(-.18, .18)); this.oval(this.t(k < .5 ? mixc(dark, c, k * 2) : mixc(c, hi, (k - .5) * 2), d), x + u * h * wide, cy + v * ry, h * wide * r.f(.2, .34), ry * r.f(.16, .28), r.f(-.5, .5)); }
		for (let i = 0; i < n * .8; i++) { const a = r.f(0, 6.28), q = r.f(.3, 1.04), u = Math.cos(a) * q, v = Math.sin(a) * q, k = clamp(.5 - v * .5 + u * this.side * .3 + r.f(-.25, .25)); this.oval(this.t(o.flower && r() < .5 ? o.flower : mixc(dark, hi, k), d, 1, .8), x + u * h * wide, cy + v * ry, h * r.f(.012, .03), h * r.f(.01, .02)); }
	}
	trees(x0, x1, y, h, n, o = {}) { const l = []; for (let i = 0; i < n; i++) l.push([lerp(x0, x1, (i + this.r.f(.1, .9)) / n), y + this.r.f(-.05, .08) * h]); l.sort((a, b) => a[1] - b[1]); for (const [x, yy] of l) this.tree(x, yy, h * this.r.f(.7, 1.15), { ...o, c: o.cs ? this.r.pick(o.cs) : o.c ? mixc(o.c, '#203018', this.r.f(0, .2)) : undefined }); }
	bushes(x0, x1, y, h, o = {}) { const n = Math.ceil(Math.abs(x1 - x0) / (h * .35)), c = o.c || this.L.leaf; for (let i = 0; i < n; i++) { const x = lerp(x0, x1, this.r()), s = h * this.r.f(.35, .75); this.oval(this.t(mixc(c, '#14292c', .35), o.d || 0), x, y, s, s * .7); this.oval(this.t(mixc(c, '#14292c', .08), o.d || 0), x + this.side * s * .1, y - s * .15, s * .8, s * .5); this.oval(this.t(mixc(c, this.L.warm, .3), o.d || 0, 1, .8), x + this.side * s * .25, y - s * .34, s * .42, s * .22); if (o.flower) for (let j = 0; j < 5; j++) this.oval(this.t(this.r.pick(o.flower), 0, 1.05), x + this.r.f(-.7, .7) * s, y - this.r.f(0, .6) * s, h * .055, h * .05); } }
	reeds(x0, x1, y, h, n, c = '#b79a5e') { for (let i = 0; i < n; i++) { const x = this.r.f(x0, x1), l = h * this.r.f(.5, 1.1), b = this.r.f(-.25, .25) * h, g = this.g; g.strokeStyle = this.t(mixc(c, this.r.pick(['#5a6a34', '#efe0b0', '#7d6a3c']), this.r.f(0, .6)), 0, 1, .85); g.lineWidth = this.r.f(1, 2.6); g.beginPath(); g.moveTo(x, y + this.r.f(-6, 12)); g.quadraticCurveTo(x, y - l * .6, x + b, y - l); g.stroke(); if (this.r() < .3) this.oval(this.t('#e7d3a6', 0, 1, .8), x + b, y - l, 3, 15, b / h); } }
	// ---- buildings ----
	tower(x, base, w, h, o = {}) {
		const { r, L, g } = this, d = o.d || 0, c = o.c || r.pick(['#b9c4cc', '#8fa7b8', '#c8bda9', '#9fb1b4', '#d3d0c6', '#7f97ab', '#a9b7bd']), s = this.side, sw = w * (o.sw ?? r.f(.16, .3)), top = base - h;
		const fx = s > 0 ? x + sw : x, fw = w - sw; // the lit front and the shaded side
		const face = (X, Wd, k) => this.rect(this.grad(0, top, 0, base, [this.t(c, d, k * 1.04), this.t(c, d + .08, k), this.t(c, clamp(d + .28), k)]), X, top, Wd, h);
		face(fx, fw, 1.03); face(s > 0 ? x : x + fw, sw, .7);
		const st = o.style || r.pick(['grid', 'band', 'glass', 'strip', 'grid', 'glass']), cell = Math.max(4, (o.cell || 10) * (1 - d * .45)), lit = o.lit ?? L.lit;
		const win = (X, Wd, k, sideFace) => {
			const rows = Math.floor((h - 6) / cell), cols = Math.max(1, Math.floor(Wd / cell));
			if (st === 'glass') { this.rect(this.grad(X, top, X + Wd, base, [this.t(mixc(c, L.sky[1], .75), d, k), this.t(mixc(c, '#23405a', .5), d, k), this.t(mixc(c, L.sky[3], .6), d, k)]), X + 1, top + 3, Wd - 2, h - 3); g.strokeStyle = this.t('#e8f0f4', d, k, .22); g.lineWidth = 1; for (let i = 1; i < rows; i++) { g.beginPath(); g.moveTo(X, top + i * cell); g.lineTo(X + Wd, top + i * cell); g.stroke(); } }
			if (st === 'band') for (let i = 0; i < rows; i++) this.rect(this.t(mixc('#3c5568', L.sky[1], .25), d, k, .8), X + 1, top + 5 + i * cell, Wd - 2, cell * .48);
			if (st === 'strip') for (let j = 0; j < cols; j++) this.rect(this.t(mixc('#3c5568', L.sky[1], .3), d, k, .75), X + j * (Wd / cols) + 1.5, top + 5, Wd / cols * .5, h - 8);
			for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) { const wx = X + (j + .22) * Wd / cols, wy = top + 5 + i * cell, on = r() < lit * (sideFace ? .6 : 1); if (on) this.rect(css(mixc(r.pick(['#ffdc94', '#ffe9bd', '#ffc56e', '#fff3da']), L.haze, d * .55), r.f(.6, .98)), wx, wy, Wd / cols * .56, cell * .55); else if (st === 'grid') this.rect(this.t(mixc('#3c5568', L.sky[1], r.f(.1, .45)), d, k, .72), wx, wy, Wd / cols * .56, cell * .55); }
		};
		win(fx, fw, 1, false); win(s > 0 ? x : x + fw, sw, .68, true);
		const cap = o.cap || r.pick(['flat', 'flat', 'step', 'mast', 'slant', 'crown']);
		const roof = this.t(mixc(c, '#445566', .35), d);
		if (cap === 'step' || cap === 'mast') { this.rect(this.t(c, d, .92), x + w * .18, top - h * .05, w * .64, h * .05 + 1); if (cap === 'mast') { this.rect(this.t(c, d, .8), x + w * .36, top - h * .09, w * .28, h * .05); this.line(this.t('#7b8794', d), Math.max(1, w * .03), [[x + w / 2, top - h * .09], [x + w / 2, top - h * .22]]); if (L.lit > .3) this.glow('#ff5a4a', x + w / 2, top - h * .22, 9, .9); } }
		if (cap === 'slant') this.fill(this.t(c, d, .98), [[x, top + 1], [x + w, top + 1], [s > 0 ? x : x + w, top - w * .32]]);
		if (cap === 'crown') { for (let i = 0; i < 4; i++) this.rect(this.t(c, d, .95), x + w * (.06 + i * .24), top - w * .16, w * .12, w * .17); this.rect(this.t(c, d, 1.05), x, top - w * .18, w, 2.5); }
		if (cap === 'flat') { this.rect(roof, x + w * .2, top - 6, w * .22, 6); this.rect(roof, x + w * .55, top - 4, w * .26, 4); }
		this.rect(this.t(mixc(c, L.warm, .5), d, 1.08, .9), x, top - 1, w, 2);
	}
	skyline(base, lo, hi, d, o = {}) {
		const env = o.env || (u => .55 + .45 * Math.sin(u * 5 + 1)); let x = o.x0 ?? -20; const end = o.x1 ?? this.W + 20;
		while (x < end) { const w = (o.w || 60) * this.r.f(.6, 1.35), e = clamp(env((x + w / 2) / this.W), .05, 1.3); let h = lerp(lo, hi, e * this.r.f(.45, 1)); if (h < 12) h = 12; this.tower(x, base, w, h, { d, cell: o.cell, c: o.cs ? this.r.pick(o.cs) : undefined, lit: o.lit }); x += w * this.r.f(.72, 1.25); }
	}
	mega(x, base, w, h, d, kind) { // landmark towers
		const { g, L } = this, gl = this.grad(x - w, 0, x + w, 0, [this.t(mixc('#7f9fb8', L.sky[1], .4), d, .62), this.t(mixc('#a6c3d4', L.sky[2], .5), d, 1), this.t(mixc('#a6c3d4', L.warm, .6), d, 1.05), this.t('#6f8ea6', d, .8)]);
		g.save(); g.fillStyle = gl; g.beginPath();
		if (kind === 'taper') { g.moveTo(x - w / 2, base); g.quadraticCurveTo(x - w * .46, base - h * .7, x - w * .1, base - h); g.lineTo(x + w * .1, base - h); g.quadraticCurveTo(x + w * .46, base - h * .7, x + w / 2, base); }
		else if (kind === 'twist') { g.moveTo(x - w / 2, base); g.bezierCurveTo(x - w * .35, base - h * .35, x - w * .65, base - h * .6, x - w * .28, base - h); g.lineTo(x + w * .34, base - h * .94); g.bezierCurveTo(x + w * .2, base - h * .6, x + w * .62, base - h * .35, x + w / 2, base); }
		else { g.moveTo(x - w / 2, base); g.lineTo(x - w / 2, base - h * .92); g.quadraticCurveTo(x - w * .3, base - h, x, base - h * 1.04); g.quadraticCurveTo(x + w * .3, base - h, x + w / 2, base - h * .86); g.lineTo(x + w / 2, base); }
		g.closePath(); g.fill(); g.clip(); g.strokeStyle = this.t('#f2f7fa', d, 1, .2); g.lineWidth = 1; for (let i = 0; i < h / 8; i++) { g.beginPath(); g.moveTo(x - w, base - i * 8); g.lineTo(x + w, base - i * 8 - (kind === 'twist' ? 12 : 0)); g.stroke(); }
		for (let i = 0; i < w * h / 90; i++) if (this.r() < L.lit) this.rect(css(mixc('#ffe2a6', L.haze, d * .5), this.r.f(.4, .95)), x + this.r.f(-.5, .5) * w, base - Math.floor(this.r.f(0, h) / 8) * 8 + 2, 4, 3.4);
		g.restore(); if (L.lit > .3) this.glow(L.warm, x, base - h, w * 1.5, .5); this.line(this.t('#8e9aa8', d), 2, [[x, base - h], [x, base - h * 1.1]]);
	}
	windows(x, y, w, h, cols, rows, o = {}) { const cw = w / cols, ch = h / rows, L = this.L; for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) { const X = x + j * cw + cw * (o.mx ?? .16), Y = y + i * ch + ch * (o.my ?? .2), ww = cw * (1 - 2 * (o.mx ?? .16)), hh = ch * (1 - 2 * (o.my ?? .2)), on = this.r() < (o.lit ?? L.lit); this.rect(this.t('#ffffff', o.d || 0, .95, .5), X - 1.5, Y - 1.5, ww + 3, hh + 3); this.rect(on ? css(rgb(this.r.pick(['#ffe0a0', '#fff0cf', '#ffd080'])), .95) : this.grad(X, Y, X + ww, Y + hh, [this.t(mixc('#54748a', L.sky[2], .5), o.d || 0), this.t('#35536b', o.d || 0), this.t(mixc('#4b6d85', L.sky[1], .4), o.d || 0)]), X, Y, ww, hh); this.line(this.t('#f4f4f0', o.d || 0, .95, .8), 1.2, [[X + ww / 2, Y], [X + ww / 2, Y + hh]]); if (o.sill) this.rect(this.t('#f4efe4', o.d || 0, 1, .9), X - 2, Y + hh, ww + 4, 3); } }
	block(x, base, w, h, c, o = {}) { // a low modern building: front, shaded end, eaves
		const s = this.side, sw = o.sw ?? 0, top = base - h; this.rect(this.grad(0, top, 0, base, [this.t(c, o.d || 0, 1.05), this.t(c, o.d || 0, .95)]), x, top, w, h);
		if (sw) this.fill(this.t(c, o.d || 0, .68), s > 0 ? [[x, top], [x, base], [x - sw, base - sw * .12], [x - sw, top + sw * .22]] : [[x + w, top], [x + w, base], [x + w + sw, base - sw * .12], [x + w + sw, top + sw * .22]]);
		if (o.eave !== 0) { this.rect(this.t(mixc(c, '#ffffff', .5), o.d || 0), x - 6, top - 7, w + 12, 9); this.rect(this.t('#22303c', o.d || 0, 1, .25), x, top + 2, w, 7); }
		if (o.cols) this.windows(x + w * .03, top + h * .06, w * .94, h * .88, o.cols, o.rows, o);
	}
	roof(x, y, w, h, c = '#4a5058', o = {}) { // upturned eaves; y is the eave line
		const { g } = this, d = o.d || 0, up = o.up ?? h * .28, rw = w * (o.rw ?? .32), path = () => { g.beginPath(); g.moveTo(x - rw, y - h); g.quadraticCurveTo(x - w * .36, y - h * .3, x - w / 2, y - up); g.quadraticCurveTo(x - w * .4, y + h * .04, x - w * .3, y + h * .05); g.lineTo(x + w * .3, y + h * .05); g.quadraticCurveTo(x + w * .4, y + h * .04, x + w / 2, y - up); g.quadraticCurveTo(x + w * .36, y - h * .3, x + rw, y - h); g.closePath(); };
		g.save(); path(); g.fillStyle = this.grad(0, y - h, 0, y, [this.t(mixc(c, this.L.warm, .25), d), this.t(c, d), this.t(c, d, .7)]); g.fill(); g.clip(); const n = Math.max(6, Math.round(w / (o.tile || 9)));
		g.lineWidth = Math.max(1, w / n * .35); for (let i = 0; i <= n; i++) { const u = i / n * 2 - 1; g.strokeStyle = this.t(i % 2 ? '#1d2228' : mixc(c, '#ffffff', .25), d, 1, .35); g.beginPath(); g.moveTo(x + u * rw, y - h); g.quadraticCurveTo(x + u * w * .38, y - h * .3, x + u * w * .5, y + h * .05); g.stroke(); } g.restore();
		g.strokeStyle = this.t(mixc(c, '#101418', .4), d); g.lineWidth = Math.max(1.5, h * .09); g.beginPath(); g.moveTo(x - rw - h * .12, y - h * 1.1); g.quadraticCurveTo(x - rw, y - h, x - rw + h * .2, y - h); g.lineTo(x + rw - h * .2, y - h); g.quadraticCurveTo(x + rw, y - h, x + rw + h * .12, y - h * 1.1); g.stroke();
		g.strokeStyle = this.t(o.edge || mixc(c, '#d8b070', .35), d, .9); g.lineWidth = Math.max(1, h * .045); g.beginPath(); g.moveTo(x - w / 2, y - up); g.quadraticCurveTo(x - w * .4, y + h * .04, x - w * .3, y + h * .05); g.lineTo(x + w * .3, y + h * .05); g.quadraticCurveTo(x + w * .4, y + h * .04, x + w / 2, y - up); g.stroke();
	}
	pavilion(x, y, w, o = {}) { const d = o.d || 0, h = w * .62, n = o.n || 4; this.rect(this.t('#b9b2a4', d), x - w * .46, y - w * .05, w * .92, w * .06); for (let i = 0; i < n; i++) this.rect(this.t(o.post || '#8c3a2c', d, i % 2 ? .9 : 1.05), x - w * .36 + i * w * .72 / (n - 1) - w * .018, y - h, w * .036, h - w * .04); this.line(this.t('#7a3328', d), w * .018, [[x - w * .36, y - w * .16], [x + w * .36, y - w * .16]]); this.rect(this.t('#2c5a52', d), x - w * .37, y - h, w * .74, w * .05); this.roof(x, y - h, w * 1.12, w * .3, o.c || '#4b545c', { rw: .1, d, up: w * .1 }); if (o.two) { this.rect(this.t(o.post || '#8c3a2c', d), x - w * .2, y - h - w * .44, w * .4, w * .2); this.roof(x, y - h - w * .36, w * .76, w * .28, o.c || '#4b545c', { rw: .06, d, up: w * .08 }); } this.oval(this.t('#c8a24c', d), x, y - h - w * (o.two ? .67 : .33), w * .022, w * .04); }
	pagoda(x, y, w, n, o = {}) { const d = o.d || 0, fh = w * .55; for (let i = 0; i < n; i++) { const k = 1 - i * .085, Y = y - i * fh * .92; this.rect(this.grad(x - w * .3, 0, x + w * .3, 0, [this.t('#9c8468', d, .75), this.t('#d8c3a0', d, 1), this.t('#b89a76', d, .85)]), x - w * .3 * k, Y - fh, w * .6 * k, fh); for (let j = -1; j < 2; j++) { this.round(this.L.lit > .3 ? css(rgb('#ffcf7a'), .9) : this.t('#5a3a2c', d), x + j * w * .18 * k - w * .04, Y - fh * .62, w * .08, fh * .45, [w * .04, w * .04, 0, 0]); } } for (let i = 0; i < n; i++) { const k = 1 - i * .085; this.roof(x, y - i * fh * .92 - fh * .84, w * k * 1.02, fh * .36, o.c || '#4a4f55', { d, rw: .3, up: fh * .16 }); } const ty = y - n * fh * .92 - fh * .1; this.roof(x, ty, w * (1 - n * .085), fh * .6, o.c || '#4a4f55', { d, rw: .02 }); this.line(this.t('#c8a24c', d), w * .03, [[x, ty - fh * .5], [x, ty - fh * 1.3]]); }
	hui(x, base, w, h, o = {}) { // white-walled house with stepped gables
		const d = o.d || 0, wall = o.wall || '#eeeae0', top = base - h; this.rect(this.grad(0, top, 0, base, [this.t(wall, d, 1), this.t(wall, d, .93), this.t(mixc(wall, '#8a8a7c', .35), d, .85)]), x, top, w, h);
		for (let i = 0; i < 14; i++) this.oval(this.t('#7d7f76', d, 1, .07), x + this.r.f(.1, .9) * w, base - this.r() * h, this.r.f(.02, .1) * w, this.r.f(.02, .12) * h);
		if (o.gable) { const st = 3, sw = w / (st * 2 - 1); for (let i = 0; i < st * 2 - 1; i++) { const lvl = i < st ? i : st * 2 - 2 - i, yy = top - lvl * h * .11; this.rect(this.t(wall, d, .98), x + i * sw, yy, sw + 1, top - yy + 2); this.fill(this.t('#3c434a', d), [[x + i * sw - 5, yy - 3], [x + i * sw + 2, yy - 9], [x + (i + 1) * sw - 2, yy - 9], [x + (i + 1) * sw + 5, yy - 3], [x + (i + 1) * sw, yy + 2], [x + i * sw, yy + 2]]); } }
		else this.roof(x + w / 2, top + h * .03, w * 1.14, h * (o.rh || .3), '#474e55', { d, rw: .46, up: h * .06, tile: 7 });
		if (o.win !== 0) { const n = Math.max(1, Math.round(w / 70)); for (let i = 0; i < n; i++) { const ww = Math.min(30, w * .3), X = x + (i + .5) * w / n - ww / 2, Y = top + h * .24, hh = Math.min(h * .26, 44), on = this.r() < this.L.lit * 1.3; this.rect(this.t('#5b3c2a', d), X - 3, Y - 3, ww + 6, hh + 6); this.rect(on ? '#ffcf80' : this.t('#3a3430', d), X, Y, ww, hh); for (let j = 1; j < 4; j++) this.line(this.t('#6b4630', d), 1.6, [[X + j * ww / 4, Y], [X + j * ww / 4, Y + hh]]); this.line(this.t('#6b4630', d), 1.6, [[X, Y + hh / 2], [X + ww, Y + hh / 2]]); if (on) this.glow('#ffb860', X + ww / 2, Y + hh / 2, 60, .3); } }
		if (o.door) { const dw = Math.min(46, w * .3), dh = Math.min(h * .42, 92), X = x + w * (o.door === 1 ? .5 : o.door) - dw / 2; this.rect(this.t('#8f8c84', d), X - 6, base - dh - 8, dw + 12, dh + 8); this.rect(this.t('#4c2f22', d), X, base - dh, dw, dh); this.line(this.t('#2c1b14', d), 2, [[X + dw / 2, base - dh], [X + dw / 2, base]]); this.roof(X + dw / 2, base - dh - 12, dw * 1.9, 20, '#474e55', { d, rw: .4, tile: 6 }); }
	}
	// ---- life ----
	person(x, y, h, o = {}) {
		const { r } = this, d = o.d || 0, c = o.c || r.pick(['#c0553f', '#3f6d9a', '#e0d6c4', '#d8a13c', '#4d7d5e', '#7a5a8a', '#2f3d52', '#b8c4cc', '#c98a94']), leg = o.leg || r.pick(['#2c3442', '#4a4f5c', '#5a4a40', '#3a4a62']), w = h * .22, st = r.f(-.06, .06) * h, skin = '#e3b793';
		this.oval(this.t('#10181c', d, 1, .25), x, y, w * .9, h * .022);
		this.line(this.t(leg, d, .9), w * .34, [[x - w * .18, y - h * .44], [x - w * .2 - st, y - h * .02]]); this.line(this.t(leg, d), w * .34, [[x + w * .18, y - h * .44], [x + w * .2 + st, y - h * .02]]);
		if (o.skirt) this.fill(this.t(c, d, .9), [[x - w * .35, y - h * .5], [x + w * .35, y - h * .5], [x + w * .6, y - h * .25], [x - w * .6, y - h * .25]]);
		this.round(this.t(c, d, 1), x - w * .48, y - h * .82, w * .96, h * .42, w * .3); this.round(this.t(c, d, .76), x - this.side * w * .48 - (this.side > 0 ? 0 : w * .3), y - h * .8, w * .3, h * .38, w * .14);
		this.line(this.t(c, d, .88), w * .22, [[x - w * .46, y - h * .74], [x - w * .62, y - h * .46]]); this.line(this.t(c, d, 1.02), w * .22, [[x + w * .46, y - h * .74], [x + w * .6, y - h * .47 - (o.reach ? h * .1 : 0)]]);
		this.oval(this.t(skin, d), x, y - h * .91, w * .3, h * .082); this.g.save(); this.g.beginPath(); this.g.rect(x - w, y - h * 1.02, 2 * w, h * (o.back ? .16 : .1)); this.g.clip(); this.oval(this.t(o.hair || r.pick(['#22201f', '#2d2623', '#1d1d20', '#8a8684']), d), x, y - h * .925, w * .34, h * .088); this.g.restore();
		if (o.hat) { this.fill(this.t('#d9bf85', d), [[x - w * .8, y - h * .92], [x, y - h * 1.06], [x + w * .8, y - h * .92]]); }
		if (o.bag) this.round(this.t(o.bag, d), x - w * .35, y - h * .78, w * .7, h * .26, w * .15);
	}
	crowd(x0, x1, y0, y1, h0, h1, n, o = {}) { const l = []; for (let i = 0; i < n; i++) l.push(this.r()); l.sort((a, b) => a - b); for (const u of l) this.person(lerp(x0, x1, this.r()), lerp(y0, y1, u), lerp(h0, h1, u) * this.r.f(.9, 1.06), { ...o, back: this.r() < .5, skirt: this.r() < .25, d: (o.d || 0) * (1 - u) }); }
	lantern(x, y, s, o = {}) { const c = o.c || '#d8382c', on = this.L.lit > .2 || o.on; if (on) this.glow('#ff8a3c', x, y, s * 3.6, .42); this.line(this.t('#5a3020', 0, 1.2), Math.max(1, s * .06), [[x, y - s * 1.5], [x, y - s]]); const q = this.g.createRadialGradient(x, y, 0, x, y, s); q.addColorStop(0, on ? '#ffd27a' : '#ef6a50'); q.addColorStop(.5, on ? '#ff6a38' : css(rgb(c))); q.addColorStop(1, on ? '#c0281e' : css(mixc(c, '#000000', .3))); this.oval(q, x, y, s, s * .84); this.g.lineWidth = Math.max(.6, s * .03); this.g.strokeStyle = 'rgba(120,20,10,.45)'; for (const k of [.3, .65]) { this.g.beginPath(); this.g.ellipse(x, y, s * k, s * .84, 0, 0, 7); this.g.stroke(); } this.rect('#d9a441', x - s * .38, y - s * .95, s * .76, s * .16); this.rect('#d9a441', x - s * .38, y + s * .78, s * .76, s * .16); this.line('#e0a030', Math.max(1, s * .08), [[x, y + s * .94], [x, y + s * 1.6]]); }
	string(x0, y0, x1, y1, n, s, sag = 40) { const f = u => [lerp(x0, x1, u), lerp(y0, y1, u) + Math.sin(u * Math.PI) * sag]; const p = []; for (let i = 0; i <= 30; i++) p.push(f(i / 30)); this.line(this.t('#3a2a28', 0, 1, .8), 1.6, p); for (let i = 0; i < n; i++) { const [x, y] = f((i + .5) / n); this.lantern(x, y + s * 1.5, s); } }
	boat(x, y, w, o = {}) { const d = o.d || 0; this.fill(this.t(o.c || '#5b3f2e', d), [[x - w / 2, y - w * .09], [x - w * .36, y], [x + w * .36, y], [x + w * .52, y - w * .11], [x + w * .3, y - w * .045], [x - w * .3, y - w * .045]]); if (o.cover !== 0) { const g = this.g; g.fillStyle = this.t(o.awning || '#3c3a38', d, 1.1); g.beginPath(); g.moveTo(x - w * .2, y - w * .05); g.quadraticCurveTo(x - w * .18, y - w * .2, x, y - w * .2); g.quadraticCurveTo(x + w * .18, y - w * .2, x + w * .2, y - w * .05); g.fill(); } if (o.man) this.person(x - w * .36, y - w * .05, w * .32, { d, c: '#39485a', hat: 1 }); g2(this, x, y, w); function g2(p) { for (let i = 0; i < 6; i++) p.oval(p.t('#0d1a22', d, 1, .14), x + p.r.f(-4, 4), y + 2 + i * w * .018, w * (.46 - i * .04), w * .012); } }
	car(x, y, w, c, o = {}) { const d = o.d || 0; this.oval(this.t('#10161a', d, 1, .35), x, y, w * .52, w * .05); const g = this.g; g.fillStyle = this.grad(0, y - w * .34, 0, y, [this.t(mixc(c, '#ffffff', .3), d), this.t(c, d), this.t(c, d, .65)]); g.beginPath(); g.moveTo(x - w * .5, y - w * .06); g.lineTo(x - w * .49, y - w * .17); g.quadraticCurveTo(x - w * .34, y - w * .2, x - w * .27, y - w * .21); g.quadraticCurveTo(x - w * .16, y - w * .34, x, y - w * .345); g.quadraticCurveTo(x + w * .17, y - w * .34, x + w * .27, y - w * .21); g.quadraticCurveTo(x + w * .48, y - w * .19, x + w * .5, y - w * .12); g.lineTo(x + w * .49, y - w * .06); g.closePath(); g.fill(); this.fill(this.t('#33475a', d), [[x - w * .22, y - w * .21], [x - w * .13, y - w * .31], [x, y - w * .315], [x, y - w * .21]]); this.fill(this.t('#3e5568', d), [[x + w * .02, y - w * .21], [x + w * .02, y - w * .315], [x + w * .13, y - w * .305], [x + w * .22, y - w * .21]]); for (const s of [-.3, .3]) { this.oval(this.t('#1d2126', d), x + s * w, y - w * .06, w * .085); this.oval(this.t('#aab2ba', d), x + s * w, y - w * .06, w * .045); } if (this.L.lit > .2) { this.glow('#fff0c0', x + w * .5, y - w * .13, w * .4, .7); this.glow('#ff4030', x - w * .5, y - w * .13, w * .16, .7); } }
	lamp(x, y, h, s = 1, d = 0) { this.line(this.t('#5c6670', d), Math.max(1.5, h * .016), [[x, y], [x, y - h]]); const g = this.g; g.beginPath(); g.moveTo(x, y - h); g.quadraticCurveTo(x, y - h * 1.08, x + s * h * .2, y - h * 1.07); g.stroke(); this.round(this.t('#e4e6e2', d), x + s * h * .2 - h * .03, y - h * 1.085, h * .1, h * .025, 3); if (this.L.lit > .3) { this.glow('#ffd890', x + s * h * .22, y - h * 1.06, h * .5, .6); this.oval('#fff2cf', x + s * h * .22, y - h * 1.06, h * .02); } }
	bench(x, y, w) { this.rect(this.t('#8a5e3a'), x - w / 2, y - w * .22, w, w * .045); this.rect(this.t('#a8744a'), x - w / 2, y - w * .4, w, w * .06); this.rect(this.t('#96683f'), x - w / 2, y - w * .31, w, w * .05); for (const s of [-.4, .4]) this.rect(this.t('#3c434a'), x + s * w - 2, y - w * .4, 4, w * .4); }
	turbine(x, y, h, d) { this.line(this.t('#f2f4f4', d), h * .025, [[x, y], [x, y - h]]); const a0 = this.r.f(0, 2); for (let i = 0; i < 3; i++) { const a = a0 + i * 2.094; this.fill(this.t('#f6f8f8', d), [[x + Math.cos(a + 1.57) * h * .012, y - h + Math.sin(a + 1.57) * h * .012], [x + Math.cos(a) * h * .5, y - h + Math.sin(a) * h * .5], [x - Math.cos(a + 1.57) * h * .018, y - h - Math.sin(a + 1.57) * h * .018]]); } this.oval(this.t('#dfe4e6', d), x, y - h, h * .02); }
	cables(px, top, deck, span, n, side, o = {}) { for (let i = 1; i <= n; i++) { const u = i / n; this.line(this.t(o.c || '#e8ecee', o.d || 0, 1, o.a || .75), o.w || 1.4, [[px, top + (1 - u) * (deck - top) * .34], [px + side * span * u, deck]]); } }
	// ---- perspective ----
	cam(vx, vy, f, height) { this.k = { vx, vy, f, h: height }; }
	p3(x, y, z) { const k = this.k; return [k.vx + k.f * x / z, k.vy - k.f * (y - k.h) / z]; }
	quad(c, ...pts) { this.fill(c, pts.map(p => this.p3(...p))); }
	wall(x, z0, z1, y0, y1, c) { this.quad(c, [x, y0, z0], [x, y0, z1], [x, y1, z1], [x, y1, z0]); }
	box3(x0, x1, y0, y1, z0, z1, c, o = {}) {
		const d0 = o.d || 0, e = this.k, k = o.k || [1, .72, 1.12];
		if (x0 > 0 && o.side !== 0) { this.wall(x0, z0, z1, y0, y1, this.t(c, d0, k[1])); } else if (x1 < 0 && o.side !== 0) this.wall(x1, z0, z1, y0, y1, this.t(c, d0, k[1] * 1.1));
		if (y1 < e.h) this.quad(this.t(c, d0, k[2]), [x0, y1, z0], [x1, y1, z0], [x1, y1, z1], [x0, y1, z1]);
		this.quad(this.t(c, d0, k[0]), [x0, y0, z0], [x1, y0, z0], [x1, y1, z0], [x0, y1, z0]);
	}
	// ---- finish: brush texture, colour wash, vignette, fine grain ----
	finish(o = {}) {
		const { g, W, H, L, r } = this; g.save(); g.globalCompositeOperation = 'soft-light';
		for (let i = 0; i < 420; i++) { const x = r.f(0, W), y = r.f(0, H); this.oval(r() < .5 ? 'rgba(255,255,255,.045)' : 'rgba(0,0,0,.045)', x, y, r.f(30, 160), r.f(4, 20), r.f(-.3, .1)); }
		this.rect(this.grad(0, 0, W * .2, H, [css(mixc(L.sky[1], '#ffffff', .1), .16), css(rgb(L.warm), .2)]), 0, 0, W, H); g.restore();
		const q = g.createRadialGradient(W / 2, H * .48, H * .45, W / 2, H * .5, W * .72); q.addColorStop(0, 'rgba(10,16,30,0)'); q.addColorStop(1, `rgba(10,16,30,${o.vignette ?? .26})`); g.fillStyle = q; g.fillRect(0, 0, W, H);
		const im = g.getImageData(0, 0, W, H), a = im.data, amp = o.grain ?? 6, t = this.table;
		for (let y = 0; y < H; y++) for (let x = 0; x < W; x++) { const i = (y * W + x) * 4, gx = x >> 1, gy = y >> 1, n = (t[((gy * 131 + (gx * 7 ^ gy * 13)) + gx * 197) & 65535] - .5) * amp + (this.n2(x * .045, y * .16) - .5) * amp * .8; a[i] += n; a[i + 1] += n; a[i + 2] += n * .9; }
		g.putImageData(im, 0, 0); return this.c;
	}
	text(s, x, y, size, c, o = {}) { const g = this.g; g.font = `${o.weight || 700} ${size}px "${o.font || 'Noto Serif CJK SC'}"`; g.textAlign = o.align || 'center'; g.textBaseline = 'middle'; if (o.shadow) { g.shadowColor = o.shadow; g.shadowBlur = o.blur || 12; } g.fillStyle = c; if (o.spacing) g.letterSpacing = o.spacing + 'px'; g.fillText(s, x, y); g.letterSpacing = '0px'; g.shadowBlur = 0; }
}
