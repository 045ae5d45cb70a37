'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import { Field } from '#components/field.tsx';
import { Input, TextArea } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { queries } from '#lib/client/queries.ts';
import type { DecisionsView, Mix } from '#lib/reports/decisions/schema.ts';
import { percentText } from '../../percent-text.ts';
import type { StudyAddress } from '../../study-address.ts';
import { dateText } from './date-text.ts';

interface Shape {
  address: StudyAddress;
  current: NonNullable<DecisionsView['current']>;
  captioners: readonly string[];
  /** The mix that holds now, to start from. */
  held: Mix | null;
  isOpen: boolean;
  onClose: () => void;
}

/** Asks for each captioner's share in the training set and the reason. */
export function MixDialog({ address, current, captioners, held, isOpen, onClose }: Shape) {
  const [percents, setPercents] = useState<Record<string, string>>(() =>
    held ? sharesOf(captioners, held) : equalShares(captioners),
  );
  const queryClient = useQueryClient();
  const toast = useToast();
  const decide = useMutation(
    queries.reports.decide.mutationOptions({
      onSuccess: async () => {
        onClose();
        toast({ text: 'The mix is recorded' });
        await queryClient.invalidateQueries({ queryKey: queries.reports.key() });
      },
    }),
  );
  const shares = captioners.map((arm) => ({ arm, share: Number(percents[arm] ?? 0) / 100 }));
  const sum = shares.reduce((total, { share }) => total + share, 0);
  const isWhole = Math.abs(sum - 1) <= 0.001;
  const record = (isLeftOpen: boolean, reason: string) =>
    decide.mutate({
      ...address,
      snapshot: current.snapshot.id,
      arm: null,
      mix: isLeftOpen ? null : shares.filter(({ share }) => share > 0),
      reason,
    });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const reason = String(new FormData(event.currentTarget).get('reason'));
    record(submitter?.getAttribute('name') === 'open', reason);
  };
  return (
    <Dialog
      title="Decide on the mix of captions"
      description={`Each clip gets one caption, drawn by these shares. Bound to the ${current.votes.toLocaleString('en')} votes up to ${dateText(current.snapshot.createdAt)}. A decision is never changed; a later one takes its place.`}
      isOpen={isOpen}
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-5">
        <ErrorNotice error={formError(decide.error, ['mix', 'reason'])} />
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 text-sm font-medium">Share of each captioner, in percent</legend>
          <div className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] items-end gap-3">
            {captioners.map((arm) => (
              <Field key={arm} label={arm}>
                <Input
                  type="number"
                  inputMode="decimal"
                  min={0}
                  max={100}
                  step="any"
                  required
                  value={percents[arm] ?? ''}
                  onChange={(event) => setPercents({ ...percents, [arm]: event.target.value })}
                />
              </Field>
            ))}
          </div>
          <p
            role="status"
            className={`text-sm ${isWhole ? 'text-ink-faint' : 'font-medium text-bad'}`}
          >
            {isWhole
              ? 'Together 100 %.'
              : `Together ${percentText(sum)}: the shares have to make 100 %.`}
          </p>
          {fieldError(decide.error, 'mix') && (
            <p role="alert" className="text-sm text-bad">
              {fieldError(decide.error, 'mix')}
            </p>
          )}
        </fieldset>
        <Field label="Reason" error={fieldError(decide.error, 'reason')}>
          <TextArea
            name="reason"
            required
            maxLength={2000}
            rows={4}
            placeholder="Why these shares, and what else was weighed"
          />
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" name="open" isBusy={decide.isPending}>
            Leave open
          </Button>
          <Button type="submit" variant="primary" isBusy={decide.isPending} disabled={!isWhole}>
            Record the mix
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function sharesOf(captioners: readonly string[], mix: Mix): Record<string, string> {
  return Object.fromEntries(
    captioners.map((name) => {
      const share = mix.find(({ arm }) => arm === name)?.share ?? 0;
      return [name, String(+(100 * share).toFixed(2))];
    }),
  );
}

/** Whole percents that make 100 together: the first ones take what is left over. */
function equalShares(captioners: readonly string[]): Record<string, string> {
  const base = Math.floor(100 / captioners.length);
  const over = 100 - base * captioners.length;
  return Object.fromEntries(
    captioners.map((arm, place) => [arm, String(base + (place < over ? 1 : 0))]),
  );
}
