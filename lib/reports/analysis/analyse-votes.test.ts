import { expect, test } from 'vitest';
import { seededRandom } from '#lib/core/random.ts';
import { collectVotes, type VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import { type StudySpecInput, studySpecSchema } from '#lib/studies/schema.ts';
import { computeRanking } from '../snapshots/compute-ranking.ts';
import { analyseVotes } from './analyse-votes.ts';
import type { AnalysisFacts } from './facts.ts';
import { analysisSchema } from './schema.ts';

const PROMPTS = 18;
const FILTER = { kind: 'removed-fraction' as const, name: 'Motion' };
const THREE = [
  { name: 'all', level: 0 },
  { name: 'quarter', level: 0.25 },
  { name: 'half', level: 0.5 },
];

function factsOf(arms: StudySpecInput['arms'], more: Partial<AnalysisFacts> = {}): AnalysisFacts {
  const spec = studySpecSchema.parse({
    ...{ slug: 's', title: 'S', import: 'runs', arms, axis: FILTER },
    prompts: Array.from({ length: PROMPTS }, (_, p) => ({
      key: `prompt-${p}`,
      text: 'A thing',
      tags: p < 9 ? ['animal'] : [],
      motion: p % 3 === 0 ? 'pan' : 'still',
    })),
    questions: [
      { key: 'quality', wording: { en: 'Better?' } },
      { key: 'text', wording: { en: 'Closer?' } },
    ],
  });
  return {
    studyId: 1,
    spec,
    promptIds: spec.prompts.map((_, p) => 100 + p),
    sameVideos: [],
    sameChecks: [],
    scores: [],
    scoresFingerprint: '',
    ...more,
  };
}

/** On the prompts of an animal `quarter` wins mostly, on the others `all` does. */
function votesOf(arms: readonly string[], rounds: number, seed: number): VoteColumns {
  const random = seededRandom(seed);
  const collector = collectVotes(arms);
  for (let round = 0; round < rounds; round++)
    for (let p = 0; p < PROMPTS; p++)
      for (const [i, a] of arms.entries())
        for (const b of arms.slice(i + 1)) {
          const favourite = p < 9 ? 'quarter' : 'all';
          const chance = a === favourite ? 0.75 : b === favourite ? 0.25 : 0.5;
          const at = random.next();
          const outcome = at < 0.1 ? 'tie' : at < 0.1 + 0.9 * chance ? 'left' : 'right';
          const rater = `rater-${random.integer(20)}`;
          collector.add({ left: a, right: b, outcome, rater, prompt: String(100 + p) });
        }
  return collector.columns();
}

function analyse(questions: readonly VoteColumns[], facts: AnalysisFacts) {
  const choices = questions.map((votes, question) => ({
    question: question as number | null,
    columns: [votes],
  }));
  if (questions.length > 1) choices.push({ question: null, columns: [...questions] });
  const rankings = choices.map(({ question, columns }) => ({
    question,
    method: 'davidson' as const,
    ...computeRanking(columns, 'davidson', 0),
  }));
  const analysis = analyseVotes(questions, facts, rankings);
  // What is stored is what is read again.
  expect(analysisSchema.parse(JSON.parse(JSON.stringify(analysis)))).toEqual(analysis);
  return analysis.parts;
}
const names = THREE.map(({ name }) => name);

test('tags tell where an arm is liked, and prompts which of them drive it', () => {
  const questions = [votesOf(names, 4, 1), votesOf(names, 4, 2)];
  const parts = analyse(questions, factsOf(THREE));
  expect(parts.map(({ question }) => question)).toEqual([0, 1, null]);
  const [first, second, both] = parts;
  const animal = both?.tags.find(({ tag }) => tag === 'animal');
  const quarter = animal?.arms.find(({ arm }) => arm === 'quarter');
  expect(animal).toMatchObject({ kind: 'tag', prompts: 9, votes: 2 * 4 * 9 * 3 });
  expect(quarter?.differenceLow).toBeGreaterThan(0);
  expect(both?.tags.map(({ kind, tag }) => `${kind} ${tag}`)).toEqual([
    'motion still',
    'tag animal',
    'motion pan',
  ]);
  expect(both?.prompts).toHaveLength(PROMPTS);
  const drives = both?.prompts.map(({ drive }) => drive) ?? [];
  expect(drives).toEqual([...drives].sort((a, b) => b - a));
  expect(both?.prompts.every(({ votes }) => votes === 24)).toBe(true);
  // The mean's changes are the means of the questions' changes.
  const change = (part: typeof both, prompt: number | undefined) =>
    part?.prompts.find((one) => one.prompt === prompt)?.changes.find(({ arm }) => arm === 'quarter')
      ?.elo ?? Number.NaN;
  const most = both?.prompts[0]?.prompt;
  expect(change(both, most)).toBeCloseTo((change(first, most) + change(second, most)) / 2, 9);
});

test('leaving out says how far ratings move, by pseudonym and by key', () => {
  const [part] = analyse([votesOf(names, 3, 3)], factsOf(THREE));
  expect(part?.leaveOneRaterOut).toMatchObject({ count: 20 });
  expect(part?.leaveOneRaterOut?.influential).toHaveLength(10);
  expect(part?.leaveOneRaterOut?.influential[0]?.name).toMatch(/^r-[0-9a-f]{10}$/);
  expect(part?.leaveOnePromptOut?.influential[0]?.name).toMatch(/^prompt-\d+$/);
  for (const { elo, low, high } of part?.leaveOnePromptOut?.arms ?? []) {
    expect(low).toBeLessThanOrEqual(elo);
    expect(high).toBeGreaterThanOrEqual(elo);
  }
  expect(part?.agreement?.alphaOrdinal?.value).toBeLessThan(1);
});

test('the noise floor: a replica, equal videos, and checks of one arm', () => {
  const arms = [...THREE, { name: 'all again', replicaOf: 'all' }];
  const all = arms.map(({ name }) => name);
  const [part] = analyse(
    [votesOf(all, 2, 4)],
    factsOf(arms, {
      sameVideos: [
        ['all', 'all again'],
        ['quarter', 'half'],
      ],
      sameChecks: [{ left: 6, right: 4, ties: 10 }],
    }),
  );
  expect(part?.noiseFloor?.pairs).toMatchObject([
    { a: 'all again', b: 'all', why: 'replica', votes: 36 },
    { a: 'quarter', b: 'half', why: 'same-videos', votes: 36 },
  ]);
  expect(part?.noiseFloor?.same).toMatchObject({
    votes: 20,
    ties: { share: 0.5 },
    left: { share: 0.6 },
  });
  expect(analyse([votesOf(names, 2, 4)], factsOf(THREE))[0]?.noiseFloor).toBeNull();
});

test('two arms have a share with a clustered interval', () => {
  const two = THREE.slice(0, 2);
  const [part] = analyse([votesOf(names.slice(0, 2), 5, 5)], factsOf(two));
  expect(part?.headToHead).toMatchObject({ arm: 'quarter', against: 'all' });
  expect(part?.headToHead?.low).toBeLessThan(0.5);
  expect(part?.headToHead?.high).toBeGreaterThan(0.5);
});

test('a metric that says the opposite of people is found out, with where it misleads', () => {
  const scores = names.flatMap((arm) =>
    Array.from({ length: PROMPTS }, (_, p) => ({
      ...{ metric: 'clip', arm, prompt: 100 + p },
      value: arm === (p < 9 ? 'quarter' : 'all') ? -1 : p / 100,
    })),
  );
  const [part] = analyse([votesOf(names, 4, 6)], factsOf(THREE, { scores }));
  const [metric] = part?.metrics ?? [];
  expect(metric?.agreement.high).toBeLessThan(0.5);
  expect(metric?.votes).toBe(4 * PROMPTS * 3);
  expect(metric?.calibration.reduce((sum, { votes }) => sum + votes, 0)).toBe(metric?.decided);
  const gaps = metric?.misleads.map(({ gap }) => gap) ?? [];
  expect(gaps.length).toBeGreaterThan(5);
  expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
  expect(metric?.misleads.every((one) => one.votesForLower > one.votesForHigher)).toBe(true);
});

test('degenerate votes: none, one prompt, only ties, nobody named', () => {
  const collector = collectVotes(names);
  expect(analyse([collector.columns()], factsOf(THREE))[0]).toMatchObject({
    ...{ votes: 0, promptCount: 0, prompts: [], tags: [], agreement: null },
    ...{ leaveOneRaterOut: null, leaveOnePromptOut: null, noiseFloor: null, metrics: [] },
  });
  for (let n = 0; n < 12; n++)
    collector.add({ left: 'all', right: 'half', outcome: 'tie', prompt: '100', rater: 'r' });
  expect(analyse([collector.columns()], factsOf(THREE))[0]).toMatchObject({
    votes: 12,
    leaveOneRaterOut: null,
    prompts: [{ prompt: 100, preferred: null, votes: 12 }],
  });
  const nameless = collectVotes(names);
  nameless.add({ left: 'all', right: 'half', outcome: 'left' });
  nameless.add({ left: 'half', right: 'all', outcome: 'left' });
  expect(analyse([nameless.columns()], factsOf(THREE))[0]).toMatchObject({
    votes: 2,
    prompts: [],
    tags: [],
  });
});
