import { agreementOf } from '#lib/statistics/agreement/agreement.ts';
import type { AgreementValue } from '#lib/statistics/agreement/agreement-value.ts';
import type { StrengthMethod } from '#lib/statistics/ranking/ranking.ts';
import { leaveOneOut } from '#lib/statistics/raters/leave-one-out.ts';
import { clusteredShare } from '#lib/statistics/uncertainty/clustered-share.ts';
import { LEFT_WON, TIED, type VoteColumns } from '#lib/statistics/votes/vote-columns.ts';
import { raterPseudonym } from '#lib/studies/votes/rater-pseudonym.ts';
import { levelsToDecide } from '../decisions/recommend.ts';
import { referenceArm } from '../place-arms.ts';
import type { AnalysisFacts, PartRanking, SameChecks } from './facts.ts';
import { leaveOutView, meanLeaveOuts } from './leave-out.ts';
import { metricEffects } from './metric-effects.ts';
import { noiseFloor } from './noise-floor.ts';
import { promptEffects } from './prompt-effects.ts';
import type { AgreementView, Analysis, AnalysisPart } from './schema.ts';
import { stepGains } from './step-gains.ts';
import { tagEffects } from './tag-effects.ts';

/**
 * What a snapshot keeps beside its rankings: of each question, and of all together where there are
 * several. Pure.
 *
 * @param questions one set of votes a question, over the same arms in the same order.
 * @param rankings of those votes by the method that decides: of the question, or of all (null).
 */
export function analyseVotes(
  questions: readonly VoteColumns[],
  facts: AnalysisFacts,
  rankings: readonly (PartRanking & { readonly question: number | null })[],
): Analysis {
  const method = rankings[0]?.method === 'davidson' ? 'davidson' : 'bradley-terry';
  const leaveOut = (kind: 'rater' | 'prompt') =>
    questions.map((votes) =>
      leaveOneOut([votes], { method, ties: 'half', ridge: undefined }, kind),
    );
  const [raters, prompts] = [leaveOut('rater'), leaveOut('prompt')];
  const parts = rankings.map((ranking) => {
    const { question } = ranking;
    const own = <T>(all: readonly T[]) => all.filter((_, q) => question === null || question === q);
    const asked = question === null ? undefined : facts.spec.questions[question];
    return {
      question,
      wording: asked?.wording.en ?? 'All questions together',
      ...analysePart(
        {
          questions: own(questions),
          checks: sumChecks(own(facts.sameChecks)),
          withoutRaters: meanLeaveOuts(own(raters)),
          withoutPrompts: meanLeaveOuts(own(prompts)),
        },
        facts,
        ranking,
        method,
      ),
    };
  });
  return { scores: facts.scoresFingerprint, parts };
}

interface Part {
  readonly questions: readonly VoteColumns[];
  readonly checks: SameChecks;
  readonly withoutRaters: ReturnType<typeof meanLeaveOuts>;
  readonly withoutPrompts: ReturnType<typeof meanLeaveOuts>;
}

function analysePart(
  { questions, checks, withoutRaters, withoutPrompts }: Part,
  facts: AnalysisFacts,
  ranking: PartRanking,
  method: StrengthMethod,
): Omit<AnalysisPart, 'question' | 'wording'> {
  const { spec } = facts;
  const reference = referenceArm(spec);
  const levels = levelsToDecide(spec);
  const names = ranking.arms.map(({ name }) => name);
  const rivals = new Set(levels.size > 0 ? levels.keys() : names);
  const keyOf = new Map(
    spec.prompts.map((prompt, position) => [String(facts.promptIds[position]), prompt.key]),
  );
  const { count, prompts } = promptEffects(questions, withoutPrompts, ranking, reference, rivals);
  return {
    votes: questions.reduce((sum, { left }) => sum + left.length, 0),
    promptCount: count,
    prompts,
    tags: tagEffects(questions, facts, method, reference),
    leaveOneRaterOut: leaveOutView(withoutRaters, ranking, rivals, (rater) =>
      raterPseudonym(facts.studyId, rater),
    ),
    leaveOnePromptOut: leaveOutView(
      withoutPrompts,
      ranking,
      rivals,
      (prompt) => keyOf.get(prompt) ?? prompt,
    ),
    agreement: agreementView(questions),
    noiseFloor: noiseFloor(ranking, facts, checks),
    steps: stepGains(questions, spec, method),
    metrics: metricEffects(questions, facts.scores, ranking),
    headToHead: headToHead(questions, spec.arms, reference),
  };
}

/** Of two arms: how often the other one beats the reference (without one: the first the second). */
function headToHead(
  questions: readonly VoteColumns[],
  arms: AnalysisFacts['spec']['arms'],
  reference: string | null,
): AnalysisPart['headToHead'] {
  const [first, second] = arms.map(({ name }) => name);
  if (first === undefined || second === undefined || arms.length > 2) return null;
  const [arm, against] = first === reference ? [second, first] : [first, second];
  const share = clusteredShare(questions, (q, v) => {
    const votes = questions[q];
    if (!votes || votes.outcome[v] === TIED) return 0.5;
    const winner = votes.outcome[v] === LEFT_WON ? votes.left[v] : votes.right[v];
    return votes.arms[winner ?? -1] === arm ? 1 : 0;
  });
  return { arm, against, ...share };
}

function agreementView(questions: readonly VoteColumns[]): AgreementView | null {
  const found = agreementOf(questions);
  if (found.sharedUnits === 0) return null;
  const view = (measure: AgreementValue | null) =>
    measure && { value: measure.value, low: measure.low, high: measure.high };
  return {
    comparisons: found.sharedUnits,
    votes: found.ratings,
    alphaNominal: view(found.alphaNominal),
    alphaOrdinal: view(found.alphaOrdinal),
    ac1: view(found.ac1),
    percent: view(found.percent),
  };
}

function sumChecks(checks: readonly SameChecks[]): SameChecks {
  const sum = (key: keyof SameChecks) => checks.reduce((total, one) => total + one[key], 0);
  return { left: sum('left'), right: sum('right'), ties: sum('ties') };
}
