import type { StrengthMethod, Warn } from '../ranking/ranking.ts';
import { components } from '../votes/components.ts';
import { type PairCounts, total } from '../votes/pair-counts.ts';
import { bradleyTerry } from './bradley-terry.ts';
import { davidson } from './davidson.ts';
import { fitPairs, type PairFit } from './fit.ts';
import type { PairModel } from './pair-model.ts';
import { raoKupper } from './rao-kupper.ts';
import { hasRunawayTies } from './runaway-ties.ts';

export interface ModelChoice {
  readonly method: StrengthMethod;
  /** Under Bradley-Terry. */
  readonly ties: 'half' | 'drop';
  readonly ridge: number | undefined;
}

export interface Fitted {
  readonly fit: PairFit;
  readonly model: PairModel;
  readonly isIdentified: boolean;
  readonly tieParameter: number | null;
}

/** The penalty that stands in where no finite estimate exists. */
export const FALLBACK_RIDGE = 1;

/** The tie parameter of votes without ties, where the model is Bradley-Terry. */
const NO_TIES = { davidson: 0, 'rao-kupper': 1, 'bradley-terry': null } as const;

/**
 * Fits one question whatever its votes: Bradley-Terry stands in for a model of ties where there are
 * none or nothing else, and a ridge is added where no finite estimate exists.
 */
export function fitQuestion(counts: PairCounts, choice: ModelChoice, warn: Warn): Fitted {
  const decided = total(counts.firstWins) + total(counts.secondWins);
  const tied = total(counts.ties);
  const wished = choice.method === 'bradley-terry' ? null : modelOfTies(choice.method);
  const model = wished !== null && tied > 0 && decided > 0 ? wished : withoutTies(choice);
  if (wished !== null && tied > 0 && decided === 0) {
    warn(
      'only-ties',
      'Every vote is a tie: the tie parameter has no finite estimate, so ties count as half a win for each side.',
    );
  }
  const { strongCount } = components(counts, model.tiesConnect);
  const isIdentified = strongCount <= 1 && !(model === wished && hasRunawayTies(counts));
  let ridge = choice.ridge ?? 0;
  if (!isIdentified && !(ridge > 0)) {
    ridge = FALLBACK_RIDGE;
    warn(
      'ridge',
      `No finite estimate exists (some arms never lost, never won or never met the others), so a penalty of ${FALLBACK_RIDGE}/2 times the sum of theta squared was added: strengths are drawn towards the middle.`,
    );
  }
  const fit = fitPairs(counts, model, ridge);
  const tieParameter =
    fit.logTie !== null ? Math.exp(fit.logTie) : tied === 0 ? NO_TIES[choice.method] : null;
  return { fit, model, isIdentified, tieParameter };
}

function modelOfTies(method: 'davidson' | 'rao-kupper'): PairModel {
  return method === 'davidson' ? davidson : raoKupper;
}

function withoutTies(choice: ModelChoice): PairModel {
  return bradleyTerry(choice.method === 'bradley-terry' ? choice.ties : 'half');
}
