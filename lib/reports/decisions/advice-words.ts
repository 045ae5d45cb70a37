import type { DecisionRule, StudySpec } from '#lib/studies/schema.ts';
import type { Advice, AdviceView } from './schema.ts';

type Told = Pick<StudySpec, 'axis' | 'arms' | 'questions'>;

/** The rule, what it recommends, and both in words for a report. */
export function viewAdvice(spec: Told, rule: DecisionRule, advice: Advice): AdviceView {
  return { rule, ruleText: ruleWords(spec, rule), advice, text: adviceWords(spec, rule, advice) };
}

/** "cheapest within 20 Elo of the best; "Which video looks better?" decides". */
export function ruleWords(spec: Pick<Told, 'questions' | 'arms'>, rule: DecisionRule): string {
  const { questions } = spec;
  const asked = questions.find(({ key }) => key === rule.question);
  const decider = asked
    ? `“${asked.wording.en}” decides`
    : questions.length > 1
      ? 'the mean of all questions decides'
      : 'its one question decides';
  const least = `at least ${shareOfElo(-rule.marginElo)} of decided votes`;
  const aim = isTwoArms(spec)
    ? rule.prefer === 'best'
      ? `the better arm, or one shown to win ${least} against it`
      : `the cheaper arm, if it wins ${least} against the other`
    : rule.prefer === 'best'
      ? `the best arm, or one shown to be within ${elo(rule.marginElo)} of it`
      : `the cheapest arm within ${elo(rule.marginElo)} of the best`;
  return `${aim}; ${decider}`;
}

/** What the rule recommends and how sure that is, in one to three sentences. */
export function adviceWords(spec: Told, rule: DecisionRule, advice: Advice): string {
  const { reason, recommendation, leading, moreVotes } = advice;
  const arm = (name: string | null) => armWords(spec, name);
  if (reason.code === 'nothing-to-compare')
    return 'Nothing can be recommended yet: fewer than two arms on the axis have ratings that can be compared.';
  if (reason.code === 'provisional')
    return `Nothing can be recommended yet: an arm on the axis has too few votes. As things stand the rule would take ${arm(leading)}.`;
  const against = isTwoArms(spec)
    ? `Against ${arm(reason.against)} it wins ${shareOfElo(reason.difference)} of decided votes (interval ${shareOfElo(reason.low)} to ${shareOfElo(reason.high)}).`
    : `Against ${arm(reason.against)}, which comes closest, it differs by ${signed(reason.difference)} Elo (interval ${signed(reason.low)} to ${signed(reason.high)}), all pairs taken together.`;
  if (recommendation !== null) {
    const why = isTwoArms(spec)
      ? reason.code === 'separated'
        ? 'It is better than the other arm.'
        : `It is shown to win at least ${shareOfElo(-rule.marginElo)} of decided votes against the other arm.`
      : reason.code === 'separated'
        ? 'It is better than every other arm on the axis.'
        : `It is shown to be at most ${elo(rule.marginElo)} worse than every other arm on the axis.`;
    return `Take ${arm(recommendation)}. ${why} ${against}`;
  }
  const more =
    moreVotes === null
      ? 'How many more votes it takes cannot be said while the arms look alike.'
      : `It takes about ${moreVotes.toLocaleString('en')} more votes on the deciding question${rule.question === null ? 's' : ''}.`;
  return `Not resolved yet. As things stand the rule would take ${arm(leading)}. ${against} ${more}`;
}

/** `25 %` on an axis of removed fractions, else the arm's name and level. */
export function armWords(spec: Pick<Told, 'axis' | 'arms'>, name: string | null): string {
  if (name === null) return 'no arm';
  const level = spec.arms.find((arm) => arm.name === name)?.level ?? null;
  if (level === null || spec.axis === null) return `“${name}”`;
  if (spec.axis.kind === 'removed-fraction') return `${trim(level * 100)} % removed (“${name}”)`;
  return `${trim(level)}${spec.axis.unit === '' ? '' : ` ${spec.axis.unit}`} (“${name}”)`;
}

const trim = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: 6, useGrouping: false });

/** Two arms are told by shares of votes: a rating of two says nothing more. */
const isTwoArms = ({ arms }: Pick<Told, 'arms'>): boolean => arms.length === 2;

/**
 * Of the votes that are no ties, how many the stronger of two arms wins at this difference:
 * 1 / (1 + 10^(-d / 400)) (Elo 1978), exact under Bradley-Terry and Davidson.
 */
export function shareOfElo(points: number | null): string {
  return points === null ? '–' : `${(100 / (1 + 10 ** (-points / 400))).toFixed(1)} %`;
}

const elo = (points: number): string => `${trim(points)} Elo`;

/** A whole number of Elo points with its sign: `+31`, `−4`, `0`. */
export function signed(points: number | null): string {
  if (points === null) return '–';
  const whole = Math.round(points);
  return whole === 0 ? '0' : whole > 0 ? `+${whole}` : `−${-whole}`;
}
