import type { StageKind, StoredRunSource, StoredStep } from '../schema.ts';

/** One stage of a run; all of its units are done before the next one begins. */
export interface Stage {
  kind: StageKind;
  /** The step that it does; null for what every run does. */
  step: StoredStep | null;
}

/**
 * What a run does, in order. Videos are listed, then cut (or taken as the clips that they are); the
 * clips are gathered into one table, scored step by step, and joined with what the scorers found.
 */
export function stagesOf(source: StoredRunSource, steps: readonly StoredStep[]): Stage[] {
  const cut = steps.find((step) => step.kind === 'cut') ?? null;
  const scores = steps.filter((step) => step.kind === 'score');
  return [
    ...(source.kind === 'videos'
      ? [{ kind: 'list' as const, step: null }, { kind: cut ? 'cut' : 'take', step: cut } as const]
      : []),
    { kind: 'gather', step: null },
    ...scores.map((step) => ({ kind: 'score' as const, step })),
    { kind: 'join', step: null },
  ];
}
