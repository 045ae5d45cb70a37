import { Card } from '#components/card.tsx';
import { Table } from '#components/table.tsx';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';
import { count } from '../counts.ts';
import { levelText } from '../level-text.ts';

/** What is compared, along which axis. */
export function ArmsCard({ study }: { study: StudyDetail }) {
  const { axis, arms, prompts } = study;
  const columns = [
    {
      key: 'name',
      header: 'Arm',
      cell: (arm: StudyDetail['arms'][number]) => (
        <span className="[overflow-wrap:anywhere]">{arm.name}</span>
      ),
    },
    ...(axis
      ? [
          {
            key: 'level',
            header: axis.kind === 'removed-fraction' ? `${axis.name}: removed` : axis.name,
            isNumber: true,
            cell: (arm: StudyDetail['arms'][number]) => levelText(axis, arm.level),
          },
        ]
      : []),
  ];
  return (
    <Card
      title="Arms"
      description={`${count(arms.length, 'arm')} on ${count(prompts, 'prompt')}. Raters never learn which is which.`}
      isFlush
    >
      <Table
        caption="Arms"
        columns={columns}
        rows={arms}
        rowKey={(arm) => arm.name}
        className="max-h-96 overflow-y-auto"
      />
    </Card>
  );
}
