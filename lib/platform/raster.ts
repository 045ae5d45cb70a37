import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

// Shipped with the package, so that a machine without any font draws the same picture. Found from
// the working directory: a bundled module no longer knows its own place.
const FONT_FOLDER = join(process.cwd(), 'node_modules/geist/dist/fonts/geist-sans');
const FONT_FILES = ['Geist-Regular.ttf', 'Geist-SemiBold.ttf', 'Geist-Bold.ttf'].map((name) =>
  join(FONT_FOLDER, name),
);

/**
 * Draws an SVG of our own making as PNG on white.
 *
 * @param scale pixels of the picture for one pixel of the SVG.
 */
export function svgToPng(svg: string, scale: number): Uint8Array<ArrayBuffer> {
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    background: 'white',
    // System fonts are still there for scripts that Geist lacks.
    font: { fontFiles: FONT_FILES, defaultFontFamily: 'Geist', loadSystemFonts: true },
  });
  return new Uint8Array(picture.render().asPng());
}
