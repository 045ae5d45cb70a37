import { binomialTail } from './binomial.ts';
import { PROCESS_WEIGHTS } from './evidence.ts';
import type { FlagCode, RaterFlag, RaterFlagOptions, RaterQuality } from './rater-quality.ts';

type Rules = { readonly [Key in keyof RaterFlagOptions]-?: number };

/** A gold pair missed once may be a slip. */
const LEAST_MISSES = 2;

/** The flags that a rater gets, the weightiest first. */
export function flagsOf(
  quality: Omit<RaterQuality, 'flags'>,
  { alpha, mostMarked, leastVotes, goldMisses }: Rules,
): readonly RaterFlag[] {
  const flags: RaterFlag[] = [];
  const add = (code: FlagCode, evidence: RaterFlag['evidence'], reason: string) =>
    flags.push(Object.freeze({ code, evidence: Object.freeze(evidence), reason }));
  const answers = answerFlag(quality, 1 / alpha);
  if (answers) add(answers.code, answers.evidence, answers.reason);
  const { votes, fastShare, unwatchedShare, gold } = quality;
  if (fastShare !== null && votes >= leastVotes && fastShare >= mostMarked) {
    const reason = `${percent(fastShare)} of the votes came too fast to have seen both videos.`;
    add('fast', { share: fastShare, votes }, reason);
  }
  if (unwatchedShare !== null && votes >= leastVotes && unwatchedShare >= mostMarked) {
    const reason = `In ${percent(unwatchedShare)} of the votes a video was not watched.`;
    add('unwatched', { share: unwatchedShare, votes }, reason);
  }
  if (gold && gold.missed >= LEAST_MISSES) {
    const p = binomialTail(gold.missed, gold.seen, goldMisses);
    if (p <= alpha) {
      const reason = `${gold.missed} of ${gold.seen} pairs with a known answer were missed.`;
      add('gold', { ...gold, p }, reason);
    }
  }
  return Object.freeze(flags);
}

function answerFlag(quality: Omit<RaterQuality, 'flags'>, threshold: number): RaterFlag | null {
  const { eRandom, eSide, ePromoter, sideBias, ties, votes } = quality;
  const random = PROCESS_WEIGHTS.random * eRandom;
  const side = PROCESS_WEIGHTS.side * eSide;
  const promoter = PROCESS_WEIGHTS.promoter * ePromoter.e;
  const e = random + side + promoter;
  if (e < threshold) return null;
  const evidence = { e, threshold, votes };
  if (side >= random && side >= promoter) {
    const { left, right } = sideBias;
    const most = Math.max(left, right, ties);
    const button = most === left ? 'left' : most === right ? 'right' : 'tie';
    const what = button === 'tie' ? 'a tie' : `the ${button} side`;
    return {
      code: 'side-only',
      evidence: { ...evidence, eSide, button, left, right, ties },
      reason: `${most} of ${votes} votes are for ${what}, whatever stood there: ${times(eSide)} likelier from somebody who presses one button than from an honest rater.`,
    };
  }
  if (promoter >= random && ePromoter.arm !== null) {
    return {
      code: 'promoter',
      evidence: { ...evidence, ePromoter: ePromoter.e, arm: ePromoter.arm },
      reason: `The arm "${ePromoter.arm}" wins far more often than with the others: ${times(ePromoter.e)} likelier from somebody who promotes an arm than from an honest rater.`,
    };
  }
  return {
    code: 'random',
    evidence: { ...evidence, eRandom },
    reason: `The answers do not follow what the others see: ${times(eRandom)} likelier from somebody who answers at random than from an honest rater.`,
  };
}

function times(e: number): string {
  if (e >= 1e6) return 'more than a million times';
  return `${Math.round(e).toLocaleString('en-GB')} times`;
}

const percent = (share: number): string => `${Number((share * 100).toFixed(0))} %`;
