'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { Button } from '#components/button.tsx';
import { Card } from '#components/card.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { Progress } from '#components/progress.tsx';
import { Table } from '#components/table.tsx';
import { queries } from '#lib/client/queries.ts';
import type { Validation, VersionDetail } from '#lib/datasets/schema.ts';
import { isMoving, progressText } from '../dataset-words.ts';

/** How a registration goes or went: its progress, why it failed, and which rows were refused. */
export function Registration({ project, detail }: { project: string; detail: VersionDetail }) {
  const { state, problem, progress, validation } = detail;
  return (
    <>
      {isMoving(detail) && (
        <Card>
          <Progress
            label={state === 'waiting' ? 'Waiting for a worker' : progressText(progress)}
            value={progress?.filesDone ?? 0}
            max={progress?.files ?? 0}
            {...(progress?.phase === 'reading' ? {} : { note: '' })}
          />
          {problem && (
            <p className="mt-3 text-sm text-warn">{problem} It is tried again by itself.</p>
          )}
        </Card>
      )}
      {state === 'failed' && <Failure project={project} detail={detail} />}
      {validation && (validation.refused > 0 || validation.passedOver.length > 0) && (
        <RefusedRows validation={validation} />
      )}
    </>
  );
}

function Failure({ project, detail }: { project: string; detail: VersionDetail }) {
  const queryClient = useQueryClient();
  const retry = useMutation(
    queries.datasets.retry.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.datasets.key() }),
    }),
  );
  const { dataset, number: version, problem } = detail;
  return (
    <div className="flex flex-col gap-3">
      <ErrorNotice
        title="The table could not be registered"
        error={new Error(problem ?? 'Something went wrong.')}
      />
      <ErrorNotice error={retry.error} />
      <div>
        <Button
          icon={<RotateCw aria-hidden />}
          isBusy={retry.isPending}
          onClick={() => retry.mutate({ project, dataset, version })}
        >
          Try again
        </Button>
      </div>
    </div>
  );
}

function RefusedRows({ validation }: { validation: Validation }) {
  const { problems, reasons, refused, rows, passedOver } = validation;
  const number = (value: number) => value.toLocaleString('en');
  return (
    <Card
      title={`${number(refused)} of ${number(rows)} rows refused`}
      description="The rest came in. Put these right in the source and register a new version, or leave them."
      isFlush
    >
      {reasons.length > 0 && (
        <ul className="flex flex-col gap-1 px-5 pb-4 text-sm">
          {reasons.map(({ column, message, rows: count }) => (
            <li key={`${column} ${message}`} className="[overflow-wrap:anywhere]">
              <span className="font-medium tabular-nums">{number(count)}</span>{' '}
              <span className="text-ink-soft">
                {column === null ? '' : `${column}: `}
                {message}
              </span>
            </li>
          ))}
        </ul>
      )}
      {problems.length > 0 && (
        <Table
          caption="Refused rows"
          className="max-h-96 overflow-y-auto"
          rows={problems.map((problem, index) => ({ ...problem, index }))}
          rowKey={({ index }) => index}
          columns={[
            {
              key: 'file',
              header: 'File',
              cell: ({ file }) => <span className="[overflow-wrap:anywhere]">{file}</span>,
            },
            { key: 'row', header: 'Row', cell: ({ row }) => number(row), isNumber: true },
            {
              key: 'column',
              header: 'Column',
              cell: ({ column }) => (
                <span className="[overflow-wrap:anywhere]">{column ?? ''}</span>
              ),
            },
            {
              key: 'value',
              header: 'Value',
              cell: ({ value }) => (
                <code className="line-clamp-2 max-w-60 text-xs [overflow-wrap:anywhere]">
                  {value ?? ''}
                </code>
              ),
            },
            {
              key: 'message',
              header: 'What would be right',
              cell: ({ message }) => <span className="text-ink-soft">{message}</span>,
            },
          ]}
        />
      )}
      {passedOver.length > 0 && (
        <details className="border-t border-line px-5 py-3 text-sm">
          <summary className="text-ink-soft">{number(passedOver.length)} files passed over</summary>
          <ul className="mt-2 flex flex-col gap-1">
            {passedOver.map(({ file, reason }) => (
              <li key={file} className="[overflow-wrap:anywhere]">
                {file} <span className="text-ink-faint">{reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}
