import { Table } from '#components/table.tsx';
import type { AxisContrast } from '#lib/reports/axis-report/schema.ts';
import { pText } from './number-text.ts';

const QUESTIONS: Readonly<Record<AxisContrast['name'], { name: string; asks: string }>> = {
  omnibus: { name: 'Any difference', asks: 'Do the arms on the axis differ at all?' },
  linear: { name: 'Trend', asks: 'Does it rise or fall with the level?' },
  quadratic: { name: 'Bend', asks: 'Is there a peak or a dip in the middle?' },
};
const SIGNIFICANT = 0.05;

/** The three questions to a curve, with their p values and what they say. */
export function ContrastTable({ contrasts }: { contrasts: readonly AxisContrast[] }) {
  const order = ['omnibus', 'linear', 'quadratic'];
  const rows = [...contrasts].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return (
    <Table
      caption="Contrasts along the axis"
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        {
          key: 'name',
          header: 'Contrast',
          cell: ({ name }) => <span className="font-medium">{QUESTIONS[name].name}</span>,
        },
        { key: 'asks', header: 'Asks', cell: ({ name }) => QUESTIONS[name].asks, isMinor: true },
        { key: 'statistic', header: 'Statistic', cell: statistic, isNumber: true },
        { key: 'p', header: 'p', cell: ({ pSmallSample }) => pText(pSmallSample), isNumber: true },
        { key: 'says', header: 'Says', cell: reading },
      ]}
    />
  );
}

function statistic({ name, estimate, z, df }: AxisContrast): string {
  if (name === 'omnibus') return `χ²(${df ?? 0}) = ${estimate.toFixed(1)}`;
  return z === null ? '–' : `z = ${z.toFixed(2).replace('-', '−')}`;
}

function reading({ name, estimate, pSmallSample: p }: AxisContrast): string {
  if (p === null) return 'can’t be told';
  const isFound = p < SIGNIFICANT;
  if (name === 'omnibus') return isFound ? 'they differ' : 'no difference shown';
  if (!isFound) return name === 'linear' ? 'no trend shown' : 'no bend shown';
  if (name === 'linear') return estimate > 0 ? 'rises with the level' : 'falls with the level';
  return estimate < 0 ? 'peaks in between' : 'dips in between';
}
