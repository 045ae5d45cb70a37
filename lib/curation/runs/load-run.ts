import * as z from 'zod';
import type { Platform } from '#lib/platform/platform.ts';
import {
  type RunState,
  type RunTarget,
  runTargetSchema,
  type StoredRunSource,
  type StoredStep,
  storedRunSourceSchema,
  storedStepSchema,
} from '../schema.ts';
import { type Stage, stagesOf } from './stages.ts';

/** A run as the work on it needs it. */
export interface LoadedRun {
  id: number;
  projectId: number;
  slug: string;
  name: string;
  state: RunState;
  source: StoredRunSource;
  steps: StoredStep[];
  target: RunTarget;
  stages: Stage[];
  /** The index of the stage that it is in. */
  stage: number;
}

interface RunRow {
  id: number;
  projectId: number;
  slug: string;
  name: string;
  state: RunState;
  source: unknown;
  steps: unknown;
  target: unknown;
  stage: number;
}

/** Reads what a row of `curation_run` holds. */
export function readRun(row: RunRow): LoadedRun {
  const source = storedRunSourceSchema.parse(row.source);
  const steps = z.array(storedStepSchema).parse(row.steps);
  return {
    id: row.id,
    projectId: row.projectId,
    slug: row.slug,
    name: row.name,
    state: row.state,
    source,
    steps,
    target: runTargetSchema.parse(row.target),
    stages: stagesOf(source, steps),
    stage: row.stage,
  };
}

/** The run of this id; null where it is gone. */
export async function loadRun(
  { database }: Pick<Platform, 'database'>,
  runId: number,
): Promise<LoadedRun | null> {
  const row = await database.curationRun.findUnique({ where: { id: runId } });
  return row && readRun(row);
}
