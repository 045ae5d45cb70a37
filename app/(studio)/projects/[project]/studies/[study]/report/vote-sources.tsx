'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bot, FileInput } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/button.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { queries } from '#lib/client/queries.ts';
import type { StudyAddress } from '../../study-address.ts';

interface Shape {
  address: StudyAddress;
  report: {
    study: { countSimulated: boolean; countImported: boolean };
    breakdown: { people: number; simulated: number; imported: number };
  };
}

/** Says which votes are not from this study's own raters, with the switch that leaves them out. */
export function VoteSources({ address, report }: Shape) {
  const queryClient = useQueryClient();
  const change = useMutation(
    queries.studies.setVoteSources.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.reports.key() }),
    }),
  );
  const { study, breakdown } = report;
  const { project, study: slug, revision } = address;
  const set = (sources: { simulated?: boolean; imported?: boolean }) =>
    change.mutate({ project, study: slug, ...(revision && { revision }), ...sources });
  const votes = (count: number) =>
    `${count.toLocaleString('en')} ${count === 1 ? 'vote' : 'votes'}`;
  return (
    <>
      {breakdown.simulated > 0 && (
        <Source
          icon={<Bot aria-hidden />}
          text={`${votes(breakdown.simulated)} from simulated raters ${
            study.countSimulated ? 'are counted on this page' : 'are left out'
          }; ${votes(breakdown.people)} from people.`}
          action={study.countSimulated ? 'Leave simulated votes out' : 'Count simulated votes'}
          isBusy={change.isPending}
          onPress={() => set({ simulated: !study.countSimulated })}
        />
      )}
      {breakdown.imported > 0 && (
        <Source
          icon={<FileInput aria-hidden />}
          text={`${votes(breakdown.imported)} imported from a file ${
            study.countImported ? 'are counted on this page' : 'are left out'
          }.`}
          action={study.countImported ? 'Leave imported votes out' : 'Count imported votes'}
          isBusy={change.isPending}
          onPress={() => set({ imported: !study.countImported })}
        />
      )}
      <ErrorNotice error={change.error} />
    </>
  );
}

interface SourceShape {
  icon: ReactNode;
  text: string;
  action: string;
  isBusy: boolean;
  onPress: () => void;
}

function Source({ icon, text, action, isBusy, onPress }: SourceShape) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-xl border border-warn/25 bg-warn-soft px-4 py-3 text-sm">
      <p className="flex min-w-0 items-center gap-2 [&_svg]:size-4 [&_svg]:shrink-0">
        {icon}
        {text}
      </p>
      <Button size="sm" isBusy={isBusy} onClick={onPress}>
        {action}
      </Button>
    </div>
  );
}
