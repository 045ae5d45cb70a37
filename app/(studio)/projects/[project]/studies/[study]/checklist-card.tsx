'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Info, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { Button, LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { Progress } from '#components/progress.tsx';
import { SkeletonLines } from '#components/skeleton.tsx';
import { queries } from '#lib/client/queries.ts';
import type { Checklist, ChecklistItem } from '#lib/studies/checklist/schema.ts';
import { type StudyAddress, studyHref } from '../study-address.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DifferencesCard } from './differences-card.tsx';
import { checklistQuery } from './study-query.ts';

/** What is missing before the study can open, with the way to each, and the opening itself. */
export function ChecklistCard({ address }: { address: StudyAddress }) {
  const checklist = useQuery(checklistQuery(address));
  return (
    <>
      <Card
        title="Before it opens"
        actions={checklist.data && <OpenButton address={address} checklist={checklist.data} />}
      >
        {checklist.isPending && <SkeletonLines label="Looking what is missing" />}
        <ErrorNotice error={checklist.error} onRetry={() => void checklist.refetch()} />
        {checklist.data && <Items address={address} checklist={checklist.data} />}
      </Card>
      {checklist.data && checklist.data.differences.length > 0 && (
        <DifferencesCard address={address} checklist={checklist.data} />
      )}
    </>
  );
}

function Items({ address, checklist }: { address: StudyAddress; checklist: Checklist }) {
  const { renditions } = checklist;
  // The bar above them says it already.
  const items = checklist.items.filter((item) => item.code !== 'rendition-waiting');
  return (
    <div className="flex flex-col gap-4">
      {renditions.waiting > 0 && (
        <Progress
          label="Videos in their common form"
          value={renditions.ready}
          max={renditions.wanted}
          note={`${renditions.ready.toLocaleString('en')} of ${renditions.wanted.toLocaleString('en')}`}
        />
      )}
      {checklist.canOpen && (
        <p className="flex items-center gap-3 text-sm text-good">
          <CircleCheck aria-hidden className="size-4 shrink-0" />
          Nothing is missing. Look over the grid, try the trial link, then open it.
        </p>
      )}
      <ul className="flex flex-col divide-y divide-line">
        {items.map((item) => (
          <li key={item.code} className="py-3 first:pt-0 last:pb-0">
            <Item address={address} item={item} />
          </li>
        ))}
      </ul>
    </div>
  );
}

const MARKS = {
  blocker: <CircleAlert aria-label="To do" className="text-bad" />,
  waiting: <LoaderCircle aria-label="Under way" className="animate-spin text-ink-faint" />,
  advice: <Info aria-label="Advice" className="text-ink-faint" />,
};
/** Beyond this many, names are shown on request. */
const NAMES_SHOWN = 3;

function Item({ address, item }: { address: StudyAddress; item: ChecklistItem }) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? item.names : item.names.slice(0, NAMES_SHOWN);
  const hidden = item.names.length - shown.length + item.more;
  return (
    <div className="flex items-start gap-3">
      <span className="mt-0.5 [&_svg]:size-4">{MARKS[item.severity]}</span>
      <div className="min-w-0 flex-1 text-sm">
        <p>{item.message}</p>
        <ul className="mt-1 text-ink-faint">
          {shown.map((name) => (
            <li key={name} className="[overflow-wrap:anywhere]">
              {name}
            </li>
          ))}
          {isOpen && item.more > 0 && <li>and {item.more.toLocaleString('en')} more</li>}
        </ul>
        {!isOpen && hidden > 0 && (
          <button
            type="button"
            className="mt-1 rounded-sm font-medium text-accent hover:underline"
            onClick={() => setOpen(true)}
          >
            Show {hidden.toLocaleString('en')} more
          </button>
        )}
      </div>
      {item.severity !== 'waiting' && <Fix address={address} item={item} />}
    </div>
  );
}

const EDITS: Partial<Record<ChecklistItem['fix'], string>> = {
  arms: 'Edit arms',
  prompts: 'Edit prompts',
  questions: 'Edit questions',
  rules: 'Edit rules',
};

function Fix({ address, item }: { address: StudyAddress; item: ChecklistItem }) {
  const edit = EDITS[item.fix];
  if (item.fix === 'differences')
    return (
      <LinkButton size="sm" href="#differences">
        See them
      </LinkButton>
    );
  if (item.fix === 'import')
    return (
      <LinkButton size="sm" href={`/projects/${address.project}/imports`}>
        Imports
      </LinkButton>
    );
  if (item.fix === 'renditions') return <RenewButton address={address} />;
  return (
    <LinkButton size="sm" href={`${studyHref(address, '/edit')}#${item.fix}`}>
      {edit}
    </LinkButton>
  );
}

function RenewButton({ address }: { address: StudyAddress }) {
  const queryClient = useQueryClient();
  const renew = useMutation(
    queries.studies.renewRenditions.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.studies.key() }),
    }),
  );
  return (
    <Button size="sm" isBusy={renew.isPending} onClick={() => renew.mutate(address)}>
      Try again
    </Button>
  );
}

function OpenButton({ address, checklist }: { address: StudyAddress; checklist: Checklist }) {
  const [isAsking, setAsking] = useState(false);
  const queryClient = useQueryClient();
  const open = useMutation(
    queries.studies.open.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await queryClient.invalidateQueries({ queryKey: queries.studies.key() });
      },
    }),
  );
  return (
    <>
      <Button
        variant="primary"
        size="sm"
        disabled={!checklist.canOpen}
        title={checklist.canOpen ? undefined : 'First put right what is listed here'}
        onClick={() => setAsking(true)}
      >
        Open to raters
      </Button>
      <ConfirmDialog
        title="Open the study to raters?"
        text="From now on its link hands out pairs. Arms, prompts and questions are fixed; changing them makes a new revision. A revision that is still open is closed."
        action="Open"
        isOpen={isAsking}
        isBusy={open.isPending}
        error={open.error}
        onConfirm={() => open.mutate(address)}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
