const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  '“': '``',
  '”': "''",
  '‘': '`',
  '’': "'",
  '–': '--',
  '—': '---',
  '−': '$-$',
  '×': '$\\times$',
  '±': '$\\pm$',
  '≤': '$\\leq$',
  '≥': '$\\geq$',
  '…': '\\ldots{}',
  '·': '$\\cdot$',
  θ: '$\\theta$',
  ν: '$\\nu$',
  χ: '$\\chi$',
  '²': '\\textsuperscript{2}',
  '\u00a0': '~',
  '\u2009': '\\,',
};

/**
 * Text as LaTeX that prints it: special characters escaped, typographic ones in LaTeX's own form, line
 * breaks and control characters as blanks. Other scripts stay; they need a Unicode engine.
 */
export function escapeLatex(text: string): string {
  return [...text.replaceAll(/\p{Cc}+/gu, ' ')].map((sign) => SPECIAL[sign] ?? sign).join('');
}
