import type { AxisCurve } from '../axis-report/schema.ts';
import type { Snapshot } from '../schema.ts';
import type { ReportView } from '../study-report/schema.ts';
import { escapeLatex } from './escape-latex.ts';

/** A table of a paper; numbers stand right. */
export interface PaperTable {
  /** Of its file and label: `ratings-visual-quality`. */
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly { readonly header: string; readonly isNumber?: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

/** Booktabs LaTeX: `\usepackage{booktabs}`. */
export function tableLatex({ name, caption, columns, rows }: PaperTable): string {
  const line = (cells: readonly string[]) => `    ${cells.map(escapeLatex).join(' & ')} \\\\`;
  return `${[
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${escapeLatex(caption)}}`,
    `  \\label{tab:${name}}`,
    `  \\begin{tabular}{${columns.map(({ isNumber }) => (isNumber ? 'r' : 'l')).join('')}}`,
    '    \\toprule',
    line(columns.map(({ header }) => header)),
    '    \\midrule',
    ...rows.map(line),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
  ].join('\n')}\n`;
}

type Report = Pick<ReportView, 'study' | 'arms' | 'questions' | 'snapshots'>;

/** The ratings of one question or of the mean; two arms are told by their win shares. */
export function ratingsTable(report: Report, snapshot: Snapshot): PaperTable {
  const { key, wording } = questionOf(report, snapshot.question);
  const isTwoArms = report.arms.length === 2;
  const hasIntervals = snapshot.arms.some(({ eloLow }) => eloLow !== null);
  const name = { header: 'Arm', cell: (arm: Arm) => arm.name };
  const columns: { header: string; isNumber?: boolean; cell: (arm: Arm) => string }[] = [
    name,
    ...(isTwoArms
      ? []
      : [
          { header: 'Elo', isNumber: true, cell: (arm: Arm) => whole(arm.elo) },
          ...(hasIntervals
            ? [
                {
                  header: '95 % interval',
                  isNumber: true,
                  cell: ({ eloLow, eloHigh }: Arm) => range(eloLow, eloHigh, whole),
                },
                {
                  header: 'Ranks',
                  isNumber: true,
                  cell: ({ rankLow, rankHigh }: Arm) =>
                    rankLow === rankHigh
                      ? text(rankLow, String)
                      : range(rankLow, rankHigh, String, '–'),
                },
                {
                  header: 'P(best)',
                  isNumber: true,
                  cell: ({ pBest }: Arm) => text(pBest, (value) => value.toFixed(2)),
                },
              ]
            : []),
        ]),
    {
      header: 'Win share',
      isNumber: true,
      cell: ({ winShare }) => text(winShare, percent),
    },
    ...(isTwoArms
      ? [
          {
            header: '95 % interval',
            isNumber: true,
            cell: (arm: Arm) =>
              arm.winShare === null ? '–' : range(arm.winShareLow, arm.winShareHigh, percent),
          },
        ]
      : []),
    {
      header: 'Won / tied / lost',
      isNumber: true,
      cell: ({ wins, ties, losses }) => `${wins} / ${ties} / ${losses}`,
    },
  ];
  return {
    name: `ratings-${key}`,
    caption: `${report.study.title}: ${wording} ${snapshot.votes} votes.`,
    columns: columns.map(({ header, isNumber }) => ({ header, isNumber: isNumber ?? false })),
    rows: snapshot.arms.map((arm) =>
      columns
        .map(({ cell }) => cell(arm))
        .map((value, place) => (place === 0 && arm.provisional ? `${value} (provisional)` : value)),
    ),
  };
}

type Arm = Snapshot['arms'][number];

/** Elo differences to the reference arm along the axis. */
export function differencesTable(report: Report, curve: AxisCurve): PaperTable {
  const isFraction = report.study.axis?.kind === 'removed-fraction';
  const reference = curve.points.find(({ isReference }) => isReference)?.arm ?? 'the reference';
  return {
    name: `differences-${curve.key ?? 'mean'}`,
    caption: `${report.study.title}: Elo difference to ${reference}. ${questionOf(report, curve.question).wording} ${curve.votes} votes; joint intervals hold for all differences at once.`,
    columns: [
      { header: isFraction ? 'Removed' : (report.study.axis?.name ?? 'Level'), isNumber: true },
      { header: 'Arm' },
      { header: 'Difference', isNumber: true },
      { header: '95 % interval', isNumber: true },
      { header: 'joint', isNumber: true },
      { header: 'p', isNumber: true },
    ],
    rows: curve.points.map((point) => [
      isFraction ? `${+(100 * point.level).toFixed(2)} %` : String(point.level),
      point.role === 'level' ? point.arm : `${point.arm} (${point.role})`,
      point.isReference ? '0' : text(point.difference, whole),
      range(point.low, point.high, whole),
      range(point.jointLow, point.jointHigh, whole),
      text(point.p, pValue),
    ]),
  };
}

/** The contrasts along the axis, in natural-log units. */
export function contrastsTable(report: Report, curve: AxisCurve): PaperTable {
  return {
    name: `contrasts-${curve.key ?? 'mean'}`,
    caption: `${report.study.title}: contrasts along the axis, in natural-log units. ${questionOf(report, curve.question).wording}`,
    columns: [
      { header: 'Contrast' },
      { header: 'Estimate', isNumber: true },
      { header: 'SE', isNumber: true },
      { header: 'z', isNumber: true },
      { header: 'df', isNumber: true },
      { header: 'p', isNumber: true },
    ],
    rows: curve.contrasts.map(({ name, estimate, se, z, df, pSmallSample }) => [
      name,
      number(estimate),
      text(se, number),
      text(z, number),
      text(df, (value) => String(+value.toFixed(2))),
      text(pSmallSample, pValue),
    ]),
  };
}

/** The key and the wording of a question; of the mean where there is none. */
export function questionOf(
  { questions }: Pick<Report, 'questions'>,
  question: number | null,
): { key: string; wording: string } {
  const found = question === null ? undefined : questions[question];
  return found ?? { key: 'mean', wording: 'Mean of all questions.' };
}

const text = (value: number | null, write: (value: number) => string): string =>
  value === null ? '–' : write(value);
const whole = (value: number): string => {
  const rounded = Math.round(value);
  return rounded < 0 ? `−${-rounded}` : String(rounded);
};
const number = (value: number): string => value.toFixed(3).replace('-', '−');
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const pValue = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));
const range = (
  low: number | null,
  high: number | null,
  write: (value: number) => string,
  between = ' to ',
): string => (low === null || high === null ? '–' : `${write(low)}${between}${write(high)}`);
