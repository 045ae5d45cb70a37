import type { Platform } from '#lib/platform/platform.ts';
import { parquetRows, quoteLiteral } from '#lib/platform/tables/sql.ts';
import type { CanonicalColumn } from '../schema.ts';
import { Bindings } from '../subsets/bindings.ts';
import { orderedJson } from '../subsets/definition-hash.ts';
import type { SubsetDefinition } from '../subsets/schema.ts';
import { manifestStatement } from './manifest-statement.ts';
import type { ManifestFormat } from './schema.ts';

/** As many rows a group as DuckDB writes by itself; said here so that it stays so. */
const ROWS_PER_GROUP = 122_880;

export interface ManifestInput {
  /** The Parquet parts of the version, in order. */
  readonly files: readonly string[];
  readonly columns: readonly CanonicalColumn[];
  readonly definition: SubsetDefinition;
  readonly format: ManifestFormat;
  /** What a Parquet file says of itself under the key `winnow`. */
  readonly facts: unknown;
  readonly output: string;
  readonly signal?: AbortSignal;
}

/** Writes the file that lists a subset: the same subset gives the same bytes. @returns its clips */
export async function writeManifest(
  { tables }: Pick<Platform, 'tables'>,
  { files, columns, definition, format, facts, output, signal }: ManifestInput,
): Promise<number> {
  const bindings = new Bindings();
  const table = { from: parquetRows(files), columns };
  const statement = manifestStatement(table, definition, format, bindings);
  const call = { files, parameters: bindings.parameters, signal };
  if (format === 'npy') return tables.writeNpy(statement, { ...call, output });
  const copy = `COPY (${statement}) TO ${quoteLiteral(output)} (${copyOptions(format, facts)})`;
  const [count = 0] = await tables.run([copy], { ...call, outputs: [output] });
  return count;
}

function copyOptions(format: Exclude<ManifestFormat, 'npy'>, facts: unknown): string {
  switch (format) {
    case 'parquet':
      return `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROWS_PER_GROUP},
        KV_METADATA {winnow: ${quoteLiteral(orderedJson(facts))}}`;
    case 'csv':
      return 'FORMAT csv, HEADER';
    case 'jsonl':
      return 'FORMAT json';
    case 'webdataset':
      return "FORMAT csv, HEADER, DELIMITER '\\t'";
  }
}
