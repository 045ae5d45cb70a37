import { escapeLatex } from './escape-latex.ts';
import type { ReferenceKey } from './references.ts';

/** Plain text, or works that are cited at its place. */
export type Inline = string | { readonly cite: readonly ReferenceKey[] };

/** A paragraph with a short heading of its own. */
export interface Paragraph {
  readonly heading: string;
  readonly text: readonly Inline[];
}

export interface Section {
  readonly title: string;
  readonly paragraphs: readonly Paragraph[];
}

/** Markdown with citations as Pandoc reads them: `[@bradley1952; @davidson1970]`. */
export function toMarkdown({ title, paragraphs }: Section): string {
  const text = (part: Inline) =>
    typeof part === 'string'
      ? escapeMarkdown(part)
      : ` [${part.cite.map((key) => `@${key}`).join('; ')}]`;
  const blocks = paragraphs.map(
    (paragraph) => `**${paragraph.heading}.** ${paragraph.text.map(text).join('')}`,
  );
  return `${[`## ${title}`, ...blocks].join('\n\n')}\n`;
}

/** LaTeX for a document that has its own preamble. */
export function toLatex({ title, paragraphs }: Section): string {
  const text = (part: Inline) =>
    typeof part === 'string' ? escapeLatex(part) : `~\\cite{${part.cite.join(',')}}`;
  const blocks = paragraphs.map(
    (paragraph) =>
      `\\paragraph{${escapeLatex(paragraph.heading)}.}\n${paragraph.text.map(text).join('')}`,
  );
  return `${[`\\subsection*{${escapeLatex(title)}}`, ...blocks].join('\n\n')}\n`;
}

/** The works that a section cites. */
export function citedIn({ paragraphs }: Section): ReferenceKey[] {
  return paragraphs.flatMap(({ text }) =>
    text.flatMap((part) => (typeof part === 'string' ? [] : [...part.cite])),
  );
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').replaceAll(/[\\`*_[\]<>#@]/g, (sign) => `\\${sign}`);
}
