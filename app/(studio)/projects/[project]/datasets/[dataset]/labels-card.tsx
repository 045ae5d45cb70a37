import { Card } from '#components/card.tsx';
import type { LabelProfile } from '#lib/datasets/profile/schema.ts';
import { shareText } from '../value-text.ts';

/** Texts with few values: how many clips have each. */
export function LabelsCard({ labels, clips }: { labels: readonly LabelProfile[]; clips: number }) {
  return (
    <Card title="Labels" description="Texts with few different values.">
      <div className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
        {labels.map(({ name, missing, values }) => {
          const rows = [...values, ...(missing > 0 ? [{ value: 'no value', count: missing }] : [])];
          return (
            <div key={name} className="min-w-0 text-sm">
              <h3 className="mb-1 font-medium [overflow-wrap:anywhere]">{name}</h3>
              <dl className="flex flex-col gap-1">
                {rows.map(({ value, count }) => (
                  <div key={value} className="flex justify-between gap-3">
                    <dt className="min-w-0 truncate text-ink-soft" title={value}>
                      {value}
                    </dt>
                    <dd className="whitespace-nowrap tabular-nums">
                      {count.toLocaleString('en')}{' '}
                      <span className="text-ink-faint">({shareText(count, clips)})</span>
                    </dd>
                  </div>
                ))}
              </dl>
            </div>
          );
        })}
      </div>
    </Card>
  );
}
