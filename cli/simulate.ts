import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { AppError } from '#lib/core/errors.ts';
import { platform } from '#lib/platform/platform.ts';
import { simulateRaters } from '#lib/studies/simulation/simulate-raters.ts';
import { type Truth, truthSchema } from '#lib/studies/simulation/truth.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { progressLine } from './progress-line.ts';
import { parseStudyPath, type StudyPath } from './study-path.ts';
import { withDatabase } from './with-database.ts';

interface SimulateFlags {
  study: StudyPath;
  truth: string;
  votes: number;
  seed: number;
  json?: boolean;
}

/** `winnow simulate`: votes of simulated raters, from a stated truth. */
export function registerSimulate(program: Command): void {
  program
    .command('simulate')
    .description('Fill a running study with votes of simulated raters, marked as such.')
    .requiredOption('--study <project/study>', 'the study', parseStudyPath)
    .requiredOption('--truth <file>', 'YAML: the strengths of the arms (docs/simulate.md)')
    .requiredOption('--votes <number>', 'how many votes', wholeNumber)
    .option('--seed <number>', 'another seed gives other raters', wholeNumber, 1)
    .option('--json', 'print the result as JSON')
    .action(async ({ study, truth, votes, seed, json }: SimulateFlags) => {
      const stated = await readTruth(truth);
      const line = progressLine(process.stderr);
      const done = await withDatabase((signal) =>
        simulateRaters(
          platform(),
          COMMAND_LINE,
          { ...study, truth: stated, votes, seed },
          { signal, onProgress: (count) => line.show(`${count} of ${votes} votes`) },
        ),
      ).finally(() => line.clear());
      const end = done.isFull ? ' The study has no more work.' : '';
      const text = `${done.votes} votes by ${done.raters} simulated raters.${end}`;
      process.stdout.write(`${json ? JSON.stringify(done) : text}\n`);
    });
}

async function readTruth(path: string): Promise<Truth> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new AppError('NOT_FOUND', `There is no file ${path}.`);
  });
  const parsed = truthSchema.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`,
  );
  throw new AppError('BAD_INPUT', `${path} is not a truth: ${problems.join('; ')}.`);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 0.');
  return Number(text);
}
