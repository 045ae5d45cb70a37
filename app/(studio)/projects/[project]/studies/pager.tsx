import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '#components/button.tsx';

interface Shape {
  /** What is counted: "Prompts". */
  label: string;
  /** From 0. */
  page: number;
  size: number;
  total: number;
  onChange: (page: number) => void;
}

/** Steps through a long list; nothing where it fits on one page. */
export function Pager({ label, page, size, total, onChange }: Shape) {
  if (total <= size) return null;
  const first = page * size + 1;
  const last = Math.min(total, first + size - 1);
  return (
    <div className="flex items-center gap-2 text-sm text-ink-soft">
      <span className="tabular-nums" aria-live="polite">
        {label} {first === last ? first : `${first}–${last}`} of {total.toLocaleString('en')}
      </span>
      <Button
        size="sm"
        aria-label="Before"
        icon={<ChevronLeft aria-hidden />}
        disabled={page === 0}
        onClick={() => onChange(page - 1)}
      />
      <Button
        size="sm"
        aria-label="Next"
        icon={<ChevronRight aria-hidden />}
        disabled={last === total}
        onClick={() => onChange(page + 1)}
      />
    </div>
  );
}
