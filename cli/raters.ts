import { type Command, InvalidArgumentError } from 'commander';
import { raterFlags } from '#lib/statistics/raters/rater-flags.ts';
import type { RaterQuality } from '#lib/statistics/raters/rater-quality.ts';
import { demandRaters, loadQuestions, type QuestionVotes } from './question-votes.ts';
import { type TableColumn, tableLines } from './table.ts';
import { skippedLines, type VoteFileFlags } from './vote-file.ts';

interface RatersFlags extends VoteFileFlags {
  readonly alpha: number;
  readonly tooFast: number;
  readonly json?: boolean;
}

/** `winnow raters FILE`: how each rater of a vote file answers, and who is flagged. */
export function registerRaters(program: Command): void {
  program
    .command('raters')
    .description('Find raters of a vote file who answer at random, press one button or promote.')
    .argument('<file>', 'the vote file: model_a, model_b, winner, rater (and question, marks)')
    .option('--alpha <share>', 'how many honest raters may be flagged', share, 0.05)
    .option('--too-fast <seconds>', 'where decision_ms is told without marks', seconds, 1)
    .option('--columns <map>', 'column names: a=left,b=right,winner=outcome,rater=who,prompt=item')
    .option('--values <map>', 'outcome words: left=x,right=y,tie=z')
    .option('--skip-bad-rows', 'leave out rows that are no votes, and count them')
    .option('--json', 'print the result as JSON (docs/raters.md)')
    .action(async (file: string, flags: RatersFlags) => {
      const loaded = await loadQuestions(file, flags, flags.tooFast);
      demandRaters(file, loaded);
      const { votes, fast, unwatched, skipped } = loaded;
      const raters = raterFlags(votes, { fast, unwatched }, { alpha: flags.alpha });
      if (flags.json) {
        const result = { alpha: flags.alpha, questions: loaded.questions, raters };
        process.stdout.write(`${JSON.stringify({ ...result, skippedRows: skipped }, null, 2)}\n`);
        return;
      }
      const lines = [...ratersLines(raters, loaded, flags.alpha), ...skippedLines(loaded)];
      process.stdout.write(`${lines.join('\n')}\n`);
    });
}

function ratersLines(
  raters: readonly RaterQuality[],
  { votes, questions }: QuestionVotes,
  alpha: number,
): string[] {
  const flagged = raters.filter(({ flags }) => flags.length > 0);
  const count = votes.reduce((sum, { left }) => sum + left.length, 0);
  const asked = questions.length > 1 ? ` on ${questions.length} questions` : '';
  const rows = [...flagged, ...raters.filter(({ flags }) => flags.length === 0)];
  return [
    `${raters.length} raters, ${count} votes${asked}: ${flagged.length} flagged (an honest rater is with a chance of ${percent(alpha)} at most)`,
    '',
    ...tableLines(COLUMNS, rows.map(cellsOf)),
    '',
    ...flagged.flatMap(({ rater, flags }) => flags.map(({ reason }) => `${rater}: ${reason}`)),
  ];
}

const COLUMNS: readonly TableColumn[] = [
  { title: 'rater', align: 'left' },
  ...[
    'votes',
    'left',
    'right',
    'ties',
    'fast',
    'unwatched',
    'e random',
    'e side',
    'e promoter',
  ].map((title) => ({ title, align: 'right' as const })),
  { title: 'flags', align: 'left' },
];

function cellsOf(quality: RaterQuality): string[] {
  const { sideBias, fastShare, unwatchedShare, ePromoter } = quality;
  return [
    quality.rater,
    String(quality.votes),
    String(sideBias.left),
    String(sideBias.right),
    String(quality.ties),
    fastShare === null ? '-' : percent(fastShare),
    unwatchedShare === null ? '-' : percent(unwatchedShare),
    eValue(quality.eRandom),
    eValue(quality.eSide),
    eValue(ePromoter.e),
    quality.flags.map(({ code }) => code).join(', '),
  ];
}

function eValue(e: number): string {
  if (e >= 1e6) return '> 1e6';
  return e >= 100 ? e.toFixed(0) : e >= 0.01 ? e.toFixed(2) : '< 0.01';
}

const percent = (value: number): string => `${Number((value * 100).toFixed(1))} %`;

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < 1)) {
    throw new InvalidArgumentError('It must be between 0 and 1.');
  }
  return value;
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < 1e6)) {
    throw new InvalidArgumentError('It must be a number of seconds.');
  }
  return value;
}
