'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { Dialog, DialogActions } from '#components/dialog.tsx';
import { Field } from '#components/field.tsx';
import { TextArea } from '#components/input.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { queries } from '#lib/client/queries.ts';
import type { Checklist, DifferenceView } from '#lib/studies/checklist/schema.ts';
import { count, day } from '../counts.ts';
import type { StudyAddress } from '../study-address.ts';

interface Shape {
  address: StudyAddress;
  checklist: Checklist;
}

/** In what the arms differ beyond the axis; a filter study accepts each with a reason. */
export function DifferencesCard({ address, checklist }: Shape) {
  const [asked, setAsked] = useState<readonly DifferenceView[]>([]);
  const open = checklist.differences.filter((one) => !one.acknowledgement?.isCurrent);
  return (
    <div id="differences" className="scroll-mt-6">
      <Card
        title="Differences between the arms"
        description={
          checklist.differencesBlock
            ? 'The arms should differ in the axis alone. Accept each other difference with a reason; the report prints it.'
            : 'For information: without an axis they stop nothing.'
        }
        actions={
          checklist.differencesBlock &&
          open.length > 1 && (
            <Button size="sm" onClick={() => setAsked(open)}>
              Accept all {open.length}
            </Button>
          )
        }
      >
        <ul className="flex flex-col divide-y divide-line">
          {checklist.differences.map((difference) => (
            <li key={difference.field} className="py-3 first:pt-0 last:pb-0">
              <Difference
                difference={difference}
                onAccept={checklist.differencesBlock ? () => setAsked([difference]) : null}
              />
            </li>
          ))}
        </ul>
        <AcceptDialog address={address} differences={asked} onClose={() => setAsked([])} />
      </Card>
    </div>
  );
}

interface RowShape {
  difference: DifferenceView;
  onAccept: (() => void) | null;
}

function Difference({ difference, onAccept }: RowShape) {
  const { acknowledgement, label, values } = difference;
  const isAccepted = acknowledgement?.isCurrent ?? false;
  return (
    <div className="flex items-start gap-3">
      {onAccept && (
        <span className="mt-0.5 [&_svg]:size-4">
          {isAccepted ? (
            <CircleCheck aria-label="Accepted" className="text-good" />
          ) : (
            <CircleAlert aria-label="To do" className="text-bad" />
          )}
        </span>
      )}
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium [overflow-wrap:anywhere]">{label}</p>
        <ul className="mt-1 text-ink-soft">
          {values.map(({ value, arms }) => (
            <li key={value} className="[overflow-wrap:anywhere]">
              {value ?? 'unknown'} <span className="text-ink-faint">{armsText(arms)}</span>
            </li>
          ))}
        </ul>
        {acknowledgement && (
          <p className="mt-1.5 text-ink-faint [overflow-wrap:anywhere]">
            {isAccepted ? 'Accepted' : 'The values have changed since it was accepted'}
            {acknowledgement.by && ` by ${acknowledgement.by}`} on {day(acknowledgement.at)}: “
            {acknowledgement.reason}”
          </p>
        )}
      </div>
      {onAccept && (
        <Button size="sm" variant={isAccepted ? 'quiet' : 'secondary'} onClick={onAccept}>
          {isAccepted ? 'Change' : 'Accept'}
        </Button>
      )}
    </div>
  );
}

function armsText(arms: readonly string[]): string {
  const shown = arms.slice(0, 6).join(', ');
  return arms.length > 6
    ? `in ${shown} and ${count(arms.length - 6, 'more', 'more')}`
    : `in ${shown}`;
}

interface DialogShape {
  address: StudyAddress;
  differences: readonly DifferenceView[];
  onClose: () => void;
}

function AcceptDialog({ address, differences, onClose }: DialogShape) {
  const queryClient = useQueryClient();
  const acknowledge = useMutation(queries.studies.acknowledge.mutationOptions());
  const accept = useMutation({
    mutationFn: async (reason: string) => {
      for (const { field } of differences)
        await acknowledge.mutateAsync({ ...address, field, reason });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: queries.studies.key() });
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    accept.mutate(String(new FormData(event.currentTarget).get('reason')));
  };
  const [first] = differences;
  return (
    <Dialog
      title={
        differences.length === 1
          ? `Accept the difference in ${first?.label}`
          : `Accept ${differences.length} differences`
      }
      description={
        differences.length > 1 ? differences.map((one) => one.label).join(', ') : undefined
      }
      isOpen={differences.length > 0}
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-5">
        <ErrorNotice error={accept.error} />
        <Field
          label="Why is it acceptable?"
          hint="Whoever reads the report sees this sentence with your name."
        >
          <TextArea
            name="reason"
            required
            minLength={3}
            maxLength={2000}
            rows={3}
            defaultValue={differences.length === 1 ? first?.acknowledgement?.reason : undefined}
          />
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={accept.isPending}>
            Accept
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
