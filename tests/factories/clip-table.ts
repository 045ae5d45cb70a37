import type { ReadVersion } from '#lib/datasets/read-version.ts';
import { type NewColumn, registerParts } from '#lib/datasets/register-parts.ts';
import type { Lineage } from '#lib/datasets/schema.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { quoteLiteral } from '#lib/platform/tables/sql.ts';
import { SYSTEM, type TestFolder } from './imports.ts';

export interface TestClipTable {
  project: string;
  dataset: string;
  /** Gives `uid`, `path` and the columns. */
  select: string;
  columns: readonly NewColumn[];
  lineage?: Lineage;
}

/** A done version of a dataset with the rows of a SELECT. */
export async function makeClipTable(
  platform: Pick<Platform, 'database' | 'blobs' | 'tables' | 'environment'>,
  folder: TestFolder,
  { project, dataset, select, columns, lineage = {} }: TestClipTable,
): Promise<ReadVersion> {
  const file = folder.at(`${dataset}.parquet`);
  await platform.tables.run([`COPY (${select}) TO ${quoteLiteral(file)} (FORMAT parquet)`], {
    files: [],
    outputs: [file],
  });
  const path = { name: 'path', kind: 'path', type: 'VARCHAR' } as const;
  return registerParts(platform, SYSTEM, {
    project,
    dataset: { slug: dataset, name: dataset },
    tables: [{ files: [file], columns: [path, ...columns] }],
    lineage,
    signal: new AbortController().signal,
  });
}
