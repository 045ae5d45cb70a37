import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface CardProps {
  title?: string;
  description?: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  /** Lets a table or a picture reach the edges. */
  isFlush?: boolean;
  className?: string;
  children?: ReactNode;
}

/** A sheet on the page. */
export function Card({
  title,
  description,
  actions,
  isFlush = false,
  className,
  children,
}: CardProps) {
  return (
    <section
      className={classNames(
        'overflow-hidden rounded-xl border border-line bg-surface shadow-card',
        className,
      )}
    >
      {(title || actions) && (
        <header
          className={classNames(
            'flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4',
            isFlush ? 'pb-4' : 'pb-0',
          )}
        >
          <div className="min-w-0">
            {title && <h2 className="font-semibold text-ink">{title}</h2>}
            {description && <p className="mt-0.5 text-sm text-ink-faint">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </header>
      )}
      <div className={isFlush ? '' : 'px-5 py-4'}>{children}</div>
    </section>
  );
}
