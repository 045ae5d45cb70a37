'use client';

import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Button } from '#components/button.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { Stat, StatRow } from '#components/stat.tsx';
import { useToast } from '#components/toast.tsx';
import { queries } from '#lib/client/queries.ts';
import type { CombinedResult, FilterLinks } from '#lib/reports/confirmation/schema.ts';
import { percentText } from '../studies/percent-text.ts';
import { ManifestButton } from './manifest-button.tsx';

interface Shape {
  project: string;
  made: CombinedResult;
  options: FilterLinks['options'];
}

/** What each filter keeps alone and all together, the manifests, and the study that confirms them. */
export function CombinedSubset({ project, made, options }: Shape) {
  const { dataset, version, subset, control } = made;
  const router = useRouter();
  const toast = useToast();
  const prepare = useMutation(
    queries.reports.prepareConfirmation.mutationOptions({
      onSuccess: ({ study, unlike }) => {
        if (unlike.length > 0)
          toast({
            text: `Not taken over, since they differ between the studies: ${unlike.join(', ')}`,
          });
        router.push(`/projects/${project}/studies/${study}`);
      },
    }),
  );
  const { counts } = subset;
  const share = (kept: number, of: number) => percentText(of === 0 ? 0 : kept / of);
  const nameOf = (axis: string) => options.find(({ slug }) => slug === axis)?.name ?? axis;
  return (
    <div role="status" className="flex flex-col gap-5 border-t border-line pt-5">
      <StatRow>
        {counts?.alone.map(({ axis, kept }) => (
          <Stat
            key={axis}
            label={`Kept by ${nameOf(axis)} alone`}
            value={share(kept, counts.sampled)}
            hint={`${kept.toLocaleString('en')} clips`}
          />
        ))}
        <Stat
          label={counts && counts.alone.length > 1 ? 'Kept by all together' : 'Kept'}
          value={counts ? share(counts.together, counts.sampled) : '–'}
          hint={`${subset.clips.toLocaleString('en')} clips`}
        />
      </StatRow>
      <Downloads project={project} made={made} which={subset.slug} name={subset.name} />
      {control && (
        <Downloads project={project} made={made} which={control.slug} name={control.name} />
      )}
      <ErrorNotice error={prepare.error} />
      {control && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button
            icon={<FlaskConical aria-hidden />}
            isBusy={prepare.isPending || prepare.isSuccess}
            onClick={() =>
              prepare.mutate({
                project,
                dataset,
                version,
                subset: subset.slug,
                control: control.slug,
              })
            }
          >
            Prepare the confirmation study
          </Button>
          <p className="text-sm text-ink-faint">
            Curated against uncurated, {subset.clips.toLocaleString('en')} clips each, as a draft.
          </p>
        </div>
      )}
    </div>
  );
}

const FORMATS = ['parquet', 'csv', 'jsonl', 'npy'] as const;

function Downloads(props: { project: string; made: CombinedResult; which: string; name: string }) {
  const { project, made, which, name } = props;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="mr-2 text-sm font-medium [overflow-wrap:anywhere]">{name}</p>
      {FORMATS.map((format) => (
        <ManifestButton
          key={format}
          address={{
            project,
            dataset: made.dataset,
            version: made.version,
            subset: which,
            format,
          }}
          name={name}
        />
      ))}
    </div>
  );
}
