'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download, FileText, LoaderCircle } from 'lucide-react';
import { Button } from '#components/button.tsx';
import { Link } from '#components/link.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { queries } from '#lib/client/queries.ts';
import {
  type ManifestFormat,
  type ManifestSummary,
  manifestFormatSchema,
} from '#lib/datasets/manifests/schema.ts';
import type { SubsetSummary } from '#lib/datasets/subsets/schema.ts';
import { bytesText } from '../../../../imports/import-words.ts';
import { isMoving } from '../../../dataset-words.ts';
import { FORMAT_WORDS } from '../../axis-words.ts';

interface ManifestsProps {
  address: { project: string; dataset: string; version: number };
  subset: SubsetSummary;
}

/** A subset, its files to download, and a button for each format that it has none of yet. */
export function Manifests({ address, subset }: ManifestsProps) {
  const queryClient = useQueryClient();
  const create = useMutation(
    queries.manifests.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.subsets.key() }),
    }),
  );
  const { project, dataset, version } = address;
  const base = `/api/v1/projects/${project}/datasets/${dataset}/subsets/${subset.slug}/manifests`;
  const ask = (format: ManifestFormat) =>
    create.mutate({ ...address, subset: subset.slug, format });
  const absent = manifestFormatSchema.options.filter(
    (format) => !subset.manifests.some((each) => each.format === format && each.state !== 'failed'),
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-medium">{subset.name}</h3>
        <p className="text-sm text-ink-faint tabular-nums">
          {subset.clips.toLocaleString('en')} clips{' '}
          <code className="text-xs" title={subset.definitionHash}>
            {subset.slug}
          </code>
        </p>
      </div>
      {subset.manifests.length > 0 && (
        <ul className="flex flex-col gap-1.5 text-sm">
          {subset.manifests.map((manifest) => (
            <li key={manifest.format} className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <ManifestLine
                manifest={manifest}
                href={(part) => `${base}/${manifest.format}/${part}?version=${version}`}
              />
            </li>
          ))}
        </ul>
      )}
      {absent.length > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <span aria-hidden className="text-sm text-ink-faint">
            Make
          </span>
          {absent.map((format) => (
            <Button
              key={format}
              size="sm"
              isBusy={create.isPending && create.variables.format === format}
              onClick={() => ask(format)}
            >
              <span className="sr-only">Make the manifest of {subset.name} as </span>
              {FORMAT_WORDS[format]}
            </Button>
          ))}
        </div>
      )}
      <ErrorNotice error={create.error} />
    </div>
  );
}

function ManifestLine(props: {
  manifest: ManifestSummary;
  href: (part: 'file' | 'sidecar') => string;
}) {
  const { manifest, href } = props;
  const { format, fileName, bytes, hash, state, problem, progress } = manifest;
  if (isMoving(manifest))
    return (
      <span role="status" className="inline-flex items-center gap-2 text-ink-soft">
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
        {FORMAT_WORDS[format]}:{' '}
        {progress === null
          ? 'waiting for a worker'
          : `${progress.step === 'writing' ? 'writing' : 'putting away'}, ${bytesText(progress.bytes)}`}
      </span>
    );
  if (state !== 'done' || hash === null)
    return (
      <span className="text-bad">
        {FORMAT_WORDS[format]}: {problem ?? 'could not be made'}
      </span>
    );
  return (
    <>
      <Link
        href={href('file')}
        download={fileName}
        className="inline-flex min-w-0 items-center gap-1.5 rounded-sm font-medium text-accent hover:underline"
      >
        <Download aria-hidden className="size-4 shrink-0" />
        <span className="[overflow-wrap:anywhere]">{fileName}</span>
      </Link>
      <span className="text-ink-faint tabular-nums">{bytesText(bytes ?? 0)}</span>
      <Link
        href={href('sidecar')}
        download={`${fileName}.json`}
        className="inline-flex items-center gap-1.5 rounded-sm text-ink-soft hover:underline"
      >
        <FileText aria-hidden className="size-4" />
        what it is
      </Link>
      <code className="text-xs text-ink-faint" title={hash}>
        {hash.slice(0, 12)}
      </code>
    </>
  );
}
