import { AppError } from '#lib/core/errors.ts';

/** How one vote came out, as seen on the screen. */
export type Outcome = 'left' | 'right' | 'tie';

/** The codes of `VoteColumns.outcome`. */
export const LEFT_WON = 0;
export const RIGHT_WON = 1;
export const TIED = 2;

/**
 * Votes as columns: 17 bytes a vote, whatever the names. `left` and `right` index `arms`; `rater`
 * and `prompt` index `raters` and `prompts`, with -1 where a vote does not say; the columns of a
 * dimension that no vote names are null. The order of the columns is the order of arrival. `weight`
 * says how much each vote counts in a fit, above zero: one over the chance that its pair was chosen,
 * where pairs are chosen adaptively; null or absent where all count alike.
 */
export interface VoteColumns {
  readonly arms: readonly string[];
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly outcome: Uint8Array;
  readonly raters: readonly string[];
  readonly rater: Int32Array | null;
  readonly prompts: readonly string[];
  readonly prompt: Int32Array | null;
  readonly weight?: Float64Array | null;
}

/** One vote by name. */
export interface NamedVote {
  readonly left: string;
  readonly right: string;
  readonly outcome: Outcome;
  readonly rater?: string | null;
  readonly prompt?: string | null;
  /** Above zero; 1 unless given. */
  readonly weight?: number;
}

/** Takes votes one by one and keeps them as columns. */
export interface VoteCollector {
  readonly votes: number;
  add(vote: NamedVote): void;
  /** The votes so far; the collector can go on afterwards. */
  columns(): VoteColumns;
}

interface Names {
  readonly names: string[];
  code(name: string): number;
}

function internNames(known: readonly string[]): Names {
  const names: string[] = [];
  const codes = new Map<string, number>();
  const code = (name: string): number => {
    const found = codes.get(name);
    if (found !== undefined) return found;
    codes.set(name, names.length);
    names.push(name);
    return names.length - 1;
  };
  for (const name of known) code(name);
  return { names, code };
}

/**
 * Starts a collector.
 *
 * @param arms names that shall be there even if no vote names them, in this order.
 */
export function collectVotes(arms: readonly string[] = []): VoteCollector {
  const armNames = internNames(arms);
  const raterNames = internNames([]);
  const promptNames = internNames([]);
  let room = 1024;
  let votes = 0;
  let left = new Int32Array(room);
  let right = new Int32Array(room);
  let outcome = new Uint8Array(room);
  let rater = new Int32Array(room);
  let prompt = new Int32Array(room);
  // Made with the first weight that is not 1.
  let weight: Float64Array<ArrayBuffer> | null = null;
  const grow = () => {
    room *= 2;
    const wider = (from: Int32Array) => {
      const to = new Int32Array(room);
      to.set(from);
      return to;
    };
    left = wider(left);
    right = wider(right);
    rater = wider(rater);
    prompt = wider(prompt);
    const outcomes = new Uint8Array(room);
    outcomes.set(outcome);
    outcome = outcomes;
    if (weight) {
      const weights: Float64Array<ArrayBuffer> = new Float64Array(room).fill(1);
      weights.set(weight);
      weight = weights;
    }
  };
  return {
    get votes() {
      return votes;
    },
    add(vote) {
      if (votes === room) grow();
      left[votes] = armNames.code(vote.left);
      right[votes] = armNames.code(vote.right);
      outcome[votes] =
        vote.outcome === 'left' ? LEFT_WON : vote.outcome === 'right' ? RIGHT_WON : TIED;
      rater[votes] = vote.rater == null ? -1 : raterNames.code(vote.rater);
      prompt[votes] = vote.prompt == null ? -1 : promptNames.code(vote.prompt);
      if (vote.weight !== undefined && vote.weight !== 1) {
        if (!(vote.weight > 0 && vote.weight < Infinity)) {
          throw new AppError(
            'BAD_INPUT',
            `The weight of vote ${votes + 1} is ${vote.weight}; it must be a number above zero.`,
            { reason: 'weight', vote: votes + 1 },
          );
        }
        weight ??= new Float64Array(room).fill(1);
        weight[votes] = vote.weight;
      }
      votes++;
    },
    columns: () => ({
      arms: armNames.names.slice(),
      left: left.slice(0, votes),
      right: right.slice(0, votes),
      outcome: outcome.slice(0, votes),
      raters: raterNames.names.slice(),
      rater: raterNames.names.length > 0 ? rater.slice(0, votes) : null,
      prompts: promptNames.names.slice(),
      prompt: promptNames.names.length > 0 ? prompt.slice(0, votes) : null,
      weight: weight === null ? null : weight.slice(0, votes),
    }),
  };
}
