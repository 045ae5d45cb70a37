import type { Axis } from '../schema.ts';

export interface LevelGuess {
  readonly axis: Axis;
  /** One level a name, in the order of the names. */
  readonly levels: readonly number[];
}

/** Names of the arm from which nothing was removed. */
const UNTOUCHED = /^(baseline|base|full|all|none|original|unfiltered|untouched|raw)$/i;
const REMOVED = /^(removed?|drop(ped)?|filter(ed)?|cut|without|minus|prune[dr]?)$/i;
const PAPER_FRACTIONS = new Set([0, 12.5, 25, 50]);

/** Prefixes with a name and unit that people know better than the prefix. */
const KNOWN: Readonly<Record<string, { name: string; unit: string }>> = {
  crf: { name: 'CRF', unit: '' },
  qp: { name: 'QP', unit: '' },
  step: { name: 'Training step', unit: '' },
  steps: { name: 'Training step', unit: '' },
  ckpt: { name: 'Training step', unit: '' },
  checkpoint: { name: 'Training step', unit: '' },
  fps: { name: 'Frame rate', unit: 'frames/s' },
  cfg: { name: 'Guidance', unit: '' },
  guidance: { name: 'Guidance', unit: '' },
};

/**
 * Guesses an axis and levels from the arms' names: `crf-18, crf-40`; `removed-25, baseline`; `0, 12.5,
 * 25, 50`; `step-10k`. Only a suggestion that a form shows. Null when the names are not one word with
 * one differing number (an untouched arm without a number counts as 0 removed).
 */
export function guessLevels(names: readonly string[]): LevelGuess | null {
  const parts = names.map(splitName);
  const numbered = parts.filter((part) => part !== null);
  const first = numbered[0];
  if (!first || numbered.length < 2) return null;
  if (numbered.some((part) => part.before !== first.before || part.after !== first.after))
    return null;
  const word = first.before;
  const isRemoved =
    word.split(/[^a-z]+/i).some((piece) => REMOVED.test(piece)) ||
    (word === '' && numbered.every((part) => PAPER_FRACTIONS.has(part.value)));
  const isUntouched = (index: number) => isRemoved && UNTOUCHED.test(names[index] ?? '');
  if (parts.some((part, index) => part === null && !isUntouched(index))) return null;
  const values = parts.map((part) => part?.value ?? 0);
  if (new Set(values).size !== values.length) return null;
  if (isRemoved) {
    const isPercent = values.some((value) => value > 1);
    const levels = values.map((value) => (isPercent ? value / 100 : value));
    if (levels.some((level) => level < 0 || level >= 1)) return null;
    const topic = word.split(/[^a-z]+/i).filter((piece) => piece !== '' && !REMOVED.test(piece));
    return {
      axis: { kind: 'removed-fraction', name: capitalise(topic.join(' ')) || 'Score', unit: '' },
      levels,
    };
  }
  const known = KNOWN[word.toLowerCase()] ?? KNOWN[first.after.toLowerCase()];
  const axis = known ?? { name: capitalise(word) || 'Level', unit: first.after };
  return { axis: { kind: 'ordered', name: axis.name, unit: axis.unit }, levels: values };
}

/** `crf-18` -> word "crf", number 18; `step_10k` -> 10000. The last number of the name counts. */
function splitName(name: string): { before: string; value: number; after: string } | null {
  const match =
    /^(.*?)[\s_=-]*(\d+(?:\.\d+)?)(k(?![a-z]))?\s*(%|pct|percent)?[\s_-]*([^\d]*)$/i.exec(name);
  if (!match) return null;
  const [, before = '', digits = '', thousand, , after = ''] = match;
  return { before, value: Number(digits) * (thousand ? 1000 : 1), after };
}

function capitalise(text: string): string {
  const words = text
    .replace(/[\s_-]+/g, ' ')
    .trim()
    .slice(0, 60);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
