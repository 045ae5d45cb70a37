'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { queries } from '#lib/client/queries.ts';
import type { StudySpec } from '#lib/studies/schema.ts';

/** A person stops typing for this long before the server is asked. */
const PAUSE_MS = 500;

/** The study as YAML with its estimate, soon after it has changed; nothing while it has problems. */
export function useWrittenSpec(project: string, spec: StudySpec, isSound: boolean) {
  const settled = useSettled(spec);
  const written = useQuery({
    ...queries.studies.checkSpec.queryOptions({
      input: { project, spec: settled },
      placeholderData: keepPreviousData,
      // Each change is another study; none is asked about twice.
      gcTime: 0,
    }),
    enabled: isSound && settled === spec,
  });
  return written.data;
}

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
