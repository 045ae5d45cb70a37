import { type Command, InvalidArgumentError } from 'commander';
import { platform } from '#lib/platform/platform.ts';
import { simulateRaters } from '#lib/studies/simulation/simulate-raters.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { progressLine } from './progress-line.ts';
import { parseStudyPath, type StudyPath } from './study-path.ts';
import { readTruth } from './truth-file.ts';
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

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 0.');
  return Number(text);
}
