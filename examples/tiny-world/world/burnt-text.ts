import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { SIDE } from './scene.ts';

export const WORDS = ['SALE', 'WOW!'] as const;
export type Word = (typeof WORDS)[number];

const FONT = fileURLToPath(
  new URL('../../../node_modules/geist/dist/fonts/geist-sans/Geist-Bold.ttf', import.meta.url),
);
const SIZE_PIXELS = 30;
const drawn = new Map<string, Uint8Array>();

/** The word as a layer of RGBA pixels with premultiplied alpha: white with a black rim. */
export function burntText(word: Word, at: 'top' | 'bottom'): Uint8Array {
  const key = `${word} ${at}`;
  const held = drawn.get(key);
  if (held) return held;
  const baseline = at === 'top' ? SIZE_PIXELS : SIDE - 9;
  const style = `font-family="Geist" font-weight="700" font-size="${SIZE_PIXELS}" text-anchor="middle"`;
  const text = `<text x="${SIDE / 2}" y="${baseline}" ${style}`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">` +
    `${text} stroke="black" stroke-width="5" stroke-linejoin="round">${word}</text>` +
    `${text} fill="white">${word}</text></svg>`;
  const font = { fontFiles: [FONT], loadSystemFonts: false, defaultFontFamily: 'Geist' };
  const layer = new Uint8Array(new Resvg(svg, { font }).render().pixels);
  drawn.set(key, layer);
  return layer;
}
