import { contrastRejections } from './coverage/contrast-size.ts';
import { intervalCoverage, type Measured } from './coverage/interval-coverage.ts';
import { DESIGN, type Truth } from './coverage/paper-design.ts';
import { measurePairChoice, measurePower, measureStopping } from './coverage/planning.ts';
import { rankRangeCoverage } from './coverage/rank-coverage.ts';

/** Standard deviations of taste for an arm, natural-log units: about 105 Elo. */
const SD = 0.6;
const SCENARIOS: readonly {
  readonly name: string;
  readonly raterSd: number;
  readonly promptSd: number;
}[] = [
  { name: 'no effects', raterSd: 0, promptSd: 0 },
  { name: 'rater effects', raterSd: SD, promptSd: 0 },
  { name: 'prompt effects', raterSd: 0, promptSd: SD },
  { name: 'rater and prompt effects', raterSd: SD, promptSd: SD },
];
const KINDS = ['model', 'hc0', 'rater', 'prompt', 'two-way'] as const;
const STRENGTHS = [0, 0.2, 0.3, -0.1];
/** The optimum in the middle that the paper saw. */
const MIDDLE: Truth = { theta: [-0.15, 0.08, 0.2, -0.13], raterSd: 0.3, promptSd: 0.3 };
/** Without any effect the two-way error is the noisiest, which the omnibus test feels: 6.5 %. */
const OMNIBUS = [0.04, 0.07] as const;
const STUDIES = { intervals: 4000, bootstrap: 150, contrasts: 12_000, power: 4000, ranks: 1500 };

/**
 * Whether intervals and tests hold what they say, on simulated studies of the paper's design (4 arms,
 * 64 prompts, 40 raters, 1,152 votes, Davidson). Each figure comes with its Monte Carlo error, twice
 * which is granted; a goal that is missed makes the exit status 1.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const { arms, prompts, raters, nu } = DESIGN;
  print(`${arms} arms, ${prompts} prompts, ${raters} raters, 1,152 votes, ties nu = ${nu}`);
  const judge = judgeBy(print);
  print(`coverage of 95 % intervals, mean over arms, ${STUDIES.intervals} studies each`);
  for (const { name, ...effects } of SCENARIOS) {
    const truth = { theta: STRENGTHS, ...effects };
    const found = intervalCoverage(truth, KINDS, STUDIES.intervals, `coverage ${name}`);
    for (const [kind, measured] of found) {
      judge(`${name}: ${kind}`, measured, kind === 'two-way' ? [0.93, 0.97] : null);
    }
    const resampled = intervalCoverage(
      truth,
      ['bootstrap'],
      STUDIES.bootstrap,
      `resampled ${name}`,
    );
    for (const [kind, measured] of resampled) judge(`${name}: ${kind}`, measured, [0.93, 1]);
  }
  print(`size of the contrasts at 5 %, equal arms, two-way, ${STUDIES.contrasts} studies each`);
  for (const { name, ...effects } of SCENARIOS) {
    const truth = { theta: [0, 0, 0, 0], ...effects };
    for (const [contrast, measured] of contrastRejections(
      truth,
      STUDIES.contrasts,
      `size ${name}`,
    )) {
      judge(`${name}: ${contrast}`, measured, contrast === 'omnibus' ? OMNIBUS : [0.04, 0.06]);
    }
  }
  print(`power of the contrasts at 5 %, optimum in the middle, ${STUDIES.power} studies`);
  for (const [contrast, measured] of contrastRejections(MIDDLE, STUDIES.power, 'power')) {
    judge(contrast, measured, contrast === 'quadratic' ? [0.7, 1] : null);
  }
  print(`rank ranges of all arms at once, 95 %, ${STUDIES.ranks} studies each`);
  for (const [name, theta] of [
    ['equal arms', [0, 0, 0, 0]],
    ['close arms', [0, 0.1, 0.2, 0.3]],
  ] as const) {
    const truth = { theta, raterSd: SD, promptSd: SD };
    judge(name, rankRangeCoverage(truth, STUDIES.ranks, name), [0.95, 1]);
  }
  print('stopping, planning and pair choice');
  const indented = (line: string) => print(`  ${line}`);
  measureStopping(indented);
  measurePower(indented);
  measurePairChoice(indented);
}

type Judge = (what: string, measured: Measured, goal: readonly [number, number] | null) => void;

/** Prints a figure and, where its goal is missed by more than chance, fails the run. */
function judgeBy(print: (line: string) => void): Judge {
  return (what, { share, error }, goal) => {
    const percent = (value: number, digits: number) => (value * 100).toFixed(digits);
    const isMet = !goal || (share + 2 * error >= goal[0] && share - 2 * error <= goal[1]);
    if (!isMet) process.exitCode = 1;
    const wanted = goal ? `   goal ${percent(goal[0], 0)} to ${percent(goal[1], 0)} %` : '';
    const figure = `${percent(share, 1).padStart(6)} % +- ${percent(error, 2)}`;
    print(`  ${what.padEnd(36)} ${figure}${wanted}${isMet ? '' : '   MISSED'}`);
  };
}
