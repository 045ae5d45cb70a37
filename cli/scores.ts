import type { Command } from 'commander';
import { platform } from '#lib/platform/platform.ts';
import { importScores } from '#lib/studies/scores/import-scores.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { parseStudyPath, type StudyPath } from './study-path.ts';
import { openFile } from './vote-file.ts';
import { withDatabase } from './with-database.ts';

/** `winnow scores STUDY FILE`: scores of a study's videos, to hold them against its votes. */
export function registerScores(program: Command): void {
  program
    .command('scores')
    .description('Add scores of a study’s videos, such as CLIP scores, to hold against its votes.')
    .argument('<project/study>', 'the study', parseStudyPath)
    .argument('<file>', 'CSV with arm, prompt and a column of numbers for each metric')
    .option('--json', 'print the result as JSON')
    .action(async (study: StudyPath, path: string, flags: { json?: boolean }) => {
      const done = await withDatabase(() =>
        importScores(platform(), COMMAND_LINE, {
          ...study,
          file: { name: path, bytes: openFile(path) },
        }),
      );
      const text = `${done.scores} scores taken in: ${done.metrics.join(', ')}.`;
      process.stdout.write(`${flags.json ? JSON.stringify(done) : text}\n`);
    });
}
