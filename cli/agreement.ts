import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type Agreement,
  agreementOf,
  agreementOfRatings,
} from '#lib/statistics/agreement/agreement.ts';
import type { AgreementValue } from '#lib/statistics/agreement/agreement-value.ts';
import { krippendorffAlpha } from '#lib/statistics/agreement/krippendorff.ts';
import { loadQuestions } from './question-votes.ts';
import { readRatingsMatrix } from './ratings-matrix.ts';
import { tableLines } from './table.ts';
import { skippedLines, type VoteFileFlags } from './vote-file.ts';

interface AgreementFlags extends VoteFileFlags {
  readonly matrix?: boolean;
  readonly coders: 'columns' | 'rows';
  readonly level: number;
  readonly json?: boolean;
}

/** `winnow agreement FILE`: how far raters agree, from a vote file or a table of ratings. */
export function registerAgreement(program: Command): void {
  program
    .command('agreement')
    .description("Agreement of raters: Krippendorff's alpha, Gwet's AC1, percent.")
    .argument('<file>', 'the vote file (model_a, model_b, winner, prompt, rater), or a table')
    .option('--matrix', 'the file is a CSV table of ratings: one row a unit, blank is missing')
    .addOption(
      new Option('--coders <where>', 'with --matrix: coders are its columns or its rows')
        .choices(['columns', 'rows'])
        .default('columns'),
    )
    .option('--level <share>', 'level of the intervals', level, 0.95)
    .option('--columns <map>', 'column names: a=left,b=right,winner=outcome,rater=who,prompt=item')
    .option('--values <map>', 'outcome words: left=x,right=y,tie=z')
    .option('--skip-bad-rows', 'leave out rows that are no votes, and count them')
    .option('--json', 'print the result as JSON (docs/agreement.md)')
    .action(async (file: string, flags: AgreementFlags) => {
      const result = flags.matrix
        ? await agreementOfMatrix(file, flags)
        : await agreementOfVotes(file, flags);
      const text = flags.json
        ? JSON.stringify(result.json, null, 2)
        : [...agreementLines(result.agreement, result.more, flags.level), ...result.notes].join(
            '\n',
          );
      process.stdout.write(`${text}\n`);
    });
}

interface Result {
  readonly agreement: Agreement;
  readonly more: readonly (readonly [string, AgreementValue | null])[];
  readonly json: object;
  readonly notes: readonly string[];
}

async function agreementOfVotes(file: string, flags: AgreementFlags): Promise<Result> {
  const loaded = await loadQuestions(file, flags, 0);
  const agreement = agreementOf(loaded.votes, flags.level);
  const json = {
    ...jsonOf(agreement),
    questions: loaded.questions.length,
    skippedRows: loaded.skipped,
  };
  return { agreement, more: [], json, notes: skippedLines(loaded) };
}

async function agreementOfMatrix(file: string, flags: AgreementFlags): Promise<Result> {
  const { ratings, raters, missing, isNumeric } = await readRatingsMatrix(file, flags.coders);
  const agreement = agreementOfRatings(ratings, raters, flags.level);
  const alpha = (metric: 'interval' | 'ratio') =>
    isNumeric ? krippendorffAlpha(ratings, metric, flags.level) : null;
  const [spaced, ratio] = [alpha('interval'), alpha('ratio')];
  return {
    agreement,
    more: isNumeric
      ? [
          ["Krippendorff's alpha, interval", spaced],
          ["Krippendorff's alpha, ratio", ratio],
        ]
      : [],
    json: { ...jsonOf(agreement), krippendorffInterval: spaced, krippendorffRatio: ratio, missing },
    notes: [`${missing} ratings are missing.`],
  };
}

function jsonOf({ alphaNominal, alphaOrdinal, ac1, percent, ...counts }: Agreement) {
  return {
    krippendorffNominal: alphaNominal,
    krippendorffOrdinal: alphaOrdinal,
    gwetAC1: ac1,
    percentAgreement: percent,
    ...counts,
  };
}

function agreementLines(agreement: Agreement, more: Result['more'], share: number): string[] {
  const { units, sharedUnits, ratings, raters } = agreement;
  const rows = [
    ["Krippendorff's alpha, nominal", agreement.alphaNominal],
    ["Krippendorff's alpha, ordinal", agreement.alphaOrdinal],
    ...more,
    ["Gwet's AC1", agreement.ac1],
    ['pairs of ratings that agree', agreement.percent],
  ] as const;
  const fixed = (value: number | null | undefined) => value?.toFixed(4) ?? '-';
  return [
    `${ratings} ratings of ${units} units by ${raters} raters; ${sharedUnits} units have two or more`,
    '',
    ...tableLines(
      [
        { title: 'measure', align: 'left' },
        { title: 'value', align: 'right' },
        { title: 'se', align: 'right' },
        { title: `${Number((share * 100).toFixed(1))} % interval`, align: 'right' },
      ],
      rows.map(([title, own]) => [
        title,
        fixed(own?.value),
        fixed(own?.se),
        own?.low == null ? '-' : `${fixed(own.low)} to ${fixed(own.high)}`,
      ]),
    ),
    '',
  ];
}

function level(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < 1)) {
    throw new InvalidArgumentError('It must be between 0 and 1.');
  }
  return value;
}
