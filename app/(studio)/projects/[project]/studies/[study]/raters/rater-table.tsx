import { Badge } from '#components/badge.tsx';
import { Button } from '#components/button.tsx';
import { Table } from '#components/table.tsx';
import type { RaterView } from '#lib/studies/quality/schema.ts';
import { CAUSES, eloChange, percent } from './rater-words.ts';

interface Shape {
  raters: readonly RaterView[];
  canWrite: boolean;
  onLook: (rater: RaterView) => void;
  onChange: (rater: RaterView) => void;
}

/** One page of raters, a row each; a row's name opens all that is known. */
export function RaterTable({ raters, canWrite, onLook, onChange }: Shape) {
  return (
    <Table
      caption="Raters of the study"
      rows={raters}
      rowKey={({ rater }) => rater}
      columns={[
        {
          key: 'rater',
          header: 'Rater',
          cell: (rater) => (
            <div className="flex flex-col items-start gap-1">
              <button
                type="button"
                className="rounded font-mono text-sm font-medium whitespace-nowrap text-accent-strong underline-offset-2 hover:underline"
                onClick={() => onLook(rater)}
              >
                {rater.rater}
              </button>
              <RaterBadges rater={rater} />
            </div>
          ),
        },
        {
          key: 'flags',
          header: 'Flags',
          cell: (rater) =>
            rater.flags.length === 0 ? (
              <span className="text-ink-faint">–</span>
            ) : (
              <span className="flex flex-wrap gap-1">
                {rater.flags.map(({ code }) => (
                  <Badge key={code} tone="warn">
                    {CAUSES[code]}
                  </Badge>
                ))}
              </span>
            ),
        },
        {
          key: 'votes',
          header: 'Votes',
          cell: (rater) => rater.votes.toLocaleString('en'),
          isNumber: true,
        },
        {
          key: 'seconds',
          header: 'Seconds a vote',
          cell: ({ medianSeconds }) => (medianSeconds === null ? '–' : medianSeconds.toFixed(1)),
          isNumber: true,
          isMinor: true,
        },
        {
          key: 'sides',
          header: 'Left / right / tie',
          cell: ({ answers }) => <Sides answers={answers} />,
          isNumber: true,
          isMinor: true,
        },
        {
          key: 'gold',
          header: 'Known answers missed',
          cell: ({ gold }) => (gold.seen === 0 ? '–' : `${gold.failed} of ${gold.seen}`),
          isNumber: true,
          isMinor: true,
        },
        {
          key: 'influence',
          header: 'Elo change without',
          cell: ({ influence }) => {
            const most = influence?.changes[0];
            return most === undefined ? '–' : `${eloChange(most.elo)} ${shorten(most.arm)}`;
          },
          isNumber: true,
          isMinor: true,
        },
        ...(canWrite
          ? [
              {
                key: 'change',
                header: <span className="sr-only">Change</span>,
                cell: (rater: RaterView) => (
                  <Button
                    size="sm"
                    aria-label={`${rater.isExcluded ? 'Include again' : 'Exclude'}: ${rater.rater}`}
                    onClick={() => onChange(rater)}
                  >
                    {rater.isExcluded ? 'Include…' : 'Exclude…'}
                  </Button>
                ),
                isNumber: true,
                // On phones the rater's own sheet has it.
                isMinor: true,
              },
            ]
          : []),
      ]}
    />
  );
}

/** Whether the rater is a person, and whether it is left out. */
export function RaterBadges({ rater }: { rater: RaterView }) {
  if (rater.origin === 'link' && !rater.isExcluded) return null;
  return (
    <span className="flex flex-wrap gap-1">
      {rater.isExcluded && <Badge tone="bad">excluded</Badge>}
      {rater.origin === 'simulated' && <Badge tone="warn">simulated</Badge>}
      {rater.origin === 'imported' && <Badge>imported</Badge>}
    </span>
  );
}

function Sides({ answers }: { answers: RaterView['answers'] }) {
  if (answers === null) return '–';
  const votes = Math.max(1, answers.left + answers.right + answers.ties);
  return [answers.left, answers.right, answers.ties].map((one) => percent(one / votes)).join(' / ');
}

function shorten(name: string): string {
  return name.length > 16 ? `${name.slice(0, 15)}…` : name;
}
