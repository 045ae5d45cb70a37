import { leaderboardIntervals } from '#lib/figures/leaderboard-intervals.ts';
import { winShareMatrix } from '#lib/figures/win-share-matrix.ts';
import type { QuestionChoice, Snapshot } from '../schema.ts';
import type { ReportView } from '../study-report/schema.ts';
import {
  chosenPart,
  footnoteOf,
  foreignVotes,
  hasIntervals,
  METHOD_NAMES,
  PAPER_ELO_WARNING,
  questionName,
} from './figure-words.ts';

/** Ratings with their intervals; two arms alone get their win shares. */
export function drawLeaderboard(
  report: ReportView,
  question: QuestionChoice,
  width: number,
): string {
  const snapshot = chosenPart(report.snapshots, question);
  const method = METHOD_NAMES[report.method];
  const { origin, footnote } = originOf(report, snapshot);
  const common = {
    title: `${report.study.title} · ${questionName(report.questions, snapshot?.question ?? null)}`,
    provisionalLabel: 'provisional',
    width,
  };
  if (report.arms.length === 2)
    return leaderboardIntervals({
      ...common,
      footnote: footnoteOf(footnote),
      description: `How often each of two arms was preferred. ${origin}.`,
      xLabel: 'Win share (%), ties as half, 95 % interval',
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
    });
  return leaderboardIntervals({
    ...common,
    footnote: footnoteOf(
      report.method === 'elo-paper' ? [...footnote, PAPER_ELO_WARNING] : footnote,
    ),
    description: `Ratings of ${report.arms.length} arms by ${method}. ${origin}.`,
    xLabel: `Elo (${method})${hasIntervals(report.method) ? ', 95 % interval' : ''}`,
    rows: (snapshot?.arms ?? []).map((arm) => ({
      name: arm.name,
      value: arm.elo,
      low: arm.eloLow,
      high: arm.eloHigh,
      isProvisional: arm.provisional,
    })),
  });
}

/** Who was preferred to whom: as shares, or as numbers of votes. */
export function drawPairs(
  report: ReportView,
  shown: 'shares' | 'counts',
  question: QuestionChoice,
  width: number,
): string {
  const snapshot = chosenPart(report.snapshots, question);
  const { origin, footnote } = originOf(report, snapshot);
  const arms = snapshot?.arms.map((arm) => arm.name) ?? report.arms.map((arm) => arm.name);
  return winShareMatrix({
    title: questionName(report.questions, snapshot?.question ?? null),
    description: `How often the arm of a row was preferred to the arm of a column. ${origin}.`,
    footnote: footnoteOf(footnote),
    ...(shown === 'shares'
      ? {
          note: "Share of votes for the row's arm in %, ties as half",
          votesNote: 'number of votes below',
        }
      : { note: "Votes for the row's arm", votesNote: 'ties below' }),
    arms,
    cells: arms.map((row) =>
      arms.map((column) => {
        const { counts, ...cell } = pairOf(snapshot, row, column);
        return shown === 'shares' ? cell : { ...cell, counts };
      }),
    ),
    width,
  });
}

function originOf(report: ReportView, snapshot: Snapshot | undefined) {
  const footnote = snapshot ? foreignVotes(report.breakdown, snapshot.exclusion) : [];
  const origin = snapshot ? [`${snapshot.votes} votes`, ...footnote].join('; ') : 'No votes yet';
  return { origin, footnote };
}

function pairOf(snapshot: Snapshot | undefined, row: string, column: string) {
  const pair = snapshot?.pairs.find(
    ({ a, b }) => (a === row && b === column) || (a === column && b === row),
  );
  if (!pair) return { share: null, votes: 0, counts: { large: 0, small: 0 } };
  const votes = pair.aWins + pair.bWins + pair.ties;
  const wins = pair.a === row ? pair.aWins : pair.bWins;
  return {
    share: votes === 0 ? null : (wins + pair.ties / 2) / votes,
    votes,
    counts: { large: wins, small: pair.ties },
  };
}
