import { Badge } from '#components/badge.tsx';
import { type Column, Table } from '#components/table.tsx';
import type { WatchedArm } from '#lib/studies/watch/schema.ts';

interface Shape {
  arms: readonly WatchedArm[];
  isTwoArms: boolean;
}

/** The arms so far, best first: ratings, or between two arms how often each was preferred. */
export function LiveLeaderboard({ arms, isTwoArms }: Shape) {
  const columns: Column<WatchedArm>[] = [
    {
      key: 'arm',
      header: 'Arm',
      cell: (arm) => (
        <span className="flex max-w-72 min-w-24 flex-wrap items-center gap-2">
          <span className="font-medium [overflow-wrap:anywhere]">{arm.name}</span>
          {arm.isProvisional && <Badge tone="warn">provisional</Badge>}
        </span>
      ),
    },
  ];
  if (isTwoArms)
    columns.push(
      { key: 'share', header: 'Preferred', cell: (arm) => percent(arm.winShare), isNumber: true },
      {
        key: 'interval',
        header: '95 % interval',
        cell: (arm) => `${percent(arm.winShareLow)} to ${percent(arm.winShareHigh)}`,
        isNumber: true,
      },
    );
  else
    columns.push(
      { key: 'elo', header: 'Elo', cell: (arm) => arm.elo.toFixed(0), isNumber: true },
      {
        key: 'interval',
        header: '95 % interval',
        cell: (arm) =>
          arm.isProvisional || arm.eloLow === null || arm.eloHigh === null
            ? '–'
            : `${arm.eloLow.toFixed(0)} to ${arm.eloHigh.toFixed(0)}`,
        isNumber: true,
      },
      {
        key: 'tier',
        header: 'Tier',
        cell: (arm) => arm.tier ?? '–',
        isNumber: true,
        isMinor: true,
      },
    );
  columns.push({
    key: 'votes',
    header: 'Votes',
    cell: (arm) => arm.votes.toLocaleString('en'),
    isNumber: true,
    isMinor: true,
  });
  return (
    <Table
      caption="Leaderboard so far"
      columns={columns}
      rows={arms}
      rowKey={(arm) => arm.name}
      className="border-t border-line"
    />
  );
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`;
}
