import fc from 'fast-check';
import { expect, test } from 'vitest';
import { studySpecSchema } from '#lib/studies/schema.ts';
import { citedIn, toLatex, toMarkdown } from './document.ts';
import { escapeLatex } from './escape-latex.ts';
import type { MethodsFacts } from './methods-facts.ts';
import { methodsSection } from './methods-text.ts';
import { bibliography } from './references.ts';
import { tableLatex } from './tables.ts';

const snapshot: MethodsFacts['snapshots'][number] = {
  id: 7,
  question: 0,
  method: 'davidson',
  version: '1.1',
  seed: 5,
  watermark: '1234',
  exclusion: { simulated: false, imported: false },
  votes: 1152,
  createdAt: '2026-11-24T10:00:00.000Z',
  arms: [],
  pairs: [],
  settings: { intervals: 'two-way', level: 0.95, ridge: 0 },
  vcov: [[1]],
  tieParameter: 0.4213,
  degreesOfFreedom: 31,
  components: [],
  warnings: [],
};

function factsOf(change: Partial<MethodsFacts> = {}): MethodsFacts {
  return {
    spec: studySpecSchema.parse({
      slug: 'motion',
      title: 'Motion & text_100 %',
      import: 'runs',
      axis: { kind: 'removed-fraction', name: 'Motion_score' },
      arms: [
        { name: 'none', level: 0 },
        { name: 'half', level: 0.5 },
        { name: 'random', level: 0.5, isControl: true },
      ],
      prompts: [
        { key: 'a', text: 'a' },
        { key: 'b', text: 'b' },
      ],
      questions: [{ key: 'quality', wording: { en: 'Which looks better?' } }],
      shares: { gold: 0.05 },
    }),
    comparisons: 6,
    breakdown: {
      ...{ people: 1000, simulated: 152, imported: 0, surplus: 2, trial: 9, checks: 40 },
      ...{ retracted: 3, marked: 4, raters: 32, exclusionShifts: [] },
      excluded: [{ because: 'random', votes: 30, raters: 1 }],
    },
    head: {
      ...{ id: 7, version: '1.1', seed: 5, watermark: '1234', votes: 1152, isNewest: true },
      exclusion: { simulated: false, imported: false },
      createdAt: '2026-11-24T10:00:00.000Z',
    },
    snapshots: [snapshot],
    axis: null,
    decision: null,
    acceptedDifferences: [],
    ...change,
  };
}

const textOf = (facts: MethodsFacts) => toMarkdown(methodsSection(facts));

test('the section says what was done in this study, with its numbers', () => {
  const text = textOf(factsOf());
  for (const fact of [
    '3 arms on 2 prompts',
    'removed by Motion\\_score: 0 % and 50 %',
    '1 arm removed the same amount at random',
    'Every pair of arms was compared on every prompt: 6 comparisons.',
    '“Which looks better?”',
    '5 % pairs with a known answer',
    'The rankings use 1,152 votes of 32 raters.',
    '152 votes came from simulated raters, not from people.',
    '30 votes of 1 rater for answers like chance',
    'tie parameter 0.421',
    "Student's t with 31 degrees of freedom",
    'seed 5',
    '2026-11-24',
  ])
    expect(text).toContain(fact);
});

test('nothing is said that the study does not have', () => {
  const text = textOf(
    factsOf({
      comparisons: 0,
      breakdown: {
        ...factsOf().breakdown,
        ...{ people: 0, simulated: 0, imported: 1152, excluded: [], retracted: 0 },
      },
    }),
  );
  expect(text).toContain('1,152 votes were imported from files.');
  expect(text).not.toMatch(/simulated|drawn at random|session|taken back|Every pair/);
  expect(text).toContain('No rater was excluded.');
});

test.each([
  ['davidson', 'two-way', ['bradley1952', 'cameron2011', 'davidson1970', 'elo1978', 'hothorn2008']],
  ['bradley-terry', 'bootstrap', ['bradley1952', 'elo1978', 'hothorn2008', 'owen2007']],
  ['rao-kupper', 'hc0', ['bradley1952', 'elo1978', 'hothorn2008', 'rao1967', 'white1980']],
] as const)('%s with %s intervals cites its own works alone', (method, intervals, keys) => {
  const settings = { ...snapshot.settings, intervals };
  const section = methodsSection(factsOf({ snapshots: [{ ...snapshot, method, settings }] }));
  const cited = citedIn(section);
  expect([...new Set(cited)].sort()).toEqual(keys);
  const bibtex = bibliography(cited);
  expect(bibtex.match(/^@\w+\{\w+,$/gm)).toHaveLength(keys.length);
  expect(isBalanced(bibtex)).toBe(true);
});

test('LaTeX is balanced, cites what the bibliography has, and escapes names', () => {
  const latex = toLatex(methodsSection(factsOf()));
  expect(isBalanced(latex)).toBe(true);
  expect(latex).toContain('Motion\\_score: 0 \\% and 50 \\%');
  expect(latex).toContain('~\\cite{davidson1970}');
  expect(latex).not.toMatch(/(?<!\\)[%#&]/);
});

test('any text is escaped into LaTeX that is balanced and has no bare special sign', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const latex = escapeLatex(text);
      expect(isBalanced(latex)).toBe(true);
      expect(latex).not.toMatch(/(?<!\\)[%#&_]/);
      expect((latex.match(/(?<!\\)\$/g)?.length ?? 0) % 2).toBe(0);
    }),
  );
  expect(escapeLatex('50 % of a_b & $x^2$ \\ {“q”} −1\n~')).toBe(
    "50 \\% of a\\_b \\& \\$x\\textasciicircum{}2\\$ \\textbackslash{} \\{``q''\\} $-$1 \\textasciitilde{}",
  );
});

test('a table has as many cells in each row as columns', () => {
  const latex = tableLatex({
    name: 'ratings-mean',
    caption: 'A & B',
    columns: [{ header: 'Arm' }, { header: 'Elo', isNumber: true }],
    rows: [
      ['a_1', '1000'],
      ['b & c', '−3'],
    ],
  });
  expect(latex).toContain('\\begin{tabular}{lr}');
  expect(latex).toContain('    a\\_1 & 1000 \\\\');
  expect(latex).toContain('    b \\& c & $-$3 \\\\');
  for (const name of ['table', 'tabular'])
    expect(latex.split(`\\begin{${name}}`).length).toBe(latex.split(`\\end{${name}}`).length);
  for (const rule of ['toprule', 'midrule', 'bottomrule']) expect(latex).toContain(`\\${rule}`);
});

/** Every brace that is no escaped one closes what was opened. */
function isBalanced(latex: string): boolean {
  let depth = 0;
  for (const sign of latex.replaceAll(/\\[\\{}]/g, '')) {
    if (sign === '{') depth++;
    if (sign === '}') depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}
