import { ELO_PER_THETA } from '#lib/statistics/ranking/elo-scale.ts';
import { type LeftOut, leaveOneOut } from '#lib/statistics/raters/leave-one-out.ts';
import { raterFlags } from '#lib/statistics/raters/rater-flags.ts';
import type { GoldRecord, RaterQuality as Judged } from '#lib/statistics/raters/rater-quality.ts';
import type { VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import type { RaterQuality } from './schema.ts';

export interface JudgeInput {
  /** The votes of everybody, excluded raters too, one set of columns a question. */
  readonly questions: readonly VoteColumns[];
  /** Beside each vote: whether it carries the mark; null where the study can't know. */
  readonly fast: readonly (Uint8Array | null)[];
  readonly unwatched: readonly (Uint8Array | null)[];
  readonly gold: ReadonlyMap<string, GoldRecord>;
  readonly excluded: ReadonlySet<string>;
  readonly allowTies: boolean;
}

/** What the models say of a rater. */
export type Judgement = Pick<RaterQuality, 'answers' | 'flags' | 'influence'>;

/** Of a study of hundreds of arms only the arms that a rater moves most are kept. */
const MOST_CHANGES = 12;

/**
 * Judges every rater by the answers of all, and tells what the ranking would be without each of those
 * who are in it. Pure; takes a second or more on large studies.
 */
export function judgeRaters(input: JudgeInput): Map<string, Judgement> {
  const { questions, fast, unwatched, gold, excluded, allowTies } = input;
  const ranked = questions.map((votes) => withoutRaters(votes, excluded));
  const method = allowTies ? 'davidson' : 'bradley-terry';
  const influences = new Map(
    leaveOneOut(ranked, { method, ties: 'half', ridge: undefined }, 'rater').map((left) => [
      left.name,
      left,
    ]),
  );
  return new Map(
    raterFlags(questions, { fast, unwatched, gold }).map((judged) => [
      judged.rater,
      {
        answers: answersOf(judged),
        flags: judged.flags.map(({ code, reason, evidence }) => ({
          ...{ code, reason, evidence: { ...evidence } },
        })),
        influence: excluded.has(judged.rater) ? null : influenceOf(influences.get(judged.rater)),
      },
    ]),
  );
}

function answersOf(judged: Judged): Judgement['answers'] {
  if (judged.votes === 0) return null;
  return {
    left: judged.sideBias.left,
    right: judged.sideBias.right,
    ties: judged.ties,
    sideP: judged.sideBias.p,
    fastShare: judged.fastShare,
    unwatchedShare: judged.unwatchedShare,
    eRandom: judged.eRandom,
    eSide: judged.eSide,
    ePromoter: judged.ePromoter.e,
    promoted: judged.ePromoter.arm,
  };
}

function influenceOf(left: LeftOut | undefined): Judgement['influence'] {
  if (left === undefined || left.votes === 0) return null;
  const changes = left.change
    .map(({ name, theta }) => ({ arm: name, elo: theta * ELO_PER_THETA }))
    .sort((a, b) => Math.abs(b.elo) - Math.abs(a.elo))
    .slice(0, MOST_CHANGES);
  return { changes, rankChanges: left.rankChanges, topChanges: left.topChanges };
}

/** The same columns without the votes of some raters. */
function withoutRaters(votes: VoteColumns, names: ReadonlySet<string>): VoteColumns {
  const { rater } = votes;
  if (rater === null || names.size === 0) return votes;
  const isOut = votes.raters.map((name) => names.has(name));
  const keeps = (place: number) => isOut[rater[place] as number] !== true;
  return {
    ...votes,
    left: votes.left.filter((_, place) => keeps(place)),
    right: votes.right.filter((_, place) => keeps(place)),
    outcome: votes.outcome.filter((_, place) => keeps(place)),
    rater: rater.filter((_, place) => keeps(place)),
    prompt: votes.prompt?.filter((_, place) => keeps(place)) ?? null,
    weight: votes.weight?.filter((_, place) => keeps(place)) ?? null,
  };
}
