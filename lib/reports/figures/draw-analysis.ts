import { calibration } from '#lib/figures/calibration.ts';
import { leaveOutRanges } from '#lib/figures/leave-out-ranges.ts';
import { promptDrivers } from '#lib/figures/prompt-drivers.ts';
import type { AnalysisPart, AnalysisReport, LeaveOut } from '../analysis/schema.ts';
import type { QuestionChoice } from '../schema.ts';
import { chosenPart, curveName, votesText } from './figure-words.ts';

/** The prompts without which the result would change most. */
export function drawPrompts(
  report: AnalysisReport,
  question: QuestionChoice,
  width: number,
): string {
  const part = chosenPart(report.parts, question);
  const head = part?.headToHead ?? null;
  const shares = head === null || !part ? null : shareChanges(part, head);
  const prompts = new Map(report.prompts.map((prompt) => [prompt.id, prompt]));
  const arm = head ? head.arm : part ? mostMoved(part) : null;
  const against = report.reference === null ? '' : ` against ${report.reference}`;
  const what = shares ? 'win share' : 'Elo';
  return promptDrivers({
    title: titleOf(report, part),
    description: `How the ${what} of ${arm ?? 'the arms'}${against} changes when one prompt is left out. ${originOf(part)}.`,
    xLabel:
      arm === null
        ? `Change in ${what} without the prompt`
        : `Change of ${arm}${against} in ${shares ? 'win share (points)' : what}, without the prompt`,
    referenceLabel: 'no change',
    drivers: (part?.prompts ?? []).map((effect) => {
      const prompt = prompts.get(effect.prompt);
      const tags = [...(prompt?.motion ? [prompt.motion] : []), ...(prompt?.tags ?? [])];
      return {
        prompt: prompt?.text || prompt?.key || `Prompt ${effect.prompt}`,
        ...(tags.length > 0 ? { note: tags.join(', ') } : {}),
        influence:
          (shares
            ? shares.get(effect.prompt)
            : effect.changes.find((change) => change.arm === arm)?.elo) ?? 0,
      };
    }),
    width,
  });
}

/**
 * In a study of two arms, by prompt: how the win share changes when the prompt is left out, in points
 * of a hundred. Of n votes with the share s, m with the share t: (ns - mt) / (n - m) - s.
 */
function shareChanges(
  part: Pick<AnalysisPart, 'prompts' | 'votes'>,
  head: NonNullable<AnalysisPart['headToHead']>,
): Map<number, number> {
  const changes = new Map<number, number>();
  for (const { prompt, arms } of part.prompts) {
    const own = arms.find(({ arm }) => arm === head.arm);
    if (!own || own.share === null || head.share === null || own.votes >= part.votes) continue;
    const rest = (part.votes * head.share - own.votes * own.share) / (part.votes - own.votes);
    changes.set(prompt, 100 * (rest - head.share));
  }
  return changes;
}

/** The arm that prompts move most: the one whose changes are worth drawing. */
export function mostMoved(part: Pick<AnalysisPart, 'prompts'>): string | null {
  const sums = new Map<string, number>();
  for (const { changes } of part.prompts)
    for (const { arm, elo } of changes) sums.set(arm, (sums.get(arm) ?? 0) + elo * elo);
  let most: [string, number] | null = null;
  for (const entry of sums) if (most === null || entry[1] > most[1]) most = entry;
  return most === null ? null : most[0];
}

/** Between what each arm's rating moves when a rater or a prompt is left out. */
export function drawSensitivity(
  report: AnalysisReport,
  question: QuestionChoice,
  width: number,
): string {
  const part = chosenPart(report.parts, question);
  const { leaveOneRaterOut: raters = null, leaveOnePromptOut: prompts = null } = part ?? {};
  const range = (from: LeaveOut | null, arm: string) =>
    from?.arms.find((one) => one.arm === arm) ?? null;
  return leaveOutRanges({
    title: titleOf(report, part),
    description: `Elo of each arm, and its range when one rater or one prompt is left out. ${originOf(part)}.`,
    xLabel: 'Elo',
    ratersLabel: 'leaving one rater out',
    promptsLabel: 'leaving one prompt out',
    rows:
      (raters ?? prompts)?.arms.map(({ arm, elo }) => ({
        name: arm,
        value: elo,
        low: null,
        high: null,
        raters: range(raters, arm),
        prompts: range(prompts, arm),
      })) ?? [],
    width,
  });
}

/** How often people prefer the video that a metric scores higher. */
export function drawMetric(
  report: AnalysisReport,
  metric: string | undefined,
  question: QuestionChoice,
  width: number,
): string {
  const part = chosenPart(report.parts, question);
  const effect = part?.metrics.find((one) => one.metric === metric) ?? part?.metrics[0];
  const name = effect?.metric ?? metric ?? 'the score';
  return calibration({
    title: `${name} · ${part ? curveName(part) : report.study.title}`,
    description: `Share of decided votes for the video with the higher ${name}, by how far apart the two are. ${effect?.decided ?? 0} votes.`,
    xLabel: `How far apart the two videos are in ${name}; decided votes above`,
    yLabel: 'Votes for the higher score (%), 95 % interval',
    halfLabel: 'no relation',
    bins: (effect?.calibration ?? []).flatMap(({ mean, share, low, high, votes }) =>
      share === null || low === null || high === null
        ? []
        : [{ gap: mean, share, low, high, votes }],
    ),
    width,
  });
}

function titleOf(report: AnalysisReport, part: AnalysisPart | undefined): string {
  return part ? `${report.study.title} · ${curveName(part)}` : report.study.title;
}

function originOf(part: AnalysisPart | undefined): string {
  return part ? votesText(part.votes) : 'No votes yet';
}
