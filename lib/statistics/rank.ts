import { AppError } from '#lib/core/errors.ts';
import { type Components, components } from './components.ts';
import { eloOfTheta, eloPass } from './elo.ts';
import { eloLimit } from './elo-limit.ts';
import { eloShuffles } from './elo-paper.ts';
import { estimateStrengths } from './estimate.ts';
import { countPairs, type PairCounts, total } from './pair-counts.ts';
import {
  type EloPaperArm,
  type Method,
  type RankedArm,
  type Ranking,
  type RankSettings,
  type RankWarning,
  STATISTICS_VERSION,
} from './ranking.ts';
import { rankRanges, tiersOf } from './simultaneous.ts';
import { studentQuantile } from './student-quantile.ts';
import type { VoteColumns } from './vote-columns.ts';

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
    const own = recode(votes, arms);
    return { votes: own, counts: countPairs(own) };
  });
  const hasTies = layers.some(({ counts }) => total(counts.ties) > 0);
  const method = settings.method ?? (hasTies ? 'davidson' : 'bradley-terry');
  const chosen = complete(settings);
  const counts = layers.map((layer) => layer.counts);
  const graph = components(
    merge(counts, arms.length),
    method !== 'bradley-terry' || chosen.ties === 'half',
  );
  const warnings = graphWarnings(arms, layers, graph);
  const frame: Frame = { arms, method, chosen, counts, graph, warnings };
  const ranking =
    method === 'elo' || method === 'elo-paper'
      ? rankByElo(layers, frame)
      : rankByStrength(layers, frame, settings);
  return deepFreeze(ranking);
}

interface Layer {
  readonly votes: VoteColumns;
  readonly counts: PairCounts;
}

interface Frame {
  readonly arms: readonly string[];
  readonly method: Method;
  readonly chosen: ReturnType<typeof complete>;
  readonly counts: readonly PairCounts[];
  readonly graph: Components;
  readonly warnings: readonly RankWarning[];
}

function complete(settings: RankSettings) {
  const chosen = {
    ties: settings.ties ?? ('half' as const),
    level: settings.level ?? 0.95,
    ridge: settings.ridge ?? 0,
    k: settings.k ?? 1,
    init: settings.init ?? 1000,
    shuffles: settings.shuffles ?? 1000,
    minimumVotes: settings.minimumVotes ?? 10,
    seed: settings.seed ?? 0,
  };
  const demand = (name: string, value: number, isRight: boolean, range: string) => {
    if (!isRight) {
      throw new AppError('BAD_INPUT', `The setting ${name} must be ${range}; got ${value}.`, {
        reason: 'setting',
        setting: name,
      });
    }
  };
  demand('level', chosen.level, chosen.level > 0 && chosen.level < 1, 'between 0 and 1');
  demand('ridge', chosen.ridge, chosen.ridge >= 0 && chosen.ridge < Infinity, 'zero or more');
  demand('k', chosen.k, chosen.k > 0 && chosen.k < Infinity, 'above zero');
  demand('init', chosen.init, Number.isFinite(chosen.init), 'a number');
  const isWhole = Number.isInteger(chosen.shuffles) && chosen.shuffles >= 1;
  demand('shuffles', chosen.shuffles, isWhole && chosen.shuffles <= 1e6, '1 to 1,000,000');
  demand('seed', chosen.seed, Number.isSafeInteger(chosen.seed), 'a whole number');
  return chosen;
}

function rankByStrength(layers: readonly Layer[], frame: Frame, settings: RankSettings): Ranking {
  const { arms, chosen, graph } = frame;
  const k = arms.length;
  const method = frame.method === 'davidson' ? 'davidson' : 'bradley-terry';
  const estimate = estimateStrengths(layers, {
    method,
    ties: chosen.ties,
    intervals: settings.intervals,
    ridge: settings.ridge,
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
    ...base(frame, layers, estimate.ridge),
    settings: { ...publicSettings(frame, estimate.ridge), intervals: estimate.intervals },
    arms: ranked.map(({ arm }) => arm),
    vcov: ranked.map(({ index: i }) => ranked.map(({ index: j }) => vcov[i * k + j] as number)),
    tieParameter: estimate.tieParameter,
    degreesOfFreedom: Number.isFinite(estimate.df) ? estimate.df : null,
    warnings: [...frame.warnings, ...estimate.warnings],
  };
}

function rankByElo(layers: readonly Layer[], frame: Frame): Ranking {
  const { arms, chosen } = frame;
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
    ...base(frame, layers, 0),
    arms: ranked,
    vcov: null,
    tieParameter: null,
    degreesOfFreedom: null,
    warnings: [...frame.warnings, ...warnings],
  };
}

function publicSettings(frame: Frame, ridge: number): Ranking['settings'] {
  const { seed: _, ...settings } = frame.chosen;
  return { ...settings, ridge, intervals: null };
}

function base(frame: Frame, layers: readonly Layer[], ridge: number) {
  const { graph, arms } = frame;
  return {
    method: frame.method,
    version: STATISTICS_VERSION,
    settings: publicSettings(frame, ridge),
    seed: frame.chosen.seed,
    votes: layers.reduce((sum, { votes }) => sum + votes.left.length, 0),
    components: Array.from({ length: graph.weakCount }, (_, c) =>
      arms.filter((_name, i) => graph.weak[i] === c),
    ),
    strongComponents: graph.strongCount,
  };
}

/** Wins, losses, ties, component and standing of each arm. */
function recordOf(frame: Frame) {
  const k = frame.arms.length;
  const wins = new Float64Array(k);
  const losses = new Float64Array(k);
  const ties = new Float64Array(k);
  const add = (to: Float64Array, i: number, value: number) => {
    to[i] = (to[i] as number) + value;
  };
  for (const counts of frame.counts) {
    for (let p = 0; p < counts.first.length; p++) {
      const i = counts.first[p] as number;
      const j = counts.second[p] as number;
      add(wins, i, counts.firstWins[p] as number);
      add(losses, j, counts.firstWins[p] as number);
      add(wins, j, counts.secondWins[p] as number);
      add(losses, i, counts.secondWins[p] as number);
      add(ties, i, counts.ties[p] as number);
      add(ties, j, counts.ties[p] as number);
    }
  }
  const isWhole = frame.graph.weakCount <= 1 && k > 1;
  return (i: number, isIdentified: boolean) => {
    const own = { wins: wins[i] as number, losses: losses[i] as number, ties: ties[i] as number };
    const votes = own.wins + own.losses + own.ties;
    return {
      ...own,
      component: frame.graph.weak[i] as number,
      provisional: !isWhole || !isIdentified || votes < frame.chosen.minimumVotes,
    };
  };
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
function recode(votes: VoteColumns, arms: readonly string[]): VoteColumns {
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
