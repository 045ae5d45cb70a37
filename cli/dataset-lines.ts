import type { DatasetSummary, Validation, VersionDetail } from '#lib/datasets/schema.ts';
import { type TableColumn, tableLines } from './table.ts';

const SHOWN_PROBLEMS = 20;
const LIST: readonly TableColumn[] = [
  { title: 'dataset', align: 'left' },
  { title: 'version', align: 'right' },
  { title: 'state', align: 'left' },
  { title: 'clips', align: 'right' },
  { title: 'refused', align: 'right' },
  { title: 'hash', align: 'left' },
];
const COLUMNS: readonly TableColumn[] = [
  { title: 'column', align: 'left' },
  { title: 'kind', align: 'left' },
  { title: 'from', align: 'left' },
  { title: 'missing', align: 'right' },
  { title: 'NaN', align: 'right' },
];

/** The datasets of a project, a line for each version. */
export function datasetLines(datasets: readonly DatasetSummary[]): string[] {
  const rows = datasets.flatMap(({ slug, versions }) =>
    versions.map(({ number, state, clips, refused, hash }) => [
      slug,
      String(number),
      state,
      clips === null ? '' : String(clips),
      refused === null ? '' : String(refused),
      hash?.slice(0, 12) ?? '',
    ]),
  );
  return tableLines(LIST, rows);
}

/** One version: counts, columns, what was refused. */
export function versionLines(version: VersionDetail): string[] {
  const { dataset, number, state, clips, columns, validation, hash, problem } = version;
  return [
    `${dataset}, version ${number}: ${clips === null ? state : `${clips} clips`}`,
    ...(hash === null ? [] : [`hash ${hash}`]),
    ...(problem === null ? [] : [problem]),
    ...(columns.length === 0
      ? []
      : tableLines(
          COLUMNS,
          columns.map(({ name, kind, from, missing, notFinite }) => [
            name,
            kind,
            from ?? '',
            String(missing),
            String(notFinite),
          ]),
        )),
    ...(validation === null ? [] : refusedLines(validation)),
  ];
}

/** The rows that were refused: how many for each reason, and the first of them. */
export function refusedLines({
  refused,
  rows,
  reasons,
  problems,
  passedOver,
}: Validation): string[] {
  const skipped = passedOver.map(({ file, reason }) => `passed over ${file}: ${reason}`);
  if (refused === 0) return skipped;
  return [
    `${refused} of ${rows} rows refused:`,
    ...reasons.map(
      (reason) =>
        `  ${reason.rows} x ${reason.column === null ? '' : `${reason.column}: `}${reason.message}`,
    ),
    ...problems
      .slice(0, SHOWN_PROBLEMS)
      .map(
        ({ file, row, column, value, message }) =>
          `  ${file}, row ${row}${column === null ? '' : `, ${column}`}${value === null ? '' : ` = ${JSON.stringify(value)}`}: ${message}`,
      ),
    ...skipped,
  ];
}

/** How far a registration is, in one line. */
export function progressText({ progress }: VersionDetail): string {
  if (progress === null || progress.phase === 'listing') return 'Looking for the files ...';
  const { phase, files, filesDone, rows } = progress;
  if (phase === 'reading') return `${filesDone} of ${files} files read, ${rows} rows`;
  if (phase === 'sorting') return 'Sorting the clips ...';
  return phase === 'writing' ? `Writing the table: ${rows} clips` : 'Describing the scores ...';
}
