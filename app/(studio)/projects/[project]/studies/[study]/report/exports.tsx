import { Download, FolderArchive } from 'lucide-react';
import { LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import type { RankingMethod, Snapshot } from '#lib/reports/schema.ts';
import type { StudyAddress } from '../../study-address.ts';
import { PermalinkButton } from './permalink-button.tsx';

interface Shape {
  address: StudyAddress;
  report: {
    study: { axis: { kind: string } | null; revision: number };
    arms: readonly unknown[];
    method: RankingMethod;
  };
  snapshot: Snapshot;
  /** The id of a frozen report's snapshot: its figures are of that moment. */
  frozen?: number | undefined;
}

/** Everything on the page as files. */
export function Exports({ address, report, snapshot, frozen }: Shape) {
  const base = `/api/v1/projects/${address.project}/studies/${address.study}/exports`;
  const link = (path: string, query: Record<string, string> = {}) => {
    const search = new URLSearchParams(query);
    if (address.revision) search.set('revision', String(address.revision));
    return search.size > 0 ? `${base}/${path}?${search}` : `${base}/${path}`;
  };
  const rated = {
    method: report.method,
    ...(frozen !== undefined && { snapshot: String(frozen) }),
  };
  const drawn = {
    ...rated,
    question: String(snapshot.question ?? 'mean'),
  };
  const isTwoArms = report.arms.length === 2;
  const groups: { label: string; files: [string, string][] }[] = [
    // Those of a frozen report's moment are in the zip.
    ...(frozen === undefined ? voteFiles() : []),
    {
      label: 'Ratings',
      files: [
        ['CSV', link('ratings/csv', rated)],
        ['JSON', link('ratings/json', rated)],
      ],
    },
    ...(report.study.axis === null || isTwoArms
      ? []
      : report.study.axis.kind === 'training-step'
        ? [figureFiles('Gains at each step', 'steps')]
        : [
            figureFiles('Differences', 'differences'),
            figureFiles('Ratings over the axis', 'curve'),
          ]),
    figureFiles(isTwoArms ? 'Win shares with intervals' : 'Ratings with intervals', 'leaderboard'),
    figureFiles(isTwoArms ? 'Who beat whom' : 'Win shares', 'win-shares'),
    figureFiles('Votes of each pair', 'wins'),
    figureFiles('Prompts that drive it', 'prompts'),
    ...(isTwoArms ? [] : [figureFiles('Sensitivity', 'sensitivity')]),
  ];
  function voteFiles(): typeof groups {
    return [
      {
        label: 'Votes that count',
        files: [
          ['CSV', link('votes/csv')],
          ['Arena JSONL', link('votes/jsonl')],
        ],
      },
      {
        label: 'All votes, told apart by status',
        files: [['CSV', link('votes/csv', { all: 'true' })]],
      },
    ];
  }
  function figureFiles(label: string, figure: string) {
    const files: [string, string][] = [
      ['SVG', link(`figures/${figure}/svg`, drawn)],
      ['PNG', link(`figures/${figure}/png`, drawn)],
    ];
    return { label, files };
  }
  return (
    <Card
      title="Export"
      description="Votes name raters by a pseudonym of this study. The zip and the permalink hold this moment of the votes."
      actions={
        <>
          <PermalinkButton
            address={address}
            revision={report.study.revision}
            snapshot={snapshot.id}
          />
          <LinkButton
            href={link('bundle', { snapshot: String(snapshot.id) })}
            size="sm"
            variant="primary"
            icon={<FolderArchive aria-hidden />}
            download
          >
            Everything as one zip
          </LinkButton>
        </>
      }
    >
      <ul className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
        {groups.map((group) => (
          <li key={group.label} className="flex flex-wrap items-center justify-between gap-2">
            <span className="text-sm text-ink-soft">{group.label}</span>
            <span className="flex gap-2">
              {group.files.map(([format, href]) => (
                <LinkButton
                  key={format}
                  href={href}
                  size="sm"
                  icon={<Download aria-hidden />}
                  download
                >
                  {format}
                  <span className="sr-only"> of {group.label}</span>
                </LinkButton>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
