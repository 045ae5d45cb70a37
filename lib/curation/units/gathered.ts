import type * as z from 'zod';
import type { Platform } from '#lib/platform/platform.ts';
import type { LoadedRun } from '../runs/load-run.ts';
import { gatherOutputSchema } from './unit.ts';

/** The table of all clips of a run that has gathered them. */
export async function expectGathered(
  { database }: Pick<Platform, 'database'>,
  run: LoadedRun,
): Promise<z.infer<typeof gatherOutputSchema>> {
  const step = run.stages.findIndex(({ kind }) => kind === 'gather');
  const unit = await database.curationUnit.findUniqueOrThrow({
    where: { runId_step_position: { runId: run.id, step, position: 0 } },
    select: { output: true },
  });
  return gatherOutputSchema.parse(unit.output);
}
