import type { Stage } from '../runs/stages.ts';
import type { ClipColumn } from '../schema.ts';
import { scorerOf } from '../scorers/scorer-of.ts';

/** A column of what comes out, with the stage that made it; null where the clips brought it. */
export interface JoinedColumn<Type> {
  name: string;
  type: Type;
  stage: number | null;
}

export interface JoinedColumns {
  table: JoinedColumn<ClipColumn['type']>[];
  vectors: JoinedColumn<'FLOAT[]'>[];
}

/** The columns that come out of a run: those of its clips, with the scorers' in their place or after. */
export function joinedColumns(
  clips: readonly ClipColumn[],
  stages: readonly Stage[],
): JoinedColumns {
  const scored = stages.flatMap(({ kind, step }, stage) => {
    if (kind !== 'score' || step === null) return [];
    const { scorer, settings } = scorerOf(step);
    return scorer.columns(settings).map((column) => ({ ...column, stage }));
  });
  const names = new Set(scored.map(({ name }) => name));
  return {
    table: [
      ...clips
        .filter(({ name }) => !names.has(name))
        .map(({ name, type }) => ({ name, type, stage: null })),
      ...scored
        .filter(({ kind }) => kind !== 'vector')
        .map(({ name, kind, stage }) => ({
          name,
          type: kind === 'number' ? ('DOUBLE' as const) : ('VARCHAR' as const),
          stage,
        })),
    ],
    vectors: scored
      .filter(({ kind }) => kind === 'vector')
      .map(({ name, stage }) => ({ name, type: 'FLOAT[]' as const, stage })),
  };
}
