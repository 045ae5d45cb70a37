'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Button } from '#components/button.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import { Field } from '#components/field.tsx';
import { Input } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { useToast } from '#components/toast.tsx';
import { queries } from '#lib/client/queries.ts';
import type { StudyDetail } from '#lib/studies/overview/schema.ts';
import type { StudyAddress } from '../study-address.ts';

interface Shape {
  address: StudyAddress;
  study: StudyDetail;
  isOpen: boolean;
  onClose: () => void;
}

/** Takes in a file of scores of the study's videos; the report then holds them against the votes. */
export function ScoresDialog({ address, study, isOpen, onClose }: Shape) {
  const toast = useToast();
  const queryClient = useQueryClient();
  const add = useMutation(
    queries.studies.importScores.mutationOptions({
      onSuccess: async ({ metrics, scores }) => {
        onClose();
        toast({ text: `${scores} scores taken in: ${metrics.join(', ')}. The report follows.` });
        await queryClient.invalidateQueries({ queryKey: queries.reports.key() });
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get('file');
    if (file instanceof File)
      add.mutate({
        ...{ project: address.project, study: address.study, revision: study.revision },
        file,
      });
  };
  return (
    <Dialog
      title="Add scores of the videos"
      description="The report shows whether a score, such as CLIP or aesthetics, says what people say, and where it misleads."
      isOpen={isOpen}
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-5">
        <ErrorNotice error={add.error} />
        <Field
          label="CSV file"
          hint="A column arm, a column prompt, and a column of numbers for each score. A score of the same name is replaced."
        >
          <Input name="file" type="file" accept=".csv,text/csv" required />
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={add.isPending}>
            Add
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
