'use client';

import { useQuery } from '@tanstack/react-query';
import { useParams, usePathname } from 'next/navigation';
import { Link } from '#components/link.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { Tabs } from '#components/tabs.tsx';
import { queries } from '#lib/client/queries.ts';

const PARTS = [
  { path: '', label: 'Overview' },
  { path: '/curation', label: 'Curation' },
  { path: '/datasets', label: 'Datasets' },
  { path: '/imports', label: 'Imports' },
  { path: '/studies', label: 'Studies' },
  { path: '/reports', label: 'Reports' },
  { path: '/members', label: 'Members' },
];

export function ProjectTabs() {
  const { project: slug } = useParams<{ project: string }>();
  const path = usePathname();
  const project = useQuery(queries.projects.get.queryOptions({ input: { project: slug } }));
  if (project.isError) return null;
  const base = `/projects/${slug}`;
  const tabs = PARTS.map((part) => ({
    href: base + part.path,
    label: part.label,
    isCurrent: part.path === '' ? path === base : path.startsWith(base + part.path),
  }));
  return (
    <div className="border-b border-line bg-surface">
      <div className="mx-auto max-w-7xl px-4 sm:px-6">
        <div className="flex h-9 items-end">
          {project.data ? (
            <Link href={base} className="truncate rounded-sm font-semibold hover:text-accent">
              {project.data.name}
            </Link>
          ) : (
            <Skeleton className="mb-1 h-4 w-40" />
          )}
        </div>
        <div className="-mx-3">
          <Tabs label="Parts of the project" tabs={tabs} />
        </div>
      </div>
    </div>
  );
}
