export interface ProgressProps {
  label: string;
  value: number;
  max: number;
  /** What stands at the right; the share in percent where absent. */
  note?: string;
}

/** How far something is, as a bar with its label. */
export function Progress({ label, value, max, note }: ProgressProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex justify-between gap-3 text-sm">
        <span className="min-w-0 truncate text-ink-soft">{label}</span>
        <span className="whitespace-nowrap text-ink-faint tabular-nums">
          {note ?? `${Math.floor(share * 100)}\u2009%`}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-300"
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
