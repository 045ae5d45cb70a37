import type { Actor } from '#lib/accounts/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { loadRun } from '#lib/curation/runs/load-run.ts';
import { type ClipColumn, runResultSchema } from '#lib/curation/schema.ts';
import { CUT_COLUMNS } from '#lib/curation/units/cut-columns.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { canonicalFiles } from './canonical-files.ts';
import { type ReadVersion, readVersion } from './read-version.ts';
import { type MadeVersion, type NewColumn, registerParts } from './register-parts.ts';
import { NUMBER_NAMES } from './schema.ts';

/**
 * Makes the next version of a dataset from the table that a curation run has come to. Asked again for
 * the same run, the same version is given.
 *
 * @throws AppError CONFLICT where the run is not done
 */
export async function takeInRun(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables' | 'environment'>,
  actor: Actor,
  runId: number,
  signal: AbortSignal,
): Promise<ReadVersion> {
  const run = await loadRun(platform, runId);
  const row = await platform.database.curationRun.findUnique({
    where: { id: runId },
    select: { result: true, project: { select: { slug: true } } },
  });
  if (!run || !row || run.state !== 'done')
    throw new AppError('CONFLICT', 'The run is not done, so that there is no table of it yet.');
  const result = runResultSchema.parse(row.result);
  const { source } = run;
  const project = row.project.slug;
  const files = await canonicalFiles(platform, result);
  const made: Pick<MadeVersion, 'base' | 'media' | 'tables'> =
    source.kind === 'table'
      ? {
          base: await readVersion(platform, actor, { ...source, project }),
          tables: [{ files, columns: columnsOf(result.columns, Object.keys(result.lineage)) }],
        }
      : {
          tables: [{ files, columns: columnsOf(result.columns, null) }],
          ...(result.lineage.hash ? {} : { media: { root: source.path, reach: source.reach } }),
        };
  const inTable = new Set(result.columns.map(({ name }) => name));
  return registerParts(platform, actor, {
    project,
    dataset: run.target,
    runId,
    ...made,
    lineage: Object.fromEntries(
      Object.entries(result.lineage).filter(([name]) => inTable.has(name)),
    ),
    signal,
  });
}

/** The columns that the run brings: those of this list, or all, without `uid`. */
function columnsOf(columns: readonly ClipColumn[], wanted: readonly string[] | null): NewColumn[] {
  return columns
    .filter(({ name }) => name !== 'uid' && (wanted === null || wanted.includes(name)))
    .map(({ name, type }) => ({ name, type, kind: kindOf(name, type) }));
}

function kindOf(name: string, type: ClipColumn['type']): NewColumn['kind'] {
  if (name === 'path') return 'path';
  // Where a clip lies in its video is no score.
  const isOfCutting = CUT_COLUMNS.some((column) => column.name === name);
  if (type === 'VARCHAR') return isOfCutting ? 'text' : 'caption';
  return isOfCutting || NUMBER_NAMES.some((known) => known === name) ? 'number' : 'score';
}
