import { AppError } from '#lib/core/errors.ts';
import { Prisma } from '#lib/platform/database/client.ts';
import { runWork } from '#lib/platform/database/run-work.ts';
import type { WorkLease } from '#lib/platform/database/work-lease.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { withScratchFolder } from './canonical/scratch-folder.ts';
import { canonicalFiles } from './canonical-files.ts';
import { profileVersion } from './profile/profile-version.ts';
import type { ReadVersion } from './read-version.ts';
import { buildTable } from './registration/build-table.ts';
import { suggestMapping } from './registration/known-names.ts';
import { planColumns } from './registration/plan-columns.ts';
import { readColumns } from './registration/read-columns.ts';
import { stageFiles } from './registration/stage-files.ts';
import { validateRows } from './registration/validate-rows.ts';
import { updateVersion, VERSIONS } from './registration/version-work.ts';
import { withFile } from './registration/with-file.ts';
import {
  type Mapping,
  mappingSchema,
  type RegistrationProgress,
  storedSourceSchema,
  type Validation,
} from './schema.ts';
import { openSource } from './sources/open-source.ts';
import type { OpenSource } from './sources/source-file.ts';

/** What registering a table needs. */
export type RegistrationPlatform = Pick<
  Platform,
  'database' | 'blobs' | 'tables' | 'environment' | 'secret' | 'log'
>;

/** `busy`: another process is at work on it. `gone`: there is no such version any more. */
export type RegistrationOutcome = 'done' | 'failed' | 'busy' | 'gone';

/**
 * Registers a version that waits: reads its source once, checks each row, and writes its canonical
 * table. A process that is killed leaves nothing half done: the next one starts from the beginning.
 *
 * @throws whatever ended it early, after which the version waits to be registered again
 */
export async function runRegistration(
  platform: RegistrationPlatform,
  versionId: number,
  { signal }: { signal: AbortSignal },
): Promise<RegistrationOutcome> {
  const outcome = await runWork(
    platform,
    { table: VERSIONS, id: versionId, signal },
    (lease, whole) =>
      withScratchFolder(platform, (folder) => register(platform, lease, folder, whole)),
  );
  if (outcome !== 'held') return outcome;
  const row = await platform.database.datasetVersion.findUnique({
    where: { id: versionId },
    select: { state: true },
  });
  if (!row) return 'gone';
  return row.state === 'done' || row.state === 'failed' ? row.state : 'busy';
}

async function register(
  platform: RegistrationPlatform,
  lease: WorkLease,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const { database } = platform;
  const row = await database.datasetVersion.findUniqueOrThrow({
    where: { id: lease.id },
    include: { dataset: { select: { projectId: true } } },
  });
  const stored = storedSourceSchema.parse(row.source);
  if (stored.kind !== 'table') throw new Error('Only a version from a table is registered.');
  const progress: RegistrationProgress = { phase: 'listing', files: 0, filesDone: 0, rows: 0 };
  const report = async (changes: Partial<RegistrationProgress>) => {
    Object.assign(progress, changes);
    signal.throwIfAborted();
    await updateVersion(database, lease, { progress: { ...progress } });
  };
  await report({});
  const { projectId } = row.dataset;
  const source = await openSource(platform, stored.source, {
    projectId,
    reach: stored.reach,
    folder,
    signal,
  });
  try {
    const { files } = source;
    await report({ phase: 'reading', files: files.length });
    const mapping =
      mappingSchema.nullable().parse(row.mapping) ?? (await suggested(platform, source, signal));
    await updateVersion(database, lease, { mapping });
    const planned = planColumns(mapping);
    const staged = await stageFiles(platform, files, {
      planned,
      folder,
      signal,
      onFile: (filesDone, rows) => report({ filesDone, rows }),
    });
    const { validation, notFinite } = await validateRows(platform, source, staged, planned, signal);
    await updateVersion(database, lease, { validation, refused: validation.refused });
    expectFewRefused(validation, stored.tolerance);
    const { columns, ...table } = await buildTable(platform, {
      rows: staged.rows,
      files,
      planned,
      notFinite,
      folder,
      signal,
      onRows: (phase, rows) => report({ phase, rows }),
    });
    await report({ phase: 'describing', rows: table.clips });
    const profile = await describeTable(platform, { ...table, columns }, signal);
    await updateVersion(database, lease, { ...table, columns, lineage: {}, profile });
  } finally {
    source.close();
  }
}

/** What the table looks like; null where that takes too much, which is no fault of the table. */
async function describeTable(
  platform: Pick<RegistrationPlatform, 'blobs' | 'tables' | 'log'>,
  table: Pick<ReadVersion, 'parts' | 'clips' | 'columns'>,
  signal: AbortSignal,
) {
  const files = await canonicalFiles(platform, table);
  try {
    return await profileVersion({ tables: platform.tables, files, ...table, signal });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'TOO_LARGE') throw error;
    platform.log.warn({ err: error }, 'a table was registered without its description');
    return Prisma.DbNull;
  }
}

async function suggested(
  platform: Pick<Platform, 'tables'>,
  { files }: OpenSource,
  signal: AbortSignal,
): Promise<Mapping> {
  const [first] = files;
  if (!first) throw new Error('A source that was opened has a file.');
  const { columns } = await withFile(first, (path) =>
    readColumns(platform, path, first.readAs, signal),
  );
  const mapping = suggestMapping(columns);
  if (!mapping)
    throw new AppError(
      'BAD_INPUT',
      `No column of ${first.name} looks like the path of a clip; name it in a mapping. Its columns are ${columns
        .slice(0, 30)
        .map(({ name }) => `"${name.slice(0, 60)}"`)
        .join(', ')}.`,
      { field: 'mapping', reason: 'no-path' },
    );
  return mapping;
}

function expectFewRefused({ rows, refused, problems }: Validation, tolerance: number): void {
  if (rows === 0) throw new AppError('BAD_INPUT', 'The table has no rows.', { reason: 'no-rows' });
  if (refused <= rows * tolerance && refused < rows) return;
  const [first] = problems;
  const where = first
    ? ` The first: row ${first.row} of ${first.file}${first.column === null ? '' : `, column ${first.column}`}. ${first.message}`
    : '';
  throw new AppError(
    'BAD_INPUT',
    `${refused} of ${rows} rows are refused, more than the ${tolerance * 100} % that are tolerated.${where}`,
    { reason: 'too-many-refused', refused, rows },
  );
}
