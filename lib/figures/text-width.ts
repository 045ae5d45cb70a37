const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** About how wide a text is in pixels in a sans-serif face; there is no browser to measure it. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const { segment } of segmenter.segment(text)) ems += graphemeEms(segment);
  return ems * fontSize;
}

/** Cuts a text to a width, with an ellipsis where something was cut; never inside a character. */
export function ellipsize(text: string, maxWidth: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= maxWidth) return text;
  let room = maxWidth / fontSize - 1;
  let kept = '';
  for (const { segment } of segmenter.segment(text)) {
    room -= graphemeEms(segment);
    if (room < 0) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Breaks a text into lines of a width at its spaces; a word that is wider alone is cut. */
export function wrapText(text: string, maxWidth: number, fontSize: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, fontSize) > maxWidth) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== '') lines.push(line);
  return lines.map((one) => ellipsize(one, maxWidth, fontSize));
}

function graphemeEms(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  // From Hangul on most scripts are as wide as high.
  if (code >= 0x1100) return 1;
  if (/[ijltf.,:;'!|()[\]\s]/.test(grapheme)) return 0.34;
  return /[mwMW@%A-Z_]/.test(grapheme) ? 0.74 : 0.58;
}
