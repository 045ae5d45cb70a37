import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { spellPath, studySpecSchema } from '../schema.ts';
import { parseSpec } from './parse-spec.ts';
import { writeSpec } from './write-spec.ts';

const GOOD = `slug: crf
title: Compression
import: clips
axis: { kind: ordered, name: CRF }
arms:
  - name: crf-18
    level: 18
  - name: crf-40
    level: 40
prompts:
  - key: p1
    text: A boat
`;

function problemsOf(text: string): readonly string[] {
  try {
    parseSpec(text);
  } catch (error) {
    if (error instanceof AppError && Array.isArray(error.data.problems)) return error.data.problems;
    throw error;
  }
  return [];
}

test('a study is read from YAML with its defaults', () => {
  const spec = parseSpec(GOOD);
  expect(spec.arms.map((arm) => arm.level)).toEqual([18, 40]);
  expect(spec.votesPerCell).toBe(3);
  expect(spec.session).toEqual({ pairs: 30, minutes: 10 });
  expect(spec.questions.map((question) => question.key)).toEqual([
    'visual-quality',
    'prompt-following',
  ]);
});

test('a wrong field is named with its place and its line', () => {
  const problems = problemsOf(GOOD.replace('level: 40', 'level: high'));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^arms\[1\]\.level \(line 9\): .*number/);
});

test('all wrong fields are named at once', () => {
  expect(
    problemsOf(GOOD.replace('level: 40', 'level: high').replace('slug: crf', 'slug: C R F')),
  ).toHaveLength(2);
});

test('a misspelt setting is refused on its line, not ignored', () => {
  const problems = problemsOf(`${GOOD}votesPerCel: 5\n`);
  expect(problems[0]).toMatch(/^line 13: .*votesPerCel/);
});

test('a repeated arm, an unknown gold arm and a wrong fraction are named', () => {
  const problems = problemsOf(
    `${GOOD.replace('crf-40', 'crf-18').replace('kind: ordered', 'kind: removed-fraction')}gold: [{ prompt: p1, better: nobody, worse: crf-18 }]\n`,
  );
  expect(problems.join('\n')).toMatch(/arms\[1\]\.name \(line 8\): "crf-18" is already number 1/);
  expect(problems.join('\n')).toMatch(/gold\[0\] \(line 13\): no arm is called "nobody"/);
  expect(problems.join('\n')).toMatch(/arms\[0\]\.level .*removed fraction/);
});

test.each([
  ['arms: [', /line \d+/],
  ['', /object/],
  ['- a\n- b', /object/],
  ['a: &a [x,x]\nb: &b [*a,*a]\n'.repeat(1), /slug/],
])('text that is no study is refused: %j', (text, pattern) => {
  expect(problemsOf(text).join('\n')).toMatch(pattern);
});

test('a text that unfolds without end is refused', () => {
  const bomb = `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from(
    { length: 9 },
    (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 10 }, () => `*a${i}`).join(',')}]\n`,
  ).join('')}`;
  expect(problemsOf(bomb).join('\n')).toMatch(/alias/i);
});

test('a written study is read back as the same study', () => {
  const word = fc
    .string({ minLength: 1, maxLength: 20 })
    .filter((text) => text.trim() === text && text !== '' && !/\p{Cc}/u.test(text));
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 2, maxLength: 5 }),
      fc.uniqueArray(word, { minLength: 1, maxLength: 5 }),
      fc.record({
        votesPerCell: fc.integer({ min: 1, max: 100 }),
        allowTies: fc.boolean(),
        seed: fc.nat(2_147_483_647),
        kind: fc.constantFrom('video' as const, 'caption' as const),
        session: fc.record({ pairs: fc.integer({ min: 1, max: 1000 }) }),
      }),
      (arms, prompts, settings) => {
        const spec = studySpecSchema.parse({
          slug: 'a-study',
          title: 'A: study # of "things"',
          import: 'clips',
          arms: arms.map((name, index) => ({
            name,
            level: index / 3,
            hyperparameters: { steps: null, [name]: 'yes' },
          })),
          prompts: prompts.map((key) => ({ key, text: '- not: a list', tags: ['x'] })),
          ...settings,
        });
        expect(parseSpec(writeSpec(spec))).toEqual(spec);
      },
    ),
    { numRuns: 100 },
  );
});

test('paths are spelt as people write them', () => {
  expect(spellPath(['arms', 2, 'level'])).toBe('arms[2].level');
  expect(spellPath([])).toBe('');
});
