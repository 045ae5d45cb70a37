import { TIED, type VoteColumns } from '../votes/vote-columns.ts';
import {
  logOfPromoter,
  logOfRandom,
  logOfSameButton,
  logSum,
  type SideCounts,
} from './careless.ts';
import { leaveOneOutFits, logOfHonest, type Others, type Spread } from './honest.ts';
import { countByRater, type RaterCells } from './rater-cells.ts';

/** What one question says of one rater: natural logs of the e-values. */
export interface Evidence {
  readonly counts: SideCounts;
  readonly random: number;
  readonly side: number;
  /** Of the mixture over all arms. */
  readonly promoter: number;
  /** The arm (its index) that it is most for, with its e-value alone; null without votes. */
  readonly promoted: { readonly arm: number; readonly log: number } | null;
}

/** What is plausible for honest raters, before the votes; they say which of it is. */
const TASTES = [0.05, 0.2, 0.4, 0.7, 1.1, 1.6];
const HABITS = [
  { side: 0.1, tie: 0.15 },
  { side: 0.35, tie: 0.7 },
];
const SPREADS: readonly Spread[] = TASTES.flatMap((taste) =>
  HABITS.map((habit) => ({ taste, ...habit })),
);
/** Raters that decide which spreads go on to be weighed against everybody. */
const SCOUTS = 80;
const LEAST_WEIGHT = 0.01;
/** The share of raters that are taken to be careless before their votes are read. */
const CARELESS_SHARE = 0.1;
/** Rounds of: fit without those who look careless, weigh everybody again. */
const ROUNDS = 3;
/** An arm that wins less than this is not worth the question whether it is promoted. */
const LEAST_PROMOTED = 0.6;
/** Fewer votes on an arm can't show that it is promoted. */
const LEAST_PROMOTED_VOTES = 4;

/** Of the three processes in what decides: same button needs the least evidence to show. */
export const PROCESS_WEIGHTS = { random: 0.55, side: 0.05, promoter: 0.4 } as const;

/**
 * E-values of each rater of one question: the probability of the rater's answers from somebody
 * careless over that from an honest rater, who is predicted by the others (leave one rater out) with a
 * spread of honest tastes and habits. That spread is weighed by the other raters' votes. Raters who
 * look careless count less in the fit, in proportion (an EM of the mixture).
 */
export function weighRaters(votes: VoteColumns): readonly Evidence[] {
  const cells = countByRater(votes);
  const sides = Array.from({ length: cells.raters }, (_, r) => sideCounts(cells, r));
  const hasTies = votes.outcome.includes(TIED);
  let weights = new Float64Array(cells.raters).fill(1);
  let spreads = SPREADS;
  let found: Evidence[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const othersOf = leaveOneOutFits(cells, hasTies, weights);
    const read = (r: number) => likelihoods(cells, r, othersOf(r), hasTies, sides, spreads);
    if (round === 0 && cells.raters > SCOUTS) spreads = scout(cells.raters, read, spreads);
    const likely = Array.from({ length: cells.raters }, (_, r) => read(r));
    const weighed = weighSpreads(likely);
    found = likely.map((own, r) => evidenceOf(own, weighed.without(r)));
    spreads = weighed.kept(spreads);
    weights = Float64Array.from(found, (own) => 1 - carelessChance(own));
  }
  return found;
}

function scout(
  raters: number,
  read: (r: number) => Likelihoods,
  spreads: readonly Spread[],
): readonly Spread[] {
  const step = raters / SCOUTS;
  const some = Array.from({ length: SCOUTS }, (_, s) => read(Math.floor(s * step)));
  return weighSpreads(some).kept(spreads);
}

/** Logs of the probabilities of one rater's answers; honest and promoter for each spread. */
interface Likelihoods {
  readonly counts: SideCounts;
  readonly honest: readonly number[];
  readonly random: number;
  readonly side: number;
  readonly arms: number;
  readonly promoters: readonly { readonly arm: number; readonly logs: readonly number[] }[];
}

function likelihoods(
  cells: RaterCells,
  r: number,
  others: Others,
  hasTies: boolean,
  sides: readonly SideCounts[],
  spreads: readonly Spread[],
): Likelihoods {
  const counts = sides[r] as SideCounts;
  const honest = spreads.map((spread) => logOfHonest(cells, r, others, hasTies, spread));
  const promoters = candidates(cells, r).map(({ arm, ...record }) => {
    const own = logOfPromoter(record, hasTies);
    return {
      arm,
      logs: spreads.map((spread) => own + logOfHonest(cells, r, others, hasTies, spread, arm)),
    };
  });
  return {
    counts,
    honest,
    random: logOfRandom(counts, hasTies ? tieShareOf(others, cells.arms) : null),
    side: logOfSameButton(counts, hasTies),
    arms: cells.arms,
    promoters,
  };
}

function evidenceOf(own: Likelihoods, spreadLogs: readonly number[]): Evidence {
  const mix = (logs: readonly number[]) => logSum(logs.map((log, g) => log + (spreadLogs[g] ?? 0)));
  const honest = mix(own.honest);
  const promoters = own.promoters.map(({ arm, logs }) => ({ arm, log: mix(logs) - honest }));
  const [first] = promoters;
  return {
    counts: own.counts,
    random: own.random - honest,
    side: own.side - honest,
    promoter: logSum(promoters.map(({ log }) => log)) - Math.log(Math.max(1, own.arms)),
    promoted: first
      ? promoters.reduce((best, other) => (other.log > best.log ? other : best), first)
      : null,
  };
}

/** Weighs the spreads by how likely all raters' answers are, each honest or (rarely) careless. */
function weighSpreads(likely: readonly Likelihoods[]) {
  const size = likely[0]?.honest.length ?? 0;
  const own = likely.map((rater) =>
    Array.from({ length: size }, (_, g) => {
      const promoter =
        logSum(rater.promoters.map(({ logs }) => logs[g] as number)) -
        Math.log(Math.max(1, rater.arms));
      return logSum([
        Math.log(1 - CARELESS_SHARE) + (rater.honest[g] as number),
        Math.log(CARELESS_SHARE) + mixProcesses(rater.random, rater.side, promoter),
      ]);
    }),
  );
  const whole = Array.from({ length: size }, (_, g) =>
    own.reduce((sum, logs) => sum + (logs[g] as number), 0),
  );
  const scaled = (logs: readonly number[]) => {
    const all = logSum(logs);
    return logs.map((log) => log - all);
  };
  return {
    /** Logs of the weights by all raters but one. */
    without: (r: number) => scaled(whole.map((log, g) => log - (own[r]?.[g] ?? 0))),
    kept: (spreads: readonly Spread[]) => {
      const weights = scaled(whole);
      return spreads.filter((_, g) => Math.exp(weights[g] ?? 0) >= LEAST_WEIGHT);
    },
  };
}

export function mixProcesses(random: number, side: number, promoter: number): number {
  return logSum([
    Math.log(PROCESS_WEIGHTS.random) + random,
    Math.log(PROCESS_WEIGHTS.side) + side,
    Math.log(PROCESS_WEIGHTS.promoter) + promoter,
  ]);
}

function carelessChance({ random, side, promoter }: Evidence): number {
  const odds =
    mixProcesses(random, side, promoter) + Math.log(CARELESS_SHARE / (1 - CARELESS_SHARE));
  return 1 / (1 + Math.exp(-odds));
}

function sideCounts(cells: RaterCells, r: number): SideCounts {
  let left = 0;
  let right = 0;
  let tie = 0;
  for (let c = cells.starts[r] as number; c < (cells.starts[r + 1] as number); c++) {
    left += cells.leftWins[c] as number;
    right += cells.rightWins[c] as number;
    tie += cells.ties[c] as number;
  }
  return { left, right, tie };
}

/** How often the others tie between equal arms. */
function tieShareOf({ at }: Others, arms: number): number {
  const nu = Math.exp(at[arms + 1] as number);
  return nu / (2 + nu);
}

/** The arms that this rater takes most of the time, with their record. */
function candidates(cells: RaterCells, r: number) {
  const records = new Map<number, { wins: number; losses: number; ties: number }>();
  const of = (arm: number) => {
    const record = records.get(arm) ?? { wins: 0, losses: 0, ties: 0 };
    records.set(arm, record);
    return record;
  };
  for (let c = cells.starts[r] as number; c < (cells.starts[r + 1] as number); c++) {
    const left = of(cells.left[c] as number);
    const right = of(cells.right[c] as number);
    left.wins += cells.leftWins[c] as number;
    left.losses += cells.rightWins[c] as number;
    right.wins += cells.rightWins[c] as number;
    right.losses += cells.leftWins[c] as number;
    left.ties += cells.ties[c] as number;
    right.ties += cells.ties[c] as number;
  }
  return [...records]
    .map(([arm, record]) => ({ arm, ...record }))
    .filter(({ wins, losses, ties }) => {
      const votes = wins + losses + ties;
      return votes >= LEAST_PROMOTED_VOTES && wins >= LEAST_PROMOTED * votes;
    });
}
