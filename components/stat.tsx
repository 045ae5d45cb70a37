import type { ReactNode } from 'react';

export interface StatProps {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
}

/** One number with its name; several stand in a `StatRow`. */
export function Stat({ label, value, hint }: StatProps) {
  return (
    <div className="bg-surface px-5 py-4">
      <dt className="text-sm text-ink-faint">{label}</dt>
      <dd className="mt-0.5 text-2xl font-semibold tracking-tight tabular-nums">{value}</dd>
      {hint && <dd className="mt-0.5 text-sm text-ink-faint">{hint}</dd>}
    </div>
  );
}

/** Numbers side by side. */
export function StatRow({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-px overflow-hidden rounded-xl border border-line bg-line shadow-card">
      {children}
    </dl>
  );
}
