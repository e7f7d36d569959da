// SPDX-FileCopyrightText: the GovPortal developers
// SPDX-License-Identifier: Apache-2.0
'use strict';
// The cloud-and-wave mark of Yunlan, with a motif for every site.
const LOGOS = {};
const MOTIFS = {
	www: g => { g.fill(new Path2D('M-118 50 C-84 30 -62 -34 -36 -44 C-14 -36 -2 4 26 50Z')); g.globalCompositeOperation = 'destination-out'; g.lineWidth = 14; g.stroke(new Path2D('M-40 50 C0 26 14 -82 42 -92 C68 -82 78 20 118 50')); g.globalCompositeOperation = 'source-over'; g.fill(new Path2D('M-40 50 C0 26 14 -82 42 -92 C68 -82 78 20 118 50Z')); },
	edu: g => { g.fill(new Path2D('M0 -14 C-30 -42 -72 -46 -104 -38 L-104 34 C-72 26 -30 30 0 56 C30 30 72 26 104 34 L104 -38 C72 -46 30 -42 0 -14Z')); g.globalCompositeOperation = 'destination-out'; g.lineWidth = 7; g.stroke(new Path2D('M0 -12 L0 56')); g.globalCompositeOperation = 'source-over'; g.beginPath(); g.arc(0, -62, 24, 0, 7); g.fill(); },
	health: g => { g.fill(new Path2D('M0 62 C-104 -6 -84 -86 -34 -80 C-14 -78 -4 -66 0 -54 C4 -66 14 -78 34 -80 C84 -86 104 -6 0 62Z')); g.globalCompositeOperation = 'destination-out'; g.lineWidth = 10; g.stroke(new Path2D('M-74 -14 L-28 -14 L-12 -44 L12 20 L28 -14 L74 -14')); g.globalCompositeOperation = 'source-over'; },
	hrss: g => { for (const [x, y, k] of [[-66, 8, .8], [66, 8, .8], [0, -6, 1.1]]) { g.beginPath(); g.arc(x, y - 44 * k, 25 * k, 0, 7); g.fill(); g.fill(new Path2D(`M${x - 44 * k} ${y + 56 * k} C${x - 44 * k} ${y - 26 * k} ${x + 44 * k} ${y - 26 * k} ${x + 44 * k} ${y + 56 * k}Z`)); } },
	transport: g => { g.lineWidth = 11; g.stroke(new Path2D('M0 -96 L0 58 M-112 34 L112 34')); g.lineWidth = 6; for (let i = 1; i < 5; i++) g.stroke(new Path2D(`M0 ${-92 + i * 8} L${i * 24} 32 M0 ${-92 + i * 8} L${-i * 24} 32`)); },
	eco: g => { g.fill(new Path2D('M-6 60 C-96 50 -104 -50 -92 -92 C-30 -76 14 -22 -6 60Z')); g.fill(new Path2D('M12 60 C16 2 40 -44 100 -54 C108 6 84 60 12 60Z')); g.globalCompositeOperation = 'destination-out'; g.lineWidth = 6; g.stroke(new Path2D('M-8 54 C-26 0 -50 -40 -74 -64 M18 54 C36 20 60 -8 82 -28')); g.globalCompositeOperation = 'source-over'; },
	housing: g => { g.fill(new Path2D('M-104 58 L-104 -14 L-58 -52 L-12 -14 L-12 58Z')); g.fill(new Path2D('M2 58 L2 -88 L60 -66 L60 58Z')); g.fill(new Path2D('M72 58 L72 -30 L106 -18 L106 58Z')); g.globalCompositeOperation = 'destination-out'; for (let i = 0; i < 4; i++) { g.fillRect(16, -56 + i * 28, 12, 15); g.fillRect(38, -50 + i * 28, 12, 15); } g.fillRect(-70, 10, 26, 48); g.globalCompositeOperation = 'source-over'; },
	culture: g => { g.fill(new Path2D('M-112 -34 C-70 -34 -40 -60 0 -96 C40 -60 70 -34 112 -34 C104 -16 84 -12 70 -14 L-70 -14 C-84 -12 -104 -16 -112 -34Z')); g.fillRect(-64, -6, 17, 64); g.fillRect(47, -6, 17, 64); g.fillRect(-28, -6, 12, 64); g.fillRect(16, -6, 12, 64); g.fillRect(-84, 48, 168, 13); },
	market: g => { g.lineWidth = 11; g.stroke(new Path2D('M0 -92 L0 58 M-84 -60 L84 -60 M-48 58 L48 58')); for (const s of [-1, 1]) { g.lineWidth = 5; g.stroke(new Path2D(`M${s * 80} -60 L${s * 80 - 32} 2 M${s * 80} -60 L${s * 80 + 32} 2`)); g.fill(new Path2D(`M${s * 80 - 38} 0 L${s * 80 + 38} 0 C${s * 80 + 30} 36 ${s * 80 - 30} 36 ${s * 80 - 38} 0Z`)); } },
	linjiang: g => { g.fill(new Path2D('M-6 -100 L-6 26 L-86 26 C-50 -8 -22 -54 -6 -100Z')); g.fill(new Path2D('M8 -70 C40 -46 66 -8 74 26 L8 26Z')); g.fill(new Path2D('M-104 36 L104 36 C88 62 60 64 40 64 L-40 64 C-64 64 -88 62 -104 36Z')); },
	qingyuan: g => { g.fill(new Path2D('M0 -104 C38 -62 38 -22 0 10 C-38 -22 -38 -62 0 -104Z')); for (const s of [-1, 1]) g.fill(new Path2D(`M${s * 10} 22 C${s * 26} -28 ${s * 60} -46 ${s * 104} -44 C${s * 100} 2 ${s * 64} 26 ${s * 10} 22Z`)); g.lineWidth = 9; g.stroke(new Path2D('M0 0 L0 58 M-90 44 Q0 22 90 44 M-70 64 Q0 44 70 64')); },
};
for (const [site, accent] of Object.entries({ www: '#b3202a', edu: '#0b6e4f', health: '#b3323c', hrss: '#8a4b08', transport: '#1d5fa8', eco: '#2f6b1f', housing: '#6b3fa0', culture: '#a8324a', market: '#0f6674', linjiang: '#0a5c8a', qingyuan: '#4c6a10' })) {
	LOGOS['logo-' + site] = () => {
		const c = document.createElement('canvas'); c.width = c.height = 512; const g = c.getContext('2d'); g.lineCap = g.lineJoin = 'round'; g.translate(256, 256);
		const shade = t => css(mixc(mixc(accent, '#ffffff', .16), mixc(accent, '#000000', .14), t));
		const layer = (w, f) => { const k = document.createElement('canvas'); k.width = k.height = 512; const h = k.getContext('2d'); h.translate(256, 256); h.lineCap = h.lineJoin = 'round'; h.fillStyle = h.strokeStyle = w; f(h); g.drawImage(k, -256, -256); };
		// a drop-shaped seal: round, open to the river at its foot
		g.save(); g.fillStyle = css(rgb(accent)); g.beginPath(); g.arc(0, -6, 226, 0, 7); g.fill(); g.globalCompositeOperation = 'source-atop'; for (let y = -234; y < 222; y += 6) { g.fillStyle = shade((y + 234) / 456); g.fillRect(-256, y, 512, 6); } g.restore();
		g.save(); g.beginPath(); g.arc(0, -6, 226, 0, 7); g.clip(); g.strokeStyle = '#ffffff'; g.lineWidth = 11;
		for (let i = 0; i < 3; i++) { const y = 96 + i * 40; g.beginPath(); g.moveTo(-260, y); for (let k = 0; k < 4; k++) { const a = -260 + k * 130 + i * 32 - 32; g.quadraticCurveTo(a + 32, y - 26, a + 65, y); g.quadraticCurveTo(a + 97, y + 26, a + 130, y); } g.lineTo(300, y); g.stroke(); } g.restore();
		layer('#ffffff', h => { // the cloud
			h.lineWidth = 11; h.stroke(new Path2D('M-116 -122 C-150 -122 -152 -166 -118 -166 C-118 -200 -66 -206 -56 -178 C-34 -214 28 -206 30 -168 C54 -186 88 -172 84 -146 C104 -152 122 -140 118 -122 C88 -118 -70 -122 -116 -122 M-56 -178 C-46 -168 -50 -150 -68 -150 M30 -168 C34 -152 24 -142 10 -146'));
		});
		layer('#ffffff', h => { h.translate(0, 0); h.scale(1.02, 1.02); MOTIFS[site](h); });
		return c;
	};
}
