import type { StudySpec } from '#lib/studies/schema.ts';
import { levelsToDecide } from './decisions/recommend.ts';
import type { ArmRole } from './schema.ts';

/** An arm with what reports need to know of it. */
export interface PlacedArm {
  readonly name: string;
  readonly role: ArmRole;
  /** A replica without a level of its own stands at that of its original. */
  readonly level: number | null;
  readonly clips: number | null;
  readonly replicaOf: string | null;
  readonly series: string | null;
}

/** The arms of a study in its order, each with its role. */
export function placeArms(spec: Pick<StudySpec, 'arms'>): PlacedArm[] {
  const byName = new Map(spec.arms.map((arm) => [arm.name, arm]));
  return spec.arms.map((arm) => {
    const original = arm.replicaOf === null ? undefined : byName.get(arm.replicaOf);
    const level = arm.level ?? original?.level ?? null;
    return {
      name: arm.name,
      role: roleOf(arm, level),
      level,
      clips: arm.clips ?? original?.clips ?? null,
      replicaOf: arm.replicaOf,
      series: arm.series ?? original?.series ?? null,
    };
  });
}

function roleOf(arm: StudySpec['arms'][number], level: number | null): ArmRole {
  if (arm.replicaOf !== null) return 'replica';
  if (arm.isControl) return 'control';
  return level === null ? 'other' : 'level';
}

/**
 * The arm that the others of an axis are held against: that of the smallest level, the first of them
 * in the study's order. Null without levels, and for training steps, which don't meet.
 */
export function referenceArm(spec: Pick<StudySpec, 'axis' | 'arms'>): string | null {
  let reference: { name: string; level: number } | null = null;
  for (const [name, level] of levelsToDecide(spec))
    if (reference === null || level < reference.level) reference = { name, level };
  return reference?.name ?? null;
}
