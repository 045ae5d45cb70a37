import { expect, test } from 'vitest';
import { type StudySpecInput, studySpecSchema } from '../schema.ts';
import { type ChecklistFacts, listItems } from './list-items.ts';

function itemsOf(change: Partial<StudySpecInput>, facts: Partial<ChecklistFacts> = {}) {
  const spec = studySpecSchema.parse({
    slug: 's',
    title: 'S',
    import: 'clips',
    arms: [{ name: 'a' }, { name: 'b' }],
    prompts: [{ key: 'p1', text: 'A boat' }],
    questions: [
      {
        key: 'q',
        wording: { en: 'Better?' },
        examples: [
          {
            prompt: 'p1',
            left: 'a',
            right: 'b',
            expected: 'left',
            explanation: { en: 'Sharper.' },
          },
        ],
      },
    ],
    ...change,
  });
  const renditions = spec.arms.flatMap((_, arm) =>
    spec.prompts.map((_, prompt) => ({
      arm,
      prompt,
      take: 0,
      state: 'ready' as const,
      reason: null,
    })),
  );
  const wanted = renditions.length;
  return listItems({
    spec,
    imports: [{ slug: 'clips', kind: 'video', state: 'done' }],
    refused: [],
    renditions,
    counts: { wanted, ready: wanted, waiting: 0, failed: 0 },
    differences: [],
    ...facts,
  }).map((item) => item.code);
}
const shares = { gold: 0.1, same: 0.1, repeat: 0 };
const gold = (better: string, worse: string) => ({ prompt: 'p1', better, worse });

test('a sound study has an empty list', () => {
  expect(itemsOf({})).toEqual([]);
});

test('checks that are wanted and can not be made block, gold without a share is advice', () => {
  expect(itemsOf({ shares })).toEqual(['gold-missing', 'same-missing']);
  expect(itemsOf({ gold: [gold('a', 'b')] })).toEqual(['gold-share-missing']);
  expect(itemsOf({ shares: { gold: 0.1 }, gold: [gold('a', 'b'), gold('b', 'a')] })).toEqual([
    'gold-contradicts',
  ]);
});

test('a prompt is judged by its text or its picture; a clip by itself', () => {
  const bare = { key: 'p1', text: '' };
  expect(itemsOf({ prompts: [bare] })).toEqual(['prompt-text-missing']);
  expect(itemsOf({ prompts: [{ ...bare, images: ['0'.repeat(64)] }] })).toEqual([]);
  expect(
    itemsOf(
      { kind: 'caption', prompts: [bare] },
      { imports: [{ slug: 'clips', kind: 'caption', state: 'done' }] },
    ),
  ).toEqual([]);
});

test('levels are wanted on an axis, and equal ones are told', () => {
  const axis = { name: 'CRF' };
  const arms = (...levels: (number | null)[]) =>
    levels.map((level, index) => ({ name: 'ab'.charAt(index), level }));
  expect(itemsOf({ axis, arms: arms(1, null) })).toEqual(['level-missing']);
  expect(itemsOf({ axis, arms: arms(1, 1) })).toEqual(['level-repeated']);
  expect(itemsOf({ arms: arms(null, null) })).toEqual([]);
});

test('imports that are unknown, of another kind, or unfinished', () => {
  expect(itemsOf({}, { imports: [] })).toEqual(['import-missing']);
  expect(itemsOf({}, { imports: [{ slug: 'clips', kind: 'caption', state: 'running' }] })).toEqual([
    'import-kind',
    'import-running',
  ]);
});

test('differences block on an axis and are advice without one', () => {
  const difference = {
    field: 'hyperparameters.steps',
    label: 'steps',
    values: [],
    acknowledgement: null,
  };
  const arms = [
    { name: 'a', level: 1 },
    { name: 'b', level: 2 },
  ];
  const severity = (change: Partial<StudySpecInput>) =>
    itemsOf({ arms, ...change }, { differences: [difference] });
  expect(severity({ axis: { name: 'CRF' } })).toEqual(['difference-open']);
  expect(severity({})).toEqual(['difference-open']);
});

test('300 arms on 64 prompts are too large, and are said so in numbers', () => {
  const arms = Array.from({ length: 300 }, (_, index) => ({
    name: index < 2 ? 'ab'.charAt(index) : `arm${index}`,
  }));
  const prompts = Array.from({ length: 64 }, (_, index) => ({ key: `p${index + 1}`, text: 'x' }));
  expect(itemsOf({ arms, prompts })).toEqual(['too-large']);
});

test('many arms without an axis are told of the adaptive choice, which wants headroom', () => {
  const arms = Array.from({ length: 8 }, (_, index) => ({ name: `arm ${index}` }));
  const trained = { arms, questions: [{ key: 'q', wording: { en: 'Better?' } }] };
  const codes = (change: Partial<StudySpecInput>) =>
    itemsOf({ ...trained, ...change }).filter((code) => code.startsWith('adaptive'));
  expect(codes({})).toEqual(['adaptive-helps']);
  expect(codes({ axis: { name: 'Level' } })).toEqual([]);
  expect(codes({ pairChoice: 'adaptive' })).toEqual(['adaptive-headroom']);
  expect(codes({ pairChoice: 'adaptive', votesPerCell: 10 })).toEqual([]);
});
