import { Badge } from '#components/badge.tsx';
import { Table } from '#components/table.tsx';
import type { StepGain } from '#lib/reports/analysis/schema.ts';
import { intervalText, signedText } from './number-text.ts';

/** The gains of every series at every step as numbers. */
export function StepsTable({ steps }: { steps: StepGain['steps'] }) {
  const rows = steps.flatMap(({ step, series }) => series.map((one) => ({ step, ...one })));
  return (
    <Table
      caption="Elo gain over the lowest at each training step"
      rows={rows}
      rowKey={({ step, series }) => `${step} ${series}`}
      isFaint={({ provisional }) => provisional}
      columns={[
        {
          key: 'step',
          header: 'Step',
          cell: ({ step }) => step.toLocaleString('en'),
          isNumber: true,
        },
        {
          key: 'series',
          header: 'Series',
          cell: ({ series, provisional }) => (
            <span className="flex flex-wrap items-center gap-2 [overflow-wrap:anywhere]">
              {series}
              {provisional && <Badge tone="warn">provisional</Badge>}
            </span>
          ),
        },
        {
          key: 'gain',
          header: 'Elo gain',
          cell: ({ gain, isLowest }) =>
            isLowest ? 'lowest' : gain === null ? '–' : signedText(gain),
          isNumber: true,
        },
        {
          key: 'interval',
          header: '95 % interval',
          cell: ({ low, high, isLowest }) => (isLowest ? '–' : intervalText(low, high)),
          isNumber: true,
        },
        { key: 'arm', header: 'Arm', cell: ({ arm }) => arm, isMinor: true },
      ]}
    />
  );
}
