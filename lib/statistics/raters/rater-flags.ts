import type { VoteColumns } from '../votes/vote-columns.ts';
import { twoSidedBinomial } from './binomial.ts';
import { type Evidence, weighRaters } from './evidence.ts';
import { flagsOf } from './flag-reasons.ts';
import type { RaterExtras, RaterFlagOptions, RaterQuality } from './rater-quality.ts';

/** E-values beyond this are told as this. */
const MOST_E = 1e12;

/**
 * Looks at how each rater answers. Three e-processes set the rater's answers against an honest rater as
 * the others predict one (`weighRaters`): somebody who answers at random, who presses one button, who
 * promotes an arm. Over several questions the e-values are averaged, which stays valid however the
 * questions depend on each other. A rater is flagged when the three, averaged with fixed weights,
 * reach 1 / alpha (Ville 1939: an honest rater ever gets there with a chance of alpha at most, so
 * looking after every vote costs nothing), for the process that weighs most. alpha holds for each
 * rater: of 40 honest ones up to two may be flagged.
 *
 * Where the arms hardly differ, honest and random raters give the same answers, and no test can tell
 * them apart; the e-value then stays near 1.
 *
 * @param questions votes of the same raters; names tie them together.
 * @returns one entry a rater, in the order of their first appearance; frozen.
 */
export function raterFlags(
  questions: readonly VoteColumns[],
  extras: RaterExtras = {},
  options: RaterFlagOptions = {},
): readonly RaterQuality[] {
  const { alpha = 0.05, mostMarked = 0.25, leastVotes = 10, goldMisses = 0.15 } = options;
  const parts = evidenceByRater(questions);
  const marks = marksByRater(questions, extras);
  const all = sumOf([...parts.values()].flat());
  return Object.freeze(
    [...parts].map(([rater, own]) => {
      const counts = sumOf(own);
      const marked = marks.get(rater);
      const quality = {
        rater,
        votes: counts.left + counts.right + counts.tie,
        sideBias: Object.freeze({
          left: counts.left,
          right: counts.right,
          p: leanOf(counts, all),
        }),
        ties: counts.tie,
        fastShare: shareOf(marked?.fast),
        unwatchedShare: shareOf(marked?.unwatched),
        gold: extras.gold?.get(rater) ?? null,
        ...averageEvidence(own),
      };
      const flags = flagsOf(quality, { alpha, mostMarked, leastVotes, goldMisses });
      return Object.freeze({ ...quality, flags });
    }),
  );
}

interface QuestionEvidence {
  readonly arms: readonly string[];
  readonly evidence: Evidence;
}

/** The evidence of each question in which a rater votes, by name. */
function evidenceByRater(questions: readonly VoteColumns[]): Map<string, QuestionEvidence[]> {
  const parts = new Map<string, QuestionEvidence[]>();
  for (const votes of questions) {
    weighRaters(votes).forEach((evidence, r) => {
      const name = votes.raters[r] as string;
      const own = parts.get(name) ?? [];
      parts.set(name, own);
      const { left, right, tie } = evidence.counts;
      if (left + right + tie > 0) own.push({ arms: votes.arms, evidence });
    });
  }
  return parts;
}

function sumOf(parts: readonly QuestionEvidence[]) {
  const sum = (side: 'left' | 'right' | 'tie') =>
    parts.reduce((total, { evidence }) => total + evidence.counts[side], 0);
  return { left: sum('left'), right: sum('right'), tie: sum('tie') };
}

/** The p-value that a rater's decided votes fall to the left as often as the others' do. */
function leanOf(own: { left: number; right: number }, all: { left: number; right: number }) {
  const decided = own.left + own.right;
  if (decided === 0) return null;
  const left = all.left - own.left;
  const right = all.right - own.right;
  return twoSidedBinomial(own.left, decided, (left + 1) / (left + right + 2));
}

function averageEvidence(parts: readonly QuestionEvidence[]) {
  const average = (log: (evidence: Evidence) => number) =>
    parts.length === 0
      ? 1
      : parts.reduce((sum, { evidence }) => sum + Math.min(MOST_E, Math.exp(log(evidence))), 0) /
        parts.length;
  const promoted = parts
    .flatMap(({ arms, evidence }) =>
      evidence.promoted ? [{ name: arms[evidence.promoted.arm], log: evidence.promoted.log }] : [],
    )
    .sort((a, b) => b.log - a.log);
  return {
    eRandom: average((evidence) => evidence.random),
    eSide: average((evidence) => evidence.side),
    ePromoter: Object.freeze({
      arm: promoted[0]?.name ?? null,
      e: average((evidence) => evidence.promoter),
    }),
  };
}

interface MarkCount {
  marked: number;
  known: number;
}

function marksByRater(questions: readonly VoteColumns[], extras: RaterExtras) {
  const counts = new Map<string, { fast: MarkCount; unwatched: MarkCount }>();
  questions.forEach((votes, q) => {
    for (const kind of ['fast', 'unwatched'] as const) {
      const column = extras[kind]?.[q];
      if (!column) continue;
      for (let v = 0; v < column.length; v++) {
        const rater = votes.raters[votes.rater?.[v] ?? -1];
        if (rater === undefined) continue;
        const own = counts.get(rater) ?? {
          fast: { marked: 0, known: 0 },
          unwatched: { marked: 0, known: 0 },
        };
        counts.set(rater, own);
        own[kind].known++;
        own[kind].marked += column[v] === 1 ? 1 : 0;
      }
    }
  });
  return counts;
}

function shareOf(count: MarkCount | undefined): number | null {
  return count && count.known > 0 ? count.marked / count.known : null;
}
