import { planStudy } from '#lib/statistics/planning/plan-study.ts';
import { falseAlarmsOfShares, type PeekedStudy, peekAtStudies } from './false-alarms.ts';
import { simulatePairChoice, votesUntil } from './pair-choice.ts';
import { simulatePlan } from './simulate-plan.ts';

type Print = (line: string) => void;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Most false alarms under continuous peeking. */
const MOST_ALARMS = 0.05;

/** What a share of false alarms is worth; by more than chance too many fails the run. */
function judge(share: number, studies: number): string {
  const error = Math.sqrt((MOST_ALARMS * (1 - MOST_ALARMS)) / studies);
  const isMet = share <= MOST_ALARMS + 2 * error;
  if (!isMet) process.exitCode = 1;
  return `goal ${percent(MOST_ALARMS)} or less${isMet ? '' : '   MISSED'}`;
}

/** How often an early "resolved" is wrong, if one looks all the time. */
export function measureStopping(print: Print): void {
  const shares = falseAlarmsOfShares({ studies: 4000, votes: 1000, seed: 1 });
  print(
    `two equal models, a look after every vote, 4,000 studies: false alarms ${percent(shares.anytime)}, at 1.96 errors ${percent(shares.fixed)}   ${judge(shares.anytime, 4000)}`,
  );
  const base: PeekedStudy = {
    ...{ arms: 4, raters: 40, votesPerRater: 30, prompts: 64, effects: 0 },
    ...{ order: 'one-by-one', looksEvery: 15 },
  };
  const studies = 300;
  if (shares.anytime > 0.05) process.exitCode = 1;
  const equal: [string, PeekedStudy][] = [
    ['4 equal arms', base],
    ['4 equal arms, raters and prompts differ', { ...base, effects: 0.3 }],
    ['2 equal arms, raters and prompts differ', { ...base, arms: 2, effects: 0.3 }],
    ['2 equal arms, 20 raters who differ much', { ...base, arms: 2, raters: 20, effects: 0.6 }],
    [
      '2 equal arms, 30 raters at once',
      { ...base, arms: 2, raters: 30, effects: 0.6, order: 'together' },
    ],
  ];
  for (const [name, study] of equal) {
    const { wrong, fixed } = peekAtStudies(study, studies, 3);
    // Beyond 5 % by more than twice the Monte Carlo error.
    if (wrong - 2 * Math.sqrt((wrong * (1 - wrong)) / studies) > 0.05) process.exitCode = 1;
    print(
      `stop advice, ${name}, a look every 15 votes: false alarms ${percent(wrong)}, at 1.96 errors ${percent(fixed)}   ${judge(wrong, studies)}`,
    );
  }
  for (const lead of [0.3, 0.6, 0.9]) {
    const found = peekAtStudies({ ...base, effects: 0.2, lead }, studies, 3);
    print(
      `stop advice, best of 4 arms ahead by ${Math.round((lead * 400) / Math.LN10)} Elo: resolved ${percent(found.resolved)}, wrong arm ${percent(found.wrong)}, ${percent(found.votesUsed)} of 1,200 votes used, given up too soon ${percent(found.givenUpTooSoon)}`,
    );
  }
}

/** Whether planned studies find what they were planned for. */
export function measurePower(print: Print): void {
  const base = { arms: 4, gapElo: 50, power: 0.8, prompts: 64 };
  for (const request of [
    base,
    { ...base, tieRate: 0.25 },
    { ...base, gapElo: 60, raterSdElo: 60, promptSdElo: 60 },
    { ...base, arms: 10, gapElo: 60, raterSdElo: 100, promptSdElo: 40, pairsPerRater: 20 },
    { ...base, arms: 2, gapElo: 60, prompts: 40, raterSdElo: 100 },
  ]) {
    const plan = planStudy(request);
    const { power, sdElo, studies } = simulatePlan(plan, 1000, 1);
    print(
      `plan ${JSON.stringify(request)}: ${plan.votes} votes, planned power ${percent(plan.achievedPower ?? 0)}, in ${studies} studies ${percent(power)}; error ${plan.seElo?.toFixed(1)}, in studies ${sdElo.toFixed(1)} Elo`,
    );
  }
}

/** How many votes choosing pairs by information saves. */
export function measurePairChoice(print: Print): void {
  for (const [name, step] of [
    ['widely spread (174 Elo apart)', 1],
    ['tightly spread (17 Elo apart)', 0.1],
  ] as const) {
    const study = { truth: Array.from({ length: 10 }, (_, i) => i * step), votes: 1500, batch: 30 };
    const even = simulatePairChoice({ ...study, explorationFloor: 1 }, 'even', 200, 1);
    const chosen = simulatePairChoice({ ...study, explorationFloor: 0.2 }, 'informative', 200, 2);
    const reached = (what: 'error' | 'disorder'): string =>
      votesUntil(chosen, what, even[what].at(-1) ?? 0)?.toLocaleString('en-US') ?? 'more';
    print(
      `pair choice, 10 models ${name}: the error of 1,500 even votes after ${reached('error')}, the order after ${reached('disorder')}`,
    );
  }
}
