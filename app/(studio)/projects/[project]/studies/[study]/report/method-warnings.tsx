import { TriangleAlert } from 'lucide-react';
import type { RankingMethod } from '#lib/reports/schema.ts';
import { METHODS } from './methods.ts';

/** What the numbers of a method must not be taken for; beside every view of them. */
export function MethodWarnings({ method }: { method: RankingMethod }) {
  const { warnings, shortName } = METHODS[method];
  if (warnings.length === 0) return null;
  return (
    <aside
      aria-label={`About ${shortName}`}
      className="flex gap-3 rounded-xl border border-warn/25 bg-warn-soft px-4 py-3 text-sm text-ink-soft"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <ul className="grid gap-1">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </aside>
  );
}
