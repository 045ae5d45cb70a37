import { Stat, StatRow } from '#components/stat.tsx';
import type { Snapshot } from '#lib/reports/schema.ts';
import type { ReportView } from '#lib/reports/study-report/schema.ts';

/** How much the report rests on. */
export function VoteStats({ report, ranking }: { report: ReportView; ranking: Snapshot }) {
  const { breakdown, progress, isStale } = report;
  const counted = progress.reduce((sum, row) => sum + row.counted, 0);
  const wanted = progress.reduce((sum, row) => sum + row.wanted, 0);
  const excluded = breakdown.excluded.reduce((sum, row) => sum + row.raters, 0);
  return (
    <StatRow>
      <Stat
        label="Votes ranked"
        value={ranking.votes.toLocaleString('en')}
        hint={isStale ? 'newer votes are being ranked' : 'up to date'}
      />
      <Stat
        label="Raters"
        value={breakdown.raters.toLocaleString('en')}
        hint={excluded > 0 ? `and ${excluded.toLocaleString('en')} excluded` : undefined}
      />
      <Stat
        label="Votes wanted"
        value={wanted.toLocaleString('en')}
        hint={wanted > 0 ? `${Math.floor((100 * counted) / wanted)} % there` : undefined}
      />
      <Stat
        label="Marked votes"
        value={breakdown.marked.toLocaleString('en')}
        hint="too fast or unwatched; still counted"
      />
    </StatRow>
  );
}
