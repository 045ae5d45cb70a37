import { eloPass } from '../elo/elo.ts';
import { eloLimit } from '../elo/elo-limit.ts';
import { eloShuffles } from '../elo/elo-paper.ts';
import { type Frame, frameResult, recordOf } from './rank-frame.ts';
import type { EloPaperArm, RankedArm, Ranking } from './ranking.ts';

/** Ranks by Elo, in the order of arrival or over shuffles; these have no standard errors. */
export function rankByElo(frame: Frame): Ranking {
  const { arms, chosen, layers } = frame;
  const record = recordOf(frame);
  const meanOver = (columns: readonly Float64Array[], i: number) =>
    columns.reduce((sum, column) => sum + (column[i] as number), 0) / columns.length;
  const blank = {
    theta: null,
    se: null,
    eloLow: null,
    eloHigh: null,
    rankLow: null,
    rankHigh: null,
    tier: null,
    pBest: null,
  };
  const warnings = [
    {
      code: 'elo-depends-on-votes',
      message:
        'Elo is drawn towards its start and depends on the number of votes: compare it only between arms with equally many.',
    },
  ];
  if (layers.some(({ votes }) => votes.weight)) {
    warnings.push({
      code: 'weights-ignored',
      message:
        'These votes have weights (their pairs were chosen adaptively), which Elo does not take into account.',
    });
  }
  let ranked: (RankedArm | EloPaperArm)[];
  if (frame.method === 'elo') {
    const passes = layers.map(({ votes }) => eloPass(votes, chosen));
    ranked = arms.map((name, i) => ({
      name,
      ...blank,
      elo: meanOver(passes, i),
      ...record(i, true),
    }));
  } else {
    warnings.push({
      code: 'shuffle-spread',
      message:
        'The spread over shuffles (q025 to q975) is not a confidence interval: it covers the truth far less often than it says.',
    });
    const shuffles = layers.map(({ votes }) => eloShuffles(votes, chosen));
    const limits = layers.map(({ counts }) => eloLimit(counts, chosen));
    ranked = arms.map((name, i) => {
      const over = (key: 'mean' | 'median' | 'q025' | 'q975') =>
        meanOver(
          shuffles.map((result) => result[key]),
          i,
        );
      return {
        name,
        ...blank,
        elo: over('mean'),
        ...record(i, true),
        mean: over('mean'),
        median: over('median'),
        q025: over('q025'),
        q975: over('q975'),
        limit: meanOver(limits, i),
      };
    });
  }
  ranked.sort((a, b) => b.elo - a.elo);
  return {
    ...frameResult(frame, 0),
    arms: ranked,
    vcov: null,
    tieParameter: null,
    degreesOfFreedom: null,
    warnings: [...frame.warnings, ...warnings],
  };
}
