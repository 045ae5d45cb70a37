import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom, shuffle } from '#lib/core/random.ts';
import { simulatedVotes, votesOfCounts } from '#tests/factories/votes.ts';
import cems from '#tests/golden/cems/reference.json' with { type: 'json' };
import { fitQuestion } from '../models/fit-question.ts';
import { rankQuestions, rankVotes } from '../ranking/rank.ts';
import type { Intervals, RankSettings } from '../ranking/ranking.ts';
import { countPairs } from '../votes/pair-counts.ts';
import { collectVotes, type Outcome, type VoteColumns } from '../votes/vote-columns.ts';
import { clusterVotes } from './clusters.ts';
import { sumToCells } from './vote-cells.ts';

const errors = (votes: VoteColumns, settings: RankSettings) =>
  rankVotes(votes, settings).arms.map(({ se }) => se as number);
const codes = (votes: VoteColumns, intervals?: Intervals) =>
  rankVotes(votes, { intervals, replicates: 50 }).warnings.map(({ code }) => code);

test('of votes: the errors of HC0, which the sandwich package gives', () => {
  const votes = votesOfCounts(cems.counts);
  for (const method of ['davidson', 'bradley-terry', 'rao-kupper'] as const) {
    const expected = errors(votes, { method, intervals: 'hc0' });
    errors(votes, { method, intervals: 'bootstrap', replicates: 4000 }).forEach((se, i) => {
      expect(Math.abs(se / (expected[i] as number) - 1)).toBeLessThan(0.05);
    });
  }
});

test.each(['rater', 'prompt'] as const)('of one kind of cluster: the errors by %s', (kind) => {
  const all = simulatedVotes({
    arms: 4,
    votes: 6000,
    raters: 80,
    prompts: 80,
    seed: 4,
    effects: 0.7,
  });
  const votes =
    kind === 'rater' ? { ...all, prompts: [], prompt: null } : { ...all, raters: [], rater: null };
  const expected = errors(votes, { intervals: kind });
  errors(votes, { intervals: 'bootstrap', replicates: 4000 }).forEach((se, i) => {
    expect(Math.abs(se / (expected[i] as number) - 1)).toBeLessThan(0.08);
  });
});

test('of raters and prompts: near two-way where they matter, above it where they do not', () => {
  const ratios = (effects: number) => {
    const votes = simulatedVotes({
      arms: 4,
      votes: 8000,
      raters: 50,
      prompts: 50,
      seed: 6,
      effects,
    });
    const expected = errors(votes, { intervals: 'two-way' });
    return errors(votes, { intervals: 'bootstrap' }).map((se, i) => se / (expected[i] as number));
  };
  for (const ratio of ratios(1)) {
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.2);
  }
  // Owen 2007: the noise of votes is counted up to three times.
  for (const ratio of ratios(0)) {
    expect(ratio).toBeGreaterThan(1.2);
    expect(ratio).toBeLessThan(2.2);
  }
});

test('cells weigh as the votes that they sum do', () => {
  const votes = simulatedVotes({ arms: 5, votes: 700, raters: 6, prompts: 9, seed: 2 });
  const weighted = {
    ...simulatedVotes({ arms: 5, votes: 300, raters: 6, prompts: 9, seed: 3 }),
    weight: Float64Array.from({ length: 300 }, (_, v) => 1 + (v % 3)),
  };
  const layers = [votes, weighted].map((own) => {
    const counts = countPairs(own);
    const choice = { method: 'davidson', ties: 'half', ridge: undefined } as const;
    const { fit } = fitQuestion(counts, choice, () => undefined);
    return { votes: own, counts, squares: counts, fit };
  });
  const raters = clusterVotes([votes, weighted], 'rater');
  const prompts = clusterVotes([votes, weighted], 'prompt');
  const cells = sumToCells(layers, raters, prompts);
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = seededRandom(seed);
      const draw = (count: number) => Array.from({ length: count }, () => random.integer(3));
      const rowTimes = draw(raters.count);
      const columnTimes = draw(prompts.count);
      const sums = new Float64Array(cells.codes);
      cells.row.forEach((r, b) => {
        for (let c = cells.starts[b] as number; c < (cells.starts[b + 1] as number); c++) {
          const at = cells.code[c] as number;
          const times =
            (rowTimes[r] as number) * (columnTimes[cells.column[b] as number] as number);
          sums[at] = (sums[at] as number) + times * (cells.weight[c] as number);
        }
      });
      const byRow = new Float64Array(cells.codes);
      layers.forEach(({ votes: own, counts }, l) => {
        own.left.forEach((left, v) => {
          const right = own.right[v] as number;
          const pair = counts.pairOf[left * 5 + right] as number;
          const how = own.outcome[v] as number;
          const outcome = how === 2 ? 2 : (how === 0) === left < right ? 0 : 1;
          const at = (cells.offsets[l] as number) + pair * 3 + outcome;
          const times =
            (rowTimes[raters.ids[l]?.[v] as number] as number) *
            (columnTimes[prompts.ids[l]?.[v] as number] as number);
          const weight = own.weight?.[v] ?? 1;
          byRow[at] = (byRow[at] as number) + times * weight;
        });
      });
      expect(sums).toEqual(byRow);
    }),
    { numRuns: 20 },
  );
});

test('is the default under 15 raters or prompts, and not where two-way is asked for', () => {
  const few = simulatedVotes({ arms: 3, votes: 400, seed: 3, raters: 9, prompts: 30 });
  const ranking = rankVotes(few);
  expect(ranking.settings).toMatchObject({ intervals: 'bootstrap', replicates: 1000 });
  expect(ranking.degreesOfFreedom).toBeNull();
  expect(codes(few)).toEqual(['few-raters']);
  expect(rankVotes(few, { intervals: 'two-way' }).settings.intervals).toBe('two-way');
  expect(codes(few, 'two-way')).toEqual(['few-raters']);
  const enough = simulatedVotes({ arms: 3, votes: 400, seed: 3, raters: 15, prompts: 15 });
  expect(rankVotes(enough).settings.intervals).toBe('two-way');
  const alone = { ...few, prompts: [], prompt: null };
  expect(rankVotes(alone).settings.intervals).toBe('rater');
});

test('the seed decides the digits; a question asked twice has the error of one', () => {
  const votes = simulatedVotes({ arms: 3, votes: 400, seed: 3, raters: 9, prompts: 30 });
  const run = (seed: number) => rankVotes(votes, { seed, replicates: 100 });
  expect(run(1)).toEqual(run(1));
  expect(run(1).vcov).not.toEqual(run(2).vcov);
  const twice = rankQuestions([votes, votes], { seed: 1, replicates: 100 });
  run(1)
    .vcov?.flat()
    .forEach((value, i) => {
      expect(twice.vcov?.flat()[i]).toBeCloseTo(value, 10);
    });
});

test('neither the order of the votes nor their sides change a digit', () => {
  const votes = simulatedVotes({ arms: 3, votes: 300, seed: 3, raters: 9, prompts: 30 });
  const plain = rankVotes(votes, { replicates: 50 });
  const order = shuffle([...votes.left.keys()], seededRandom(4));
  const collector = collectVotes();
  for (const v of order) {
    collector.add({
      left: votes.arms[votes.right[v] as number] as string,
      right: votes.arms[votes.left[v] as number] as string,
      outcome: (['right', 'left', 'tie'] as const)[votes.outcome[v] as number] as Outcome,
      rater: votes.raters[votes.rater?.[v] as number] as string,
      prompt: votes.prompts[votes.prompt?.[v] as number] as string,
    });
  }
  expect(rankVotes(collector.columns(), { replicates: 50 })).toEqual(plain);
});

test('replicates without a finite estimate are counted', () => {
  const votes = votesOfCounts([
    ['a', 'b', 12, 1, 0],
    ['b', 'c', 5, 4, 0],
  ]);
  expect(codes(votes, 'bootstrap')).toEqual(['bootstrap-ridge']);
  // Where all votes need the ridge, so does every replicate.
  expect(codes(votesOfCounts([['a', 'b', 12, 0, 0]]), 'bootstrap')).toContain('ridge');
});
