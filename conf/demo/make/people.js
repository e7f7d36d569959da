// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
'use strict';
// Drawn busts for the leaders' pages: invented people.
const PEOPLE = {};
const BUSTS = [ // woman, hair kind, hair, skin, coat, shirt, tie, background, glasses, age
	[0, 'part', '#26211f', '#e6bd98', '#26344c', '#f6f6f4', '#7a2a34', '#b9c8d6', 0, .5], [1, 'bob', '#1f1b1b', '#f0cbaa', '#2c3440', '#fbfaf6', '', '#d6cfc4', 0, .4], [0, 'crew', '#2a2524', '#dcb088', '#3a3f48', '#eef2f6', '#2f4f7a', '#c2cfc6', 1, .5], [1, 'bun', '#2a201c', '#edc5a2', '#5a2f3c', '#f8f2ec', '', '#cdd3de', 1, .4],
	[0, 'back', '#6a6664', '#deb48e', '#2a2f3a', '#f6f6f4', '#3f5f4a', '#d2cabd', 1, .9], [1, 'long', '#231c1a', '#f2cfb0', '#34506a', '#fdfbf6', '', '#dcd2d0', 0, .2], [0, 'part', '#1d1b1c', '#e8c09c', '#46505c', '#dfe8f0', '', '#c4d0dc', 0, .2], [0, 'crew', '#8a8684', '#d8ac86', '#2f3a34', '#f6f6f2', '#8a5a2c', '#cfd4c4', 0, .9],
	[1, 'short', '#3a302c', '#e8c09c', '#2f4a48', '#f6f4ee', '', '#c8d4d2', 0, .7], [0, 'side', '#221f1f', '#e0b690', '#1f2c46', '#f4f6f8', '#4a3a6a', '#d8d0c8', 1, .3], [1, 'bob', '#4a3a34', '#eec8a6', '#6a5a4c', '#fbf7f0', '', '#ccd2d8', 1, .6], [0, 'back', '#262122', '#dcb28c', '#34383e', '#f2f2f0', '#6a2430', '#bccad0', 0, .6],
	[1, 'bun', '#201a1a', '#f0caa8', '#3a3450', '#f6f4f8', '', '#d4cedc', 0, .3], [0, 'side', '#3a3534', '#e2b892', '#4a4038', '#f4f0e8', '#2f5a6a', '#d0cabc', 0, .6], [1, 'short', '#77706c', '#e4bc98', '#2c3a56', '#f8f6f2', '', '#d2d8d4', 1, .9], [0, 'crew', '#1e1c1d', '#d6a880', '#2a3c3c', '#eef2f2', '#5a4a2c', '#c6ccd4', 0, .3],
];
BUSTS.forEach((b, i) => {
	const name = 'portrait-' + String(i + 1).padStart(2, '0');
	PEOPLE[name] = n => {
		const p = new Painter(n, 'noon', 600, 800), { g } = p, r = p.r, [woman, hair, hc, skin, coat, shirt, tie, bg, specs, age] = b, C = c => css(rgb(c)), M = (a, c, t, al = 1) => css(mixc(a, c, t), al);
		const path = (style, d) => { g.fillStyle = style; g.fill(new Path2D(d)); }, stroke = (style, w, d) => { g.strokeStyle = style; g.lineWidth = w; g.stroke(new Path2D(d)); };
		p.rect(p.grad(0, 0, 600, 800, [M(bg, '#ffffff', .35), C(bg), M(bg, '#3a4858', .35)]), 0, 0, 600, 800); p.glow('#ffffff', 220, 260, 420, .5);
		for (let k = 0; k < 60; k++) p.oval(M(bg, r() < .5 ? '#ffffff' : '#3a4858', .5, .05), r.f(0, 600), r.f(0, 800), r.f(40, 160), r.f(20, 60), r.f(-1, 0));
		const fw = woman ? 98 + r.f(-4, 4) : 106 + r.f(-4, 6), cy = 330, sh = woman ? 200 : 238, x = 300; g.save(); g.lineCap = 'round'; g.translate(300, 800); g.scale(1.2, 1.2); g.translate(-300, -800 + 22); g.save(); g.translate(0, 34);
		if (hair === 'long') path(p.grad(180, 0, 420, 0, [M(hc, '#000000', .3), M(hc, '#a08070', .2), M(hc, '#000000', .4)]), 'M186 300 C170 180 240 165 300 168 C370 165 430 190 414 310 C412 420 432 500 420 570 L340 560 L260 560 L180 572 C168 500 190 420 186 300Z');
		if (hair === 'bob') path(p.grad(180, 0, 420, 0, [M(hc, '#000000', .3), M(hc, '#a08070', .2), M(hc, '#000000', .4)]), 'M182 320 C166 185 240 166 300 168 C370 166 434 188 418 320 C420 380 424 420 404 448 L196 448 C176 420 180 380 182 320Z');
		if (hair === 'bun') { p.oval(M(hc, '#000000', .15), 300, 186, 60, 48); p.oval(M(hc, '#a08070', .2), 285, 176, 30, 18, -.3); }
		g.restore(); // shoulders and coat
		path(p.grad(x - sh, 560, x + sh, 800, [M(coat, '#ffffff', .2), C(coat), M(coat, '#000000', .4)]), `M${x - sh - 20} 800 C${x - sh} 660 ${x - sh + 30} 610 ${x - 130} 580 C${x - 90} 564 ${x - 66} 552 ${x - 58} 530 L${x + 58} 530 C${x + 66} 552 ${x + 90} 564 ${x + 130} 580 C${x + sh - 30} 610 ${x + sh} 660 ${x + sh + 20} 800Z`);
		path(C(shirt), `M${x - 66} 540 L${x} 770 L${x + 66} 540Z`); path(M(shirt, '#54647a', .25), `M${x + 8} 640 L${x} 770 L${x + 66} 540Z`);
		// neck
		path(p.grad(240, 0, 360, 0, [M(skin, '#8a5038', .12), C(skin), M(skin, '#7a4030', .35)]), `M${x - 50} 400 L${x - 50} 530 C${x - 34} 566 ${x + 34} 566 ${x + 50} 530 L${x + 50} 400Z`);
		path(M(skin, '#6a3424', .45, .45), `M${x - 50} 440 C${x - 20} 500 ${x + 34} 494 ${x + 50} 440 L${x + 50} 486 C${x + 26} 528 ${x - 26} 528 ${x - 50} 476Z`);
		if (tie) { path(p.grad(x - 20, 0, x + 24, 0, [M(tie, '#ffffff', .15), M(tie, '#000000', .25)]), `M${x - 17} 572 L${x + 17} 572 L${x + 10} 604 L${x + 26} 760 L${x} 800 L${x - 26} 760 L${x - 10} 604Z`); stroke('rgba(0,0,0,.25)', 2, `M${x - 11} 604 L${x + 11} 604`); }
		path(M(shirt, '#8090a4', .08), `M${x - 62} 516 L${x - 78} 560 L${x - 22} 606 L${x} 572 Z`); path(M(shirt, '#54647a', .2), `M${x + 62} 516 L${x + 78} 560 L${x + 22} 606 L${x} 572 Z`);
		path(M(coat, '#ffffff', .1), `M${x - 78} 542 L${x - 122} 630 L${x - 88} 646 L${x - 112} 668 L${x - 8} 800 L${x} 772 L${x - 68} 560Z`); path(M(coat, '#000000', .22), `M${x + 78} 542 L${x + 122} 630 L${x + 88} 646 L${x + 112} 668 L${x + 8} 800 L${x} 772 L${x + 68} 560Z`);
		stroke('rgba(0,0,0,.3)', 2, `M${x - 122} 630 L${x - 88} 646 L${x - 112} 668 L${x - 8} 800`); stroke('rgba(0,0,0,.3)', 2, `M${x + 122} 630 L${x + 88} 646 L${x + 112} 668 L${x + 8} 800`);
		g.translate(0, 34); // head
		for (const s of [-1, 1]) { p.oval(M(skin, '#8a4838', s > 0 ? .35 : .12), x + s * (fw - 1), cy + 14, 15, 28); }
		const jaw = woman ? 50 : 64;
		path(p.grad(x - fw, cy - 60, x + fw, cy + 60, [M(skin, '#fff4e4', .35), C(skin), M(skin, '#8a4c38', .3)]), `M${x - fw} ${cy - 30} C${x - fw} ${cy - 150} ${x + fw} ${cy - 150} ${x + fw} ${cy - 30} C${x + fw + 2} ${cy + 60} ${x + jaw + 14} ${cy + 118} ${x + jaw * .6} ${cy + 142} C${x + 20} ${cy + 156} ${x - 20} ${cy + 156} ${x - jaw * .6} ${cy + 142} C${x - jaw - 14} ${cy + 118} ${x - fw - 2} ${cy + 60} ${x - fw} ${cy - 30}Z`);
		p.glow('#e0785a', x - 52, cy + 62, 46, woman ? .2 : .12, 'multiply'); p.glow('#e0785a', x + 52, cy + 62, 46, woman ? .2 : .12, 'multiply'); p.glow('#ffffff', x - 34, cy - 60, 70, .22);
		// features
		const ey = cy + 8, ex = 44;
		for (const s of [-1, 1]) { const X = x + s * ex;
			path(M(skin, '#8a4c38', .25, .4), `M${X - 27} ${ey - 6} Q${X} ${ey - 24} ${X + 27} ${ey - 6} Q${X} ${ey - 12} ${X - 27} ${ey - 6}Z`);
			path('#fbf8f4', `M${X - 20} ${ey + 1} Q${X} ${ey - 13} ${X + 20} ${ey + 1} Q${X} ${ey + 10} ${X - 20} ${ey + 1}Z`); p.oval('#2a1c18', X, ey - 1, 8, 8.4); p.oval('#fff', X - 3, ey - 4, 2.2);
			stroke('#2a1c18', woman ? 4.6 : 3.6, `M${X - 21} ${ey + 1} Q${X} ${ey - 14} ${X + 21} ${ey + 1}`); stroke(M(skin, '#6a3424', .5, .5), 1.6, `M${X - 16} ${ey + 8} Q${X} ${ey + 13} ${X + 16} ${ey + 7}`); if (age > .6) stroke(M(skin, '#6a3424', .5, .35), 1.8, `M${X - 18} ${ey + 20} Q${X} ${ey + 27} ${X + 18} ${ey + 18}`);
			stroke(M(hc, '#3a2a24', .35, .85), woman ? 5.5 : 8.5, `M${X - s * 22} ${ey - 30} Q${X + s * 4} ${ey - 40} ${X + s * 26} ${ey - 28}`);
		}
		stroke(M(skin, '#7a3c2c', .5, .5), 3, `M${x + 9} ${cy + 16} Q${x + 15} ${cy + 46} ${x + 19} ${cy + 58}`); stroke(M(skin, '#7a3c2c', .6, .65), 3, `M${x - 15} ${cy + 63} Q${x} ${cy + 70} ${x + 15} ${cy + 63}`); p.glow('#ffffff', x - 3, cy + 46, 22, .25);
		path(M(skin, woman ? '#b83a44' : '#a8544a', woman ? .62 : .42), `M${x - 30} ${cy + 95} Q${x - 10} ${cy + 88} ${x} ${cy + 91} Q${x + 10} ${cy + 88} ${x + 30} ${cy + 95} Q${x} ${cy + 113} ${x - 30} ${cy + 95}Z`); stroke(M(skin, '#6a2a24', .75, .75), 2.4, `M${x - 33} ${cy + 94} Q${x} ${cy + 103} ${x + 33} ${cy + 94}`);
		if (age > .4) for (const s of [-1, 1]) stroke(M(skin, '#7a3c2c', .5, .1 + age * .28), 2.2, `M${x + s * 26} ${cy + 60} Q${x + s * 42} ${cy + 76} ${x + s * 44} ${cy + 94}`);
		// hair over the forehead
		const hg = p.grad(x - fw, cy - 160, x + fw, cy, [M(hc, '#c8a890', .28), C(hc), M(hc, '#000000', .45)]), L = x - fw, R = x + fw, T = cy - 150;
		const tops = {
			part: `M${L - 4} ${cy - 4} C${L - 22} ${T + 30} ${x - 60} ${T - 22} ${x + 10} ${T - 18} C${R + 10} ${T - 10} ${R + 22} ${T + 60} ${R + 4} ${cy - 4} C${R - 2} ${cy - 50} ${R - 10} ${cy - 66} ${R - 26} ${cy - 76} C${x + 20} ${cy - 70} ${x - 30} ${cy - 92} ${x - 44} ${cy - 104} C${L + 30} ${cy - 84} ${L + 6} ${cy - 60} ${L - 4} ${cy - 4}Z`,
			side: `M${L - 4} ${cy - 2} C${L - 20} ${T + 26} ${x - 50} ${T - 26} ${x + 20} ${T - 20} C${R + 14} ${T - 6} ${R + 20} ${T + 70} ${R + 4} ${cy - 2} C${R} ${cy - 50} ${R - 8} ${cy - 80} ${x + 50} ${cy - 104} C${x + 10} ${cy - 66} ${x - 40} ${cy - 66} ${L + 20} ${cy - 72} C${L + 6} ${cy - 50} ${L} ${cy - 30} ${L - 4} ${cy - 2}Z`,
			crew: `M${L - 3} ${cy - 10} C${L - 12} ${T + 34} ${x - 66} ${T - 8} ${x} ${T - 8} C${x + 66} ${T - 8} ${R + 12} ${T + 34} ${R + 3} ${cy - 10} C${R - 4} ${cy - 56} ${R - 14} ${cy - 80} ${x + 56} ${cy - 90} Q${x} ${cy - 98} ${x - 56} ${cy - 90} C${L + 14} ${cy - 80} ${L + 4} ${cy - 56} ${L - 3} ${cy - 10}Z`,
			back: `M${L - 3} ${cy - 4} C${L - 16} ${T + 40} ${x - 66} ${T - 20} ${x} ${T - 20} C${x + 66} ${T - 20} ${R + 16} ${T + 40} ${R + 3} ${cy - 4} C${R - 2} ${cy - 50} ${R - 12} ${cy - 92} ${x + 48} ${cy - 110} Q${x} ${cy - 122} ${x - 48} ${cy - 110} C${L + 12} ${cy - 92} ${L + 2} ${cy - 50} ${L - 3} ${cy - 4}Z`,
			bob: `M${L - 12} ${cy + 60} C${L - 30} ${T + 40} ${x - 70} ${T - 24} ${x} ${T - 22} C${x + 76} ${T - 24} ${R + 30} ${T + 40} ${R + 12} ${cy + 60} C${R - 2} ${cy} ${R - 6} ${cy - 50} ${x + 54} ${cy - 62} Q${x} ${cy - 54} ${x - 54} ${cy - 62} C${L + 6} ${cy - 50} ${L + 2} ${cy} ${L - 12} ${cy + 60}Z`,
			long: `M${L - 10} ${cy + 100} C${L - 30} ${T + 40} ${x - 66} ${T - 24} ${x} ${T - 22} C${x + 70} ${T - 24} ${R + 30} ${T + 40} ${R + 10} ${cy + 100} C${R} ${cy + 20} ${R - 2} ${cy - 40} ${x - 16} ${cy - 118} C${x - 40} ${cy - 70} ${L + 8} ${cy - 40} ${L - 10} ${cy + 100}Z`,
			bun: `M${L - 3} ${cy + 4} C${L - 18} ${T + 40} ${x - 64} ${T - 16} ${x} ${T - 16} C${x + 64} ${T - 16} ${R + 18} ${T + 40} ${R + 3} ${cy + 4} C${R - 4} ${cy - 50} ${x + 64} ${cy - 84} ${x + 6} ${cy - 112} C${x - 60} ${cy - 84} ${L + 4} ${cy - 50} ${L - 3} ${cy + 4}Z`,
			short: `M${L - 10} ${cy + 34} C${L - 28} ${T + 36} ${x - 70} ${T - 28} ${x + 4} ${T - 26} C${x + 80} ${T - 24} ${R + 28} ${T + 40} ${R + 10} ${cy + 34} C${R - 2} ${cy - 10} ${R - 4} ${cy - 60} ${x + 40} ${cy - 100} C${x + 10} ${cy - 62} ${x - 40} ${cy - 54} ${L + 14} ${cy - 54} C${L + 4} ${cy - 30} ${L} ${cy} ${L - 10} ${cy + 34}Z`,
		};
		g.save(); path(hg, tops[hair]); g.clip(new Path2D(tops[hair])); for (let k = 0; k < 46; k++) { const a = r.f(-1, 1); stroke(M(hc, r() < .5 ? '#d8b8a0' : '#000000', .4, .2), r.f(1, 3), `M${x + a * 60 - 10} ${T - 20} Q${x + a * 120} ${T + 40} ${x + a * 130} ${cy + 40}`); } g.restore();
		if (specs) { for (const s of [-1, 1]) { g.strokeStyle = '#2c2a2c'; g.lineWidth = 4; g.fillStyle = 'rgba(235,245,252,.12)'; g.beginPath(); g.roundRect(x + s * ex - 34, ey - 22, 68, 46, 18); g.fill(); g.stroke(); stroke('#2c2a2c', 3, `M${x + s * (ex + 34)} ${ey - 4} L${x + s * (fw - 2)} ${ey - 6}`); } stroke('#2c2a2c', 3.4, `M${x - 10} ${ey - 4} Q${x} ${ey - 10} ${x + 10} ${ey - 4}`); }
		g.restore(); return p.finish({ grain: 5, vignette: .2 });
	};
});
