import { canonicalFiles } from '#lib/datasets/canonical-files.ts';
import { createVersion } from '#lib/datasets/create-version.ts';
import { getVersion } from '#lib/datasets/get-version.ts';
import { readVersion } from '#lib/datasets/read-version.ts';
import { runRegistration } from '#lib/datasets/run-registration.ts';
import {
  type NewDatasetInput,
  newDatasetSchema,
  type VersionDetail,
} from '#lib/datasets/schema.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { parquetRows } from '#lib/platform/tables/sql.ts';
import type { Row } from '#lib/platform/tables/task.ts';
import { SYSTEM } from './imports.ts';

/** Registers a table of this machine in the project `lab` and waits for the end. */
export async function registerTable(
  platform: Platform,
  name: string,
  path: string,
  changes: Partial<NewDatasetInput> = {},
): Promise<VersionDetail> {
  const input = newDatasetSchema.parse({
    name,
    source: { kind: 'server', path },
    ...changes,
  });
  const created = await createVersion(
    platform,
    SYSTEM,
    { ...input, project: 'lab' },
    { run: 'here' },
  );
  const address = { project: 'lab', dataset: created.dataset, version: created.number };
  const { id } = await platform.database.datasetVersion.findFirstOrThrow({
    where: { number: created.number, dataset: { slug: created.dataset } },
  });
  await runRegistration(platform, id, { signal: new AbortController().signal });
  return getVersion(platform, SYSTEM, address);
}

/** The canonical rows of a dataset's newest version. */
export async function canonicalRows(platform: Platform, dataset: string): Promise<Row[]> {
  const version = await readVersion(platform, SYSTEM, { project: 'lab', dataset });
  const files = await canonicalFiles(platform, version);
  return platform.tables.query(`FROM ${parquetRows(files)}`, { files });
}
