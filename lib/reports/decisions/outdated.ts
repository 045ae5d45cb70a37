import type { Advice, Outdated } from './schema.ts';

/** A decision as it was taken, and what its rule said then. */
export interface Taken {
  readonly arm: string | null;
  readonly advice: Advice;
}

/**
 * Whether a decision should be looked at again: the rule now recommends an arm that was not chosen and
 * not recommended then, no longer recommends the chosen one, or the chosen arm is now shown to be
 * worse than the strongest and was not. Advice that now agrees with the choice raises nothing.
 *
 * @param now the advice on the newest snapshot; null where there is none.
 */
export function findOutdated({ arm, advice: then }: Taken, now: Advice | null): Outdated {
  if (now === null) return { isOutdated: false, reasons: [] };
  const reasons: string[] = [];
  const before = then.recommendation;
  const after = now.recommendation;
  if (after !== null && after !== before && after !== arm)
    reasons.push(
      `The rule now recommends “${after}”; ${before === null ? 'it recommended nothing' : `it recommended “${before}”`} when this was decided.`,
    );
  if (after === null && before !== null && before === arm)
    reasons.push(
      `The rule recommended “${before}” when this was decided; newer votes leave that open again.`,
    );
  const chosen = now.perArm.find(({ name }) => name === arm);
  const chosenThen = then.perArm.find(({ name }) => name === arm);
  if (chosen && isWorse(chosen) && !(chosenThen && isWorse(chosenThen)))
    reasons.push(`“${chosen.name}” is now shown to be worse than the best arm.`);
  return { isOutdated: reasons.length > 0, reasons };
}

function isWorse(arm: Advice['perArm'][number]): boolean {
  return arm.isDistinguishable && !arm.isWithinMargin;
}
