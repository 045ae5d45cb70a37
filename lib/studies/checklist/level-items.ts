import type { ArmSpec, StudySpec } from '../schema.ts';
import { item } from './item.ts';
import type { ChecklistItem } from './schema.ts';

/** What is missing or odd about the places of arms on the axis. */
export function levelItems({ axis, arms }: StudySpec): ChecklistItem[] {
  if (!axis) return [];
  const isSteps = axis.kind === 'training-step';
  // A replica stands at its original's level, but to meet others at a step it needs one of its own.
  const missing = arms.filter((arm) => arm.level === null && (isSteps || arm.replicaOf === null));
  return [
    ...item(
      'level-missing',
      'blocker',
      'arms',
      names(missing),
      `These arms have no level on the axis "${axis.name}".`,
    ),
    ...(isSteps ? stepItems(arms) : curveItems(arms)),
  ];
}

function names(arms: readonly ArmSpec[]): string[] {
  return arms.map((arm) => arm.name);
}

function isOnCurve(arm: ArmSpec): boolean {
  return arm.level !== null && !arm.isControl && arm.replicaOf === null;
}

function repeated(groups: Iterable<readonly ArmSpec[]>): string[] {
  return [...groups].filter((same) => same.length > 1).map((same) => names(same).join(' and '));
}

function curveItems(arms: readonly ArmSpec[]): ChecklistItem[] {
  const byLevel = Map.groupBy(arms.filter(isOnCurve), (arm) => arm.level);
  const controls = arms.filter((arm) => arm.isControl && arm.level !== null);
  const alone = controls.filter((control) => !byLevel.has(control.level));
  const unequal = controls.filter((control) => {
    const filtered = byLevel.get(control.level);
    return filtered && !filtered.some(({ clips }) => clips !== null && clips === control.clips);
  });
  return [
    ...item(
      'level-repeated',
      'advice',
      'arms',
      repeated(byLevel.values()),
      'These arms have the same level; the curve shows them at one place.',
    ),
    ...item(
      'control-alone',
      'advice',
      'arms',
      names(alone),
      'No arm of the filter has the level of these controls, so they are compared with none at their place.',
    ),
    ...item(
      'control-clips',
      'advice',
      'arms',
      names(unequal),
      'A random drop shows what fewer clips alone do: say the number of clips of these controls and of the arm at their level, and let them be equal.',
    ),
  ];
}

function stepItems(arms: readonly ArmSpec[]): ChecklistItem[] {
  const placed = arms.filter((arm) => arm.level !== null);
  const bySteps = Map.groupBy(placed, (arm) => arm.level);
  const plain = arms.filter((arm) => !arm.isControl && arm.replicaOf === null);
  const bySeries = Map.groupBy(
    plain.filter((arm) => arm.series !== null && arm.level !== null),
    (arm) => JSON.stringify([arm.series, arm.level]),
  );
  return [
    ...item(
      'series-missing',
      'blocker',
      'arms',
      names(plain.filter((arm) => arm.series === null)),
      'Say to which series these arms belong, such as their initialisation: the report draws a line for each.',
    ),
    ...item(
      'step-alone',
      'blocker',
      'arms',
      [...bySteps.values()].filter((same) => same.length === 1).flatMap(names),
      'Only arms of the same step are compared, and these have no other at theirs.',
    ),
    ...item(
      'level-repeated',
      'advice',
      'arms',
      repeated(bySeries.values()),
      'These arms are of one series and one step.',
    ),
  ];
}
