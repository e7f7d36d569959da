// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: GovPortal contributors
//
// The style sheet of a site's colour, by the formula in assets/README.md.

const channels = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
const hex = rgb => '#' + rgb.map(c =>
  c.toString(16).padStart(2, '0')).join('');

export function luminance(rgb) {
  const [r, g, b] = rgb.map(c => c / 255).map(c =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a, b) {
  const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m);
  return (x + 0.05) / (y + 0.05);
}

export function colours(given) {
  const rgb = channels(given);
  const soft = rgb.map(c => Math.floor((8 * c + 92 * 255) / 100));
  let main = rgb;
  while (contrast(main, soft) < 4.6)
    main = main.map(c => Math.floor(c * 94 / 100));
  const dark = main.map(c => Math.floor(c * 72 / 100));
  return { main, dark, soft };
}

export function accent(given) {
  const { main, dark, soft } = colours(given);
  return `:root{--gov-accent:${hex(main)};--gov-accent-dark:${hex(dark)};`
    + `--gov-accent-soft:${hex(soft)};--gov-on-accent:#ffffff}\n`;
}
