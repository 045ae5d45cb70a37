import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import * as z from 'zod';
import { computeCuts } from '#lib/datasets/axes/compute-cuts.ts';
import { type AxisDefinition, axisDefinitionSchema } from '#lib/datasets/axes/schema.ts';
import { subsetsOfAxis } from '#lib/datasets/axes/subsets-of-axis.ts';
import { writeManifest } from '#lib/datasets/manifests/write-manifest.ts';
import type { CanonicalColumn } from '#lib/datasets/schema.ts';
import { clipRows } from '#lib/datasets/subsets/clip-rows.ts';
import { createBlobs } from '#lib/platform/blobs/blobs.ts';
import { parquetRows, quoteLiteral } from '#lib/platform/tables/sql.ts';
import { createTables, type Tables } from '#lib/platform/tables/tables.ts';
import { watchMemory } from './process-memory.ts';

/** Fewer for a quick look: BENCH_CLIPS=5000000 npm run bench -- subsets */
const CLIPS = Number(process.env.BENCH_CLIPS ?? 50_000_000);
const PARTS = 5;
const FRACTIONS = [0, 0.125, 0.25, 0.5];
/** Drawn evenly, with long tails, mostly equal, with missing values. */
const SCORES = [
  ['aes', 'low'],
  ['flow', 'low'],
  ['ocr', 'high'],
  ['match', 'low'],
] as const;

interface Place {
  readonly folder: string;
  readonly files: readonly string[];
  readonly ours: Tables;
  readonly bare: Tables;
}

/**
 * Cut values and Parquet manifests of 4 axes x 4 fractions over a synthetic table, against the bare
 * DuckDB statements that list the same clips (`quantile_disc`, the ties of each cut, one COPY a
 * manifest) with all the memory that they want. Ours are also hashed and put into a blob store. Axes are measured in turn, so that both meet the same machine.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-bench-'));
  const ours = createTables({ scratchDir: join(folder, 'ours'), processes: 1 });
  const bare = createTables({
    scratchDir: join(folder, 'bare'),
    processes: 1,
    memoryMebibytes: 8192,
  });
  try {
    const from = performance.now();
    const files = await makeParts(bare, folder);
    print(`table of ${CLIPS.toLocaleString('en')} clips made in ${seconds(from).toFixed(1)} s`);
    await compare({ folder, files, ours, bare }, print);
  } finally {
    ours.close();
    bare.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(place: Place, print: (line: string) => void): Promise<void> {
  const total = { bareCuts: 0, bareFiles: 0, cuts: 0, files: 0, stored: 0 };
  const memory = watchMemory(() => place.ours.processIds());
  for (const [index, [score, direction]] of SCORES.entries()) {
    const definition = axisDefinitionSchema.parse({ score, direction, fractions: FRACTIONS });
    const listed: number[][] = [];
    const steps = [
      async () => {
        const plain = await bareAxis(place, definition);
        total.bareCuts += plain.cuts;
        total.bareFiles += plain.files;
        listed.push(plain.rows);
      },
      async () => {
        const exact = await ourAxis(place, definition);
        total.cuts += exact.cuts;
        total.files += exact.files;
        total.stored += exact.stored;
        listed.push(exact.rows);
      },
    ];
    for (const step of index % 2 === 0 ? steps : steps.toReversed()) await step();
    if (String(listed[0]) !== String(listed[1]))
      throw new Error(`${score}: one lists ${listed[0]} clips, the other ${listed[1]}.`);
  }
  const peak = memory.stop();
  const bareSeconds = total.bareCuts + total.bareFiles;
  const ourSeconds = total.cuts + total.files + total.stored;
  print(
    `bare DuckDB: ${bareSeconds.toFixed(1)} s (cuts ${total.bareCuts.toFixed(1)}, files ${total.bareFiles.toFixed(1)})`,
  );
  print(
    `Winnow: ${ourSeconds.toFixed(1)} s (cuts ${total.cuts.toFixed(1)}, files ${total.files.toFixed(1)}, hashed and stored ${total.stored.toFixed(1)})`,
  );
  print(`${(ourSeconds / bareSeconds).toFixed(2)} times the bare statements   reach 1.2`);
  print(`memory of the process tree: ${(peak / 2 ** 20).toFixed(0)} MiB   reach 2048 MiB`);
}

/** The plain statements, which find the same clips. */
async function bareAxis({ bare, folder, files }: Place, { score, direction }: AxisDefinition) {
  const rows = parquetRows(files);
  const key = direction === 'low' ? score : `-${score}`;
  const call = { files, limitSeconds: 3600 };
  const start = performance.now();
  const ranks = FRACTIONS.map((share) => Math.floor(share * CLIPS + 0.5)).slice(1);
  const cuts: (BareCut | null)[] = [null];
  const asked = ranks.map((rank) => `(${rank} - missing - 0.5) / (${CLIPS} - missing)`);
  const [row] = await bare.query(
    `WITH m AS (SELECT count(*) - count(${score}) AS missing FROM ${rows})
     SELECT missing, [${asked.join(', ')}]::DOUBLE[] AS shares FROM m`,
    call,
  );
  const missing = Number(row?.missing);
  const shares = z.array(z.number()).parse(row?.shares);
  const [found] = await bare.query(
    `SELECT quantile_disc(${key}, [${shares.join(', ')}]) AS cuts FROM ${rows}`,
    call,
  );
  // As texts: DuckDB takes bare decimals as DECIMAL, which may become a neighbouring double.
  const values = z
    .array(z.number())
    .parse(found?.cuts)
    .map((value) => `'${value}'::DOUBLE`);
  for (const [index, value] of values.entries()) {
    const [tie] = await bare.query(
      `WITH below AS (SELECT count(*) AS n FROM ${rows} WHERE ${key} < ${value})
       SELECT max(h) AS hash FROM (
         SELECT md5('0:tie:' || uid) AS h FROM ${rows} WHERE ${key} = ${value} ORDER BY h
         LIMIT (SELECT ${ranks[index]} - ${missing} - n FROM below))`,
      call,
    );
    cuts.push({ value, hash: String(tie?.hash) });
  }
  const took = { cuts: seconds(start), files: 0, rows: [] as number[] };
  const wrote = performance.now();
  for (const cut of cuts) {
    const output = join(folder, 'bare.parquet');
    const where =
      cut &&
      `WHERE ${key} > ${cut.value} OR (${key} = ${cut.value} AND md5('0:tie:' || uid) > '${cut.hash}')`;
    const [count = 0] = await bare.run(
      [
        `COPY (SELECT uid, path, ${score} FROM ${rows} ${where ?? ''})
         TO ${quoteLiteral(output)} (FORMAT parquet, COMPRESSION zstd)`,
      ],
      { ...call, outputs: [output] },
    );
    took.rows.push(count);
    await rm(output);
  }
  return { ...took, files: seconds(wrote) };
}

interface BareCut {
  /** As SQL writes it. */
  readonly value: string;
  readonly hash: string;
}

/** What the jobs of an axis and of its manifests do, without PostgreSQL. */
async function ourAxis({ ours, folder, files }: Place, definition: AxisDefinition) {
  const blobs = createBlobs({ dataDir: join(folder, 'data') });
  const start = performance.now();
  const cuts = await computeCuts(clipRows(ours, files), definition.score, definition);
  const took = { cuts: seconds(start), files: 0, stored: 0, rows: [] as number[] };
  for (const { kept } of subsetsOfAxis(definition.score, definition, cuts)) {
    const output = join(folder, 'ours.parquet');
    const from = performance.now();
    const listed = await writeManifest(
      { tables: ours },
      {
        files,
        columns: columnsOf(),
        definition: kept.definition,
        format: 'parquet',
        facts: kept.definition,
        output,
      },
    );
    took.files += seconds(from);
    took.rows.push(listed);
    const store = performance.now();
    const { hash } = await blobs.putFile(output);
    took.stored += seconds(store);
    await blobs.remove(hash);
    await rm(output);
  }
  return took;
}

function columnsOf(): CanonicalColumn[] {
  const plain = { from: null, missing: 0, notFinite: 0 };
  return [
    { name: 'uid', kind: 'uid', type: 'VARCHAR', ...plain },
    { name: 'path', kind: 'path', type: 'VARCHAR', ...plain },
    ...SCORES.map(([name]) => ({
      name,
      kind: 'score' as const,
      type: 'DOUBLE' as const,
      ...plain,
    })),
  ];
}

/** Parquet parts in the order of made-up uids. */
async function makeParts(tables: Tables, folder: string): Promise<string[]> {
  const size = Math.ceil(CLIPS / PARTS);
  const paths = Array.from({ length: PARTS }, (_, part) => join(folder, `part-${part}.parquet`));
  const uniform = (salt: number) => `(hash(i, ${salt}) % 1000003 + 1) / 1000004.0`;
  const normal = (salt: number) =>
    `sqrt(-2 * ln(${uniform(salt)})) * cos(2 * pi() * ${uniform(salt + 1)})`;
  for (const [part, path] of paths.entries())
    await tables.run(
      [
        `COPY (SELECT printf('%016x%016x', i * ${Math.floor(2 ** 62 / CLIPS)}, hash(i)) AS uid,
           printf('shard-%05d.tar/%09d.mp4', i // 10000, i) AS path,
           round(5 + ${normal(1)}, 4)::DOUBLE AS aes, exp(2 * ${normal(3)})::FLOAT::DOUBLE AS flow,
           (CASE WHEN hash(i, 5) % 100 < 60 THEN 0 ELSE (hash(i, 6) % 10007) / 10007.0 END)::DOUBLE AS ocr,
           (CASE WHEN hash(i, 7) % 1000 > 0 THEN ${uniform(8)} END)::DOUBLE AS match
         FROM range(${part * size}, ${Math.min(CLIPS, (part + 1) * size)}) r(i))
         TO ${quoteLiteral(path)} (FORMAT parquet, COMPRESSION zstd)`,
      ],
      { files: [], outputs: [path] },
    );
  return paths;
}

function seconds(from: number): number {
  return (performance.now() - from) / 1000;
}
