'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bot, FileInput } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button, LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { Progress } from '#components/progress.tsx';
import { queries } from '#lib/client/queries.ts';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';
import { count, day } from '../counts.ts';
import { type StudyAddress, studyHref } from '../study-address.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

interface Shape {
  address: StudyAddress;
  study: StudyDetail;
}

/** How far the votes are, from whom they come, and the switches of an open study. */
export function ProgressCard({ address, study }: Shape) {
  const { progress } = study;
  const people = progress.raters.link;
  const isOpen = study.state === 'running' || study.state === 'paused';
  return (
    <Card
      title="Votes"
      description={
        study.openedAt
          ? `Open since ${day(study.openedAt)}${study.closedAt ? `, closed on ${day(study.closedAt)}` : ''}.`
          : undefined
      }
      actions={isOpen && <StateButtons address={address} study={study} />}
    >
      <div className="flex flex-col gap-5">
        <Progress
          label="All questions"
          value={study.counted}
          max={study.wanted}
          note={`${study.counted.toLocaleString('en')} of ${count(study.wanted, 'vote')}`}
        />
        {progress.questions.length > 1 &&
          progress.questions.map((question) => (
            <Progress
              key={question.key}
              label={study.questions[question.position]?.wording.en ?? question.key}
              value={question.counted}
              max={question.wanted}
              note={`${question.counted.toLocaleString('en')} of ${question.wanted.toLocaleString('en')}`}
            />
          ))}
        <p className="text-sm text-ink-faint">
          {people === 0
            ? 'Nobody has come by the link yet.'
            : `${count(people, 'rater')} came by the link.`}
          {progress.raters.trial > 0 &&
            ` ${count(progress.votes.trial, 'trial vote')} never count.`}
        </p>
        <VoteSources address={address} study={study} />
        <LinkButton
          href={studyHref(address, '/report')}
          className="self-start"
          variant={study.counted > 0 ? 'primary' : 'secondary'}
        >
          See the report
        </LinkButton>
      </div>
    </Card>
  );
}

const QUESTIONS = {
  pause: {
    title: 'Pause the study?',
    text: 'No more pairs are handed out until you go on. Votes stay as they are.',
    action: 'Pause',
  },
  resume: {
    title: 'Go on with the study?',
    text: 'Pairs are handed out again by the same link.',
    action: 'Go on',
  },
  close: {
    title: 'Close the study for good?',
    text: 'No more votes are taken, and a closed study does not open again. Its report and votes stay.',
    action: 'Close for good',
  },
} as const;
type Move = keyof typeof QUESTIONS;

function StateButtons({ address, study }: Shape) {
  const [move, setMove] = useState<Move | null>(null);
  const queryClient = useQueryClient();
  const done = {
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: queries.studies.key() });
      setMove(null);
    },
  };
  const moves = {
    pause: useMutation(queries.studies.pause.mutationOptions(done)),
    resume: useMutation(queries.studies.resume.mutationOptions(done)),
    close: useMutation(queries.studies.close.mutationOptions(done)),
  };
  const input = { project: address.project, study: address.study, revision: study.revision };
  return (
    <>
      <Button size="sm" onClick={() => setMove(study.state === 'paused' ? 'resume' : 'pause')}>
        {study.state === 'paused' ? 'Go on' : 'Pause'}
      </Button>
      <Button size="sm" onClick={() => setMove('close')}>
        Close
      </Button>
      <ConfirmDialog
        {...QUESTIONS[move ?? 'pause']}
        isDanger={move === 'close'}
        isOpen={move !== null}
        isBusy={move !== null && moves[move].isPending}
        error={move && moves[move].error}
        onConfirm={() => move && moves[move].mutate(input)}
        onClose={() => setMove(null)}
      />
    </>
  );
}

/** Says which votes are not people's of this study, with the switch that leaves them out. */
function VoteSources({ address, study }: Shape) {
  const queryClient = useQueryClient();
  const change = useMutation(
    queries.studies.setVoteSources.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.studies.key() }),
    }),
  );
  const { votes } = study.progress;
  const set = (sources: { simulated?: boolean; imported?: boolean }) =>
    change.mutate({
      project: address.project,
      study: address.study,
      revision: study.revision,
      ...sources,
    });
  return (
    <>
      {votes.simulated > 0 && (
        <Source
          icon={<Bot aria-hidden />}
          text={`${count(votes.simulated, 'vote')} from simulated raters; rankings ${study.counts.simulated ? 'count them' : 'leave them out'}.`}
          action={study.counts.simulated ? 'Leave them out' : 'Count them'}
          isBusy={change.isPending}
          onPress={() => set({ simulated: !study.counts.simulated })}
        />
      )}
      {votes.imported > 0 && (
        <Source
          icon={<FileInput aria-hidden />}
          text={`${count(votes.imported, 'vote')} imported from a file; rankings ${study.counts.imported ? 'count them' : 'leave them out'}.`}
          action={study.counts.imported ? 'Leave them out' : 'Count them'}
          isBusy={change.isPending}
          onPress={() => set({ imported: !study.counts.imported })}
        />
      )}
      <ErrorNotice error={change.error} />
    </>
  );
}

function Source(props: {
  icon: ReactNode;
  text: string;
  action: string;
  isBusy: boolean;
  onPress: () => void;
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-warn/25 bg-warn-soft px-4 py-3 text-sm">
      <p className="flex min-w-0 items-start gap-2 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
        {props.icon}
        {props.text}
      </p>
      <Button size="sm" isBusy={props.isBusy} onClick={props.onPress}>
        {props.action}
      </Button>
    </div>
  );
}
