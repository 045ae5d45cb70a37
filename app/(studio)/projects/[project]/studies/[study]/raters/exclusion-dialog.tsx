'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Button } from '#components/button.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import { Field } from '#components/field.tsx';
import { Select, TextArea } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { fieldError, formError } from '#lib/client/field-error.ts';
import { queries } from '#lib/client/queries.ts';
import { exclusionCauseSchema, type RaterView } from '#lib/studies/quality/schema.ts';
import type { StudyAddress } from '../../study-address.ts';
import { CAUSES } from './rater-words.ts';

const LONGEST_REASON = 500;

interface Shape {
  address: StudyAddress;
  rater: RaterView;
  onClose: () => void;
}

/** Asks why a rater is excluded or included again, and says what will happen. */
export function ExclusionDialog({ address, rater, onClose }: Shape) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const onSuccess = async ({ isExcluded }: { isExcluded: boolean }) => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: queries.studies.key() }),
      queryClient.invalidateQueries({ queryKey: queries.reports.key() }),
    ]);
    const what = isExcluded ? 'is excluded' : 'is included again';
    toast({ text: `${rater.rater} ${what}. Rankings are made anew.` });
    onClose();
  };
  const exclude = useMutation(queries.studies.excludeRater.mutationOptions({ onSuccess }));
  const include = useMutation(queries.studies.includeRater.mutationOptions({ onSuccess }));
  const { error, isPending } = rater.isExcluded ? include : exclude;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = { ...address, rater: rater.rater, reason: String(form.get('reason')) };
    if (rater.isExcluded) include.mutate(input);
    else exclude.mutate({ ...input, because: exclusionCauseSchema.parse(form.get('because')) });
  };
  return (
    <Dialog
      isOpen
      title={rater.isExcluded ? `Include ${rater.rater} again?` : `Exclude ${rater.rater}?`}
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-5">
        <ul className="flex list-disc flex-col gap-1 pl-5 text-sm text-ink-soft">
          {(rater.isExcluded ? INCLUDE : EXCLUDE).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <ErrorNotice error={formError(error, ['reason'])} />
        {!rater.isExcluded && (
          <Field label="Because of">
            <Select name="because" defaultValue={rater.flags[0]?.code ?? 'other'}>
              {exclusionCauseSchema.options.map((cause) => (
                <option key={cause} value={cause}>
                  {CAUSES[cause]}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Field
          label="Reason"
          hint="Kept with your name and shown to everybody who works on this study."
          error={fieldError(error, 'reason')}
        >
          <TextArea name="reason" rows={3} required maxLength={LONGEST_REASON} />
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isPending}>
            {rater.isExcluded ? 'Include again' : 'Exclude'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const EXCLUDE = [
  'Rankings are made anew without this rater.',
  'The votes stay as they are, and the places that they filled are asked for again from others.',
  'The rater is not told and is credited as before.',
  'You can include the rater again at any time.',
];
const INCLUDE = [
  'Rankings are made anew with the votes of this rater, and are as before if nothing else changed.',
  'Where others have filled the places meanwhile, all votes count.',
];
