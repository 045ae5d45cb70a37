import { Card } from '#components/card.tsx';
import { Table } from '#components/table.tsx';

interface BrokenReport {
  prompt: string;
  left: string;
  right: string;
  problem: string;
  shownAt: string;
}

/** Pairs that raters reported instead of voting: videos to look at again. */
export function BrokenReports({ reports }: { reports: readonly BrokenReport[] }) {
  if (reports.length === 0) return null;
  return (
    <Card
      title="Reported as broken"
      description="Raters could not judge these pairs. A report is never a vote."
      isFlush
    >
      <Table
        caption="Pairs reported as broken"
        rows={reports}
        rowKey={(report) => `${report.shownAt} ${report.prompt} ${report.left} ${report.right}`}
        columns={[
          { key: 'prompt', header: 'Prompt', cell: (report) => report.prompt },
          { key: 'left', header: 'Left', cell: (report) => report.left },
          { key: 'right', header: 'Right', cell: (report) => report.right },
          { key: 'problem', header: 'Broken', cell: (report) => report.problem },
          {
            key: 'time',
            header: 'When',
            cell: (report) => new Date(report.shownAt).toLocaleString('en'),
            isMinor: true,
          },
        ]}
      />
    </Card>
  );
}
