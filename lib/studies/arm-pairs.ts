import type { StudySpec } from './schema.ts';

type Compared = Pick<StudySpec, 'axis' | 'arms'>;

/**
 * Whether two arms are compared, by their names: all are, but on an axis of training steps only those
 * of the same step.
 */
export function armsMeet({ axis, arms }: Compared): (a: string, b: string) => boolean {
  if (axis?.kind !== 'training-step') return () => true;
  const levels = new Map(arms.map(({ name, level }) => [name, level]));
  return (a, b) => {
    const level = levels.get(a) ?? null;
    return level !== null && level === levels.get(b);
  };
}

/** The number of pairs of arms that are compared. */
export function countArmPairs({ axis, arms }: Compared): number {
  const all = (size: number) => (size * (size - 1)) / 2;
  if (axis?.kind !== 'training-step') return all(arms.length);
  const steps = Map.groupBy(
    arms.filter(({ level }) => level !== null),
    ({ level }) => level,
  );
  return [...steps.values()].reduce((sum, { length }) => sum + all(length), 0);
}
