import type * as z from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { fileKind } from '#lib/platform/files/file-kinds.ts';
import { walkFolder } from '#lib/platform/files/walk-folder.ts';
import { clipUid } from '../clip-uid.ts';
import type { StoredRunSource } from '../schema.ts';
import type {
  cutInputSchema,
  listOutputSchema,
  takeInputSchema,
  UnitContext,
  UnitFault,
  UnitResult,
} from './unit.ts';

/**
 * Lists the videos of a folder, by their names, in the order of their paths. A link that may not be
 * followed is a fault.
 *
 * @throws AppError BAD_INPUT where there is no video
 */
export async function listVideos(
  { platform, run, stageIndex }: UnitContext<unknown>,
  source: Extract<StoredRunSource, { kind: 'videos' }>,
): Promise<UnitResult<z.infer<typeof listOutputSchema>>> {
  const { importRoots } = platform.environment;
  const reach =
    source.reach === 'any'
      ? ({ kind: 'any' } as const)
      : ({ kind: 'import-roots', roots: importRoots } as const);
  const paths: string[] = [];
  const faults: UnitFault[] = [];
  let passedOver = 0;
  for await (const { path, refusal } of walkFolder(source.path, reach)) {
    if (fileKind(path) !== 'video') passedOver++;
    else if (refusal === null) paths.push(path);
    else faults.push({ uid: clipUid(path), path, reason: refusal });
  }
  if (paths.length === 0)
    throw new AppError('BAD_INPUT', `There is no video in ${source.path}.`, { field: 'source' });
  paths.sort();
  const isCut = run.stages[stageIndex + 1]?.kind === 'cut';
  return {
    output: { files: paths.length, passedOver },
    clips: 0,
    faults,
    next: isCut ? paths.map(cutInput) : takeInputs(paths, source.shardSize),
  };
}

function cutInput(path: string): z.infer<typeof cutInputSchema> {
  return { path };
}

function takeInputs(paths: readonly string[], size: number): z.infer<typeof takeInputSchema>[] {
  return Array.from({ length: Math.ceil(paths.length / size) }, (_, index) => ({
    paths: paths.slice(index * size, (index + 1) * size),
  }));
}
