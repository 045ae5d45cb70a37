'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { Button } from '#components/button.tsx';
import { ErrorNotice } from '#components/notices.tsx';
import { queries } from '#lib/client/queries.ts';
import type { AxisDetail } from '#lib/datasets/axes/schema.ts';

/** Why the cuts were not found, and a button to try again. */
export function RetryAxis({ project, detail }: { project: string; detail: AxisDetail }) {
  const queryClient = useQueryClient();
  const retry = useMutation(
    queries.axes.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.axes.key() }),
    }),
  );
  const { dataset, version, slug, name, definition, problem } = detail;
  return (
    <div className="flex flex-col gap-3">
      <ErrorNotice
        title="The cuts could not be found"
        error={new Error(problem ?? 'Something went wrong.')}
      />
      <ErrorNotice error={retry.error} />
      <div>
        <Button
          icon={<RotateCw aria-hidden />}
          isBusy={retry.isPending}
          onClick={() => retry.mutate({ project, dataset, version, slug, name, definition })}
        >
          Try again
        </Button>
      </div>
    </div>
  );
}
