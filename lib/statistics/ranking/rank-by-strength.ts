import { studentQuantile } from '../numeric/student-quantile.ts';
import { estimateStrengths } from '../uncertainty/estimate.ts';
import { rankRanges, tiersOf } from '../uncertainty/simultaneous.ts';
import { eloOfTheta } from './elo-scale.ts';
import { type Frame, frameResult, publicSettings, recordOf } from './rank-frame.ts';
import type { RankedArm, Ranking, RankSettings, StrengthMethod } from './ranking.ts';

/** Ranks by fitted strengths: Bradley-Terry, Davidson or Rao-Kupper, with intervals, rank ranges and P(best). */
export function rankByStrength(
  frame: Frame,
  method: StrengthMethod,
  settings: RankSettings,
): Ranking {
  const { arms, chosen, graph, layers } = frame;
  const k = arms.length;
  const estimate = estimateStrengths(layers, {
    method,
    ties: chosen.ties,
    intervals: settings.intervals,
    ridge: settings.ridge,
    seed: chosen.seed,
    replicates: chosen.replicates,
  });
  const { theta, vcov } = estimate;
  const reach = studentQuantile((1 + chosen.level) / 2, estimate.df);
  const ranges = rankRanges(theta, vcov, {
    level: chosen.level,
    df: estimate.df,
    seed: chosen.seed,
    group: graph.weak,
  });
  const tiers = tiersOf(ranges.low);
  const isWhole = graph.weakCount <= 1;
  const record = recordOf(frame);
  const ranked = arms.map((name, i) => {
    const variance = vcov[i * k + i] as number;
    // One arm alone has no strength to be wrong about.
    const se = k > 1 && variance > 0 ? Math.sqrt(variance) : null;
    const at = theta[i] as number;
    return {
      index: i,
      arm: {
        name,
        theta: at,
        se,
        elo: eloOfTheta(at),
        eloLow: se === null ? null : eloOfTheta(at - reach * se),
        eloHigh: se === null ? null : eloOfTheta(at + reach * se),
        rankLow: ranges.low[i] as number,
        rankHigh: ranges.high[i] as number,
        tier: isWhole ? (tiers[i] as number) : null,
        pBest: isWhole ? (ranges.best[i] as number) : null,
        ...record(i, estimate.isIdentified),
      } satisfies RankedArm,
    };
  });
  ranked.sort((a, b) => b.arm.elo - a.arm.elo || a.index - b.index);
  return {
    ...frameResult(frame, estimate.ridge),
    settings: { ...publicSettings(frame, estimate.ridge), intervals: estimate.intervals },
    arms: ranked.map(({ arm }) => arm),
    vcov: ranked.map(({ index: i }) => ranked.map(({ index: j }) => vcov[i * k + j] as number)),
    tieParameter: estimate.tieParameter,
    degreesOfFreedom: Number.isFinite(estimate.df) ? estimate.df : null,
    warnings: [...frame.warnings, ...estimate.warnings],
  };
}
