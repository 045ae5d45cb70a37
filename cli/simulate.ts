import { type Command, InvalidArgumentError } from 'commander';
import { AppError } from '#lib/core/errors.ts';
import { platform } from '#lib/platform/platform.ts';
import { simulateRaters } from '#lib/studies/simulation/simulate-raters.ts';
import type { Truth } from '#lib/studies/simulation/truth.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { progressLine } from './progress-line.ts';
import { writeSimulatedVotes } from './simulated-votes.ts';
import { parseStudyPath, type StudyPath } from './study-path.ts';
import { readTruth } from './truth-file.ts';
import { withDatabase } from './with-database.ts';

interface SimulateFlags {
  study?: StudyPath;
  truth: string;
  votes: number;
  seed: number;
  json?: boolean;
  out?: string;
  prompts: number;
  raters?: number;
  question?: string;
  ties: boolean;
}

/** `winnow simulate`: votes of simulated raters, from a stated truth. */
export function registerSimulate(program: Command): void {
  program
    .command('simulate')
    .description('Votes of simulated raters, marked as such: into a running study, or as a file.')
    .requiredOption('--truth <file>', 'YAML: the strengths of the arms (docs/simulate.md)')
    .requiredOption('--votes <number>', 'how many votes', wholeNumber)
    .option('--study <project/study>', 'the study; without it, a vote file is made', parseStudyPath)
    .option('--seed <number>', 'another seed gives other raters', wholeNumber, 1)
    .option('--json', 'with --study: print the result as JSON')
    .option('--out <file>', 'without --study: the CSV file; standard output if left out')
    .option('--prompts <number>', 'without --study: how many prompts', wholeNumber, 64)
    .option(
      '--raters <number>',
      'without --study: how many; by default one for 30 votes',
      wholeNumber,
    )
    .option('--question <key>', 'without --study: only this question of the truth')
    .option('--no-ties', 'without --study: raters must choose')
    .action(async (flags: SimulateFlags) => {
      const truth = await readTruth(flags.truth);
      if (flags.study) await fillStudy(flags.study, truth, flags);
      else await makeFile(truth, flags);
    });
}

async function fillStudy(
  study: StudyPath,
  truth: Truth,
  { votes, seed, json, out }: SimulateFlags,
): Promise<void> {
  if (out !== undefined)
    throw new AppError('BAD_INPUT', 'Give either --study or --out: votes go to one of the two.');
  const line = progressLine(process.stderr);
  const done = await withDatabase((signal) =>
    simulateRaters(
      platform(),
      COMMAND_LINE,
      { ...study, truth, votes, seed },
      { signal, onProgress: (count) => line.show(`${count} of ${votes} votes`) },
    ),
  ).finally(() => line.clear());
  const end = done.isFull ? ' The study has no more work.' : '';
  const text = `${done.votes} votes by ${done.raters} simulated raters.${end}`;
  process.stdout.write(`${json ? JSON.stringify(done) : text}\n`);
}

async function makeFile(truth: Truth, flags: SimulateFlags): Promise<void> {
  const { votes, prompts, seed, question, out } = flags;
  const asked = question === undefined ? truth.questions : pick(truth, question);
  const shown = votes / Math.max(1, Object.keys(asked).length);
  const raters = flags.raters ?? Math.max(1, Math.ceil(shown / VOTES_A_RATER));
  if (raters === 0 || prompts === 0)
    throw new AppError('BAD_INPUT', '--raters and --prompts must be 1 or more.');
  const mayTie = Object.values(asked).some(({ tie }) => tie > 0);
  const plan = { truth: { ...truth, questions: asked }, votes, prompts, raters, seed };
  await writeSimulatedVotes({ ...plan, allowTies: flags.ties && mayTie }, out ?? null);
  if (out !== undefined)
    process.stdout.write(`${votes} votes by ${raters} simulated raters in ${out}.\n`);
}

const VOTES_A_RATER = 30;

function pick({ questions }: Truth, key: string): Truth['questions'] {
  const question = questions[key];
  if (question !== undefined) return { [key]: question };
  const known = Object.keys(questions).map((name) => `"${name}"`);
  throw new AppError(
    'BAD_INPUT',
    `The truth has no question "${key}"; it has ${known.join(', ')}.`,
  );
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 0.');
  return Number(text);
}
