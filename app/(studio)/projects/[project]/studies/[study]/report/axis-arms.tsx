import { Badge } from '#components/badge.tsx';
import { type Column, Table } from '#components/table.tsx';
import type { AxisPoint } from '#lib/reports/axis-report/schema.ts';
import type { Axis } from '#lib/studies/schema.ts';
import { levelText } from '../../level-text.ts';
import { intervalText, percentText, rangeText, signedText } from './number-text.ts';

interface Shape {
  axis: Axis;
  points: readonly AxisPoint[];
  /** Win shares in the place of Elo. */
  isTwoArms: boolean;
}

/** The arms of an axis by level, with everything that the curve shows as numbers. */
export function AxisArms({ axis, points, isTwoArms }: Shape) {
  const has = (key: 'clips' | 'low' | 'pBest' | 'rankLow' | 'tier') =>
    points.some((point) => point[key] !== null);
  const columns: Column<AxisPoint>[] = [
    {
      key: 'level',
      header: axis.kind === 'removed-fraction' ? 'Removed' : axis.name,
      cell: ({ level }) => levelText(axis, level),
      isNumber: true,
    },
    { key: 'arm', header: 'Arm', cell: armCell },
  ];
  if (has('clips'))
    columns.push({
      key: 'clips',
      header: 'Clips kept',
      cell: ({ clips }) => clips?.toLocaleString('en') ?? '–',
      isNumber: true,
      isMinor: true,
    });
  columns.push(...(isTwoArms ? SHARES : differenceColumns(has('low'))));
  if (!isTwoArms && has('pBest'))
    columns.push({
      key: 'best',
      header: 'P(best)',
      cell: ({ pBest }) => pBest?.toFixed(2) ?? '–',
      isNumber: true,
    });
  if (!isTwoArms && has('rankLow'))
    columns.push({
      key: 'rank',
      header: 'Rank',
      cell: ({ rankLow, rankHigh }) => rangeText(rankLow, rankHigh),
      isNumber: true,
      isMinor: true,
    });
  if (!isTwoArms && has('tier'))
    columns.push({
      key: 'tier',
      header: 'Tier',
      cell: ({ tier }) => tier ?? '–',
      isNumber: true,
      isMinor: true,
    });
  columns.push({
    key: 'votes',
    header: 'Votes',
    cell: ({ votes }) => votes.toLocaleString('en'),
    isNumber: true,
    isMinor: true,
  });
  return (
    <Table
      caption="Arms on the axis"
      columns={columns}
      rows={points}
      rowKey={({ arm }) => arm}
      isFaint={({ provisional }) => provisional}
    />
  );
}

const SHARES: readonly Column<AxisPoint>[] = [
  {
    key: 'share',
    header: 'Win share',
    cell: ({ winShare }) => percentText(winShare),
    isNumber: true,
  },
  {
    key: 'share-interval',
    header: '95 % interval',
    cell: ({ winShareLow, winShareHigh }) =>
      winShareLow === null ? '–' : `${percentText(winShareLow)} to ${percentText(winShareHigh)}`,
    isNumber: true,
  },
];

function differenceColumns(hasIntervals: boolean): Column<AxisPoint>[] {
  return [
    {
      key: 'difference',
      header: 'Elo difference',
      cell: ({ difference, isReference }) =>
        isReference ? 'reference' : difference === null ? '–' : signedText(difference),
      isNumber: true,
    },
    ...(hasIntervals
      ? [
          {
            key: 'interval',
            header: '95 % interval',
            cell: ({ low, high }: AxisPoint) => intervalText(low, high),
            isNumber: true,
          },
          {
            key: 'joint',
            header: '95 %, all at once',
            cell: ({ jointLow, jointHigh }: AxisPoint) => intervalText(jointLow, jointHigh),
            isNumber: true,
            isMinor: true,
          },
        ]
      : []),
  ];
}

function armCell({ arm, role, provisional }: AxisPoint) {
  return (
    <span className="flex max-w-72 min-w-24 flex-wrap items-center gap-x-2 gap-y-1">
      <span className="font-medium [overflow-wrap:anywhere]">{arm}</span>
      {role === 'control' && <Badge>random drop</Badge>}
      {role === 'replica' && <Badge>same model again</Badge>}
      {provisional && <Badge tone="warn">provisional</Badge>}
    </span>
  );
}
