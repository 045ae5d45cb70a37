import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';

export interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What would stand here and how to get it. */
  children?: ReactNode;
  action?: ReactNode;
}

/** What stands where nothing is yet. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-xl border border-dashed border-line-strong px-6 py-14 text-center">
      {icon && (
        <div
          aria-hidden
          className="grid size-11 place-items-center rounded-full bg-sunken text-ink-faint [&_svg]:size-5"
        >
          {icon}
        </div>
      )}
      <h2 className="font-semibold">{title}</h2>
      {children && <div className="max-w-md text-sm text-ink-faint">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

export interface ErrorNoticeProps {
  /** What was caught; nothing is shown for null and undefined. */
  error: unknown;
  title?: string;
  onRetry?: () => void;
}

/** Says what went wrong, in the server's own sentence where there is one. */
export function ErrorNotice({ error, title, onRetry }: ErrorNoticeProps) {
  if (error === null || error === undefined) return null;
  return (
    <div
      role="alert"
      className="flex items-start gap-3 rounded-xl border border-bad/25 bg-bad-soft px-4 py-3 text-sm"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium text-ink">{title}</p>}
        <p className={classNames('break-words', title ? 'text-ink-soft' : 'text-ink')}>
          {errorText(error)}
        </p>
      </div>
      {onRetry && (
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** An error as a sentence for a person. Browsers report a lost connection as a TypeError. */
export function errorText(error: unknown): string {
  if (error instanceof TypeError) return "The server can't be reached. Check your connection.";
  return error instanceof Error && error.message !== ''
    ? error.message
    : 'Something went wrong. Try again.';
}
