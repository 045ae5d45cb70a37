import type { Actor } from '#lib/accounts/actor.ts';
import { authorizeProject } from '#lib/accounts/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import { Prisma, type Transaction, withTransaction } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { parquetRows, quoteIdentifier } from '#lib/platform/tables/sql.ts';
import { countMissing } from './canonical/count-missing.ts';
import { withScratchFolder } from './canonical/scratch-folder.ts';
import { type CanonicalTable, writeParts } from './canonical/write-parts.ts';
import { canonicalFiles } from './canonical-files.ts';
import { nextVersion } from './next-version.ts';
import { type ReadVersion, readVersion } from './read-version.ts';
import {
  type CanonicalColumn,
  type Lineage,
  type Mapping,
  mappingSchema,
  type StoredSource,
} from './schema.ts';

/** A column that a table brings. */
export type NewColumn = Pick<CanonicalColumn, 'name' | 'kind' | 'type'>;

/** Parquet files of this machine with one row a clip: `uid` and these columns, in any order of rows. */
export interface NewColumns {
  files: readonly string[];
  /** Without `uid`, which is always there. */
  columns: readonly NewColumn[];
}

export interface MadeVersion {
  project: string;
  /** Made when the project has none of this slug; otherwise its next version is made. */
  dataset: { slug: string; name: string };
  /** The run that made it; asked again for the same run, the same version is given. */
  runId?: number;
  /** Its clips and columns are taken; a column of the same name is replaced. */
  base?: ReadVersion;
  /** Joined by uid. Without a base the first one holds the clips, `path` among its columns. */
  tables: readonly NewColumns[];
  /** Without a base: the folder under which the clips' paths lie, and how far those may reach. */
  media?: { root: string; reach: 'import-roots' | 'any' };
  /** What made each column; that of the base's columns is kept. */
  lineage: Lineage;
  signal: AbortSignal;
}

/**
 * Makes a version of a dataset from columns that Winnow computed: added to those of a version, or new
 * clips as a whole. Clips for which a table has no row get no value. The version is there as a whole
 * or not at all.
 *
 * @throws AppError BAD_INPUT where two rows have one uid, a table has no rows, or a name is taken twice
 */
export async function registerParts(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables' | 'environment'>,
  actor: Actor,
  input: MadeVersion,
): Promise<ReadVersion> {
  const project = await authorizeProject(platform, actor, input.project, 'project.write');
  const address = { project: input.project, dataset: input.dataset.slug };
  const { database } = platform;
  const known = await findOfRun(database, input.runId);
  if (known !== null) return readVersion(platform, actor, { ...address, version: known });
  const made = await withScratchFolder(platform, (folder) => makeTable(platform, input, folder));
  const source: StoredSource = {
    kind: 'made',
    base: input.base ? { dataset: input.base.dataset.slug, version: input.base.number } : null,
    reach: input.media?.reach ?? 'import-roots',
  };
  const number = await withTransaction(
    async (transaction) => {
      const { datasetId, number: next } = await nextVersion(transaction, project.id, input.dataset);
      const before = await findOfRun(transaction, input.runId);
      if (before !== null) return before;
      const now = new Date();
      await transaction.datasetVersion.create({
        data: {
          datasetId,
          number: next,
          state: 'done',
          source,
          mapping: mappingOf(input) ?? Prisma.JsonNull,
          hash: made.table.hash,
          parts: made.table.parts,
          clips: made.table.clips,
          refused: 0,
          bytes: made.table.bytes,
          columns: made.columns,
          lineage: { ...input.base?.lineage, ...input.lineage },
          runId: input.runId ?? null,
          startedAt: now,
          finishedAt: now,
        },
      });
      return next;
    },
    { database },
  );
  return readVersion(platform, actor, { ...address, version: number });
}

/** Where the clips lie: as for the base, or in the folder that was named. */
function mappingOf({ base, media }: MadeVersion): Mapping | null {
  if (base) return base.mapping;
  return media ? mappingSchema.parse({ path: 'path', mediaRoot: media.root }) : null;
}

/** The number of the version that a run made; null where it made none yet. */
async function findOfRun(database: Transaction, runId: number | undefined): Promise<number | null> {
  if (runId === undefined) return null;
  const row = await database.datasetVersion.findFirst({
    where: { runId, state: 'done' },
    select: { number: true },
  });
  return row?.number ?? null;
}

async function makeTable(
  platform: Pick<Platform, 'blobs' | 'tables'>,
  { base, tables, signal }: MadeVersion,
  folder: string,
): Promise<{ table: CanonicalTable; columns: CanonicalColumn[] }> {
  const brought = tables.map(({ columns }) => columns.map(({ name }) => name));
  const twice = brought.flat().find((name, index, all) => all.indexOf(name) !== index);
  if (twice !== undefined)
    throw new AppError('BAD_INPUT', `Two tables bring a column named ${twice}; name one anew.`);
  const replaced = new Set(brought.flat());
  const kept = base?.columns.filter(({ name }) => !replaced.has(name)) ?? [
    { name: 'uid', kind: 'uid' as const, type: 'VARCHAR' as const },
  ];
  const columns = [...kept, ...tables.flatMap((table) => table.columns)];
  const sources = [
    ...(base ? [{ files: await canonicalFiles(platform, base), columns: kept }] : []),
    ...tables,
  ];
  // Without a base, the first table's uid is what the others are joined by.
  const selected = columns.map(({ name }) => {
    const index = Math.max(
      0,
      sources.findIndex((source) => source.columns.some((column) => column.name === name)),
    );
    return `t${index}.${quoteIdentifier(name)}`;
  });
  const joined = sources
    .map(({ files }, index) =>
      index === 0
        ? `${parquetRows(files)} AS t0`
        : `LEFT JOIN ${parquetRows(files)} AS t${index} ON t${index}.uid = t0.uid`,
    )
    .join(' ');
  const table = await writeParts(platform, {
    statement: `SELECT ${selected.join(', ')} FROM ${joined}`,
    files: sources.flatMap(({ files }) => files),
    columns,
    folder,
    signal,
  });
  const files = await canonicalFiles(platform, table);
  const names = columns.map(({ name }) => name);
  const missing = await countMissing(platform, files, names, signal);
  const earlier = new Map(kept.map((column) => [column.name, column]));
  return {
    table,
    columns: columns.map((column) => ({
      from: null,
      notFinite: 0,
      ...earlier.get(column.name),
      ...column,
      missing: missing.get(column.name) ?? 0,
    })),
  };
}
