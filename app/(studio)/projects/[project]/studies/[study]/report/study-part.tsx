import { Card } from '#components/card.tsx';
import { Progress } from '#components/progress.tsx';
import type { ReportView } from '#lib/reports/study-report/schema.ts';
import { BrokenReports } from './broken-reports.tsx';
import { ReportGroup } from './report-section.tsx';

/** How far the study is, and what about it a reader must know. */
export function StudyPart({ report }: { report: ReportView }) {
  return (
    <ReportGroup id="study">
      <Card title="Progress">
        <div className="grid gap-4 sm:grid-cols-2">
          {report.progress.map((row) => (
            <Progress
              key={row.question}
              label={report.questions[row.question]?.wording ?? `Question ${row.question + 1}`}
              value={row.counted}
              max={row.wanted}
              note={`${row.counted.toLocaleString('en')} of ${row.wanted.toLocaleString('en')} votes`}
            />
          ))}
        </div>
      </Card>
      <BrokenReports reports={report.brokenReports} />
      {report.acceptedDifferences.length > 0 && (
        <Card
          title="Accepted differences"
          description="In what the arms differ beyond the axis, and why that was accepted."
        >
          <dl className="grid gap-3 text-sm sm:grid-cols-[auto_1fr] sm:gap-x-6">
            {report.acceptedDifferences.map(({ field, reason }) => (
              <div key={field} className="contents">
                <dt className="font-medium">{field.replace(/^hyperparameters\./, '')}</dt>
                <dd className="text-ink-soft [overflow-wrap:anywhere]">{reason}</dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
    </ReportGroup>
  );
}
