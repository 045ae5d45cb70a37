import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from './link.tsx';

export interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** The way here, without this page itself. */
  crumbs?: readonly { href: string; label: string }[];
  /** States beside the title. */
  badges?: ReactNode;
  actions?: ReactNode;
}

/** The top of a page: where it is, what it is, what can be done. */
export function PageHeader({ title, description, crumbs, badges, actions }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 max-w-2xl">
        {crumbs && (
          <nav aria-label="Breadcrumb" className="mb-1">
            <ol className="flex flex-wrap items-center gap-1 text-sm text-ink-faint">
              {crumbs.map((crumb) => (
                <li key={crumb.href} className="flex items-center gap-1">
                  <Link href={crumb.href} className="rounded-sm hover:text-ink hover:underline">
                    {crumb.label}
                  </Link>
                  <ChevronRight aria-hidden className="size-3.5" />
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-2xl font-semibold tracking-tight break-words">{title}</h1>
          {badges}
        </div>
        {description && <p className="mt-1 text-ink-faint">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
