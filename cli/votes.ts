import type { Command } from 'commander';
import { platform } from '#lib/platform/platform.ts';
import { importVotes } from '#lib/studies/votes/import-votes.ts';
import { voteFileFormat } from '#lib/studies/votes/vote-file.ts';
import { COMMAND_LINE } from './command-line-actor.ts';
import { parseStudyPath, type StudyPath } from './study-path.ts';
import { columnsFlag, guessFormat, openFile, valuesFlag } from './vote-file.ts';
import { withDatabase } from './with-database.ts';

interface ImportFlags {
  study: StudyPath;
  question?: string;
  columns?: string;
  values?: string;
  json?: boolean;
}

/** `winnow votes import FILE`: votes that were cast elsewhere, into a study. */
export function registerVotes(program: Command): void {
  program
    .command('votes')
    .description('Work with the votes of a study.')
    .command('import')
    .description('Add votes that were cast elsewhere, marked as imported.')
    .argument('<file>', 'CSV or JSONL with model_a, model_b, winner (and rater, prompt)')
    .requiredOption('--study <project/study>', 'the study', parseStudyPath)
    .option('--question <key>', 'the question that the votes answer, where the study has several')
    .option(
      '--columns <names>',
      'other columns: a=left,b=right,winner=outcome,rater=...,prompt=...',
    )
    .option('--values <words>', 'other words for outcomes: left=x,right=y,tie=z')
    .option('--json', 'print the result as JSON')
    .action(async (path: string, flags: ImportFlags) => {
      const format = voteFileFormat(path) ?? (await guessFormat(path));
      const done = await withDatabase(() =>
        importVotes(platform(), COMMAND_LINE, {
          ...flags.study,
          question: flags.question,
          file: { name: path, format, bytes: openFile(path) },
          columns: columnsFlag(flags.columns),
          values: valuesFlag(flags.values),
        }),
      );
      const known = done.votes - done.imported;
      const rest = known > 0 ? ` ${known} were there already.` : '';
      const text = `${done.imported} votes imported.${rest}`;
      process.stdout.write(`${flags.json ? JSON.stringify(done) : text}\n`);
    });
}
