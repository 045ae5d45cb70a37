import type { Components } from '../votes/components.ts';
import type { PairCounts } from '../votes/pair-counts.ts';
import type { VoteColumns } from '../votes/vote-columns.ts';
import type { ChosenSettings } from './rank-settings.ts';
import { type Method, type Ranking, type RankWarning, STATISTICS_VERSION } from './ranking.ts';

/** One question. */
export interface Layer {
  readonly votes: VoteColumns;
  readonly counts: PairCounts;
}

/** What every method ranks: the arms, the questions and the graph of who met. */
export interface Frame {
  readonly arms: readonly string[];
  readonly method: Method;
  readonly chosen: ChosenSettings;
  readonly layers: readonly Layer[];
  readonly graph: Components;
  readonly warnings: readonly RankWarning[];
}

/** The settings as the result names them. */
export function publicSettings(frame: Frame, ridge: number): Ranking['settings'] {
  const { seed: _, ...settings } = frame.chosen;
  return { ...settings, ridge, intervals: null };
}

/** What rankings of all methods have. */
export function frameResult(frame: Frame, ridge: number) {
  const { graph, arms, layers } = frame;
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
export function recordOf(frame: Frame) {
  const k = frame.arms.length;
  const wins = new Float64Array(k);
  const losses = new Float64Array(k);
  const ties = new Float64Array(k);
  const add = (to: Float64Array, i: number, value: number) => {
    to[i] = (to[i] as number) + value;
  };
  for (const { counts } of frame.layers) {
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
