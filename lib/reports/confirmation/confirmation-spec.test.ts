import { expect, test } from 'vitest';
import { type StudySpecInput, studySpecSchema } from '#lib/studies/schema.ts';
import { confirmationSpec } from './confirmation-spec.ts';

function study(slug: string, changes: Partial<StudySpecInput> = {}) {
  const settings = (steps: number) => ({ hyperparameters: { steps, base: 'sd21', seed: null } });
  return studySpecSchema.parse({
    slug,
    title: `Study ${slug}`,
    import: slug,
    axis: { kind: 'removed-fraction', name: slug },
    arms: [
      { name: 'all', level: 0, ...settings(40_000) },
      { name: 'half', level: 0.5, ...settings(40_000) },
    ],
    prompts: [
      { key: 'cat', text: 'A cat runs' },
      { key: slug, text: `Only in ${slug}` },
    ],
    votesPerCell: 5,
    ...changes,
  });
}

const subset = (slug: string) => ({ slug, clips: 2_300_000, definitionHash: 'ab'.repeat(32) });
const input = (studies: ReturnType<typeof study>[]) => ({
  slug: 'confirmation',
  dataset: 'clips, version 2',
  curated: subset('combined'),
  uncurated: subset('combined-random'),
  studies,
});

test('two arms of equal size and settings, over the prompts of all axes', () => {
  const { spec, unlike } = confirmationSpec(input([study('motion'), study('text')]));
  expect(spec).toMatchObject({ slug: 'confirmation', import: 'confirmation', votesPerCell: 5 });
  const shared = {
    clips: 2_300_000,
    level: null,
    hyperparameters: { steps: 40_000, base: 'sd21', seed: null },
  };
  expect(spec.arms).toMatchObject([
    { name: 'curated', ...shared },
    { name: 'uncurated', ...shared },
  ]);
  expect(spec.prompts.map(({ key }) => key)).toEqual(['cat', 'motion', 'text']);
  expect(spec.axis).toBeNull();
  expect(spec.description).toContain('2,300,000 clips of clips, version 2');
  expect(spec.description).toContain('Study motion; Study text');
  expect(unlike).toEqual([]);
});

test('settings that differ are left out and named', () => {
  const other = study('text', {
    arms: [
      { name: 'all', level: 0, hyperparameters: { steps: 10_000, base: 'sd21' } },
      { name: 'half', level: 0.5, hyperparameters: { steps: 10_000, base: 'sd21', lr: 1e-4 } },
    ],
  });
  const { spec, unlike } = confirmationSpec(input([study('motion'), other]));
  expect(spec.arms[0]?.hyperparameters).toEqual({ base: 'sd21' });
  expect(unlike).toEqual(['lr', 'seed', 'steps']);
});

test('what names arms of the axis stays behind', () => {
  const example = {
    prompt: 'cat',
    left: 'all',
    right: 'half',
    expected: 'left' as const,
    explanation: { en: 'Sharper' },
  };
  const asked = [{ key: 'quality', wording: { en: 'Better?' }, examples: [example] }];
  const { spec } = confirmationSpec(
    input([
      study('motion', {
        questions: asked,
        gold: [{ prompt: 'cat', better: 'all', worse: 'half' }],
        shares: { gold: 0.1 },
        decision: { question: 'quality' },
      }),
    ]),
  );
  expect(spec.questions).toMatchObject([{ key: 'quality', examples: [] }]);
  expect(spec.gold).toEqual([]);
  expect(spec.shares.gold).toBe(0);
  expect(spec.decision.question).toBe('quality');
  expect(() => confirmationSpec(input([]))).toThrow(RangeError);
});
