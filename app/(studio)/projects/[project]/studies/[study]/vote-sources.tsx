'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bot, FileInput } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/button.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { queries } from '#lib/client/queries.ts';
import { count } from '../counts.ts';
import type { StudyAddress } from '../study-address.ts';

interface Votes {
  votes: number;
  isCounted: boolean;
}

interface Shape {
  address: StudyAddress;
  simulated: Votes;
  imported: Votes;
  /** Votes of people that rankings count, where the page knows. */
  people?: number;
}

/** Says which votes are not from this study's own raters, with the switch that leaves them out. */
export function VoteSources({ address, simulated, imported, people }: Shape) {
  const queryClient = useQueryClient();
  const change = useMutation(
    queries.studies.setVoteSources.mutationOptions({
      onSuccess: () =>
        Promise.all([
          queryClient.invalidateQueries({ queryKey: queries.studies.key() }),
          queryClient.invalidateQueries({ queryKey: queries.reports.key() }),
        ]),
    }),
  );
  const { project, study, revision } = address;
  const set = (sources: { simulated?: boolean; imported?: boolean }) =>
    change.mutate({ project, study, ...(revision && { revision }), ...sources });
  const whether = ({ isCounted }: Votes) => (isCounted ? 'are counted' : 'are left out');
  return (
    <>
      {simulated.votes > 0 && (
        <Source
          icon={<Bot aria-hidden />}
          text={`${count(simulated.votes, 'vote')} from simulated raters ${whether(simulated)}${
            people === undefined ? '' : `; ${count(people, 'vote')} from people`
          }.`}
          action={simulated.isCounted ? 'Leave simulated votes out' : 'Count simulated votes'}
          isBusy={change.isPending}
          onPress={() => set({ simulated: !simulated.isCounted })}
        />
      )}
      {imported.votes > 0 && (
        <Source
          icon={<FileInput aria-hidden />}
          text={`${count(imported.votes, 'vote')} imported from a file ${whether(imported)}.`}
          action={imported.isCounted ? 'Leave imported votes out' : 'Count imported votes'}
          isBusy={change.isPending}
          onPress={() => set({ imported: !imported.isCounted })}
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
