import { AppError } from '#lib/core/errors.ts';
import { clipFile } from '../clip-file.ts';
import type { StoredStep } from '../schema.ts';
import type { ColumnValue, OpenScorer, ScorerColumn } from '../scorers/scorer.ts';
import { scorerOf } from '../scorers/scorer-of.ts';
import { faultReason, tryTwice } from './faults.ts';
import { readShard, type ShardClip } from './read-shard.ts';
import type { ScoreOutput, ShardInput, UnitContext, UnitFault, UnitResult } from './unit.ts';
import { type ClipRow, type RowColumn, writeRows } from './write-rows.ts';

const TYPES = { number: 'DOUBLE', text: 'VARCHAR', vector: 'FLOAT[]' } as const;

/** Asks one scorer about each clip of a shard. A bad clip has no values and is a fault. */
export async function scoreShard(
  context: UnitContext<ShardInput>,
  step: StoredStep,
): Promise<UnitResult<ScoreOutput>> {
  const { platform, scorers, signal } = context;
  const { scorer, settings } = scorerOf(step);
  const columns = scorer.columns(settings);
  const clips = await readShard(context, scorer.reads(settings));
  return scorers.withScorer(step, async (open) => {
    const faults: UnitFault[] = [];
    const rows: ClipRow[] = [];
    for (const [index, clip] of clips.entries()) {
      signal.throwIfAborted();
      const scored = await scoreClip(context, open, clip);
      if ('reason' in scored) faults.push({ uid: clip.uid, path: clip.path, ...scored });
      const values = 'reason' in scored ? {} : checked(step.name, columns, scored.values);
      rows.push({ uid: clip.uid, ...values });
      context.onProgress((index + 1) / clips.length);
    }
    const rowColumns: RowColumn[] = [
      { name: 'uid', type: 'VARCHAR' },
      ...columns.map(({ name, kind }) => ({ name, type: TYPES[kind] })),
    ];
    const hash = await writeRows(platform, rowColumns, rows, signal);
    const named = columns.map(({ name, kind }) => ({ name, kind }));
    return {
      output: { hash, columns: named, models: { ...open.models } },
      clips: clips.length,
      faults,
    };
  });
}

async function scoreClip(
  { platform, run, signal }: UnitContext<ShardInput>,
  scorer: OpenScorer,
  { uid, path, hash, values }: ShardClip,
): Promise<{ values: Record<string, ColumnValue> } | { reason: string }> {
  const { source } = run;
  const place =
    source.kind === 'videos'
      ? { mediaRoot: source.path, reach: source.reach }
      : { mediaRoot: source.mediaRoot, reach: source.reach };
  try {
    const file = await clipFile(platform, place, { path, hash });
    return { values: await tryTwice(() => scorer.score({ uid, path: file, values }, signal)) };
  } catch (error) {
    signal.throwIfAborted();
    const reason = faultReason(error);
    if (reason === null) throw error;
    return { reason };
  }
}

/** The values that the scorer has promised, each of its kind. */
function checked(
  name: string,
  columns: readonly ScorerColumn[],
  values: Record<string, ColumnValue>,
): ClipRow {
  const row: ClipRow = {};
  for (const { name: column, kind } of columns) {
    const value = values[column] ?? null;
    const found = value instanceof Float32Array ? 'vector' : typeof value;
    const wanted = kind === 'text' ? 'string' : kind;
    if (value !== null && found !== wanted)
      throw new Error(
        `The scorer ${name} gave a ${found} for its column ${column} of kind ${kind}.`,
      );
    row[column] = value;
  }
  const unknown = Object.keys(values).filter((key) => !(key in row));
  if (unknown.length > 0)
    throw new Error(`The scorer ${name} gave values for ${unknown}, which are not its columns.`);
  return row;
}

/** A fault that is the same for all shards: the scorer itself can't be had. */
export async function expectScorer(
  { scorers }: Pick<UnitContext<unknown>, 'scorers'>,
  step: StoredStep,
): Promise<void> {
  try {
    scorerOf(step);
    await scorers.withScorer(step, async () => {});
  } catch (error) {
    const reason = faultReason(error);
    if (reason === null) throw error;
    throw new AppError('BAD_INPUT', reason, { reason: 'scorer' }, { cause: error });
  }
}
