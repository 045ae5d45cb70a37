import type { Snapshot } from '#lib/reports/schema.ts';
import type { ReportView } from '#lib/reports/study-report/schema.ts';
import type { PartProps } from './axis-part.tsx';
import { Figure } from './figure.tsx';
import { Leaderboard } from './leaderboard.tsx';
import { MethodWarnings } from './method-warnings.tsx';
import { ReportGroup, ReportSection } from './report-section.tsx';
import { WinShares } from './win-shares.tsx';

/** With more arms a matrix needs the whole width. */
const MOST_SIDE_BY_SIDE = 6;

/** All arms against each other, whatever their level: ratings, and who beat whom. */
export function RankingPart(props: { report: ReportView; ranking: Snapshot; part: PartProps }) {
  const { report, ranking, part } = props;
  const { address, ...drawn } = part;
  const isTwoArms = report.arms.length === 2;
  const input = { ...address, ...drawn };
  return (
    <>
      <ReportSection id="leaderboard" title="Leaderboard" isFlush>
        {report.method.startsWith('elo') && (
          <div className="px-5 pb-4">
            <MethodWarnings method={report.method} />
          </div>
        )}
        <Leaderboard report={report} snapshot={ranking} />
      </ReportSection>
      <ReportSection
        id="ratings"
        title={isTwoArms ? 'Win shares with intervals' : 'Ratings with intervals'}
      >
        <Figure figure="leaderboard" {...input} />
      </ReportSection>
      <ReportGroup id="pairs">
        <div
          className={`grid gap-6 ${report.arms.length <= MOST_SIDE_BY_SIDE ? 'lg:grid-cols-2' : ''}`}
        >
          <ReportSection
            id="win-shares"
            title="Who beat whom"
            description="The share of votes for the row's arm against the column's, ties as half."
          >
            <Figure figure="win-shares" {...input} />
          </ReportSection>
          <ReportSection
            id="wins"
            title="Votes of each pair"
            description="How often the row's arm was preferred to the column's, and how often neither."
          >
            <Figure figure="wins" {...input} />
            <WinShares snapshot={ranking} />
          </ReportSection>
        </div>
      </ReportGroup>
    </>
  );
}
