import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { ellipsize } from './text-width.ts';

/** Colours that stay apart for the colour-blind and, with marks and dashes, without colour. */
export const INK = '#18181b';
export const MUTED = '#52525b';
export const FAINT = '#d4d4d8';
export const FONT_SIZE = 12;
/** Free room at the edges, and what the heading takes on top. */
export const EDGE = 12;
export const HEADING_HEIGHT = 34;
const TITLE_SIZE = 14;
const FOOTNOTE_HEIGHT = 26;
const FONTS =
  "Geist, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";

/** What every figure says about itself: a heading, and a sentence for those who can't see it. */
export interface FigureText {
  readonly title: string;
  readonly description: string;
  /** Drawn small below the plot, for what no copy of the figure may lose. */
  readonly footnote?: string | undefined;
}

/**
 * Draws a plot to an SVG string that stands alone: its size is explicit, it refers to nothing
 * outside, and it has neither styles nor scripts, so a strict content policy lets it stand in a page.
 * Text stays text. The heading is drawn on top and is, with the description, what a screen reader
 * says.
 */
export function renderFigure(text: FigureText, options: Plot.PlotOptions): string {
  const document: Document =
    globalThis.document ?? parseHTML('<!doctype html><html><body></body></html>').document;
  const svg = Plot.plot({
    ...options,
    document,
    figure: false,
    className: 'figure',
  });
  svg.querySelector('style')?.remove();
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    for (const name of ['style', 'class']) element.removeAttribute(name);
  }
  const attributes = {
    role: 'img',
    'aria-label': text.title,
    'font-family': FONTS,
    'font-size': String(FONT_SIZE),
    color: INK,
    fill: INK,
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const own = (name: string, content: string) => {
    const element = document.createElementNS(svg.namespaceURI, name);
    element.textContent = content;
    return element;
  };
  const ground = own('rect', '');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', '#ffffff');
  const width = Number(svg.getAttribute('width'));
  const heading = own('text', ellipsize(text.title, width - 2 * EDGE, TITLE_SIZE));
  const place = {
    x: EDGE,
    y: 22,
    'font-size': TITLE_SIZE,
    'font-weight': 600,
    'text-anchor': 'start',
  };
  for (const [name, value] of Object.entries(place)) heading.setAttribute(name, String(value));
  if (text.footnote !== undefined)
    addFootnote(svg, own('text', ellipsize(text.footnote, width - 2 * EDGE, FONT_SIZE)));
  svg.prepend(own('title', text.title), own('desc', text.description), ground, heading);
  return serialize(svg, true);
}

/** Makes room below the plot for a line. */
function addFootnote(svg: Element, line: Element): void {
  const [width, height] = [svg.getAttribute('width'), Number(svg.getAttribute('height'))];
  const place = { x: EDGE, y: height + 12, fill: MUTED, 'text-anchor': 'start' };
  for (const [name, value] of Object.entries(place)) line.setAttribute(name, String(value));
  svg.append(line);
  svg.setAttribute('height', String(height + FOOTNOTE_HEIGHT));
  svg.setAttribute('viewBox', `0 0 ${width} ${height + FOOTNOTE_HEIGHT}`);
}

/** Writes an element as XML; every text and attribute is escaped here, whatever the names hold. */
function serialize(element: Element, isRoot = false): string {
  const namespace = isRoot ? ' xmlns="http://www.w3.org/2000/svg"' : '';
  const attributes = [...element.attributes]
    .filter(({ name }) => !name.startsWith('xmlns'))
    .map(({ name, value }) => ` ${name}="${escapeXml(value)}"`)
    .join('');
  const children = [...element.childNodes]
    .map((node) =>
      node.nodeType === 1 ? serialize(node as Element) : escapeXml(node.textContent ?? ''),
    )
    .join('');
  const name = element.localName;
  return children === ''
    ? `<${name}${namespace}${attributes}/>`
    : `<${name}${namespace}${attributes}>${children}</${name}>`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML allows none of these
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .toWellFormed()
      .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
  );
}
