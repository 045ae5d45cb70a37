import { type Components, components } from '../votes/components.ts';
import { countPairs, type PairCounts, total } from '../votes/pair-counts.ts';
import type { VoteColumns } from '../votes/vote-columns.ts';
import { rankByElo } from './rank-by-elo.ts';
import { rankByStrength } from './rank-by-strength.ts';
import type { Frame, Layer } from './rank-frame.ts';
import { completeSettings } from './rank-settings.ts';
import type { Ranking, RankSettings, RankWarning } from './ranking.ts';

/**
 * Ranks the arms of one question. Degenerate votes (none, one arm, only ties, arms that never met,
 * an arm that never lost) get an answer with warnings; no number is ever NaN. Deterministic for the
 * same votes, settings and order; the two Elo methods alone depend on the order.
 *
 * @throws AppError BAD_INPUT for a vote between an arm and itself, for settings out of their range,
 *   and for intervals by rater or prompt over votes that do not name them.
 */
export function rankVotes(votes: VoteColumns, settings: RankSettings = {}): Ranking {
  return rankQuestions([votes], settings);
}

/**
 * Ranks the arms by the mean of several questions ("aggregated"): each question is fitted by itself,
 * then strengths (or Elo ratings) are averaged. See `estimateStrengths` for their error. Wins,
 * losses, ties and votes are summed over the questions.
 */
export function rankQuestions(
  questions: readonly VoteColumns[],
  settings: RankSettings = {},
): Ranking {
  const arms = [...new Set(questions.flatMap((votes) => votes.arms))].sort();
  const layers = questions.map((votes) => {
    const own = recodeArms(votes, arms);
    return { votes: own, counts: countPairs(own) };
  });
  const hasTies = layers.some(({ counts }) => total(counts.ties) > 0);
  const method = settings.method ?? (hasTies ? 'davidson' : 'bradley-terry');
  const chosen = completeSettings(settings);
  const graph = components(
    merge(
      layers.map((layer) => layer.counts),
      arms.length,
    ),
    method !== 'bradley-terry' || chosen.ties === 'half',
  );
  const warnings = graphWarnings(arms, layers, graph);
  const frame: Frame = { arms, method, chosen, layers, graph, warnings };
  const ranking =
    method === 'elo' || method === 'elo-paper'
      ? rankByElo(frame)
      : rankByStrength(frame, method, settings);
  return deepFreeze(ranking);
}

function graphWarnings(
  arms: readonly string[],
  layers: readonly Layer[],
  graph: Components,
): RankWarning[] {
  const warnings: RankWarning[] = [];
  const votes = layers.reduce((sum, layer) => sum + layer.votes.left.length, 0);
  if (votes === 0) warnings.push({ code: 'no-votes', message: 'There are no votes yet.' });
  if (arms.length === 1) {
    warnings.push({
      code: 'one-arm',
      message: 'There is only one arm, so there is nothing to rank.',
    });
  }
  if (graph.weakCount > 1 && votes > 0) {
    warnings.push({
      code: 'disconnected',
      message: `The arms fall into ${graph.weakCount} groups that never met; ratings of different groups can't be compared.`,
    });
  }
  return warnings;
}

/** The same votes over another list of arms, which holds all of theirs. */
export function recodeArms(votes: VoteColumns, arms: readonly string[]): VoteColumns {
  const place = new Map(arms.map((name, i) => [name, i]));
  const codes = Int32Array.from(votes.arms, (name) => place.get(name) as number);
  const map = (column: Int32Array) => column.map((code) => codes[code] as number);
  return { ...votes, arms, left: map(votes.left), right: map(votes.right) };
}

/** The counts of all questions as one, for the graph alone. */
function merge(parts: readonly PairCounts[], size: number): PairCounts {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return {
    size,
    first: Int32Array.from(parts.flatMap((part) => [...part.first])),
    second: Int32Array.from(parts.flatMap((part) => [...part.second])),
    firstWins: Float64Array.from(parts.flatMap((part) => [...part.firstWins])),
    secondWins: Float64Array.from(parts.flatMap((part) => [...part.secondWins])),
    ties: Float64Array.from(parts.flatMap((part) => [...part.ties])),
    pairOf: new Int32Array(0),
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
