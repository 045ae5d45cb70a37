'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight, FileText, Film } from 'lucide-react';
import { LinkButton } from '#components/button.tsx';
import { Link } from '#components/link.tsx';
import { EmptyState, ErrorNotice } from '#components/notices.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import type { ImportSummary } from '#lib/generation/schema.ts';
import { count, day } from '../counts.ts';

const NEWEST = 100;

/** The imports that a study can be made of, and the way by text. */
export function ChooseImport({ project }: { project: string }) {
  const imports = useQuery(
    queries.imports.list.queryOptions({ input: { project, limit: NEWEST } }),
  );
  const base = `/projects/${project}`;
  const byText = (
    <LinkButton href={`${base}/studies/new?from=yaml`} icon={<FileText aria-hidden />}>
      From YAML instead
    </LinkButton>
  );
  const rows = imports.data?.imports;
  return (
    <>
      <ErrorNotice error={imports.error} onRetry={() => void imports.refetch()} />
      {imports.isPending && <SkeletonLines label="Loading the imports" />}
      {rows?.length === 0 && (
        <EmptyState
          icon={<Film />}
          title="No videos yet"
          action={
            <>
              <LinkButton href={`${base}/imports`} variant="primary">
                Bring in videos
              </LinkButton>
              {byText}
            </>
          }
        >
          A study compares videos (or captions) that were brought in before.
        </EmptyState>
      )}
      {rows && rows.length > 0 && (
        <>
          <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {rows.map((row) => (
              <li key={row.slug}>
                <ImportCard
                  row={row}
                  href={`${base}/studies/new?import=${encodeURIComponent(row.slug)}`}
                />
              </li>
            ))}
          </ul>
          <div className="mt-6">{byText}</div>
        </>
      )}
    </>
  );
}

function ImportCard({ row, href }: { row: ImportSummary; href: string }) {
  const what = row.kind === 'caption' ? 'clip' : 'video';
  return (
    <Link
      href={href}
      className="group flex h-full flex-col justify-between gap-6 rounded-xl border border-line bg-surface p-5 shadow-card transition-shadow hover:border-line-strong hover:shadow-float"
    >
      <div className="min-w-0">
        <h2 className="font-semibold [overflow-wrap:anywhere] group-hover:text-accent">
          {row.name}
        </h2>
        <p className="mt-0.5 text-sm text-ink-faint">
          {count(row.accepted, what)}
          {row.kind === 'caption' && ' with captions'} · {day(row.createdAt)}
          {row.state !== 'done' && ` · ${row.state}`}
        </p>
      </div>
      <span className="flex items-center gap-1.5 text-sm font-medium text-accent">
        Use it <ArrowRight aria-hidden className="size-4" />
      </span>
    </Link>
  );
}
