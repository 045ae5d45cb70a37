import { Resvg } from '@resvg/resvg-js';
import { parseHTML } from 'linkedom';
import { expect } from 'vitest';

/** The drawing as a document, after a strict parser has taken it and drawn it. */
export function parsedFigure(svg: string) {
  const image = new Resvg(svg, { font: { loadSystemFonts: false } });
  const { document } = parseHTML(`<!doctype html><body>${svg}</body>`);
  const root = document.querySelector('svg');
  if (!root) throw new Error('no drawing');
  expect([image.width, image.height]).toEqual(
    ['width', 'height'].map((name) => Number(root.getAttribute(name))),
  );
  const all = (selector: string) => [...root.querySelectorAll(selector)];
  // Without the titles inside, which are told on hovering.
  const texts = all('text').map((element) =>
    [...element.childNodes].map((node) => (node.nodeType === 3 ? node.textContent : '')).join(''),
  );
  return { root, all, texts };
}

/** That it refers to nothing, runs nothing, and says what it is. */
export function expectStandsAlone(svg: string) {
  const { root, all } = parsedFigure(svg);
  expect(all('script, style, image, foreignObject, use, a')).toEqual([]);
  expect(all('[style], [class], [href], [onload]')).toEqual([]);
  expect(svg).not.toMatch(/url\(|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  expect(root.getAttribute('role')).toBe('img');
  expect(root.firstElementChild?.localName).toBe('title');
  expect(root.children[1]?.localName).toBe('desc');
}
