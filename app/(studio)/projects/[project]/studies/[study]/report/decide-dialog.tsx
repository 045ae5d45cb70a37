'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import { Field } from '#components/field.tsx';
import { Select, TextArea } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { queries } from '#lib/client/queries.ts';
import type { Advice, DecisionsView } from '#lib/reports/decisions/schema.ts';
import type { StudyAddress } from '../../study-address.ts';
import { dateText } from './date-text.ts';

interface Shape {
  address: StudyAddress;
  current: NonNullable<DecisionsView['current']>;
  /** What the rule says on those votes. */
  advice: Advice;
  isOpen: boolean;
  onClose: () => void;
}

/** What the list of arms holds beside their numbers. */
const UNCHOSEN = '';
const OPEN = 'open';

/** Asks for an arm of the axis (or none, on purpose) and the reason. */
export function DecideDialog({ address, current, advice, isOpen, onClose }: Shape) {
  const [choice, setChoice] = useState<string | null>(null);
  const queryClient = useQueryClient();
  const toast = useToast();
  const decide = useMutation(
    queries.reports.decide.mutationOptions({
      onSuccess: async () => {
        onClose();
        setChoice(null);
        toast({ text: 'The decision is recorded' });
        await queryClient.invalidateQueries({ queryKey: queries.reports.key() });
      },
    }),
  );
  const recommended = advice.perArm.findIndex(({ name }) => name === advice.recommendation);
  const chosen = choice ?? (recommended < 0 ? UNCHOSEN : String(recommended));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    decide.mutate({
      ...address,
      snapshot: current.snapshot.id,
      arm: chosen === OPEN ? null : (advice.perArm[Number(chosen)]?.name ?? null),
      reason: String(new FormData(event.currentTarget).get('reason')),
    });
  };
  // Two arms are told by shares of votes, never by Elo.
  const isTwoArms = advice.perArm.length === 2;
  return (
    <Dialog
      title="Decide on this axis"
      description={`Bound to the ${current.votes.toLocaleString('en')} votes up to ${dateText(current.snapshot.createdAt)}. A decision is never changed; a later one takes its place.`}
      isOpen={isOpen}
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-5">
        <ErrorNotice error={formError(decide.error, ['arm', 'reason'])} />
        <Field
          label="Take"
          hint={`${
            advice.recommendation === null
              ? 'The rule recommends nothing yet.'
              : chosen === String(recommended)
                ? 'As the rule recommends.'
                : 'The rule recommends another arm.'
          }${isTwoArms ? '' : ` Elo differences are to “${advice.reference}”.`}`}
          error={fieldError(decide.error, 'arm')}
        >
          <Select required value={chosen} onChange={(event) => setChoice(event.target.value)}>
            {recommended < 0 && <option value={UNCHOSEN}>Choose an arm</option>}
            {advice.perArm.map((option, place) => (
              <option key={option.name} value={place}>
                {armText(option, isTwoArms ? option.name : advice.reference)}
              </option>
            ))}
            <option value={OPEN}>No arm: leave the axis open on purpose</option>
          </Select>
        </Field>
        <Field label="Reason" error={fieldError(decide.error, 'reason')}>
          <TextArea
            name="reason"
            required
            maxLength={2000}
            rows={4}
            placeholder="Why this one, and what else was weighed"
          />
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={decide.isPending}>
            Record the decision
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

type Option = Advice['perArm'][number];

/** "quarter: +31 Elo (+12 to +50), P(best) 0.93"; without Elo against itself. */
function armText(arm: Option, reference: string | null): string {
  const whole = (points: number) =>
    `${points > 0 ? '+' : ''}${Math.round(points)}`.replace('-', '\u2212');
  const difference =
    arm.name === reference || arm.difference === null
      ? []
      : [
          `${whole(arm.difference)} Elo${
            arm.low === null || arm.high === null
              ? ''
              : ` (${whole(arm.low)} to ${whole(arm.high)})`
          }`,
        ];
  const best = arm.pBest === null ? [] : [`P(best) ${arm.pBest.toFixed(2)}`];
  const facts = [...difference, ...best].join(', ');
  return facts === '' ? arm.name : `${arm.name}: ${facts}`;
}
