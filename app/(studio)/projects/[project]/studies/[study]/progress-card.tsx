'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, LinkButton } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { Progress } from '#components/progress.tsx';
import { queries } from '#lib/client/queries.ts';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';
import { count, day } from '../counts.ts';
import { type StudyAddress, studyHref } from '../study-address.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { VoteSources } from './vote-sources.tsx';

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
        <VoteSources
          address={{ ...address, revision: study.revision }}
          simulated={{ votes: progress.votes.simulated, isCounted: study.counts.simulated }}
          imported={{ votes: progress.votes.imported, isCounted: study.counts.imported }}
        />
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
