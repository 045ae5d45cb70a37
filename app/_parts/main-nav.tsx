'use client';

import { useQuery } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import { classNames } from '#components/class-names.ts';
import { Link } from '#components/link.tsx';
import { queries } from '#lib/client/queries.ts';

/** The few places that everything else hangs under. */
export function MainNav() {
  const path = usePathname();
  const me = useQuery(queries.account.me.queryOptions());
  const places = [
    { href: '/', label: 'Projects', isCurrent: path === '/' || path.startsWith('/projects') },
    ...(me.data?.role === 'admin'
      ? [{ href: '/users', label: 'Users', isCurrent: path.startsWith('/users') }]
      : []),
  ];
  return (
    <nav aria-label="Main" className="min-w-0 flex-1">
      <ul className="flex gap-0.5">
        {places.map(({ href, label, isCurrent }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isCurrent ? 'page' : undefined}
              className={classNames(
                'block rounded-md px-2 py-1.5 text-sm font-medium sm:px-2.5',
                isCurrent ? 'bg-sunken text-ink' : 'text-ink-faint hover:bg-sunken hover:text-ink',
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
