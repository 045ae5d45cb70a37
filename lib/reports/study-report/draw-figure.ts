import { axisCurve } from '#lib/figures/axis-curve.ts';
import type { CurvePoint } from '#lib/figures/curve-data.ts';
import { leaderboardIntervals } from '#lib/figures/leaderboard-intervals.ts';
import { winShareMatrix } from '#lib/figures/win-share-matrix.ts';
import type { ReportView } from '../contract.ts';
import type { FigureName, QuestionChoice, RankedArmView, Snapshot } from '../schema.ts';

const METHOD_NAMES = {
  davidson: 'Davidson',
  'bradley-terry': 'Bradley-Terry',
  'rao-kupper': 'Rao-Kupper',
  'elo-paper': 'Elo, mean of shuffled passes',
  elo: 'Elo in the order of arrival',
} as const;

/**
 * Draws a figure of a report, the same for page and export. Two arms alone get their win shares where
 * more have ratings.
 *
 * @param width in pixels.
 * @returns an SVG that stands alone.
 */
export function drawFigure(
  report: ReportView,
  figure: FigureName,
  question: QuestionChoice,
  width: number,
): string {
  const snapshot = chosenSnapshot(report, question);
  const method = METHOD_NAMES[report.method];
  const about = `${report.study.title} · ${questionName(report, snapshot?.question ?? null)}`;
  const sources = snapshot ? sourcesOf(report, snapshot) : [];
  const footnote = sources.length === 0 ? undefined : sentence(sources);
  const origin = snapshot ? [`${snapshot.votes} votes`, ...sources].join('; ') : 'No votes yet';
  if (figure === 'curve') return drawCurve(report, width, method, { origin, footnote });
  if (figure === 'leaderboard' && report.arms.length === 2)
    return leaderboardIntervals({
      title: about,
      description: `How often each of two arms was preferred. ${origin}.`,
      footnote,
      xLabel: 'Win share (%), ties as half, 95 % interval',
      provisionalLabel: 'provisional',
      rows: (snapshot?.arms ?? []).flatMap((arm) =>
        arm.winShare === null
          ? []
          : [
              {
                name: arm.name,
                value: 100 * arm.winShare,
                low: 100 * arm.winShareLow,
                high: 100 * arm.winShareHigh,
                isProvisional: arm.provisional,
              },
            ],
      ),
      width,
    });
  if (figure === 'leaderboard')
    return leaderboardIntervals({
      title: about,
      description: `Ratings of ${report.arms.length} arms by ${method}. ${origin}.`,
      footnote,
      xLabel: `Elo (${method})${hasIntervals(report) ? ', 95 % interval' : ''}`,
      provisionalLabel: 'provisional',
      rows: (snapshot?.arms ?? []).map((arm) => ({
        name: arm.name,
        ...point(arm),
        isProvisional: arm.provisional,
      })),
      width,
    });
  const arms = snapshot?.arms.map((arm) => arm.name) ?? report.arms.map((arm) => arm.name);
  return winShareMatrix({
    title: questionName(report, snapshot?.question ?? null),
    description: `How often the arm of a row was preferred to the arm of a column. ${origin}.`,
    footnote,
    note: "Share of votes for the row's arm in %, ties as half",
    votesNote: 'number of votes below',
    arms,
    cells: arms.map((row) => arms.map((column) => shareOf(snapshot, row, column))),
    width,
  });
}

/** The snapshot of a question; without that question, or for `mean`, the last: the mean if there is one. */
export function chosenSnapshot(
  report: Pick<ReportView, 'snapshots'>,
  question: QuestionChoice,
): Snapshot | undefined {
  return (
    report.snapshots.find((snapshot) => snapshot.question === question) ?? report.snapshots.at(-1)
  );
}

function drawCurve(
  report: ReportView,
  width: number,
  method: string,
  { origin, footnote }: { origin: string; footnote: string | undefined },
): string {
  const { axis } = report.study;
  const isFraction = axis?.kind === 'removed-fraction';
  const levelOf = new Map(
    report.arms.map((arm) => [
      arm.name,
      arm.level === null ? null : isFraction ? arm.level * 100 : arm.level,
    ]),
  );
  const unit = isFraction ? '%' : (axis?.unit ?? '');
  const what = isFraction ? `Removed by ${axis.name}` : (axis?.name ?? 'Level');
  return axisCurve({
    title: report.study.title,
    description: `Elo of each arm over ${what}, a line for each question. ${origin}.`,
    footnote,
    xLabel: unit === '' ? what : `${what} (${unit})`,
    yLabel: `Elo (${method})${hasIntervals(report) ? ', 95 % interval' : ''}`,
    series: report.snapshots.map((snapshot) => ({
      name: questionName(report, snapshot.question),
      isAggregate: snapshot.question === null,
      points: snapshot.arms.flatMap((arm): CurvePoint[] => {
        const level = levelOf.get(arm.name) ?? null;
        // A provisional arm's interval can be thousands wide and would flatten all the others.
        const bounds = arm.provisional ? { low: null, high: null } : {};
        return level === null ? [] : [{ level, name: arm.name, ...point(arm), ...bounds }];
      }),
    })),
    width,
  });
}

function point(arm: RankedArmView) {
  return { value: arm.elo, low: arm.eloLow, high: arm.eloHigh };
}

/** The Elo methods have no standard error, and their spread over shuffles is not an interval. */
function hasIntervals(report: ReportView): boolean {
  return report.method !== 'elo-paper' && report.method !== 'elo';
}

function questionName(report: ReportView, question: number | null): string {
  if (question === null) return 'Mean of all questions';
  return report.questions[question]?.wording ?? `Question ${question + 1}`;
}

/** Which votes in a snapshot are not from this study's own raters. */
function sourcesOf(report: ReportView, snapshot: Snapshot): string[] {
  const { simulated, imported } = report.breakdown;
  return [
    ...(simulated > 0 && !snapshot.exclusion.simulated ? ['simulated votes are counted'] : []),
    ...(imported > 0 && !snapshot.exclusion.imported ? ['imported votes are counted'] : []),
  ];
}

function sentence(parts: readonly string[]): string {
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function shareOf(snapshot: Snapshot | undefined, row: string, column: string) {
  const pair = snapshot?.pairs.find(
    ({ a, b }) => (a === row && b === column) || (a === column && b === row),
  );
  if (!pair) return { share: null, votes: 0 };
  const votes = pair.aWins + pair.bWins + pair.ties;
  const wins = pair.a === row ? pair.aWins : pair.bWins;
  return { share: votes === 0 ? null : (wins + pair.ties / 2) / votes, votes };
}
