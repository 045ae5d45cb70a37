import { type Command, InvalidArgumentError } from 'commander';
import type { PlanRequest } from '#lib/statistics/planning/plan-request.ts';
import { planStudy, type StudyPlan } from '#lib/statistics/planning/plan-study.ts';
import { tableLines } from './table.ts';

interface PlanFlags {
  arms: number;
  gap: number;
  power: number;
  prompts: number;
  level?: number;
  ties?: number;
  raterSd?: number;
  promptSd?: number;
  pairsPerRater?: number;
  votesPerComparison?: number;
  joint?: boolean;
  seconds: number;
  json?: boolean;
}

/** `winnow plan`: how many votes and raters a study needs, without database or server. */
export function registerPlan(program: Command): void {
  program
    .command('plan')
    .description('How many votes and raters find a difference of some Elo points (docs/plan.md).')
    .requiredOption('--arms <number>', 'models compared, each with every other', number)
    .requiredOption('--gap <elo>', 'the difference that shall be found', number)
    .option('--power <share>', 'the chance to find it', number, 0.8)
    .requiredOption('--prompts <number>', 'prompts that every pair of models is shown on', number)
    .option('--level <share>', 'of the interval that must leave out zero (default 0.95)', number)
    .option('--ties <share>', 'share of ties between equal models (default 0)', number)
    .option('--rater-sd <elo>', 'how much raters differ about each model (default 0)', number)
    .option('--prompt-sd <elo>', 'how much prompts differ about each model (default 0)', number)
    .option('--pairs-per-rater <number>', 'pairs that one rater answers (default 30)', number)
    .option(
      '--votes-per-comparison <number>',
      'fix this, and learn the power that it gives',
      number,
    )
    .option('--joint', 'hold the level for all pairs of models at once')
    .option('--seconds <number>', 'that one pair takes a rater', seconds, 20)
    .option('--json', 'print the plan as JSON (docs/plan.md)')
    .action((flags: PlanFlags) => {
      const plan = planStudy(requestOf(flags));
      const minutes = plan.votes === null ? null : Math.ceil((plan.votes * flags.seconds) / 60);
      if (flags.json) {
        const result = { ...plan, secondsPerPair: flags.seconds, minutes };
        process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
        return;
      }
      process.stdout.write(`${planLines(plan, flags.seconds, minutes).join('\n')}\n`);
    });
}

function requestOf(flags: PlanFlags): PlanRequest {
  return {
    arms: flags.arms,
    gapElo: flags.gap,
    power: flags.power,
    prompts: flags.prompts,
    level: flags.level,
    tieRate: flags.ties,
    raterSdElo: flags.raterSd,
    promptSdElo: flags.promptSd,
    pairsPerRater: flags.pairsPerRater,
    votesPerCell: flags.votesPerComparison,
    isJoint: flags.joint,
  };
}

function planLines(plan: StudyPlan, perPair: number, minutes: number | null): string[] {
  const { request } = plan;
  const aim = request.votesPerCell === null ? ` with power ${request.power}` : '';
  const head = `${request.arms} arms on ${request.prompts} prompts, to find a difference of ${request.gapElo} Elo${aim}:`;
  const assumptions = assumptionLines(plan);
  if (plan.votes === null) return [head, '', ...unreachableLines(plan), '', ...assumptions];
  const rows = [
    [
      'votes a question',
      whole(plan.votes),
      `${whole(plan.cells)} comparisons x ${plan.votesPerCell}`,
    ],
    ['votes a pair of arms', whole(plan.votesPerPair), ''],
    [
      'votes a comparison',
      whole(plan.votesPerCell),
      plan.leastVotes === null
        ? ''
        : `fractions would do with ${whole(plan.leastVotes)} votes a question`,
    ],
    ['raters', whole(plan.raters), `${request.pairsPerRater} pairs each`],
    [
      'minutes of all raters',
      whole(minutes),
      `${perPair} s a pair; all questions of a pair are answered together`,
    ],
    ['power', (plan.achievedPower ?? 0).toFixed(3), ''],
    ['standard error', (plan.seElo ?? 0).toFixed(1), 'Elo, of the difference'],
  ];
  const [, ...table] = tableLines(
    [
      { title: '', align: 'left' },
      { title: '', align: 'right' },
      { title: '', align: 'left' },
    ],
    rows,
  );
  return [head, '', ...table, '', ...assumptions];
}

function unreachableLines({ request, promptsAbove }: StudyPlan): string[] {
  const more =
    promptsAbove === null
      ? 'A million prompts would not do.'
      : `It takes more than ${whole(promptsAbove)} prompts, and many votes unless they are far more.`;
  return [
    `No number of votes is enough: prompts that differ by ${request.promptSdElo} Elo leave too large an error with ${request.prompts} of them. ${more}`,
  ];
}

function assumptionLines({ request }: StudyPlan): string[] {
  const { level, tieRate, raterSdElo, promptSdElo } = request;
  const what = request.isJoint ? 'all pairs of arms at once' : 'one pair of arms named before';
  const spread =
    raterSdElo === 0 && promptSdElo === 0
      ? 'raters and prompts that do not differ'
      : `raters that differ by ${raterSdElo} Elo and prompts by ${promptSdElo} Elo (standard deviations)`;
  const lines = [
    `Assumes: every pair of arms equally often; ${percent(level)} intervals clustered by raters and prompts, for ${what}; the other arms in the middle between the two; ${percent(tieRate)} ties between equal arms; ${spread}; one look, at the end.`,
  ];
  if (raterSdElo === 0 || promptSdElo === 0) {
    lines.push(
      'Raters and prompts do differ in most studies, which takes more votes: see --rater-sd and --prompt-sd.',
    );
  }
  return lines;
}

const whole = (value: number | null): string => (value ?? 0).toLocaleString('en-US');
const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new InvalidArgumentError('It must be a number.');
  }
  return value;
}

function seconds(text: string): number {
  const value = number(text);
  if (!(value > 0 && value <= 86_400)) {
    throw new InvalidArgumentError('It must be above 0 and at most 86,400.');
  }
  return value;
}
