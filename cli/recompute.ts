import { type Command, InvalidArgumentError } from 'commander';
import { platform } from '#lib/platform/platform.ts';
import { recomputeSnapshot } from '#lib/reports/snapshots/recompute-snapshot.ts';
import { findSnapshot } from '#lib/reports/snapshots/request-recompute.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { parseStudyPath, type StudyPath } from './study-path.ts';
import { withDatabase } from './with-database.ts';

/** `winnow recompute PROJECT/STUDY SNAPSHOT`: the numbers of a frozen report, from the raw votes. */
export function registerRecompute(program: Command): void {
  program
    .command('recompute')
    .description(
      'Compute a snapshot of a study again from the raw votes and compare every digit; exit status 2 when one differs.',
    )
    .argument('<project/study>', 'the study', parseStudyPath)
    .argument('<snapshot>', 'the number in the address of the frozen report', wholeNumber)
    .option('--json', 'print the result as JSON')
    .action(async (study: StudyPath, snapshot: number, flags: { json?: boolean }) => {
      const found = await withDatabase(async (signal) =>
        recomputeSnapshot(
          platform(),
          await findSnapshot(platform(), COMMAND_LINE, { ...study, snapshot }),
          signal,
        ),
      );
      const lines = [
        found.text,
        ...found.differences.map(
          ({ path, stored, computed }) => `  ${path}: stored ${stored}, computed ${computed}`,
        ),
      ];
      process.stdout.write(`${flags.json ? JSON.stringify(found, null, 2) : lines.join('\n')}\n`);
      if (!found.isIdentical) process.exitCode = 2;
    });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Write a number from 1.');
  return Number(text);
}
