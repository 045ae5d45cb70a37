import { Badge } from '#components/badge.tsx';
import { type Column, Table } from '#components/table.tsx';
import type { RankedArmView, Snapshot } from '#lib/reports/schema.ts';

interface Shape {
  report: {
    study: { axis: { kind: string; name: string; unit: string } | null };
    arms: readonly { name: string; level: number | null }[];
  };
  snapshot: Snapshot;
}

/** The arms, best first. Two arms get a win share alone: a rating of two says nothing more. */
export function Leaderboard({ report, snapshot }: Shape) {
  const isTwoArms = report.arms.length === 2;
  const isPaperElo = snapshot.method === 'elo-paper';
  const hasIntervals = snapshot.arms.some((arm) => arm.eloLow !== null);
  const levelOf = new Map(report.arms.map((arm) => [arm.name, arm.level]));
  const { axis } = report.study;
  const columns: Column<RankedArmView>[] = [
    {
      key: 'rank',
      header: 'Rank',
      cell: (arm) =>
        arm.rankLow === null || arm.rankHigh === null
          ? snapshot.arms.indexOf(arm) + 1
          : arm.rankLow === arm.rankHigh
            ? arm.rankLow
            : `${arm.rankLow}–${arm.rankHigh}`,
      isNumber: true,
    },
    {
      key: 'arm',
      header: 'Arm',
      cell: (arm) => (
        <span className="flex max-w-72 min-w-24 flex-wrap items-center gap-2 break-words">
          <span className="font-medium [overflow-wrap:anywhere]">{arm.name}</span>
          {arm.provisional && <Badge tone="warn">provisional</Badge>}
        </span>
      ),
    },
  ];
  if (axis)
    columns.push({
      key: 'level',
      header: axis.kind === 'removed-fraction' ? 'Removed' : axis.name,
      cell: (arm) => levelText(levelOf.get(arm.name) ?? null, axis),
      isNumber: true,
      isMinor: true,
    });
  if (!isTwoArms) {
    columns.push({ key: 'elo', header: 'Elo', cell: (arm) => arm.elo.toFixed(0), isNumber: true });
    if (hasIntervals)
      columns.push({
        key: 'interval',
        header: '95 % interval',
        cell: (arm) =>
          arm.eloLow === null || arm.eloHigh === null
            ? '–'
            : `${arm.eloLow.toFixed(0)} to ${arm.eloHigh.toFixed(0)}`,
        isNumber: true,
      });
    if (isPaperElo)
      columns.push({
        key: 'shuffles',
        header: 'Spread over shuffles (no interval)',
        cell: (arm) => `${arm.q025?.toFixed(1) ?? '–'} to ${arm.q975?.toFixed(1) ?? '–'}`,
        isNumber: true,
        isMinor: true,
      });
  }
  columns.push(
    {
      key: 'share',
      header: 'Win share',
      cell: (arm) => (arm.winShare === null ? '–' : percent(arm.winShare)),
      isNumber: true,
    },
    {
      key: 'share-interval',
      header: 'its 95 % interval',
      cell: (arm) =>
        arm.winShare === null ? '–' : `${percent(arm.winShareLow)} to ${percent(arm.winShareHigh)}`,
      isNumber: true,
      isMinor: !isTwoArms,
    },
    {
      key: 'votes',
      header: 'Won / tied / lost',
      cell: (arm) => `${arm.wins} / ${arm.ties} / ${arm.losses}`,
      isNumber: true,
    },
  );
  if (snapshot.arms.some((arm) => arm.pBest !== null))
    columns.push({
      key: 'best',
      header: 'P(best)',
      cell: (arm) => (arm.pBest === null ? '–' : arm.pBest.toFixed(2)),
      isNumber: true,
      isMinor: true,
    });
  return (
    <Table
      caption="Leaderboard"
      columns={columns}
      rows={snapshot.arms}
      rowKey={(arm) => arm.name}
    />
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function levelText(level: number | null, axis: { kind: string; unit: string }): string {
  if (level === null) return '–';
  if (axis.kind === 'removed-fraction') return `${+(100 * level).toFixed(2)} %`;
  return axis.unit === '' ? String(level) : `${level} ${axis.unit}`;
}
