import { differencesFrom } from '#lib/statistics/axis/differences.ts';
import { ELO_PER_THETA } from '#lib/statistics/ranking/elo-scale.ts';
import type { AnalysisPart } from '../analysis/schema.ts';
import { shareInterval } from '../head-to-head.ts';
import type { PlacedArm } from '../place-arms.ts';
import type { RankedArmView, Snapshot } from '../schema.ts';
import type { AxisField } from './axis-field.ts';
import type { AxisPoint } from './schema.ts';

/** What a curve is drawn from. */
export type AxisRanking = Pick<
  Snapshot,
  'arms' | 'vcov' | 'degreesOfFreedom' | 'votes' | 'seed' | 'warnings' | 'question'
>;

export interface PointSettings {
  readonly arms: readonly PlacedArm[];
  readonly reference: string | null;
  /** Whether the levels are removed fractions, which tell the share of clips that is left. */
  readonly isFraction: boolean;
  readonly isTwoArms: boolean;
  /** Of a study of two arms, where it is known. */
  readonly headToHead: AnalysisPart['headToHead'];
  readonly field: AxisField;
}

const ORDER = { level: 0, control: 1, replica: 2 };

/**
 * The arms of a ranking that stand on the axis, by level. Differences are to the reference; their joint
 * intervals hold for all points at once, controls and replicas included, and for no other arm.
 */
export function axisPoints(ranking: AxisRanking, settings: PointSettings): AxisPoint[] {
  const { arms, reference, isFraction, isTwoArms, headToHead, field } = settings;
  const ranked = new Map(ranking.arms.map((arm) => [arm.name, arm]));
  const placed = arms.flatMap((arm) => {
    const own = ranked.get(arm.name);
    return own && arm.level !== null && arm.role !== 'other'
      ? [{ ...arm, role: arm.role, level: arm.level, own }]
      : [];
  });
  const base = reference === null ? undefined : ranked.get(reference);
  const differences = differencesByArm(
    ranking,
    new Set(placed.map(({ name }) => name)),
    base ? base.name : null,
  );
  const baseClips = placed.find((arm) => arm.name === reference)?.clips ?? null;
  return placed
    .sort((a, b) => a.level - b.level || ORDER[a.role] - ORDER[b.role])
    .map(({ name, role, level, clips, own }): AxisPoint => {
      const place = role === 'level' ? field.places.get(name) : undefined;
      return {
        arm: name,
        role,
        level,
        isReference: name === reference,
        clips,
        kept:
          clips !== null && baseClips !== null && baseClips > 0
            ? clips / baseClips
            : isFraction
              ? 1 - level
              : null,
        elo: own.elo,
        ...(differences.get(name) ?? withoutIntervals(own, base)),
        pBest: place?.pBest ?? null,
        rankLow: place?.rankLow ?? null,
        rankHigh: place?.rankHigh ?? null,
        tier: place?.tier ?? null,
        provisional: own.provisional,
        votes: own.wins + own.losses + own.ties,
        winShare: own.winShare,
        ...(isTwoArms ? shareInterval(own, headToHead) : { winShareLow: null, winShareHigh: null }),
      };
    });
}

type Difference = Pick<AxisPoint, 'difference' | 'low' | 'high' | 'jointLow' | 'jointHigh' | 'p'>;

/** By arm; none where the method has no covariance. */
function differencesByArm(
  { arms, vcov, degreesOfFreedom, seed }: AxisRanking,
  names: ReadonlySet<string>,
  reference: string | null,
): Map<string, Difference> {
  if (vcov === null || reference === null) return new Map();
  const kept = arms.flatMap((arm, index) => (names.has(arm.name) ? [{ arm, index }] : []));
  const own = {
    arms: kept.map(({ arm }) => arm),
    vcov: kept.map((row) => kept.map((column) => vcov[row.index]?.[column.index] ?? 0)),
    degreesOfFreedom,
  };
  const elo = (theta: number | null) => (theta === null ? null : theta * ELO_PER_THETA);
  return new Map(
    differencesFrom(own, reference, { seed }).map((one) => [
      one.name,
      {
        difference: elo(one.estimate),
        low: elo(one.low),
        high: elo(one.high),
        jointLow: elo(one.jointLow),
        jointHigh: elo(one.jointHigh),
        p: one.p,
      },
    ]),
  );
}

/** The reference itself, and arms of the Elo methods, which have points and no error. */
function withoutIntervals(own: RankedArmView, base: RankedArmView | undefined): Difference {
  return {
    difference: base ? own.elo - base.elo : null,
    low: null,
    high: null,
    jointLow: null,
    jointHigh: null,
    p: null,
  };
}
