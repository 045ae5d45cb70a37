import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { perform } from '#lib/platform/tables/duckdb/perform.ts';
import { quoteLiteral } from '#lib/platform/tables/sql.ts';
import type { TableCall } from '#lib/platform/tables/tables.ts';
import type { TableTask } from '#lib/platform/tables/task.ts';
import { type ClipRows, clipRows } from '../subsets/clip-rows.ts';
import { subsetSql } from '../subsets/predicate.ts';
import { type AxisCuts, computeCuts } from './compute-cuts.ts';
import { type AxisDefinition, axisDefinitionSchema } from './schema.ts';
import { subsetsOfAxis } from './subsets-of-axis.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-cuts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Clip {
  uid: string;
  score: number | null;
}
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const uidOf = (index: number) => md5(`clip-${index}`);

async function ask(task: Omit<TableTask, 'parameters'> & Partial<TableTask>) {
  const limits = {
    memoryMebibytes: 256,
    threads: 2,
    scratchDir: folder,
    scratchMebibytes: 100,
    maxRows: 10_000,
  };
  const reply = await perform({ task: { parameters: {}, ...task }, limits });
  if (reply.kind !== 'done') throw new Error(JSON.stringify(reply));
  return reply.rows;
}
let tables = 0;

/** A table of these clips, in this order, read without a process of its own. */
async function tableOf(clips: readonly Clip[]): Promise<ClipRows> {
  const path = join(folder, `${tables++}.parquet`);
  const rows = clips.map(({ uid, score }) => `('${uid}', ${score ?? 'NULL'}::DOUBLE)`);
  const values =
    rows.length === 0
      ? 'SELECT NULL::VARCHAR AS uid, NULL::DOUBLE AS score WHERE FALSE'
      : `FROM (VALUES ${rows.join(', ')}) AS t(uid, score)`;
  await ask({
    kind: 'run',
    statements: [`COPY (${values}) TO ${quoteLiteral(path)} (FORMAT parquet)`],
    files: [path],
  });
  const query = (text: string, { files, parameters = {} }: TableCall) =>
    ask({ kind: 'query', statements: [text], files, parameters });
  return clipRows({ query }, [path]);
}

/** The rules of docs/subsets.md, written down plainly: uids of each subset of an axis. */
function plainly(clips: readonly Clip[], slug: string, definition: AxisDefinition) {
  const { seed, size } = definition.sample;
  const pool = clips.filter(({ score }) => definition.missing !== 'exclude' || score !== null);
  const by = (prefix: string) => (a: Clip, b: Clip) =>
    md5(prefix + a.uid) < md5(prefix + b.uid) ? -1 : 1;
  const sample = pool.toSorted(by(`${seed}:`)).slice(0, size ?? pool.length);
  const rankOf = ({ score }: Clip) =>
    score === null
      ? definition.missing === 'keep'
        ? Infinity
        : -Infinity
      : definition.direction === 'low'
        ? score
        : -score;
  const ordered = sample.toSorted((a, b) =>
    rankOf(a) < rankOf(b) ? -1 : rankOf(a) > rankOf(b) ? 1 : by(`${seed}:tie:`)(a, b),
  );
  return definition.fractions.map((fraction) => {
    const k = Math.floor(fraction * sample.length + 0.5);
    const control = sample.toSorted(by(`${seed}:control:${slug}:${fraction}:`)).slice(k);
    return { k, kept: uids(ordered.slice(k)), control: uids(control) };
  });
}
const uids = (clips: readonly Clip[]) => clips.map(({ uid }) => uid).sort();

async function listed(rows: ClipRows, cuts: AxisCuts, definition: AxisDefinition) {
  const lists: { kept: string[]; control: string[] | null }[] = [];
  const list = async (subset: Parameters<typeof subsetSql>[0]) =>
    (
      await rows.query(
        (bindings) =>
          `SELECT uid FROM ${rows.from} WHERE ${subsetSql(subset, bindings)} ORDER BY uid`,
      )
    ).map(({ uid }) => String(uid));
  for (const { kept, control } of subsetsOfAxis('aes', definition, cuts))
    lists.push({
      kept: await list(kept.definition),
      control: control ? await list(control.definition) : null,
    });
  return lists;
}

const scoreArbitrary = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 0.5, 1, -0) },
  { weight: 2, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const clipsArbitrary = fc
  .array(scoreArbitrary, { maxLength: 40 })
  .map((scores) => scores.map((score, index) => ({ uid: uidOf(index), score })));
const definitionArbitrary = fc
  .record({
    direction: fc.constantFrom('low', 'high'),
    missing: fc.constantFrom('remove-first', 'keep', 'exclude'),
    fractions: fc.array(
      fc.integer({ min: 0, max: 9999 }).map((n) => n / 10_000),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    sample: fc.record({
      size: fc.option(fc.integer({ min: 1, max: 45 })),
      seed: fc.integer({ min: 0, max: 99 }),
    }),
    hasControl: fc.boolean(),
  })
  .map((some) => axisDefinitionSchema.parse({ score: 'score', ...some }));

test('cuts remove exactly what the rules say, whatever the order of the clips', async () => {
  await fc.assert(
    fc.asyncProperty(
      clipsArbitrary,
      definitionArbitrary,
      fc.boolean(),
      async (clips, definition, isTurned) => {
        const rows = await tableOf(isTurned ? clips.toReversed() : clips);
        const cuts = await computeCuts(rows, 'aes', definition);
        const expected = plainly(clips, 'aes', definition);
        expect(cuts.fractions.map(({ removed }) => removed)).toEqual(expected.map(({ k }) => k));
        const lists = await listed(rows, cuts, definition);
        for (const [index, { kept, control }] of expected.entries()) {
          expect(lists[index]?.kept).toEqual(kept);
          if (definition.hasControl && definition.fractions[index] !== 0)
            expect(lists[index]?.control).toEqual(control);
          // Nested: what a larger fraction keeps, a smaller one keeps, too.
          const wider = lists[index - 1]?.kept ?? kept;
          expect(kept.every((uid) => wider.includes(uid))).toBe(true);
        }
      },
    ),
    { numRuns: 8 },
  );
});

test.each([
  ['no clip', []],
  ['a single clip', [1]],
  ['equal scores', [3, 3, 3, 3, 3, 3, 3]],
  ['no score at all', [null, null, null]],
  ['the largest and smallest numbers', [Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -5e-324, 0]],
] as const)('%s', async (_, scores) => {
  const clips = scores.map((score, index) => ({ uid: uidOf(index), score }));
  const definition = axisDefinitionSchema.parse({
    score: 'score',
    direction: 'high',
    hasControl: true,
  });
  const rows = await tableOf(clips);
  const cuts = await computeCuts(rows, 'aes', definition);
  const lists = await listed(rows, cuts, definition);
  expect(lists).toEqual(
    plainly(clips, 'aes', definition).map(({ kept, control }, index) => ({
      kept,
      control: index === 0 ? null : control,
    })),
  );
});

test('the cut lies at the last clip that goes, and ties are told', async () => {
  const clips = [5, 1, 2, 2, 2, 2, 9, 8].map((score, index) => ({ uid: uidOf(index), score }));
  const definition = axisDefinitionSchema.parse({
    score: 'score',
    direction: 'low',
    fractions: [0.25],
  });
  const { fractions, sampled, missing } = await computeCuts(
    await tableOf(clips),
    'aes',
    definition,
  );
  expect({ sampled, missing }).toEqual({ sampled: 8, missing: 0 });
  const tied = clips.slice(2, 6).map(({ uid }) => md5(`0:tie:${uid}`));
  expect(fractions).toEqual([
    {
      fraction: 0.25,
      removed: 2,
      cut: { value: 2, tieHash: tied.sort()[0] },
      ties: { clips: 4, removed: 1 },
      controlThreshold: null,
    },
  ]);
});
