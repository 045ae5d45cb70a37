import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { ellipsize, wrapText } from './text-width.ts';

/** Colours that stay apart for the colour-blind and, with marks and dashes, without colour. */
export const INK = '#18181b';
export const MUTED = '#52525b';
export const FAINT = '#d4d4d8';
/** The ground of a joint interval, and its edge. */
export const BAND = '#e4e4e7';
export const BAND_EDGE = '#a1a1aa';
export const FONT_SIZE = 12;
/** Free room at the edges, and what the heading takes on top. */
export const EDGE = 12;
export const HEADING_HEIGHT = 34;
const TITLE_SIZE = 14;
const FOOTNOTE_LINE = 16;
const FONTS =
  "Geist, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";

/** What every figure says about itself: a heading, and a sentence for those who can't see it. */
export interface FigureText {
  readonly title: string;
  readonly description: string;
  /** Drawn small below the plot, for what no copy of the figure may lose. */
  readonly footnote?: string | undefined;
}

/** One of several plots in a figure, with a heading of its own; `x` and `y` in pixels. */
export interface Panel {
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly options: Plot.PlotOptions;
}

/**
 * Draws a plot to an SVG string that stands alone: its size is explicit, it refers to nothing
 * outside, and it has neither styles nor scripts, so a strict content policy lets it stand in a page.
 * Text stays text. The heading is drawn on top and is, with the description, what a screen reader
 * says.
 */
export function renderFigure(text: FigureText, options: Plot.PlotOptions): string {
  const document = drawingDocument();
  return finish(text, plotted(options, document), document);
}

/** Draws several plots, each with scales of its own, into one SVG string as `renderFigure` does. */
export function renderPanels(
  text: FigureText,
  ground: Plot.PlotOptions,
  panels: readonly Panel[],
): string {
  const document = drawingDocument();
  const svg = plotted(ground, document);
  for (const { title, x, y, options } of panels) {
    const panel = plotted(options, document);
    const width = Number(panel.getAttribute('width'));
    // The face of the whole figure, not Plot's own.
    panel.removeAttribute('font-family');
    setAll(panel, { x, y, 'font-size': FONT_SIZE });
    panel.prepend(headingOf(title, width, document, FONT_SIZE + 1));
    svg.append(panel);
  }
  return finish(text, svg, document);
}

function drawingDocument(): Document {
  return globalThis.document ?? parseHTML('<!doctype html><html><body></body></html>').document;
}

/** Plot's drawing without its styles. */
function plotted(options: Plot.PlotOptions, document: Document): Element {
  const svg = Plot.plot({ ...options, document, figure: false, className: 'figure' });
  svg.querySelector('style')?.remove();
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    for (const name of ['style', 'class']) element.removeAttribute(name);
  }
  setAll(svg, { fill: INK });
  return svg;
}

function finish(text: FigureText, svg: Element, document: Document): string {
  setAll(svg, {
    role: 'img',
    'aria-label': text.title,
    'font-family': FONTS,
    'font-size': FONT_SIZE,
    color: INK,
  });
  const ground = svgElement(document, 'rect', { width: '100%', height: '100%', fill: '#ffffff' });
  const width = Number(svg.getAttribute('width'));
  if (text.footnote !== undefined) addFootnote(svg, text.footnote, document);
  svg.prepend(
    svgElement(document, 'title', {}, text.title),
    svgElement(document, 'desc', {}, text.description),
    ground,
    headingOf(text.title, width, document, TITLE_SIZE),
  );
  return serialize(svg, true);
}

function headingOf(title: string, width: number, document: Document, fontSize: number): Element {
  return svgElement(
    document,
    'text',
    { x: EDGE, y: 22, 'font-size': fontSize, 'font-weight': 600, 'text-anchor': 'start' },
    ellipsize(title, width - 2 * EDGE, fontSize),
  );
}

/** An element of a drawing with its attributes and text. */
export function svgElement(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content?: string,
): Element {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  setAll(element, attributes);
  if (content !== undefined) element.textContent = content;
  return element;
}

function setAll(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/** Makes room below the plot for the lines of a note. */
function addFootnote(svg: Element, footnote: string, document: Document): void {
  const [width, height] = ['width', 'height'].map((name) => Number(svg.getAttribute(name)));
  const lines = wrapText(footnote, Number(width) - 2 * EDGE, FONT_SIZE);
  lines.forEach((line, i) => {
    const y = Number(height) + 12 + i * FOOTNOTE_LINE;
    svg.append(
      svgElement(document, 'text', { x: EDGE, y, fill: MUTED, 'text-anchor': 'start' }, line),
    );
  });
  const total = Number(height) + 10 + lines.length * FOOTNOTE_LINE;
  setAll(svg, { height: total, viewBox: `0 0 ${width} ${total}` });
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
